"""The server's routes: what is sent, and what is made of the reply. Both clients share them."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar
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

T = TypeVar("T")


@dataclass(frozen=True)
class Call(Generic[T]):
    """A request, and how its reply is read."""

    method: Literal["GET", "POST"]
    path: str
    read: Callable[[httpx.Response], T]
    params: Mapping[str, Any] | None = None
    body: Any = None


def ask(question: str, options: AskOptions) -> Call[Reply]:
    return Call("POST", "/v1/ask", _as(Reply), body=_question(question, options))


def batch(questions: Sequence[str], options: AskOptions) -> Call[list[Reply | Failed]]:
    def read(response: httpx.Response) -> list[Reply | Failed]:
        replies = _list(response, "replies")
        return [decode(Failed, reply) if "error" in reply else decode(Reply, reply) for reply in replies]

    return Call("POST", "/v1/batch", read, body={"questions": [_question(text, options) for text in questions]})


def suggest(typed: str, limit: int, conditions: Sequence[str]) -> Call[list[Suggestion]]:
    def read(response: httpx.Response) -> list[Suggestion]:
        return [decode(Suggestion, suggestion) for suggestion in _list(response, "suggestions")]

    return Call("GET", "/v1/suggest", read, params={"q": typed, "limit": limit, "filter": list(conditions)})


def unit(unit_id: str) -> Call[Unit]:
    return Call("GET", f"/v1/units/{quote(unit_id, safe='')}", _as(Unit))


def units(limit: int, cursor: str | None, conditions: Sequence[str], source: str | None) -> Call[UnitPage]:
    params = _given(limit=limit, cursor=cursor, source=source)
    return Call("GET", "/v1/units", _as(UnitPage), params={**params, "filter": list(conditions)})


def articles(limit: int, cursor: str | None) -> Call[ArticlePage]:
    return Call("GET", "/v1/articles", _as(ArticlePage), params=_given(limit=limit, cursor=cursor))


def article(source: str, cited: Citation | None, unit_id: str | None) -> Call[ArticleText]:
    places = (cited.bytes, cited.paragraph, cited.page) if cited else ()
    named = zip(("bytes", "paragraph", "page"), places, strict=False)
    # One is enough, and the first that there is says it best.
    marked = next(({name: f"{place[0]}-{place[1]}"} for name, place in named if place), {})
    return Call("GET", f"/v1/articles/{quote(source)}", _as(ArticleText), params={**marked, **_given(unit=unit_id)})


def feedback(
    question: str,
    verdict: Literal["right", "wrong", "no_answer"],
    unit_id: str | None,
    right_unit: str | None,
    comment: str | None,
) -> Call[str]:
    body = _given(question=question, verdict=verdict, unit=unit_id, right_unit=right_unit, comment=comment)
    return Call("POST", "/v1/feedback", lambda response: str(_object(response)["id"]), body=body)


def misses(limit: int, cursor: str | None) -> Call[MissPage]:
    return Call("GET", "/v1/misses", _as(MissPage), params=_given(limit=limit, cursor=cursor))


def export_misses(form: Literal["queries", "qrels"]) -> Call[str]:
    return Call("GET", "/v1/misses", lambda response: response.text, params={"format": form})


def reindex(rebuild: bool) -> Call[Job]:
    return Call("POST", "/v1/reindex", _as(Job), body={"rebuild": rebuild})


def job(job_id: str) -> Call[Job]:
    return Call("GET", f"/v1/jobs/{quote(job_id, safe='')}", _as(Job))


def context(question: str, options: ContextOptions) -> Call[Context]:
    return Call("POST", "/v1/context", _as(Context), body=_question(question, options))


def verify(text: str, sources: Mapping[str, str]) -> Call[Verification]:
    cited = [{"marker": marker, "id": unit_id} for marker, unit_id in sources.items()]
    return Call("POST", "/v1/verify", _as(Verification), body={"text": text, "sources": cited})


def _question(question: str, options: AskOptions | ContextOptions) -> dict[str, Any]:
    return {"question": question, **_plain(options)}


def _plain(options: AskOptions | ContextOptions) -> dict[str, Any]:
    plain: dict[str, Any] = dict(options)
    if "filter" in plain:
        plain["filter"] = list(plain["filter"])
    if "history" in plain:
        plain["history"] = [_turn(turn) for turn in plain["history"]]
    return plain


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
