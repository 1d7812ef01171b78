// Properties of the site that need no browser: what goes in never comes out as
// markup, in a log or in an address; limits hold; every response is guarded.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { Askwell } from "../../clients/node/askwell.mjs";
import { documentOf, h } from "../html.mjs";
import { PRACTICE } from "../page.mjs";
import { reply as view, spoken } from "../public/view.mjs";
import { PLANTED, PROGRAM, post, started, until } from "./support.mjs";

const SCRIPT_AND_STYLE_BYTES = 25_000;
const QUESTION = "Is baby Botox a different product?";

let running;
before(async () => (running = await started()));
after(() => running.stop());

const form = (fields, origin = running.origin) =>
  fetch(`${origin}/`, { method: "POST", body: new URLSearchParams(fields) });

test("every response is guarded, and none is kept", async () => {
  const { origin } = running;
  const paths = ["/", "/style.css", "/chat.mjs", "/view.mjs", "/icon.svg", "/ask", "/none"];
  const responses = [...await Promise.all(paths.map((path) => fetch(origin + path))),
    await form({ text: "hi" }), await post(origin, { text: "hi" })];
  assert.deepEqual(responses.map((r) => r.status), [200, 200, 200, 200, 200, 405, 404, 200, 200]);
  for (const { headers, url } of responses) {
    assert.match(headers.get("content-security-policy"), /default-src 'none'/, url);
    assert.doesNotMatch(headers.get("content-security-policy"), /unsafe|\*|data:|http/, url);
    assert.equal(headers.get("cache-control"), "no-store", url);
    assert.equal(headers.get("x-content-type-options"), "nosniff", url);
    assert.equal(headers.get("set-cookie"), null, url);
  }
});

test("nothing in the page is inline or from elsewhere", async () => {
  const html = await (await fetch(running.origin)).text();
  assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=|javascript:/i);
  for (const [, address] of html.matchAll(/(?:src|<link[^>]*href)="([^"]*)"/g)) assert.match(address, /^\/\w/);
  assert.match(html, /<html lang="en">/);
  assert.match(html, /automated program, not a person or a clinician/);
});

test("the questions to begin with are of this knowledge, and are answered", async () => {
  const html = await (await fetch(running.origin)).text();
  const titles = [...html.matchAll(/<button name="text" value="([^"]+)"/g)].map(([, title]) => title);
  assert.equal(titles.length, PRACTICE.starters.length);
  for (const text of titles) assert.equal((await (await post(running.origin, { text })).json()).status, "answer");
});

test("script and style are small", () => {
  const files = ["chat.mjs", "view.mjs", "style.css"];
  const sizes = files.map((name) => gzipSync(readFileSync(new URL(`../public/${name}`, import.meta.url))).length);
  const sum = sizes.reduce((a, b) => a + b);
  assert.ok(sum <= SCRIPT_AND_STYLE_BYTES, `${sum} bytes`);
});

test("a form answers without a script, and the conversation goes on", async () => {
  const first = await (await form({ text: QUESTION })).text();
  assert.match(first, /This is not true\./);
  assert.match(first, /Not yet reviewed by a clinician|Reviewed by/);
  const context = first.match(/id="ask".*?name="context" value="([^"]+)"/)[1];
  const [, suggestion] = first.match(/<button name="text" value="([^"]+)"/);
  const next = await (await form({ text: suggestion, context })).text();
  assert.match(next, /Source/);
  assert.notEqual(next.match(/id="ask".*?name="context" value="([^"]+)"/)[1], context);
});

test("planted markup comes back as text", async () => {
  for (const planted of PLANTED) {
    const html = await (await form({ text: planted, context: planted })).text();
    assert.ok(!html.includes(planted), html);
    assert.match(html, /&lt;(script&gt;|img src=x onerror=&quot;)globalThis/);
  }
});

