"""The adapters of examples/adapters, each as its own process, asked with requests as their platforms send them.

FAQT_URL and FAQT_KEY name the server that they ask.
"""

import hashlib
import hmac
import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

ADAPTERS = Path(__file__).parents[3] / "examples" / "adapters"
QUESTION = "How many books may I borrow?"
ANSWER = "You may borrow twelve books at a time. Magazines do not count."
SOURCE = "Source: library.jsonl, https://example.com/library#loans"
BEFORE, AFTER = "How many steps does the lighthouse have?", "and how high?"
UNANSWERED = "How do I bake sourdough bread?"
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


@contextmanager
def running(name: str, faqt: str | None = None, **env: str) -> Iterator[str]:
    """The address of an adapter that has been started."""
    command = [sys.executable, str(ADAPTERS / name), "--port", "0", "--faqt", faqt or os.environ["FAQT_URL"]]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **env})
    try:
        assert process.stderr
        line = process.stderr.readline()
        assert line.startswith("listening on "), line + process.stderr.read()
        yield line.removeprefix("listening on ").strip()
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def rasa() -> Iterator[str]:
    with running("rasa.py") as url:
        yield url


@pytest.fixture(scope="module")
def dialogflow() -> Iterator[str]:
    with running("dialogflow.py") as url:
        yield url


@pytest.fixture(scope="module")
def slack() -> Iterator[str]:
    with running("slack.py", SLACK_SIGNING_SECRET=SECRET) as url:
        yield url


def posted(url: str, body: Any, **headers: str) -> dict[str, Any]:
    response = httpx.post(url, json=body, headers=headers)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    answer: dict[str, Any] = response.json()
    return answer


# Rasa


def action_call(*said: str, action: str = "action_faqt") -> dict[str, Any]:
    """What Rasa sends to its action server."""
    events: list[dict[str, Any]] = [{"event": "action", "timestamp": 1.5, "name": "action_session_start"}]
    for text in said:
        events.append({"event": "user", "timestamp": 2.5, "text": text, "input_channel": "rest", "message_id": "m"})
        events.append({"event": "bot", "timestamp": 3.5, "text": "…"})
    return {
        "version": "3.6.0",
        "next_action": action,
        "sender_id": "26873785",
        "tracker": {
            "sender_id": "26873785",
            "slots": {"location": None},
            "latest_message": {
                "text": said[-1],
                "intent": {"name": "faq", "confidence": 0.97},
                "intent_ranking": [],
                "entities": [],
            },
            "latest_event_time": 1535092548.4,
            "followup_action": None,
            "paused": False,
            "events": events[:-1],
            "latest_input_channel": "rest",
            "latest_action_name": "action_listen",
            "active_loop": {},
        },
        "domain": {"intents": [{"faq": {"use_entities": True}}], "actions": ["action_faqt"], "slots": {}},
    }


def test_rasa_gets_the_answer_with_its_source(rasa: str) -> None:
    answer = posted(rasa, action_call("hello", QUESTION))
    assert answer == {"events": [], "responses": [{"text": f"{ANSWER}\n\n{SOURCE}", "buttons": []}]}


def test_rasa_reads_a_question_with_what_was_said_before(rasa: str) -> None:
    answer = posted(rasa, action_call(BEFORE, AFTER))
    assert "metres" in answer["responses"][0]["text"]


def test_rasa_gets_a_polite_no_with_buttons(rasa: str) -> None:
    (response,) = posted(rasa, action_call(UNANSWERED))["responses"]
    assert response["text"] == "Sorry, I have no answer to that."
    assert all(button["title"] == button["payload"] for button in response["buttons"])


def test_rasa_is_answered_without_its_tracker_too(rasa: str) -> None:
    call = action_call(QUESTION)
    call["tracker"]["events"] = 7
    assert posted(rasa, call)["responses"][0]["text"].startswith(ANSWER)


def test_rasa_is_told_of_an_action_that_is_not_here(rasa: str) -> None:
    response = httpx.post(rasa, json=action_call(QUESTION, action="action_other"))
    assert response.status_code == 404
    assert response.json()["action_name"] == "action_other"
    assert "action_faqt" in response.json()["error"]


