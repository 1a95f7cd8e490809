//! Building: the report, what is done again and what is not, generations, locks, damage.

use crate::harness::{Dir, first, generated_rows, steady};
use serde_json::json;
use std::{
    fs::{self, File},
    time::{Duration, Instant, SystemTime},
};

#[test]
fn the_report_for_people_tells_what_was_read_and_what_was_not() {
    let dir = Dir::with_corpus();
    dir.write("corpus/broken.jsonl", "{\"question\": \"Is this read?\", \"answer\": \"Yes.\", \"colour\": \"red\"}\n{broken\n\n{\"question\": \"No answer?\"}\n[1]\n");
    dir.write("corpus/picture.png", [0x89, b'P', b'N', b'G']).write("corpus/empty.txt", "");
    dir.write("corpus/copy.jsonl", dir.read("corpus/library.jsonl"));
    steady(|| insta::assert_snapshot!(dir.faqt(["index"]).ok().stdout));
}

#[test]
fn the_report_for_machines_has_the_keys_of_the_contract() {
    let dir = Dir::with_corpus();
    dir.write("corpus/broken.jsonl", "{\"question\": \"Is this read?\", \"answer\": \"Yes.\"}\n\n{\"answer\": 7}\n");
    let report = dir.faqt(["index", "--format", "json"]).ok().json();
    assert_eq!(report["files"], 4);
    assert_eq!(report["articles"], 7);
    assert_eq!(report["units"], json!({"qa": 11, "takeaway": 3, "passage": 6}));
    assert_eq!(report["warnings"], json!([]));
    assert_eq!(report["unchanged"], false);
    assert!(report["took_ms"].is_u64() && report["languages"]["en"].is_u64(), "{report:#}");
    let skipped = report["skipped"].as_array().unwrap();
    assert_eq!(skipped.len(), 1);
    assert_eq!((&skipped[0]["source"], &skipped[0]["line"]), (&json!("corpus/broken.jsonl"), &json!(3)));
    assert!(skipped[0]["reason"].as_str().unwrap().contains("`answer` is not a string"), "{report:#}");
}

#[test]
fn every_file_is_reported_with_its_rows_units_and_notes() {
    let dir = Dir::new();
    dir.write("corpus/a.jsonl", "{\"question\": \"Is this read?\", \"answer\": \"Yes.\"}\n{broken\n{\"question\": \"And this?\", \"answer\": \"Too.\", \"colour\": \"red\"}\n");
    dir.write("corpus/b.txt", "FAQ\nQ: What is this?\nA: A text.\n").write("corpus/c.txt", [0, 1, 2, 3, 255]);
    let report = dir.faqt(["index", "--format", "json"]).ok().json();
    let files = json!([
        {"source": "corpus/a.jsonl", "rows": 3, "units": {"qa": 2}, "skipped": 1, "warnings": 1},
        {"source": "corpus/b.txt", "rows": 1, "units": {"qa": 1}, "skipped": 0, "warnings": 0},
        {"source": "corpus/c.txt", "rows": 0, "units": {}, "skipped": 1, "warnings": 0},
    ]);
    assert_eq!(report["by_file"], files, "{report:#}");
    assert_eq!(dir.faqt(["index", "--format", "json"]).ok().json()["by_file"], files);
}

#[test]
fn files_of_data_are_told_in_one_line_and_a_named_one_with_its_reason() {
    let dir = Dir::with_corpus();
    dir.write("corpus/package.json", "{\"name\": \"x\", \"scripts\": {}}").write("corpus/tsconfig.json", "{}");
    dir.write("corpus/colours.json", "[{\"value\": 1}, {\"value\": 2}]").write("corpus/z.json", "[]");
    dir.write("corpus/ci.yml", "on: push\n").write("corpus/wrong.json", "[{\"question\": \"Why?\"}]");
    let report = dir.faqt(["index", "--format", "json"]).ok().json();
    let reasons = |key: &str| {
        let notes = report[key].as_array().unwrap();
        notes.iter().map(|note| format!("{}: {}", note["source"], note["reason"])).collect::<Vec<_>>()
    };
    assert_eq!(reasons("skipped").len(), 1, "{report:#}");
    assert!(reasons("skipped")[0].contains("wrong.json"), "{report:#}");
    let warnings = reasons("warnings");
    let json = "4 JSON files hold no questions: corpus/colours.json, corpus/package.json, corpus/tsconfig.json, …";
    assert!(warnings[0].contains(json), "{report:#}");
    assert!(warnings[1].contains("1 YAML file holds no questions: corpus/ci.yml"), "{report:#}");
    assert_eq!(warnings.len(), 2);
    let named = dir.faqt(["index", "corpus/library.jsonl", "corpus/package.json", "--index", "other"]).ok();
    assert!(named.stdout.contains("package.json:1: has no question with an answer"), "{}", named.stdout);
}

