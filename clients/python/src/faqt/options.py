"""What a question may be sent with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict


@dataclass(frozen=True)
class Turn:
    """An earlier turn of a conversation."""

    question: str
    unit: str | None = None
    """The id of the unit that answered, where it is known."""
    answer: str | None = None
    """What was answered, where the id is not known."""


class _Common(TypedDict, total=False):
    top: int
    """How many answers to give at most: 1 to 50."""
    filter: Sequence[str]
    """Conditions on metadata, `key=value`, all of which an answer must meet."""
    min_confidence: float
    """The confidence from which on an answer counts, 0 to 1; without it the index's own."""
    history: Sequence[Turn | str]
    """What was said before, the oldest first."""
    language: str
    """The language of the question, such as `de`, where it should not be guessed."""


class AskOptions(_Common, total=False):
    """Options of a question."""

    explain: bool
    """Whether the reply is to carry every signal of every candidate."""


class ContextOptions(_Common, total=False):
    """Options of a context."""

    budget: int
    """How many tokens the text may have at most."""
