// Starts the site: `node examples/website/server.mjs`. See README.md.
//
//   PORT            where it listens, 8080 unless told
//   HOST            on which address, 127.0.0.1 unless told
//   ASKWELL         the program, unless it was built in this repository
//   BEHIND_PROXY=1  the visitor's address is the last of X-Forwarded-For
//
// Askwell itself reads ASKWELL_KNOWLEDGE, the folder to answer from.

import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { Askwell } from "../clients/node/askwell.mjs";
import { site } from "./site.mjs";

/** One answers while another starts again. */
const PROCESSES = 2;

/** A visitor waits no longer than this for an answer. */
const TIMEOUT_MS = 5_000;

const { PORT = "8080", HOST = "127.0.0.1", ASKWELL, BEHIND_PROXY } = process.env;
const built = fileURLToPath(new URL("../../target/release/askwell", import.meta.url));
const program = ASKWELL ?? (existsSync(built) ? built : "askwell");

const askwell = new Askwell({ command: [program, "stdio"], processes: PROCESSES, timeoutMs: TIMEOUT_MS });
const server = createServer(
  // Slow senders must not hold the site's connections.
  { headersTimeout: 5_000, requestTimeout: 10_000 },
  site({ askwell, behindProxy: BEHIND_PROXY === "1" }),
);
server.listen(Number(PORT), HOST, () => {
  const { address, port } = server.address();
  console.log(`Askwell's website: http://${address}:${port}/`);
});

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    server.close(() => askwell.close());
    server.closeIdleConnections();
  });
}
