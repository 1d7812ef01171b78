// Debian's Chromium and axe. `.ci/browser` says in BROWSER_MODULES where
// playwright-core and axe-core are.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.BROWSER_MODULES, "here.js"));
const { chromium } = require("playwright-core");
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** A browser that calls nobody by itself. */
export const launched = () => chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });

/** Fails with everything that axe finds in a page, in a state of it that has a name. */
export async function audited(page, state) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  const found = await page.evaluate((tags) =>
    globalThis.axe.run({ runOnly: tags }).then(({ violations, passes }) => ({ violations, passes: passes.length })), AXE_TAGS);
  const named = found.violations.map((v) => [v.id, v.nodes.map((n) => n.html + n.failureSummary)]);
  assert.deepEqual(named, [], state);
  assert.ok(found.passes > 15, "axe has looked at the page");
}
