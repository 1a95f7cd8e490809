//! What `--help` says.

use crate::harness::Dir;

#[test]
fn every_command_explains_itself() {
    let dir = Dir::new();
    let mut all = dir.faqt(["--help"]).ok().stdout;
    let commands: Vec<String> = all
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .filter(|command| command != "help")
        .collect();
    assert!(commands.len() >= 6, "{commands:?}");
    for command in &commands {
        let help = dir.faqt([command, "--help"]).ok().stdout;
        all += &format!("\n──── faqt {command} --help\n\n{help}");
    }
    insta::assert_snapshot!(all);
}

#[test]
fn the_version_is_that_of_the_package() {
    assert_eq!(Dir::new().faqt(["--version"]).ok().stdout, format!("faqt {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_wrong_flag_ends_with_status_2() {
    let run = Dir::new().faqt(["ask", "--nonsense"]).ends_with(2);
    assert!(run.stderr.contains("--nonsense"), "{run}");
    assert_eq!(run.stdout, "");
}
