// A reply as cards.
import { counted, el, foreign } from "./dom.js";
import { pairsOf } from "./filters.js";
import { call } from "./server.js";
import { placeOf, sourceButton } from "./source.js";
import { marksOf, prose } from "./text.js";

// Confidence in words: the least for each, how many of five bars, the words. `page/reply.rs` has the same.
const CONFIDENCE = [[0.9, 5, "Very sure"], [0.7, 4, "Quite sure"], [0.45, 3, "Fairly sure"], [0.2, 2, "Not very sure"], [0, 1, "A long shot"]];
// Below this an answer behind the first is folded away; `page/reply.rs` has the same.
const LIKELY = 0.2;

/** Whether an answer is shown at once. */
export const isLikely = (answer, at) => at === 0 || answer.confidence >= LIKELY;

/** Cards for a reply, or the honest no. `ask` asks another question, `addFilter` narrows by `key=value`, `isFiltered` tells that it was. */
export function cards(reply, { ask, addFilter, isFiltered }) {
  if (!reply.answered) return [...understood(reply, ask), noAnswer(reply, ask, isFiltered)];
  const drawn = (answer) => card(reply, answer, addFilter);
  const rest = reply.answers.filter((answer, at) => !isLikely(answer, at));
  return [...understood(reply, ask), ...reply.answers.filter(isLikely).map(drawn),
    ...(rest.length ? [el("details.rest", {}, el("summary", {}, counted(rest.length, "less likely answer")), rest.map(drawn))] : [])];
}

/** What the question was taken for; of corrections what `Reply::told_corrections` gives. */
function understood({ question, answered, corrections = [], carried = [] }, ask) {
  const read = corrections.filter(({ word }) => answered && !carried.includes(word)).map(({ word, taken_for: words }, at) =>
    [at ? "; " : "Read ", "“", foreign("bdi", word), "” as ", foreign("bdi", words.join(" or "))]);
  const notes = read.length ? [el("p.note", {}, read, ".")] : [];
  if (carried.length) {
    notes.push(el("p.note", {}, "Read together with what you asked before: ", foreign("bdi", carried.join(", ")), ". ",
      el("button.link", { onclick: () => ask(question, { alone: true, instead: true }) }, "Ask it by itself")));
  }
  return notes;
}

function noAnswer({ question, suggestions }, ask, isFiltered) {
  const near = suggestions.map((text) => el("li", {}, foreign("button.choice", text, { onclick: () => ask(text) })));
  return el("article.card.none", {}, el("h2", {}, "No answer to this"),
    el("p", {}, "The articles do not say, or not in words that match.", isFiltered ? " The filter leaves out a part of them." : ""),
    near.length ? [el("p", {}, "Questions that they do answer:"), el("ul.near", {}, near)] : null,
    el("div.foot", {}, thumbs(question, null, ["Something should answer this", null])));
}

function card(reply, answer, addFilter) {
  const { part, question, text, highlight, confidence, citations, metadata } = answer;
  const heading = question ?? citations[0]?.heading.at(-1) ?? citations[0]?.title ?? "";
  return el("article.card", {},
    part ? el("p.part", {}, "To “", foreign("bdi", part), "”") : null,
    foreign("h2", heading),
    el("div.answer", {}, prose(text, marksOf(text, highlight?.text))),
    answer.superseded_by ? el("p.warn", {}, "A newer answer says otherwise.") : null,
    (answer.supersedes ?? []).map(older),
    // Those behind the first may be of other files, which do not have the unit.
    el("ul.sources", {}, citations.map((citation, at) => source(citation, at === 0 ? answer.id : null))),
    tags(metadata, addFilter),
    el("div.foot", {}, sureness(confidence), thumbs(reply.question, answer.id, ["Not helpful", "Helpful"])));
}

/** An older answer that says otherwise. */
function older({ id, published, citation }) {
  return el("div.warn", {}, el("p", {}, "Newer than what ", foreign("bdi", citation.title), published ? el("span.whole", {}, ` (${published})`) : "", " says: ",
    foreign("q", citation.quote)), sourceButton(citation, id));
}

function sureness(confidence) {
  const [, bars, words] = CONFIDENCE.find(([least]) => confidence >= least) ?? CONFIDENCE.at(-1);
  return el("p.sure", { title: `${Math.round(confidence * 100)} %` }, el("span.bars", { "data-level": bars, "aria-hidden": "true" }), words);
}

// Between two texts, of which each runs in its own direction.
const sign = (text) => el("span.place", { "aria-hidden": "true" }, text);

/** A link, if the address is one of the web; else nothing. */
const webLink = (url, text) => /^https?:\/\//i.test(url ?? "") && el("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, text);

function source(citation, unit) {
  const { title, heading, published, url } = citation;
  const [button, place] = sourceButton(citation, unit);
  return el("li", {},
    el("div.where", {}, foreign("cite", title), heading.map((step) => [sign(" › "), foreign("bdi", step)]),
      [placeOf(citation), published].filter(Boolean).map((words) => [sign(" · "), el("span.place.whole", {}, words)])),
    el("div.row", {}, button, webLink(url, "Open the article")), place);
}

function tags(metadata, addFilter) {
  const pairs = pairsOf(metadata);
  if (!pairs.length) return null;
  return el("p.tags", {}, pairs.map(([key, value]) => foreign("button.tag", `${key}: ${value}`, {
    "aria-label": `Only answers with ${key}: ${value}`, onclick: () => addFilter(`${key}=${value}`),
  })));
}

/** Says whether the answer helped. */
function thumbs(question, unit, [wrong, right]) {
  const box = el("div.thumbs", {});
  // The focus was on a button that is gone.
  const say = (words) => {
    const thanks = el("span.thanks", { role: "status", tabindex: "-1" }, words);
    box.replaceChildren(thanks);
    thanks.focus();
  };
  const tell = (verdict) => async () => {
    try {
      await call("/v1/feedback", { body: { question, verdict, ...(unit ? { unit } : {}) } });
      say("Thank you, noted.");
    } catch (error) {
      say(error.message);
    }
  };
  const button = (words, verdict, sign) => words && el("button.quiet", { onclick: tell(verdict) }, el("span", { "aria-hidden": "true" }, `${sign} `), words);
  box.append(...[button(right, "right", "↑"), button(wrong, "wrong", "↓")].filter(Boolean));
  return box;
}
