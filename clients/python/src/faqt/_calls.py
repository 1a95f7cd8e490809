"""The server's routes, each told once for both clients: its arguments, what is sent, and what is made of the reply."""

import dataclasses
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from types import MethodType
from typing import TYPE_CHECKING, Any, Concatenate, Generic, Literal, ParamSpec, Self, TypeVar, Unpack, overload
from urllib.parse import quote

import httpx

from ._decode import decode
from .errors import ReplyError
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
from .options import AskOptions, ContextOptions, Turn

if TYPE_CHECKING:
    from .client import AsyncFaqt, Faqt

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Call(Generic[T]):
    """A request, and how its reply is read."""

    method: Literal["GET", "POST"]
    path: str
    read: Callable[[httpx.Response], T]
    params: Mapping[str, Any] | None = None
    body: Any = None


class _Route(Generic[P, T]):
    """A method that makes a call, as a method of a client, which sends it."""

    def __init__(self, call: Callable[Concatenate[Any, P], Call[T]]) -> None:
        self._call = call
        self.__doc__ = call.__doc__

    @overload
    def __get__(self, client: None, owner: type) -> Self: ...

    @overload
    def __get__(self, client: "Faqt", owner: type) -> Callable[P, T]: ...

    @overload
    def __get__(self, client: "AsyncFaqt", owner: type) -> Callable[P, Coroutine[Any, Any, T]]: ...

    def __get__(self, client: Any, owner: type) -> Any:
        if client is None:
            return self
        call = MethodType(self._call, client)

        @wraps(call)
        def sent(*args: P.args, **kwargs: P.kwargs) -> Any:
            return client._send(call(*args, **kwargs))

        return sent


