// A chat bubble for any page: <script src="https://SERVER/widget.js" data-title="Help" defer></script>
//
// It keeps nothing and loads nothing but answers. All texts are set as text, never as markup; its looks are a
// constructed style sheet in a shadow tree, which a strict policy of the page allows.
(() => {
  "use strict";
  const script = document.currentScript;
  const given = script?.dataset ?? {};
  const server = (given.server ?? new URL(script?.src ?? location.href).origin).replace(/\/+$/, "");
  const TURNS = 10;
  // So many characters are shown before and behind what is cited.
  const AROUND = 240;
  const WORDS = {
    en: { title: "Ask us", greeting: "Hello! Ask me anything; I answer word for word from the articles.", open: "Open the chat", close: "Close",
      ask: "Your question", send: "Send", no: "I have no answer to this.", near: "You could ask:", source: "Source", you: "You asked",
      failed: "The server does not answer. Please try again.", thinking: "Looking…", stale: "A newer answer says otherwise.", lines: ["line", "lines"] },
    de: { title: "Fragen?", greeting: "Hallo! Fragen Sie mich; ich antworte wörtlich aus den Artikeln.", open: "Chat öffnen", close: "Schließen",
      ask: "Ihre Frage", send: "Senden", no: "Darauf habe ich keine Antwort.", near: "Sie könnten fragen:", source: "Quelle", you: "Sie fragten",
      failed: "Der Server antwortet nicht. Bitte noch einmal versuchen.", thinking: "Ich sehe nach …", stale: "Eine neuere Antwort sagt etwas anderes.", lines: ["Zeile", "Zeilen"] },
    fr: { title: "Une question ?", greeting: "Bonjour ! Je réponds mot pour mot d’après les articles.", open: "Ouvrir la discussion", close: "Fermer",
      ask: "Votre question", send: "Envoyer", no: "Je n’ai pas de réponse.", near: "Vous pourriez demander :", source: "Source", you: "Vous avez demandé",
      failed: "Le serveur ne répond pas. Veuillez réessayer.", thinking: "Je cherche…", stale: "Une réponse plus récente dit autre chose.", lines: ["ligne", "lignes"] },
    es: { title: "¿Preguntas?", greeting: "¡Hola! Respondo palabra por palabra con los artículos.", open: "Abrir el chat", close: "Cerrar",
      ask: "Su pregunta", send: "Enviar", no: "No tengo respuesta para esto.", near: "Podría preguntar:", source: "Fuente", you: "Usted preguntó",
      failed: "El servidor no responde. Inténtelo de nuevo.", thinking: "Buscando…", stale: "Una respuesta más reciente dice otra cosa.", lines: ["línea", "líneas"] },
  };
  const wanted = (given.language ?? document.documentElement.lang).slice(0, 2).toLowerCase();
  const language = WORDS[wanted] ? wanted : "en";
  const words = { ...WORDS[language], ...(given.title && { title: given.title }), ...(given.greeting && { greeting: given.greeting }) };
  const LOOKS = `
    :host { all: initial; color-scheme: light dark; --a: var(--faqt-accent, #1d5c63); --on: var(--faqt-on-accent, #fff);
      --bg: var(--faqt-background, light-dark(#fff, #1c2225)); --fg: var(--faqt-text, light-dark(#1c2426, #e9eceb));
      --soft: light-dark(#566064, #a7b2b3); --line: light-dark(#e2ded5, #333d40); --raised: light-dark(#f3f1ec, #2a3336);
      --link: light-dark(color-mix(in srgb, var(--a) 85%, #000), color-mix(in srgb, var(--a) 35%, #fff));
      position: fixed; z-index: 2147483000; inset: auto 1.25rem 1.25rem auto; font: 16px/1.55 var(--faqt-font, system-ui, sans-serif); }
    :host([data-position="left"]) { inset: auto auto 1.25rem 1.25rem; }
    :host([data-theme="light"]) { color-scheme: light; }
    :host([data-theme="dark"]) { color-scheme: dark; }
    * { box-sizing: border-box; }
    [hidden] { display: none !important; }
    button, input { font: inherit; color: inherit; }
    button { cursor: pointer; border: 0; border-radius: 10px; }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    .bubble { width: 3.6rem; height: 3.6rem; border-radius: 50%; background: var(--a); color: var(--on); box-shadow: 0 6px 24px rgb(0 0 0 / 25%); display: grid; place-items: center; }
    svg { width: 1.7rem; height: 1.7rem; fill: none; stroke: currentcolor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
    .panel { position: fixed; inset: auto 1.25rem 1.25rem auto; width: min(24rem, 100vw - 2.5rem); height: min(36rem, 100dvh - 2.5rem); display: flex; flex-direction: column;
      background: var(--bg); color: var(--fg); border: 1px solid var(--line); border-radius: 18px; box-shadow: 0 18px 60px rgb(0 0 0 / 28%); overflow: hidden; }
    :host([data-position="left"]) .panel { inset: auto auto 1.25rem 1.25rem; }
    header { display: flex; justify-content: space-between; align-items: center; gap: 1rem; background: var(--a); color: var(--on); padding-block: .7rem; padding-inline: 1.1rem .7rem; }
    header :focus-visible { outline-color: currentcolor; }
    h2 { font-size: 1.05rem; font-weight: 620; margin: 0; }
    header button { background: none; padding: .35rem; display: grid; }
    header svg { width: 1.3rem; height: 1.3rem; }
    .said { position: relative; flex: 1; overflow: auto; padding: 1rem; display: flex; flex-direction: column; gap: .7rem; overflow-wrap: anywhere; }
    .said:focus-visible { outline-offset: -3px; }
    .mine, .theirs { max-width: 88%; padding: .6rem .85rem; border-radius: 14px; }
    .mine { align-self: end; background: var(--a); color: var(--on); border-end-end-radius: 4px; white-space: pre-wrap; }
    .theirs { align-self: start; background: var(--raised); border-end-start-radius: 4px; }
    .text { white-space: pre-wrap; }
    .theirs p { margin: 0; }
    .soft { color: var(--soft); font-size: .88rem; }
    mark { background: light-dark(#fdeaa8, #5b4a10); color: inherit; border-radius: 3px; }
    ul { list-style: none; margin: .55rem 0 0; padding: 0; display: grid; gap: .3rem; font-size: .9rem; }
    a { color: var(--link); text-underline-offset: .18em; }
    .link { background: none; padding: 0; text-align: start; color: var(--link); text-decoration: underline; text-underline-offset: .18em; border-radius: 3px; }
    .source { position: relative; margin-top: .4rem; scroll-margin-bottom: 1rem; padding: .5rem .7rem; max-height: 12rem; overflow: auto; white-space: pre-wrap; background: var(--bg); border: 1px solid var(--line); border-radius: 10px; }
    .near button { width: 100%; text-align: start; background: var(--bg); border: 1px solid var(--line); padding: .4rem .7rem; }
    form { display: flex; gap: .5rem; padding: .7rem; border-top: 1px solid var(--line); }
    input { flex: 1; min-width: 0; border: 1px solid light-dark(#858c8c, #78868a); border-radius: 10px; padding: .5rem .75rem; background: var(--bg); }
    input:focus-visible { outline-offset: 0; }
    input::placeholder { color: var(--soft); opacity: 1; }
    form button { background: var(--a); color: var(--on); padding: 0 1rem; font-weight: 600; }
    .unseen { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
    @media (width < 480px) { .panel, :host([data-position="left"]) .panel { inset: 0; width: 100vw; height: 100dvh; border-radius: 0; border: 0; } }
    @media (prefers-reduced-motion: no-preference) {
      .panel, .mine, .theirs { animation: rise .18s ease-out; }
      @keyframes rise { from { transform: translateY(8px); } }
    }`;

  // What cannot be seen but changes what can: control characters, changes of direction.
  const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
  const shown = (text) => String(text ?? "").replace(UNSEEN, "");

  function el(name, properties = {}, ...children) {
    const [tag, ...classes] = name.split(".");
    const element = document.createElement(tag);
    if (tag === "button") element.type = "button";
    if (classes.length) element.className = classes.join(" ");
    for (const [key, value] of Object.entries(properties)) {
      if (value == null || value === false) continue;
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else element.setAttribute(key, value === true ? "" : shown(value));
    }
    element.append(...children.flat().filter((child) => child != null).map((child) => (child instanceof Node ? child : shown(child))));
    return element;
  }

  function icon(path) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    svg.append(document.createElementNS("http://www.w3.org/2000/svg", "path"));
    svg.firstChild.setAttribute("d", path);
    return svg;
  }

  const isWeb = (url) => /^https?:\/\//i.test(url ?? "");

  /** Where the server shows what is cited. */
  function addressOf({ source, bytes, page, paragraph }) {
    const path = source.split("/").map(encodeURIComponent).join("/");
    const [name, place] = Object.entries({ bytes, page, paragraph }).find(([, place]) => place) ?? [];
    return `${server}/v1/articles/${path}${place ? `?${name}=${place.join("-")}` : ""}`;
  }

  /** A citation: a link to the article's own address or to the server; where a link would need the key, it opens here. */
  function cited(citation) {
    const { url, title, source, lines } = citation;
    const name = title || source;
    const [first, last] = lines ?? [];
    const place = lines && el("span.soft", {}, first === last ? ` · ${words.lines[0]}\u00a0${first}` : ` · ${words.lines[1]}\u00a0${first}–${last}`);
    if (given.key && !isWeb(url)) return openedHere(citation, name, place);
    const href = isWeb(url) ? url : `${addressOf(citation)}#cited`;
    return el("li", {}, el("a", { href, target: "_blank", rel: "noopener noreferrer", dir: "auto" }, name), place);
  }

  function openedHere(citation, name, place) {
    const frame = el("div.source", { hidden: true, tabindex: "0", role: "region", "aria-label": name, dir: "auto" });
    const button = el("button.link", { "aria-expanded": "false", dir: "auto", onclick: open }, name);
    async function open() {
      frame.hidden = !frame.hidden;
      button.setAttribute("aria-expanded", String(!frame.hidden));
      if (frame.hidden || frame.childNodes.length) return;
      try {
        frame.append(...around(await fetchJson(addressOf(citation), {})));
        const mark = frame.querySelector("mark");
        if (mark) frame.scrollTop = mark.offsetTop - 24;
        frame.scrollIntoView({ block: "nearest" });
      } catch {
        // What is cited has come with the answer.
        frame.replaceChildren(el("mark", {}, citation.quote));
      }
    }
    return el("li", {}, button, place, frame);
  }

  /** What is marked in a source, with some of the text before and behind it. */
  function around({ text, marks }) {
    const letters = [...text];
    const cut = (from, to) => shown(letters.slice(from, to).join(""));
    let at = Math.max((marks[0]?.start ?? 0) - AROUND, 0);
    const parts = [at > 0 ? "…" : ""];
    for (const { start, end } of marks) {
      parts.push(cut(at, start), el("mark", {}, cut(start, end)));
      at = end;
    }
    return [...parts, cut(at, at + AROUND), at + AROUND < letters.length ? "…" : ""];
  }

  function answered({ text, highlight, citations, superseded_by: newer }) {
    const at = highlight && highlight.text !== text ? text.indexOf(highlight.text) : -1;
    const parts = at < 0 ? [text] : [text.slice(0, at), el("mark", {}, highlight.text), text.slice(at + highlight.text.length)];
    return el("div.theirs", {}, el("p.text", { dir: "auto" }, parts), newer ? el("p.soft", {}, words.stale) : null,
      el("ul", { "aria-label": words.source }, citations.map(cited)));
  }

  function unanswered({ suggestions }, ask) {
    const near = suggestions.slice(0, 3).map((text) => el("li", {}, el("button", { dir: "auto", onclick: () => ask(text) }, text)));
    return el("div.theirs", {}, el("p", {}, words.no), near.length ? [el("p.soft", {}, words.near), el("ul.near", {}, near)] : null);
  }

  const fetchReply = (question, history) =>
    fetchJson(`${server}/v1/ask`, { method: "POST", body: JSON.stringify({ question, top: 1, history: history.slice(-TURNS) }) });

  async function fetchJson(address, options) {
    const headers = { accept: "application/json", ...(options.body && { "content-type": "application/json" }), ...(given.key && { authorization: `Bearer ${given.key}` }) };
    let response;
    try {
      response = await fetch(address, { ...options, headers, credentials: "omit", referrerPolicy: "no-referrer" });
    } catch {
      throw new Error(words.failed);
    }
    const said = await response.json().catch(() => ({}));
    if (!response.ok) throw new Error(said.detail ?? words.failed);
    return said;
  }

  function start() {
    const theme = ["light", "dark"].includes(given.theme) ? given.theme : null;
    const host = el("div", { "data-position": given.position === "left" ? "left" : null, "data-theme": theme, lang: language });
    const root = host.attachShadow({ mode: "open" });
    const looks = new CSSStyleSheet();
    looks.replaceSync(LOOKS);
    root.adoptedStyleSheets = [looks];
    // Set by the object model, which no policy forbids; what is no colour is not taken.
    if (given.accent && CSS.supports("color", given.accent)) host.style.setProperty("--faqt-accent", given.accent);

    const said = el("div.said", { role: "log", "aria-live": "polite", "aria-label": words.title, tabindex: "0" });
    const input = el("input", { type: "text", maxlength: 4096, dir: "auto", "aria-label": words.ask, placeholder: words.ask, autocomplete: "off", enterkeyhint: "send" });
    const form = el("form", {}, input, el("button", { type: "submit" }, words.send));
    const close = el("button", { "aria-label": words.close, onclick: () => toggle(false) }, icon("M6 6l12 12M18 6L6 18"));
    const panel = el("div.panel", { role: "dialog", "aria-label": words.title, hidden: true }, el("header", {}, el("h2", { dir: "auto" }, words.title), close), said, form);
    const bubble = el("button.bubble", { "aria-label": words.open, "aria-haspopup": "dialog", "aria-expanded": "false", onclick: () => toggle(true) },
      icon("M4 5h16v11H10l-5 4v-4H4z"));
    root.append(bubble, panel);
    document.body.append(host);

    const history = [];
    let isAsking = false;

    function toggle(isOpen) {
      panel.hidden = !isOpen;
      bubble.hidden = isOpen;
      bubble.setAttribute("aria-expanded", String(isOpen));
      if (isOpen && !said.children.length) say(el("div.theirs", { dir: "auto" }, words.greeting));
      (isOpen ? input : bubble).focus();
    }

    function say(element) {
      said.append(element);
      // The beginning of what is new is what one wants to read.
      said.scrollTop = element.offsetTop - 12;
      return element;
    }

    async function ask(asked) {
      const question = asked.trim();
      if (!question || isAsking) return;
      isAsking = true;
      input.focus();
      say(el("div.mine", { dir: "auto" }, el("span.unseen", {}, `${words.you}: `), question));
      const waiting = say(el("div.theirs.soft", {}, words.thinking));
      try {
        const reply = await fetchReply(question, history);
        waiting.remove();
        history.push({ question, ...(reply.answered && { unit: reply.answers[0].id }) });
        if (reply.answered) reply.answers.forEach((answer) => say(answered(answer)));
        else say(unanswered(reply, ask));
      } catch (error) {
        waiting.remove();
        say(el("div.theirs", { role: "alert" }, error.message));
      }
      isAsking = false;
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(input.value);
      input.value = "";
    });
    panel.addEventListener("keydown", (event) => {
      // Keys that are typed here are not those of the page.
      event.stopPropagation();
      if (event.key === "Escape") toggle(false);
    });
  }

  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
})();
