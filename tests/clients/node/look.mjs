// What tests of pages share: a browser, axe, and small checks.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A browser; `CHROMIUM` says which. */
export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });

/** Fails with what is wrong. */
export function check(isRight, what) {
  if (!isRight) throw new Error(`not so: ${what}`);
}

/** A page that fails the run where a script throws, the policy is broken or a dialog opens. */
export async function newPage(context) {
  const page = await context.newPage();
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    page.faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text())) page.faults.push(message.text());
  });
  return page;
}

/** Runs axe in the page: evaluated by the debugger, which no policy of the page forbids. */
export async function accessible(page, state) {
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== "running"));
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`).join("; ")}`);
  check(violations.length === 0, `${state} is accessible: ${said.join("\n")}`);
}

/** Fails where the page did something that it must not. */
export const harmless = (page) => check(page.faults.length === 0, `no fault: ${page.faults.join("; ")}`);
