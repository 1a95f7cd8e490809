//! What questions with alternates teach.

use crate::harness::{Dir, timeless};
use serde_json::{Value, json};

/// Things that one may do, and what becomes of them: every pair is asked for in many ways.
const DEEDS: [(&str, &str); 3] = [
    ("cancel", "what is cancelled comes to an end on the last day of the month"),
    ("renew", "what is renewed goes on for another year"),
    ("lose", "what is lost can be replaced at the desk for five euros"),
];
const THINGS: [&str; 4] = ["library card", "parking permit", "ferry ticket", "garden lease"];
const WAYS: [&str; 10] = [
    "How do I {deed} my {thing}?",
    "I want to {deed} the {thing}",
    "what happens when I {deed} my {thing}",
    "is it possible to {deed} a {thing}?",
    "{thing}: can I {deed} it?",
    "please help me, I have to {deed} my {thing} today",
    "my {thing}, how to {deed} it online",
    "who do I ask to {deed} my {thing}",
    "{deed} {thing}",
    "we would like to {deed} our {thing} as soon as possible",
];

fn phrasing(way: &str, deed: &str, thing: &str) -> String {
    way.replace("{deed}", deed).replace("{thing}", thing)
}

fn rows() -> String {
    let mut rows = String::new();
    for thing in THINGS {
        for (deed, becomes) in DEEDS {
            let ways: Vec<String> = WAYS.iter().map(|way| phrasing(way, deed, thing)).collect();
            let answer = format!("Of a {thing}: {becomes}.");
            let row = json!({"_id": format!("{deed} {thing}"), "question": ways[0], "alternates": ways[1..], "answer": answer});
            rows += &format!("{row}\n");
        }
    }
    rows
}

fn learnt(dir: &Dir) -> Value {
    dir.faqt(["index", "--rebuild", "--format", "json"]).ok().json()["learned"].clone()
}

#[test]
fn phrasings_are_asked_with_themselves_withheld_and_the_report_tells_how_that_went() {
    let dir = Dir::new();
    dir.write("corpus/rows.jsonl", rows());
    let report = learnt(&dir);
    assert_eq!((&report["phrasings"], &report["nothing_learnt"]), (&json!(120), &Value::Null), "{report:#}");
    let alternates = &report["alternates"];
    assert_eq!(alternates["asked"], 120);
    let share = |key: &str| alternates[key].as_f64().unwrap();
    for key in ["p_at_1_before", "p_at_1", "p_at_1_seen", "threshold", "coverage", "precision"] {
        assert!((0.0..=1.0).contains(&share(key)), "{key} in {report:#}");
    }
    // Each is asked in nine other ways, so the withheld one is found; seen ones at least as often.
    assert!(share("p_at_1") > 0.9 && share("p_at_1_seen") >= share("p_at_1"), "{report:#}");
    let text = dir.faqt(["index", "--rebuild"]).ok().stdout;
    assert!(text.contains("learnt     from 120 phrasings: "), "{text}");
    let reply = dir.ask(["somebody told me one could renew a ferry ticket?"]);
    assert_eq!(reply["answers"][0]["document"], "renew ferry ticket", "{reply:#}");
    assert!(dir.faqt(["verify"]).ok().stdout.contains("all as indexed"));
}

#[test]
fn what_is_learnt_is_the_same_on_any_number_of_threads() {
    let dir = Dir::new();
    dir.write("corpus/rows.jsonl", rows());
    let built = |threads: &str| {
        dir.faqt(["index", "--rebuild"]).env("RAYON_NUM_THREADS", threads).ok();
        let files = ["classifier", "side"].map(|file| dir.read(dir.in_generation(file)));
        let manifest: Value = serde_json::from_slice(&dir.read(dir.in_generation("manifest.json"))).unwrap();
        (files, manifest["learned"].clone(), timeless(dir.ask(["can the garden lease be renewed"])))
    };
    assert_eq!(built("1"), built("3"));
}

#[test]
fn too_few_alternates_teach_nothing_and_too_many_only_if_the_settings_say_so() {
    let dir = Dir::with_corpus();
    assert_eq!(learnt(&dir)["alternates"], Value::Null);
    dir.write("corpus/rows.jsonl", rows()).write("faqt.toml", "[learn]\nmost_phrasings = 50\n");
    let report = learnt(&dir);
    assert!(report["nothing_learnt"].as_str().unwrap().contains("raise `most_phrasings`"), "{report:#}");
    assert!(dir.faqt(["index", "--rebuild"]).ok().stdout.contains("learnt     nothing: "));
    dir.write("faqt.toml", "[learn]\nmost_phrasings = 500\n");
    assert!(learnt(&dir)["alternates"].is_object());
}

#[test]
fn a_cost_of_wrong_answers_raises_the_threshold() {
    let dir = Dir::new();
    // Two units that are asked for in the same words, half of the time.
    let row = |id: &str, other: &str| {
        let ways: Vec<String> = (0..60)
            .map(|way| if way % 2 == 0 { format!("what about number {way}") } else { format!("{other} number {way}") })
            .collect();
        format!(
            "{}\n",
            json!({"_id": id, "question": ways[0], "alternates": ways[1..], "answer": format!("It is {id}.")})
        )
    };
    dir.write("corpus/rows.jsonl", row("red", "crimson") + &row("blue", "azure") + &rows());
    let threshold = |costs: &str| {
        dir.write("faqt.toml", format!("[learn]\nwrong_costs = {costs}\n"));
        learnt(&dir)["alternates"]["threshold"].as_f64().unwrap()
    };
    assert!(threshold("9.0") > threshold("0.5"));
}

#[test]
fn a_page_where_a_question_should_be_is_indexed_and_not_asked() {
    let dir = Dir::new();
    let page = "All about the ferry. ".repeat(2_000);
    let row = json!({"_id": "page", "question": page, "alternates": ["\u{200b}", "ferry page"], "answer": "A page."});
    dir.write("corpus/rows.jsonl", format!("{row}\n{}", rows()));
    let report = learnt(&dir);
    assert!(report["alternates"].is_object() && report["answers_tell"].is_null(), "{report:#}");
    assert_eq!(dir.ask(["ferry page"])["answers"][0]["text"], "A page.");
}
