"""Asks faqt with the package `mcp` of before 2: legacy_mcp_checks.py REPLIES TARGET..., as mcp_checks.py."""

import asyncio
import json
import sys
from pathlib import Path

from mcp import ClientSession, McpError, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamablehttp_client

REPLIES, TARGET = json.loads(Path(sys.argv[1]).read_text()), sys.argv[2:]


def streams():
    if TARGET[0].startswith("http"):
        return streamablehttp_client(TARGET[0], headers={"Authorization": f"Bearer {TARGET[1]}"})
    return stdio_client(StdioServerParameters(command=TARGET[0], args=TARGET[1:]))


async def refused(awaitable, code):
    try:
        await awaitable
    except McpError as error:
        assert error.error.code == code, error.error
        return
    raise AssertionError("not refused")


async def main():
    async with streams() as opened, ClientSession(*opened[:2]) as session:
        greeting = await session.initialize()
        assert greeting.protocolVersion == "2025-06-18" and greeting.serverInfo.name == "faqt"
        listed = [tool.name for tool in (await session.list_tools()).tools]
        assert listed == ["ask", "context", "fetch", "search", "suggest", "verify"]
        for question, expected in REPLIES.items():
            result = await session.call_tool("ask", {"question": question})
            reply = dict(result.structuredContent)
            assert reply.pop("took_ms") >= 0 and reply == expected and not result.isError
            assert json.loads(result.content[0].text) == result.structuredContent
        wrong = await session.call_tool("ask", {"questin": "x"})
        assert wrong.isError and "questin" in wrong.content[0].text
        await refused(session.call_tool("nothing", {}), -32602)
        uris = [str(resource.uri) for resource in (await session.list_resources()).resources]
        assert "faqt://article/corpus/lighthouse.txt" in uris
        (article,) = (await session.read_resource("faqt://article/corpus/lighthouse.txt")).contents
        assert article.text.startswith("Old Lighthouse")
        await refused(session.read_resource("faqt://unit/no"), -32002)
        got = await session.get_prompt("answer_with_citations", {"question": "How many steps does the tower have?"})
        assert "213 steps" in got.messages[0].content.text


asyncio.run(main())
