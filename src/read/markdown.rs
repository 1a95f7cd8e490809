//! Markdown (`CommonMark` and GitHub's additions) with front matter.

mod events;
pub(super) mod html;

use super::{
    Reader, Reading, Sink, SourceFile,
    flow::{
        document::{self, Document},
        habits,
    },
    front_matter,
};
use crate::{
    error::Result,
    model::{Block, SourceText},
    split::SectionNames,
};

/// Reads `.md`: headings, paragraphs, items, code, tables, and the ways in which FAQs are written.
pub struct Markdown;

impl Reader for Markdown {
    fn extensions(&self) -> &'static [&'static str] {
        &["md", "markdown", "mdown", "mkd"]
    }

    fn read(&self, file: &SourceFile, reading: &Reading, sink: &mut Sink<'_>) -> Result<()> {
        document::read(file, reading, sink, parse)
    }
}

/// Markdown inside another format: the text that is seen, mapped through `text`, and its blocks.
#[must_use]
pub fn fragment(text: &SourceText, names: &SectionNames) -> (SourceText, Vec<Block>) {
    let flow = events::flow(text.plain());
    let blocks = habits::blocks(&flow, names);
    (flow.text.through(text), blocks)
}

fn parse(text: &str) -> Document {
    let mut document = Document::default();
    let mut body = 0;
    if let Some(front) = front_matter::split(text) {
        (document.about, document.problems, body) = (front.about, front.problems, front.body);
    }
    document.flow = events::flow(&text[body..]);
    document.flow.text.shift(body);
    document
}

#[cfg(test)]
mod tests;
