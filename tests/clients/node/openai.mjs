// Asks a running server with the package `openai`: openai.mjs URL KEY.
import assert from "node:assert/strict";
import OpenAI from "openai";

const [url, apiKey] = process.argv.slice(2);
const client = new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 });
const content = "How many steps does the tower have?";
const messages = [{ role: "user", content }];
const answer = "The tower has 213 steps and no lift.";

const completion = await client.chat.completions.create({ model: "faqt", messages });
const { message } = completion.choices[0];
assert.equal(message.content, answer);
const cited = message.annotations[0].url_citation;
// Places count code points, strings here UTF-16 units.
assert.equal([...message.content].slice(cited.start_index, cited.end_index).join(""), answer);
assert.match(cited.url, /^https?:/);
assert.equal(completion.faqt.answers[0].text, answer);

const chunks = [];
const options = { model: "faqt", messages, stream: true, stream_options: { include_usage: true } };
for await (const chunk of await client.chat.completions.create(options)) chunks.push(chunk);
assert.equal(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join(""), answer);
assert.ok(chunks.at(-1).usage.total_tokens > 0);

const streamed = await client.chat.completions.stream({ model: "faqt", messages }).finalChatCompletion();
assert.equal(streamed.choices[0].message.content, answer);
assert.deepEqual(streamed.choices[0].message.annotations, message.annotations);

const response = await client.responses.create({ model: "faqt", input: content });
assert.equal(response.output_text, answer);
const [annotation] = response.output[0].content[0].annotations;
assert.equal(annotation.url, cited.url);
assert.equal(annotation.faqt.citation.quote, answer);

const kinds = [];
for await (const event of await client.responses.create({ model: "faqt", input: content, stream: true })) {
  assert.equal(event.sequence_number, kinds.length);
  kinds.push(event.type);
}
assert.equal(kinds[0], "response.created");
assert.equal(kinds.at(-1), "response.completed");
const final = await client.responses.stream({ model: "faqt", input: content }).finalResponse();
assert.equal(final.output_text, answer);
assert.deepEqual(final.output[0].content[0].annotations, response.output[0].content[0].annotations);

const ids = [];
for await (const model of client.models.list()) ids.push(model.id);
assert.deepEqual(ids, ["faqt", "faqt-sources"]);

await assert.rejects(client.chat.completions.create({ model: "faqt", messages: [] }), (error) => {
  assert.ok(error instanceof OpenAI.BadRequestError);
  assert.equal(error.param, "messages");
  return true;
});
await assert.rejects(client.responses.retrieve("resp_1"), OpenAI.NotFoundError);
const stranger = new OpenAI({ baseURL: `${url}/v1`, apiKey: "wrong", maxRetries: 0 });
await assert.rejects(stranger.models.list(), OpenAI.AuthenticationError);
console.log("all is well");