test("what cannot be read is refused in words, and the site goes on", async () => {
  const { origin } = running;
  const refused = async (response, status) => {
    assert.equal(response.status, status);
    assert.match((await response.json()).failure, /\w+ \w+/);
  };
  for (const body of ["", "{", "null", "[]", '"text"', "{}", '{"text": 5}', '{"text": "a", "context": {}}']) {
    await refused(await post(origin, body), 400);
  }
  await refused(await post(origin, { text: "hi" }, { "Content-Type": "text/plain" }), 400);
  await refused(await post(origin, { text: "a".repeat(40_000) }), 413);
  assert.equal((await form({ text: " " })).status, 400);
  assert.equal((await form({ text: "a".repeat(40_000) })).status, 413);
  assert.equal((await fetch(origin, { method: "PUT" })).status, 405);
  // Half a character pair, control characters, a context of somebody else.
  for (const text of ["\\ud800", "\\u0000\\u001b[31m", "\\u202e"]) {
    assert.equal((await post(origin, `{"text": "${text}", "context": "not ours"}`)).status, 200, text);
  }
  assert.equal((await (await post(origin, { text: QUESTION })).json()).status, "answer");
});

test("a long paste still reaches the safety screen", async () => {
  const text = `${"I read about it. ".repeat(400)} I can't breathe`;
  assert.equal((await (await post(running.origin, { text })).json()).status, "safety");
});

test("one address cannot take all; behind a proxy each visitor has an address", async () => {
  const limited = await started({ processes: 1, messagesPerMinute: 2, behindProxy: true });
  const from = (address) => post(limited.origin, { text: "hi" }, { "X-Forwarded-For": `10.9.9.9, ${address}` });
  const statuses = [];
  for (const address of ["10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.2"]) {
    statuses.push((await from(address)).status);
  }
  assert.deepEqual(statuses, [200, 200, 429, 200]);
  const page = await fetch(limited.origin, { headers: { "X-Forwarded-For": "10.0.0.1" } });
  assert.equal(page.status, 200);
  await limited.stop();
});

