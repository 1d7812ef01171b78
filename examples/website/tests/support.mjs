// A site of its own for each test file, in this process, on a free port.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { Askwell } from "../../clients/node/askwell.mjs";
import { site } from "../site.mjs";

/** The program under test. */
export const PROGRAM = process.env.ASKWELL ?? new URL("../../../target/release/askwell", import.meta.url).pathname;

/** Markup that would run, wherever it became markup. */
export const PLANTED = [
  "<script>globalThis.planted = 1</script>",
  `"><img src=x onerror="globalThis.planted = 1">`,
];

/** Starts Askwell and a site on it; `stop` ends both. */
export async function started({ args = [], processes = 2, ...options } = {}) {
  const askwell = new Askwell({ command: [PROGRAM, "stdio", ...args], processes, timeoutMs: 10_000 });
  const server = createServer(site({ askwell, messagesPerMinute: 100_000, ...options }));
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    askwell.close();
  };
  return { askwell, origin, stop };
}

/** One message to the address that the page's script uses. */
export function post(origin, message, headers = {}) {
  const body = typeof message === "string" ? message : JSON.stringify(message);
  const init = { method: "POST", headers: { "Content-Type": "application/json", ...headers }, body };
  return fetch(`${origin}/ask`, init);
}

/** The running Askwell processes of this test. */
export function processes() {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8").split(" ");
  return children.filter(Boolean).map(Number).filter((pid) => {
    try {
      const [program, command] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      return program === PROGRAM && command === "stdio";
    } catch {
      return false; // ended meanwhile
    }
  });
}

/** Waits for something to become true. */
export async function until(condition, what, ms = 10_000) {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(20)) if (await condition()) return;
  throw new Error(`not within ${ms} ms: ${what}`);
}
