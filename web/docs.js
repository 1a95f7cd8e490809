// The reference of the routes, made of the server's own description.
import { byId, el, shown } from "./dom.js";
import { call, pathOf } from "./server.js";

const DEEPEST = 4;
// Stands where no example is to be had.
const UNKNOWN = "…";
let components = {};
let answers = {};
// Examples out of the articles that this server has, by the name of the field.
let ours = {};

const nameOf = (schema) => schema?.$ref?.split("/").at(-1);
const resolve = (schema) => (nameOf(schema) ? { ...components[nameOf(schema)], ...schema, name: nameOf(schema) } : schema ?? {});
const idOf = (method, path) => `${method}-${path}`.replace(/[^a-z0-9]+/gi, "-").replace(/-$/, "");

/** Code in text stands between backticks. */
const words = (text) => shown(text).split("`").map((part, at) => (at % 2 ? el("code", {}, part) : part));

/** What a schema takes, in words. */
function typeOf(schema) {
  const { name, properties, type, items, oneOf, anyOf, allOf, enum: values } = resolve(schema);
  if (values) return values.map((value) => JSON.stringify(value)).join(" | ");
  const choice = oneOf ?? anyOf ?? allOf;
  if (choice) return [...new Set(choice.map(typeOf))].join(" | ");
  if ([type].flat().includes("array")) return `list of ${typeOf(items)}`;
  // A name tells something of an object, of a text it does not.
  return (properties && name) ?? [type ?? "anything"].flat().join(" | ");
}

function bounds({ minimum, maximum, minLength, maxLength, default: usual }) {
  const range = (least, most, unit) => (least === undefined ? most === undefined ? null : `at most ${most}${unit}`
    : most === undefined ? `at least ${least}${unit}` : `${least} to ${most}${unit}`);
  const all = [range(minimum, maximum, ""), range(minLength, maxLength, " characters"), usual === undefined ? null : `usually ${JSON.stringify(usual)}`];
  return all.filter(Boolean).join(", ");
}

/** The fields of a schema, each with those below it. */
function fields(schema, depth = 0, seen = []) {
  const { name, properties, items, oneOf, anyOf, allOf, required = [] } = resolve(schema);
  if (depth >= DEEPEST || (name && seen.includes(name))) return null;
  const path = name ? [...seen, name] : seen;
  if (properties) {
    return el("ul.fields", {}, Object.entries(properties).map(([key, property]) =>
      field(key, property, required.includes(key), fields(property, depth + 1, path))));
  }
  if (items) return fields(items, depth, path);
  const choices = (oneOf ?? anyOf ?? allOf ?? []).map((choice) => fields(choice, depth, path)).filter(Boolean);
  return choices.length ? el("div", {}, choices) : null;
}

const folded = (list) => (list ? el("details", {}, el("summary", {}, "Fields"), list) : null);

function field(name, schema, isRequired, below) {
  const description = schema.description ?? resolve(schema).description;
  return el("li", {}, el("code.name", {}, name), el("span.type", {}, typeOf(schema)), isRequired ? el("span.must", {}, "required") : null,
    el("span.bounds", {}, bounds(resolve(schema))), description ? el("p", {}, words(description)) : null, folded(below));
}

/** An example of what the field of a name takes: what has an example, and what is required. */
function example(schema, key, depth = 0) {
  const { examples, example: own = examples?.[0], properties, required = [], items, type, oneOf, anyOf, enum: values } = resolve(schema);
  if (own !== undefined) return ours[key] ?? own;
  if (values) return values[0];
  if (depth > DEEPEST) return null;
  if (properties) {
    const wanted = Object.entries(properties).filter(([key, property]) => required.includes(key) || resolve(property).example !== undefined);
    return Object.fromEntries(wanted.map(([key, property]) => [key, example(property, key, depth + 1)]));
  }
  const choice = oneOf ?? anyOf;
  if (choice) return example(choice.find((one) => one.type !== "null"), key, depth + 1);
  if (items) return [example(items, key, depth + 1)];
  return { integer: 1, number: 0.5, boolean: true, object: {} }[type] ?? UNKNOWN;
}

/** An example of what a parameter takes, if one is to be had. */
function exampleOf({ name, example: own, schema }) {
  const value = own === undefined ? example(schema, name) : ours[name] ?? own;
  return value === UNKNOWN ? null : value;
}

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

function curl(method, path, parameters, body) {
  const query = parameters.filter((parameter) => parameter.in === "query" && parameter.required)
    .map((parameter) => `${parameter.name}=${encodeURIComponent(exampleOf(parameter))}`).join("&");
  const to = filled(path, parameters.map((parameter) => [parameter, exampleOf(parameter)]));
  const sent = body ? `-H 'Content-Type: application/json' -d ${quoted(JSON.stringify(body))} ` : method === "post" ? "-X POST " : "";
  return `curl ${sent}${quoted(`${location.origin}${to}${query && `?${query}`}`)}`;
}

