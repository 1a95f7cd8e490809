"""A retriever for LlamaIndex: `pip install faqt[llamaindex]`."""

from collections.abc import Sequence
from typing import Any

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from ._documents import metadata
from .client import AsyncFaqt, Faqt
from .models import Answer, Reply
from .options import AskOptions

SHOWN = ("title", "source", "url", "question")
"""The metadata that a language model is given beside the text; the rest is for the program."""


class FaqtRetriever(BaseRetriever):
    """Finds the best answers of a faqt server.

    A node's text is the answer's, word for word, and its score the confidence; its `metadata` has the fields of its
    citation (`source`, `url`, `lines`, `bytes`, `quote` …), `question`, `confidence` and `id`.
    """

    def __init__(
        self,
        base_url: str = "http://127.0.0.1:8080",
        *,
        key: str | None = None,
        timeout: float = 10.0,
        k: int = 3,
        min_confidence: float = 0.0,
        filter: Sequence[str] = (),
        **base: Any,
    ) -> None:
        """`k` nodes come if the corpus has them; with a `min_confidence` only those that have it."""
        super().__init__(**base)
        self._base_url, self._key, self._timeout = base_url, key, timeout
        self._options: AskOptions = {"top": k, "min_confidence": min_confidence, "filter": list(filter)}

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        with Faqt(self._base_url, key=self._key, timeout=self._timeout) as faqt:
            return _nodes(faqt.ask(query_bundle.query_str, **self._options))

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        async with AsyncFaqt(self._base_url, key=self._key, timeout=self._timeout) as faqt:
            return _nodes(await faqt.ask(query_bundle.query_str, **self._options))


def _nodes(reply: Reply) -> list[NodeWithScore]:
    return [NodeWithScore(node=_node(answer), score=answer.confidence) for answer in reply.answers]


def _node(answer: Answer) -> TextNode:
    known = metadata(answer)
    hidden = [name for name in known if name not in SHOWN]
    return TextNode(
        id_=answer.id,
        text=answer.text,
        metadata=known,
        excluded_llm_metadata_keys=hidden,
        excluded_embed_metadata_keys=hidden,
    )
