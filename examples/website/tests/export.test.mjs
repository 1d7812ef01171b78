// Properties of the page that `askwell export --format html` writes, in a real
// browser: axe finds nothing; it fetches nothing and runs nothing; it reflows;
// its contents lead to the answers; on paper it has every answer, with the
// addresses of its sources, and no list of links.
//
// Run by `.ci/browser`. PDF names a file to keep the print in, to be looked at.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { audited, launched } from "./chromium.mjs";
import { PROGRAM } from "./support.mjs";

const folder = mkdtempSync(join(tmpdir(), "askwell-export-"));
const file = join(folder, "answers.html");
const { claims } = JSON.parse(execFileSync(PROGRAM, ["stdio"], {
  input: '{"jsonrpc":"2.0","id":1,"method":"hello"}\n', encoding: "utf8",
})).result.knowledge;

let browser;
before(async () => {
  writeFileSync(file, execFileSync(PROGRAM, ["export", "--format", "html"]));
  browser = await launched();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

async function opened(options = {}) {
  const page = await (await browser.newContext(options)).newPage();
  page.fetched = [];
  page.on("request", (request) => page.fetched.push(request.url()));
  page.on("pageerror", (error) => assert.fail(String(error)));
  await page.goto(pathToFileURL(file).href);
  return page;
}

test("axe finds nothing, and nothing is fetched, wide and narrow", async () => {
  for (const width of [1280, 320]) {
    const page = await opened({ viewport: { width, height: 800 } });
    assert.equal(await page.locator("article").count(), claims);
    await audited(page, `${width} px`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
    assert.deepEqual(page.fetched, [pathToFileURL(file).href]);
    await page.context().close();
  }
});

test("the contents lead to every answer, by keyboard", async () => {
  const page = await opened();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Tab");
  const target = await page.evaluate(() => document.activeElement.hash);
  await page.keyboard.press("Enter");
  assert.ok(await page.locator(`article${target} h3`).isVisible());
  const links = await page.locator("nav a").evaluateAll((all) => all.map((link) => document.querySelector(link.hash)?.tagName));
  assert.deepEqual(links, Array(claims).fill("ARTICLE"));
  await page.context().close();
});

test("on paper every answer stands with its sources' addresses", async () => {
  const page = await opened();
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.isVisible("nav"), false);
  assert.equal(await page.locator("article:visible").count(), claims);
  const address = await page.locator("article li a").first()
    .evaluate((link) => [getComputedStyle(link, "::after").content, link.getAttribute("href")]);
  assert.ok(address[0].includes("href") || address[0].includes(address[1]), address[0]);
  const pdf = await page.pdf({ format: "Letter" });
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  // The tree of pages counts them at every node, and all of them at its root.
  const pages = Math.max(...[...pdf.toString("latin1").matchAll(/\/Count (\d+)/g)].map(([, count]) => Number(count)));
  assert.ok(pages > claims / 10 && pages < claims * 0.7, `${pages} pages`);
  if (process.env.PDF) writeFileSync(process.env.PDF, pdf);
  await page.context().close();
});