test("without Askwell the page says so and offers the office", async () => {
  const askwell = { ask: async () => { throw new Error("gone"); }, request: async () => { throw new Error("gone"); } };
  const { createServer } = await import("node:http");
  const { site } = await import("../site.mjs");
  const server = createServer(site({ askwell })).listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${server.address().port}`;
  const page = await (await fetch(origin)).text();
  assert.match(page, /not medical advice/);
  const response = await form({ text: QUESTION }, origin);
  assert.equal(response.status, 503);
  assert.match(await response.text(), /contact the office.*call 911.*value="Is baby Botox/s);
  server.close();
});

test("no word of a visitor is logged, and SIGTERM ends the site", async () => {
  const secrets = ["jane.roe@example.org", "619-555-0143", "Jane Roe"];
  const text = `I am ${secrets.join(", ")}`;
  const env = { ...process.env, ASKWELL: PROGRAM, PORT: "0" };
  const server = spawn(process.execPath, [new URL("../server.mjs", import.meta.url).pathname], { env });
  let log = "";
  for (const stream of [server.stdout, server.stderr]) stream.on("data", (chunk) => (log += chunk));
  await until(() => log.includes("http://"), "the address");
  const [origin] = log.match(/http:\S+(?=\/)/);
  await post(origin, { text, context: text });
  await post(origin, `{"text": "${text}`);
  await post(origin, { text: text.repeat(2_000) });
  await form({ text, context: text }, origin);
  await fetch(`${origin}/?text=${encodeURIComponent(text)}`);
  server.kill("SIGTERM");
  const [code] = await once(server, "close");
  assert.equal(code, 0, log);
  for (const secret of secrets) assert.ok(!log.includes(secret), log);
});

test("a client gives up on what hangs, and on what never starts", async () => {
  const hanging = new Askwell({ command: ["sleep", "60"], timeoutMs: 200 });
  await assert.rejects(hanging.ask("hi"), { reason: "timeout" });
  hanging.close();
  const absent = new Askwell({ command: ["/nonexistent/askwell"], timeoutMs: 300 });
  await assert.rejects(absent.ask("hi"), { reason: "timeout" });
  absent.close();
  await assert.rejects(absent.ask("hi"), { reason: "closed" });
  await assert.rejects(running.askwell.ask("a".repeat(70_000)), { reason: "refused" });
});

test("a thousand messages at once each get their own reply, and one more is refused", async () => {
  const texts = Array.from({ length: 1_000 }, (_, at) => (at % 2 ? QUESTION : "zzz qqq"));
  const asked = texts.map((text) => running.askwell.ask(text));
  await assert.rejects(running.askwell.ask("hi"), { reason: "busy" });
  const replies = await Promise.all(asked);
  assert.ok(replies.every((reply, at) => reply.status === (at % 2 ? "answer" : "unknown")));
});

// The view, on replies that a knowledge base gives only now and then.

const BASE = {
  status: "unknown", text: "", answers: [], unanswered: [], suggestions: [], safety: null,
  consultation: { text: "Book a visit.", url: "https://example.org/book", phone: "+1 619 555 0100" },
  disclosure: "This is automated.", context: "c", candidates: [],
};
const html = (reply) => documentOf(view(h, { ...BASE, ...reply }));

test("a red flag is named in words and stands alone", () => {
  for (const level of ["911", "crisis", "poison", "urgent"]) {
    const reply = { status: "safety", safety: { level, text: "Call 911 or 1-800-222-1222 now." } };
    const shown = html(reply);
    assert.match(shown, /alarm-title">[A-Z]\w+.* \w+<\/p>/);
    assert.match(shown, /Call <a href="tel:911">911<\/a> or <a href="tel:18002221222">/);
    assert.doesNotMatch(shown, /Book|button|form/);
    // What is not urgent alone has its number as something to press.
    assert.equal(shown.includes('class="call" href="tel:911">Call 911</a>'), level !== "urgent");
    assert.match(spoken({ ...BASE, ...reply }), /^[A-Z]\w+.* \w+\. Call 911/);
  }
});

test("the reminder comes before what follows", () => {
  const shown = html({ safety: { level: "911", text: "Call 911 first." }, text: "Call 911 first.\n\nI do not know." });
  assert.ok(shown.indexOf("Reminder") < shown.indexOf("I do not know"));
  assert.equal(shown.match(/first\./g).length, 1);
});

test("to choose from, the question stays and the titles are buttons", () => {
  const suggestions = [{ id: "a", title: "Does A?" }, { id: "b", title: "Does B?" }];
  const text = "This is automated.\n\nWhich do you mean?\n1. Does A?\n2. Does B?\n\nBook a visit. https://example.org/book";
  const shown = html({ status: "clarify", text, suggestions });
  assert.match(shown, /<p>Which do you mean\?<\/p>/);
  assert.equal(shown.match(/<button/g).length, 2);
  assert.doesNotMatch(shown, /automated|1\. Does/);
  assert.equal(shown.match(/Book a visit/g).length, 1);
  assert.match(shown, /href="tel:\+16195550100"/);
});

test("an address that is not https is no link", () => {
  for (const url of ["javascript:alert(1)", "http://example.org", "data:text/html,x", null]) {
    assert.doesNotMatch(html({ consultation: { text: "Book.", url, phone: null } }), /<a /);
  }
});

test("an answer names verdict, belief, sources once, and review", () => {
  const answer = {
    part: "p", id: "i", title: "Is it so?", claim: "It is so.", verdict: "depends", belief: "partly", lead: "It depends.",
    text: "First.\n\nSecond.", confidence: 1, personal: true, handover: false,
    sources: ["One", "Two"].map((section) => ({ id: "s", title: "Label", publisher: "FDA", kind: "authority",
      url: "https://example.org/l", section, year: 2024 })),
    review: { status: "reviewed", by: "Dr. A, MD", on: "2026-01-01", next: "2028-01-01" },
  };
  const shown = html({ status: "answer", answers: [answer], unanswered: ["and the moon?"] });
  for (const words of ["This depends.", "right in part", "“One”, “Two”, FDA, 2024", "Reviewed by Dr. A, MD on 2026-01-01",
    "clinician has to judge", "no sourced answer to this part: “and the moon?”"]) assert.ok(shown.includes(words), words);
  assert.equal(shown.match(/<li>/g).length, 1);
});
