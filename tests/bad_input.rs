//! Whatever is thrown at it: no panic, no lost index, and a message that names file, place and remedy.

use crate::harness::{Dir, first, texts};
use serde_json::Value;
use std::{
    fs::File,
    io::Read as _,
    time::{Duration, Instant},
};

/// An article that every corpus here has beside its bad files.
pub const GOOD: &str = "FAQ\nQ: Is this one read?\nA: It is read all the same.\n";

/// Indexes a corpus with a good article and this file, and returns the report.
#[track_caller]
pub fn index_with(dir: &Dir, name: &str, contents: impl AsRef<[u8]>) -> Value {
    dir.write("corpus/good.txt", GOOD).write(format!("corpus/{name}"), contents);
    let report = dir.faqt(["index", "--format", "json"]).ok().json();
    assert_eq!(first(&dir.ask(["Is this one read?"]))["text"], "It is read all the same.");
    dir.faqt(["verify"]).ok();
    report
}

/// The reasons for what was skipped, with their lines.
pub fn skipped(report: &Value) -> Vec<(Option<u64>, &str)> {
    let notes = report["skipped"].as_array().unwrap();
    notes.iter().map(|note| (note["line"].as_u64(), note["reason"].as_str().unwrap())).collect()
}

#[track_caller]
pub fn only_reason(report: &Value) -> &str {
    let [(_, reason)] = skipped(report)[..] else { panic!("{report:#}") };
    reason
}

#[test]
fn a_folder_that_does_not_exist_is_named() {
    let dir = Dir::new();
    dir.faqt(["index", "no/such folder"]).fails_with(&["`no/such folder`", "name an existing file or folder"]);
    assert!(!dir.path("index").exists());
}

#[test]
fn an_empty_folder_is_told_what_is_read() {
    let dir = Dir::new();
    std::fs::create_dir(dir.path("corpus")).unwrap();
    dir.faqt(["index"]).fails_with(&["nothing to index in `corpus`", ".md", ".jsonl"]);
}

/// A file that nobody can read, not even root.
#[cfg(target_os = "linux")]
#[test]
fn an_unreadable_file_costs_itself_alone() {
    for name in ["a.txt", "a.md", "a.jsonl"] {
        let dir = Dir::new();
        dir.write("corpus/good.txt", GOOD);
        std::os::unix::fs::symlink("/proc/self/mem", dir.path(format!("corpus/{name}"))).unwrap();
        let report = dir.faqt(["index", "--format", "json"]).ok().json();
        assert_eq!(report["skipped"][0]["source"], format!("corpus/{name}"));
        assert!(only_reason(&report).contains("cannot be read"), "{report:#}");
        dir.faqt(["ask", "Is this one read?"]).ok();
        dir.faqt(["verify"]).ok();
        assert_eq!(dir.faqt(["index", "--format", "json"]).ok().json()["unchanged"], true);

        std::fs::remove_file(dir.path(format!("corpus/{name}"))).unwrap();
        let row = "{\"question\": \"Can it be read now?\", \"answer\": \"It can.\"}\n";
        dir.write(
            format!("corpus/{name}"),
            if name == "a.jsonl" { row } else { "FAQ\nQ: Can it be read now?\nA: It can.\n" },
        );
        dir.faqt(["index"]).ok();
        assert_eq!(first(&dir.ask(["Can it be read now?"]))["text"], "It can.");
    }
}

#[cfg(unix)]
#[test]
fn a_dangling_link_and_a_folder_named_like_a_file_are_no_trouble() {
    let dir = Dir::new();
    dir.write("corpus/good.txt", GOOD)
        .write("corpus/folder.txt/inner.txt", "FAQ\nQ: Where am I?\nA: Within a folder.\n");
    std::os::unix::fs::symlink("nowhere.txt", dir.path("corpus/dangling.txt")).unwrap();
    let report = dir.faqt(["index", "--format", "json"]).ok().json();
    assert!(only_reason(&report).contains("dangling.txt"), "{report:#}");
    assert_eq!(first(&dir.ask(["Where am I?"]))["citations"][0]["source"], "corpus/folder.txt/inner.txt");
}

