//! Completion scripts.

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
