"""A client of `askwell stdio` for Python 3.11 or later, without dependencies.

    askwell = Askwell()
    first = await askwell.ask("Is baby Botox a different product?")
    then = await askwell.ask("how long does that last?", first["context"])
    await askwell.close()

Askwell keeps no state: what a conversation needs travels in `context`. So when
the process dies, a new one is started and the message is sent again.

Questions are health data: nothing here writes them to a file or a log.
"""

import asyncio
import contextlib
import json
import sys

PROTOCOL = 1
"""The version of the protocol that this client speaks."""

LINE_BYTES = 65_536
"""Longest line that Askwell reads, in bytes; it writes none that is longer."""

READER_BYTES = 4 * LINE_BYTES
"""asyncio gives up on a longer line. Its own limit would be Askwell's exactly;
that leaves no room, so it is raised."""

ATTEMPTS = 3
"""A message that was lost this often may be what ends the process."""

BACKOFF_SECONDS = 0.05
"""Wait before the first new start; doubled for each that follows at once."""


class AskwellError(Exception):
    """No answer; `details` holds the error object if Askwell itself refused."""

    def __init__(self, message, details=None):
        super().__init__(message)
        self.details = details


class Askwell:
    """One process, started when it is first needed. Requests may be made from
    many tasks at once; they are answered in turn."""

    def __init__(self, command=("askwell", "stdio"), timeout=10.0):
        self._command = command
        self._timeout = timeout
        self._turn = asyncio.Lock()
        self._process = None
        self._drain = None
        self._last_id = 0

    async def ask(self, text, context=None):
        """The reply to what a patient wrote; `context` is that of the reply
        before, None at first."""
        # A lone surrogate is no Unicode; JSON would carry it and fail.
        text = text.encode("utf-8", "replace").decode()
        params = {"text": text} | ({"context": context} if context else {})
        return await self.request("ask", params)

    async def request(self, method, params=None):
        """Any request of the protocol; returns its `result`."""
        async with self._turn:
            for attempt in range(ATTEMPTS):
                try:
                    async with asyncio.timeout(self._timeout):
                        if self._process is None:
                            await self._start()
                        return await self._exchange(method, params)
                except TimeoutError:
                    await self._stop()  # it hangs
                    raise AskwellError(f"no answer within {self._timeout} s") from None
                except (OSError, EOFError, ValueError) as error:
                    await self._stop()
                    if attempt + 1 == ATTEMPTS:
                        raise AskwellError(f"askwell ended: {error}") from error
                    await asyncio.sleep(BACKOFF_SECONDS * 2**attempt)
                except asyncio.CancelledError:
                    await self._stop()  # else the next would read this answer
                    raise

    async def close(self):
        """Ends the process, after what is under way."""
        async with self._turn:
            await self._stop()

    async def _start(self):
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=READER_BYTES,
        )
        # Unread, a full pipe would stop Askwell.
        self._drain = asyncio.create_task(_pass_on(self._process.stderr))
        hello = await self._exchange("hello", None)
        if hello["protocol"] != PROTOCOL:
            await self._stop()
            raise AskwellError(f"askwell speaks protocol {hello['protocol']}, this client {PROTOCOL}")

    async def _exchange(self, method, params):
        self._last_id += 1
        request = {"jsonrpc": "2.0", "id": self._last_id, "method": method}
        if params is not None:
            request["params"] = params
        line = json.dumps(request).encode() + b"\n"
        if len(line) > LINE_BYTES:
            raise AskwellError(f"a request may have {LINE_BYTES} bytes at most")
        self._process.stdin.write(line)
        await self._process.stdin.drain()
        answer = await self._process.stdout.readline()
        if not answer.endswith(b"\n"):
            raise EOFError("no further output")
        message = json.loads(answer)
        if "error" in message:
            raise AskwellError(message["error"]["message"], message["error"])
        return message["result"]

    async def _stop(self):
        process, self._process = self._process, None
        if process is None:
            return
        process.stdin.close()
        try:
            async with asyncio.timeout(1):
                await process.wait()
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        await self._drain


async def _pass_on(stderr):
    """Askwell's own log, which never holds a patient's words."""
    while chunk := await stderr.read(4096):
        sys.stderr.buffer.write(chunk)
        sys.stderr.flush()
