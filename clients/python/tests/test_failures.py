"""A server that refuses, is busy, is another, or is not there."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from faqt import ApiError, AsyncFaqt, Faqt, ReplyError, UnreachableError

REPLY = '{"question": "q", "answered": false, "answers": [], "took_ms": 1.0, "new_in_a_later_version": true}'
Responses = list[tuple[int, dict[str, str], str]]


@contextmanager
def answering(responses: Responses) -> Iterator[tuple[str, list[float]]]:
    """A server on loopback that gives these responses, one after the other; with the times of the requests."""
    times: list[float] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            times.append(time.monotonic())
            status, headers, body = responses[min(len(times), len(responses)) - 1]
            self.send_response(status)
            for name, value in {"content-length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", times
        server.shutdown()


def test_a_wrong_key_is_refused(url: str) -> None:
    with Faqt(url, key="wrong") as faqt, pytest.raises(ApiError) as caught:
        faqt.ask("How?")
    assert (caught.value.status, caught.value.code) == (401, "key_invalid")


def test_no_server_is_named_with_the_remedy() -> None:
    with Faqt("http://127.0.0.1:9", timeout=2.0) as faqt, pytest.raises(UnreachableError, match="faqt serve"):
        faqt.ask("How?")


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_again_when_it_says(status: int) -> None:
    with answering([(status, {"retry-after": "1"}, ""), (200, {}, REPLY)]) as (url, times), Faqt(url) as faqt:
        assert not faqt.ask("q").answered
    assert len(times) == 2
    assert times[1] - times[0] >= 1.0


def test_a_date_says_when_too() -> None:
    header = {"retry-after": formatdate(time.time() + 2, usegmt=True)}
    with answering([(503, header, ""), (200, {}, REPLY)]) as (url, times), Faqt(url) as faqt:
        faqt.ask("q")
    assert 0.5 <= times[1] - times[0] <= 3.0


def test_tries_end() -> None:
    problem = '{"code": "busy", "detail": "too much is waiting"}'
    with answering([(503, {"retry-after": "0"}, problem)]) as (url, times):
        with Faqt(url, tries=4) as faqt, pytest.raises(ApiError) as caught:
            faqt.ask("q")
        assert len(times) == 4
    assert (caught.value.code, caught.value.detail, caught.value.retry_after) == ("busy", "too much is waiting", 0.0)


def test_nobody_waits_for_an_hour_and_other_errors_are_not_tried_again() -> None:
    cases: list[tuple[int, dict[str, str]]] = [(429, {"retry-after": "3600"}), (500, {}), (404, {"retry-after": "0"})]
    for status, headers in cases:
        with answering([(status, headers, "no JSON")]) as (url, times):
            with Faqt(url) as faqt, pytest.raises(ApiError) as caught:
                faqt.ask("q")
            assert len(times) == 1
        assert (caught.value.status, caught.value.code) == (status, "unknown")


async def test_asyncio_tries_again_too() -> None:
    with answering([(503, {"retry-after": "0"}, ""), (200, {}, REPLY)]) as (url, times):
        async with AsyncFaqt(url) as faqt:
            await faqt.ask("q")
        assert len(times) == 2


@pytest.mark.parametrize("body", ["<html>", "[]", "{}", '{"question": "q", "answered": true, "answers": "none"}'])
def test_another_server_is_told_apart(body: str) -> None:
    with answering([(200, {}, body)]) as (url, _), Faqt(url) as faqt, pytest.raises(ReplyError):
        faqt.ask("q")
