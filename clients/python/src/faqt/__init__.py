"""Client of faqt, the FAQ question-answering engine.

>>> from faqt import Faqt
>>> with Faqt("http://127.0.0.1:8080") as faqt:  # doctest: +SKIP
...     print(faqt.ask("How many books may I borrow?").text)
"""

from .client import AsyncFaqt, Faqt
from .errors import ApiError, FaqtError, ReplyError, UnreachableError
from .models import (
    Answer,
    Article,
    ArticlePage,
    ArticleText,
    ArticleUnit,
    Citation,
    Context,
    ContextBlock,
    Correction,
    Failed,
    Highlight,
    Job,
    Mark,
    Miss,
    MissPage,
    Prompt,
    Reason,
    Reply,
    Sentence,
    Suggestion,
    Superseded,
    Unit,
    UnitPage,
    Verification,
)
from .options import AskOptions, ContextOptions, Turn

__all__ = [
    "Answer",
    "ApiError",
    "Article",
    "ArticlePage",
    "ArticleText",
    "ArticleUnit",
    "AskOptions",
    "AsyncFaqt",
    "Citation",
    "Context",
    "ContextBlock",
    "ContextOptions",
    "Correction",
    "Failed",
    "Faqt",
    "FaqtError",
    "Highlight",
    "Job",
    "Mark",
    "Miss",
    "MissPage",
    "Prompt",
    "Reason",
    "Reply",
    "ReplyError",
    "Sentence",
    "Suggestion",
    "Superseded",
    "Turn",
    "Unit",
    "UnitPage",
    "UnreachableError",
    "Verification",
]
