// Replays a workflow of n8n: its nodes one after the other as they are connected, the HTTP request sent as its node says,
// expressions evaluated as JavaScript with $json. Arguments: the workflow, and the item of the trigger as JSON.
import { readFileSync } from "node:fs";

const [file, item] = process.argv.slice(2);
const workflow = JSON.parse(readFileSync(file, "utf8"));

const value = (text, $json) => {
  const expression = typeof text === "string" && /^=\{\{(.*)\}\}$/s.exec(text);
  return expression ? new Function("$json", `return (${expression[1]})`)($json) : text;
};

const kinds = {
  "@n8n/n8n-nodes-langchain.chatTrigger": (_, $json) => $json,
  "n8n-nodes-base.httpRequest": async (parameters, $json) => {
    const { method, url, genericAuthType, specifyBody, jsonBody } = parameters;
    if (genericAuthType !== "httpHeaderAuth" || specifyBody !== "json") throw new Error("the node is not as replayed here");
    const headers = { "content-type": "application/json", authorization: `Bearer ${process.env.FAQT_KEY}` };
    const address = value(url, $json).replace("http://127.0.0.1:8080", process.env.FAQT_URL);
    const response = await fetch(address, { method, headers, body: value(jsonBody, $json) });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return response.json();
  },
  "n8n-nodes-base.set": ({ assignments }, $json) =>
    Object.fromEntries(assignments.assignments.map((set) => [set.name, value(set.value, $json)])),
};

let node = workflow.nodes.find(({ type }) => type.endsWith("Trigger"));
let $json = JSON.parse(item);
while (node) {
  $json = await kinds[node.type](node.parameters, $json);
  const next = workflow.connections[node.name]?.main[0][0].node;
  node = workflow.nodes.find(({ name }) => name === next);
}
console.log(JSON.stringify($json));
