// Elements made of what comes from outside: only ever as text, never as markup.

// What cannot be seen but changes what can: control characters, changes of direction.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Text as it may be shown. */
export const shown = (text) => String(text ?? "").replace(UNSEEN, "");

/** An element: `el("a.button", { href, onclick }, "text", child)`. Of the properties those that are null are left out. */
export function el(name, properties = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag);
  // It submits a form only where that is said.
  if (tag === "button") element.type = "button";
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(properties)) {
    if (value == null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : shown(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child != null && child !== false)
    .map((child) => (child instanceof Node ? child : shown(child))));
  return element;
}

/** Text of others, in its own direction. */
export const foreign = (name, text, properties) => el(name, { dir: "auto", ...properties }, text);

export const byId = (id) => document.getElementById(id);

/** `1 answer`, `2 answers`. */
export const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
