//! Whole articles, through the reader's decoding, and soups of lines.

use super::*;
use crate::{
    model::{BlockKind, Lines, SourceText, UnitKind},
    read::encoding,
};
use proptest::prelude::*;
use std::{collections::BTreeMap, fs, path::Path};

/// An article as the reader of plain text makes it.
fn article(text: SourceText, lines: Lines, source: &str) -> Article {
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.plain().split_inclusive('\n') {
        blocks.push(Block::new(BlockKind::Line, at..at + line.trim_end_matches('\n').len()));
        at += line.len();
    }
    let (source, document, about) = (source.to_owned(), source.to_owned(), About::default());
    Article { source, document, about, text, lines, blocks }
}

fn plain(text: &str) -> Article {
    article(SourceText::verbatim(text, 0), Lines::new(1, Vec::new()), "corpus/some article.txt")
}

fn decoded(bytes: &[u8]) -> Article {
    let decoded = encoding::decode(bytes).unwrap();
    article(decoded.text, decoded.lines, "corpus/a.txt")
}

/// An article of typed blocks, each in a paragraph of its own.
fn typed(blocks: &[(BlockKind, &str)]) -> Article {
    let mut text = String::new();
    let mut ranges = Vec::new();
    for (kind, part) in blocks {
        ranges.push(Block::new(*kind, text.len()..text.len() + part.len()));
        text.push_str(part);
        text.push_str("\n\n");
    }
    Article { blocks: ranges, ..plain(&text) }
}

/// The units as lines: kind, heading path, phrasings, first words of the text.
fn summary(units: &[Unit], words: usize) -> Vec<String> {
    let line = |unit: &Unit| {
        let questions: Vec<&str> = unit.phrasings.iter().map(|excerpt| excerpt.plain()).collect();
        let first: Vec<&str> = unit.text.plain().split_whitespace().take(words).collect();
        format!("{}|{}|{}|{}", unit.kind, unit.heading.join(" > "), fold(&questions.join(" / ")), first.join(" "))
    };
    units.iter().map(line).collect()
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(article: &Article, expected: &[&str]) {
    let units = split(article, &SectionNames::default());
    assert_eq!(summary(&units, 3), expected);
}

const ARTICLE: &str = "\n
Ferry Line to the Northern Islands Gets Two Electric Ships
The company that runs the ferries will replace its two oldest ships by electric ones. They charge while cars roll on.
Key Takeaways
- Two ships are replaced next spring.
- A crossing takes four minutes longer than before.
- The pier gets a battery of its own.
- Fares stay as they are.
In-Depth Analysis
Charging at the Pier
A battery on the pier fills slowly through the night. It gives its load to the ship within nine minutes.
Why the Hull Is Lighter
The new hulls are of aluminium. Less weight means that a smaller battery will do.
Industry Impact
Other lines on short routes have asked for the plans. The yard has doubled its staff.
Frequently Asked Questions
Question: Will the new ships sail in winter?
Yes, the batteries are heated. Ice has never stopped the line.
Question: Can I charge my car on board?
Not yet. Sockets on the car deck are planned for later.

";

#[test]
fn the_article_shape() {
    check(
        &plain(ARTICLE),
        &[
            "passage|||The company that",
            "takeaway|Key Takeaways||Two ships are",
            "takeaway|Key Takeaways||A crossing takes",
            "takeaway|Key Takeaways||The pier gets",
            "takeaway|Key Takeaways||Fares stay as",
            "passage|In-Depth Analysis > Charging at the Pier||A battery on",
            "passage|In-Depth Analysis > Why the Hull Is Lighter||The new hulls",
            "passage|Industry Impact||Other lines on",
            "qa|Frequently Asked Questions|Will the new ships sail in winter?|Yes, the batteries",
            "qa|Frequently Asked Questions|Can I charge my car on board?|Not yet. Sockets",
        ],
    );
    let units = split(&plain(ARTICLE), &SectionNames::default());
    assert!(units.iter().all(|unit| unit.about.title.as_deref().is_some_and(|title| title.starts_with("Ferry Line"))));
}

#[test]
fn every_fixture_gives_its_units() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/articles");
    let mut failures = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Some(stem) = name.strip_suffix(".expected.txt") else { continue };
        let bytes = fs::read(path.with_file_name(format!("{stem}.txt"))).unwrap();
        let units = split(&decoded(&bytes), &SectionNames::default());
        let expected = fs::read_to_string(&path).unwrap();
        let expected: Vec<String> = expected.lines().map(|line| line.replace('\t', "|")).collect();
        let found = summary(&units, 4);
        if found != expected {
            failures.push(format!("{stem}\nexpected {expected:#?}\nfound {found:#?}"));
        }
        count += 1;
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(count > 0);
}
