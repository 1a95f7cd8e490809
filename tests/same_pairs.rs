//! The same thirty pairs, written in every format that can hold them, give the same units and the same answers.

use faqt::{
    BuildOptions, Engine, Question, Silent, build,
    model::Unit,
    read::{Found, Reading, SourceFile, reader_for},
    split::split,
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fs, path::Path};

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
    let each = |write: &dyn Fn(&Pair) -> String| pairs.iter().map(write).collect::<String>();
    let map: BTreeMap<&str, &str> = pairs.iter().map(|pair| (pair.question.as_str(), pair.answer.as_str())).collect();
    assert_eq!(map.len(), pairs.len());
    let ordered: Vec<String> =
        pairs.iter().map(|pair| format!("{}: {}", quoted(&pair.question), quoted(&pair.answer))).collect();
    vec![
        ("text.txt", format!("The town\nFrequently Asked Questions\n{}", each(&|pair| format!("Question: {}\n{}\n", pair.question, pair.answer)))),
        ("labels.txt", format!("The town\n\nFAQ\n\n{}", each(&|pair| format!("Q: {}\nA: {}\n\n", pair.question, pair.answer)))),
        ("headings.md", format!("# The town\n\n## FAQ\n\n{}", each(&|pair| format!("### {}\n\n{}\n\n", markdown(&pair.question), markdown(&pair.answer))))),
        ("labels.md", each(&|pair| format!("**Q:** {}\n\n**A:** {}\n\n", markdown(&pair.question), markdown(&pair.answer)))),
        ("map.json", format!("{{{}}}", ordered.join(",\n"))),
        ("faqpage.json", json!({"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": list(pairs, &|pair| {
            json!({"@type": "Question", "name": pair.question, "acceptedAnswer": {"@type": "Answer", "text": pair.answer}})
        })}).to_string()),
        ("kendra.json", json!({"SchemaVersion": 1, "FaqDocuments": list(pairs, &|pair| {
            json!({"Question": pair.question, "Answer": pair.answer})
        })}).to_string()),
        ("kendra-basic.csv", each(&|pair| table(&[&pair.question, &pair.answer, "https://example.com/faq"], ',', "\r\n"))),
        ("kendra.csv", format!("_question,_answer,_version\n{}", each(&|pair| table(&[&pair.question, &pair.answer, "1"], ',', "\n")))),
        ("dialogflow.csv", each(&|pair| table(&[&pair.question, &pair.answer], ',', "\n"))),
    ]
}

/// The formats that hold alternates too.
fn full_formats(pairs: &[Pair]) -> Vec<Written> {
    let own = |pair: &Pair| json!({"question": pair.question, "alternates": pair.alternates, "answer": pair.answer});
    let all = |pair: &Pair| [std::slice::from_ref(&pair.question), &pair.alternates].concat();
    let each = |write: &dyn Fn(usize, &Pair) -> String| {
        pairs.iter().enumerate().map(|(at, pair)| write(at, pair)).collect::<String>()
    };
    let qna = |pair: &Pair| json!({"id": 1, "answer": pair.answer, "questions": all(pair), "source": "Editorial", "metadata": []});
    let azure = |pair: &Pair| json!({"Id": 1, "Answer": pair.answer, "Questions": all(pair), "Metadata": {}, "Dialog": {"Prompts": []}});
    let examples = pairs.iter().enumerate().flat_map(|(at, pair)| {
        all(pair).into_iter().map(move |text| json!({"text": text, "intent": format!("faq/{at}"), "entities": []}))
    });
    let responses =
        pairs.iter().enumerate().map(|(at, pair)| (format!("utter_faq/{at}"), json!([{"text": pair.answer}])));
    let intent = |pair: &Pair| {
        let phrases: Vec<Value> = all(pair).into_iter().map(|text| json!({"parts": [{"text": text}]})).collect();
        json!({"displayName": pair.question, "trainingPhrases": phrases, "messages": [{"text": {"text": [pair.answer]}}]})
    };
    vec![
        ("own.jsonl", each(&|_, pair| format!("{}\n", own(pair)))),
        ("own.json", serde_json::to_string_pretty(&json!({"faq": list(pairs, &own)})).unwrap()),
        ("list.json", json!(list(pairs, &own)).to_string()),
        ("german.json", json!(list(pairs, &|pair| json!({"frage": pair.question, "varianten": pair.alternates, "antwort": pair.answer}))).to_string()),
        ("qnabot.json", json!({"qna": list(pairs, &|pair| json!({"qid": "x", "q": all(pair), "a": pair.answer, "alt": {"markdown": ""}}))}).to_string()),
        ("qnabot-markdown.json", json!({"qna": list(pairs, &|pair| json!({"qid": "x", "q": all(pair), "a": "spoken", "alt": {"markdown": pair.answer}}))}).to_string()),
        ("qna-maker.json", json!({"qnaDocuments": list(pairs, &qna)}).to_string()),
        ("create.json", json!({"name": "town", "qnaList": list(pairs, &qna)}).to_string()),
        ("azure.json", json!({"Assets": {"Qnas": list(pairs, &azure)}}).to_string()),
        ("rasa.json", json!({"rasa_nlu_data": {"common_examples": examples.collect::<Vec<_>>()}, "responses": responses.collect::<serde_json::Map<_, _>>()}).to_string()),
        ("dialogflow.json", json!({"intents": list(pairs, &intent)}).to_string()),
        ("table.csv", format!("question,alternates,answer\r\n{}", each(&|_, pair| table(&[&pair.question, &pair.alternates.join("\n"), &pair.answer], ',', "\r\n")))),
        ("semicolons.csv", format!("\u{feff}Frage;Alternativen;Antwort\n{}", each(&|_, pair| table(&[&pair.question, &pair.alternates.join("|"), &pair.answer], ';', "\n")))),
        ("table.tsv", format!("Question\tAlternates\tAnswer\n{}", each(&|_, pair| table(&[&pair.question, &pair.alternates.join(";;"), &pair.answer], '\t', "\n")))),
        ("qna-maker.tsv", format!("Question\tAnswer\tSource\tMetadata\tSuggestedQuestions\tIsContextOnly\tPrompts\tQnaId\n{}", each(&|at, pair| {
            let row = |question: &&String| format!("{question}\t{}\tEditorial\t\t[]\tFalse\t[]\t{}\n", pair.answer, at + 1);
            all(pair).iter().map(|question| row(&question)).collect::<Vec<_>>().concat()
        }))),
    ]
}

fn list(pairs: &[Pair], write: &dyn Fn(&Pair) -> Value) -> Vec<Value> {
    pairs.iter().map(write).collect()
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
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
            Found::Skipped(note) | Found::Warning(note) => panic!("{}: {note:?}", path.display()),
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
    let formats = plain_formats(&pairs).into_iter().map(|written| (written, false));
    for ((name, text), alternates) in formats.chain(full_formats(&pairs).into_iter().map(|written| (written, true))) {
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
