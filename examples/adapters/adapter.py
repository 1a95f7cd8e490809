"""What the adapters share: a small HTTP server, and a reply in words."""

import argparse
import contextlib
import hmac
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from faqt import Citation, Faqt, FaqtError, Reply, Turn

Answer = tuple[int, dict[str, Any]]
Handler = Callable[[Faqt, Mapping[str, str], bytes], Answer]

LARGEST_BODY = 4 << 20
NO_ANSWER = "Sorry, I have no answer to that."
UNAVAILABLE = "Sorry, I cannot look that up at the moment."


class RefusedError(Exception):
    """A request that is not answered."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


def ask(faqt: Faqt, question: str, history: Sequence[Turn | str] = ()) -> Reply | None:
    """The reply; none where the server cannot be reached or is busy, so that the adapter can say so."""
    try:
        return faqt.ask(question, history=history)
    except FaqtError as error:
        print(f"faqt: {error}", file=sys.stderr)
        return None


def source(citation: Citation) -> str:
    """Where an answer stands, for people."""
    return f"{citation.title}, {citation.url or citation.place}"


def words(reply: Reply | None) -> str:
    """A reply as plain text: the answer word for word and where it stands, or a polite no."""
    if reply is None:
        return UNAVAILABLE
    if reply.best is None:
        return NO_ANSWER
    sources = dict.fromkeys(source(citation) for citation in reply.best.citations)
    return "\n\n".join([reply.best.text, *(f"Source: {name}" for name in sources)])


def object_of(body: bytes) -> dict[str, Any]:
    """A body that has to be a JSON object."""
    try:
        value = json.loads(body)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise RefusedError(400, "the body is not a JSON object")
    return value


def part(value: Any, *path: str) -> Any:
    """What stands at a path of keys, if anything does."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def check_token(headers: Mapping[str, str]) -> None:
    """Refuses whoever does not send the token of `ADAPTER_TOKEN`, where it is set."""
    token = os.environ.get("ADAPTER_TOKEN")
    if token and not hmac.compare_digest(headers.get("authorization", "").encode(), f"Bearer {token}".encode()):
        raise RefusedError(401, "no valid token: send `Authorization: Bearer TOKEN` with the token of ADAPTER_TOKEN")


def run(path: str, handler: Handler, *, port: int) -> None:
    """Answers POST requests at a path until it is interrupted."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--faqt", default="http://127.0.0.1:8080", metavar="URL", help="address of `faqt serve`")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", default=port, type=int)
    settings = parser.parse_args()
    # Chat platforms wait three to five seconds; a late answer is none.
    faqt = Faqt(settings.faqt, key=os.environ.get("FAQT_KEY"), timeout=2.0, tries=1)
    with ThreadingHTTPServer((settings.host, settings.port), _listener(path, handler, faqt)) as server:
        print(f"listening on http://{settings.host}:{server.server_port}{path}", file=sys.stderr, flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()


def _listener(path: str, handler: Handler, faqt: Faqt) -> type[BaseHTTPRequestHandler]:
    class Listener(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 10

        def do_POST(self) -> None:
            try:
                status, answer = self._answer()
            except RefusedError as refused:
                # What was not read would be taken for the next request.
                self.close_connection = True
                status, answer = refused.status, {"error": str(refused)}
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _answer(self) -> Answer:
            if self.path.split("?")[0] != path:
                raise RefusedError(404, f"there is nothing here: POST to {path}")
            length = self.headers.get("content-length", "")
            if not (length.isascii() and length.isdigit()):
                raise RefusedError(411, "the body has no length")
            if int(length) > LARGEST_BODY:
                raise RefusedError(413, "the body is too large")
            headers = {name.lower(): value for name, value in self.headers.items()}
            return handler(faqt, headers, self.rfile.read(int(length)))

    return Listener
