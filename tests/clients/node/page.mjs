// The pages and the chat bubble in a real browser. `FAQT_URL` is an open server, `KEYED_URL` one with the keys `reader`
// (ask) and `boss` (admin), `FOREIGN_PORT` the port of a page of others that both list.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { DESK, PHONE, ask, check, keep, run, state, withPage } from "./look.mjs";

const { FAQT_URL: url, KEYED_URL: keyed, FOREIGN_PORT: port } = process.env;

/** Asks, sees the answer and its citation, opens the source, gets the no. */
async function asks(theme, viewport, name) {
  await withPage({ colorScheme: theme, viewport }, async (page) => {
    await page.goto(url);
    await state(page, `page-empty-${name}`);
    await page.keyboard.type("what is a good ba");
    await page.locator("#suggestions li").first().waitFor();
    await state(page, `page-suggestions-${name}`);
    await ask(page, "Is RAID a backup?");
    const first = page.locator("article.card").first();
    check(/RAID/.test(await first.locator(".answer").innerText()), "the answer is about RAID");
    check(/lines? \d/.test(await first.locator(".where").first().innerText()), "the citation has lines");
    await state(page, `page-answer-${name}`);
    await first.getByRole("button", { name: "Show in source" }).first().click();
    await first.locator(".source mark").first().waitFor();
    await state(page, `page-source-${name}`);
    await first.getByRole("button", { name: "Helpful", exact: true }).click();
    await first.getByText("Thank you").waitFor();
    await ask(page, "How do I bake sourdough bread?");
    await page.getByText("No answer to this").waitFor();
    check((await page.locator("#sitting li").count()) === 1, "what was asked before is listed");
    check((await page.locator(".note").count()) === 0, "without an answer it is not told what words were taken for");
    await state(page, `page-no-answer-${name}`);
    const near = page.locator(".near button");
    if (await near.count()) {
      await near.first().click();
      await page.locator("article.card:not(.none)").first().waitFor();
    }
  });
}

/** What was asked before is looked at again: by the list, and by the way back of the browser. */
async function again() {
  await withPage({}, async (page) => {
    const shown = () => page.locator("article.card h2").first().innerText();
    await page.goto(url);
    for (const question of ["Is RAID a backup?", "What is an inverted index?"]) await ask(page, question);
    const sitting = page.locator("#sitting li button");
    await sitting.first().click();
    check((await shown()) === "Is RAID a backup?", "the first is shown again");
    check((await sitting.allInnerTexts()).join() === "What is an inverted index?", "and the second is listed");
    check(/q=Is\+RAID/.test(page.url()), "the address is that of what is shown");
    await page.goBack();
    check((await shown()) === "What is an inverted index?", "the way back leads to the second");
    check((await page.locator("#question").inputValue()) === "What is an inverted index?", "which stands in the box");
    await page.goBack();
    await page.goBack();
    check((await page.locator("article.card").count()) === 0 && (await sitting.count()) === 2, "and to where it began");
  });
}

/** Everything by keys: `/`, arrows, Enter, Escape, Tab. */
async function byKeys() {
  await withPage({}, async (page) => {
    await page.goto(`${url}/`);
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("/");
    check(await page.locator("#question").evaluate((input) => input === document.activeElement), "`/` leads to the box");
    await page.keyboard.type("raid");
    await page.locator("#suggestions li").first().waitFor();
    await page.keyboard.press("ArrowDown");
    const active = await page.locator("#question").getAttribute("aria-activedescendant");
    const chosen = await page.locator(`#${active}`).innerText();
    await page.keyboard.press("Escape");
    check(await page.locator("#suggestions").isHidden(), "Escape closes the suggestions");
    await page.keyboard.type(" ");
    await page.locator("#suggestions li").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator("article.card").first().waitFor();
    check((await page.locator("#question").inputValue()) === chosen, "Enter takes the suggestion");
    const button = page.getByRole("button", { name: "Show in source" }).first();
    for (let at = 0; at < 20 && !(await button.evaluate((one) => one === document.activeElement)); at += 1) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.locator(".source mark").first().waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    const focused = () => page.evaluate(() => document.activeElement.className);
    check((await focused()) === "source", "Tab leads into the source");
    await page.keyboard.press("Escape");
    check(await button.evaluate((one) => one === document.activeElement), "Escape closes it and leads back");
    await page.getByRole("button", { name: "Helpful", exact: true }).first().press("Enter");
    await page.getByText("Thank you").waitFor();
    check((await focused()) === "thanks", "the thanks have the focus of the button that is gone");
    await ask(page, "How do I bake sourdough bread?");
    await page.locator(".near button").first().press("Enter");
    await page.locator("article.card:not(.none)").first().waitFor();
    check((await page.evaluate(() => document.activeElement.id)) === "reply", "and so has the reply");
  });
}

