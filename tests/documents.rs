//! What README.md and docs/formats.md show is what the program does.
//!
//! A block marked `sh` whose first line begins with `faqt`, `$ faqt` or `cargo run --release --` is run.
//! Behind a `$`, what follows is the output that is expected. A block marked with a kind and a path
//! (`txt town/library.txt`) is a file that later blocks find. Figures that change are masked.

use crate::harness::repository;
use std::{fs, path::Path, process::Command};

const CARGO_RUN: &str = "cargo run --release --";

#[test]
fn readme_is_true() {
    check("README.md");
}

#[test]
fn formats_are_true() {
    check("docs/formats.md");
}

/// The picture shows the command in its first line and the output in the others.
#[test]
fn the_picture_is_true() {
    let folder = corpus();
    let picture = fs::read_to_string(repository("docs/answer.svg")).unwrap();
    let lines: Vec<String> = picture.lines().filter(|line| line.starts_with("<text")).map(text_of).collect();
    let (command, shown) = lines.split_first().unwrap();
    run("faqt index", folder.path());
    let printed = run(command.trim_start_matches("$ "), folder.path());
    assert_eq!(without_blank_lines(&masked(&printed)), without_blank_lines(&masked(&shown.join("\n"))));
}

fn check(document: &str) {
    let folder = corpus();
    #[cfg(feature = "documents")]
    for (name, _, bytes) in crate::office_files::files("It opens at nine, from Monday to Friday.") {
        fs::create_dir_all(folder.path().join("town")).unwrap();
        fs::write(folder.path().join("town").join(name), bytes).unwrap();
    }
    let text = fs::read_to_string(repository(document)).unwrap();
    let mut checked = 0;
    for (kind, block) in blocks(&text) {
        if let Some((_, path)) = kind.split_once(' ') {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, block).unwrap();
        } else if kind == "sh" && [CARGO_RUN, "faqt ", "$ faqt "].iter().any(|start| block.starts_with(start)) {
            for (command, expected) in commands(&block) {
                let printed = run(&command, folder.path());
                if let Some(expected) = expected {
                    assert_eq!(masked(&printed), masked(&expected), "{document}: {command}");
                }
                checked += 1;
            }
        }
    }
    assert!(checked > 0, "{document} has nothing to check");
}

/// A new folder with the sample corpus in it.
fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("corpus")).unwrap();
    for entry in fs::read_dir(repository("corpus")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join("corpus").join(path.file_name().unwrap())).unwrap();
    }
    folder
}

/// The fenced blocks of a Markdown text: what stands behind the fence, and the content.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut blocks: Vec<(String, String)> = Vec::new();
    let mut fence = None;
    for line in text.lines() {
        let length = line.len() - line.trim_start_matches('`').len();
        match fence {
            None if length >= 3 => {
                fence = Some(length);
                blocks.push((line[length..].trim().to_owned(), String::new()));
            }
            Some(open) if length >= open => fence = None,
            Some(_) => {
                let (_, block) = blocks.last_mut().unwrap();
                *block += line;
                block.push('\n');
            }
            None => {}
        }
    }
    blocks
}

/// The commands of a block, and for those behind a `$` what they print.
fn commands(block: &str) -> Vec<(String, Option<String>)> {
    let mut commands: Vec<(String, Option<String>)> = Vec::new();
    for line in block.lines() {
        match (line.strip_prefix("$ "), commands.last_mut()) {
            (Some(command), _) => commands.push((command.to_owned(), Some(String::new()))),
            (None, Some((_, Some(printed)))) => *printed += &format!("{line}\n"),
            (None, _) if line.is_empty() => {}
            (None, _) => commands.push((line.to_owned(), None)),
        }
    }
    commands
}

/// Runs a command line and returns all that it prints.
fn run(command: &str, folder: &Path) -> String {
    let command = command.replace(CARGO_RUN, "faqt");
    let script = format!("exec 2>&1\nfaqt() {{ '{}' \"$@\"; }}\n{command}", env!("CARGO_BIN_EXE_faqt"));
    let mut shell = Command::new("sh");
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("FAQT_")) {
        shell.env_remove(name);
    }
    let output = shell.arg("-c").arg(script).current_dir(folder).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let is_shown_error = printed.starts_with("faqt: ");
    assert!(is_shown_error || output.status.code().is_some_and(|code| code < 2), "{command}\n{printed}");
    printed
}

/// The text without what may change: fractions, percentages, and times.
fn masked(text: &str) -> String {
    let mut masked = String::new();
    let mut rest = text.trim_end();
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let number = &rest[start..];
        let length = number.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(number.len());
        let is_fraction = number[..length].contains('.') || number[length..].starts_with(" %");
        masked += &rest[..start];
        masked += if is_fraction || rest[..start].ends_with("_ms\": ") { "#" } else { &number[..length] };
        rest = &number[length..];
    }
    masked += rest;
    masked.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

fn without_blank_lines(text: &str) -> String {
    text.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The text of a line of SVG.
fn text_of(line: &str) -> String {
    let mut text = String::new();
    for part in line.split('<').filter_map(|part| part.split_once('>')) {
        text += part.1;
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
