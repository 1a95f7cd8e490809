// What a reply may say beside its answer, how one narrows and looks, and a source as a page; with scripts and without.
// `FAQT_URL` is an open server.
import { DESK, PHONE, accessible, ask, check, run, state, withPage } from "./look.mjs";

const url = process.env.FAQT_URL;
const LOOKS = [["light", DESK, "light"], ["dark", PHONE, "dark-phone"]];

/** Does the same in a light window and on a dark phone. */
const inBoth = (work) => async () => {
  for (const [colorScheme, viewport, name] of LOOKS) await withPage({ colorScheme, viewport }, (page) => work(page, name));
};

const cardsOf = (page) => page.locator("article.card");

async function twoInOne(page, name) {
  await page.goto(url);
  await ask(page, "What are the price and delivery time of the lamp?");
  const parts = await page.locator(".part").allInnerTexts();
  check(parts.length === 2 && /price/.test(parts[0]) && /delivery time/.test(parts[1]), `each part is named: ${parts}`);
  const text = await page.locator("#reply").innerText();
  check(text.includes("40 euros") && text.includes("three days"), "both are answered");
  await state(page, `page-two-in-one-${name}`);
}

async function newerAndOlder(page, name) {
  await page.goto(url);
  await ask(page, "what would a card for the library cost");
  const newer = cardsOf(page).first();
  check(/12 euros/.test(await newer.locator(".answer").innerText()), "the newer answer comes first");
  const warning = newer.locator(".warn");
  check(/2020-01-31/.test(await warning.innerText()) && /10 euros/.test(await warning.innerText()), "the older one is named");
  await warning.getByRole("button", { name: "Show in source" }).click();
  check(/10 euros/.test(await warning.locator("mark").first().innerText()), "its source is shown");
  await newer.evaluate((card) => card.scrollIntoView());
  await state(page, `page-newer-${name}`);
  await ask(page, "What does a library card cost?");
  check((await page.getByText("A newer answer says otherwise.").count()) > 0, "the older one tells that there is a newer");
}

async function followUp(page, name) {
  await page.goto(url);
  await ask(page, "Is RAID a bakcup?");
  check(/Read “bakcup” as backup/.test(await page.locator(".note").innerText()), "what was misspelt is told");
  await ask(page, "What does a library card cost?");
  await ask(page, "and for children?");
  const note = page.getByText("Read together with what you asked before");
  check(/library|card/.test(await note.innerText()), "what was carried over is told");
  await state(page, `page-follow-up-${name}`);
  await page.getByRole("button", { name: "Ask it by itself" }).click();
  await note.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Begin anew" }).click();
  check(!(await page.locator("#sitting").isVisible()) && (await page.locator("#question").inputValue()) === "", "all is forgotten");
}

async function narrows(page, name) {
  await page.goto(url);
  await ask(page, "Is RAID a backup?");
  await page.getByRole("button", { name: "Only answers with level: beginner" }).first().click();
  await page.waitForURL(/filter=level%3Dbeginner/);
  await page.getByText("Filter", { exact: true }).click();
  await page.getByLabel("Only answers with", { exact: true }).fill("topic=cooking");
  await page.keyboard.press("Enter");
  await page.getByText("No answer to this").waitFor();
  check(/filter leaves out/.test(await page.locator(".none").innerText()), "the filter is named, for it may be why");
  await state(page, `page-filters-${name}`);
  await page.getByRole("button", { name: "Without topic=cooking" }).click();
  await page.locator("article.card:not(.none)").first().waitFor();
  await page.getByRole("button", { name: "Without level=beginner" }).click();
  await page.waitForURL((address) => !address.searchParams.has("filter"));
  check((await page.locator(".chips li").count()) === 0, "no filter is left");
  await page.getByLabel("Only answers with", { exact: true }).fill("no condition");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").waitFor();
  await state(page, `page-wrong-filter-${name}`);
}

/** The switch turns the colours, which stay so on every page. */
async function switches() {
  await withPage({ colorScheme: "light" }, async (page) => {
    await page.goto(url);
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.getByRole("button", { name: "Switch to dark colours" }).click();
    const dark = await ground();
    check(light !== dark, "the colours are others");
    for (const path of ["/?q=Is+RAID+a+backup%3F", "/docs", "/admin", "/v1/articles/corpus/git-basics.md"]) {
      await page.goto(`${url}${path}`);
      check((await ground()) === dark, `${path} is dark too`);
      await accessible(page, `${path} once switched`);
    }
    await page.getByRole("button", { name: "Switch to light colours" }).click();
    check((await ground()) === light, "and light again");
  });
}

/** A source as a page, as links in chats lead to it. */
async function sourceAsPage(page, name) {
  const reply = await page.request.get(`${url}/v1/ask?q=What+is+an+inverted+index%3F`);
  const [citation] = (await reply.json()).answers[0].citations;
  await page.goto(`${url}/v1/articles/${citation.source}?bytes=${citation.bytes.join("-")}#cited`);
  check((await page.locator("#cited").innerText()).replace(/\s+/g, " ").includes(citation.quote.slice(0, 40)), "what is cited is marked");
  check((await page.locator("main").evaluate((main) => main.getBoundingClientRect().width)) <= 46 * 17, "the style of the pages is there");
  await state(page, `article-${name}`);
}

/** What the server writes into the page; axe needs scripts, so that it is theirs that do not load. */
async function written(page, name) {
  await page.route(/\.js$/, (route) => route.abort());
  await page.goto(`${url}/?q=what+would+a+card+for+the+library+cost`);
  check(/Newer than what/.test(await cardsOf(page).first().innerText()), "the older answer is named");
  await page.goto(`${url}/?q=Is+RAID+a+bakcup%3F`);
  check(/Read “bakcup” as backup/.test(await page.locator(".note").innerText()), "what was misspelt is told");
  await page.goto(`${url}/?q=${encodeURIComponent("How do I clean the lamp?")}`);
  check((await page.locator(".answer ul li").count()) === 3, "a list is a list");
  await page.goto(`${url}/?q=What+does+a+library+card+cost%3F`);
  await page.locator("#question").fill("and for children?");
  await page.locator("#ask button").click();
  const note = page.getByText("Read together with what you asked before");
  check(/library|card/.test(await note.innerText()), "what was carried over is told");
  await accessible(page, `page-written-${name}`);
  await page.getByRole("link", { name: "Ask it by itself" }).click();
  check((await page.getByText("Read together").count()) === 0, "it is asked by itself");
}

await run({
  part: inBoth(twoInOne), superseded: inBoth(newerAndOlder), carried: inBoth(followUp), filters: inBoth(narrows),
  theme: switches, article: inBoth(sourceAsPage), written: inBoth(written),
});