# Dialogflow CX


def webhook_request(text: str, parameters: dict[str, Any] | None = None) -> dict[str, Any]:
    """What Dialogflow CX sends to a webhook."""
    session = "projects/p/locations/global/agents/a/sessions/s"
    return {
        "detectIntentResponseId": "b7a7a2a0",
        "languageCode": "en",
        "fulfillmentInfo": {"tag": "faqt"},
        "intentInfo": {
            "lastMatchedIntent": "projects/p/locations/global/agents/a/intents/i",
            "displayName": "faq",
            "confidence": 0.8,
        },
        "pageInfo": {
            "currentPage": "projects/p/locations/global/agents/a/flows/f/pages/START_PAGE",
            "displayName": "Start Page",
        },
        "sessionInfo": {"session": session, "parameters": parameters or {}},
        "messages": [{"text": {"text": [""], "redactedText": [""]}, "responseType": "HANDLER_PROMPT", "source": "AGENT"}],
        "text": text,
        "languageInfo": {"inputLanguageCode": "en", "resolvedLanguageCode": "en", "confidenceScore": 1.0},
    }


def test_dialogflow_gets_the_answer_and_a_link(dialogflow: str) -> None:
    answer = posted(dialogflow, webhook_request(QUESTION))
    text, card = answer["fulfillmentResponse"]["messages"]
    assert text == {"text": {"text": [f"{ANSWER}\n\n{SOURCE}"]}}
    ((info,),) = card["payload"]["richContent"]
    assert info["type"] == "info"
    assert info["actionLink"] == "https://example.com/library#loans"
    parameters = answer["sessionInfo"]["parameters"]
    assert parameters["faqt_answered"] is True
    assert parameters["faqt_confidence"] > 0.9


def test_dialogflow_remembers_the_conversation(dialogflow: str) -> None:
    first = posted(dialogflow, webhook_request(BEFORE))
    second = posted(dialogflow, webhook_request(AFTER, first["sessionInfo"]["parameters"]))
    assert "metres" in second["fulfillmentResponse"]["messages"][0]["text"]["text"][0]
    history = second["sessionInfo"]["parameters"]["faqt_history"]
    assert [turn["question"] for turn in history] == [BEFORE, AFTER]
    many = {"faqt_history": [{"question": f"Question {number}?"} for number in range(40)] + ["nonsense", {}]}
    answer = posted(dialogflow, webhook_request(QUESTION, many))
    assert len(answer["sessionInfo"]["parameters"]["faqt_history"]) == 10


def test_dialogflow_gets_a_polite_no_and_what_was_spoken_counts(dialogflow: str) -> None:
    answer = posted(dialogflow, webhook_request(UNANSWERED))
    assert answer["fulfillmentResponse"]["messages"][0] == {"text": {"text": ["Sorry, I have no answer to that."]}}
    assert answer["sessionInfo"]["parameters"]["faqt_answered"] is False
    spoken = webhook_request("")
    del spoken["text"]
    spoken["transcript"] = QUESTION
    assert ANSWER in posted(dialogflow, spoken)["fulfillmentResponse"]["messages"][0]["text"]["text"][0]


# Slack


def command(text: str, **more: str) -> bytes:
    """The form that Slack sends for a slash command."""
    form = {
        "token": "xyzz0WbapA4vBCDEFasx0q6G",
        "team_id": "T1DC2JH3J",
        "team_domain": "testteamnow",
        "channel_id": "G8PSS9T3V",
        "channel_name": "foobar",
        "user_id": "U2CERLKJA",
        "user_name": "roadrunner",
        "command": "/faq",
        "text": text,
        "response_url": "https://hooks.slack.com/commands/T1DC2JH3J/397700885554/96rGlfmibIGlgcZRskXaIFfN",
        "trigger_id": "398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
        **more,
    }
    return str(httpx.QueryParams(form)).encode()


def signed(url: str, body: bytes, at: float | None = None, secret: str = SECRET) -> httpx.Response:
    stamp = str(int(time.time() if at is None else at))
    signature = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": f"v0={signature}",
    }
    return httpx.post(url, content=body, headers=headers)


