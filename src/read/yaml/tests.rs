//! What the reader makes of YAML.

use super::*;
use crate::{
    model::{Article, Block, BlockKind},
    read::{
        encoding::decode,
        testing::{Notes, come},
    },
};
use BlockKind::{Answer, Question};
use proptest::prelude::*;
use std::fs;

fn collect(file: &SourceFile, bytes: &[u8]) -> (Vec<Article>, Notes) {
    let mut come = come(bytes, |sink| text(file, &decode(bytes).unwrap(), &Reading::default(), sink));
    (std::mem::take(&mut come.articles), come.one().1)
}

fn read(bytes: &str) -> (Vec<Article>, Notes) {
    collect(&SourceFile { path: "/nowhere/x.yml".into(), source: "corpus/x.yml".into(), size: 0 }, bytes.as_bytes())
}

/// Each block with its text and what stands at its place in the file.
fn blocks<'a>(article: &Article, file: &'a str) -> Vec<(BlockKind, String, &'a str)> {
    assert_eq!(article.text.first_difference(file.as_bytes()), None);
    let seen = |block: &Block| {
        let excerpt = article.excerpt(block.range.clone());
        let hull = excerpt.span(excerpt.all()).hull().unwrap_or(0..0);
        (block.kind, excerpt.plain().to_owned(), &file[hull])
    };
    article.blocks.iter().map(seen).collect()
}

#[test]
fn a_list_of_questions_and_answers_is_read() {
    let file = "# FAQ\n- question: How do I pay?\n  answer: >\n    By card,\n    or not.\n\n    Really.\n- q: \"Is it \\\"free\\\"?\\n\"\n  a: 'It''s\n    free.'\n- Frage: Größe 中?\n  Antwort: |-\n    Eins\n      zwei\n";
    let (articles, notes) = read(file);
    assert_eq!(articles.len(), 3, "{notes:?}");
    assert_eq!(
        blocks(&articles[0], file),
        [
            (Question, "How do I pay?".to_owned(), "How do I pay?"),
            (Answer, "By card, or not.\nReally.".to_owned(), "By card,\n    or not.\n\n    Really."),
        ]
    );
    assert_eq!(
        blocks(&articles[1], file),
        [
            (Question, "Is it \"free\"?".to_owned(), "Is it \\\"free\\\"?"),
            (Answer, "It's free.".to_owned(), "It''s\n    free."),
        ]
    );
    assert_eq!(
        blocks(&articles[2], file),
        [(Question, "Größe 中?".to_owned(), "Größe 中?"), (Answer, "Eins\n  zwei".to_owned(), "Eins\n      zwei"),]
    );
    let excerpt = articles[2].excerpt(articles[2].blocks[1].range.clone());
    assert_eq!(excerpt.lines(excerpt.all()), [13, 14]);
}

#[test]
fn a_line_of_a_block_is_cited_alone() {
    for head in ["|", ">", "|-", "!text |", "|2 # so"] {
        let file = format!("question: How?\nanswer: {head}\n\n  Eins zwei\n  drei\n\n  vier\n");
        let (articles, _) = read(&file);
        let article = &articles[0];
        let at = article.text.plain().find("drei").unwrap();
        let hull = article.text.span(at..at + 4).hull().unwrap();
        assert_eq!(&file[hull.clone()], "drei", "{head}");
        assert_eq!(article.lines.of(&hull), [5, 5]);
    }
}

#[test]
fn sections_are_headings() {
    let file = "title: Help\nsections:\n  - title: Paying\n    questions:\n      - question: How?\n        answer: So.\n  - name: Other\n    faqs:\n    - {question: Why?, answer: Because., tags: [a, b]}\n";
    let (articles, notes) = read(file);
    assert_eq!(articles.len(), 2, "{notes:?}");
    assert_eq!(articles[0].about.title.as_deref(), Some("Help"));
    assert_eq!(articles[1].about.metadata["tags"], ["a", "b"]);
    assert_eq!(blocks(&articles[1], file)[0], (BlockKind::Heading(1), "Other".to_owned(), "Other"));
}

#[test]
fn keys_that_ask_are_questions() {
    let file = "General:\n  How do I pay?: By card.\n  Why?: |\n    Because.\n";
    let (articles, notes) = read(file);
    assert_eq!(articles.len(), 2, "{notes:?}");
    assert_eq!(blocks(&articles[1], file)[0], (Question, "Why?".to_owned(), "Why?"));
}

