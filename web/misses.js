// What was asked in vain or answered wrongly, and what would have been right.
import { counted, el, foreign } from "./dom.js";
import { fill } from "./paged.js";
import { call } from "./server.js";

/** Lists the misses in a panel. */
export async function drawMisses(panel) {
  const list = el("div", {});
  const status = el("p.status", { role: "status" }, "Looking…");
  panel.replaceChildren(
    el("div.row.spread", {}, el("h2", {}, "Misses"), el("div.row", {}, file("queries", "queries.jsonl"), file("qrels", "qrels.tsv"))),
    el("p.soft", {}, "Questions without an answer, and those whose answer somebody found wrong; what is alike is counted as one. The two files are what ",
      el("code", {}, "faqt eval"), " reads."), status, list);
  await fill(list, status, "/v1/misses?limit=20", "misses", draw, (total) => (total ? counted(total, "question") : "Nothing was missed until now."));
}

function draw(miss) {
  const { question, count, unanswered, disliked, questions, last, suggestions, comments = [] } = miss;
  const badge = (text, name) => el(`span.badge${name ?? ""}`, {}, text);
  const others = questions.filter((other) => other !== question);
  return el("article.card.miss", {},
    el("div.row.spread", {}, foreign("h3", question), el("span.count", { title: "how often" }, `×${count}`)),
    el("p.row", {}, unanswered ? badge(`${unanswered} without an answer`) : null, disliked ? badge(`${disliked} not helpful`) : null,
      miss.answered_now ? badge("answered now", ".good") : null, miss.right_unit ? badge("assigned", ".good") : null,
      el("span.soft", {}, `last ${new Date(last).toLocaleString()}`)),
    others.length ? el("details", {}, el("summary", {}, `Asked in ${others.length + 1} ways`), el("ul", {}, others.map((other) => foreign("li", other)))) : null,
    comments.length ? el("ul", {}, comments.map((comment) => foreign("li", comment))) : null,
    assign(question, suggestions));
}

let forms = 0;

/** Lets one search for the unit that would have been right. */
function assign(question, suggestions) {
  forms += 1;
  const id = `find-${forms}`;
  const input = el("input", { type: "text", id, value: suggestions[0] ?? question, dir: "auto" });
  const found = el("ul.near", { hidden: true });
  const said = el("p", { role: "status", tabindex: "-1" });
  const form = el("form.row", {}, el("label", { for: id }, "Search for what answers it"), input, el("button", { type: "submit" }, "Search"));

  async function tell(body, thanks) {
    try {
      await call("/v1/feedback", { body: { question, ...body } });
      found.hidden = true;
      said.textContent = thanks;
      said.focus();
    } catch (error) {
      said.textContent = error.message;
    }
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const { answers } = await call("/v1/ask", { body: { question: input.value, top: 8, min_confidence: 0 } });
      found.hidden = answers.length === 0;
      found.replaceChildren(...answers.map((answer) => el("li.found", {},
        el("div", {}, answer.question ? foreign("strong", answer.question) : null, foreign("p", answer.text), foreign("p.soft", answer.citations[0]?.source)),
        el("button.quiet", { onclick: () => tell({ verdict: "right", right_unit: answer.id }, "Noted: this answers it.") }, "This is right"))));
      said.textContent = answers.length ? "" : "Nothing was found.";
    } catch (error) {
      said.textContent = error.message;
    }
  });
  const nothing = el("button.link", { onclick: () => tell({ verdict: "no_answer" }, "Noted: nothing should answer this.") }, "Nothing should answer this");
  return el("details", {}, el("summary", {}, "Say what would be right"), form, found, nothing, said);
}

/** A button that saves an export as a file: a plain link could not carry the key. */
function file(format, name) {
  return el("button.quiet", { onclick: async () => {
    const text = await call(`/v1/misses?format=${format}`, { text: true }).catch((error) => error.message);
    const url = URL.createObjectURL(new Blob([text]));
    el("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  } }, `Save ${name}`);
}
