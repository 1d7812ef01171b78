// The page: the same for a visitor with JavaScript and for one without, who
// sees the latest question and its reply after each sending.

import { documentOf, h } from "./html.mjs";
import { reply, suggestions } from "./public/view.mjs";

/** What is yours: change these when you copy this site. */
export const PRACTICE = {
  name: "The Hilinski practice",
  place: "San Diego, California",
  heading: "Heard something about baby Botox?",
  introduction: "Ask in your own words. You get a short answer, what it rests on, and who to talk to.",
  booking: "https://www.drhilinski.com/",
  // Questions to begin with, by their ids: `askwell stdio`, method `claims`, lists them.
  starters: ["what-is-baby-botox", "baby-special-product", "baby-lasts-shorter", "baby-candidate"],
};

/** Used while Askwell itself is not there to give its own. */
const DISCLOSURE = "This is an automated program, not a person or a clinician. It gives general information, "
  + "not medical advice, and is not for emergencies. Please do not enter personal details.";

/**
 * @param {object} content
 * @param {string} [content.disclosure] what Askwell says about itself
 * @param {{id: string, title: string}[]} [content.starters] questions to begin with
 * @param {string} [content.asked] the visitor's message
 * @param {object} [content.reply] the reply to it
 * @param {string} [content.failure] why there is none
 * @param {string} [content.context] the conversation so far
 */
export function page({ disclosure = DISCLOSURE, starters = [], asked, reply: answer, failure, context = "" }) {
  const begins = { suggestions: starters, answers: [], context: "" };
  return documentOf(h("html", { lang: "en" },
    h("head", {},
      h("meta", { charset: "utf-8" }),
      h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      h("meta", { name: "color-scheme", content: "light dark" }),
      h("title", {}, `${PRACTICE.heading} ${PRACTICE.name}`),
      h("link", { rel: "icon", href: "/icon.svg", type: "image/svg+xml" }),
      h("link", { rel: "stylesheet", href: "/style.css" }),
      h("script", { type: "module", src: "/chat.mjs" })),
    h("body", {},
      h("a", { class: "skip", href: "#text" }, "Skip to the question box"),
      header(),
      h("main", {},
        h("div", { class: "introduction" },
          h("h1", {}, PRACTICE.heading),
          h("p", { class: "lead" }, PRACTICE.introduction)),
        h("button", { type: "button", id: "open", hidden: true }, "Ask a question"),
        h("section", { id: "chat", "aria-labelledby": "chat-title" },
          h("div", { class: "bar" },
            h("h2", { id: "chat-title" }, "Questions and answers"),
            h("button", { type: "button", id: "restart", hidden: true }, "Start over"),
            h("button", { type: "button", id: "close", hidden: true }, "Close")),
          h("p", { class: "disclosure" }, disclosure),
          // The log itself is silent: a browser that reads changes aloud would
          // read every link. What is new is told once, in the regions below.
          h("div", { id: "log", role: "log", "aria-live": "off", "aria-label": "Conversation" },
            asked && exchange(asked, answer ? reply(h, answer) : null),
            failure && h("p", { class: "failure" }, failure)),
          h("form", { id: "ask", method: "post", action: "/#latest" },
            h("input", { type: "hidden", name: "context", value: context }),
            h("label", { for: "text" }, "Your question"),
            h("div", { class: "composer" },
              // Neither kept by the browser nor sent to a spelling service.
              h("input", { id: "text", name: "text", type: "text", required: true, autocomplete: "off",
                spellcheck: "false", enterkeyhint: "send", value: failure ? asked : null }),
              h("button", { class: "send" }, "Ask"))),
          h("div", { class: "start", id: "start", hidden: Boolean(asked) || starters.length === 0 },
            h("p", { class: "label" }, "People often ask"),
            suggestions(h, begins))),
        aside()),
      footer(),
      h("div", { id: "news", class: "unseen", role: "status" }),
      h("div", { id: "alert", class: "unseen", role: "alert" }))));
}

function exchange(asked, answer) {
  return h("article", { id: "latest" },
    h("p", { class: "asked" }, h("span", { class: "unseen" }, "You asked: "), asked),
    answer);
}

function header() {
  return h("header", {},
    h("p", { class: "name" }, PRACTICE.name, h("span", { class: "place" }, PRACTICE.place)),
    h("a", { class: "book", href: PRACTICE.booking, rel: "noopener noreferrer" }, "Book a consultation"));
}

function aside() {
  return h("aside", { "aria-label": "About these answers" },
    h("section", {},
      h("h2", {}, "In an emergency"),
      h("p", {}, "Trouble breathing, swallowing or speaking, or weakness that spreads? ",
        h("a", { href: "tel:911" }, "Call 911"), " now.")),
    h("section", {},
      h("h2", {}, "Where answers come from"),
      h("p", {}, "From labels, regulators, medical societies and journals, and from our own pages. "
        + "Each answer names its sources and says whether a clinician has reviewed it.")),
    h("section", {},
      h("h2", {}, "Your privacy"),
      h("p", {}, "We do not store your questions. They are gone when you leave this page.")));
}

function footer() {
  return h("footer", {}, h("p", {}, `${PRACTICE.name}, ${PRACTICE.place}. General information, not medical advice.`));
}
