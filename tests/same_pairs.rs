//! The same thirty pairs, written in every format that can hold them, give the same units and the same answers.

use faqt::{
    BuildOptions, Engine, Question, Silent, build,
    model::Unit,
    read::{Found, Reading, SourceFile, reader_for},
    split::split,
};
use serde_json::{Value, json};
use std::{fs, path::Path};

/// A question with its answer; each format writes it in its own way.
struct Pair {
    question: String,
    alternates: Vec<String>,
    answer: String,
}

/// Things of a town, what is asked about each, and what is answered. Some answers look like markup and are none.
const THINGS: [(&str, &str, &str); 10] = [
    ("library", "at nine every morning", "It costs 5 * 2 euros, and <5 for children."),
    ("swimming pool", "in May, when the water is warm", "A ticket is four euros; ten of them are \"a tenner\" less."),
    ("town hall", "at eight, from Monday to Friday", "Every form is free, but for the copy_fee_form."),
    ("market", "on Thursdays at seven", "Stalls pay 1,50 euros a metre | visitors pay nothing."),
    ("museum", "at ten; on holidays at noon", "Five euros, or 3,50 € with a student card 🎓."),
    ("bicycle workshop", "every second Saturday", "Tools are lent for nothing; spare parts cost what they cost."),
    ("repair café", "on the first Friday of a month", "Coffee & cake are paid by what you think is right."),
    ("tool shed", "when the warden is in", "A drill is two euros a day, a ladder #3 is one."),
    ("allotment garden", "with the first frost-free week", "The rent is 120 euros a year, water comes on top."),
    ("night bus", "an hour before midnight", "A ride costs the same as by day: 2.40 (two forty)."),
];

fn thirty() -> Vec<Pair> {
    let pair = |question: String, alternates: &[String], answer: String| Pair {
        question,
        alternates: alternates.to_vec(),
        answer,
    };
    let of_thing = |(thing, opens, price): (&str, &str, &str)| {
        [
            pair(
                format!("When does the {thing} open?"),
                &[format!("From when on is the {thing} there for me?"), format!("What are the hours of the {thing}?")],
                format!("The {thing} opens {opens}."),
            ),
            pair(format!("What does the {thing} cost?"), &[format!("How much is the {thing}?")], price.to_owned()),
            pair(
                format!("Who runs the {thing}?"),
                &[],
                format!("The society of the friends of the {thing} runs it, with help from the town."),
            ),
        ]
    };
    THINGS.into_iter().flat_map(of_thing).collect()
}

