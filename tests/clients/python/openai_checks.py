"""Asks a running server with the package `openai`: openai_checks.py URL KEY CORPUS."""

import asyncio
import sys
from pathlib import Path

import openai
from openai import AsyncOpenAI, OpenAI

url, key, corpus = sys.argv[1], sys.argv[2], Path(sys.argv[3])
ABOUT = "How many steps does the tower have?"
NOTHING = "How do I bake sourdough bread?"


def client(**options):
    return OpenAI(base_url=f"{url}/v1", api_key=key, max_retries=0, **options)


def proved(text, annotation, proof):
    """The cited part of the text stands in its file, at the bytes and lines that are given."""
    citation = proof["citation"]
    quote = text[annotation.start_index : annotation.end_index]
    assert quote and quote == citation["quote"], (quote, citation)
    assert annotation.url.startswith("http") and annotation.title == citation["title"]
    file = corpus.parent.joinpath(citation["source"]).read_bytes()
    start, end = citation["bytes"]
    if citation["source"].endswith(".txt"):
        assert file[start:end].decode().split() == quote.split()
    first, last = citation["lines"]
    assert file[:start].count(b"\n") + 1 == first and file[: end - 1].count(b"\n") + 1 == last


def user(text):
    return {"role": "user", "content": text}


def refuses(kind, ask, **expected):
    try:
        ask()
    except kind as error:
        for name, value in expected.items():
            assert getattr(error, name) == value, (name, getattr(error, name))
        assert error.message and error.request_id
        return
    raise AssertionError(f"no {kind.__name__}")


def chat(client):
    create = client.chat.completions.create
    completion = create(model="faqt", messages=[user(ABOUT)])
    message = completion.choices[0].message
    assert message.content == "The tower has 213 steps and no lift.", message
    assert completion.choices[0].finish_reason == "stop" and completion.model == "faqt"
    assert completion.id != create(model="faqt", messages=[user(ABOUT)]).id
    assert completion.usage.total_tokens == completion.usage.prompt_tokens + completion.usage.completion_tokens > 0
    assert completion.model_extra["faqt"]["answers"][0]["text"] == message.content
    assert completion._request_id
    for annotation in message.annotations:
        assert annotation.type == "url_citation"
        proved(message.content, annotation.url_citation, annotation.model_extra["faqt"])
    assert message.annotations
    parts = [{"type": "text", "text": ABOUT}, {"type": "image_url", "image_url": {"url": "data:image/png;base64,"}}]
    asked = create(model="any", temperature=0.2, user="u", messages=[{"role": "developer", "content": "x"}, user(parts)])
    assert asked.choices[0].message.content == message.content and asked.model == "any"
    return message


def chat_stream(client, whole):
    options = {"model": "faqt", "messages": [user(ABOUT)]}
    usage = {"include_usage": True}
    chunks = list(client.chat.completions.create(**options, stream=True, stream_options=usage))
    assert len({chunk.id for chunk in chunks}) == 1 and chunks[-1].choices == []
    assert chunks[-1].usage.completion_tokens > 0
    deltas = [chunk.choices[0].delta for chunk in chunks[:-1]]
    assert deltas[0].role == "assistant" and chunks[-2].choices[0].finish_reason == "stop"
    assert "".join(delta.content or "" for delta in deltas) == whole.content
    cited = [delta.annotations for delta in deltas if getattr(delta, "annotations", None)]
    assert len(cited) == 1 and [a["url_citation"]["url"] for a in cited[0]] == [
        a.url_citation.url for a in whole.annotations
    ]
    assert len(list(client.chat.completions.create(**options, stream=True))) == len(chunks) - 1
    with client.chat.completions.stream(**options) as stream:
        kinds = [event.type for event in stream]
        final = stream.get_final_completion()
    assert "content.delta" in kinds and final.choices[0].message.content == whole.content
    annotations = final.choices[0].message.annotations
    proved(whole.content, annotations[0].url_citation, annotations[0].model_extra["faqt"])


def polite_no(client):
    message = client.chat.completions.create(model="faqt", messages=[user(NOTHING)]).choices[0].message
    assert message.content.startswith("I have no answer") and message.annotations == [], message
    german = client.chat.completions.create(model="faqt", messages=[user("Wie backe ich denn ein Brot?")])
    assert german.choices[0].message.content.startswith("Darauf habe ich"), german


def options(client, whole):
    create = client.chat.completions.create
    asked = create(model="faqt", messages=[user("dog")], extra_body={"faqt": {"top": 5, "min_confidence": 0}})
    assert len(asked.model_extra["faqt"]["answers"]) > 3
    filtered = create(model="faqt", messages=[user("ticket")], extra_body={"faqt": {"filter": ["tags=ferry"]}})
    assert all(answer["metadata"]["tags"] for answer in filtered.model_extra["faqt"]["answers"])
    for named in (
        create(model="faqt", messages=[user(ABOUT)], extra_body={"faqt": {"sources": True}}),
        create(model="faqt-sources", messages=[user(ABOUT)]),
    ):
        text = named.choices[0].message.content
        assert text.startswith(whole.content + "\n\nSource: [") and "lighthouse.txt:" in text, text
        cited = named.choices[0].message.annotations[0].url_citation
        assert text[cited.start_index : cited.end_index] == whole.content
    refuses(
        openai.BadRequestError,
        lambda: create(model="faqt", messages=[user("x")], extra_body={"faqt": {"top": 99}}),
        param="faqt.top",
    )


