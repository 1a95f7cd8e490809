"""Asking, one question and many, with both clients."""

import inspect

import pytest

from faqt import ApiError, AsyncFaqt, Failed, Faqt, Reply, Turn

QUESTION = "How many books may I borrow?"
ANSWER = "You may borrow twelve books at a time. Magazines do not count."


def test_an_answer_comes_with_its_citation(faqt: Faqt) -> None:
    reply = faqt.ask(QUESTION)
    assert reply.answered
    assert reply.text == ANSWER
    assert reply.best is not None
    assert (reply.best.kind, reply.best.question, reply.best.document) == ("qa", QUESTION, "loan-1")
    assert reply.best.metadata == {"audience": ["adults", "children"], "branch": "north"}
    citation = reply.best.citations[0]
    assert citation.quote == ANSWER
    assert citation.url == "https://example.com/library#loans"
    assert (citation.source, citation.lines, citation.heading) == ("corpus/library.jsonl", (1, 1), ("Loans",))
    assert citation.place == "corpus/library.jsonl:1"
    assert citation.bytes is not None


def test_no_answer_is_a_reply(faqt: Faqt) -> None:
    reply = faqt.ask("How do I bake sourdough bread?")
    assert not reply.answered
    assert (reply.text, reply.best, reply.answers) == (None, None, ())


def test_every_option_is_understood(faqt: Faqt) -> None:
    reply = faqt.ask(
        "And how long?",
        top=2,
        filter=["branch=north"],
        min_confidence=0.0,
        history=["What does a library card cost?", Turn(QUESTION, unit=None, answer=ANSWER)],
        explain=True,
        language="en",
    )
    assert len(reply.answers) == 2
    assert {answer.metadata.get("branch") for answer in reply.answers} == {"north"}
    assert reply.explanation is not None
    assert reply.explanation["ranking"]


def test_a_wrong_question_is_an_error_with_its_code(faqt: Faqt) -> None:
    with pytest.raises(ApiError) as caught:
        faqt.ask("?", filter=["no condition"])
    assert (caught.value.status, caught.value.code) == (422, "filter_invalid")
    assert caught.value.detail
    assert caught.value.request_id


def test_a_batch_keeps_the_order_and_what_failed(faqt: Faqt) -> None:
    first, second, third = faqt.batch([QUESTION, " ", "What does a library card cost?"], top=1)
    assert isinstance(first, Reply)
    assert first.text == ANSWER
    assert len(first.answers) == 1
    assert isinstance(second, Failed)
    assert second.error.code == "question_invalid"
    assert isinstance(third, Reply)
    assert third.best is not None
    assert third.best.document == "card-1"


async def test_asyncio_gets_the_same(faqt: Faqt, async_faqt: AsyncFaqt) -> None:
    mine, other = await async_faqt.ask(QUESTION), faqt.ask(QUESTION)
    assert mine.answers == other.answers
    replies = await async_faqt.batch([QUESTION])
    assert [reply.question for reply in replies] == [QUESTION]
    with pytest.raises(ApiError, match="filter_invalid"):
        await async_faqt.ask("?", filter=["no condition"])


def test_a_method_tells_of_itself(faqt: Faqt, async_faqt: AsyncFaqt) -> None:
    for ask in (faqt.ask, async_faqt.ask):
        assert list(inspect.signature(ask).parameters) == ["question", "options"]
        assert "Asks a question" in (inspect.getdoc(ask) or "")
    with pytest.raises(TypeError, match="limits"):
        faqt.suggest("how", limits=3)  # type: ignore[call-arg]
