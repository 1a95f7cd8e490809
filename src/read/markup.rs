//! Markdown and HTML inside a cell or a string.

use super::{html, markdown};
use crate::{
    model::{Block, BlockKind, SourceText},
    split::SectionNames,
};

/// How a text may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// Markdown or HTML, if it looks like one of them.
    Markdown,
    /// HTML, if it looks so.
    Html,
    /// As it stands.
    Plain,
}

/// The text of an answer, and its blocks.
#[must_use]
pub fn answer(text: SourceText, markup: Markup, names: &SectionNames) -> (SourceText, Vec<Block>) {
    let (text, mut blocks) = read(text, markup, names);
    for block in &mut blocks {
        block.kind = BlockKind::Answer;
    }
    (text, blocks)
}

/// The text of a page, and its blocks.
#[must_use]
pub fn page(text: SourceText, markup: Markup, names: &SectionNames) -> (SourceText, Vec<Block>) {
    read(text, markup, names)
}

fn read(text: SourceText, markup: Markup, names: &SectionNames) -> (SourceText, Vec<Block>) {
    let read = match markup {
        Markup::Markdown if looks_like_markdown(text.plain()) => Some(markdown::fragment(&text, names)),
        Markup::Markdown | Markup::Html if html::looks_like_html(text.plain()) => Some(html::fragment(&text)),
        _ => None,
    };
    match read {
        Some((text, blocks)) if !blocks.is_empty() => (text, blocks),
        _ => {
            let all = 0..text.len();
            (text, vec![Block::new(BlockKind::Paragraph, all)])
        }
    }
}

/// Whether a text is written in Markdown, and not only has a star or a dash in it.
#[must_use]
pub fn looks_like_markdown(text: &str) -> bool {
    let (mut items, mut numbers) = (0, 0);
    for line in text.lines() {
        let rest = line.trim_start();
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        if (1..=6).contains(&hashes) && rest[hashes..].starts_with(' ') || is_fence(rest) || is_table_rule(rest) {
            return true;
        }
        if has_link(line) || has_pair(line, "**") || has_pair(line, "`") {
            return true;
        }
        items += usize::from(["- ", "* ", "+ "].iter().any(|mark| rest.starts_with(mark)));
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        numbers += usize::from(digits > 0 && rest[digits..].starts_with(". "));
    }
    items > 1 || numbers > 1
}

fn is_fence(line: &str) -> bool {
    line.starts_with("```") || line.starts_with("~~~")
}

fn is_table_rule(line: &str) -> bool {
    line.contains("--") && line.contains('|') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// `[text](address)`.
fn has_link(line: &str) -> bool {
    let mut rest = line;
    while let Some(at) = rest.find("](") {
        let target = &rest[at + 2..];
        if rest[..at].contains('[') && target.find([')', ' ']).is_some_and(|end| end > 0) {
            return true;
        }
        rest = target;
    }
    false
}

/// Whether `mark` stands around words on a line.
fn has_pair(line: &str, mark: &str) -> bool {
    let Some(open) = line.find(mark) else { return false };
    let rest = &line[open + mark.len()..];
    let inner = rest.find(mark).map(|close| &rest[..close]);
    inner.is_some_and(|inner| !inner.is_empty() && inner.trim() == inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_answers_are_no_markdown() {
        for text in [
            "Press * to repeat, # to end.",
            "a * b * c, 2 ** 3 and x_y_z",
            "_id is the name, <5 items",
            "- one dash",
            "1. January is a holiday",
            "#1 in the region",
            "See [1] (or [2]).",
            "It costs 5` 3`` wide",
            "",
        ] {
            assert!(!looks_like_markdown(text), "{text}");
        }
    }

    #[test]
    fn markdown_is_known_by_what_nobody_writes_otherwise() {
        for text in [
            "**Bold** words",
            "See [the page](https://example.com).",
            "- one\n- two",
            "1. one\n2. two",
            "## Head\ntext",
            "Run `faqt`.",
            "|a|b|\n|--|--|\n|1|2|",
        ] {
            assert!(looks_like_markdown(text), "{text}");
        }
    }
}
