"""Asks a running server with the package `azure-ai-language-questionanswering`: azure_checks.py URL KEY FOLDER."""

import json
import sys
from pathlib import Path

from azure.ai.language.questionanswering import QuestionAnsweringClient
from azure.ai.language.questionanswering import models as m
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError

url, key, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
client = QuestionAnsweringClient(url, AzureKeyCredential(key))
PROJECT = {"project_name": "faq", "deployment_name": "production"}


def ask(question=None, **options):
    return client.get_answers(question=question, **PROJECT, **options).answers


def none(answers):
    assert [(a.qna_id, a.confidence, a.questions) for a in answers] == [(-1, 0.0, [])], answers


# A question, its answer, and the proof that it stands in its file.
[bank] = ask("Where is the bank?")
assert bank.answer == "In the high street, beside the old town hall.", bank
assert bank.questions == ["Where is the bank?", "Is there a bank in town?"]
assert bank.confidence > 0.9 and bank.qna_id > 0 and bank.source == "corpus/bank.json"
assert bank.metadata["topic"] == "money" and bank.metadata["faqt_quote"] == bank.answer
assert bank.metadata["faqt_url"].startswith(url)
start, end = map(int, bank.metadata["faqt_bytes"].split("-"))
assert folder.joinpath(bank.source).read_bytes()[start:end].decode() == bank.answer
[citation] = json.loads(bank.metadata["faqt_citations"])
assert citation["quote"] == bank.answer and citation["bytes"] == [start, end]

# What may be asked next leads to a unit by its number; a number alone is enough.
[prompt] = bank.dialog.prompts
assert (prompt.display_order, prompt.display_text) == (0, "Opening hours") and not bank.dialog.is_context_only
[hours] = ask(qna_id=prompt.qna_id)
assert hours.answer.startswith("The bank is open from nine to noon.") and hours.confidence == 1.0
assert hours.qna_id == prompt.qna_id
none(ask(qna_id=123456789))

# A conversation goes on from the answer that was given.
context = m.KnowledgeBaseAnswerContext(previous_qna_id=bank.qna_id, previous_question="Where is the bank?")
[going_on] = ask("Opening hours", answer_context=context)
assert going_on.qna_id == hours.qna_id, going_on
context = m.KnowledgeBaseAnswerContext(previous_qna_id=123456789)
assert ask("Where is the bank?", answer_context=context)[0].qna_id == bank.qna_id

# Top, threshold, no answer.
assert len(ask("bank", top=3, confidence_threshold=0)) == 3
assert [a.qna_id for a in ask("Where is the bank?", confidence_threshold=0.95, top=9)] == [bank.qna_id]
none(ask("How do I bake sourdough bread?"))
assert ask("Wie backe ich denn ein Brot?")[0].answer.startswith("Darauf habe ich")

# Filters.
everything = ask("bank", top=20, confidence_threshold=0)


def filtered(metadata=None, joined=None, named=None, between=None):
    pairs = None
    if metadata is not None:
        pairs = m.MetadataFilter(metadata=metadata)
        pairs.logical_operation = joined
    filters = m.QueryFilters(metadata_filter=pairs, source_filter=named, logical_operation=between)
    found = ask("bank", top=20, confidence_threshold=0, filters=filters)
    return sorted({a.metadata.get("topic", a.source) for a in found})


assert filtered([("topic", "money")]) == ["money"]
none(ask("bank", filters=m.QueryFilters(
    metadata_filter=m.MetadataFilter(
        metadata=[("topic", "money"), ("topic", "time")],
        logical_operation="AND",
    )
)))
assert filtered([("topic", "money"), ("topic", "time")], "OR") == ["money", "time"]
assert filtered([("topic", "money"), ("audience", "staff")], "OR") == ["money", "time"]
assert filtered(named=["river.txt"]) == ["corpus/river.txt"]
assert filtered(named=["corpus/river.txt", "corpus/bank.json"]) == ["corpus/river.txt", "money", "time"]
assert filtered([("topic", "money")], None, ["river.txt"], "OR") == ["corpus/river.txt", "money"]
none(ask("bank", filters=m.QueryFilters(
    metadata_filter=m.MetadataFilter(metadata=[("topic", "money")]),
    source_filter=["river.txt"],
    logical_operation="AND",
)))

# Kinds of units.
assert {a.metadata["faqt_kind"] for a in everything} == {"qa", "passage"}
for only in ({"include_unstructured_sources": False}, {"ranker_kind": "QuestionOnly"}):
    answers = ask("bank", top=20, confidence_threshold=0, **only)
    assert {a.metadata["faqt_kind"] for a in answers} == {"qa"}, answers

# Short answers, by code points.
span = m.ShortAnswerOptions(enable=True, confidence_threshold=0.1, top=1)
[hours, *_] = ask("Is the bank open on Sundays?", short_answer_options=span, confidence_threshold=0)
short = hours.short_answer
assert short.text == "It is closed on Sundays and on the day of the 😀 fair.", short
assert hours.answer[short.offset : short.offset + short.length] == short.text
assert ask("Is the bank open on Sundays?", confidence_threshold=0)[0].short_answer is None

# From text.
river = "The Aller is a river. 😀 It rises near Seehausen and flows for 215 kilometres. It ends in the Weser."
texts = [m.TextDocument(id="a", text="Bread is baked from flour, water and salt."), m.TextDocument(id="b", text=river)]
found = client.get_answers_from_text(question="How many kilometres does the Aller flow?", text_documents=texts)
best = found.answers[0]
assert best.id == "b" and 0 < best.confidence <= 1, best
assert river[best.offset : best.offset + best.length] == best.answer
span = best.short_answer
assert "215 kilometres" in span.text and best.answer[span.offset : span.offset + span.length] == span.text
plain = client.get_answers_from_text(question="What is bread baked from?", text_documents=[texts[0].text], language="en")
assert plain.answers[0].id == "0" and "flour" in plain.answers[0].answer, plain.answers
[nothing] = client.get_answers_from_text(question="Who won the cup?", text_documents=texts).answers
assert (nothing.id, nothing.confidence) == ("-1", 0.0), nothing


def refuses(kind, status, call, part):
    try:
        call()
    except kind as error:
        assert error.status_code == status and error.error.code and part in error.error.message, error.error
        return
    raise AssertionError(f"no {kind.__name__}")


refuses(HttpResponseError, 400, lambda: ask(" "), "empty")
refuses(HttpResponseError, 400, lambda: ask("x", confidence_threshold=2), "between 0 and 1")
refuses(HttpResponseError, 400, lambda: ask("x", top=0), "1 or more")
many = ["x"] * 6
refuses(HttpResponseError, 400, lambda: client.get_answers_from_text(question="x", text_documents=many), "1 to 5")
long = ["x" * 125_001]
refuses(HttpResponseError, 400, lambda: client.get_answers_from_text(question="x", text_documents=long), "125000")
stranger = QuestionAnsweringClient(url, AzureKeyCredential("wrong"))
refuses(ClientAuthenticationError, 401, lambda: stranger.get_answers(question="x", **PROJECT), "not known")
print("all is well")
