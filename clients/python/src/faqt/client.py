"""The two clients: `Faqt`, and `AsyncFaqt` for asyncio."""

import asyncio
import time
from typing import Any, Self, TypeVar

import httpx

from ._calls import Call, Calls
from ._tries import wait_before_next
from .errors import UnreachableError

T = TypeVar("T")


def _settings(base_url: str, key: str | None, timeout: float) -> dict[str, Any]:
    headers = {"authorization": f"Bearer {key}"} if key else {}
    return {"base_url": base_url, "timeout": timeout, "headers": {**headers, "accept": "application/json"}}


def _request(call: Call[Any]) -> dict[str, Any]:
    return {"method": call.method, "url": call.path, "params": call.params, "json": call.body}


def _unreachable(error: httpx.TransportError, base_url: httpx.URL) -> UnreachableError:
    return UnreachableError(
        f"no answer from {base_url} ({type(error).__name__}: {error}): is `faqt serve` running there?"
    )


class Faqt(Calls):
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

    def _send(self, call: Call[T]) -> T:
        tried = 0
        while True:
            tried += 1
            try:
                response = self._http.request(**_request(call))
            except httpx.TransportError as error:
                raise _unreachable(error, self._http.base_url) from error
            if response.is_success:
                return call.read(response)
            time.sleep(wait_before_next(response, tried, self._tries))


class AsyncFaqt(Calls):
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

    async def _send(self, call: Call[T]) -> T:
        tried = 0
        while True:
            tried += 1
            try:
                response = await self._http.request(**_request(call))
            except httpx.TransportError as error:
                raise _unreachable(error, self._http.base_url) from error
            if response.is_success:
                return call.read(response)
            await asyncio.sleep(wait_before_next(response, tried, self._tries))
