"""What comes back. Keys that this version does not know are left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Metadata = Mapping[str, str | list[str]]
Range = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in a file something stands, as far as its format has lines, paragraphs or pages."""

    lines: Range | None = None
    """First and last line, counted from 1."""
    paragraph: Range | None = None
    page: Range | None = None


@dataclass(frozen=True, kw_only=True)
class BytePlace(Place):
    """The same to the byte."""

    bytes: Range | None = None
    """First byte and the byte behind the last, in the file as it is on disk."""


@dataclass(frozen=True, kw_only=True)
class About:
    """What is known of an article."""

    title: str | None = None
    language: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of a list."""

    total: int
    next: str | None = None
    """The cursor of the next page, if there is one."""


@dataclass(frozen=True)
class Citation(BytePlace):
    """Proof of an answer: where in which file its words stand."""

    title: str
    source: str
    quote: str
    """What stands there, once markup is taken out."""
    url: str | None = None
    heading: tuple[str, ...] = ()
    published: str | None = None

    @property
    def place(self) -> str:
        """Where the words stand, as people write it: `a.txt:3-4`, `b.pdf, page 2`."""
        for name, numbers in (("paragraph", self.paragraph), ("page", self.page)):
            if numbers:
                return f"{self.source}, {name}{'s' * (numbers[0] != numbers[1])} {_range(numbers)}"
        return f"{self.source}:{_range(self.lines)}" if self.lines else self.source


def _range(numbers: Range) -> str:
    first, last = numbers
    return str(first) if first == last else f"{first}-{last}"


@dataclass(frozen=True)
class Highlight(BytePlace):
    """The best sentences of a long answer, in the file of its first citation."""

    text: str


@dataclass(frozen=True)
class Superseded:
    """An older answer that says otherwise."""

    id: str
    citation: Citation
    published: str | None = None


@dataclass(frozen=True)
class Answer:
    """One answer, word for word from its sources."""

    id: str
    kind: str
    document: str
    text: str
    confidence: float
    """The probability that the answer is right, 0 to 1."""
    score: float
    citations: tuple[Citation, ...]
    metadata: Metadata
    question: str | None = None
    """The stored question, where the answer has one."""
    highlight: Highlight | None = None
    part: str | None = None
    """The words of the question that this answers, where two things were asked at once."""
    supersedes: tuple[Superseded, ...] = ()
    superseded_by: str | None = None


@dataclass(frozen=True)
class Correction:
    """A word of the question that the corpus does not know so."""

    word: str
    taken_for: tuple[str, ...]


@dataclass(frozen=True)
class Reply:
    """The answer to a question, or an honest "no answer"."""

    question: str
    answered: bool
    answers: tuple[Answer, ...]
    """The answers, best first; empty when not answered."""
    suggestions: tuple[str, ...] = ()
    """The nearest questions, when not answered."""
    corrections: tuple[Correction, ...] = ()
    carried: tuple[str, ...] = ()
    """Words of earlier turns with which the question was read."""
    took_ms: float = 0.0
    explanation: Mapping[str, Any] | None = None

    @property
    def best(self) -> Answer | None:
        """The first answer."""
        return self.answers[0] if self.answers else None

    @property
    def text(self) -> str | None:
        """The words of the first answer."""
        return self.best.text if self.best else None


@dataclass(frozen=True)
class Reason:
    """Why a question of a batch, or a job, failed."""

    code: str
    message: str


@dataclass(frozen=True)
class Failed:
    """A question of a batch that could not be asked, or not in time (`request_timeout`)."""

    question: str
    error: Reason


@dataclass(frozen=True)
class Suggestion:
    """A stored question that fits what has been typed."""

    id: str
    question: str
    matches: tuple[Range, ...] = ()
    """The parts of it that match: code points, end exclusive."""


@dataclass(frozen=True)
class Prompt:
    """A follow-up that a unit offers."""

    text: str
    id: str | None = None


@dataclass(frozen=True)
class Unit(BytePlace, About):
    """Something that can be an answer."""

    id: str
    number: int
    kind: str
    document: str
    source: str
    text: str
    heading: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    metadata: Metadata | None = None
    prompts: tuple[Prompt, ...] = ()


@dataclass(frozen=True)
class UnitPage(Page):
    """Some of the units."""

    units: tuple[Unit, ...]


@dataclass(frozen=True)
class Article(About):
    """One source document."""

    source: str
    units: int
    bytes: int


@dataclass(frozen=True)
class ArticlePage(Page):
    """Some of the articles."""

    articles: tuple[Article, ...]


@dataclass(frozen=True)
class Mark(Place):
    """A cited part of an article's text: code points, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True)
class ArticleUnit(Place):
    """A unit of an article that is shown."""

    id: str
    kind: str
    question: str | None = None


@dataclass(frozen=True)
class ArticleText(About):
    """An article with its text, or the part of a long one around what is marked."""

    source: str
    text: str
    changed: bool
    """Whether the file is another than the one that was indexed."""
    first_line: int | None = None
    """The number of the text's first line in the file."""
    cut: bool = False
    """Whether the text is only a part."""
    marks: tuple[Mark, ...] = ()
    units: tuple[ArticleUnit, ...] = ()


@dataclass(frozen=True)
class Miss:
    """Questions, alike, that were not answered or whose answer was disliked."""

    question: str
    count: int
    unanswered: int
    disliked: int
    questions: tuple[str, ...] = ()
    last: str | None = None
    suggestions: tuple[str, ...] = ()
    """The nearest stored questions; those of the answers where it is answered now."""
    comments: tuple[str, ...] = ()
    right_unit: str | None = None
    answered_now: bool = False


@dataclass(frozen=True)
class MissPage(Page):
    """Some of the misses."""

    misses: tuple[Miss, ...]
    broken: int = 0
    """How many lines of the log cannot be read."""


@dataclass(frozen=True)
class Job:
    """A rebuild of the index."""

    id: str
    state: Literal["queued", "running", "done", "failed"]
    done: int = 0
    total: int = 0
    phase: str | None = None
    file: str | None = None
    """The file that is read."""
    started: str | None = None
    finished: str | None = None
    report: Mapping[str, Any] | None = None
    error: Reason | None = None


@dataclass(frozen=True)
class ContextBlock:
    """A unit in a context."""

    marker: str
    id: str
    tokens: int
    text: str
    confidence: float
    citation: Citation


@dataclass(frozen=True)
class Context:
    """The best units for a question, for an assistant that writes its own words."""

    question: str
    answered: bool
    text: str
    """All blocks, each behind its marker in brackets."""
    tokens: int
    blocks: tuple[ContextBlock, ...] = ()


@dataclass(frozen=True)
class Sentence:
    """A sentence of a written answer, held against the sources that it names."""

    text: str
    start: int
    end: int
    verdict: Literal["verbatim", "covered", "partly", "unsupported", "uncited", "neutral"]
    coverage: float
    markers: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    contradicts: Literal["number", "negation"] | None = None
    """What of the source it contradicts."""
    found_in: str | None = None
    """The marker of a source that it does not name, and that has it."""
    citation: Citation | None = None


@dataclass(frozen=True)
class Verification:
    """Which sentences of a written answer stand in the cited sources."""

    supported: bool
    share: float
    sentences: tuple[Sentence, ...] = ()
