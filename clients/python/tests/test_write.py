"""For assistants that write their own words: a context to write from, and a check of what was written."""

from faqt import AsyncFaqt, Faqt

QUESTION = "How many books may I borrow?"


def test_a_context_stays_within_its_budget(faqt: Faqt) -> None:
    context = faqt.context(QUESTION, budget=60)
    assert context.answered
    assert context.tokens <= 60
    assert context.text.startswith("[1] ")
    first = context.blocks[0]
    assert first.text in context.text
    assert first.citation.source == "corpus/library.jsonl"
    assert len(faqt.context(QUESTION, budget=1000).blocks) > len(context.blocks) - 1


def test_a_written_answer_is_held_against_its_sources(faqt: Faqt) -> None:
    context = faqt.context(QUESTION)
    sources = {block.marker: block.id for block in context.blocks}
    written = "You may borrow twelve books at a time [1]. You may also borrow elephants [1]."
    verification = faqt.verify(written, sources)
    assert not verification.supported
    good, bad = verification.sentences
    assert good.verdict in ("verbatim", "covered")
    assert good.markers == ("1",)
    assert written[good.start : good.end] == good.text
    assert bad.verdict in ("partly", "unsupported")
    assert "elephants" in bad.missing


async def test_asyncio_gets_the_same(faqt: Faqt, async_faqt: AsyncFaqt) -> None:
    context = faqt.context(QUESTION)
    assert await async_faqt.context(QUESTION) == context
    sources = {block.marker: block.id for block in context.blocks}
    assert await async_faqt.verify(context.blocks[0].text, sources) == faqt.verify(context.blocks[0].text, sources)
