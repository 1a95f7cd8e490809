//! Plain text without markup: the article shape, and any other.

use super::{
    Found, Reader, Reading, Sink, SourceFile,
    encoding::{Decoded, read_whole},
};
use crate::{
    analyze::language,
    error::Result,
    model::{About, Article, Block, BlockKind},
};

/// Reads `.txt`. What its lines are (headings, questions, paragraphs) is for `split` to tell.
pub struct PlainText;

impl Reader for PlainText {
    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn read(&self, file: &SourceFile, reading: &Reading, sink: &mut Sink<'_>) -> Result<()> {
        let decoded = match read_whole(file, reading) {
            Ok(decoded) => decoded,
            Err(reason) => return sink(Found::Skipped(file.note(None, reason))),
        };
        if decoded.text.plain().trim().is_empty() {
            return sink(Found::Warning(file.note(None, "has no text")));
        }
        sink(Found::Article(Box::new(article(&file.source, decoded))))
    }
}

/// The article that a plain text is.
#[must_use]
pub fn article(source: &str, Decoded { text, lines }: Decoded) -> Article {
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.plain().split_inclusive('\n') {
        blocks.push(Block::new(BlockKind::Line, at..at + line.trim_end_matches('\n').len()));
        at += line.len();
    }
    Article {
        source: source.to_owned(),
        document: source.to_owned(),
        about: About { language: language::of_text(text.plain()), ..About::default() },
        text,
        lines,
        blocks,
        prompts: Vec::new(),
    }
}