#[test]
fn archives_are_named_with_what_to_do() {
    let dir = Dir::with_corpus();
    dir.write("corpus/old.tar.gz", [0x1f, 0x8b]).write("corpus/help.ZIP", "PK");
    let report = dir.faqt(["index", "--format", "json"]).ok().json();
    let skipped = report["skipped"].as_array().unwrap();
    let named: Vec<_> = skipped.iter().map(|note| note["source"].as_str().unwrap()).collect();
    assert_eq!(named, ["corpus/help.ZIP", "corpus/old.tar.gz"]);
    assert!(skipped.iter().all(|note| note["reason"].as_str().unwrap().contains("unpack it")), "{report:#}");
    assert_eq!(report["warnings"], json!([]));
}

#[test]
fn a_dry_run_shows_what_would_come_of_it_and_writes_nothing() {
    let dir = Dir::with_corpus();
    dir.write("corpus/broken.jsonl", "{\"question\": \"Is this read?\", \"answer\": \"Yes.\"}\n{broken\n");
    steady(|| insta::assert_snapshot!(dir.faqt(["index", "--dry-run"]).ok().stdout));
    let dry = dir.faqt(["index", "--dry-run", "--format", "json"]).ok().json();
    assert!(!dir.path("index").exists());
    let report = dir.faqt(["index", "--format", "json"]).ok().json();
    for key in ["files", "articles", "units", "skipped", "warnings", "languages", "by_file"] {
        assert_eq!(dry[key], report[key], "{key}");
    }
    let sample = &dry["samples"]["corpus/broken.jsonl"][0];
    assert_eq!(sample["question"], "Is this read?");
    let id = first(&dir.ask(["Is this read?"]))["id"].clone();
    assert_eq!(sample["id"], id);
    dir.faqt(["index", "--dry-run", "--rebuild"]).ends_with(2);
}

#[test]
fn a_dry_run_leaves_an_index_as_it_is() {
    let dir = Dir::indexed();
    let before = dir.listing("index");
    dir.edit("corpus/lighthouse.txt", "is 58 metres", "is 59 metres");
    dir.faqt(["index", "--dry-run"]).ok();
    assert_eq!(dir.listing("index"), before);
}

#[test]
fn a_second_run_with_nothing_changed_does_nothing() {
    let dir = Dir::indexed();
    let before = dir.listing("index");
    let run = dir.faqt(["index"]).ok();
    assert!(run.stdout.starts_with("unchanged: 3 files, 6 articles"), "{run}");
    let report = dir.faqt(["index", "--format", "json"]).ok().json();
    assert_eq!((&report["unchanged"], &report["units"]["qa"]), (&json!(true), &json!(10)));
    assert_eq!(dir.listing("index"), before);
    dir.faqt(["index", "--rebuild"]).ok();
    assert_ne!(dir.listing("index"), before);
}

#[test]
fn another_time_of_change_alone_is_no_change() {
    let dir = Dir::indexed();
    let file = File::options().append(true).open(dir.path("corpus/ferry.md")).unwrap();
    file.set_modified(SystemTime::now() + Duration::from_secs(60)).unwrap();
    assert!(dir.faqt(["index"]).ok().stdout.starts_with("unchanged"));
}

#[test]
fn a_changed_added_or_removed_file_and_another_setting_are_changes() {
    let dir = Dir::indexed();
    let indexed = || {
        let run = dir.faqt(["index"]).ok();
        assert!(run.stdout.starts_with("indexed"), "{run}");
        assert!(dir.faqt(["index"]).ok().stdout.starts_with("unchanged"));
    };
    // As many bytes as before.
    dir.edit("corpus/lighthouse.txt", "is 58 metres", "is 59 metres");
    indexed();
    assert!(first(&dir.ask(["How high is the lighthouse?"]))["text"].as_str().unwrap().contains("59"));
    dir.write("corpus/new.txt", "FAQ\nQ: What is new?\nA: This file.\n");
    indexed();
    assert_eq!(first(&dir.ask(["What is new?"]))["text"], "This file.");
    fs::remove_file(dir.path("corpus/new.txt")).unwrap();
    indexed();
    dir.faqt(["ask", "What is new?", "--min-confidence", "1"]).ends_with(1);
    dir.write("faqt.toml", "[sections]\nfaq = [\"Ask away\"]\n");
    indexed();
}

