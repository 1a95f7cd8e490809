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
const address = new URLSearchParams(location.search);
// What was asked here, with the replies; the oldest first.
let turns = [];
let asking = null;

document.querySelectorAll("#ask > input[type=hidden]").forEach((hidden) => hidden.remove());
const filters = filterRow(byId("filters"), address.getAll("filter"), () => input.value.trim() && ask(input.value, { again: true }));
const box = askbox(input, byId("suggestions"), { filters: filters.all, choose: ask });

async function ask(question, { alone = false, again = false, keepAddress = false } = {}) {
  box.close();
  question = question.trim();
  if (!question) return;
  input.value = question;
  // A question that is asked again with other filters takes the place of the one before.
  if (again && turns.at(-1)?.question === question) turns.pop();
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  place.setAttribute("aria-busy", "true");
  status.textContent = "Looking…";
  try {
    const history = alone ? [] : turns.slice(-TURNS).map(({ question, reply }) => ({ question, ...(reply.answered ? { unit: reply.answers[0].id } : {}) }));
    const reply = await call("/v1/ask", { signal, body: { question, filter: filters.all(), history } });
    if (signal.aborted) return;
    take(reply);
    if (!keepAddress) window.history.pushState(null, "", `/?${new URLSearchParams([["q", question], ...filters.all().map((filter) => ["filter", filter])])}`);
  } catch (error) {
    if (error.name === "AbortError") return;
    status.textContent = "";
    place.replaceChildren(el("div.note.wrong", { role: "alert" }, error.message));
  } finally {
    if (!signal.aborted) place.removeAttribute("aria-busy");
  }
}

/** Shows a reply and keeps it. */
function take(reply) {
  show(reply);
  turns.push({ question: reply.question, reply });
  drawSitting();
}

function show(reply) {
  document.title = `${reply.question} – Ask the articles`;
  status.textContent = reply.answered ? `${counted(reply.answers.filter(isLikely).length, "answer")} in ${Math.max(reply.took_ms, 0.1).toFixed(1)} ms` : "No answer";
  place.replaceChildren(...cards(reply, { ask, addFilter: filters.add }));
  document.body.classList.add("asked");
}

function drawSitting() {
  const earlier = turns.slice(0, -1);
  sitting.hidden = earlier.length === 0;
  sitting.querySelector("ol").replaceChildren(...earlier.map(({ question, reply }) =>
    el("li", {}, foreign("button.choice", question, { type: "button", onclick: () => { input.value = question; show(reply); scrollTo({ top: 0 }); } }))).reverse());
}

byId("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  ask(input.value);
});

sitting.querySelector("button.quiet").addEventListener("click", () => {
  turns = [];
  sitting.hidden = true;
  place.replaceChildren();
  status.textContent = "";
  input.value = "";
  document.body.classList.remove("asked");
  window.history.pushState(null, "", "/");
  input.focus();
});

addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  event.preventDefault();
  input.focus();
  input.select();
});
addEventListener("popstate", () => {
  const question = new URLSearchParams(location.search).get("q");
  if (question) ask(question, { keepAddress: true });
});

// The server has answered what stood in the address; where it did not, it is asked now.
const given = byId("given");
if (given) take(JSON.parse(given.textContent));
else if (address.get("q") && !place.querySelector("[role=alert]")) ask(address.get("q"), { keepAddress: true });
else input.focus();
