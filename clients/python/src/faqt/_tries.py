"""When a request is tried again, and what an error is made of."""

import time
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from .errors import ApiError

AGAIN = (429, 503)
"""The server is busy and has done nothing: another try is safe, whatever was asked."""

FIRST_WAIT = 0.5
"""Seconds before the second try, where the server does not say; they double with every try."""

LONGEST_WAIT = 30.0
"""A server that asks for more seconds than these is not waited for."""


def wait_before_next(response: httpx.Response, tried: int, most: int) -> float:
    """How many seconds to wait before the next try. Raises what the reply tells of if there is to be none."""
    asked = retry_after(response)
    wait = FIRST_WAIT * 2.0 ** (tried - 1) if asked is None else asked
    if response.status_code not in AGAIN or tried >= most or wait > LONGEST_WAIT:
        raise error_of(response)
    return wait


def retry_after(response: httpx.Response) -> float | None:
    """The header `retry-after` in seconds from now; it is a number of seconds or a date."""
    value = response.headers.get("retry-after")
    if value is None:
        return None
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None


def error_of(response: httpx.Response) -> ApiError:
    """The error that a reply tells of, as RFC 9457 writes it."""
    try:
        body: Any = response.json()
    except ValueError:
        body = None
    problem: dict[str, Any] = body if isinstance(body, dict) else {}
    return ApiError(
        response.status_code,
        str(problem.get("code", "unknown")),
        str(problem.get("detail") or problem.get("title") or response.reason_phrase),
        retry_after=retry_after(response),
        request_id=response.headers.get("x-request-id"),
    )
