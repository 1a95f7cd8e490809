"""Asks faqt with the package `mcp` 2: mcp_checks.py MODE REPLIES TARGET...

MODE is the client's: 2026-07-28, auto, legacy. REPLIES is a file with what `faqt ask` gives for some questions.
TARGET is a URL and a key, or a command.
"""

import asyncio
import json
import sys
from pathlib import Path

import httpx2
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError

MODE, REPLIES, TARGET = sys.argv[1], json.loads(Path(sys.argv[2]).read_text()), sys.argv[3:]
OVER_HTTP = TARGET[0].startswith("http")
ABOUT = "How many steps does the tower have?"


def client():
    if OVER_HTTP:
        http = httpx2.AsyncClient(headers={"Authorization": f"Bearer {TARGET[1]}"})
        return Client(streamable_http_client(TARGET[0], http_client=http), mode=MODE)
    return Client(StdioServerParameters(command=TARGET[0], args=TARGET[1:]), mode=MODE)


def same(result, expected):
    """The structured reply is that of `faqt ask`, and the text says the same."""
    reply = dict(result.structured_content)
    assert reply.pop("took_ms") >= 0
    assert not result.is_error and reply == expected, (reply, expected)
    (item,) = result.content
    assert json.loads(item.text) == result.structured_content


async def refused(awaitable, code):
    try:
        await awaitable
    except MCPError as error:
        assert error.error.code == code, error.error
        return
    raise AssertionError("not refused")


async def tools(c):
    listed = {tool.name: tool for tool in (await c.list_tools()).tools}
    assert sorted(listed) == ["ask", "context", "fetch", "search", "suggest", "verify"]
    for tool in listed.values():
        assert tool.annotations.read_only_hint and tool.title and len(tool.description) > 50
        assert tool.output_schema["type"] == "object" and tool.input_schema["type"] == "object"
        assert '"null"' not in json.dumps(tool.input_schema)
    for question, expected in REPLIES.items():
        same(await c.call_tool("ask", {"question": question}), expected)
    one = await c.call_tool("ask", {"question": "Can I bring my dog up the tower?", "top": 1, "filter": ["kind=qa"]})
    assert [answer["kind"] for answer in one.structured_content["answers"]] == ["qa"]
    history = [{"question": "When does the last tour begin?"}]
    more = await c.call_tool("ask", {"question": "And in July?", "history": history, "language": "en"})
    assert more.structured_content["carried"]


async def connector(c):
    found = await c.call_tool("search", {"query": ABOUT})
    assert json.loads(found.content[0].text) == found.structured_content and len(found.content) == 1
    for hit in found.structured_content["results"]:
        assert set(hit) == {"id", "title", "url"} and hit["title"]
        assert hit["url"].startswith(("http://", "https://") if OVER_HTTP else ("https://", "faqt://unit/"))
    first = found.structured_content["results"][0]
    fetched = await c.call_tool("fetch", {"id": first["id"]})
    document = fetched.structured_content
    assert json.loads(fetched.content[0].text) == document and len(fetched.content) == 1
    assert set(document) == {"id", "title", "text", "url", "metadata"}
    assert document["text"] == "The tower has 213 steps and no lift." and document["title"] == first["title"]
    assert document["metadata"]["place"] == "corpus/lighthouse.txt:6"
    assert (await c.call_tool("search", {"query": "zymurgy"})).structured_content == {"results": []}


async def writing(c):
    read = (await c.call_tool("context", {"question": ABOUT, "budget": 300})).structured_content
    block = read["blocks"][0]
    assert read["answered"] and read["tokens"] <= 300 and f"[{block['marker']}]" in read["text"]
    sources = [{"marker": block["marker"], "id": block["id"]}]
    text = f"The tower has 213 steps and no lift [{block['marker']}]. It was painted blue [{block['marker']}]."
    checked = (await c.call_tool("verify", {"text": text, "sources": sources})).structured_content
    assert [sentence["verdict"] for sentence in checked["sentences"]] == ["verbatim", "unsupported"]
    suggested = (await c.call_tool("suggest", {"text": "how hi", "limit": 2})).structured_content["suggestions"]
    assert suggested[0]["question"] == "How high is the lighthouse?" and len(suggested) <= 2


async def mistakes(c):
    for name, arguments, part in [
        ("ask", {"question": " "}, "empty"),
        ("ask", {"question": "x", "top": 51}, "between 1 and 50"),
        ("ask", {"question": "x", "filter": ["no"]}, "filter"),
        ("ask", {"questin": "x"}, "questin"),
        ("ask", {}, "question"),
        ("fetch", {"id": "no"}, "no"),
        ("suggest", {"text": "x", "limit": 0}, "limit"),
        ("context", {"question": "x", "budget": 0}, "budget"),
        ("verify", {"text": "x [1].", "sources": [{"marker": "1", "id": "no"}]}, "no"),
    ]:
        result = await c.call_tool(name, arguments)
        assert result.is_error and part in result.content[0].text, (name, arguments, result)
    await refused(c.call_tool("nothing", {}), -32602)


async def resources(c):
    listed = await c.list_resources()
    uris = [str(resource.uri) for resource in listed.resources]
    assert "faqt://article/corpus/lighthouse.txt" in uris and listed.next_cursor is None
    templates = (await c.list_resource_templates()).resource_templates
    assert [t.uri_template for t in templates] == ["faqt://unit/{id}", "faqt://article/{+path}"]
    (article,) = (await c.read_resource("faqt://article/corpus/lighthouse.txt")).contents
    assert article.text.startswith("Old Lighthouse on Brant Island") and article.mime_type == "text/plain"
    answer = (await c.call_tool("ask", {"question": ABOUT})).structured_content["answers"][0]
    (unit,) = (await c.read_resource(f"faqt://unit/{answer['id']}")).contents
    view = json.loads(unit.text)
    assert view["text"] == answer["text"] and view["lines"] == answer["citations"][0]["lines"]
    missing = -32002 if MODE == "legacy" else -32602
    for uri in ["faqt://unit/no", "faqt://article/no.txt", "faqt://article/../Cargo.toml", "file:///etc/passwd"]:
        await refused(c.read_resource(uri), missing)
    await refused(c.list_resources(cursor="x"), -32602)


async def prompts(c):
    listed = {prompt.name: prompt for prompt in (await c.list_prompts()).prompts}
    assert sorted(listed) == ["answer_with_citations", "write_from_sources"]
    assert [(a.name, a.required) for a in listed["answer_with_citations"].arguments] == [("question", True)]
    for name, argument in [("answer_with_citations", "question"), ("write_from_sources", "topic")]:
        (message,) = (await c.get_prompt(name, {argument: ABOUT})).messages
        assert message.role == "user" and "The tower has 213 steps and no lift." in message.content.text
        assert "corpus/lighthouse.txt:6" in message.content.text
        (message,) = (await c.get_prompt(name, {argument: "zymurgy"})).messages
        assert "nothing on this" in message.content.text
    await refused(c.get_prompt("nothing", {}), -32602)
    await refused(c.get_prompt("answer_with_citations", {}), -32602)


async def main():
    async with client() as c:
        # Without a greeting the client never asks for the name.
        assert MODE == "2026-07-28" or (c.server_info.name == "faqt" and c.instructions)
        for check in [tools, connector, writing, mistakes, resources, prompts]:
            await check(c)


asyncio.run(main())
