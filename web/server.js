// Talking to the server: JSON, its problems as sentences, a key where it wants one.
import { el } from "./dom.js";

const KEY = "faqt-key";
const keyOf = () => { try { return sessionStorage.getItem(KEY); } catch { return null; } };
let asking = null;

/** What the server says; throws an `Error` with its words. `body` makes it a POST. `text` gives the response as text. */
export async function call(path, { body, signal, text = false, quiet = false } = {}) {
  const headers = { accept: text ? "*/*" : "application/json" };
  if (keyOf()) headers.authorization = `Bearer ${keyOf()}`;
  if (body !== undefined) headers["content-type"] = "application/json";
  const given = { method: body === undefined ? "GET" : "POST", headers, signal, body: body === undefined ? undefined : JSON.stringify(body) };
  let response;
  try {
    response = await fetch(path, given);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error("The server does not answer. Is it still running?");
  }
  if (response.ok) return text ? response.text() : response.json();
  const problem = await response.json().catch(() => ({}));
  const isKey = response.status === 401 || (response.status === 403 && problem.code === "forbidden");
  if (isKey && !quiet && (await askForKey(problem.detail))) return call(path, { body, signal, text });
  throw Object.assign(new Error(sentence(problem.detail ?? `The server says ${response.status}.`)), { status: response.status });
}

const sentence = (detail) => detail.charAt(0).toUpperCase() + detail.slice(1) + (/[.!?]$/.test(detail) ? "" : ".");

/** Asks for a key; it is kept until the tab is closed. Whether one was given. */
function askForKey(why) {
  asking ??= new Promise((resolve) => {
    const input = el("input", { type: "password", id: "key", autocomplete: "off", required: true });
    const refuse = el("button.quiet", { onclick: () => dialog.close() }, "Not now");
    const form = el("form", { method: "dialog" },
      el("h2", { id: "key-title" }, "A key, please"),
      el("p", { id: "key-why" }, sentence(keyOf() ? why ?? "" : "This server answers only those who have a key")),
      el("label", { for: "key" }, "Key"), input,
      el("p.hint", {}, "It is kept in this tab until you close it."),
      el("div.row", {}, el("button", { type: "submit" }, "Use this key"), refuse));
    const dialog = el("dialog", { "aria-labelledby": "key-title", "aria-describedby": "key-why" }, form);
    let given = false;
    form.addEventListener("submit", () => {
      given = input.value.trim() !== "";
      try { sessionStorage.setItem(KEY, input.value.trim()); } catch { given = false; }
    });
    dialog.addEventListener("close", () => { dialog.remove(); asking = null; resolve(given); });
    document.body.append(dialog);
    dialog.showModal();
  });
  return asking;
}

/** An address below which files are: each part of the path encoded. */
export const pathOf = (source) => source.split("/").map(encodeURIComponent).join("/");