/// The whole file is one line, and most of it a hole that takes no room on disk.
#[cfg(unix)]
#[test]
fn a_line_of_a_gigabyte_is_passed_over_in_little_memory() {
    let dir = Dir::new();
    dir.write("corpus/good.txt", GOOD);
    for name in ["huge.jsonl", "huge.txt"] {
        dir.write(format!("corpus/{name}"), "a".repeat(1 << 20));
        File::options().write(true).open(dir.path(format!("corpus/{name}"))).unwrap().set_len(1 << 30).unwrap();
    }
    let started = Instant::now();
    // 900 MB of address space, threads and mapped files included, are less than the file.
    let run = dir.shell("ulimit -v 900000; exec \"$FAQT\" index --format json").env("RAYON_NUM_THREADS", "2").ok();
    assert!(started.elapsed() < Duration::from_secs(60));
    let report = run.json();
    let reasons = skipped(&report);
    assert_eq!(reasons.len(), 2, "{report:#}");
    assert_eq!(reasons[0].0, Some(1));
    assert!(reasons[0].1.contains("has 1073741824 bytes") && reasons[0].1.contains("max_record_bytes"), "{report:#}");
    assert!(reasons[1].1.contains("has 1073741824 bytes") && reasons[1].1.contains("max_file_bytes"), "{report:#}");
    dir.faqt(["ask", "Is this one read?"]).ok();
}

#[test]
fn a_row_over_the_limit_costs_that_row_and_the_lines_below_still_count() {
    let dir = Dir::new();
    dir.write("faqt.toml", "max_record_bytes = 1000\n");
    let row = |question: &str, answer: &str| format!("{{\"question\": \"{question}\", \"answer\": \"{answer}\"}}\n");
    let rows = row("What is small?", "A mouse.")
        + &row("What is large?", &"x".repeat(2_000))
        + &row("What is last?", "The end.");
    let report = index_with(&dir, "rows.jsonl", &rows);
    let [(Some(2), reason)] = skipped(&report)[..] else { panic!("{report:#}") };
    assert!(reason.contains("max_record_bytes"), "{reason}");
    let reply = dir.ask(["What is last?"]);
    let citation = &first(&reply)["citations"][0];
    assert_eq!((&citation["lines"], &citation["quote"]), (&serde_json::json!([3, 3]), &serde_json::json!("The end.")));
    let start = rows.find("The end.").unwrap();
    assert_eq!(citation["bytes"], serde_json::json!([start, start + 8]));
}

#[test]
fn rows_that_are_broken_cost_themselves_alone() {
    let dir = Dir::new();
    let mut rows: Vec<u8> = [
        "{\"question\": \"Is the first row read?\", \"answer\": \"Yes, the first.\"}",
        "not json",
        "{\"question\": \"a?\", \"question\": \"b?\", \"answer\": \"c\"}",
        "{\"question\": \"a?\", \"answer\": \"\\ud800\"}",
        "{\"question\": \"a\\udc00b?\", \"answer\": \"c\"}",
        "{\"question\": \"a?\", \"answer\": {\"deep\": 1}}",
        "{\"question\": \"a?\", \"answer\": \"b\", \"date\": \"soon\"}",
        "{\"question\": \"a?\", \"answer\": \"b\"",
        "\"a string\"",
        "{\"question\": \"a?\", \"answer\": \"   \"}",
        "{\"question\": \"Is \\u0041 \\ud83e\\udd80 read?\", \"answer\": \"Yes, as a crab \\ud83e\\udd80.\"}",
    ]
    .join("\n")
    .into_bytes();
    rows.extend(b"\n{\"question\": \"a\xff?\", \"answer\": \"b\"}\n");
    rows.extend(b"{\"question\": \"Is the last row read?\", \"answer\": \"Yes, the last.\"}");
    let report = index_with(&dir, "rows.jsonl", rows);
    let lines: Vec<u64> = skipped(&report).iter().map(|(line, _)| line.unwrap()).collect();
    assert_eq!(lines, [2, 3, 4, 5, 6, 7, 8, 9, 10, 12], "{report:#}");
    let reason = |line: u64| skipped(&report).iter().find(|(found, _)| *found == Some(line)).unwrap().1.to_owned();
    for (line, part) in [
        (3, "`question` comes twice"),
        (4, "lone surrogate"),
        (5, "lone surrogate"),
        (7, "YYYY-MM-DD"),
        (12, "not UTF-8"),
    ] {
        assert!(reason(line).contains(part), "{line}: {}", reason(line));
    }
    for (question, answer) in [
        ("Is the first row read?", "Yes, the first."),
        ("Is the last row read?", "Yes, the last."),
        ("Is A 🦀 read?", "Yes, as a crab 🦀."),
    ] {
        assert_eq!(first(&dir.ask([question]))["text"], answer);
    }
}

