"""The two clients: `Faqt`, and `AsyncFaqt` for asyncio."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from typing import Any, Literal, Self, TypeVar, Unpack

import httpx

from . import _calls as calls
from ._tries import error_of, wait_before_next
from .errors import UnreachableError
from .models import (
    ArticlePage,
    ArticleText,
    Citation,
    Context,
    Failed,
    Job,
    MissPage,
    Reply,
    Suggestion,
    Unit,
    UnitPage,
    Verification,
)
from .options import AskOptions, ContextOptions

T = TypeVar("T")


def _settings(base_url: str, key: str | None, timeout: float) -> dict[str, Any]:
    headers = {"authorization": f"Bearer {key}"} if key else {}
    return {"base_url": base_url, "timeout": timeout, "headers": {**headers, "accept": "application/json"}}


def _unreachable(error: httpx.TransportError, base_url: httpx.URL) -> UnreachableError:
    return UnreachableError(
        f"no answer from {base_url} ({type(error).__name__}: {error}): is `faqt serve` running there?"
    )


class Faqt:
    """A client. It keeps its connections: use it as a context manager, or close it.

    `key` is a key of the server, `timeout` is in seconds for each try. A server that is busy (429, 503) is asked
    `tries` times in all, each time as late as it says. Every method raises a `FaqtError` of `faqt.errors`.
    """

    def __init__(
        self,
        base_url: str = "http://127.0.0.1:8080",
        *,
        key: str | None = None,
        timeout: float = 10.0,
        tries: int = 3,
        http: httpx.Client | None = None,
    ) -> None:
        """`http` takes the place of the HTTP client that is made of the other settings."""
        self._http = http or httpx.Client(**_settings(base_url, key, timeout))
        self._tries = tries

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connections."""
        self._http.close()

    def _send(self, call: calls.Call[T]) -> T:
        tried = 0
        while True:
            tried += 1
            try:
                response = self._http.request(call.method, call.path, params=call.params, json=call.body)
            except httpx.TransportError as error:
                raise _unreachable(error, self._http.base_url) from error
            if response.is_success:
                return call.read(response)
            wait = wait_before_next(response, tried, self._tries)
            if wait is None:
                raise error_of(response)
            time.sleep(wait)

    def ask(self, question: str, **options: Unpack[AskOptions]) -> Reply:
        """Asks a question. No answer is a normal reply, never an error."""
        return self._send(calls.ask(question, options))

    def batch(self, questions: Sequence[str], **options: Unpack[AskOptions]) -> list[Reply | Failed]:
        """Asks many questions at once; the replies come in the order of the questions."""
        return self._send(calls.batch(questions, options))

    def suggest(self, typed: str, *, limit: int = 8, filter: Sequence[str] = ()) -> list[Suggestion]:
        """Stored questions that fit what has been typed so far."""
        return self._send(calls.suggest(typed, limit, filter))

    def unit(self, unit_id: str) -> Unit:
        """The unit with an id."""
        return self._send(calls.unit(unit_id))

    def units(
        self, *, limit: int = 50, cursor: str | None = None, filter: Sequence[str] = (), source: str | None = None
    ) -> UnitPage:
        """The units, a page at a time."""
        return self._send(calls.units(limit, cursor, filter, source))

    def articles(self, *, limit: int = 50, cursor: str | None = None) -> ArticlePage:
        """The articles, a page at a time."""
        return self._send(calls.articles(limit, cursor))

    def article(self, source: str, *, cited: Citation | None = None, unit: str | None = None) -> ArticleText:
        """An article's text, with the place of a citation, or a unit, marked."""
        return self._send(calls.article(source, cited, unit))

    def feedback(
        self,
        question: str,
        verdict: Literal["right", "wrong", "no_answer"],
        *,
        unit: str | None = None,
        right_unit: str | None = None,
        comment: str | None = None,
    ) -> str:
        """Tells whether a reply was right, or which unit would have been, or that nothing should answer the question
        (`no_answer`, needs an admin key). The id of the entry."""
        return self._send(calls.feedback(question, verdict, unit, right_unit, comment))

    def misses(self, *, limit: int = 50, cursor: str | None = None) -> MissPage:
        """Questions that were not answered or whose answer was disliked (needs an admin key)."""
        return self._send(calls.misses(limit, cursor))

    def export_misses(self, form: Literal["queries", "qrels"]) -> str:
        """The misses as one of the two files that `faqt eval` reads (needs an admin key)."""
        return self._send(calls.export_misses(form))

    def reindex(self, *, rebuild: bool = False) -> Job:
        """Starts to index the corpus anew (needs an admin key)."""
        return self._send(calls.reindex(rebuild))

    def job(self, job_id: str) -> Job:
        """How far an indexing job is (needs an admin key)."""
        return self._send(calls.job(job_id))

    def context(self, question: str, **options: Unpack[ContextOptions]) -> Context:
        """The best units within a number of tokens, each behind its marker."""
        return self._send(calls.context(question, options))

    def verify(self, text: str, sources: Mapping[str, str]) -> Verification:
        """Which sentences of a text with markers stand in the units that `sources` names for the markers."""
        return self._send(calls.verify(text, sources))


