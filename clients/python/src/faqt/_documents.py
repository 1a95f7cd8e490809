"""What the retrievers tell of an answer."""

from dataclasses import asdict
from typing import Any

from .models import Answer


def metadata(answer: Answer) -> dict[str, Any]:
    """The first citation key by key, what is known of the answer, and all its citations."""
    citations = [asdict(citation) for citation in answer.citations]
    first = citations[0] if citations else {}
    about = {"id": answer.id, "kind": answer.kind, "question": answer.question, "confidence": answer.confidence}
    return {**first, **about, "metadata": dict(answer.metadata), "citations": citations}
