"""A webhook for Dialogflow CX: answers what the user said, and remembers the conversation in a session parameter.

python examples/adapters/dialogflow.py --faqt http://127.0.0.1:8080 --port 8090
"""

from collections.abc import Mapping
from typing import Any

from adapter import Answer, ask, check_token, object_of, part, run, words
from faqt import Faqt, Reply, Turn

REMEMBERED = 10


def answer(faqt: Faqt, headers: Mapping[str, str], body: bytes) -> Answer:
    """A WebhookResponse to a WebhookRequest."""
    check_token(headers)
    request = object_of(body)
    question = request.get("text") or request.get("transcript") or ""
    turns = _turns(part(request, "sessionInfo", "parameters", "faqt_history"))
    reply = ask(faqt, question, history=turns)
    best = reply.best if reply else None
    said = [{"question": turn.question, "unit": turn.unit} for turn in turns]
    said.append({"question": question, "unit": best.id if best else None})
    return 200, {
        "fulfillmentResponse": {"messages": _messages(reply), "mergeBehavior": "REPLACE"},
        "sessionInfo": {
            "parameters": {
                "faqt_answered": bool(best),
                "faqt_confidence": best.confidence if best else 0.0,
                "faqt_history": said[-REMEMBERED:],
            }
        },
    }


def _turns(remembered: Any) -> list[Turn]:
    turns = remembered if isinstance(remembered, list) else []
    return [Turn(turn["question"], turn.get("unit")) for turn in turns if part(turn, "question")]


def _messages(reply: Reply | None) -> list[dict[str, Any]]:
    """The answer as text, and what Dialogflow Messenger draws below it: links to the sources, or what else to ask."""
    messages: list[dict[str, Any]] = [{"text": {"text": [words(reply)]}}]
    cards: list[dict[str, Any]] = []
    if reply and reply.best:
        cards = [
            {"type": "info", "title": citation.title, "subtitle": citation.place, "actionLink": citation.url}
            for citation in reply.best.citations
            if citation.url
        ]
    elif reply and reply.suggestions:
        cards = [{"type": "chips", "options": [{"text": text} for text in reply.suggestions]}]
    return [*messages, {"payload": {"richContent": [cards]}}] if cards else messages


if __name__ == "__main__":
    run("/webhook", answer, port=8090)
