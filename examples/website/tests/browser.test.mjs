// Properties of the page in a real browser: every flow works by keyboard alone;
// planted markup stays text; the policy is never violated; axe finds nothing;
// a killed process costs a visitor nothing.
//
// Run by `.ci/browser`. Not one mouse event is sent.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { audited, launched } from "./chromium.mjs";
import { PLANTED, PROGRAM, post, processes, started, until } from "./support.mjs";

const QUESTION = "Is baby Botox a different product?";
const RED_FLAG = "I can't breathe";
const OTHER = "zzz qqq";

const KILLS = 20;
const VISITORS = 8;
const ANSWERED_MS = 2_000;

let browser;
let running;
before(async () => {
  running = await started();
  browser = await launched();
});
after(async () => {
  await browser?.close();
  await running?.stop();
});

/** A new visitor at the page, whose violations of the policy are counted. */
async function visit({ origin = running.origin, ...options } = {}) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.violations = [];
  page.foreign = [];
  page.on("console", (message) => {
    if (/content security policy|trusted/i.test(message.text())) page.violations.push(message.text());
  });
  page.on("pageerror", (error) => page.violations.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(`${origin}/`) || request.url().includes("?")) page.foreign.push(request.url());
  });
  await page.goto(origin);
  return page;
}

/** No violation, no foreign address, nothing kept, no question in the address. */
async function leave(page) {
  assert.deepEqual(page.violations, []);
  assert.deepEqual(page.foreign, []);
  assert.match(page.url(), /:\d+\/(#latest|#text)?$/);
  assert.deepEqual(await page.context().cookies(), []);
  const kept = await page.evaluate(async () =>
    [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, globalThis.planted ?? 0]);
  assert.deepEqual(kept, [0, 0, 0, 0]);
  await page.context().close();
}

const focused = (page) => page.evaluate(() => document.activeElement.id);
const last = (page) => page.locator("#log article").last();

/** Tabs on until something is focused. */
async function tabTo(page, selector, key = "Tab") {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press(key);
    if (await page.evaluate((s) => document.activeElement.matches(s), selector)) return;
  }
  assert.fail(`${selector} is not reached with ${key}`);
}

/** Types a question where the focus is, and waits for its reply. */
async function ask(page, text) {
  const before = await page.locator("#log article").count();
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
  await replied(page, before);
}

async function replied(page, before) {
  await until(async () => await page.locator("#log article").count() > before
    && await page.locator(".wait").count() === 0, "a reply");
}

test("ask, read, pick, follow up, book: by keyboard alone", async () => {
  const page = await visit();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "text");

  await ask(page, QUESTION);
  const answer = await last(page).innerText();
  for (const words of [QUESTION, "This is not true.", "SOURCE", "eviewed by"]) assert.ok(answer.includes(words), answer);
  assert.equal(await focused(page), "text");
  assert.equal(await page.inputValue("#text"), "");
  assert.equal(await page.getAttribute("#log", "aria-live"), "off");
  const told = await page.textContent("#news[role=status]");
  assert.match(told, /same product.*This is not true\..*source.*below/s);
  assert.equal(await page.textContent("#alert"), "");

  await tabTo(page, ".suggestions button", "Shift+Tab");
  const title = await page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press("Enter");
  await replied(page, 1);
  assert.ok((await last(page).innerText()).includes(title));
  assert.equal(await focused(page), "text");
  assert.ok(!(await page.textContent("#news")).includes("same product. The word"), "only what is new is told");

  const heading = await last(page).locator("h3").first().textContent();
  await ask(page, "why?");
  assert.equal(await page.locator("#log article").count(), 3);
  // The context went along: without one a reply would open with the disclosure.
  assert.ok(!(await last(page).innerText()).includes("automated program"), heading);

  await tabTo(page, "#log article:last-child .book", "Shift+Tab");
  const booking = await page.evaluate(() => [document.activeElement.href, document.activeElement.textContent]);
  assert.match(booking[0], /^https:\/\//);
  assert.match(booking[1], /Book a consultation|Contact the office/);
  await leave(page);
});

test("a red flag is unmistakable in words and sells nothing", async () => {
  const page = await visit();
  await page.focus("#text");
  await ask(page, RED_FLAG);
  const shown = last(page);
  assert.match(await shown.locator(".alarm-title").textContent(), /Emergency: get help now/);
  assert.equal(await shown.locator("a[href='tel:911']").count() > 0, true);
  assert.equal(await shown.locator(".book, button, .card").count(), 0);
  assert.match(await page.textContent("#alert[role=alert]"), /^Emergency: get help now\..*911/s);
  assert.equal(await focused(page), "text");
  await ask(page, QUESTION);
  const reminder = last(page).locator(".reminder");
  assert.equal(await reminder.count(), 1);
  assert.match(await page.textContent("#news"), /.+\n.*same product/s);
  await leave(page);
});

test("what has no sourced answer is said so, and the office offered", async () => {
  const page = await visit();
  await page.focus("#text");
  await ask(page, OTHER);
  assert.match(await last(page).innerText(), /no sourced answer/i);
  await tabTo(page, "#log .book", "Shift+Tab");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Contact the office/);
  await leave(page);
});