#[test]
fn other_yaml_has_nothing_to_answer_with() {
    for file in ["on: push\njobs:\n  build:\n    name: x\n    text: y\n", "- a\n- b\n", "x\n", "a: &b 1\n"] {
        let (articles, notes) = read(file);
        assert_eq!(articles.len(), 0);
        assert!(notes[0].1.contains("no questions and answers"), "{notes:?}");
    }
}

#[test]
fn a_broken_item_costs_itself() {
    let file = "- question: How?\n  answer: So.\n- question: \"open\n  answer: [a\n- question: Why?\n  answer: *x\n- question: When?\n  answer: Now.\n";
    let (articles, notes) = read(file);
    assert_eq!(articles.len(), 2, "{notes:?}");
    let lines: Vec<_> = notes.iter().filter(|(_, reason)| reason.contains("not YAML")).map(|(line, _)| *line).collect();
    assert_eq!(lines.len(), 2, "{notes:?}");
}

#[test]
fn a_broken_member_costs_itself() {
    let file = "version: 1\nfaqs:\n- question: How?\n  answer: So.\n- question: \"Why?\n  answer: a\n- question: When?\n  answer: Now.\nother:\n  Deep?: Yes.\n  Broken?: [a\n";
    let (articles, notes) = read(file);
    assert_eq!(articles.len(), 3, "{notes:?}");
    let lines: Vec<_> = notes.iter().filter_map(|(line, _)| *line).collect();
    assert_eq!(lines, [5, 11], "{notes:?}");
}

#[test]
fn quoted_texts_may_go_on_at_the_margin() {
    let file = "x:\n  - question: \"How é\n  do I\n  pay?\"\n    answer: 'By\n    card.'\n";
    let (articles, notes) = read(file);
    assert_eq!(articles.len(), 1, "{notes:?}");
    assert_eq!(
        blocks(&articles[0], file),
        [
            (Question, "How é do I pay?".to_owned(), "How é\n  do I\n  pay?"),
            (Answer, "By card.".to_owned(), "By\n    card."),
        ]
    );
}

#[test]
fn intents_are_asked_for_responses_beside_them() {
    let folder = tempfile::tempdir().unwrap();
    let domain = "responses:\n  utter_faq/ask_hours:\n  - text: We open at *nine*.\n  utter_faq_pay:\n  - image: x\n  - text: By card.\n  utter_greet:\n  - text: Hello\n";
    let nlu = "nlu:\n- intent: faq/ask_hours\n  examples: |\n    - When do you [open](what)?\n    - hours\n- intent: faq/pay\n  examples: |\n    - how to pay\n- intent: bye\n  examples: |\n    - bye\n- synonym: x\n  examples: |\n    - y\n";
    fs::create_dir(folder.path().join("data")).unwrap();
    fs::write(folder.path().join("domain.yml"), domain).unwrap();
    fs::write(folder.path().join("data/nlu.yml"), nlu).unwrap();
    let file = |name: &str| SourceFile { path: folder.path().join(name), source: format!("bot/{name}"), size: 0 };
    let (articles, notes) = collect(&file("domain.yml"), domain.as_bytes());
    assert_eq!(articles.len(), 2, "{notes:?}");
    assert_eq!(articles[0].document, "faq/ask_hours");
    assert_eq!(
        blocks(&articles[0], domain),
        [
            (Question, "When do you open?".to_owned(), "utter_faq/ask_hours"),
            (Question, "hours".to_owned(), "utter_faq/ask_hours"),
            (Answer, "We open at *nine*.".to_owned(), "We open at *nine*."),
        ]
    );
    assert_eq!(notes.len(), 2, "{notes:?}");
    let (articles, notes) = collect(&file("data/nlu.yml"), nlu.as_bytes());
    assert_eq!(articles.len(), 0);
    assert!(notes[0].1.contains("2 intents") && notes[1].1.contains("the intent `bye`"), "{notes:?}");
}

