"""A conversation with Askwell, one message a line:

    python3 chat.py

ASKWELL names the program when it is not on the PATH.
"""

import asyncio
import os
import sys

from askwell import Askwell, AskwellError


async def main():
    askwell = Askwell((os.environ.get("ASKWELL", "askwell"), "stdio"))
    context = None  # a conversation's memory: pass it on, never look into it
    while text := await asyncio.to_thread(sys.stdin.readline):
        try:
            reply = await askwell.ask(text.rstrip("\n"), context)
        except AskwellError as error:
            # The text stays out of the message: an error may end up in a log.
            print(f"No answer ({error}). In an emergency, call 911.\n", flush=True)
            continue
        context = reply["context"]
        show(reply)
    await askwell.close()


def show(reply):
    if reply["status"] == "safety":
        # A red flag: its text and nothing else. Nothing to sell, nothing to ask.
        print(f"*** PLEASE READ THIS FIRST ({reply['safety']['level']}) ***")
    # In the replies after one, `text` opens with a reminder by itself.
    print(reply["text"], end="\n\n", flush=True)


asyncio.run(main())
