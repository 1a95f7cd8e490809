// A list that comes page by page.
import { el } from "./dom.js";
import { call } from "./server.js";

/** Fills `list` from an address that gives pages of `name`: `draw` makes an element of one entry, `said` a text of how many there are. */
export async function fill(list, status, address, name, draw, said, cursor = "") {
  try {
    const page = await call(`${address}${cursor}`);
    status.textContent = said(page.total);
    list.append(...page[name].map(draw));
    if (!page.next) return;
    const more = el(list.tagName === "UL" ? "li" : "div", {}, el("button.quiet", { onclick: () => {
      more.remove();
      fill(list, status, address, name, draw, said, `&cursor=${encodeURIComponent(page.next)}`);
    } }, "More"));
    list.append(more);
  } catch (error) {
    status.textContent = error.message;
  }
}
