//! The same corpus gives the same bytes of replies, whatever way the index came to be.

use crate::harness::{Dir, Numbers, generated_rows};
use std::fmt::Write as _;

/// Questions of all kinds on the generated rows and the sample articles.
fn questions() -> String {
    let mut numbers = Numbers::new(99);
    let mut questions = String::from("How high is the lighthouse?\nhow hihg is the lighthose\ntower\n");
    for length in 1..25 {
        writeln!(questions, "{}", numbers.words(length)).unwrap();
    }
    questions
}

/// All replies to the questions, as they were printed, without their times.
fn replies(dir: &Dir, index: &str, threads: &str) -> String {
    let ask = dir.faqt(["ask", "-", "--index", index, "--top", "10", "--min-confidence", "0", "--explain"]);
    let printed = ask.env("RAYON_NUM_THREADS", threads).input(questions()).ok().stdout;
    let timeless = |line: &str| {
        let (before, after) = line.split_once("\"took_ms\":").unwrap_or_else(|| panic!("{line}"));
        format!("{before}{}\n", after.trim_start_matches(|letter: char| letter != ',' && letter != '}'))
    };
    printed.lines().map(timeless).collect()
}

/// A folder with sample articles and more rows than are all ranked.
fn large() -> Dir {
    let dir = Dir::with_corpus();
    dir.write("corpus/rows.jsonl", generated_rows(1_500, 5)).write("corpus/more/rows.ndjson", generated_rows(1_100, 6));
    dir
}

#[test]
fn builds_on_any_number_of_threads_reply_alike() {
    let dir = large();
    for threads in ["1", "2", "5"] {
        dir.faqt(["index", "--index", threads]).env("RAYON_NUM_THREADS", threads).ok();
    }
    let expected = replies(&dir, "1", "1");
    // Candidates were looked for: not all units were ranked.
    let counts = expected.lines().map(|line| line.split_once("\"candidates\":").unwrap().1.split(',').next().unwrap());
    let counts: Vec<usize> = counts.map(|count| count.parse().unwrap()).collect();
    assert!(counts.len() > 20 && counts.iter().all(|&count| (1..2_000).contains(&count)), "{counts:?}");
    assert!(replies(&dir, "2", "2") == expected, "two threads");
    assert!(replies(&dir, "5", "1") == expected, "five threads, asked on one");
}

#[test]
fn however_the_corpus_is_spelled_replies_are_alike() {
    let dir = large();
    dir.faqt(["index", "--index", "plain"]).ok();
    let expected = replies(&dir, "plain", "2");
    let absolute = dir.path("corpus");
    for (index, corpus) in
        [("dotted", "./corpus/more/../"), ("absolute", absolute.to_str().unwrap()), ("slash", "corpus/")]
    {
        dir.faqt(["index", corpus, "--index", index]).ok();
        assert!(replies(&dir, index, "2") == expected, "{corpus}");
    }
}

#[test]
fn a_build_over_an_old_index_replies_like_a_fresh_one() {
    let dir = large();
    dir.write("corpus/aaa.txt", "FAQ\nQ: What was here before?\nA: Another article with other words.\n");
    dir.faqt(["index", "--index", "old"]).ok();
    std::fs::remove_file(dir.path("corpus/aaa.txt")).unwrap();
    dir.faqt(["index", "--index", "old"]).ok();
    dir.faqt(["index", "--index", "old", "--rebuild"]).ok();
    dir.faqt(["index", "--index", "fresh"]).ok();
    assert!(replies(&dir, "old", "2") == replies(&dir, "fresh", "2"));
}

#[test]
fn ids_survive_that_articles_and_rows_are_added_and_reordered() {
    let dir = Dir::indexed();
    let ids = || {
        let asked = ["How high is the lighthouse?", "What does a library card cost?", "What happens in a storm?"];
        asked.map(|question| dir.ask([question])["answers"][0]["id"].as_str().unwrap().to_owned())
    };
    let before = ids();
    let rows = String::from_utf8(dir.read("corpus/library.jsonl")).unwrap();
    let turned: Vec<&str> = rows.lines().rev().collect();
    dir.write("corpus/library.jsonl", turned.join("\n"));
    dir.write("corpus/aaa.txt", "FAQ\nQ: Who comes first?\nA: This file does.\n");
    dir.edit("corpus/lighthouse.txt", "Key Takeaways\n", "Key Takeaways\n- The door is painted red.\n");
    dir.faqt(["index"]).ok();
    assert_eq!(ids(), before);
}
