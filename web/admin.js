// The page for administrators: tabs, and the index.
import { byId, counted, el, shown } from "./dom.js";
import { call } from "./server.js";
import { drawDesigner } from "./designer.js";
import { drawMisses } from "./misses.js";
import { drawTest } from "./signals.js";

// How often a job is asked how far it is, in milliseconds.
const OFTEN = 400;

const draw = { misses: drawMisses, index: drawIndex, test: drawTest, designer: drawDesigner };
const tabs = [...document.querySelectorAll("[role=tab]")];

function open(tab) {
  for (const other of tabs) {
    const isOpen = other === tab;
    other.setAttribute("aria-selected", String(isOpen));
    other.tabIndex = isOpen ? 0 : -1;
    byId(other.getAttribute("aria-controls")).hidden = !isOpen;
  }
  const name = tab.getAttribute("aria-controls");
  history.replaceState(null, "", `#${name}`);
  const panel = byId(name);
  if (!panel.children.length) draw[name](panel);
}

tabs.forEach((tab, at) => {
  tab.addEventListener("click", () => open(tab));
  tab.addEventListener("keydown", ({ key }) => {
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[key];
    if (to === undefined) return;
    const next = tabs.at(to % tabs.length);
    open(next);
    next.focus();
  });
});

const PHASES = { walking: "Looking for files", reading: "Reading", writing: "Writing the index", opening: "Opening the index" };

function drawIndex(panel) {
  const rebuild = el("input", { type: "checkbox", id: "rebuild" });
  const button = el("button", { onclick: build }, "Read the articles again");
  const place = el("div", { "aria-live": "polite" });
  const facts = el("dl.facts", {});
  panel.replaceChildren(el("h2", {}, "Index"), facts,
    el("p", {}, "The articles are read in the background; until the new index stands, the old one answers."),
    el("div.row", {}, button, el("label", { for: "rebuild" }, rebuild, " even if nothing has changed")), place);
  tell();

  async function tell() {
    const { units, generation, version } = await call("/readyz");
    const pairs = [["Units", units], ["Generation", generation], ["Version", version]];
    facts.replaceChildren(...pairs.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
  }

  async function build() {
    button.disabled = true;
    const bar = el("progress", { max: 1, value: 0, "aria-label": "Progress" });
    const words = el("p", {}, "Waiting for its turn…");
    place.replaceChildren(bar, words);
    try {
      let job = await call("/v1/reindex", { body: { rebuild: rebuild.checked } });
      while (job.state === "queued" || job.state === "running") {
        bar.value = job.total ? job.done / job.total : 0;
        words.textContent = `${PHASES[job.phase] ?? "Waiting"}… ${shown(job.file)}`;
        await new Promise((resolve) => setTimeout(resolve, OFTEN));
        job = await call(`/v1/jobs/${job.id}`);
      }
      place.replaceChildren(job.state === "done" ? report(job) : el("p.warn", {}, job.error?.message ?? "It failed."));
      tell();
    } catch (error) {
      place.replaceChildren(el("p.warn", {}, error.message));
    }
    button.disabled = false;
  }
}

function report({ started, finished, report: { unchanged, files, articles, units = {}, skipped = [], warnings = [] } = {} }) {
  const total = Object.values(units).reduce((sum, count) => sum + count, 0);
  const notes = [...skipped, ...warnings].slice(0, 100).map(({ source, line, reason }) =>
    el("li", { dir: "auto" }, source, line ? `:${line}` : "", ": ", reason));
  const what = articles === undefined ? "" : ` ${counted(files, "file")}, ${counted(articles, "article")}, ${counted(total, "unit")}`;
  return el("div", {}, el("p.note", {}, `${unchanged ? "Nothing has changed:" : "Done."}${what} in ${((new Date(finished) - new Date(started)) / 1000).toFixed(1)}\u00a0s.`),
    notes.length ? el("details", {}, el("summary", {}, counted(notes.length, "note")), el("ul", {}, notes)) : null);
}

open(tabs.find((tab) => `#${tab.getAttribute("aria-controls")}` === location.hash) ?? tabs[0]);
