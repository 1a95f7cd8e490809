// Prints which versions of Node.js and of the packages run.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import OpenAI from "openai";

const version = (name) => {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return `${name} ${JSON.parse(readFileSync(file, "utf8")).version}`;
};

if (!chromium || !OpenAI) throw new Error("a package has no export");
console.log(process.version, version("openai"), version("playwright-core"));
