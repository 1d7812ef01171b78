// The conversation in the page. It lives in this page's memory alone: no
// cookie, no storage, nothing in the address. Without this script the same
// forms send themselves and the server answers with a page.

import { reply, spoken } from "./view.mjs";

const byId = (id) => document.getElementById(id);
const [chat, log, input, news, alert, start] = ["chat", "log", "text", "news", "alert", "start"].map(byId);

// Askwell's memory of this conversation: ids and counters. The server has put it
// into the page if the first message was sent before this script was there.
let context = byId("ask").elements.context.value;
let waiting = null; // what ends the request under way

/** An element; strings become text nodes, never markup. */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value != null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child != null && child !== false));
  return element;
}

async function ask(text) {
  if (waiting) return; // one at a time; what was typed stays in the box
  input.value = "";
  start.hidden = true;
  const exchange = h("article", {},
    h("p", { class: "asked" }, h("span", { class: "unseen" }, "You asked: "), text),
    h("p", { class: "wait" }, "Looking it up…"));
  log.append(exchange);
  reveal(exchange);
  byId("restart").hidden = false;
  const request = (waiting = new AbortController());
  let said;
  try {
    const answer = await fetched(text, request.signal);
    context = answer.context;
    said = reply(h, answer);
    tell(answer.status === "safety" ? alert : news, spoken(answer));
  } catch (error) {
    if (request.signal.aborted) return; // the visitor has started over
    input.value ||= text;
    said = h("p", { class: "failure" }, error.message);
    tell(news, error.message);
  } finally {
    if (waiting === request) waiting = null;
  }
  exchange.lastChild.replaceWith(said);
  reveal(exchange);
}

async function fetched(text, signal) {
  const failed = "I could not get an answer. Your question is still in the box: please try again. "
    + "In an emergency, call 911.";
  const response = await fetch("/ask", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ text, context }),
    signal,
  }).catch(() => null);
  const body = await response?.json().catch(() => null);
  if (response?.ok && body) return body;
  throw new Error(body?.failure ?? failed);
}

/** Tells a screen reader what is new, once. */
function tell(region, words) {
  news.textContent = alert.textContent = "";
  region.textContent = words;
}

function reveal(element) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "start", behavior: calm ? "instant" : "smooth" });
}

function show(open) {
  chat.hidden = !open;
  byId("open").hidden = open;
  (open ? input : byId("open")).focus();
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = (event.submitter?.value || input.value).trim();
  input.focus();
  if (text) ask(text);
});

document.addEventListener("keydown", (event) => {
  // An input method uses Escape itself, to drop what is being composed.
  if (event.key === "Escape" && !event.isComposing && !chat.hidden) show(false);
});

byId("close").addEventListener("click", () => show(false));
byId("open").addEventListener("click", () => show(true));
byId("restart").addEventListener("click", () => {
  waiting?.abort();
  waiting = null;
  context = "";
  log.replaceChildren();
  tell(news, "The conversation is cleared.");
  byId("restart").hidden = true;
  start.hidden = false;
  input.value = "";
  input.focus();
});

// What only works with this script appears only with it.
byId("close").hidden = false;