test("Escape closes and keeps, Enter opens, Start over forgets", async () => {
  const page = await visit();
  await page.focus("#text");
  await ask(page, QUESTION);
  await page.keyboard.press("Escape");
  assert.equal(await page.isVisible("#chat"), false);
  assert.equal(await focused(page), "open");
  await page.keyboard.press("Enter");
  assert.equal(await page.isVisible("#chat"), true);
  assert.equal(await focused(page), "text");
  assert.equal(await page.locator("#log article").count(), 1);
  await tabTo(page, "#restart", "Shift+Tab");
  await page.keyboard.press("Space");
  assert.equal(await page.locator("#log article").count(), 0);
  assert.equal(await focused(page), "text");
  assert.equal(await page.inputValue("#ask [name=context]"), "");
  await tabTo(page, "#close", "Shift+Tab");
  await page.keyboard.press("Space");
  assert.equal(await focused(page), "open");
  await leave(page);
});

test("a failure is told in words and loses nothing that was typed", async () => {
  const page = await visit();
  await page.context().setOffline(true);
  await page.focus("#text");
  await ask(page, QUESTION);
  assert.match(await last(page).innerText(), /try again.*call 911/s);
  assert.match(await page.textContent("#news"), /try again/);
  assert.equal(await page.inputValue("#text"), QUESTION);
  await page.context().setOffline(false);
  await page.keyboard.press("Enter");
  await replied(page, 1);
  assert.match(await last(page).innerText(), /This is not true/);
  await leave(page);
});

test("without JavaScript a form answers, by keyboard", async () => {
  const page = await visit({ javaScriptEnabled: false });
  assert.equal(await page.isVisible("#close"), false);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.type(QUESTION);
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  assert.match(await last(page).innerText(), /This is not true/);
  const context = await page.inputValue("#ask [name=context]");
  assert.ok(context);
  await tabTo(page, ".suggestions button");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  assert.match(await last(page).innerText(), /SOURCE/);
  assert.notEqual(await page.inputValue("#ask [name=context]"), context);
  assert.match(page.url(), /\/#latest$/);
  assert.deepEqual(page.violations, []);
  await page.context().close();
});

test("planted markup in questions and in a knowledge folder stays text", async () => {
  const folder = mkdtempSync(join(tmpdir(), "askwell-planted-"));
  cpSync(new URL("planted", import.meta.url), folder, { recursive: true });
  for (const file of ["practice.yaml", "sources.yaml", "claims/all.yaml"]) {
    const text = readFileSync(join(folder, file), "utf8");
    assert.ok(text.includes("PLANTED"));
    writeFileSync(join(folder, file), text.replaceAll("PLANTED", PLANTED.join(" ").replaceAll("'", "''")));
  }
  const planted = await started({ args: ["--knowledge", folder], processes: 1 });
  try {
    for (const javaScriptEnabled of [true, false]) {
      const page = await visit({ origin: planted.origin, javaScriptEnabled });
      await page.focus("#text");
      for (const question of ["what dose do people get", ...PLANTED]) {
        if (javaScriptEnabled) await ask(page, question);
        else {
          await page.focus("#text");
          await page.keyboard.type(question);
          await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
        }
        assert.equal(await page.locator("#chat :is(script, img)").count(), 0);
        assert.ok((await page.locator("#chat").innerText()).includes(PLANTED[0]));
      }
      if (javaScriptEnabled) {
        const shown = await page.locator(".card").first().innerText();
        // Title, answer, why, claim, source and section: each as it was written.
        assert.ok(shown.split(PLANTED[1]).length - 1 >= 6, shown);
        await leave(page);
      } else await page.context().close();
    }
  } finally {
    await planted.stop();
    rmSync(folder, { recursive: true });
  }
});

test("the policy stops what would be planted, and the counter sees it", async () => {
  const page = await visit();
  await page.evaluate(() => {
    const script = document.createElement("script");
    try {
      script.textContent = "globalThis.planted = 1";
    } catch { /* refused before it was text */ }
    document.body.append(script);
    try {
      document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='globalThis.planted = 1'>");
    } catch { /* refused as no string may become markup */ }
  });
  await until(() => page.violations.length > 0, "a violation");
  assert.equal(await page.evaluate(() => globalThis.planted), undefined);
  await page.context().close();
});

test("axe finds nothing, in every state, light and dark, wide and narrow", async () => {
  let audits = 0;
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 360]) {
      const viewport = { width, height: 800 };
      const page = await visit({ colorScheme, viewport, bypassCSP: true });
      const audit = async (state) => {
        await audited(page, `${state}, ${colorScheme}, ${width}`);
        audits++;
      };
      await audit("start");
      await page.focus("#text");
      for (const text of [QUESTION, OTHER, "does it depend on the person", RED_FLAG, "hi"]) {
        await ask(page, text);
        await audit(text);
      }
      await page.context().setOffline(true);
      await ask(page, QUESTION);
      await audit("failure");
      await page.keyboard.press("Escape");
      await audit("closed");
      await page.context().close();
    }
  }
  console.log(`# axe: 0 violations in ${audits} audits`);
});

