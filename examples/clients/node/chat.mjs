// A conversation with Askwell, one message a line:
//
//   node chat.mjs
//
// ASKWELL names the program when it is not on the PATH.

import { createInterface } from "node:readline";
import { Askwell } from "./askwell.mjs";

const askwell = new Askwell({ command: [process.env.ASKWELL ?? "askwell", "stdio"] });
let context = null; // a conversation's memory: pass it on, never look into it

for await (const text of createInterface({ input: process.stdin })) {
  try {
    const reply = await askwell.ask(text, context);
    context = reply.context;
    show(reply);
  } catch (error) {
    // The text stays out of the message: an error may end up in a log.
    console.log(`No answer (${error.message}). In an emergency, call 911.\n`);
  }
}
askwell.close();

function show(reply) {
  if (reply.status === "safety") {
    // A red flag: its text and nothing else. Nothing to sell, nothing to ask.
    console.log(`*** PLEASE READ THIS FIRST (${reply.safety.level}) ***\n${reply.text}\n`);
    return;
  }
  // In the replies after one, `text` opens with a reminder by itself.
  console.log(`${reply.text}\n`);
}