#[test]
fn json_nested_a_hundred_thousand_levels_deep_costs_its_row() {
    let deep = 100_000;
    let (open, close) = ("[".repeat(deep), "]".repeat(deep));
    let objects = "{\"a\":".repeat(deep);
    let rows = [
        format!("{{\"question\": \"a?\", \"answer\": \"b\", \"metadata\": {{\"x\": {open}{close}}}}}"),
        format!("{{\"question\": \"a?\", \"answer\": {open}{close}}}"),
        format!("{{\"question\": \"a?\", \"alternates\": {open}{close}, \"answer\": \"b\"}}"),
        format!("{{\"question\": \"a?\", \"answer\": {objects}"),
        open.clone(),
        objects.clone(),
        "{\"question\": \"Is the row below read?\", \"answer\": \"It is.\"}".to_owned(),
    ];
    let dir = Dir::new();
    let report = index_with(&dir, "deep.jsonl", rows.join("\n"));
    let lines: Vec<u64> = skipped(&report).iter().map(|(line, _)| line.unwrap()).collect();
    assert_eq!(lines, [1, 2, 3, 4, 5, 6], "{report:#}");
    assert_eq!(first(&dir.ask(["Is the row below read?"]))["text"], "It is.");
}

#[test]
fn markdown_nested_deeply_is_read() {
    let dir = Dir::new();
    let report = index_with(
        &dir,
        "deep.md",
        format!("# Deep\n\n{} a quote\n\n{}a list\n", ">".repeat(20_000), "- ".repeat(5_000)),
    );
    assert_eq!(report["files"], 2);
}

#[test]
fn what_is_no_text_is_skipped_by_name() {
    for (name, bytes, part) in [
        ("archive.txt", b"PK\x03\x04\x14\x00\x08\x00rest of it".to_vec(), "ZIP"),
        ("archive.md", b"PK\x03\x04\x14\x00\x08\x00rest of it".to_vec(), "ZIP"),
        ("archive.jsonl", b"PK\x03\x04\x14\x00\x08\x00rest of it".to_vec(), "ZIP"),
        ("paper.txt", b"%PDF-1.7 and so on".to_vec(), "PDF"),
        ("noise.txt", (0..=255u8).cycle().take(5_000).collect(), "binary"),
    ] {
        let dir = Dir::new();
        let report = index_with(&dir, name, bytes);
        let reason = only_reason(&report);
        assert!(reason.contains(part) && reason.contains(".faqtignore"), "{reason}");
    }
}

#[test]
fn invalid_utf_8_in_a_text_is_read_by_a_guess_and_cited_by_its_bytes() {
    let dir = Dir::new();
    let report =
        index_with(&dir, "old.txt", b"FAQ\nQ: Where is the caf\xe9?\nA: Behind the th\xe9\xe2tre, on the left.\n");
    assert_eq!(skipped(&report), []);
    let reply = dir.ask(["Where is the café?"]);
    assert_eq!(first(&reply)["text"], "Behind the théâtre, on the left.");
}

#[test]
fn an_empty_question_is_told_how_to_ask() {
    let dir = Dir::indexed();
    for question in ["", "   ", "\t\n", "\u{1}\u{2}\u{1b}\u{7f}"] {
        dir.faqt(["ask", question]).fails_with(&["the question is empty", "faqt ask"]);
    }
}

#[test]
fn a_question_of_100_000_words_is_refused_and_one_of_2_000_is_asked() {
    let dir = Dir::indexed();
    dir.faqt(["ask"].into_iter().chain(std::iter::repeat_n("why", 100_000)))
        .fails_with(&["399999 bytes", "fewer words"]);
    let run = dir.faqt(["ask", "-"]).input("why ".repeat(100_000) + "\nHow high is the lighthouse?\n").ok();
    let replies = run.json_lines();
    assert_eq!(replies[0]["error"]["code"], "question_invalid");
    assert_eq!(replies[1]["answered"], true);
    let long = format!("how high is the lighthouse {}", "really ".repeat(2_000));
    let run = dir.faqt(["ask", &long]).run();
    assert!(run.code < 2 && run.stderr.is_empty(), "{run}");
}