def history(client):
    first, more = user("How many steps does the lighthouse have?"), user("and how high?")
    height = "The gallery is 58 metres"
    create = client.chat.completions.create
    assert "carried" not in create(model="faqt", messages=[more]).model_extra["faqt"]
    answer = create(model="faqt", messages=[first]).choices[0].message
    asked = create(model="faqt", messages=[first, answer, more])
    assert asked.choices[0].message.content.startswith(height), asked.choices[0].message
    assert asked.model_extra["faqt"]["carried"]
    response = client.responses.create(model="faqt", input=[first])
    asked = client.responses.create(model="faqt", input=[first, *response.output, more])
    assert asked.output_text.startswith(height) and asked.model_extra["faqt"]["carried"], asked


def responses(client, whole):
    parts = [{"role": "user", "content": [{"type": "input_text", "text": ABOUT}]}]
    for asked in (ABOUT, [user(ABOUT)], parts):
        response = client.responses.create(model="faqt", input=asked, instructions="Be brief.", store=False)
        assert response.output_text == whole.content and response.status == "completed"
        assert response.usage.total_tokens > 0 and response.model_extra["faqt"]["answered"]
        for annotation in response.output[0].content[0].annotations:
            assert annotation.type == "url_citation"
            proved(response.output_text, annotation, annotation.model_extra["faqt"])
        assert response.output[0].content[0].annotations


KINDS = [
    "response.created",
    "response.in_progress",
    "response.output_item.added",
    "response.content_part.added",
    "response.output_text.delta",
    "response.output_text.annotation.added",
    "response.output_text.done",
    "response.content_part.done",
    "response.output_item.done",
    "response.completed",
]


def responses_stream(client, whole):
    events = list(client.responses.create(model="faqt", input=ABOUT, stream=True))
    assert [event.sequence_number for event in events] == list(range(len(events)))
    assert list(dict.fromkeys(event.type for event in events)) == KINDS
    assert "".join(e.delta for e in events if e.type == "response.output_text.delta") == whole.content
    assert events[-1].response.id == events[0].response.id
    with client.responses.stream(model="faqt", input=ABOUT) as stream:
        for _ in stream:
            pass
        final = stream.get_final_response()
    assert final.output_text == whole.content
    annotation = final.output[0].content[0].annotations[0]
    proved(whole.content, annotation, annotation.model_extra["faqt"])


def models(client):
    listed = {model.id: model for model in client.models.list()}
    assert set(listed) == {"faqt", "faqt-sources"}
    assert client.models.retrieve("faqt") == listed["faqt"] and listed["faqt"].owned_by == "faqt"
    refuses(openai.NotFoundError, lambda: client.models.retrieve("gpt"), code="model_not_found", param="model")


def errors(client):
    create = client.chat.completions.create
    for messages in ([], [{"role": "system", "content": "x"}], [user(" ")], [user([])]):
        refuses(openai.BadRequestError, lambda: create(model="faqt", messages=messages), param="messages")
        # Before a stream begins, what is wrong is no event of it.
        refuses(
            openai.BadRequestError,
            lambda: create(model="faqt", messages=messages, stream=True),
            type="invalid_request_error",
        )
    refuses(openai.BadRequestError, lambda: create(model="faqt", messages=[user("x" * 20_000)]), code="question_invalid")
    refuses(openai.BadRequestError, lambda: client.responses.create(model="faqt", input=[]), param="input")
    refuses(openai.NotFoundError, lambda: client.responses.retrieve("resp_1"), code="not_found")
    refuses(
        openai.BadRequestError,
        lambda: client.responses.create(model="faqt", input="x", previous_response_id="resp_1"),
        code="previous_response_not_found",
    )
    refuses(openai.NotFoundError, lambda: client.post("/chat/nothing", cast_to=object), code="not_found")
    stranger = OpenAI(base_url=f"{url}/v1", api_key="wrong", max_retries=0)
    refuses(openai.AuthenticationError, lambda: stranger.models.list(), code="key_invalid")


async def at_once():
    client = AsyncOpenAI(base_url=f"{url}/v1", api_key=key)
    asked = [client.chat.completions.create(model="faqt", messages=[user(ABOUT)]) for _ in range(8)]
    replies = await asyncio.gather(*asked)
    assert len({reply.id for reply in replies}) == 8
    assert len({reply.choices[0].message.content for reply in replies}) == 1


for strict in (False, True):
    tried = client(_strict_response_validation=strict)
    whole = chat(tried)
    chat_stream(tried, whole)
    polite_no(tried)
    options(tried, whole)
    history(tried)
    responses(tried, whole)
    responses_stream(tried, whole)
    models(tried)
    errors(tried)
asyncio.run(at_once())
print("all is well")
