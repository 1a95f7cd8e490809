"""A Slack slash command: `/faq How many books may I borrow?`

    SLACK_SIGNING_SECRET=… python examples/adapters/slack.py --faqt http://127.0.0.1:8080 --port 8091

The answer is shown to the asker alone; `/faq share …` shows it to the channel.
"""

import hashlib
import hmac
import os
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from adapter import Answer, RefusedError, ask, run, words
from faqt import Citation, Faqt, Reply

SHARE = "share "
OLDEST = 5 * 60
"""Seconds after which a request counts as one that somebody sends again."""
LONGEST = 3000
"""Characters that Slack takes in a block's text."""
MOST_BLOCKS = 45
USAGE = "Ask me something: `/faq How do I …?` Only you see the answer; `/faq share How do I …?` shows it to all."


def answer(faqt: Faqt, headers: Mapping[str, str], body: bytes) -> Answer:
    """The message that Slack shows."""
    check_signature(headers, body, os.environ["SLACK_SIGNING_SECRET"], time.time())
    form = parse_qs(body.decode(errors="replace"))
    if "ssl_check" in form:
        return 200, {}
    text = form.get("text", [""])[0].strip()
    is_shared = text.startswith(SHARE)
    question = text.removeprefix(SHARE).strip()
    if question in ("", "help"):
        return 200, {"response_type": "ephemeral", "text": USAGE}
    reply = ask(faqt, question)
    # A channel is not told what could not be answered.
    seen_by = "in_channel" if is_shared and reply and reply.answered else "ephemeral"
    return 200, {"response_type": seen_by, "text": escaped(words(reply)), "blocks": blocks(question, reply)}


def check_signature(headers: Mapping[str, str], body: bytes, secret: str, now: float) -> None:
    """Refuses what Slack has not signed, or not just now."""
    sent = headers.get("x-slack-request-timestamp", "")
    if not (sent.isascii() and sent.isdigit()) or abs(now - int(sent)) > OLDEST:
        raise RefusedError(401, "the request is not of the last five minutes")
    signed = b"v0:" + sent.encode() + b":" + body
    expected = "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), headers.get("x-slack-signature", "").encode()):
        raise RefusedError(401, "the signature is not Slack's")


def blocks(question: str, reply: Reply | None) -> list[dict[str, Any]]:
    """The reply in blocks. The answer is plain text, so that Slack reads no markup into it."""
    if reply is None or reply.best is None:
        nearest = [f"• {text}" for text in (reply.suggestions if reply else ())]
        return [_section("\n".join([words(reply), *nearest]))]
    shown = [_context(f"*{escaped(question)}*")]
    text = reply.best.text
    shown += [_section(text[start : start + LONGEST]) for start in range(0, len(text), LONGEST)]
    sources = dict.fromkeys(map(link, reply.best.citations))
    return [*shown[:MOST_BLOCKS], _context(" · ".join(sources))]


def link(citation: Citation) -> str:
    """A citation in Slack's markup."""
    title = escaped(citation.title).replace("|", "¦")
    if not (citation.url and citation.url.startswith(("https://", "http://"))):
        return f"{title}, {escaped(citation.place)}"
    return f"<{escaped(citation.url).replace('|', '%7C')}|{title}>, {escaped(citation.place)}"


def escaped(text: str) -> str:
    """A text in which Slack finds no links or mentions."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}}


def _context(text: str) -> dict[str, Any]:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text[:LONGEST]}]}


if __name__ == "__main__":
    if not os.environ.get("SLACK_SIGNING_SECRET"):
        raise SystemExit("SLACK_SIGNING_SECRET is not set: Slack shows it under Basic Information of your app")
    run("/slack/faq", answer, port=8091)
