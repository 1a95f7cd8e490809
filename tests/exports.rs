//! The exports of FAQ products: small ones of every shape, all with the same three pairs.

use faqt::{
    model::{Unit, UnitKind},
    read::{Found, Reading, SourceFile, reader_for},
    split::split,
};
use std::path::Path;

const PAIRS: [(&str, &[&str], &str); 3] = [
    (
        "How do I renew my library card?",
        &["Can I extend my card?"],
        "Bring the card and a proof of address to the desk. It takes two minutes.",
    ),
    ("What does a lost book cost?", &[], "You pay the price of a new copy; there is no \"handling fee\"."),
    (
        "When is the reading room open?",
        &["What are the hours of the reading room?", "Is the reading room open on Sundays?"],
        "From nine to six on weekdays, and from ten to two on Sundays.",
    ),
];

/// What comes of a file.
#[derive(Default)]
struct Come {
    units: Vec<Unit>,
    recognised: Vec<String>,
    skipped: Vec<(Option<usize>, String)>,
    warnings: Vec<(Option<usize>, String)>,
}

fn read(name: &str) -> Come {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exports").join(name);
    let bytes = std::fs::read(&path).unwrap();
    let file = SourceFile { path, source: format!("exports/{name}"), size: bytes.len() as u64 };
    let (reading, mut come) = (Reading::default(), Come::default());
    let mut sink = |found| {
        match found {
            Found::Article(article) => {
                assert_eq!(article.text.first_difference(&bytes), None, "{name}");
                come.units.extend(split(&article, &reading.sections));
            }
            Found::Recognised(note) => come.recognised.push(note.reason),
            Found::Skipped(note) | Found::Nothing(note) => come.skipped.push((note.line, note.reason)),
            Found::Warning(note) => come.warnings.push((note.line, note.reason)),
        }
        Ok(())
    };
    reader_for(&file).unwrap().read(&file, &reading, &mut sink).unwrap();
    for unit in &come.units {
        for excerpt in unit.excerpts() {
            let hull = excerpt.span(excerpt.all()).hull().unwrap();
            let line = bytes[..hull.start].split(|byte| *byte == b'\n').count();
            assert_eq!(excerpt.lines(excerpt.all())[0], line, "{name}: {}", excerpt.plain());
        }
    }
    come
}

/// Reads a file that has the pairs, with or without alternates; nothing of it is skipped.
#[track_caller]
fn pairs(name: &str, alternates: bool, recognised: &str) -> Come {
    let come = read(name);
    let found: Vec<(Vec<&str>, &str)> = come
        .units
        .iter()
        .map(|unit| {
            assert_eq!(unit.kind, UnitKind::Qa, "{name}");
            (unit.phrasings.iter().map(faqt::model::Excerpt::plain).collect(), unit.text.plain())
        })
        .collect();
    let expected: Vec<(Vec<&str>, &str)> = PAIRS
        .iter()
        .map(|(question, others, answer)| {
            let others = if alternates { *others } else { &[] };
            ([&[*question], others].concat(), *answer)
        })
        .collect();
    assert_eq!(found, expected, "{name}: {:?} {:?}", come.skipped, come.warnings);
    assert_eq!(come.recognised.join("; "), recognised, "{name}");
    come
}

/// The same, and nothing of it is left out.
#[track_caller]
fn whole(name: &str, alternates: bool, recognised: &str) -> Vec<Unit> {
    let come = pairs(name, alternates, recognised);
    assert_eq!((come.skipped, come.warnings), (vec![], vec![]), "{name}");
    come.units
}

fn metadata(unit: &Unit, key: &str) -> Vec<String> {
    unit.about.metadata.get(key).cloned().unwrap_or_default()
}

fn prompts(unit: &Unit) -> Vec<(&str, Option<&str>)> {
    unit.prompts.iter().map(|prompt| (prompt.text.as_str(), prompt.document.as_deref())).collect()
}

#[test]
fn our_own_shapes() {
    let units = whole("own.json", true, "");
    assert_eq!(units[0].about.title.as_deref(), Some("The town library"));
    assert_eq!(units[1].heading, ["Fees"]);
    let units = whole("own.jsonl", true, "");
    assert_eq!(units[1].document, "lost");
    assert_eq!(units[1].heading, ["Fees"]);
}

#[test]
fn qnabot() {
    let units = whole("qnabot.json", true, "a QnABot export: 3 rows");
    assert_eq!(units[0].document, "Library.card");
    assert_eq!(units[0].heading, ["Membership"]);
    assert_eq!(prompts(&units[0]), [("Lost books", Some("Library.lost"))]);
    assert_eq!(prompts(&units[2]), [("Library.card", Some("Library.card"))]);
}

