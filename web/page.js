// The page to ask.
import { askbox } from "./askbox.js";
import { cards, isLikely } from "./cards.js";
import { byId, counted, el, foreign } from "./dom.js";
import { filterRow } from "./filters.js";
import { call } from "./server.js";

// So many turns are sent along with a question.
const TURNS = 10;

const input = byId("question");
const place = byId("reply");
const status = byId("status");
const sitting = byId("sitting");
const title = document.title;
// What was asked here with which filters, and the replies; the oldest first.
let turns = [];
// The turn that is shown, if one is.
let showing = null;
let asking = null;

/** Gives the page the address of a turn. */
const push = ({ question, filter }) => window.history.pushState(null, "", `/?${new URLSearchParams([["q", question], ...filter.map((one) => ["filter", one])])}`);

const inAddress = () => {
  const address = new URLSearchParams(location.search);
  return { question: address.get("q")?.trim(), filter: address.getAll("filter") };
};

document.querySelectorAll("#ask > input[type=hidden]").forEach((hidden) => hidden.remove());
const filters = filterRow(byId("filters"), inAddress().filter, () => input.value.trim() && ask(input.value, { instead: true }));
const box = askbox(input, byId("suggestions"), { filters: filters.all, choose: ask });

async function ask(question, { alone = false, instead = false, keepAddress = false } = {}) {
  box.close();
  question = question.trim();
  if (!question) return;
  input.value = question;
  // A question that is asked again in another way takes the place of the one before.
  if (instead && showing?.question === question) turns = turns.filter((turn) => turn !== showing);
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  const filter = filters.all();
  place.setAttribute("aria-busy", "true");
  status.textContent = "Looking…";
  try {
    const history = alone ? [] : turns.slice(-TURNS).map(({ question, reply }) => ({ question, ...(reply.answered ? { unit: reply.answers[0].id } : {}) }));
    const reply = await call("/v1/ask", { signal, body: { question, filter, history } });
    if (signal.aborted) return;
    const turn = { question, filter, reply };
    if (!keepAddress) push(turn);
    take(turn);
    keepFocus();
  } catch (error) {
    if (error.name === "AbortError") return;
    status.textContent = "";
    place.replaceChildren(el("div.note.wrong", { role: "alert" }, error.message));
  } finally {
    if (!signal.aborted) place.removeAttribute("aria-busy");
  }
}

/** Shows a turn and keeps it. */
function take(turn) {
  turns.push(turn);
  show(turn);
}

/** Shows a turn, or the page as it is before a question. */
function show(turn) {
  showing = turn;
  const { question, reply } = turn ?? {};
  document.title = question ? `${question} – ${title}` : title;
  document.body.classList.toggle("asked", Boolean(turn));
  status.textContent = !reply ? "" : reply.answered ? `${counted(reply.answers.filter(isLikely).length, "answer")} in ${Math.max(reply.took_ms, 0.1).toFixed(1)} ms` : "No answer";
  place.replaceChildren(...(reply ? cards(reply, { ask, addFilter: filters.add, isFiltered: turn.filter.length > 0 }) : []));
  drawSitting();
  scrollTo({ top: 0 });
}

/** Where what was pressed is gone with the reply before, the next key goes on from the reply. */
function keepFocus() {
  if (document.activeElement === document.body) place.focus({ preventScroll: true });
}

function drawSitting() {
  const others = turns.filter((turn) => turn !== showing);
  sitting.hidden = others.length === 0;
  sitting.querySelector("ol").replaceChildren(...others.map((turn) =>
    el("li", {}, foreign("button.choice", turn.question, { onclick: () => lookAgain(turn) }))).reverse());
}

function lookAgain(turn) {
  input.value = turn.question;
  filters.set(turn.filter);
  push(turn);
  show(turn);
  keepFocus();
}

byId("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  ask(input.value);
  // The keyboard of a phone would cover the answer.
  if (matchMedia("(pointer: coarse)").matches) input.blur();
});

sitting.querySelector("button.quiet").addEventListener("click", () => {
  turns = [];
  filters.set([]);
  input.value = "";
  window.history.pushState(null, "", "/");
  show(null);
  input.focus();
});

addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  event.preventDefault();
  input.focus();
  input.select();
});
addEventListener("popstate", () => {
  const { question, filter } = inAddress();
  const turn = turns.findLast((turn) => turn.question === question && String(turn.filter) === String(filter));
  asking?.abort();
  place.removeAttribute("aria-busy");
  filters.set(filter);
  input.value = question ?? "";
  if (turn || !question) show(turn ?? null);
  else ask(question, { keepAddress: true });
});

// The server has answered what stood in the address; where it did not, it is asked now.
const given = byId("given");
if (given) take({ ...inAddress(), reply: JSON.parse(given.textContent) });
else if (inAddress().question && !place.querySelector("[role=alert]")) ask(inAddress().question, { keepAddress: true });
else input.focus();
