// An article beside the units that were made of it.
import { counted, el, foreign } from "./dom.js";
import { fill } from "./paged.js";
import { fetchSource, placeOf, scrollToMark, sourceText } from "./source.js";

/** Lists the articles in a panel, and shows one. */
export async function drawDesigner(panel) {
  const list = el("ul.articles", {});
  const place = el("div.article", {}, el("p.soft", {}, "Choose an article to see what was made of it."));
  const status = el("p.status", { role: "status" }, "Looking…");
  panel.replaceChildren(el("h2", {}, "Articles"), status, el("div.split", {}, list, place));
  const draw = ({ source, title, units }) => el("li", {},
    el("button.choice", { onclick: (event) => open(source, event.currentTarget) },
      foreign("span.title", title), foreign("span.path", source), el("span.soft", {}, counted(units, "unit"))));
  await fill(list, status, "/v1/articles?limit=100", "articles", draw, (total) => counted(total, "article"));

  async function open(source, chosen, unit) {
    list.querySelectorAll("button.choice").forEach((button) => button.setAttribute("aria-pressed", String(button === chosen)));
    try {
      const view = await fetchSource(source, { unit });
      const units = view.units.map(({ id, kind, question, ...where }) => el("li", {},
        el("button.choice", { "aria-pressed": String(id === unit), onclick: () => open(source, chosen, id) },
          el("span.badge", {}, kind), question ? foreign("span", question) : null, el("span.soft", {}, placeOf(where)))));
      place.replaceChildren(foreign("h3", view.title), el("div.split.half", {}, el("ul.units", {}, units), sourceText(view, false)));
      scrollToMark(place);
      place.querySelector(".units [aria-pressed=true]")?.focus();
    } catch (error) {
      place.replaceChildren(el("p.warn", {}, error.message));
    }
  }
}
