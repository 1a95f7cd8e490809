//! `faqt show` prints a unit where it stands.

use crate::harness::{Dir, first};

#[test]
fn a_unit_is_shown_with_the_lines_around_it() {
    let dir = Dir::indexed();
    let reply = dir.ask(["Can I bring my dog up the tower?"]);
    let id = first(&reply)["id"].as_str().unwrap();
    insta::assert_snapshot!(dir.faqt(["show", id]).ok().stdout);
}

#[test]
fn a_unit_in_json_has_its_alternates_and_the_citation_of_its_answer() {
    let dir = Dir::indexed();
    let reply = dir.ask(["How many books may I borrow?"]);
    let answer = first(&reply);
    let unit = dir.faqt(["show", answer["id"].as_str().unwrap(), "--format", "json"]).ok().json();
    assert_eq!(
        unit["alternates"],
        serde_json::json!(["What is the limit for loans?", "Is there a maximum number of books?"])
    );
    for key in ["id", "kind", "document", "question", "text", "metadata"] {
        assert_eq!(unit[key], answer[key], "{key}");
    }
    assert_eq!(unit["citation"], answer["citations"][0]);
    assert_eq!(unit["language"], "en");
}

#[test]
fn a_unit_whose_source_is_gone_is_shown_as_indexed() {
    let dir = Dir::indexed();
    let reply = dir.ask(["Can I bring my dog up the tower?"]);
    std::fs::remove_file(dir.path("corpus/lighthouse.txt")).unwrap();
    let run = dir.faqt(["show", first(&reply)["id"].as_str().unwrap()]).ok();
    assert!(run.stdout.contains("cannot be shown") && run.stdout.contains("Dogs wait at the gate"), "{run}");
}

#[test]
fn a_file_is_shown_as_it_is_split() {
    let dir = Dir::indexed();
    let run = dir.faqt(["show", "corpus/lighthouse.txt"]).ok();
    insta::assert_snapshot!(run.stdout);
    // By the name that citations use, from anywhere.
    let away = dir.path("corpus");
    let script = format!("cd '{}' && $FAQT show corpus/lighthouse.txt --index ../index", away.display());
    assert_eq!(dir.shell(&script).ok().stdout, run.stdout);
}

#[test]
fn a_file_in_json_has_the_units_that_the_index_has() {
    let dir = Dir::indexed();
    let report = dir.faqt(["show", "corpus/lighthouse.txt", "--format", "json"]).ok().json();
    let units = report["split"].as_array().unwrap();
    assert_eq!(
        report["by_file"][0]["units"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum::<u64>(),
        units.len() as u64
    );
    for unit in units {
        let indexed = dir.faqt(["show", unit["id"].as_str().unwrap(), "--format", "json"]).ok().json();
        assert_eq!(*unit, indexed);
    }
}

#[test]
fn a_file_need_not_be_indexed_and_its_trouble_is_told() {
    let dir = Dir::new();
    dir.write("rows.jsonl", "{\"question\": \"Is this read?\", \"answer\": \"Yes.\"}\n{broken\n");
    let run = dir.faqt(["show", "rows.jsonl"]).ok();
    for part in ["rows.jsonl: 2 rows, 1 qa, 1 skipped", "Is this read?", "rows.jsonl:2: "] {
        assert!(run.stdout.contains(part), "no {part:?} in {run}");
    }
    assert!(!dir.path("index").exists());
}

#[test]
fn an_unknown_id_is_told_where_ids_come_from() {
    Dir::indexed().faqt(["show", "0123456789abcdef"]).fails_with(&["`0123456789abcdef`", "faqt ask --format json"]);
}