#[test]
fn kendra() {
    let come = pairs("kendra.json", false, "a Kendra FAQ: 3 rows");
    assert_eq!(come.warnings.len(), 1, "{:?}", come.warnings);
    assert!(come.warnings[0].1.starts_with("access control lists are not enforced"));
    let unit = &come.units[0];
    assert_eq!(unit.about.url.as_deref(), Some("https://library.example/card"));
    assert_eq!(unit.about.published.as_deref(), Some("2026-03-05"));
    assert_eq!(unit.heading, ["Membership"]);
    assert_eq!(metadata(unit, "audience"), ["members", "guests"]);
    let units = whole("kendra.csv", false, "a Kendra FAQ");
    assert_eq!(units[1].heading, ["Fees"]);
    assert_eq!(metadata(&units[1], "audience"), ["members"]);
    let plain = "no header: a question, its answer and maybe an address in each row, divided by `,`";
    let units = whole("kendra-basic.csv", false, plain);
    assert_eq!(units[0].about.url.as_deref(), Some("https://library.example/card"));
    whole("dialogflow-knowledge.csv", false, plain);
}

#[test]
fn qna_maker_and_azure() {
    for (name, recognised) in [
        ("qna-maker.tsv", "a QnA Maker knowledge base"),
        ("qna-maker.json", "a QnA Maker knowledge base: 3 rows"),
        ("azure.json", "an Azure question answering project: 3 rows"),
    ] {
        let units = whole(name, true, recognised);
        assert_eq!(units[1].document, "2", "{name}");
        assert_eq!(metadata(&units[1], "topic"), ["fees"], "{name}");
        assert_eq!(prompts(&units[0]), [("Lost books", Some("2"))], "{name}");
        assert!(units[1].prompts.is_empty(), "{name}");
    }
}

#[test]
fn schema_org() {
    let units = whole("faqpage.json", false, "schema.org data: 3 rows");
    assert_eq!(units[0].about.language.as_deref(), Some("en"));
}

#[test]
fn rasa() {
    let come = pairs("rasa.json", true, "Rasa training data: 3 rows");
    assert_eq!(come.skipped.len(), 1);
    assert!(come.skipped[0].1.starts_with("the intent `greet` has no text"), "{:?}", come.skipped);
    assert_eq!(metadata(&come.units[0], "intent"), ["faq/card"]);
}

#[test]
fn dialogflow() {
    let come = pairs("dialogflow-agent.json", true, "Dialogflow intents: 3 rows");
    assert_eq!(come.skipped.len(), 1);
    assert!(come.skipped[0].1.contains("`faq.open` has no text"), "{:?}", come.skipped);
    assert_eq!(come.warnings.len(), 1);
    whole("dialogflow-cx.json", true, "Dialogflow CX intents: 3 rows");
    for (name, (question, others, answer)) in ["card", "lost", "hours"].iter().zip(PAIRS) {
        let come = read(&format!("dialogflow-es/faq.{name}.json"));
        assert_eq!(come.skipped, []);
        let asked: Vec<&str> = come.units[0].phrasings.iter().map(faqt::model::Excerpt::plain).collect();
        assert_eq!(asked, [&[question], others].concat());
        assert_eq!(come.units[0].text.plain(), answer);
        let phrases = read(&format!("dialogflow-es/faq.{name}_usersays_en.json"));
        assert!(phrases.units.is_empty() && phrases.skipped.is_empty(), "{:?}", phrases.skipped);
        for part in [format!("faq.{name}.json"), "trainingPhrases/en.json".to_owned()] {
            let part = read(&format!("dialogflow-cx/intents/faq.{name}/{part}"));
            assert!(part.units.is_empty() && part.skipped.is_empty(), "{:?}", part.skipped);
        }
    }
    let mut come = read("dialogflow-cx/flows/Start/Start.json");
    assert_eq!(come.skipped, []);
    come.units.sort_by_key(|unit| unit.text.span(unit.text.all()).hull().unwrap().start);
    let asked: Vec<usize> = come.units.iter().map(|unit| unit.phrasings.len()).collect();
    assert_eq!(asked, [2, 1, 3]);
}

#[test]
fn help_centres() {
    let units = whole("zendesk.json", false, "Zendesk articles: 3 rows");
    assert_eq!(units[0].about.url.as_deref(), Some("https://library.example/hc/0"));
    assert_eq!(units[0].about.published.as_deref(), Some("2026-03-05"));
    assert_eq!(metadata(&units[0], "tags"), ["library", "membership"]);
    let units = whole("intercom.json", false, "Intercom articles: 3 rows");
    assert_eq!(units[0].about.published.as_deref(), Some("2026-03-05"));
}

#[test]
fn whatever_people_call_it() {
    let units = whole("help-centre.json", true, "objects with `pregunta` and `respuesta`: 3 rows");
    assert_eq!(units[1].heading, ["Fees"]);
    whole("pairs.json", false, "an object of questions and answers: 3 rows");
    let units = whole(
        "spreadsheet.csv",
        true,
        "columns `Frage`, `Antwort`, `Weitere Fragen`, `Kategorie`, `Stand`, divided by `;`",
    );
    assert_eq!(units[1].heading, ["Fees"]);
    assert_eq!(units[1].about.published.as_deref(), Some("2026-03-05"));
    assert_eq!(metadata(&units[1], "Bearbeiter"), ["Ada"]);
}
