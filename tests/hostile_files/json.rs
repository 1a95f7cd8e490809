//! JSON and JSON Lines in every shape that is read.

use super::{
    escapes::{bold, html, json, paragraphs},
    text::{MARKS, Pair, Taste, WHITE},
    writer::{Fate, Kept, RowWriter, Writer},
};
use crate::harness::Numbers;

/// JSON can hold whatever there is.
pub const ALL: Taste = Taste { marks: MARKS, spaces: WHITE, scripts: true, controls: true, others: true };
/// There is no Markdown in it by accident.
const NO_MARKDOWN: &[&str] =
    &["\"", "'", ",", ";", "|", "_", "\\", "<5", "<", ">", "&", "{", "}", "(", ")", "%", "/", ":"];
const QUIET: Taste = Taste { marks: NO_MARKDOWN, ..ALL };
/// What HTML can hold has no control characters.
const TAGGED: Taste = Taste { controls: false, ..ALL };

type Shape = (&'static str, Taste, fn(&mut Writer, Vec<Pair>));

const ONE: Taste = Taste { others: false, ..ALL };

/// Every shape with the pairs that it can hold.
pub const SHAPES: &[Shape] = &[
    ("json/own", ALL, own),
    ("json/list", ALL, list),
    ("json/html", TAGGED, html_answers),
    ("json/foreign", ALL, foreign),
    ("json/map", ONE, map),
    ("json/faqpage", ONE, faqpage),
    ("json/graph", Taste { controls: false, ..ONE }, graph),
    ("json/qnabot", ALL, qnabot),
    ("json/qnabot-markdown", Taste { controls: false, spaces: super::text::SPACES, ..ALL }, qnabot_markdown),
    ("json/kendra", ONE, kendra),
    ("json/azure", QUIET, azure),
    ("json/qna-maker", QUIET, qna_maker),
    ("json/create", Taste { controls: false, spaces: super::text::SPACES, ..QUIET }, create),
    ("json/rasa", ALL, rasa),
    ("json/dialogflow-es", ALL, dialogflow_es),
    ("json/dialogflow-usersays", ALL, dialogflow_usersays),
    ("json/dialogflow-cx", ALL, dialogflow_cx),
    ("json/zendesk", Taste { others: false, ..TAGGED }, zendesk),
    ("json/intercom", Taste { others: false, ..TAGGED }, intercom),
    ("jsonl/own", ALL, lines),
    ("jsonl/foreign", ALL, foreign_lines),
];

pub fn file(shape: &Shape, numbers: Numbers, pairs: Vec<Pair>) -> Writer {
    let extension = shape.0.split('/').next().unwrap();
    let kept = match shape.0 {
        "json/html" | "json/graph" | "json/qnabot-markdown" | "json/create" | "json/zendesk" | "json/intercom" => {
            Kept::Folded
        }
        _ => Kept::Exactly,
    };
    let mut file = Writer::new(&format!("{}.{extension}", shape.0), kept, numbers, json);
    shape.2(&mut file, pairs);
    file
}

/// `open`, the rows, `close`.
fn wrapped(file: &mut Writer, pairs: Vec<Pair>, open: &str, close: &str, row: impl Fn(&mut RowWriter<'_>)) {
    let between = [",\n", ", ", "\n,\n  "][file.numbers.below(3)];
    file.put(open);
    file.rows(pairs, between, row);
    file.put(close);
}

fn pair_row(row: &mut RowWriter<'_>) {
    row.put("{\"question\": ");
    row.question();
    row.put(", \"alternates\": [");
    row.others("", ", ", "");
    row.put("],\n    \"answer\": ");
    row.answer();
    row.put("}");
}

fn own(file: &mut Writer, pairs: Vec<Pair>) {
    wrapped(file, pairs, "{\"title\": \"x\", \"faq\": [\n", "\n]}\n", pair_row);
}

/// A list at the top, some of its rows broken.
fn list(file: &mut Writer, pairs: Vec<Pair>) {
    file.put("[\n");
    for (at, pair) in pairs.into_iter().enumerate() {
        if at > 0 {
            file.put(",\n");
        }
        match file.numbers.below(3) {
            0 => broken(file, pair),
            _ => file.row(pair, Fate::Found, pair_row),
        }
    }
    file.put("\n]\n");
}

/// A row of one line that cannot be read.
fn broken(file: &mut Writer, pair: Pair) {
    let kind = file.numbers.below(8);
    file.row(pair, Fate::Broken, |row| {
        row.put("{\"question\": ");
        row.question();
        row.put(match kind {
            0 => "}",
            1 => ", \"answer\": \"  \\n\"}",
            2 => ", \"answer\": \"a \\ud800 b\"}",
            3 => ", \"question\": \"x?\", \"answer\": \"twice\"}",
            4 => ", \"answer\": }",
            5 => ", \"answer\": 5}",
            6 => ", \"answer\": \"a\", \"date\": \"soon\"}",
            _ => " \"answer\": \"no comma\"}",
        });
    });
}

fn html_answers(file: &mut Writer, pairs: Vec<Pair>) {
    wrapped(file, pairs, "[", "]", |row| {
        row.put("{\"answer\": ");
        row.answer_as(paragraphs);
        row.put(", \"alternates\": [");
        row.others("", ", ", "");
        row.put("], \"question\": ");
        row.question();
        row.put("}");
    });
    question_first(file);
}

/// The question goes before its alternates, wherever it was written.
fn question_first(file: &mut Writer) {
    for row in &mut file.rows {
        row.asked.rotate_right(1);
    }
}

fn foreign(file: &mut Writer, pairs: Vec<Pair>) {
    let (asks, others, answers) =
        [("frage", "varianten", "antwort"), ("q", "utterances", "a"), ("pregunta", "variantes", "respuesta")]
            [file.numbers.below(3)];
    wrapped(file, pairs, "{\"x\": {\"items\": [", "]}}", |row| {
        row.put(&format!("{{\"{asks}\": "));
        row.question();
        row.put(&format!(", \"{others}\":\n["));
        row.others("", ",", "");
        row.put(&format!("], \"views\": 3, \"{answers}\" : "));
        row.answer();
        row.put("}");
    });
}

fn map(file: &mut Writer, pairs: Vec<Pair>) {
    wrapped(file, pairs, "{\n", "\n}\n", |row| {
        row.question();
        row.put(": ");
        row.answer();
    });
}

fn schema_row(row: &mut RowWriter<'_>) {
    row.put("{\"@type\": \"Question\", \"name\": ");
    row.question();
    row.put(", \"acceptedAnswer\": {\"@type\": \"Answer\", \"text\": ");
    row.answer();
    row.put("}}");
}

fn faqpage(file: &mut Writer, pairs: Vec<Pair>) {
    let open = "{\"@context\": \"https://schema.org\", \"@type\": \"FAQPage\", \"mainEntity\": [";
    wrapped(file, pairs, open, "]}", schema_row);
}

fn graph(file: &mut Writer, pairs: Vec<Pair>) {
    let open = "{\"@graph\": [{\"@type\": \"WebPage\"}, {\"@type\": \"QAPage\", \"mainEntity\": [\n";
    wrapped(file, pairs, open, "\n]}]}", |row| {
        row.put("{\"@type\": \"Question\", \"name\": ");
        row.question();
        row.put(", \"acceptedAnswer\": {\"@type\": \"Answer\", \"text\": ");
        row.answer_as(paragraphs);
        row.put("}}");
    });
}

fn qnabot(file: &mut Writer, pairs: Vec<Pair>) {
    wrapped(file, pairs, "{\"qna\": [\n", "\n]}\n", |row| {
        row.put("{\"qid\": \"x\", \"q\": [");
        row.all("", ", ", "");
        row.put("], \"t\": \"\", \"args\": [], \"a\": ");
        row.answer();
        row.put(", \"alt\": {\"markdown\": \"\", \"ssml\": \"\"}, \"r\": {\"title\": \"\", \"imageUrl\": \"\"}}");
    });
}

fn qnabot_markdown(file: &mut Writer, pairs: Vec<Pair>) {
    wrapped(file, pairs, "{\"qna\": [\n", "\n]}\n", |row| {
        row.put("{\"qid\": \"x\", \"a\": \"spoken\", \"q\": [");
        row.all("", ", ", "");
        row.put("], \"alt\": {\"markdown\": ");
        row.answer_as(bold);
        row.put("}}");
    });
}

fn kendra(file: &mut Writer, pairs: Vec<Pair>) {
    wrapped(file, pairs, "{\"SchemaVersion\": 1, \"FaqDocuments\": [", "]}", |row| {
        row.put("{\"Question\": ");
        row.question();
        row.put(", \"Answer\": ");
        row.answer();
        row.put(", \"Attributes\": {\"_category\": \"c\"}}");
    });
}

fn azure(file: &mut Writer, pairs: Vec<Pair>) {
    wrapped(file, pairs, "{\"Assets\": {\"Qnas\": [", "], \"Synonyms\": []}}", |row| {
        row.put("{\"Id\": 7, \"Answer\": ");
        row.answer();
        row.put(", \"Questions\": [");
        row.all("", ", ", "");
        row.put("], \"Metadata\": {}, \"Dialog\": {\"IsContextOnly\": false, \"Prompts\": []}}");
    });
}

fn qna_maker(file: &mut Writer, pairs: Vec<Pair>) {
    wrapped(file, pairs, "{\"qnaDocuments\": [\n  ", "\n]}", |row| {
        row.put("{\"id\": 1, \"answer\": ");
        row.answer();
        row.put(", \"source\": \"Editorial\", \"questions\": [\n");
        row.all("    ", ",\n", "");
        row.put("\n  ], \"metadata\": []}");
    });
}

fn create(file: &mut Writer, pairs: Vec<Pair>) {
    wrapped(file, pairs, "{\"name\": \"x\", \"qnaList\": [", "]}", |row| {
        row.put("{\"id\": 0, \"answer\": ");
        row.answer_as(bold);
        row.put(", \"source\": \"Custom\", \"questions\": [");
        row.all("", ", ", "");
        row.put("], \"metadata\": []}");
    });
}

/// Examples in one place, responses in another.
fn rasa(file: &mut Writer, pairs: Vec<Pair>) {
    file.put("{\"rasa_nlu_data\": {\"common_examples\": [\n");
    for (at, pair) in pairs.into_iter().enumerate() {
        file.put(if at > 0 { ",\n" } else { "" });
        file.row(pair, Fate::Found, |row| {
            row.all("{\"text\": ", ",\n", &format!(", \"intent\": \"faq/{at}\", \"entities\": []}}"));
        });
    }
    file.put("\n]}, \"responses\": {\n");
    for at in 0..file.rows.len() {
        file.put(&format!("{}\"utter_faq/{at}\": [{{\"text\": ", if at > 0 { ",\n" } else { "" }));
        let answer = file.rows[at].pair.answer.clone();
        file.rows[at].answered = file.value(&answer);
        file.put("}]");
    }
    file.put("}}\n");
}

fn dialogflow_es(file: &mut Writer, pairs: Vec<Pair>) {
    wrapped(file, pairs, "{\"intents\": [", "]}", |row| {
        row.put("{\"displayName\": \"x\", \"trainingPhrases\": [");
        row.all("{\"type\": \"EXAMPLE\", \"parts\": [{\"text\": ", ",\n", "}]}");
        row.put("], \"messages\": [{\"text\": {\"text\": [");
        row.answer();
        row.put("]}}]}");
    });
}

fn dialogflow_usersays(file: &mut Writer, pairs: Vec<Pair>) {
    wrapped(file, pairs, "{\"intents\": [", "]}", |row| {
        row.put("{\"name\": \"x\", \"userSays\": [");
        row.all("{\"data\": [{\"text\": ", ", ", ", \"userDefined\": false}], \"count\": 0}");
        row.put("], \"responses\": [{\"messages\": [{\"type\": 0, \"speech\": ");
        row.answer();
        row.put("}]}]}");
    });
}

/// Phrases with the intents, answers with the routes of flows.
fn dialogflow_cx(file: &mut Writer, pairs: Vec<Pair>) {
    file.put("{\"intents\": [\n");
    for (at, pair) in pairs.into_iter().enumerate() {
        file.put(if at > 0 { ",\n" } else { "" });
        file.row(pair, Fate::Found, |row| {
            row.put(&format!("{{\"name\": \"p/intents/{at}\", \"displayName\": \"faq.{at}\", \"trainingPhrases\": ["));
            row.all("{\"parts\": [{\"text\": ", ",\n", "}], \"repeatCount\": 1}");
            row.put("]}");
        });
    }
    file.put("],\n\"flows\": [{\"displayName\": \"Start\", \"transitionRoutes\": [\n");
    for at in 0..file.rows.len() {
        let comma = if at > 0 { ",\n" } else { "" };
        let before = "\"triggerFulfillment\": {\"messages\": [{\"text\": {\"text\": [";
        file.put(&format!("{comma}{{\"intent\": \"p/intents/{at}\", {before}"));
        let answer = file.rows[at].pair.answer.clone();
        file.rows[at].answered = file.value(&answer);
        file.put("]}}]}}");
    }
    file.put("]}]}\n");
}

fn zendesk(file: &mut Writer, pairs: Vec<Pair>) {
    wrapped(file, pairs, "{\"count\": 1, \"articles\": [", "], \"next_page\": null}", |row| {
        row.put("{\"id\": 360, \"html_url\": \"https://x.example/a\", \"title\": ");
        row.question();
        row.put(", \"draft\": false, \"body\": ");
        row.answer_as(paragraphs);
        row.put("}");
    });
}

fn intercom(file: &mut Writer, pairs: Vec<Pair>) {
    wrapped(file, pairs, "{\"type\": \"list\", \"data\": [", "]}", |row| {
        row.put("{\"type\": \"article\", \"title\": ");
        row.question();
        row.put(", \"body\": ");
        row.answer_as(|numbers, text| format!("<p>{}</p>", html(numbers, text)));
        row.put("}");
    });
}

/// A line each, some of them broken.
fn lines(file: &mut Writer, pairs: Vec<Pair>) {
    for pair in pairs {
        match file.numbers.below(3) {
            0 => broken(file, pair),
            _ => file.row(pair, Fate::Found, |row| {
                row.put("{\"_id\": \"x\", \"question\": ");
                row.question();
                row.put(", \"alternates\": [");
                row.others("", ", ", "");
                row.put("], \"answer\": ");
                row.answer();
                row.put("}");
            }),
        }
        let end = ["\n", "\n", "\r\n", "\n\n", " \n"][file.numbers.below(5)];
        file.put(end);
    }
}

fn foreign_lines(file: &mut Writer, pairs: Vec<Pair>) {
    for pair in pairs {
        file.row(pair, Fate::Found, |row| {
            row.put(" {\"Frage\": ");
            row.question();
            row.put(", \"Varianten\": [");
            row.others("", ", ", "");
            row.put("], \"Antwort\": ");
            row.answer();
            row.put("} ");
        });
        file.put("\n");
    }
}