/** What is hostile in an article does nothing, and what is written from right to left stands so. */
async function hostileAndForeign() {
  for (const javaScriptEnabled of [true, false]) {
    await withPage({ javaScriptEnabled }, async (page) => {
      await page.goto(`${url}/?q=${encodeURIComponent("What does the zorbic parser do?")}`);
      const card = page.locator("article.card").first();
      const text = await card.innerText();
      check(text.includes("<script>alert(4)</script>") && text.includes("<img src=x onerror=alert(5)>"), "markup is text");
      check(!/[\u001b\u202a-\u202e\u2066-\u2069]/.test(text), "nothing unseen is left");
      check((await page.locator("[href^='javascript:' i], #reply img, #reply script:not([type='application/json'])").count()) === 0, "no hostile element");
      if (javaScriptEnabled) {
        await card.getByRole("button", { name: "Show in source" }).first().click();
        await card.locator(".source mark").first().waitFor();
        await state(page, "page-hostile");
      }
    });
  }
  for (const [theme, viewport, name] of [["light", DESK, "rtl"], ["dark", PHONE, "rtl-phone"]]) {
    await withPage({ colorScheme: theme, viewport }, async (page) => {
      await page.goto(`${url}/?q=${encodeURIComponent("מהו גיבוי ומדוע צריך אותו?")}`);
      const answer = page.locator("article.card .answer p").first();
      check((await answer.evaluate((element) => getComputedStyle(element).direction)) === "rtl", "Hebrew runs from right to left");
      await state(page, `page-${name}`);
    });
  }
}

/** With scripts off, a form does. */
async function withoutScripts() {
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(url);
    await page.locator("#question").fill("Is RAID a backup?");
    await page.locator("#ask button").click();
    check(/RAID/.test(await page.locator("article.card .answer").first().innerText()), "the answer comes without scripts");
    await keep(page, "page-no-scripts");
    await page.getByRole("link", { name: "Show in source" }).first().click();
    check((await page.locator("mark").count()) > 0, "the source is marked without scripts");
    await page.goto(`${url}/?q=sourdough+bread+oven`);
    check(/No answer/.test(await page.locator("#reply").innerText()), "the no comes without scripts");
    check((await page.locator(".note").count()) === 0, "and does not tell what words were taken for");
  });
}

/** A server with keys asks for one. */
async function withKey(colorScheme, viewport, name) {
  await withPage({ colorScheme, viewport }, async (page) => {
    await page.goto(`${keyed}/?q=Is+RAID+a+backup%3F`);
    await page.getByRole("dialog").waitFor();
    await state(page, name);
    await page.getByLabel("Key", { exact: true }).fill("reader");
    await page.keyboard.press("Enter");
    await page.locator("article.card").first().waitFor();
    check((await page.evaluate(() => localStorage.length)) === 0, "the key is not kept for longer");
  });
}

/** The chat bubble on a page of others, under a strict policy. */
async function widget(colorScheme, viewport, name) {
  await withPage({ colorScheme, viewport }, async (page, context) => {
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.getByRole("button", { name: "Open the chat" }).click();
    check(await page.getByRole("textbox", { name: "Your question" }).evaluate((input) => input.getRootNode().activeElement === input), "the box has the focus");
    await page.keyboard.type("What is an inverted index?");
    await page.keyboard.press("Enter");
    const link = page.getByRole("list", { name: "Source" }).getByRole("link").first();
    await link.waitFor();
    check((await link.getAttribute("href")).startsWith(url), "the citation leads to the server");
    await state(page, `widget-answer-${name}`);
    const opened = context.waitForEvent("page");
    await link.click();
    const source = await opened;
    await source.waitForLoadState();
    check((await source.locator("mark").count()) > 0, "the source is marked");
    await source.close();
    await page.getByRole("textbox", { name: "Your question" }).fill("What does the zorbic parser do?");
    await page.keyboard.press("Enter");
    await page.getByText("<script>alert(4)</script>").first().waitFor();
    await page.getByRole("textbox", { name: "Your question" }).fill("How do I bake sourdough bread?");
    await page.keyboard.press("Enter");
    await page.getByText("I have no answer to this.").waitFor();
    await state(page, `widget-no-answer-${name}`);
    await page.keyboard.press("Escape");
    check(await page.getByRole("button", { name: "Open the chat" }).isVisible(), "Escape closes the chat");
    check((await context.cookies()).length === 0, "no cookies");
    check((await page.evaluate(() => localStorage.length + sessionStorage.length)) === 0, "no storage");
  });
}

