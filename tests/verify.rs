//! `faqt verify` finds what is not as it was indexed, and nothing else.

use crate::harness::{Dir, generated_rows};
use std::fs;

#[test]
fn an_untouched_corpus_is_as_indexed() {
    let dir = Dir::indexed();
    insta::assert_snapshot!(dir.faqt(["verify"]).ok().stdout);
    let verified = dir.faqt(["verify", "--format", "json"]).ok().json();
    assert_eq!(verified, serde_json::json!({"files": 3, "units": 19, "differences": []}));
}

#[test]
fn a_large_corpus_is_as_indexed() {
    let dir = Dir::new();
    dir.write("corpus/rows.jsonl", generated_rows(2_100, 8)).faqt(["index"]).ok();
    assert!(dir.faqt(["verify"]).ok().stdout.contains("2100 units: all as indexed"));
}

#[test]
fn one_changed_byte_is_found_and_its_line_named() {
    let dir = Dir::indexed();
    dir.edit("corpus/lighthouse.txt", "is 58 metres", "is 59 metres");
    let run = dir.faqt(["verify"]).ends_with(1);
    assert!(run.stdout.contains("corpus/lighthouse.txt:21: "), "{run}");
    assert!(run.stdout.contains("How high is the lighthouse?"), "{run}");
    insta::assert_snapshot!(run.stdout);
    // Any byte of any text: in a row, in code, in a heading's section.
    for (file, from, to, line) in [
        ("corpus/library.jsonl", "five euros", "nine euros", 4),
        ("corpus/ferry.md", "ferry/next", "ferry/last", 18),
        ("corpus/ferry.md", "up to 50.", "up to 60.", 25),
    ] {
        let dir = Dir::indexed();
        dir.edit(file, from, to);
        let run = dir.faqt(["verify", "--format", "json"]).ends_with(1);
        let verified = run.json();
        let differences = verified["differences"].as_array().unwrap();
        let named: Vec<u64> = differences.iter().filter_map(|difference| difference["line"].as_u64()).collect();
        assert_eq!(named, [line], "{run}");
        assert!(differences.iter().all(|difference| difference["source"] == file), "{run}");
    }
}

#[test]
fn a_removed_file_is_missing() {
    let dir = Dir::indexed();
    fs::remove_file(dir.path("corpus/ferry.md")).unwrap();
    let run = dir.faqt(["verify"]).ends_with(1);
    assert!(run.stdout.starts_with("missing corpus/ferry.md"), "{run}");
    assert!(run.stdout.ends_with("3 files, 19 units: 1 difference\n"), "{run}");
}

#[test]
fn a_line_put_in_above_moves_what_is_below() {
    let dir = Dir::indexed();
    dir.edit("corpus/lighthouse.txt", "Frequently Asked", "\nFrequently Asked");
    let run = dir.faqt(["verify", "--format", "json"]).ends_with(1);
    let verified = run.json();
    let moved: Vec<u64> = verified["differences"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|difference| difference["kind"] == "moved")
        .map(|difference| difference["line"].as_u64().unwrap())
        .collect();
    assert!(moved.contains(&20) || moved.contains(&21), "{run}");
    assert!(moved.iter().all(|&line| line >= 19), "what stands above has not moved: {run}");
}

#[test]
fn an_indexed_again_corpus_is_clean() {
    let dir = Dir::indexed();
    dir.edit("corpus/lighthouse.txt", "is 58 metres", "is 59 metres");
    dir.faqt(["verify"]).ends_with(1);
    dir.faqt(["index"]).ok();
    dir.faqt(["verify"]).ok();
}

#[test]
fn a_flipped_byte_in_any_file_of_the_index_is_found() {
    let dir = Dir::indexed();
    let folder = dir.in_generation("");
    let files: Vec<_> =
        dir.listing(&folder).into_iter().map(|(path, _, _)| path).filter(|path| path.is_file()).collect();
    assert!(files.len() > 6, "{files:?}");
    for path in files {
        let bytes = fs::read(&path).unwrap();
        let mut flipped = bytes.clone();
        flipped[bytes.len() / 2] ^= 0x10;
        fs::write(&path, flipped).unwrap();
        let run = dir.faqt(["verify"]).run();
        let name = path.file_name().unwrap().to_str().unwrap();
        if name == "manifest.json" {
            assert!(run.code == 1 || run.code == 2, "{run}");
        } else {
            assert_eq!(run.code, 1, "{run}");
            assert!(run.stdout.contains("damaged") && run.stdout.contains(name), "{run}");
        }
        fs::write(&path, bytes).unwrap();
    }
    dir.faqt(["verify"]).ok();
}

#[test]
fn verify_without_an_index_says_what_to_run() {
    Dir::new().faqt(["verify"]).fails_with(&["`index`", "run `faqt index`"]);
}