/** A path with the values of its parameters. */
const filled = (path, values) => values.reduce((to, [{ name, in: place }, value]) => (place === "path" && value ? to.replace(`{${name}}`, pathOf(value)) : to), path);

/** A request that can be sent from here, filled in with an example. */
function tryIt(method, path, parameters, body) {
  const inputs = parameters.filter((parameter) => parameter.in !== "header").map((parameter) => {
    const id = `${idOf(method, path)}-${parameter.name}`;
    return { parameter, id, input: el("input", { id, type: "text", value: parameter.required ? exampleOf(parameter) : null }) };
  });
  const text = body ? el("textarea", { rows: 5, spellcheck: "false", "aria-label": `Body of ${method} ${path}` }, JSON.stringify(body, null, 2)) : null;
  const reply = el("pre", { hidden: true, tabindex: "0", role: "region", "aria-label": `Reply of ${method} ${path}` });
  const rows = inputs.map(({ parameter, input, id }) => el("div.field", {}, el("label", { for: id }, parameter.name), input));
  const form = el("form.try", {}, rows, text, el("button", { type: "submit" }, "Send"), reply);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const to = filled(path, inputs.map(({ parameter, input }) => [parameter, input.value]));
    const query = new URLSearchParams(inputs.filter(({ parameter, input }) => parameter.in === "query" && input.value).map(({ parameter, input }) => [parameter.name, input.value]));
    try {
      const sent = method === "get" ? undefined : text ? JSON.parse(text.value) : {};
      reply.textContent = shown(pretty(await call(`${to}${query.size ? `?${query}` : ""}`, { text: true, body: sent })));
    } catch (error) {
      reply.textContent = shown(error.message);
    }
    reply.hidden = false;
  });
  return el("details", {}, el("summary", {}, "Try it"), form);
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function response(status, given) {
  const { description, content = {} } = answers[nameOf(given)] ?? given;
  const kinds = Object.entries(content).map(([kind, { schema }]) => el("div", {}, el("span.type", {}, kind, ": ", typeOf(schema)), folded(fields(schema))));
  return el("li", {}, el("code.name", {}, status === "default" ? "otherwise" : status), description ? el("span.type", {}, description) : null, kinds);
}

function route(path, method, { description, summary, parameters = [], requestBody, responses }) {
  const id = idOf(method, path);
  const body = requestBody?.content?.["application/json"]?.schema;
  const given = body ? example(body) : null;
  return el("section.route", { id, "aria-labelledby": `${id}-title` },
    el("h3", { id: `${id}-title` }, el(`span.method.${method}`, {}, method.toUpperCase()), " ", el("code", {}, path)),
    el("p", {}, words(description || summary)),
    parameters.length ? [el("h4", {}, "Parameters"), el("ul.fields", {}, parameters.map((one) =>
      field(one.name, { ...one.schema, description: one.description }, one.required)))] : null,
    body ? [el("h4", {}, "Body"), fields(body) ?? el("p.type", {}, typeOf(body))] : null,
    el("h4", {}, "Responses"), el("ul.fields", {}, Object.entries(responses).map((one) => response(...one))),
    el("h4", {}, "Example"),
    el("pre", { tabindex: "0", role: "region", "aria-label": `Example of ${method} ${path}` }, curl(method, path, parameters, given)),
    tryIt(method, path, parameters, given));
}

/** Examples out of the articles: a question, where its answer stands, and what one could write of it. */
async function examples() {
  const { units: [unit] } = await call("/v1/units?filter=kind%3Dqa&limit=1", { quiet: true }).catch(() => ({ units: [] }));
  if (!unit) return {};
  const [question] = unit.questions;
  return { q: question, question, questions: question, id: unit.id, path: unit.source, text: `${unit.text.split(/(?<=[.!?])\s|\n/)[0]} [1]` };
}

async function draw() {
  const [{ paths, components: parts, info }, own] = await Promise.all([call("/openapi.json"), examples()]);
  ours = own;
  components = parts?.schemas ?? {};
  answers = parts?.responses ?? {};
  // Asking is what most come for.
  const tags = new Map([["ask", []]]);
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags?.[0] ?? "other";
      tags.set(tag, [...(tags.get(tag) ?? []), [path, method, operation]]);
    }
  }
  byId("about").before(el("p", {}, shown(info.description)));
  for (const [tag, routes] of tags) {
    byId("contents").append(el("h2", {}, tag), el("ul", {}, routes.map(([path, method]) =>
      el("li", {}, el("a", { href: `#${idOf(method, path)}` }, el(`span.method.${method}`, {}, method.toUpperCase()), " ", path)))));
    byId("routes").append(el("h2.tag-title", {}, tag), ...routes.map((one) => route(...one)));
  }
  byId(location.hash.slice(1))?.scrollIntoView();
}

draw().catch((error) => byId("routes").replaceChildren(el("p.warn", { role: "alert" }, error.message)));
