//! Limits keep a hostile file from eating the machine; each has its message, and that names what helps.

use crate::{
    bad_input::{GOOD, index_with, only_reason, skipped},
    harness::{Dir, first},
};
use serde_json::Value;
use std::time::{Duration, Instant};

/// What the report says was skipped of a file.
fn reason_for<'a>(report: &'a Value, name: &str) -> Option<&'a str> {
    let notes = report["skipped"].as_array().unwrap();
    notes.iter().find(|note| note["source"] == format!("corpus/{name}"))?["reason"].as_str()
}

#[test]
fn every_format_that_is_read_whole_names_its_limit_and_the_setting() {
    let dir = Dir::new();
    dir.write("faqt.toml", "max_file_bytes = 2000\n");
    let names = ["a.txt", "a.md", "a.rst", "a.adoc", "a.org", "a.pod", "a.html", "a.json", "a.yml"];
    for name in names {
        dir.write(format!("corpus/{name}"), "x ".repeat(1_500));
    }
    // Rows in UTF-8 are streamed; in another encoding they are read whole.
    dir.write("corpus/streamed.csv", "question,answer\nIs it streamed?,It is.\n".to_owned() + &"\n".repeat(3_000));
    for name in ["wide.csv", "wide.jsonl"] {
        dir.write(
            format!("corpus/{name}"),
            "\u{feff}a\n".repeat(900).encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
        );
    }
    let report = index_with(&dir, "good.md", GOOD);
    for name in names {
        let reason = reason_for(&report, name).unwrap_or_else(|| panic!("{name}: {report:#}"));
        assert_eq!(
            reason, "has 3000 bytes, the limit is 2000: split it, or raise `max_file_bytes` in faqt.toml",
            "{name}"
        );
    }
    for name in ["wide.csv", "wide.jsonl"] {
        assert!(
            reason_for(&report, name).is_some_and(|reason| reason.contains("max_file_bytes")),
            "{name}: {report:#}"
        );
    }
    assert_eq!(reason_for(&report, "streamed.csv"), None);
    assert_eq!(first(&dir.ask(["Is it streamed?"]))["text"], "It is.");
}

#[test]
fn a_text_in_utf_16_over_its_own_limit_is_told_what_helps() {
    let dir = Dir::new();
    let letters = [b'a', 0].repeat(8 << 20);
    let report = index_with(&dir, "wide.txt", [b"\xff\xfe".as_slice(), &letters].concat());
    let reason = only_reason(&report);
    assert_eq!(reason, "has 16777218 bytes in UTF-16, the limit is 16777216: save it as UTF-8, or split it");
}

#[test]
fn a_row_of_a_table_over_the_limit_costs_that_row_and_names_the_setting() {
    let dir = Dir::new();
    dir.write("faqt.toml", "max_record_bytes = 1000\n");
    let long = "x".repeat(2_000);
    let rows = format!("question,answer\nWhat is small?,A mouse.\nWhat is large?,{long}\nWhat is last?,The end.\n");
    let report = index_with(&dir, "rows.csv", &rows);
    let [(Some(3), reason)] = skipped(&report)[..] else { panic!("{report:#}") };
    assert!(reason.contains("1000 bytes") && reason.contains("`max_record_bytes`"), "{reason}");
    assert_eq!(first(&dir.ask(["What is last?"]))["citations"][0]["lines"], serde_json::json!([4, 4]));
    assert_eq!(first(&dir.ask(["What is small?"]))["text"], "A mouse.");
}

/// Whatever is nested, as deep as nobody would: it is read, or its limit is named; there is no stack to overflow.
#[test]
fn nothing_is_nested_too_deeply_for_any_reader() {
    let dir = Dir::new();
    let deep = 50_000;
    let stair = |mark: &str, depth: usize| format!("{}{mark}a\n\n", " ".repeat(depth * 2));
    let stairs = |mark: &str| (0..600).map(|depth| stair(mark, depth)).collect::<Vec<_>>().concat();
    let files = [
        ("a.html", "<div>".repeat(deep)),
        ("b.html", "<ul><li>a".repeat(deep)),
        ("c.html", "<details><summary>a?</summary>b".repeat(deep)),
        ("d.html", format!("<script type='application/ld+json'>{}</script>b", "[".repeat(deep))),
        ("a.rst", stairs("- ")),
        ("b.rst", "*".repeat(deep)),
        ("a.adoc", format!("{} a", "*".repeat(deep))),
        ("b.adoc", "====\n".repeat(deep)),
        ("a.org", format!("{} a?\n\nb\n", "*".repeat(deep))),
        ("b.org", stairs("- ")),
        ("c.org", "#+BEGIN_QUOTE\n".repeat(deep)),
        ("a.pod", "=over\n\n".repeat(deep)),
        ("b.pod", format!("=pod\n\n{}a", "B<".repeat(deep))),
        ("a.txt", stairs("- ")),
        ("a.json", "[".repeat(deep)),
        ("b.json", "{\"a\":".repeat(deep)),
        ("c.json", "{\"a\":".repeat(40) + "[{\"question\": \"a?\", \"answer\": \"b\"}]" + &"}".repeat(40)),
        ("d.json", format!("{}{}", "[".repeat(deep), "]".repeat(deep))),
        ("a.yml", format!("question: a?\nanswer: {}", "[".repeat(deep))),
        ("b.yml", format!("a: {}b", "- ".repeat(deep))),
        ("c.yml", format!("{}question: a?\n", "? ".repeat(deep))),
    ];
    for (name, text) in &files {
        dir.write(format!("corpus/{name}"), text);
    }
    let started = Instant::now();
    let report = index_with(&dir, "good.md", GOOD);
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
    for name in ["a.json", "b.json", "c.json", "d.json", "a.yml", "b.yml", "c.yml"] {
        // What has no questions at all is told with others like it.
        let source = format!("corpus/{name}");
        let is_told = |note: &Value| note["source"] == source || note["reason"].as_str().unwrap().contains(&source);
        let is_named = |kind: &str| report[kind].as_array().unwrap().iter().any(is_told);
        assert!(is_named("skipped") || is_named("warnings"), "{name}: {report:#}");
    }
    assert_eq!(reason_for(&report, "c.json"), Some("is nested more than 16 levels deep: flatten it"));
}
