use super::*;
use crate::{BuildOptions, Silent};
use proptest::prelude::*;
use std::sync::OnceLock;

/// An engine for questions, each with its alternates behind it; a file a list.
fn engine(files: &[&[&[&str]]]) -> (tempfile::TempDir, Engine) {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("corpus");
    std::fs::create_dir(&corpus).unwrap();
    for (number, rows) in files.iter().enumerate() {
        let row = |(place, phrasings): (usize, &&[&str])| {
            let [question, alternates @ ..] = phrasings else { panic!("a row has a question") };
            serde_json::json!({
                "_id": format!("{number}-{place}"), "question": question, "alternates": alternates,
                "answer": format!("Answer {place} of {number}."), "metadata": {"file": number.to_string()},
            })
        };
        let lines: Vec<String> = rows.iter().enumerate().map(|row_at| row(row_at).to_string() + "\n").collect();
        std::fs::write(corpus.join(format!("{number}.jsonl")), lines.concat()).unwrap();
    }
    let engine = Engine::build(&BuildOptions::new(&corpus, folder.path().join("index")), &Silent).unwrap();
    (folder, engine)
}

fn shop() -> &'static Engine {
    static SHOP: OnceLock<(tempfile::TempDir, Engine)> = OnceLock::new();
    let made = SHOP.get_or_init(|| {
        engine(&[
            &[
                &["How do I reset my password?", "I forgot my password"],
                &["How long does delivery take?", "When does my parcel arrive?"],
                &["Can I change the e-mail address?"],
                &["How do I cancel an order and get my money back again?"],
                &["How do I cancel?"],
                &["Cancel an order: how?"],
            ],
            &[
                &["Quelles sont les méthodes de paiement acceptées ?"],
                &["パスワードを忘れた場合はどうすればいいですか"],
                &["كيف أغيّر كلمة المرور؟"],
                &["รีเซ็ตรหัสผ่านอย่างไร"],
                &["Does C++ 20 count?"],
            ],
        ])
    });
    &made.1
}

fn questions(engine: &Engine, text: &str) -> Vec<String> {
    engine.suggest(&SuggestOptions::new(text)).unwrap().into_iter().map(|one| one.question).collect()
}

/// The first suggestion with its marked parts in brackets.
fn marked(text: &str) -> String {
    let suggestions = shop().suggest(&SuggestOptions::new(text)).unwrap();
    let Some(first) = suggestions.first() else { return "nothing".to_owned() };
    let mut out = String::new();
    for (at, letter) in first.question.chars().enumerate() {
        out.extend(first.matches.iter().filter(|mark| mark[0] == at).map(|_| '['));
        out.push(letter);
        out.extend(first.matches.iter().filter(|mark| mark[1] == at + 1).map(|_| ']'));
    }
    out
}

#[test]
fn the_last_word_may_go_on_and_what_was_typed_is_marked() {
    for (text, expected) in [
        ("how do i reset my pas", "[How] [do] [I] [reset] [my] [pas]sword?"),
        ("reset", "How do I [reset] my password?"),
        ("res", "How do I [res]et my password?"),
        ("forgot my password", "I [forgot] [my] [password]"),
        ("parcels arrive ", "When does my [parcel] [arrive]?"),
        ("email", "Can I change the [e-mail] address?"),
        ("e-ma", "Can I change the [e-mail] address?"),
        ("C++ 2", "Does [C++] [2]0 count?"),
    ] {
        assert_eq!(marked(text), expected, "{text}");
    }
}

#[test]
fn words_may_have_errors_from_four_letters_on() {
    for (text, expected) in [
        ("pasword", "I forgot my [password]"),
        ("pasw", "I forgot my [password]"),
        ("reste my ", "How do I [reset] [my] password?"),
        ("how long does delviery take", "[How] [long] [does] [delivery] [take]?"),
        ("delivrey", "How long does [delivery] take?"),
        ("tke", "nothing"),
    ] {
        assert_eq!(marked(text), expected, "{text}");
    }
}