#[test]
fn control_characters_in_a_question_are_no_trouble() {
    let dir = Dir::indexed();
    let reply = dir.ask(["How\u{7}high\u{1b}[31m is\u{202e} the lighthouse?\u{9b}"]);
    assert_eq!(reply["question"], "How\u{7}high\u{1b}[31m is\u{202e} the lighthouse?\u{9b}");
    let run = dir.faqt(["ask", "\u{1b}]0;x\u{7}lighthouse", "--filter", "x\u{1b}[31m"]).ends_with(2);
    assert!(!run.stderr.contains('\u{1b}'), "{:?}", run.stderr);
}

#[cfg(unix)]
#[test]
fn standard_output_closed_early_is_no_error() {
    let dir = Dir::indexed();
    let input = "How high is the lighthouse?\n".repeat(2_000);
    dir.write("questions", input);
    for command in [
        "\"$FAQT\" ask - --top 50 --explain < questions",
        "\"$FAQT\" ask 'How high is the lighthouse?' --explain --top 50 --format json",
        "\"$FAQT\" completions zsh",
        "\"$FAQT\" --help",
        "\"$FAQT\" index --rebuild",
    ] {
        let run = dir.shell(&format!("{{ {command}; echo \"status $?\" >&2; }} | true")).ok();
        assert!(matches!(run.stderr.trim(), "status 0" | "status 141"), "{run}");
    }
    let run = dir.shell("{ \"$FAQT\" ask - < questions; echo \"status $?\" >&2; } | head -1").ok();
    assert_eq!((run.stdout.lines().count(), run.stderr.trim()), (1, "status 0"), "{run}");
}

#[cfg(unix)]
#[test]
fn all_output_closed_early_is_no_panic() {
    let dir = Dir::with_corpus();
    // The sleep lets the reader end before anything is written.
    let script =
        "{ sleep 0.2; \"$FAQT\" ask 'How high is the lighthouse?'; echo $? > status; } 2>&1 | true; cat status";
    let run = dir.shell(script).ok();
    assert_eq!(run.stdout.trim(), "0", "{run}");
    let script = "{ sleep 0.2; \"$FAQT\" ask 'Why?' --filter x; echo $? > status; } 2>&1 | true; cat status";
    assert_eq!(dir.shell(script).ok().stdout.trim(), "2");
}

#[test]
fn output_that_is_closed_at_once_is_no_error() {
    let dir = Dir::indexed();
    let mut child = dir.faqt(["ask", "-"]).spawn();
    drop(child.stdout.take());
    let mut input = child.stdin.take().unwrap();
    // The program may be gone before all is written; that is its right.
    let _ = std::io::Write::write_all(&mut input, "How high is the lighthouse?\n".repeat(5_000).as_bytes());
    drop(input);
    let status = child.wait().unwrap();
    let mut errors = String::new();
    child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
    assert_eq!((status.code(), errors.as_str()), (Some(0), ""));
}

#[test]
fn file_names_of_all_kinds_are_cited_and_shown() {
    let dir = Dir::new();
    let names: &[&str] = if cfg!(windows) {
        &["with space.txt", "größe 中文 🦀.txt"]
    } else {
        &["with space.txt", "größe 中文 🦀.txt", "new\nline.txt", "tab\t\u{1b}[31m.txt", "-dash.txt", "quote'\".txt"]
    };
    for (number, name) in names.iter().enumerate() {
        dir.write(
            format!("corpus/{name}"),
            format!("FAQ\nQ: What is in number {number}?\nA: The words of number {number}.\n"),
        );
    }
    dir.faqt(["index"]).ok();
    for (number, name) in names.iter().enumerate() {
        let question = format!("What is in number {number}?");
        let reply = dir.ask([question.as_str()]);
        assert_eq!(first(&reply)["citations"][0]["source"], format!("corpus/{name}"));
        let run = dir.faqt(["ask", &question]).ok();
        assert!(!run.stdout.contains('\u{1b}'), "{:?}", run.stdout);
        let id = first(&reply)["id"].as_str().unwrap();
        assert!(dir.faqt(["show", id]).ok().stdout.contains(&format!("The words of number {number}.")));
    }
    dir.faqt(["verify"]).ok();
}