class AsyncFaqt:
    """As `Faqt`, for asyncio."""

    def __init__(
        self,
        base_url: str = "http://127.0.0.1:8080",
        *,
        key: str | None = None,
        timeout: float = 10.0,
        tries: int = 3,
        http: httpx.AsyncClient | None = None,
    ) -> None:
        """`http` takes the place of the HTTP client that is made of the other settings."""
        self._http = http or httpx.AsyncClient(**_settings(base_url, key, timeout))
        self._tries = tries

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._http.aclose()

    async def _send(self, call: calls.Call[T]) -> T:
        tried = 0
        while True:
            tried += 1
            try:
                response = await self._http.request(call.method, call.path, params=call.params, json=call.body)
            except httpx.TransportError as error:
                raise _unreachable(error, self._http.base_url) from error
            if response.is_success:
                return call.read(response)
            wait = wait_before_next(response, tried, self._tries)
            if wait is None:
                raise error_of(response)
            await asyncio.sleep(wait)

    async def ask(self, question: str, **options: Unpack[AskOptions]) -> Reply:
        """Asks a question. No answer is a normal reply, never an error."""
        return await self._send(calls.ask(question, options))

    async def batch(self, questions: Sequence[str], **options: Unpack[AskOptions]) -> list[Reply | Failed]:
        """Asks many questions at once; the replies come in the order of the questions."""
        return await self._send(calls.batch(questions, options))

    async def suggest(self, typed: str, *, limit: int = 8, filter: Sequence[str] = ()) -> list[Suggestion]:
        """Stored questions that fit what has been typed so far."""
        return await self._send(calls.suggest(typed, limit, filter))

    async def unit(self, unit_id: str) -> Unit:
        """The unit with an id."""
        return await self._send(calls.unit(unit_id))

    async def units(
        self, *, limit: int = 50, cursor: str | None = None, filter: Sequence[str] = (), source: str | None = None
    ) -> UnitPage:
        """The units, a page at a time."""
        return await self._send(calls.units(limit, cursor, filter, source))

    async def articles(self, *, limit: int = 50, cursor: str | None = None) -> ArticlePage:
        """The articles, a page at a time."""
        return await self._send(calls.articles(limit, cursor))

    async def article(self, source: str, *, cited: Citation | None = None, unit: str | None = None) -> ArticleText:
        """An article's text, with the place of a citation, or a unit, marked."""
        return await self._send(calls.article(source, cited, unit))

    async def feedback(
        self,
        question: str,
        verdict: Literal["right", "wrong", "no_answer"],
        *,
        unit: str | None = None,
        right_unit: str | None = None,
        comment: str | None = None,
    ) -> str:
        """Tells whether a reply was right, or which unit would have been, or that nothing should answer the question
        (`no_answer`, needs an admin key). The id of the entry."""
        return await self._send(calls.feedback(question, verdict, unit, right_unit, comment))

    async def misses(self, *, limit: int = 50, cursor: str | None = None) -> MissPage:
        """Questions that were not answered or whose answer was disliked (needs an admin key)."""
        return await self._send(calls.misses(limit, cursor))

    async def export_misses(self, form: Literal["queries", "qrels"]) -> str:
        """The misses as one of the two files that `faqt eval` reads (needs an admin key)."""
        return await self._send(calls.export_misses(form))

    async def reindex(self, *, rebuild: bool = False) -> Job:
        """Starts to index the corpus anew (needs an admin key)."""
        return await self._send(calls.reindex(rebuild))

    async def job(self, job_id: str) -> Job:
        """How far an indexing job is (needs an admin key)."""
        return await self._send(calls.job(job_id))

    async def context(self, question: str, **options: Unpack[ContextOptions]) -> Context:
        """The best units within a number of tokens, each behind its marker."""
        return await self._send(calls.context(question, options))

    async def verify(self, text: str, sources: Mapping[str, str]) -> Verification:
        """Which sentences of a text with markers stand in the units that `sources` names for the markers."""
        return await self._send(calls.verify(text, sources))
