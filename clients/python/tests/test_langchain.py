"""The retriever for LangChain, by LangChain's own tests and ours."""

from typing import Any

import pytest
from langchain_tests.integration_tests import RetrieversIntegrationTests

from faqt.langchain import FaqtRetriever

QUESTION = "How many books may I borrow?"


class TestStandard(RetrieversIntegrationTests):
    @pytest.fixture(autouse=True)
    def _server(self, url: str, key: str) -> None:
        type(self).params = {"base_url": url, "key": key}

    params: dict[str, Any] = {}  # noqa: RUF012

    @property
    def retriever_constructor(self) -> type[FaqtRetriever]:
        return FaqtRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return self.params

    @property
    def retriever_query_example(self) -> str:
        return QUESTION


def test_a_document_is_an_answer_with_its_citation(url: str, key: str) -> None:
    retriever = FaqtRetriever(base_url=url, key=key, k=1)  # type: ignore[arg-type]
    (document,) = retriever.invoke(QUESTION)
    assert document.page_content == "You may borrow twelve books at a time. Magazines do not count."
    about = document.metadata
    assert about["quote"] == document.page_content
    assert (about["source"], about["lines"], about["title"]) == ("corpus/library.jsonl", (1, 1), "library.jsonl")
    assert about["url"] == "https://example.com/library#loans"
    assert (about["question"], about["kind"], about["id"]) == (QUESTION, "qa", document.id)
    assert about["confidence"] > 0.9
    assert about["metadata"]["branch"] == "north"
    assert len(about["citations"]) == 1


def test_filters_and_a_least_confidence_hold(url: str, key: str) -> None:
    retriever = FaqtRetriever(base_url=url, key=key, filter=["branch=south"], k=5)  # type: ignore[arg-type]
    assert {document.metadata["metadata"]["branch"] for document in retriever.invoke(QUESTION)} == {"south"}
    assert retriever.invoke("How do I bake sourdough bread?", min_confidence=0.9) == []


def test_a_key_is_not_shown(url: str, key: str) -> None:
    assert key not in repr(FaqtRetriever(base_url=url, key=key))  # type: ignore[arg-type]