class Calls:
    """What both clients can do. `AsyncFaqt` is awaited for what is told here."""

    @_Route
    def ask(self, question: str, **options: Unpack[AskOptions]) -> Call[Reply]:
        """Asks a question. No answer is a normal reply, never an error."""
        return Call("POST", "/v1/ask", _as(Reply), body=_question(question, options))

    @_Route
    def batch(self, questions: Sequence[str], **options: Unpack[AskOptions]) -> Call[list[Reply | Failed]]:
        """Asks many questions at once; the replies come in the order of the questions."""

        def read(response: httpx.Response) -> list[Reply | Failed]:
            replies = _list(response, "replies")
            return [decode(Failed, reply) if "error" in reply else decode(Reply, reply) for reply in replies]

        return Call("POST", "/v1/batch", read, body={"questions": [_question(text, options) for text in questions]})

    @_Route
    def suggest(self, typed: str, *, limit: int = 8, filter: Sequence[str] = ()) -> Call[list[Suggestion]]:
        """Stored questions that fit what has been typed so far."""

        def read(response: httpx.Response) -> list[Suggestion]:
            return [decode(Suggestion, suggestion) for suggestion in _list(response, "suggestions")]

        return Call("GET", "/v1/suggest", read, params={"q": typed, "limit": limit, "filter": list(filter)})

    @_Route
    def unit(self, unit_id: str) -> Call[Unit]:
        """The unit with an id."""
        return Call("GET", f"/v1/units/{quote(unit_id, safe='')}", _as(Unit))

    @_Route
    def units(
        self, *, limit: int = 50, cursor: str | None = None, filter: Sequence[str] = (), source: str | None = None
    ) -> Call[UnitPage]:
        """The units, a page at a time."""
        params = _given(limit=limit, cursor=cursor, filter=list(filter), source=source)
        return Call("GET", "/v1/units", _as(UnitPage), params=params)

    @_Route
    def articles(self, *, limit: int = 50, cursor: str | None = None) -> Call[ArticlePage]:
        """The articles, a page at a time."""
        return Call("GET", "/v1/articles", _as(ArticlePage), params=_given(limit=limit, cursor=cursor))

    @_Route
    def article(self, source: str, *, cited: Citation | None = None, unit: str | None = None) -> Call[ArticleText]:
        """An article's text, with the place of a citation, or a unit, marked."""
        places = (cited.bytes, cited.paragraph, cited.page) if cited else ()
        named = zip(("bytes", "paragraph", "page"), places, strict=False)
        # One is enough, and the first that there is says it best.
        marked = next(({name: f"{place[0]}-{place[1]}"} for name, place in named if place), {})
        return Call("GET", f"/v1/articles/{quote(source)}", _as(ArticleText), params={**marked, **_given(unit=unit)})

    @_Route
    def feedback(
        self,
        question: str,
        verdict: Literal["right", "wrong", "no_answer"],
        *,
        unit: str | None = None,
        right_unit: str | None = None,
        comment: str | None = None,
    ) -> Call[str]:
        """Tells whether a reply was right, or which unit would have been, or that nothing should answer the question
        (`no_answer`, needs an admin key). The id of the entry."""
        body = _given(question=question, verdict=verdict, unit=unit, right_unit=right_unit, comment=comment)
        return Call("POST", "/v1/feedback", lambda response: str(_object(response)["id"]), body=body)

    @_Route
    def misses(self, *, limit: int = 50, cursor: str | None = None) -> Call[MissPage]:
        """Questions that were not answered or whose answer was disliked (needs an admin key)."""
        return Call("GET", "/v1/misses", _as(MissPage), params=_given(limit=limit, cursor=cursor))

    @_Route
    def export_misses(self, form: Literal["queries", "qrels"]) -> Call[str]:
        """The misses as one of the two files that `faqt eval` reads (needs an admin key)."""
        return Call("GET", "/v1/misses", lambda response: response.text, params={"format": form})

    @_Route
    def reindex(self, *, rebuild: bool = False) -> Call[Job]:
        """Starts to index the corpus anew (needs an admin key)."""
        return Call("POST", "/v1/reindex", _as(Job), body={"rebuild": rebuild})

    @_Route
    def job(self, job_id: str) -> Call[Job]:
        """How far an indexing job is (needs an admin key)."""
        return Call("GET", f"/v1/jobs/{quote(job_id, safe='')}", _as(Job))

    @_Route
    def context(self, question: str, **options: Unpack[ContextOptions]) -> Call[Context]:
        """The best units within a number of tokens, each behind its marker."""
        return Call("POST", "/v1/context", _as(Context), body=_question(question, options))

    @_Route
    def verify(self, text: str, sources: Mapping[str, str]) -> Call[Verification]:
        """Which sentences of a text with markers stand in the units that `sources` names for the markers."""
        cited = [{"marker": marker, "id": unit_id} for marker, unit_id in sources.items()]
        return Call("POST", "/v1/verify", _as(Verification), body={"text": text, "sources": cited})


def _question(question: str, options: AskOptions | ContextOptions) -> dict[str, Any]:
    body: dict[str, Any] = {"question": question, **options}
    if "filter" in body:
        body["filter"] = list(body["filter"])
    if "history" in body:
        body["history"] = [_turn(turn) for turn in body["history"]]
    return body


def _turn(turn: Turn | str) -> str | dict[str, Any]:
    return turn if isinstance(turn, str) else _given(**dataclasses.asdict(turn))


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _as(shape: type[T]) -> Callable[[httpx.Response], T]:
    return lambda response: decode(shape, _object(response))


def _list(response: httpx.Response, key: str) -> list[dict[str, Any]]:
    found = _object(response).get(key)
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise ReplyError(f"{response.url}: {key!r} is no list of objects")
    return found


def _object(response: httpx.Response) -> dict[str, Any]:
    try:
        value = response.json()
    except ValueError as error:
        raise ReplyError(f"{response.url} did not answer in JSON: is it faqt that listens there?") from error
    if not isinstance(value, dict):
        raise ReplyError(f"{response.url} answered {value!r:.80} instead of an object")
    return value
