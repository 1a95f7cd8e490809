// Plain text of articles as paragraphs and lists, with parts of it marked.
import { el, shown } from "./dom.js";

const ITEM = /^\s*(?:[-*•–]|(\d{1,3})[.)])\s+/;

/** Elements for a text. `marks` are ranges `[start, end]` of it, in order. */
export function prose(text, marks = []) {
  const blocks = [];
  for (const line of linesOf(text)) {
    const item = ITEM.exec(line.text);
    const last = blocks.at(-1);
    if (!line.text.trim()) blocks.push(null);
    else if (item) {
      const tag = item[1] ? "ol" : "ul";
      const at = [line.start + item[0].length, line.end];
      if (last?.tag === tag) last.parts.push(at);
      else blocks.push({ tag, first: item[1], parts: [at] });
    } else if (last?.tag === "p") last.parts[0][1] = line.end;
    // An item that goes on in the next line.
    else if (last && /^\s/.test(line.text)) last.parts.at(-1)[1] = line.end;
    else blocks.push({ tag: "p", parts: [[line.start, line.end]] });
  }
  return blocks.filter(Boolean).map(({ tag, first, parts }) => {
    if (tag === "p") return el("p", { dir: "auto" }, marked(text, ...parts[0], marks));
    return el(tag, { dir: "auto", start: first && first !== "1" ? first : null }, parts.map((part) => el("li", { dir: "auto" }, marked(text, ...part, marks))));
  });
}

/** The part of a text from `start` to `end`, with what of the marks is in it. */
export function marked(text, start, end, marks, properties = {}) {
  const out = [];
  let at = start;
  for (const mark of marks) {
    const [from, to] = [Math.max(mark[0], at), Math.min(mark[1], end)];
    if (from >= to) continue;
    if (from > at) out.push(shown(text.slice(at, from)));
    out.push(el("mark", properties, text.slice(from, to)));
    at = to;
  }
  if (at < end) out.push(shown(text.slice(at, end)));
  return out;
}

/** Where a part stands in a text, as marks. */
export function marksOf(text, part) {
  const at = part ? text.indexOf(part) : -1;
  return at < 0 || part === text ? [] : [[at, at + part.length]];
}

/** Ranges of code points as ranges of a string. */
export function fromCodePoints(text, ranges) {
  const offsets = [0];
  for (const letter of text) offsets.push(offsets.at(-1) + letter.length);
  const at = (point) => offsets[Math.min(point, offsets.length - 1)];
  return ranges.map(([start, end]) => [at(start), at(end)]);
}

/** The lines of a text with their ranges. */
export function linesOf(text) {
  let start = 0;
  return text.split("\n").map((line) => {
    const found = { text: line, start, end: start + line.length };
    start = found.end + 1;
    return found;
  });
}
