//! Words of a question that the articles have in another form: misspelt, joined, in compounds, synonyms, numbers.

use crate::harness::{Dir, first};
use serde_json::{Value, json};

/// A FAQ about an account, with others that say nothing of the matter.
const ACCOUNT: &str = "\
question,answer
How do I change my password?,Open the settings and choose a new password.
What is the refund policy?,Your money comes back within 14 days.
How do I login?,Use the button in the corner.
How do I delete my account?,Write to the help desk.
How do I invite a colleague?,Send a link to them.
Which browsers work?,All that were released within five years.
How do I export a report?,Choose a format in the menu.
Where are my invoices?,They are sent by mail every month.
";

fn answer(reply: &Value) -> &str {
    assert_eq!(reply["answered"], true, "{reply:#}");
    first(reply)["text"].as_str().unwrap()
}

/// Asks each question and compares how its answer begins.
fn assert_answers(dir: &Dir, asked: &[(&str, &str)]) {
    for (question, beginning) in asked {
        let reply = dir.ask([*question]);
        assert!(answer(&reply).starts_with(beginning), "{question}: {reply:#}");
    }
}

#[test]
fn misspelt_words_are_taken_for_known_ones_and_the_reply_says_so() {
    let dir = Dir::of([("a.csv", ACCOUNT)]);
    for (question, word, meant) in [
        ("change my pasword", "pasword", "password"),
        ("change my passwrod", "passwrod", "password"),
        ("change my passwoed", "passwoed", "password"),
        ("invite a coleague", "coleague", "colleague"),
        ("which browesrs work", "browesrs", "browsers"),
    ] {
        let reply = dir.ask([question]);
        assert_eq!(reply["corrections"], json!([{"word": word, "taken_for": [meant]}]), "{question}");
        answer(&reply);
    }
    let run = dir.faqt(["ask", "change my pasword"]).ok();
    assert!(run.stdout.starts_with("Read “pasword” as “password”.\n"), "{run}");
}

#[test]
fn known_words_and_short_ones_are_never_corrected() {
    let dir =
        Dir::of([("a.csv", "question,answer\nHow do I fill the form?,In ink.\nWho is it from?,From the office.\n")]);
    let reply = dir.ask(["is the form from it"]);
    assert!(reply.get("corrections").is_none(), "{reply:#}");
    assert!(dir.ask(["fll it"]).get("corrections").is_none());
}

#[test]
fn words_are_found_written_together_and_apart() {
    let dir = Dir::of([("a.csv", ACCOUNT)]);
    assert_answers(
        &dir,
        &[("refundpolicy", "Your money"), ("how do I log in", "Use the button"), ("log in", "Use the button")],
    );
    assert_eq!(
        dir.ask(["refundpolicy"])["corrections"],
        json!([{"word": "refundpolicy", "taken_for": ["refund policy"]}])
    );
}

#[test]
fn a_list_of_synonyms_beside_the_articles_is_taken_in_and_is_no_article() {
    let dir = Dir::new();
    dir.write("corpus/a.csv", ACCOUNT);
    dir.write("corpus/synonyms.txt", "# ours\nmoney back, refund\nsecret => password\nlonely\n");
    let report = dir.faqt(["index", "--format", "json"]).ok().json();
    assert_eq!((&report["files"], &report["synonyms"]), (&json!(1), &json!(3)), "{report:#}");
    assert_eq!(report["warnings"][0]["source"], "corpus/synonyms.txt");
    assert_eq!(report["warnings"][0]["line"], 4);
    let explained = dir.ask(["change my secret", "--explain"]);
    assert!(answer(&explained).starts_with("Open the settings"), "{explained:#}");
    let terms = explained["explanation"]["terms"].as_array().unwrap();
    let secret = terms.iter().find(|term| term["word"] == "secret").unwrap();
    assert_eq!(secret["taken_for"][0], json!({"words": "password", "why": "synonym", "weight": 0.8}));
    assert!(explained.get("corrections").is_none(), "a synonym is no correction");
    // The arrow goes one way.
    let terms = dir.ask(["change my password", "--explain"])["explanation"]["terms"].clone();
    assert!(terms.as_array().unwrap().iter().all(|term| term.get("taken_for").is_none()), "{terms:#}");
    // A change of the list makes a new index, and an unchanged one does not.
    assert_eq!(dir.faqt(["index", "--format", "json"]).ok().json()["unchanged"], true);
    dir.write("corpus/synonyms.txt", "secret => invoices\n");
    assert_eq!(dir.faqt(["index", "--format", "json"]).ok().json()["unchanged"], false);
    assert_answers(&dir, &[("where is my secret", "They are sent by mail")]);
}

#[test]
fn the_settings_may_name_a_list_of_synonyms() {
    let dir = Dir::new();
    dir.write("corpus/a.csv", ACCOUNT).write("words.txt", "bill => invoices\n");
    dir.write("faqt.toml", "synonyms = \"words.txt\"\n");
    dir.faqt(["index"]).ok();
    assert_answers(&dir, &[("where is my bill", "They are sent by mail")]);
    dir.write("faqt.toml", "synonyms = \"gone.txt\"\n");
    let run = dir.faqt(["index"]).ends_with(2);
    assert!(run.stderr.contains("gone.txt"), "{run}");
}

