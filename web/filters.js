// Conditions that answers must meet, `key=value`, as chips in a row.
import { byId, el, foreign } from "./dom.js";
import { call } from "./server.js";

/** The metadata of a unit as pairs of a key and a value. */
export const pairsOf = (metadata) => Object.entries(metadata ?? {}).flatMap(([key, values]) => [values].flat().map((value) => [key, value]));

/** A row of filters in `place`; `changed` is called when they change. */
export function filterRow(place, first, changed) {
  let filters = new Set(first);
  const chips = el("ul.chips", {});
  const known = el("datalist", { id: "known-filters" });
  const input = el("input", { id: "filter", type: "text", list: "known-filters", placeholder: "key=value", autocomplete: "off", "aria-describedby": "filter-hint" });
  const form = el("form.row", {}, el("label", { for: "filter" }, "Only answers with"), input, el("button.quiet", { type: "submit" }, "Add"));
  const details = el("details", {}, el("summary", {}, "Filter"), form, el("p.hint", { id: "filter-hint" }, "For example kind=qa, published>=2026-01, or what stands on an answer."), known);

  function draw() {
    chips.replaceChildren(...[...filters].map((filter) => el("li", {}, foreign("span", filter),
      el("button", { "aria-label": `Without ${filter}`, onclick: () => { filters.delete(filter); done(); details.firstChild.focus(); } }, "×"))));
    chips.hidden = filters.size === 0;
  }

  function done() {
    draw();
    changed();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const filter = input.value.trim();
    if (!filter) return;
    filters.add(filter);
    input.value = "";
    done();
  });
  // What there is to filter by: of the first units that the server lists.
  details.addEventListener("toggle", async () => {
    if (!details.open || known.children.length) return;
    const page = await call("/v1/units?limit=200", { quiet: true }).catch(() => ({ units: [] }));
    const pairs = page.units.flatMap(({ metadata }) => pairsOf(metadata)).map((pair) => pair.join("="));
    known.append(...[...new Set(pairs)].sort().slice(0, 200).map((value) => el("option", { value })));
  });
  place.replaceChildren(chips, details);
  draw();
  return { all: () => [...filters], set: (others) => { filters = new Set(others); draw(); }, add: (filter) => { filters.add(filter); done(); byId("question").focus(); } };
}