#[test]
fn accents_scripts_and_directions_do_not_matter() {
    for (text, expected) in [
        ("methodes de pai", "Quelles sont les [méthodes] [de] [pai]ement acceptées ?"),
        ("METHODE", "Quelles sont les [méthode]s de paiement acceptées ?"),
        ("パスワ", "[パスワ]ードを忘れた場合はどうすればいいですか"),
        ("忘れ", "パスワードを[忘れ]た場合はどうすればいいですか"),
        ("كلمة المر", "كيف أغيّر [كلمة] [المر]ور؟"),
        ("اغير", "كيف [أغيّر] كلمة المرور؟"),
        ("รหัสผ", "รีเซ็ต[รหัสผ่]านอย่างไร"),
    ] {
        assert_eq!(marked(text), expected, "{text}");
    }
}

#[test]
fn questions_that_begin_so_come_first_then_the_order_of_words_then_the_shorter_ones() {
    assert_eq!(
        questions(shop(), "how do i cancel"),
        ["How do I cancel?", "How do I cancel an order and get my money back again?", "Cancel an order: how?"]
    );
    assert_eq!(
        questions(shop(), "cancel an order"),
        ["Cancel an order: how?", "How do I cancel an order and get my money back again?"]
    );
    assert_eq!(questions(shop(), "order cancel")[0], "Cancel an order: how?");
}

#[test]
fn a_unit_and_a_question_are_suggested_once() {
    let (_folder, engine) = engine(&[
        &[&["Is it open on Sunday?", "Open on Sunday?", "Is the shop open on Sunday?"]],
        &[&["Is it open on Sunday?"], &["Is it open on Monday?"]],
    ]);
    assert_eq!(questions(&engine, "open on sun"), ["Open on Sunday?", "Is it open on Sunday?"]);
    assert_eq!(questions(&engine, "is it open")[..2], ["Is it open on Sunday?", "Is it open on Monday?"]);
}

#[test]
fn nothing_is_suggested_for_what_no_question_has() {
    for text in ["zebra crossing", "how do zebras ", "xq"] {
        assert!(questions(shop(), text).is_empty(), "{text}");
    }
}

#[test]
fn without_a_text_the_first_questions_of_the_documents_are_examples() {
    let all = questions(shop(), " ?");
    assert_eq!(all[..2], ["How do I reset my password?", "How long does delivery take?"]);
    assert_eq!(all.len(), 8);
    let options = SuggestOptions { filters: vec!["file=1".to_owned()], limit: 1, ..SuggestOptions::new("") };
    let first = shop().suggest(&options).unwrap();
    assert_eq!(first[0].question, "Quelles sont les méthodes de paiement acceptées ?");
    assert!(first[0].matches.is_empty());
}

#[test]
fn filters_and_the_limit_hold() {
    let options = SuggestOptions { filters: vec!["file=1".to_owned()], ..SuggestOptions::new("how") };
    assert!(shop().suggest(&options).unwrap().is_empty());
    let options = SuggestOptions { limit: 1, ..SuggestOptions::new("how") };
    assert_eq!(shop().suggest(&options).unwrap().len(), 1);
    let wrong = SuggestOptions { filters: vec!["file".to_owned()], ..SuggestOptions::new("how") };
    assert_eq!(shop().suggest(&wrong).unwrap_err().code(), "filter_invalid");
    let long = SuggestOptions::new("a ".repeat(LONGEST_QUESTION));
    assert_eq!(shop().suggest(&long).unwrap_err().code(), "question_invalid");
}

proptest! {
    #[test]
    fn any_text_gives_questions_with_marks_in_them(text in "\\PC{0,30}|[a-z ]{0,20}|[パスワードを忘れた]{0,6}") {
        for one in shop().suggest(&SuggestOptions::new(text)).unwrap() {
            let length = one.question.chars().count();
            prop_assert!(one.matches.iter().all(|[from, to]| from < to && *to <= length));
            prop_assert!(one.matches.windows(2).all(|pair| pair[0][1] < pair[1][0]));
        }
    }

    #[test]
    fn every_beginning_of_a_stored_question_suggests_it(place in 0usize..11, length in 3usize..40) {
        let unit = shop().unit_at(place as UnitNo).unwrap();
        let question = unit.question().unwrap();
        let typed: String = question.chars().take(length).collect();
        let found = questions(shop(), &typed);
        prop_assert!(found.iter().any(|one| one == question), "{typed} gives {found:?}");
    }
}