/// A name of a file, and what it says.
type Written = (&'static str, String);

/// The formats that have no room for alternates.
fn plain_formats(pairs: &[Pair]) -> Vec<Written> {
    let each = |write: &dyn Fn(&str, &str) -> String| {
        pairs.iter().map(|pair| write(&pair.question, &pair.answer)).collect::<String>()
    };
    let plain = |head: &str, question: &str, answer: &str| {
        head.to_owned() + &each(&|q, a| format!("{question}{q}\n{answer}{a}\n\n"))
    };
    let escaped = |head: &str, question: &str, answer: &str| {
        head.to_owned() + &each(&|q, a| format!("{question}{}\n\n{answer}{}\n\n", markdown(q), markdown(a)))
    };
    let members: Vec<String> = pairs
        .iter()
        .map(|pair| format!("{}: {}", Value::from(pair.question.as_str()), Value::from(pair.answer.as_str())))
        .collect();
    let schema = |pair: &Pair| {
        let answer = json!({"@type": "Answer", "text": pair.answer});
        json!({"@type": "Question", "name": pair.question, "acceptedAnswer": answer})
    };
    let kendra = |pair: &Pair| json!({"Question": pair.question, "Answer": pair.answer});
    let schema = json!({"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": list(pairs, &schema)});
    let with_url = |q: &str, a: &str| table(&[q, a, "https://example.com/faq"], ',', "\r\n");
    let with_version = |q: &str, a: &str| table(&[q, a, "1"], ',', "\n");
    vec![
        ("text.txt", plain("The town\nFrequently Asked Questions\n", "Question: ", "")),
        ("labels.txt", plain("The town\n\nFAQ\n\n", "Q: ", "A: ")),
        ("headings.md", escaped("# The town\n\n## FAQ\n\n", "### ", "")),
        ("labels.md", escaped("", "**Q:** ", "**A:** ")),
        ("map.json", format!("{{{}}}", members.join(",\n"))),
        ("faqpage.json", schema.to_string()),
        ("kendra.json", json!({"SchemaVersion": 1, "FaqDocuments": list(pairs, &kendra)}).to_string()),
        ("kendra-basic.csv", each(&with_url)),
        ("kendra.csv", format!("_question,_answer,_version\n{}", each(&with_version))),
        ("dialogflow.csv", each(&|q, a| table(&[q, a], ',', "\n"))),
    ]
}

/// The formats that hold alternates too.
fn full_formats(pairs: &[Pair]) -> Vec<Written> {
    json_formats(pairs).into_iter().chain(table_formats(pairs)).collect()
}

fn json_formats(pairs: &[Pair]) -> Vec<Written> {
    let own = |pair: &Pair| json!({"question": pair.question, "alternates": pair.alternates, "answer": pair.answer});
    let german = |pair: &Pair| json!({"frage": pair.question, "varianten": pair.alternates, "antwort": pair.answer});
    let qnabot = |pair: &Pair| json!({"qid": "x", "q": all(pair), "a": pair.answer, "alt": {"markdown": ""}});
    let marked = |pair: &Pair| json!({"qid": "x", "q": all(pair), "a": "spoken", "alt": {"markdown": pair.answer}});
    let qna = |pair: &Pair| {
        let (asked, nothing) = (all(pair), Value::Array(Vec::new()));
        json!({"id": 1, "answer": pair.answer, "questions": asked, "source": "Editorial", "metadata": nothing})
    };
    let azure = |pair: &Pair| {
        let dialog = json!({"IsContextOnly": false, "Prompts": []});
        json!({"Id": 1, "Answer": pair.answer, "Questions": all(pair), "Metadata": {}, "Dialog": dialog})
    };
    let intent = |pair: &Pair| {
        let phrases: Vec<Value> = all(pair).into_iter().map(|text| json!({"parts": [{"text": text}]})).collect();
        let messages = json!([{"text": {"text": [pair.answer]}}]);
        json!({"displayName": pair.question, "trainingPhrases": phrases, "messages": messages})
    };
    let lines = pairs.iter().map(|pair| format!("{}\n", own(pair)));
    vec![
        ("own.jsonl", lines.collect()),
        ("own.json", serde_json::to_string_pretty(&json!({"faq": list(pairs, &own)})).unwrap()),
        ("list.json", json!(list(pairs, &own)).to_string()),
        ("german.json", json!(list(pairs, &german)).to_string()),
        ("qnabot.json", json!({"qna": list(pairs, &qnabot)}).to_string()),
        ("qnabot-markdown.json", json!({"qna": list(pairs, &marked)}).to_string()),
        ("qna-maker.json", json!({"qnaDocuments": list(pairs, &qna)}).to_string()),
        ("create.json", json!({"name": "town", "qnaList": list(pairs, &qna)}).to_string()),
        ("azure.json", json!({"Assets": {"Qnas": list(pairs, &azure)}}).to_string()),
        ("rasa.json", rasa(pairs)),
        ("dialogflow.json", json!({"intents": list(pairs, &intent)}).to_string()),
    ]
}

fn rasa(pairs: &[Pair]) -> String {
    let examples = pairs.iter().enumerate().flat_map(|(at, pair)| {
        all(pair).into_iter().map(move |text| json!({"text": text, "intent": format!("faq/{at}"), "entities": []}))
    });
    let examples: Vec<Value> = examples.collect();
    let responses = pairs.iter().enumerate();
    let responses: serde_json::Map<_, _> =
        responses.map(|(at, pair)| (format!("utter_faq/{at}"), json!([{"text": pair.answer}]))).collect();
    json!({"rasa_nlu_data": {"common_examples": examples}, "responses": responses}).to_string()
}

fn table_formats(pairs: &[Pair]) -> Vec<Written> {
    let rows = |head: &str, between: &str, delimiter: char, end: &str| {
        let row = |pair: &Pair| table(&[&pair.question, &pair.alternates.join(between), &pair.answer], delimiter, end);
        head.to_owned() + end + &pairs.iter().map(row).collect::<String>()
    };
    let mut qna_maker =
        "Question\tAnswer\tSource\tMetadata\tSuggestedQuestions\tIsContextOnly\tPrompts\tQnaId\n".to_owned();
    for (at, pair) in pairs.iter().enumerate() {
        for question in all(pair) {
            qna_maker += &format!("{question}\t{}\tEditorial\t\t[]\tFalse\t[]\t{}\n", pair.answer, at + 1);
        }
    }
    vec![
        ("table.csv", rows("question,alternates,answer", "\n", ',', "\r\n")),
        ("semicolons.csv", rows("\u{feff}Frage;Alternativen;Antwort", "|", ';', "\n")),
        ("table.tsv", rows("Question\tAlternates\tAnswer", ";;", '\t', "\n")),
        ("qna-maker.tsv", qna_maker),
    ]
}

/// The question and its alternates.
fn all(pair: &Pair) -> Vec<String> {
    [std::slice::from_ref(&pair.question), &pair.alternates].concat()
}

fn list(pairs: &[Pair], write: &dyn Fn(&Pair) -> Value) -> Vec<Value> {
    pairs.iter().map(write).collect()
}

fn markdown(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        if matches!(letter, '*' | '_' | '<' | '&' | '#' | '\\' | '|') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

fn table(cells: &[&str], delimiter: char, end: &str) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
    cells.join(&delimiter.to_string()) + end
}

fn units(path: &Path) -> Vec<Unit> {
    let file = SourceFile { path: path.to_owned(), source: "x".to_owned(), size: fs::metadata(path).unwrap().len() };
    let (reading, mut units) = (Reading::default(), Vec::new());
    let mut sink = |found| {
        match found {
            Found::Article(article) => units.extend(split(&article, &reading.sections)),
            Found::Skipped(note) | Found::Warning(note) | Found::Nothing(note) => {
                panic!("{}: {note:?}", path.display())
            }
            Found::Recognised(_) => {}
        }
        Ok(())
    };
    reader_for(&file).unwrap().read(&file, &reading, &mut sink).unwrap();
    units
}

/// Kind, questions and answer of every unit.
fn said(units: &[Unit]) -> Vec<(String, Vec<String>, String)> {
    let of_unit = |unit: &Unit| {
        let asked = unit.phrasings.iter().map(|phrasing| phrasing.plain().to_owned()).collect();
        (unit.kind.name().to_owned(), asked, unit.text.plain().to_owned())
    };
    let mut said: Vec<_> = units.iter().map(of_unit).collect();
    // A map has the order of its keys.
    said.sort();
    said
}

fn answer(index: &Path, question: &str) -> (bool, Option<String>, String) {
    let reply = Engine::open(index).unwrap().ask(&Question::new(question)).unwrap();
    let first = reply.answers.first().map(|answer| (answer.question.clone(), answer.text.clone())).unwrap_or_default();
    (reply.answered, first.0, first.1)
}

/// A pair on a page, with others above it.
#[cfg(feature = "documents")]
fn drawn((above, pair): (u32, &Pair)) -> [crate::office::Drawn<'_>; 2] {
    let line = |size, below, text| crate::office::Drawn { size, at: (50, 760 - 50 * above - below), text };
    [line(14, 0, pair.question.as_str()), line(10, 16, pair.answer.as_str())]
}

/// The documents that are no text, and hold no alternates.
#[cfg(feature = "documents")]
fn documents(pairs: &[Pair]) -> Vec<(&'static str, Vec<u8>)> {
    use crate::office::{Drawn, docx, epub, escaped, odt, pdf, word};
    let each = |write: &dyn Fn(&str, &str) -> String| {
        pairs.iter().map(|pair| write(&pair.question, &pair.answer)).collect::<String>()
    };
    let bold = |text: &str| format!("<text:p><text:span text:style-name=\"T1\">{}</text:span></text:p>", escaped(text));
    let heading = |level: u8, text: &str| format!("<text:h text:outline-level=\"{level}\">{text}</text:h>");
    let mut pages: Vec<Vec<Drawn<'_>>> =
        pairs.chunks(10).map(|page| (0..).zip(page).flat_map(drawn).collect()).collect();
    pages.insert(
        0,
        vec![Drawn { size: 24, at: (50, 700), text: "The town" }, Drawn { size: 18, at: (50, 650), text: "FAQ" }],
    );
    let labels = each(&|q, a| format!("<p><b>Q:</b> {}</p><p><b>A:</b> {}</p>", escaped(q), escaped(a)));
    vec![
        (
            "headings.docx",
            docx(
                &(word("Title", "The town")
                    + &word("Heading1", "FAQ")
                    + &each(&|q, a| word("Berschrift2", q) + &word("Normal", a))),
            ),
        ),
        ("labels.docx", docx(&each(&|q, a| word("Fett", &format!("Question: {q}")) + &word("Normal", a)))),
        ("bold.odt", odt(&(heading(1, "FAQ") + &each(&|q, a| bold(q) + &format!("<text:p>{}</text:p>", escaped(a)))))),
        (
            "labels.epub",
            epub("The town", &[("a.xhtml", "<h1>The town</h1>"), ("b.xhtml", &format!("<h1>FAQ</h1>{labels}"))]),
        ),
        ("sizes.pdf", pdf("The town", &pages)),
    ]
}

#[test]
fn every_format_gives_the_same_units_and_answers() {
    let pairs = thirty();
    assert_eq!(pairs.len(), 30);
    let folder = tempfile::tempdir().unwrap();
    let mut expected = Vec::new();
    for pair in &pairs {
        let asked = [std::slice::from_ref(&pair.question), &pair.alternates].concat();
        expected.push(("qa".to_owned(), asked, pair.answer.clone()));
    }
    expected.sort();
    let bytes = |(name, text): Written| (name, text.into_bytes());
    let mut plain: Vec<_> = plain_formats(&pairs).into_iter().map(bytes).collect();
    #[cfg(feature = "documents")]
    plain.extend(documents(&pairs));
    let formats = plain.into_iter().map(|written| (written, false));
    let full = full_formats(&pairs).into_iter().map(|written| (bytes(written), true));
    for ((name, text), alternates) in formats.chain(full) {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        let mut expected = expected.clone();
        if !alternates {
            for (_, asked, _) in &mut expected {
                asked.truncate(1);
            }
        }
        assert_eq!(said(&units(&path)), expected, "{name}");
        let index = folder.path().join("index");
        let mut options = BuildOptions::new(&path, &index);
        options.rebuild = true;
        build(&options, &Silent).unwrap();
        for pair in &pairs {
            let found = answer(&index, &pair.question);
            assert_eq!(found, (true, Some(pair.question.clone()), pair.answer.clone()), "{name}");
            for other in pair.alternates.iter().filter(|_| alternates) {
                assert_eq!(answer(&index, other).2, pair.answer, "{name}: {other}");
            }
        }
    }
}
