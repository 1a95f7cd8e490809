// A source with what is cited in it.
import { counted, el, foreign } from "./dom.js";
import { call, pathOf } from "./server.js";
import { fromCodePoints, linesOf, marked } from "./text.js";

// So many lines are shown around what is cited, until somebody wants all.
const AROUND = 8;

/** Gets a source with a place marked: the first of these that there is. */
export function fetchSource(source, { bytes, unit, page, paragraph }) {
  const [name, place] = Object.entries({ bytes, unit, page, paragraph }).find(([, place]) => place) ?? [];
  return call(`/v1/articles/${pathOf(source)}${place ? `?${name}=${encodeURIComponent([place].flat().join("-"))}` : ""}`);
}

/** Where a citation is, in words. */
export function placeOf({ lines, page, paragraph }) {
  const range = (name, [first, last]) => (first === last ? `${name} ${first}` : `${name}s ${first}–${last}`);
  return page ? range("page", page) : paragraph ? range("paragraph", paragraph) : lines ? range("line", lines) : "";
}

/** The text of a source, line by line, with its marks; `around` leaves out what is far from them. */
export function sourceText(view, around = true) {
  const marks = fromCodePoints(view.text, view.marks.map(({ start, end }) => [start, end]));
  const lines = linesOf(view.text.replace(/\n$/, ""));
  const isNear = (line) => marks.some(([start, end]) => line.start <= end && line.end >= start);
  const near = lines.flatMap((line, number) => (isNear(line) ? [number] : []));
  const [first, last] = around && near.length ? [near[0] - AROUND, near.at(-1) + AROUND] : [0, lines.length];
  const rows = lines.map((line, number) => number < first || number > last ? null
    : el("div.line", { "data-marked": isNear(line) }, view.first_line === null ? null : el("span.number", { "aria-hidden": "true" }, (view.first_line ?? 1) + number),
      el("span.text", { dir: "auto" }, marked(view.text, line.start, line.end, marks))));
  const hidden = rows.filter((row) => row === null).length;
  const frame = el("div.source", { tabindex: "0", role: "region", "aria-label": `Source: ${view.title}` }, rows);
  const more = hidden > 0 && el("button.quiet", { onclick: () => { const all = sourceText(view, false); whole.replaceWith(all); scrollToMark(all); all.querySelector(".source").focus(); } }, `Show all of it (${counted(hidden, "more line")})`);
  const whole = el("div", {}, view.changed ? el("p.warn", {}, "The file was changed since it was read.") : null, frame, more);
  return whole;
}

/** Brings what is marked into the middle of its frame, without moving the page. */
export function scrollToMark(element) {
  const frame = element.querySelector(".source");
  const mark = frame?.querySelector("mark");
  if (mark) frame.scrollTop += mark.getBoundingClientRect().top - frame.getBoundingClientRect().top - frame.clientHeight / 3;
}

/** A button that opens the source below it, and closes it again. */
export function sourceButton(citation, unit) {
  const place = el("div.opened", { hidden: true });
  let loaded = false;
  const button = el("button.quiet", { "aria-expanded": "false", onclick: open }, "Show in source");
  async function open() {
    place.hidden = !place.hidden;
    button.setAttribute("aria-expanded", String(!place.hidden));
    button.textContent = place.hidden ? "Show in source" : "Hide source";
    if (loaded || place.hidden) return;
    loaded = true;
    try {
      const view = await fetchSource(citation.source, { ...citation, unit });
      place.replaceChildren(foreign("p.path", view.source), sourceText(view));
      scrollToMark(place);
      place.scrollIntoView({ block: "nearest" });
    } catch (error) {
      loaded = false;
      place.replaceChildren(el("p.warn", { role: "alert" }, error.message));
    }
  }
  place.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    open();
    button.focus();
  });
  return [button, place];
}