#[test]
fn the_generation_before_is_kept_and_older_ones_are_removed() {
    let dir = Dir::indexed();
    let first = dir.generations();
    dir.faqt(["index", "--rebuild"]).ok();
    let second = dir.generations();
    assert_eq!((first.len(), second.len()), (1, 2));
    assert!(second.contains(&first[0]));
    dir.faqt(["index", "--rebuild"]).ok();
    let third = dir.generations();
    assert_eq!(third.len(), 2);
    assert!(!third.contains(&first[0]) && third.contains(&second[1]), "{first:?} {second:?} {third:?}");
    assert!(dir.in_generation("").contains(&third[1]));
}

#[test]
fn while_another_process_builds_a_build_is_refused_and_questions_are_answered() {
    let dir = Dir::indexed();
    let lock = File::options().write(true).open(dir.path("index/.lock")).unwrap();
    lock.lock().unwrap();
    let before = dir.listing(&dir.in_generation(""));
    dir.faqt(["index", "--rebuild"]).fails_with(&["another process is building", "`index`", "--index"]);
    dir.faqt(["ask", "How high is the lighthouse?"]).ok();
    assert!(dir.faqt(["index"]).ok().stdout.starts_with("unchanged"));
    assert_eq!(dir.listing(&dir.in_generation("")), before);
    drop(lock);
    dir.faqt(["index", "--rebuild"]).ok();
}

