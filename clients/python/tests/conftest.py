"""The tests ask a running server, that of the addresses in the environment: `cargo test` starts it."""

import os
from collections.abc import AsyncIterator, Iterator

import pytest

from faqt import AsyncFaqt, Faqt


def _setting(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        pytest.exit(f"{name} is not set: `cargo test python_client` runs these tests with a server of their own", 2)
    return value


@pytest.fixture(scope="session")
def url() -> str:
    return _setting("FAQT_URL")


@pytest.fixture(scope="session")
def key() -> str:
    """A key that may ask."""
    return _setting("FAQT_KEY")


@pytest.fixture(scope="session")
def admin_key() -> str:
    return _setting("FAQT_ADMIN_KEY")


@pytest.fixture
def faqt(url: str, key: str) -> Iterator[Faqt]:
    with Faqt(url, key=key) as faqt:
        yield faqt


@pytest.fixture
def admin(url: str, admin_key: str) -> Iterator[Faqt]:
    with Faqt(url, key=admin_key) as faqt:
        yield faqt


@pytest.fixture
async def async_faqt(url: str, key: str) -> AsyncIterator[AsyncFaqt]:
    async with AsyncFaqt(url, key=key) as faqt:
        yield faqt
