//! Settings: flags go before `FAQT_*` variables, and these before `faqt.toml`.

use crate::harness::Dir;

#[test]
fn flags_go_before_variables_and_these_before_the_file() {
    let dir = Dir::indexed();
    dir.write("faqt.toml", "top = 1\n");
    let count = |variable: Option<&str>, flags: &[&str]| {
        let args = ["ask", "How long may I keep a book?", "--format", "json", "--min-confidence", "0"];
        let mut faqt = dir.faqt(args.iter().chain(flags));
        if let Some(value) = variable {
            faqt = faqt.env("FAQT_TOP", value);
        }
        faqt.ok().json()["answers"].as_array().unwrap().len()
    };
    assert_eq!(count(None, &[]), 1);
    assert_eq!(count(Some("2"), &[]), 2);
    assert_eq!(count(Some("2"), &["--top", "4"]), 4);
}

#[test]
fn corpus_and_index_can_be_set_in_the_file_and_by_variable() {
    let dir = Dir::new();
    dir.write("docs/a.txt", "FAQ\nQ: Where is the well?\nA: Behind the barn.\n");
    dir.write("faqt.toml", "corpus = \"docs\"\nindex = \"built/here\"\n");
    let run = dir.faqt(["ask", "Where is the well?"]).ok();
    assert!(run.stderr.contains("building it from docs"), "{run}");
    assert!(dir.path("built/here/CURRENT").exists());
    dir.faqt(["index"]).env("FAQT_INDEX", "elsewhere").ok();
    assert!(dir.path("elsewhere/CURRENT").exists());
    assert!(!dir.path("index").exists());
}

#[test]
fn the_least_confidence_can_be_set_everywhere() {
    let dir = Dir::indexed();
    let ask = || dir.faqt(["ask", "how hihg is the lighthose"]);
    ask().ok();
    dir.write("faqt.toml", "min_confidence = 1.0\n");
    ask().ends_with(1);
    ask().env("FAQT_MIN_CONFIDENCE", "0.1").ok();
    let run = ask().env("FAQT_MIN_CONFIDENCE", "much").ends_with(2);
    assert!(run.stderr.contains("much") && run.stderr.contains("min-confidence"), "{run}");
}

#[test]
fn a_named_file_of_settings_is_read_instead() {
    let dir = Dir::indexed();
    dir.write("faqt.toml", "min_confidence = 1.0\n").write("other.toml", "min_confidence = 0.1\n");
    dir.faqt(["ask", "how hihg is the lighthose", "--config", "other.toml"]).ok();
    dir.faqt(["ask", "how hihg is the lighthose"]).env("FAQT_CONFIG", "other.toml").ok();
    dir.faqt(["ask", "x", "--config", "none.toml"]).fails_with(&["none.toml", "cannot be read"]);
}

#[test]
fn a_wrong_setting_is_named_with_file_and_line() {
    let dir = Dir::indexed();
    for (text, parts) in [
        ("top = 3\nindx = \"x\"\n", ["faqt.toml", "line 2", "indx"]),
        ("top = 3\n\ntop = \"four\n", ["faqt.toml", "line 3", ""]),
        ("top = \"three\"\n", ["faqt.toml", "line 1", "invalid type"]),
        ("min_confidence = 7.0\n", ["faqt.toml", "min_confidence", "between 0 and 1"]),
        ("[sections]\nnonsense = [\"x\"]\n", ["faqt.toml", "[sections]", "nonsense"]),
    ] {
        dir.write("faqt.toml", text);
        dir.faqt(["ask", "Why?"]).fails_with(&parts);
    }
}

#[test]
fn section_names_can_be_added() {
    let dir = Dir::new();
    dir.write("corpus/a.txt", "Our Harbour\n\nA small harbour in the north.\n\nPeople want to know\nWhere to sleep\nIn the inn.\nWhere to eat\nIn the inn too.\n");
    let kinds = || dir.faqt(["index", "--format", "json"]).ok().json()["units"]["qa"].clone();
    assert_eq!(kinds(), 0);
    dir.write("faqt.toml", "[sections]\nfaq = [\"People want to know\"]\n");
    assert_eq!(kinds(), 2);
}

#[test]
fn the_limit_of_a_file_can_be_set() {
    let dir = Dir::new();
    dir.write("corpus/a.txt", "A short text that is read.\n").write("corpus/b.txt", "A longer text. ".repeat(20));
    dir.write("faqt.toml", "max_file_bytes = 100\n");
    let report = dir.faqt(["index", "--format", "json"]).ok().json();
    assert_eq!(report["skipped"][0]["source"], "corpus/b.txt");
    assert!(report["skipped"][0]["reason"].as_str().unwrap().contains("max_file_bytes"), "{report:#}");
}
