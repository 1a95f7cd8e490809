// A box to ask in, with questions suggested as one types (the combobox pattern of WAI-ARIA).
import { el } from "./dom.js";
import { call } from "./server.js";
import { fromCodePoints, marked } from "./text.js";

// Suggestions are asked for when nothing was typed for so many milliseconds.
const PAUSE = 120;

/** Makes a combobox of an input and a list; `filters` gives the filters in force, `choose` takes a question. */
export function askbox(input, list, { filters, choose }) {
  let chosen = -1;
  let asked = null;
  const options = () => [...list.children];
  for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(key, value);

  function close() {
    asked?.abort();
    suggest.later = false;
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    point(-1);
  }

  function point(to) {
    chosen = to;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === to)));
    const option = options()[to];
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  function take(question) {
    input.value = question;
    close();
    choose(question);
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map(({ question, matches }, at) => {
      const parts = marked(question, 0, question.length, fromCodePoints(question, matches ?? []));
      const option = el("li", { role: "option", id: `${list.id}-${at}`, "aria-selected": "false", dir: "auto" }, parts);
      option.addEventListener("mousedown", (event) => event.preventDefault());
      option.addEventListener("click", () => take(question));
      return option;
    }));
    list.hidden = suggestions.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    point(-1);
  }

  async function suggest() {
    if (!suggest.later || !input.value.trim()) return close();
    asked?.abort();
    asked = new AbortController();
    const query = new URLSearchParams([["q", input.value], ["limit", "6"], ...filters().map((filter) => ["filter", filter])]);
    try {
      const { suggestions } = await call(`/v1/suggest?${query}`, { signal: asked.signal, quiet: true });
      if (suggest.later) show(suggestions);
    } catch {
      // Suggestions are a help; what is wrong is said when the question is asked.
    }
  }

  let timer;
  input.addEventListener("input", () => {
    suggest.later = true;
    clearTimeout(timer);
    timer = setTimeout(suggest, PAUSE);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const count = options().length;
    if (event.isComposing) return;
    if (event.key === "Escape") {
      if (count) close();
      else input.value = "";
    } else if (event.key === "Enter" && chosen >= 0) take(options()[chosen].textContent);
    else if (event.key === "ArrowDown" && count) point(chosen + 1 >= count ? -1 : chosen + 1);
    else if (event.key === "ArrowUp" && count) point(chosen < 0 ? count - 1 : chosen - 1);
    else return;
    event.preventDefault();
  });
  return { close };
}