#[test]
fn intents_and_responses_of_one_file_are_cited_there() {
    let file = "nlu:\n- intent: pay\n  examples: |\n    - how to pay\n    - [pay]{\"entity\": \"x\"} me\nresponses:\n  utter_pay:\n  - text: By card.\n";
    let (articles, notes) = read(file);
    assert_eq!(articles.len(), 1, "{notes:?}");
    assert_eq!(
        blocks(&articles[0], file),
        [
            (Question, "how to pay".to_owned(), "how to pay"),
            (Question, "pay me".to_owned(), "pay]{\"entity\": \"x\"} me"),
            (Answer, "By card.".to_owned(), "By card."),
        ]
    );
}

#[test]
fn intents_and_responses_without_words_are_told() {
    let file = "nlu:\n- intent: pay\n  examp2les: |\n    - how?\n";
    let (articles, notes) = read(file);
    assert_eq!(
        (articles.len(), notes),
        (0, vec![(None, "1 intent without a name or `examples`: left out".to_owned())])
    );
    let (articles, notes) = read("nlu:\n- intent:\n- title: x\n");
    assert_eq!((articles.len(), notes.len()), (0, 1));
    let (articles, notes) = read("responses:\n  utter_pay:\n  - image: x\n  utter_go:\n  - custom: y\n");
    assert_eq!((articles.len(), notes), (0, vec![(None, "2 responses without a `text`: left out".to_owned())]));
}

#[test]
fn hostile_files_are_told_in_linear_time() {
    for part in [
        "- ",
        "[",
        "{a: ",
        "? ",
        "- a\n",
        "a: &a [*a]\n",
        "\"",
        "- question: a?\n  answer: b\n",
        "!!x ",
        "- |\n  a\n",
        "&a ",
        "a: b\n",
        "'\n",
    ] {
        read(&part.repeat(20_000));
    }
    let bomb: Vec<_> =
        (1..30).map(|level| format!("a{level}: &a{level} [{0}, {0}]\n", format!("*a{}", level - 1))).collect();
    read(&format!("a0: &a0 [x, y]\n{}", bomb.concat()));
}

fn scalar() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "a", "b c", "é", "中", "😀", "\n", "\n\n", " ", "  ", "'", "\"", "\\", ": ", "#", "- ", "?", "\t", "*", "&",
        "{", "]", "|", "%",
    ]);
    prop::collection::vec(part, 1..12).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_text_is_mapped_right(text in scalar(), rest in prop::collection::vec(scalar(), 0..4), style in 0..5) {
        let indented = |text: &str| text.lines().map(|line| format!("    {line}\n")).collect::<Vec<_>>().concat();
        let value = match style {
            0 => format!("|\n{}", indented(&text)),
            1 => format!(">-\n{}", indented(&text)),
            2 => format!("\"{}\"\n", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\n    ")),
            3 => format!("'{}'\n", text.replace('\'', "''").replace('\n', "\n    ")),
            _ => format!("{text}\n"),
        };
        let file = format!("- question: é How?\n  answer: {value}{}", rest.concat());
        let (articles, _) = read(&file);
        for article in articles {
            prop_assert_eq!(article.text.first_difference(file.as_bytes()), None);
            for block in &article.blocks {
                let excerpt = article.excerpt(block.range.clone());
                let hull = excerpt.span(excerpt.all()).hull();
                let Some(place) = hull.and_then(|hull| file.get(hull)) else { continue };
                let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
                prop_assert!(letters(place).contains(&letters(excerpt.plain())), "{:?} {:?}", excerpt.plain(), place);
            }
        }
    }
}

#[test]
fn quoted_texts_go_on_as_far_out_as_their_key() {
    let member = |name: usize, indent: &str| {
        format!("  utter_{name}:\n  - text: \"One\n{indent}two [x](y#z).\n{indent}three: four\"\n")
    };
    // More than are mended at once, and one that looks like the member of a map.
    for count in [3, 40] {
        let members: String = (0..count).map(|name| member(name, "    ")).collect();
        let text = format!("version: 1\nresponses:\n{members}{}{}", member(99, "  "), member(100, "    "));
        let parsed = parse::parse(&text);
        assert!(parsed.skipped.is_empty(), "{:?}", parsed.skipped);
        let responses = parsed.documents[0].get("responses").unwrap();
        assert_eq!(responses.members().len(), count + 2);
        let last = responses.get("utter_99").unwrap().items()[0].get("text").unwrap();
        assert_eq!(last.text(), Some("One two [x](y#z). three: four"));
    }
}
