// A question tried out, with every signal of every candidate.
import { el, foreign } from "./dom.js";
import { call } from "./server.js";

const figure = (value) => (value === 0 ? "" : value.toFixed(Math.abs(value) < 0.1 ? 3 : 2));

/** The form and its result in a panel. */
export function drawTest(panel) {
  const input = el("input", { type: "text", id: "tried", dir: "auto", required: true, maxlength: 4096 });
  const top = el("input", { type: "number", id: "top", min: 1, max: 50, value: 10 });
  const filter = el("input", { type: "text", id: "tried-filter", placeholder: "key=value" });
  const place = el("div", { "aria-live": "polite" });
  const field = (label, control) => el("div.field", {}, el("label", { for: control.id }, label), control);
  const form = el("form.row.test", {}, field("Question", input), field("Filter", filter), field("Answers", top), el("button", { type: "submit" }, "Try"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const filters = filter.value.trim() ? [filter.value.trim()] : [];
    try {
      const reply = await call("/v1/ask", { body: { question: input.value, top: Number(top.value), filter: filters, explain: true } });
      place.replaceChildren(result(reply));
    } catch (error) {
      place.replaceChildren(el("p.warn", {}, error.message));
    }
  });
  panel.replaceChildren(el("h2", {}, "Test"), form, place);
}

function result({ answered, explanation: { terms, candidates, ranking, threshold }, took_ms: took }) {
  const names = Object.keys(ranking[0]?.signals ?? {}).filter((name) => ranking.some(({ signals }) => signals[name] !== 0));
  const words = terms.map(({ word, stems, taken_for: taken = [], weight }) => [foreign("bdi", word), foreign("bdi", stems.join(", ")),
    taken.map((one) => [foreign("bdi", one.words), el("small", {}, one.why)]), figure(weight)]);
  const rows = ranking.map(({ label, confidence, score, signals, weights, asked }) => [
    [foreign("span.label", label), asked ? el("span.badge.good", {}, "word for word") : null], confidence.toFixed(2), score.toFixed(2),
    ...names.map((name) => [figure(signals[name]), el("small", {}, figure(signals[name] * (weights[name] ?? 0)))])]);
  return el("div", {},
    el("p.note", {}, el("strong", {}, answered ? "Answered" : "Not answered"),
      ` – a confidence of ${threshold.toFixed(2)} is needed; ${candidates} candidates in ${took.toFixed(1)} ms.`),
    el("h3", {}, "Words"), table("words", "Words", ["Word", "Stems", "Taken for", "Weight"], words),
    el("h3", {}, "Candidates"), el("p.soft", {}, "Of each signal: its value from 0 to 1, and below it what it adds to the score."),
    table("candidates", "Candidates", ["Unit", "Confidence", "Score", ...names], rows));
}

function table(kind, name, heads, rows) {
  return el(`div.wide.${kind}`, { tabindex: "0", role: "region", "aria-label": name }, el("table", {},
    el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head.replaceAll("_", " "))))),
    el("tbody", {}, rows.map(([first, ...rest]) => el("tr", {}, el("th", { scope: "row" }, first), rest.map((cell) => el("td", {}, cell)))))));
}
