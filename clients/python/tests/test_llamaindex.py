"""The retriever for LlamaIndex."""

from llama_index.core.schema import MetadataMode

from faqt.llamaindex import FaqtRetriever

QUESTION = "How many books may I borrow?"
ANSWER = "You may borrow twelve books at a time. Magazines do not count."


def test_a_node_is_an_answer_with_its_citation(url: str, key: str) -> None:
    (found,) = FaqtRetriever(url, key=key, k=1).retrieve(QUESTION)
    assert found.text == ANSWER
    assert found.score is not None
    assert found.score > 0.9
    about = found.node.metadata
    assert (about["quote"], about["source"], about["lines"]) == (ANSWER, "corpus/library.jsonl", (1, 1))
    assert (about["question"], about["id"]) == (QUESTION, found.node.node_id)
    told = found.node.get_content(MetadataMode.LLM)
    assert ANSWER in told
    assert "https://example.com/library#loans" in told
    assert "bytes" not in told


def test_as_many_nodes_come_as_are_wanted(url: str, key: str) -> None:
    for k in (1, 3, 5):
        nodes = FaqtRetriever(url, key=key, k=k).retrieve(QUESTION)
        assert len({node.node.node_id for node in nodes}) == k
        scores = [node.score or 0.0 for node in nodes]
        assert scores == sorted(scores, reverse=True)


def test_filters_and_a_least_confidence_hold(url: str, key: str) -> None:
    nodes = FaqtRetriever(url, key=key, filter=["branch=south"], k=5).retrieve(QUESTION)
    assert {node.node.metadata["metadata"]["branch"] for node in nodes} == {"south"}
    assert FaqtRetriever(url, key=key, min_confidence=0.9).retrieve("How do I bake sourdough bread?") == []


async def test_asyncio_gets_the_same(url: str, key: str) -> None:
    retriever = FaqtRetriever(url, key=key)
    waited = await retriever.aretrieve(QUESTION)
    assert [node.node.node_id for node in waited] == [node.node.node_id for node in retriever.retrieve(QUESTION)]
