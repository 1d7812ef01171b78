// A client of `askwell stdio` for Node.js 20 or later, without dependencies.
//
//   import { Askwell } from "./askwell.mjs";
//   const askwell = new Askwell();
//   const first = await askwell.ask("Is baby Botox a different product?");
//   const next = await askwell.ask("how long does that last?", first.context);
//   askwell.close();
//
// Askwell keeps no state: what a conversation needs travels in `context`, so
// any process can answer any message. That is why this client may keep several
// processes, and why a message whose process died is simply sent to another.
//
// Questions are health data: nothing here writes them to a file or a log.

import { spawn } from "node:child_process";

/** The version of the protocol that this client speaks. */
const PROTOCOL = 1;

/** Longest line that Askwell reads, in bytes. */
const LINE_BYTES = 65_536;

/** Wait before a process is started again: at first, and at most. */
const RESTART_MS = { first: 50, most: 5_000 };

/** A message that was lost with this many processes may be what ends them. */
const LOSSES = 3;

/** Messages that may wait or be under way; more are refused at once. */
const WAITING = 1_000;

export class AskwellError extends Error {
  /** @param {"closed"|"busy"|"timeout"|"lost"|"refused"} reason */
  constructor(reason, message, details) {
    super(message);
    this.name = "AskwellError";
    this.reason = reason;
    /** The error object of JSON-RPC, when Askwell itself refused. */
    this.details = details;
  }
}

export class Askwell {
  #command;
  #timeoutMs;
  #processes = new Set();
  #queue = []; // jobs that no process has yet, oldest first
  #waiting = 0;
  #lastId = 0;
  #failures = 0; // starts in a row that came to nothing
  #closed = false;

  /**
   * @param {object} [options]
   * @param {string[]} [options.command] the program and its arguments
   * @param {number} [options.processes] how many are kept running
   * @param {number} [options.timeoutMs] how long a request may take in all
   */
  constructor({ command = ["askwell", "stdio"], processes = 1, timeoutMs = 10_000 } = {}) {
    this.#command = command;
    this.#timeoutMs = timeoutMs;
    for (let i = 0; i < processes; i++) this.#start();
  }

  /**
   * Asks within a conversation.
   * @param {string} text what the patient wrote, unchanged
   * @param {string|null} [context] `context` of the reply before; none at first
   */
  ask(text, context) {
    // Half of a character pair is no Unicode; JSON would carry it and fail.
    return this.request("ask", { text: text.toWellFormed(), ...(context && { context }) });
  }