#[cfg(unix)]
#[test]
fn a_killed_build_leaves_the_old_index_and_the_next_build_cleans_up() {
    let dir = Dir::indexed();
    let before = dir.generations();
    dir.write("corpus/rows.jsonl", generated_rows(20_000, 4));
    let mut build = dir.faqt(["index"]).spawn();
    let started = Instant::now();
    let unfinished = || dir.generations().iter().any(|name| name.contains(".tmp"));
    while !unfinished() {
        assert!(started.elapsed() < Duration::from_secs(30), "no build began");
        std::thread::sleep(Duration::from_millis(2));
    }
    build.kill().unwrap();
    assert!(!build.wait().unwrap().success());
    assert!(unfinished(), "the build was killed midway");
    dir.faqt(["ask", "How high is the lighthouse?"]).ok();
    assert_eq!(dir.faqt(["verify", "--format", "json"]).ok().json()["units"], 19);

    dir.write("corpus/rows.jsonl", generated_rows(10, 4));
    dir.faqt(["index"]).ok();
    assert!(!unfinished());
    assert_eq!(dir.generations().len(), before.len() + 1);
    dir.faqt(["verify"]).ok();
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_only_read_answers_and_nothing_in_it_is_written() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = Dir::indexed();
    let set = |folder_mode: u32, file_mode: u32| {
        for (path, _, _) in dir.listing("index").into_iter().chain([(dir.path("index"), 0, SystemTime::UNIX_EPOCH)]) {
            let mode = if path.is_dir() { folder_mode } else { file_mode };
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    set(0o555, 0o444);
    let before = dir.listing("index");
    dir.faqt(["ask", "How high is the lighthouse?"]).ok();
    dir.faqt(["verify"]).ok();
    let reply = dir.ask(["How high is the lighthouse?"]);
    dir.faqt(["show", first(&reply)["id"].as_str().unwrap()]).ok();
    // Times of folders and files would tell of anything written, by whomever.
    assert_eq!(dir.listing("index"), before);
    set(0o755, 0o644);
}

#[test]
fn an_index_of_another_version_is_told_with_the_remedy_which_works() {
    let dir = Dir::indexed();
    let manifest = dir.in_generation("manifest.json");
    dir.edit(&manifest, "\"format\":", "\"format\":9");
    for command in [&["ask", "Why?"][..], &["verify"]] {
        dir.faqt(command).fails_with(&["version 9", "this program reads version", "`faqt index --rebuild`"]);
    }
    dir.faqt(["index", "--rebuild"]).ok();
    dir.faqt(["ask", "How high is the lighthouse?"]).ok();
}

#[test]
fn an_index_of_another_analysis_is_told_with_the_remedy() {
    let dir = Dir::indexed();
    let manifest = dir.in_generation("manifest.json");
    dir.edit(&manifest, "\"analysis\":\"", "\"analysis\":\"old-");
    dir.faqt(["ask", "Why?"]).fails_with(&["old-", "`faqt index --rebuild`"]);
    assert!(dir.faqt(["index"]).ok().stdout.starts_with("indexed"));
}

#[test]
fn a_damaged_file_is_told_apart_from_a_missing_one() {
    let dir = Dir::indexed();
    let remedy = "`faqt index --rebuild`";
    let side = dir.in_generation("side");
    let bytes = dir.read(&side);
    dir.write(&side, &bytes[..bytes.len() / 2]);
    dir.faqt(["ask", "Why?"]).fails_with(&["is damaged", "side", &format!("not {}", bytes.len()), remedy]);
    fs::remove_file(dir.path(&side)).unwrap();
    dir.faqt(["ask", "Why?"]).fails_with(&["side", "cannot be read", remedy]);
    dir.write(&side, &bytes);
    dir.faqt(["ask", "How high is the lighthouse?"]).ok();

    let manifest = dir.in_generation("manifest.json");
    let bytes = dir.read(&manifest);
    dir.write(&manifest, "nonsense");
    dir.faqt(["ask", "Why?"]).fails_with(&["manifest.json", "cannot be understood", remedy]);
    fs::remove_file(dir.path(&manifest)).unwrap();
    dir.faqt(["ask", "Why?"]).fails_with(&["manifest.json", "cannot be read", remedy]);
    dir.write(&manifest, bytes);

    dir.write("index/CURRENT", "gen-none\n");
    dir.faqt(["ask", "Why?"]).fails_with(&["CURRENT", "`gen-none`", "not there", remedy]);
    dir.faqt(["index", "--rebuild"]).ok();
    dir.faqt(["ask", "How high is the lighthouse?"]).ok();
}

#[test]
fn a_flipped_byte_in_any_file_of_the_index_never_makes_the_program_panic() {
    let dir = Dir::indexed();
    let folder = dir.in_generation("");
    for (path, size, _) in dir.listing(&folder) {
        if path.is_dir() {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        for part in 0..25 {
            let mut flipped = bytes.clone();
            let at = usize::try_from(size - 1).unwrap() * part / 24;
            flipped[at] ^= 0x81;
            fs::write(&path, flipped).unwrap();
            let run = dir.faqt(["ask", "how hihg is the tower for dogs"]).run();
            assert!(
                (0..=2).contains(&run.code) && !run.stderr.contains("panicked"),
                "{} byte {at}: {run}",
                path.display()
            );
        }
        fs::write(&path, bytes).unwrap();
    }
}

#[test]
fn a_failed_build_leaves_the_index_as_it_was() {
    let dir = Dir::indexed();
    dir.write("nothing/a.pdf", "x");
    dir.faqt(["index", "nothing"]).fails_with(&["nothing to index in `nothing`", ".txt"]);
    dir.faqt(["index", "none"]).fails_with(&["`none`"]);
    dir.faqt(["ask", "How high is the lighthouse?"]).ok();
    assert_eq!(dir.generations().len(), 1);
    dir.faqt(["verify"]).ok();
}

#[test]
fn an_index_within_its_corpus_is_not_indexed() {
    let dir = Dir::new();
    dir.write("a.txt", "FAQ\nQ: What is it?\nA: It is a text.\n");
    dir.faqt(["index", "."]).ok();
    assert!(dir.faqt(["index", "."]).ok().stdout.starts_with("unchanged"));
    // Files of the index, which no reader knows, would be warned about.
    let report = dir.faqt(["index", ".", "--rebuild", "--format", "json"]).ok().json();
    assert_eq!((&report["files"], &report["warnings"]), (&json!(1), &json!([])));
}

#[test]
fn ignored_and_hidden_files_are_left_out() {
    let dir = Dir::new();
    for file in ["a.txt", "drafts/b.txt", "secret.txt", ".hidden.txt"] {
        dir.write(format!("corpus/{file}"), format!("FAQ\nQ: What is {file}?\nA: It is {file}.\n"));
    }
    dir.write("corpus/.faqtignore", "drafts/\n").write("corpus/.gitignore", "secret.txt\n");
    assert_eq!(dir.faqt(["index", "--format", "json"]).ok().json()["files"], 1);
}

#[test]
fn a_corpus_file_and_a_folder_can_be_given_together() {
    let dir = Dir::with_corpus();
    dir.write("extra.txt", "FAQ\nQ: What is extra?\nA: This is.\n");
    let report = dir.faqt(["index", "corpus", "extra.txt", "corpus", "--format", "json"]).ok().json();
    assert_eq!(report["files"], 4);
    dir.faqt(["verify"]).ok();
}