test("the page reflows at 320 px, and targets are large enough", async () => {
  for (const viewport of [{ width: 320, height: 480 }, { width: 640, height: 400 }, { width: 1280, height: 900 }]) {
    const page = await visit({ viewport });
    await page.focus("#text");
    for (const text of [QUESTION, RED_FLAG, OTHER, "a".repeat(300)]) await ask(page, text);
    const { wide, small } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth - innerWidth,
      small: [...document.querySelectorAll("button, .book, #text")].filter((e) => e.checkVisibility())
        .map((e) => [e.textContent, e.getBoundingClientRect()])
        .filter(([, { width, height }]) => width < 24 || height < 24),
    }));
    assert.ok(wide <= 0, `${wide} px too wide at ${viewport.width}`);
    assert.deepEqual(small, []);
    await leave(page);
  }
});

test("nothing moves for those who asked for that", async () => {
  for (const [reducedMotion, animation] of [["reduce", "none"], ["no-preference", "arrive"]]) {
    const page = await visit({ reducedMotion });
    await page.focus("#text");
    await ask(page, "hi");
    const style = await last(page).evaluate((element) => getComputedStyle(element).animationName);
    assert.equal(style, animation);
    const button = await page.locator(".send").evaluate((element) => getComputedStyle(element).transitionDuration);
    assert.equal(button === "0s", reducedMotion === "reduce");
    await leave(page);
  }
});

test("a process is killed twenty times under load: the next message is answered in time", async () => {
  const page = await visit();
  await page.focus("#text");
  const slowest = { request: 0, page: 0 };
  const statuses = new Map();
  let over = false;
  // Visitors who ask one question after another, each with a conversation.
  const visitors = Array.from({ length: VISITORS }, async () => {
    let context = "";
    while (!over) {
      const begun = performance.now();
      const response = await post(running.origin, { text: QUESTION, context });
      slowest.request = Math.max(slowest.request, performance.now() - begun);
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      ({ context } = await response.json());
      await sleep(5);
    }
  });
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      // As many as the site has, so that the one that is killed had work.
      await until(() => running.askwell.ready === 2, "both processes");
      process.kill(processes()[kill % 2], "SIGKILL");
      const begun = performance.now();
      const before = await page.locator("#log article").count();
      await page.keyboard.type("hi");
      await page.keyboard.press("Enter");
      await page.waitForFunction((n) => document.querySelectorAll("#log article .reply").length > n, before, { timeout: 10_000 });
      slowest.page = Math.max(slowest.page, performance.now() - begun);
    }
  } finally {
    over = true;
    await Promise.all(visitors);
  }
  assert.deepEqual([...statuses.keys()], [200]);
  assert.ok(Math.max(slowest.request, slowest.page) <= ANSWERED_MS, JSON.stringify(slowest));
  console.log(`# ${KILLS} kills, ${statuses.get(200)} answers, slowest ${slowest.request.toFixed()} ms, page ${slowest.page.toFixed()} ms`);
  await leave(page);
});

test("the program under test is the one that was built", () => {
  assert.match(execFileSync(PROGRAM, ["--version"], { encoding: "utf8" }), /^askwell \d/);
});
