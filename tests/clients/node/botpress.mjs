// Runs the Execute Code card of examples/adapters/botpress.js as Botpress does: an asynchronous function with the bot's
// variables and axios. The arguments are what the user says, turn by turn; prints the variables after each.
import axios from "axios";
import { readFileSync } from "node:fs";

const [card, ...said] = process.argv.slice(2);
const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
const run = new AsyncFunction("event", "workflow", "conversation", "env", "axios", readFileSync(card, "utf8"));
const env = { FAQT_URL: process.env.FAQT_URL, FAQT_KEY: process.env.FAQT_KEY };
const conversation = {};
for (const preview of said) {
  const workflow = {};
  await run({ preview, type: "text" }, workflow, conversation, env, axios);
  console.log(JSON.stringify({ ...workflow, ...conversation }));
}
