"""What is indexed: suggestions, units, articles."""

import pytest

from faqt import ApiError, AsyncFaqt, Faqt

QUESTION = "How many books may I borrow?"


def test_suggestions_fit_what_is_typed(faqt: Faqt) -> None:
    suggestions = faqt.suggest("how many bo", limit=3)
    assert QUESTION in [suggestion.question for suggestion in suggestions]
    assert len(suggestions) <= 3
    first = suggestions[0]
    assert all(0 <= start < end <= len(first.question) for start, end in first.matches)
    assert faqt.unit(first.id).questions


def test_pages_of_units_have_every_unit_once(faqt: Faqt) -> None:
    page = faqt.units(limit=2)
    ids = [unit.id for unit in page.units]
    assert len(ids) == 2
    while page.next:
        page = faqt.units(limit=2, cursor=page.next)
        ids += [unit.id for unit in page.units]
    assert len(ids) == len(set(ids)) == page.total
    north = faqt.units(filter=["branch=north"]).units
    assert {unit.document for unit in north} == {"loan-1", "loan-2"}
    assert {unit.source for unit in faqt.units(source="corpus/ferry.md").units} == {"corpus/ferry.md"}


def test_a_unit_tells_all_that_is_known_of_it(faqt: Faqt) -> None:
    answer = faqt.ask(QUESTION).best
    assert answer is not None
    unit = faqt.unit(answer.id)
    assert (unit.id, unit.kind, unit.text, unit.document) == (answer.id, "qa", answer.text, "loan-1")
    assert unit.questions[0] == QUESTION
    assert unit.lines == answer.citations[0].lines
    assert unit.metadata == answer.metadata
    with pytest.raises(ApiError, match="unit_unknown"):
        faqt.unit("no such unit")


def test_an_article_is_shown_with_what_is_cited(faqt: Faqt) -> None:
    assert "corpus/library.jsonl" in [article.source for article in faqt.articles().articles]
    answer = faqt.ask(QUESTION).best
    assert answer is not None
    citation = answer.citations[0]
    article = faqt.article(citation.source, cited=citation)
    (mark,) = article.marks
    assert article.text[mark.start : mark.end] == citation.quote
    assert mark.lines == citation.lines
    assert not article.changed
    assert answer.id in [unit.id for unit in article.units]
    marked = faqt.article(citation.source, unit=answer.id)
    assert {QUESTION, citation.quote} <= {marked.text[mark.start : mark.end] for mark in marked.marks}


async def test_asyncio_gets_the_same(faqt: Faqt, async_faqt: AsyncFaqt) -> None:
    assert await async_faqt.suggest("how many bo") == faqt.suggest("how many bo")
    assert await async_faqt.units(limit=2) == faqt.units(limit=2)
    assert await async_faqt.articles() == faqt.articles()
    source = "corpus/library.jsonl"
    assert await async_faqt.article(source) == faqt.article(source)
    unit_id = faqt.units().units[0].id
    assert await async_faqt.unit(unit_id) == faqt.unit(unit_id)