/** Misses, the index, the test of a question, the articles. */
async function admin(colorScheme, viewport, name) {
  await withPage({ colorScheme, viewport }, async (page) => {
    await page.goto(`${keyed}/admin`);
    await page.getByLabel("Key", { exact: true }).fill("boss");
    await page.keyboard.press("Enter");
    const miss = page.locator(".miss").first();
    await miss.waitFor();
    await miss.getByText("Say what would be right").click();
    await miss.getByRole("textbox").fill("Is RAID a backup?");
    await page.keyboard.press("Enter");
    await miss.getByRole("button", { name: "This is right" }).first().waitFor();
    await state(page, `admin-misses-${name}`);
    await miss.getByRole("button", { name: "This is right" }).first().click();
    await miss.getByText("Noted").waitFor();
    for (const [file, line] of [["queries.jsonl", /"text":"How do I bake sourdough bread\?"/], ["qrels.tsv", /\t1$/m]]) {
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: file }).click();
      const text = readFileSync(await (await download).path(), "utf8");
      check((await download).suggestedFilename() === file && line.test(text), `${file} is exported: ${text}`);
    }
    await page.getByRole("tab", { name: "Misses" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("checkbox").check();
    await page.getByRole("button", { name: "Read the articles again" }).click();
    await page.getByText("Done.").waitFor();
    await state(page, `admin-index-${name}`);
    await page.getByRole("tab", { name: "Test" }).click();
    await page.getByLabel("Question").fill("Is RAID a bakcup?");
    await page.keyboard.press("Enter");
    await page.getByText("Answered", { exact: true }).waitFor();
    const words = page.getByRole("region", { name: "Words" });
    check(/backup\s*spelling/.test(await words.innerText()), "what a word was taken for is told, and why");
    check(await words.evaluate((table) => table.scrollWidth <= table.clientWidth), "the words need no scrolling sideways");
    await state(page, `admin-test-${name}`);
    await page.getByRole("tab", { name: "Articles" }).click();
    await page.locator(".articles button").nth(1).click();
    await page.locator(".units button").first().click();
    await page.locator(".article mark").first().waitFor();
    await state(page, `admin-articles-${name}`);
  });
}

async function docs(colorScheme, viewport, name) {
  await withPage({ colorScheme, viewport }, async (page) => {
    await page.goto(`${url}/docs`);
    const route = page.locator("#post-v1-ask");
    await route.waitFor();
    check(/curl/.test(await route.innerText()), "there is an example");
    await state(page, `docs-${name}`);
    const examples = { "post-v1-ask": '"answered": true', "get-v1-ask": '"answered": true', "post-v1-batch": '"answered": true', "post-v1-context": '"answered": true',
      "post-v1-verify": '"supported": true', "get-v1-units-id": '"kind": "qa"', "get-v1-articles-path": '"text": "' };
    for (const [id, said] of Object.entries(examples)) {
      const route = page.locator(`#${id}`);
      await route.getByText("Try it").click();
      await route.getByRole("button", { name: "Send" }).click();
      await route.getByText(said).waitFor();
    }
  });
}

/** The bubble with a key: what a link could not open without it is shown in the bubble. */
async function widgetWithKey(colorScheme, viewport, name) {
  await withPage({ colorScheme, viewport }, async (page) => {
    await page.goto(`http://127.0.0.1:${port}/keyed`);
    await page.getByRole("button", { name: "Open the chat" }).click();
    await page.keyboard.type("What is an inverted index?");
    await page.keyboard.press("Enter");
    const sources = page.getByRole("list", { name: "Source" });
    await sources.getByRole("button").first().click();
    const frame = sources.getByRole("region");
    await frame.locator("mark").first().waitFor();
    check((await frame.innerText()).length > (await frame.locator("mark").first().innerText()).length, "what stands around it is shown");
    check((await page.getByRole("link").count()) === 0, "nothing leads to where a key is needed");
    await state(page, name);
    await sources.getByRole("button").first().click();
    check(await frame.isHidden(), "the source is closed again");
  });
}

const foreign = createServer(({ url: path }, response) => {
  const [server, more] = path === "/keyed" ? [keyed, 'data-key="reader"'] : [url, 'data-title="Ask the shop" data-accent="#7a2e5d"'];
  const policy = `default-src 'none'; script-src ${server}; connect-src ${server}`;
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-security-policy": policy });
  response.end(`<!DOCTYPE html><html lang="en"><title>Shop</title><main><h1>A shop</h1><p>Welcome.</p></main><script src="${server}/widget.js" ${more} defer></script></html>`);
}).listen(port, "127.0.0.1");

await run({
  asks: () => asks("light", DESK, "light"), dark: () => asks("dark", DESK, "dark"), phone: () => asks("light", PHONE, "phone"),
  again, keys: byKeys, hostile: hostileAndForeign, scripts: withoutScripts,
  key: () => withKey("light", DESK, "page-key"), "key-dark": () => withKey("dark", PHONE, "page-key-dark-phone"),
  widget: () => widget("light", DESK, "light"), "widget-dark": () => widget("dark", PHONE, "dark-phone"),
  "widget-key": () => widgetWithKey("light", DESK, "widget-source-light"),
  "widget-key-dark": () => widgetWithKey("dark", PHONE, "widget-source-dark-phone"),
  admin: () => admin("light", DESK, "light"), "admin-dark": () => admin("dark", PHONE, "dark-phone"),
  docs: () => docs("light", DESK, "light"), "docs-dark": () => docs("dark", PHONE, "dark-phone"),
});
foreign.close();
