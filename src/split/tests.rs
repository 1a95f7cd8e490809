//! Whole articles by hand, from fixtures, and as soups of lines.

mod articles;
mod languages;
mod promises;
mod typed;

use super::*;
use crate::{
    model::{BlockKind, Excerpt, Lines, SourceText},
    read::encoding,
};
use std::sync::LazyLock;

static NAMES: LazyLock<SectionNames> = LazyLock::new(SectionNames::default);

/// An article as the reader of plain text makes it.
fn article(text: SourceText, lines: Lines, source: &str) -> Article {
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.plain().split_inclusive('\n') {
        blocks.push(Block::new(BlockKind::Line, at..at + line.trim_end_matches('\n').len()));
        at += line.len();
    }
    let (source, document, about) = (source.to_owned(), source.to_owned(), About::default());
    Article { source, document, about, text, lines, blocks, prompts: Vec::new() }
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
        let questions: Vec<&str> = unit.phrasings.iter().map(Excerpt::plain).collect();
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
    let units = split(article, &NAMES);
    assert_eq!(summary(&units, 3), expected);
}