  /** Any request of the protocol; resolves to its `result`. */
  request(method, params) {
    if (this.#closed) return Promise.reject(new AskwellError("closed", "this client is closed"));
    if (this.#waiting >= WAITING) {
      return Promise.reject(new AskwellError("busy", "too many messages are waiting; try again soon"));
    }
    const id = ++this.#lastId;
    const line = JSON.stringify({ jsonrpc: "2.0", id, method, params }) + "\n";
    if (Buffer.byteLength(line) > LINE_BYTES) {
      return Promise.reject(new AskwellError("refused", `a request may have ${LINE_BYTES} bytes at most`));
    }
    this.#waiting++;
    return new Promise((resolve, reject) => {
      const job = { id, line, losses: 0, process: null };
      job.end = (settle) => (value) => {
        clearTimeout(job.timer);
        this.#waiting--;
        settle(value);
      };
      job.resolve = job.end(resolve);
      job.reject = job.end(reject);
      job.timer = setTimeout(() => this.#late(job), this.#timeoutMs);
      this.#queue.push(job);
      this.#send();
    });
  }

  /** How many processes can answer at this moment. */
  get ready() {
    return [...this.#processes].filter((process) => process.ready).length;
  }

  /** Ends the processes, after what is under way. */
  close() {
    this.#closed = true;
    for (const job of this.#queue.splice(0)) job.reject(new AskwellError("closed", "this client was closed"));
    for (const process of this.#processes) process.child.stdin.end();
  }

  /** Hands waiting jobs to the processes that can take one. */
  #send() {
    while (this.#queue.length > 0) {
      const able = [...this.#processes].filter((p) => p.ready && !p.full);
      if (able.length === 0) return;
      const process = able.reduce((a, b) => (b.jobs.size < a.jobs.size ? b : a));
      this.#write(process, this.#queue.shift());
    }
  }

  #write(process, job) {
    job.process = process;
    process.jobs.set(job.id, job);
    // A pipe that is full says so; `drain` tells when it is not any more.
    process.full = !process.child.stdin.write(job.line);
  }

  #start() {
    const [program, ...args] = this.#command;
    // stderr is passed through: left unread, a full pipe would stop Askwell.
    const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
    const process = { child, jobs: new Map(), ready: false, full: false };
    this.#processes.add(process);

    let carried = ""; // the beginning of a line whose end has not come yet
    child.stdout.setEncoding("utf8"); // also keeps a split character together
    child.stdout.on("data", (chunk) => {
      const lines = (carried + chunk).split("\n");
      carried = lines.pop();
      for (const line of lines) if (line.trim()) this.#receive(process, line);
    });
    child.stdin.on("drain", () => {
      process.full = false;
      this.#send();
    });
    child.stdin.on("error", () => {}); // the process has gone: `close` follows
    child.on("error", (error) => this.#gone(process, error.message)); // it never was
    child.on("close", (code, signal) => this.#gone(process, `ended (${signal ?? code})`));

    // No message before the first sign of life: while one process reads its
    // knowledge, the others answer.
    this.#greet(process);
  }

  #greet(process) {
    const end = () => process.child.kill("SIGKILL");
    const timer = setTimeout(end, this.#timeoutMs);
    const line = JSON.stringify({ jsonrpc: "2.0", id: 0, method: "hello" }) + "\n";
    const resolve = (hello) => {
      clearTimeout(timer);
      if (hello.protocol !== PROTOCOL) {
        console.error(`askwell speaks protocol ${hello.protocol}, this client ${PROTOCOL}`);
        return end();
      }
      this.#failures = 0;
      process.ready = true;
      this.#send();
    };
    const reject = () => {
      clearTimeout(timer);
      end();
    };
    // It is of use to this process alone, so it is never sent to another.
    this.#write(process, { id: 0, line, losses: LOSSES, resolve, reject });
  }

  #receive(process, line) {
    let message;
    try {
      message = JSON.parse(line);
    } catch {
      process.child.kill("SIGKILL"); // not Askwell, or no longer itself
      return;
    }
    // Answers come in the order of the requests, so one whose id could not be
    // read belongs to the oldest.
    const id = message.id ?? process.jobs.keys().next().value;
    const job = process.jobs.get(id);
    if (!job) return;
    process.jobs.delete(id);
    if (message.error) {
      job.reject(new AskwellError("refused", message.error.message, message.error));
    } else {
      job.resolve(message.result);
    }
  }

  /** Time is up: a process that holds the job hangs, and is ended. */
  #late(job) {
    this.#queue = this.#queue.filter((other) => other !== job);
    if (job.process?.jobs.delete(job.id)) job.process.child.kill("SIGKILL");
    job.reject(new AskwellError("timeout", `no answer within ${this.#timeoutMs} ms`));
  }

  /** A process has ended: its jobs go to the others, and it is replaced. */
  #gone(process, how) {
    if (!this.#processes.delete(process)) return;
    for (const job of [...process.jobs.values()].reverse()) {
      job.process = null;
      if (this.#closed || ++job.losses >= LOSSES) job.reject(new AskwellError("lost", `askwell ${how}`));
      else this.#queue.unshift(job);
    }
    if (this.#closed) return;
    this.#send();
    const wait = Math.min(RESTART_MS.first * 2 ** this.#failures++, RESTART_MS.most);
    console.error(`askwell ${how}; starting it again in ${wait} ms`);
    setTimeout(() => this.#closed || this.#start(), wait);
  }
}
