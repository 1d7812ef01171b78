// The site as one function of a request: a page, a form that works by itself,
// and the same as JSON for the page's script.
//
// Questions are health data. None is written to a log, a file or an address;
// no cookie is set; no answer is kept by a browser or a proxy.

import { readFileSync } from "node:fs";
import { PRACTICE, page } from "./page.mjs";

/** A question has 1,000 characters, a context 2 KiB; escapes may triple both.
 * A longer paste still comes through, so that Askwell reads an emergency in it. */
const BODY_BYTES = 32 * 1024;

/** A person asks a few questions a minute; a family or an office shares an address. */
const MESSAGES_PER_MINUTE = 30;

const HEADERS = {
  // Nothing inline, nothing from elsewhere; and no string may become markup.
  "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    + "require-trusted-types-for 'script'; trusted-types 'none'",
  "Cache-Control": "no-store",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

const EMERGENCY = "In an emergency, call 911.";
const FAILURES = {
  413: `That is too long for me. Please shorten it to one or two questions. ${EMERGENCY}`,
  429: `These are many questions in a short time. Please wait a minute and try again. ${EMERGENCY}`,
  503: `I cannot answer right now. Please try again soon, or contact the office. ${EMERGENCY}`,
  400: "I could not read that. Please type your question and send it again.",
};

/** A request that is refused, with the status that says why. */
class Refusal extends Error {
  constructor(status) {
    super(`refused with ${status}`);
    this.status = status;
  }
}

/**
 * @param {object} options
 * @param {import("../clients/node/askwell.mjs").Askwell} options.askwell
 * @param {boolean} [options.behindProxy] whether the last X-Forwarded-For is ours
 * @param {number} [options.messagesPerMinute] of one address
 * @returns a listener for `http.createServer`
 */
export function site({ askwell, behindProxy = false, messagesPerMinute = MESSAGES_PER_MINUTE }) {
  const counts = new Map(); // messages of each address in this minute, in memory alone
  setInterval(() => counts.clear(), 60_000).unref();

  function admit(request) {
    const forwarded = behindProxy && request.headers["x-forwarded-for"]?.split(",").at(-1).trim();
    const address = forwarded || request.socket.remoteAddress;
    const count = (counts.get(address) ?? 0) + 1;
    counts.set(address, count);
    if (count > messagesPerMinute) throw new Refusal(429);
  }

  /** What stands on every page; without Askwell the page has its own words. */
  async function opening() {
    try {
      const [{ disclosure }, starters] = await Promise.all([askwell.request("hello"), begin()]);
      return { disclosure, starters };
    } catch {
      return {};
    }
  }

  /** Questions to begin with. A knowledge folder that has none of ours begins with its own. */
  async function begin() {
    const asked = PRACTICE.starters.map((id) => askwell.request("claim", { id }));
    const found = (await Promise.allSettled(asked)).filter(({ status }) => status === "fulfilled");
    if (found.length > 0) return found.map(({ value }) => value);
    return (await askwell.request("suggest", { limit: PRACTICE.starters.length })).questions;
  }

  async function answer(text, context) {
    if (typeof text !== "string" || (context != null && typeof context !== "string")) throw new Refusal(400);
    try {
      return await askwell.ask(text, context);
    } catch (error) {
      console.error(`website: no answer: ${error.reason ?? error.name}`); // never the message
      throw new Refusal(error.reason === "refused" ? 400 : 503);
    }
  }

  async function showPage(request, response) {
    send(response, 200, "text/html", page(await opening()), request.method);
  }

  async function askByForm(request, response) {
    let [text, context] = ["", ""];
    try {
      admit(request);
      const form = new URLSearchParams(await body(request, "application/x-www-form-urlencoded"));
      [text, context] = [form.get("text")?.trim() ?? "", form.get("context") ?? ""];
      if (!text) throw new Refusal(400);
      const reply = await answer(text, context);
      const content = { ...await opening(), asked: text, reply, context: reply.context };
      send(response, 200, "text/html", page(content));
    } catch (error) {
      const { status, failure } = explained(error);
      const content = { ...await opening(), asked: text || null, failure, context };
      send(response, status, "text/html", page(content));
    }
  }

  async function askByScript(request, response) {
    try {
      admit(request);
      const { text, context } = parsed(await body(request, "application/json"));
      send(response, 200, "application/json", JSON.stringify(await answer(text, context)));
    } catch (error) {
      const { status, failure } = explained(error);
      send(response, status, "application/json", JSON.stringify({ failure }));
    }
  }

  const routes = {
    "/": { GET: showPage, HEAD: showPage, POST: askByForm },
    "/ask": { POST: askByScript },
    "/style.css": asset("style.css", "text/css"),
    "/chat.mjs": asset("chat.mjs", "text/javascript"),
    "/view.mjs": asset("view.mjs", "text/javascript"),
    "/icon.svg": asset("icon.svg", "image/svg+xml"),
  };

  return (request, response) => {
    const route = routes[request.url.split("?", 1)[0]];
    const handler = route?.[request.method];
    if (handler) return handler(request, response);
    if (!route) return send(response, 404, "text/plain", "There is no such page.\n", request.method);
    response.setHeader("Allow", Object.keys(route).join(", "));
    send(response, 405, "text/plain", "This address cannot be used that way.\n", request.method);
  };
}

/** A file of the page, read once. */
function asset(name, type) {
  const text = readFileSync(new URL(`public/${name}`, import.meta.url), "utf8");
  const serve = (request, response) => send(response, 200, type, text, request.method);
  return { GET: serve, HEAD: serve };
}

/** The body of a request, of the type that it must have. */
async function body(request, type) {
  if (request.headers["content-type"]?.split(";", 1)[0].trim().toLowerCase() !== type) throw new Refusal(400);
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > BODY_BYTES) throw new Refusal(413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parsed(json) {
  try {
    return JSON.parse(json) ?? {};
  } catch {
    throw new Refusal(400);
  }
}

function explained(error) {
  if (!(error instanceof Refusal)) console.error(`website: ${error.name} (${error.code ?? "no code"})`);
  const status = error.status ?? 503;
  return { status, failure: FAILURES[status] };
}

function send(response, status, type, text, method) {
  if (status === 413) response.setHeader("Connection", "close"); // the rest is not read
  if (status === 429) response.setHeader("Retry-After", "60");
  const length = Buffer.byteLength(text);
  const headers = { ...HEADERS, "Content-Type": `${type}; charset=utf-8`, "Content-Length": length };
  response.writeHead(status, headers).end(method === "HEAD" ? undefined : text);
}
