//! Completion scripts and manual pages.

use crate::harness::Dir;

#[test]
fn every_shell_gets_a_script_that_knows_the_commands_and_flags() {
    let dir = Dir::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = dir.faqt(["completions", shell]).ok().stdout;
        for word in ["ask", "chat", "index", "show", "verify", "eval", "completions", "min-confidence", "rebuild"] {
            assert!(script.contains(word), "{shell} does not know {word}");
        }
    }
}

#[test]
fn an_unknown_shell_is_told_the_known_ones() {
    let run = Dir::new().faqt(["completions", "tcsh"]).ends_with(2);
    assert!(run.stderr.contains("bash") && run.stderr.contains("tcsh"), "{run}");
}

#[cfg(unix)]
#[test]
fn bash_accepts_its_script() {
    let dir = Dir::new();
    dir.shell("\"$FAQT\" completions bash > script && if command -v bash > found; then bash -n script; fi").ok();
}

#[test]
fn every_command_has_a_manual_page() {
    let dir = Dir::new();
    dir.faqt(["man", "share/man1"]).ok();
    for page in ["faqt.1", "faqt-ask.1", "faqt-index.1", "faqt-man.1"] {
        let page = String::from_utf8(dir.read(format!("share/man1/{page}"))).unwrap();
        assert!(page.contains(".TH faqt") && page.contains(".SH SYNOPSIS"), "{page}");
    }
    let page = String::from_utf8(dir.read("share/man1/faqt-ask.1")).unwrap();
    assert!(page.contains("Exit status"), "{page}");
    dir.write("file", "");
    dir.faqt(["man", "file"]).fails_with(&["cannot write manual pages to file"]);
}