#[test]
fn a_word_itself_counts_more_than_its_synonym() {
    let csv = "question,answer\nHow do I get a refund?,By form.\nHow do I get my money back?,By phone.\n";
    let dir = Dir::new();
    dir.write("corpus/a.csv", csv).write("corpus/synonyms.txt", "refund, money back\n");
    dir.faqt(["index"]).ok();
    assert_answers(&dir, &[("refund please", "By form"), ("I want my money back", "By phone")]);
}

#[test]
fn short_forms_that_the_articles_explain_stand_for_the_long_ones() {
    let text = "\
FAQ
Question: What is behind the search?
It is built on Retrieval-Augmented Generation (RAG), which looks answers up before it writes.
Question: What is promised?
The Service Level Agreement (SLA) says how soon help comes.
Question: How is a password stored?
As a hash.
";
    let dir = Dir::of([("a.txt", text)]);
    let report = dir.faqt(["index", "--rebuild", "--format", "json"]).ok().json();
    assert_eq!(report["acronyms"], 2, "{report:#}");
    let pages = "question,answer\nDo you have a service level agreement?,Of course.\nWho checks the RAG?,Our editors.\n\
                 How long is the warranty?,Two years.\n";
    let dir = Dir::of([("a.txt", text), ("b.csv", pages)]);
    let reply = dir.ask(["who checks retrieval augmented generation"]);
    assert!(answer(&reply).starts_with("Our editors"), "{reply:#}");
}

#[test]
fn compounds_are_found_by_their_parts_and_parts_by_the_compound() {
    let faq = "\
Häufige Fragen
Frage: Wie lang ist die Rückgabefrist?
Sie beträgt dreißig Tage.
Frage: Wann endet eine Kündigung?
Am Ende des Monats. Eine Frist beginnt immer am Werktag, und die Rückgabe ist kostenlos.
Frage: Wo finde ich meine Rechnung?
Die Rechnung liegt in Ihrem Konto, die Nummer steht oben rechts auf der ersten Seite.
Frage: Welche Karten nehmen Sie an?
Wir nehmen alle Karten an, die in Europa üblich sind.
";
    let dir = Dir::of([("a.txt", faq)]);
    let reply = dir.ask(["Welche Frist gilt für die Rückgabe?", "--min-confidence", "0.2"]);
    assert!(answer(&reply).starts_with("Sie beträgt"), "{reply:#}");
    let reply = dir.ask(["Rechnungsnummer", "--explain"]);
    assert!(answer(&reply).starts_with("Die Rechnung"), "{reply:#}");
    assert_eq!(reply["explanation"]["terms"][0]["taken_for"][0]["why"], "compound", "{reply:#}");
}

#[test]
fn numbers_dates_and_units_are_found_in_their_usual_spellings() {
    let csv = "\
question,answer
Is there a limit of 10.000 rows?,\"Yes, and it can be raised.\"
What happens on 3 May 2026?,The fair opens its doors.
What happens on 3 June 2026?,The fair closes its doors.
How far is 5 km on the map?,As far as your thumb.
What do two keys cost?,A deposit.
What does a locker cost?,Nothing.
";
    let dir = Dir::of([("a.csv", csv)]);
    assert_answers(
        &dir,
        &[
            ("limit 10k rows", "Yes, and"),
            ("limit 10,000 rows", "Yes, and"),
            ("what is on 2026-05-03", "The fair opens"),
            ("what is on 2026-06-03", "The fair closes"),
            ("how far is 5 kilometres", "As far"),
            ("how far is 5km", "As far"),
            ("price of 2 keys", "A deposit"),
        ],
    );
}

#[test]
fn numbers_and_opposites_tell_units_apart_that_are_nearly_the_same() {
    let csv = "\
question,answer
What does error 403 mean?,You may not see the page.
What does error 404 mean?,The page is not there.
What does error 500 mean?,The server has a problem.
How do I enable notifications?,Switch them on.
How do I disable notifications?,Switch them off.
Why can I log in twice?,Because every device counts.
Why can I not log in?,Because the account is closed.
";
    let dir = Dir::of([("a.csv", csv)]);
    assert_answers(
        &dir,
        &[
            ("I get a 404 error, what does it mean", "The page is not there"),
            ("I get a 403 error, what does it mean", "You may not"),
            ("enable the notifications", "Switch them on"),
            ("dissable the notifications", "Switch them off"),
            ("why can't I log in", "Because the account"),
        ],
    );
    let explained = dir.ask(["I get a 404 error, what does it mean", "--explain"]);
    let ranking = explained["explanation"]["ranking"].as_array().unwrap();
    let numbers = |label: &str| {
        ranking.iter().find(|unit| unit["label"].as_str().unwrap().contains(label)).unwrap()["signals"]["numbers"]
            .clone()
    };
    assert_eq!((numbers("404"), numbers("403")), (json!(1.0), json!(0.0)));
}