/// Not every system lets such a name be: then there is nothing to test.
#[cfg(target_os = "linux")]
#[test]
fn a_file_name_that_is_no_utf_8_costs_its_file_alone() {
    use std::os::unix::ffi::OsStrExt as _;
    let dir = Dir::new();
    dir.write("corpus/good.txt", GOOD);
    let name = std::ffi::OsStr::from_bytes(b"corpus/b\xe4d.txt");
    dir.write(name, "FAQ\nQ: What is in it?\nA: Words.\n");
    let report = dir.faqt(["index", "--format", "json"]).ok().json();
    assert!(only_reason(&report).contains("UTF-8"), "{report:#}");
    dir.faqt(["ask", "Is this one read?"]).ok();
    assert_eq!(dir.faqt(["index", "--format", "json"]).ok().json()["unchanged"], true);
}

#[test]
fn empty_and_blank_files_are_warned_about() {
    let dir = Dir::new();
    let extensions = ["txt", "md", "html", "json", "jsonl", "csv", "tsv", "yml", "rst", "adoc", "org", "pod"];
    let files = extensions.iter().flat_map(|end| [(format!("blank.{end}"), "\n \t\r\n"), (format!("empty.{end}"), "")]);
    let files: Vec<_> = files.collect();
    for (name, text) in &files {
        dir.write(format!("corpus/{name}"), text);
    }
    let report = index_with(&dir, "good.md", GOOD);
    let warnings = report["warnings"].as_array().unwrap();
    for (name, _) in &files {
        let is_named = |note: &&Value| note["source"] == format!("corpus/{name}");
        assert_eq!(warnings.iter().filter(is_named).count(), 1, "{name}: {report:#}");
    }
}

#[test]
fn crlf_everywhere_gives_the_same_answers() {
    let (unix, dos) = (Dir::with_corpus(), Dir::with_corpus());
    for file in ["lighthouse.txt", "ferry.md", "library.jsonl"] {
        let text = String::from_utf8(dos.read(format!("corpus/{file}"))).unwrap();
        dos.write(format!("corpus/{file}"), text.replace('\n', "\r\n"));
    }
    for dir in [&unix, &dos] {
        dir.faqt(["index"]).ok();
        dir.faqt(["verify"]).ok();
    }
    for question in [
        "How high is the lighthouse?",
        "what happens when there is a storm",
        "What does a library card cost?",
        "tower",
        "when do I have to be at the pier",
    ] {
        let ask = |dir: &Dir| dir.ask([question, "--top", "50", "--min-confidence", "0"]);
        let (left, right) = (ask(&unix), ask(&dos));
        assert_eq!(texts(&left), texts(&right), "{question}");
        let lines = |reply: &Value| {
            reply["answers"]
                .as_array()
                .unwrap()
                .iter()
                .map(|answer| answer["citations"][0]["lines"].clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(lines(&left), lines(&right), "{question}");
    }
}

#[test]
fn rows_in_another_encoding_are_read_and_a_broken_row_among_good_ones_is_not() {
    let row = |word: &str| format!("{{\"question\": \"Where is the {word}?\", \"answer\": \"The {word} is here.\"}}\n");
    let dir = Dir::new();
    let utf16: Vec<u8> = row("harbour").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin: Vec<u8> = [row("caf\u{e9}"), row("fa\u{e7}ade")].concat().chars().map(|letter| letter as u8).collect();
    let broken = [row("na\u{ef}ve one").as_bytes(), b"{\"question\": \"\xff\xfe?\", \"answer\": \"x\"}\n"].concat();
    dir.write("corpus/a.jsonl", utf16).write("corpus/b.jsonl", latin).write("corpus/c.jsonl", broken);
    let report = dir.faqt(["index", "--format", "json"]).ok().json();
    assert_eq!(report["units"]["qa"], 4, "{report}");
    assert_eq!(report["skipped"].as_array().map(Vec::len), Some(1), "{report}");
    assert_eq!(report["skipped"][0]["source"], "corpus/c.jsonl");
    assert!(dir.faqt(["verify"]).ok().stdout.contains("all as indexed"));
    assert!(dir.faqt(["ask", "Where is the fa\u{e7}ade?"]).ok().stdout.contains("The fa\u{e7}ade is here."));
}
