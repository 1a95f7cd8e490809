"""What a server learns of its answers, and how its index is made anew."""

import time

import pytest

from faqt import ApiError, AsyncFaqt, Faqt

UNANSWERED = "How do I bake sourdough bread?"
STATES = ("queued", "running")


def test_feedback_leads_to_misses(faqt: Faqt, admin: Faqt) -> None:
    unit = faqt.units().units[0]
    assert faqt.feedback(UNANSWERED, "wrong", right_unit=unit.id, comment="it is in the book")
    for _ in range(100):
        misses = [miss for miss in admin.misses().misses if UNANSWERED in (miss.question, *miss.questions)]
        if misses:
            break
        time.sleep(0.1)
    (miss,) = misses
    assert miss.count >= 1
    assert miss.disliked >= 1
    assert miss.right_unit == unit.id
    assert UNANSWERED in admin.export_misses("queries")
    assert admin.export_misses("qrels")


def test_misses_are_for_administrators(faqt: Faqt) -> None:
    with pytest.raises(ApiError) as caught:
        faqt.misses()
    assert caught.value.status == 403
    with pytest.raises(ApiError):
        faqt.reindex()


def test_a_job_ends(admin: Faqt) -> None:
    job = admin.reindex(rebuild=True)
    for _ in range(300):
        job = admin.job(job.id)
        if job.state not in STATES:
            break
        time.sleep(0.1)
    assert job.state == "done"
    assert job.finished


async def test_asyncio_can_too(async_faqt: AsyncFaqt, url: str, admin_key: str) -> None:
    assert await async_faqt.feedback("How many books may I borrow?", "right")
    async with AsyncFaqt(url, key=admin_key) as admin:
        assert (await admin.misses(limit=1)).total >= 0
        assert isinstance(await admin.export_misses("queries"), str)
        job = await admin.reindex()
        assert (await admin.job(job.id)).id == job.id
