"""A custom action for Rasa: `action_faqt` answers what the user said last.

python examples/adapters/rasa.py --faqt http://127.0.0.1:8080 --port 5055
"""

from collections.abc import Mapping
from typing import Any

from adapter import Answer, ask, check_token, object_of, part, run, words
from faqt import Faqt

ACTION = "action_faqt"


def answer(faqt: Faqt, headers: Mapping[str, str], body: bytes) -> Answer:
    """Runs the action, as Rasa's action server does."""
    check_token(headers)
    call = object_of(body)
    action = call.get("next_action")
    if action != ACTION:
        return 404, {"error": f"there is no action {action!r} here, only {ACTION}", "action_name": action}
    said = _said(call)
    question = part(call, "tracker", "latest_message", "text") or (said[-1] if said else "")
    before = said[:-1] if said and said[-1] == question else said
    reply = ask(faqt, question, history=before[-10:])
    buttons = [{"title": text, "payload": text} for text in (reply.suggestions if reply else ())]
    return 200, {"events": [], "responses": [{"text": words(reply), "buttons": buttons}]}


def _said(call: dict[str, Any]) -> list[str]:
    """What the user has said so far."""
    events = part(call, "tracker", "events")
    known = events if isinstance(events, list) else []
    texts = [part(event, "text") for event in known if part(event, "event") == "user"]
    return [text for text in texts if isinstance(text, str) and text.strip()]


if __name__ == "__main__":
    run("/webhook", answer, port=5055)
