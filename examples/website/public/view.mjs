// What a reply looks like: one description for the server, which writes it as
// HTML for a visitor without JavaScript, and for the browser, which builds it
// from elements. `h(tag, attributes, ...children)` is what differs; on both
// sides a string child becomes text and nothing else.

/** The verdict about what people say, in words. It stands with that claim, never
 * over the answer: there it would contradict a visitor who said the opposite. */
const VERDICT = { true: "This is true.", false: "This is not true.", depends: "This depends." };

/** What the visitor's own words presumed, held against the facts. */
const BELIEF = {
  right: "What you wrote fits the facts.",
  wrong: "What you wrote is a common belief, but the facts differ.",
  partly: "What you wrote is right in part.",
};

/** A red flag is named in words: colour alone would say nothing to many. */
const ALARM = {
  911: "Emergency: get help now",
  crisis: "Please reach out now",
  poison: "Call poison control now",
  urgent: "Get medical help today",
};

const KIND = { practice: "the practice’s own page" };

const LABEL = { clarify: "One question first", unknown: "No sourced answer" };

/** A reply of the protocol as one element. */
export function reply(h, r) {
  if (r.status === "safety") return alarm(h, r.safety);
  const label = LABEL[r.status];
  return h("div", { class: `reply ${r.status}` },
    r.safety && h("p", { class: "reminder" }, h("strong", {}, "Reminder: "), ...dialled(h, r.safety.text)),
    ...r.answers.map((answer) => card(h, answer)),
    r.unanswered.length > 0 && h("p", { class: "unanswered" },
      "I have no sourced answer to this part: ", r.unanswered.map((part) => `“${part}”`).join(", ")),
    label && h("p", { class: "label" }, label),
    ...(r.answers.length > 0 ? [] : message(r)).map((text) => h("p", {}, text)),
    suggestions(h, r),
    r.consultation && invitation(h, r));
}

/** What a screen reader is told of a reply: the words, without the furniture. */
export function spoken(r) {
  if (r.status === "safety") return `${ALARM[r.safety.level]}. ${r.safety.text}`;
  const answers = r.answers.map((a) => [a.lead, a.text, a.claim && `People say: ${a.claim} ${VERDICT[a.verdict]}`,
    BELIEF[a.belief]].filter(Boolean).join(" "));
  const sources = r.answers.reduce((sum, a) => sum + merged(a.sources).length, 0);
  return [
    r.safety?.text,
    ...(answers.length > 0 ? answers : message(r)),
    ...r.unanswered.map((part) => `No sourced answer to: ${part}`),
    sources > 0 && `${count(sources, "source")} below.`,
    r.suggestions.length > 0 && `${count(r.suggestions.length, "suggested question")} below.`,
  ].filter(Boolean).join("\n");
}

/** Questions to pick, as buttons that send themselves, with or without a script. */
export function suggestions(h, { suggestions: offered, answers, context }) {
  if (offered.length === 0) return null;
  return h("form", { class: "suggestions", method: "post", action: "/#latest" },
    context && h("input", { type: "hidden", name: "context", value: context }),
    answers.length > 0 && h("p", { class: "label" }, "You may also want to know"),
    h("ul", {}, ...offered.map(({ title }) =>
      h("li", {}, h("button", { name: "text", value: title }, title)))));
}

/** A red flag: its text and nothing else; nothing to sell, nothing to pick. What
 * it says to call first is also a button, which a thumb finds before a sentence. */
function alarm(h, { level, text }) {
  const first = level === "urgent" ? null : text.match(NUMBER)?.[0];
  return h("div", { class: "reply alarm" },
    h("p", { class: "alarm-title" }, ALARM[level]),
    first && h("p", {}, h("a", { class: "call", href: dial(first) }, `Call ${first}`)),
    ...paragraphs(text).map((p) => h("p", {}, ...dialled(h, p))));
}

function card(h, a) {
  const [first, ...rest] = paragraphs(a.text);
  const sources = merged(a.sources);
  return h("section", { class: `card ${a.verdict}` },
    h("h3", {}, a.title),
    h("p", { class: "first" }, a.lead && h("strong", {}, `${a.lead} `), first),
    ...rest.map((text) => h("p", {}, text)),
    // The fact comes first; what people say is named after it, never as a title.
    a.claim && h("div", { class: "claim" },
      h("p", { class: "label" }, "What people say"),
      h("p", {}, `“${a.claim}” `, h("strong", { class: "verdict" }, VERDICT[a.verdict])),
      BELIEF[a.belief] && h("p", { class: "belief" }, BELIEF[a.belief])),
    a.personal && h("p", { class: "note" }, "This depends on you: a clinician has to judge it in person."),
    a.handover && h("p", { class: "note" }, "No source settles this. The office can tell you."),
    h("div", { class: "rests-on" },
      sources.length > 0 && h("p", { class: "label" }, sources.length === 1 ? "Source" : "Sources"),
      sources.length > 0 && h("ol", {}, ...sources.map((s) => h("li", {}, ...source(h, s)))),
      h("p", { class: "review" }, review(a.review))));
}

/** One entry a source, with all the sections of it that are cited. */
function merged(sources) {
  const byId = new Map();
  for (const { section, ...source } of sources) {
    if (!byId.has(source.id)) byId.set(source.id, { ...source, sections: [] });
    if (section) byId.get(source.id).sections.push(`“${section}”`);
  }
  return [...byId.values()];
}

function source(h, s) {
  const rest = [...s.sections, s.publisher, s.year, KIND[s.kind]].filter(Boolean).join(", ");
  return [link(h, s.url, s.title), h("span", { class: "published" }, rest)];
}

function review({ status, by, on, next }) {
  if (status !== "reviewed") return "Not yet reviewed by a clinician.";
  return `Reviewed by ${by} on ${on}.${next ? ` Next review by ${next}.` : ""}`;
}

function invitation(h, { status, consultation: { text, url, phone } }) {
  const words = status === "unknown" ? "Contact the office" : "Book a consultation";
  return h("div", { class: "invitation" },
    h("p", {}, text),
    h("p", { class: "ways" },
      url && link(h, url, words, "book"),
      phone && h("a", { class: "book", href: `tel:${phone.replace(/[^+\d]/g, "")}` }, `Call ${phone}`)));
}

/** A link that leaves the conversation where it is; plain text unless https. */
function link(h, url, text, className) {
  if (!url?.startsWith("https://")) return h("span", {}, text);
  return h("a", { class: className, href: url, target: "_blank", rel: "noopener noreferrer" },
    text, h("span", { class: "away" }, " (opens in a new tab)"));
}

/** Telephone numbers of a red flag, so that a telephone can dial them. */
function dialled(h, text) {
  return text.split(NUMBER).map((piece, at) => (at % 2 === 0 ? piece : h("a", { href: dial(piece) }, piece)));
}

const NUMBER = /\b(911|988|1-\d{3}-\d{3}-\d{4})\b/;
const dial = (number) => `tel:${number.replaceAll("-", "")}`;

/** What `text` says beyond what stands in elements of its own. */
function message(r) {
  const listed = new Set(r.suggestions.map((s, at) => `${at + 1}. ${s.title}`));
  const elsewhere = (p) => p === r.disclosure || p === r.safety?.text
    || (r.consultation && p.startsWith(r.consultation.text));
  return paragraphs(r.text).filter((p) => !elsewhere(p))
    .map((p) => p.split("\n").filter((line) => !listed.has(line)).join(" "))
    .filter(Boolean);
}

const paragraphs = (text) => text.split("\n\n");
const count = (n, thing) => `${n} ${thing}${n === 1 ? "" : "s"}`;
