// What tests of pages share: a browser, axe, images, and small checks.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

export const DESK = { width: 880, height: 600 };
export const PHONE = { width: 390, height: 780 };

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// `CHROMIUM` says which browser, `SCREENSHOTS` the folder where each state is kept as an image.
const { CHROMIUM, SCREENSHOTS: folder } = process.env;
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });

/** Fails with what is wrong. */
export function check(isRight, what) {
  if (!isRight) throw new Error(`not so: ${what}`);
}

/** Fails where the page did something that it must not: a script threw, the policy was broken, a dialog opened. */
const harmless = (page) => check(page.faults.length === 0, `no fault: ${page.faults.join("; ")}`);

function watch(page) {
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    page.faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text())) page.faults.push(message.text());
  });
}

/** Does some work with a page of its own. */
export async function withPage(options, work) {
  const context = await browser.newContext({ viewport: DESK, ...options });
  const page = await context.newPage();
  watch(page);
  page.setDefaultTimeout(15_000);
  await work(page, context);
  harmless(page);
  await context.close();
}

/** A state of a page: looked at by axe, and kept as an image. */
export async function state(page, name) {
  harmless(page);
  await accessible(page, name);
  await keep(page, name);
}

/** Keeps an image of a page. */
export async function keep(page, name) {
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

/** Runs axe in the page: evaluated by the debugger, which no policy of the page forbids. */
export async function accessible(page, state) {
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== "running"));
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`).join("; ")}`);
  check(violations.length === 0, `${state} is accessible: ${said.join("\n")}`);
}

/** Asks in the page, and waits for the reply. */
export async function ask(page, question) {
  await page.getByRole("combobox", { name: "Your question" }).fill(question);
  const replied = page.waitForResponse((response) => response.url().endsWith("/v1/ask"));
  await page.keyboard.press("Enter");
  await replied;
  await page.locator("#reply:not([aria-busy]) .card").first().waitFor();
}

/** Runs the cases, or the one that the command line names, and ends with whether all went well. */
export async function run(cases) {
  const only = process.argv[2];
  let failed = 0;
  for (const [name, work] of Object.entries(cases)) {
    if (only && name !== only) continue;
    try {
      await work();
      console.log(`ok ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED ${name}: ${error.message}`);
    }
  }
  await browser.close();
  process.exitCode = failed ? 1 : 0;
}