def test_slack_shows_the_answer_to_the_asker(slack: str) -> None:
    started = time.monotonic()
    response = signed(slack, command(QUESTION))
    assert time.monotonic() - started < 3.0
    message = response.json()
    assert message["response_type"] == "ephemeral"
    assert message["text"] == f"{ANSWER}\n\n{SOURCE}"
    question, answer, sources = message["blocks"]
    assert question["elements"][0]["text"] == f"*{QUESTION}*"
    assert answer == {"type": "section", "text": {"type": "plain_text", "text": ANSWER, "emoji": False}}
    assert "<https://example.com/library#loans|library.jsonl>" in sources["elements"][0]["text"]


def test_slack_shows_it_to_the_channel_when_told_so(slack: str) -> None:
    assert signed(slack, command(f"share {QUESTION}")).json()["response_type"] == "in_channel"
    assert signed(slack, command(f"share {UNANSWERED}")).json()["response_type"] == "ephemeral"


def test_slack_is_told_how_to_ask_and_what_has_no_answer(slack: str) -> None:
    assert "/faq" in signed(slack, command("")).json()["text"]
    message = signed(slack, command(UNANSWERED)).json()
    assert message["response_type"] == "ephemeral"
    assert message["text"].startswith("Sorry")


def test_slack_finds_no_markup_in_what_was_asked(slack: str) -> None:
    text = str(signed(slack, command(f"{QUESTION} <!channel> & <https://evil.example|x>")).json())
    assert "<!channel>" not in text
    assert "<https://evil" not in text


def test_slack_alone_is_answered(slack: str) -> None:
    body = command(QUESTION)
    now = time.time()
    for response in (
        signed(slack, body, secret="another"),
        signed(slack, body, at=now - 301),
        signed(slack, body, at=now + 400),
        httpx.post(slack, content=body),
        httpx.post(slack, content=body, headers={"x-slack-request-timestamp": "1e9", "x-slack-signature": "v0="}),
    ):
        assert response.status_code == 401, response.text
        assert "response_type" not in response.text


def test_the_signature_is_that_of_slacks_documentation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ADAPTERS))
    adapter = loaded("slack")
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    headers = {
        "x-slack-request-timestamp": "1531420618",
        "x-slack-signature": "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
    }
    adapter.check_signature(headers, body, SECRET, 1531420618.0 + 299)
    with pytest.raises(Exception, match="five minutes"):
        adapter.check_signature(headers, body, SECRET, 1531420618.0 + 301)


def test_slack_needs_its_secret() -> None:
    env = {name: value for name, value in os.environ.items() if name != "SLACK_SIGNING_SECRET"}
    run = subprocess.run([sys.executable, ADAPTERS / "slack.py"], env=env, capture_output=True, text=True)
    assert run.returncode == 1
    assert "SLACK_SIGNING_SECRET" in run.stderr


def loaded(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ADAPTERS / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# All of them


def test_an_adapter_says_when_faqt_cannot_be_reached() -> None:
    with running("rasa.py", faqt="http://127.0.0.1:9") as url:
        (response,) = posted(url, action_call(QUESTION))["responses"]
    assert response["text"] == "Sorry, I cannot look that up at the moment."


def test_a_token_is_asked_for_where_one_is_set() -> None:
    with running("dialogflow.py", ADAPTER_TOKEN="t0ken") as url:
        assert posted(url, webhook_request(QUESTION), authorization="Bearer t0ken")
        for headers in ({}, {"authorization": "Bearer other"}):
            assert httpx.post(url, json=webhook_request(QUESTION), headers=headers).status_code == 401


def test_what_is_no_request_is_refused(rasa: str) -> None:
    assert httpx.post(rasa, content=b"no JSON").status_code == 400
    assert httpx.post(rasa, content=b"[]").status_code == 400
    assert httpx.post(rasa + "/more", json={}).status_code == 404
    assert httpx.post(rasa, content=iter([b"{}"])).status_code == 411
    assert httpx.post(rasa, content=b" " * (5 << 20)).status_code == 413
