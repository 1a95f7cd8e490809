"""A retriever for LangChain: `pip install faqt[langchain]`."""

from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForRetrieverRun, CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field, SecretStr

from ._documents import metadata
from .client import AsyncFaqt, Faqt
from .models import Reply
from .options import AskOptions


class FaqtRetriever(BaseRetriever):
    """Finds the best answers of a faqt server.

    A document's `page_content` is the answer's text, word for word; its `metadata` has the fields of its citation
    (`source`, `url`, `lines`, `bytes`, `quote` …), `question`, `confidence` and `id`.
    """

    base_url: str = "http://127.0.0.1:8080"
    key: SecretStr | None = None
    timeout: float = 10.0
    """In seconds."""
    k: int = Field(default=3, ge=1, le=50)
    """How many documents to give."""
    min_confidence: float = Field(default=0.0, ge=0.0, le=1.0)
    """Documents with less confidence are left out; with 0 exactly `k` come, if the corpus has them."""
    filter: list[str] = Field(default_factory=list)
    """Conditions on metadata, `key=value`, all of which a document must meet."""

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **options: Any
    ) -> list[Document]:
        with Faqt(self.base_url, key=self._key(), timeout=self.timeout) as faqt:
            return self._documents(faqt.ask(query, **self._options(options)))

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun, **options: Any
    ) -> list[Document]:
        async with AsyncFaqt(self.base_url, key=self._key(), timeout=self.timeout) as faqt:
            return self._documents(await faqt.ask(query, **self._options(options)))

    def _key(self) -> str | None:
        return self.key.get_secret_value() if self.key else None

    def _options(self, given: dict[str, Any]) -> AskOptions:
        return {
            "top": given.get("k", self.k),
            "min_confidence": given.get("min_confidence", self.min_confidence),
            "filter": given.get("filter", self.filter),
        }

    @staticmethod
    def _documents(reply: Reply) -> list[Document]:
        return [Document(id=answer.id, page_content=answer.text, metadata=metadata(answer)) for answer in reply.answers]
