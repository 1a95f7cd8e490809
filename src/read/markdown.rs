//! Markdown (`CommonMark` and GitHub's additions) with front matter.

mod events;
mod flow;
mod habits;
mod html;
mod prose;
mod slug;
mod writer;

use super::{
    Found, Reader, Reading, Sink, SourceFile,
    encoding::{Decoded, read_whole},
    front_matter,
};
use crate::{
    analyze::language,
    error::Result,
    model::{About, Article, Block, SourceText},
    split::SectionNames,
};

/// Reads `.md`: headings, paragraphs, items, code, tables, and the ways in which FAQs are written.
pub struct Markdown;

impl Reader for Markdown {
    fn extensions(&self) -> &'static [&'static str] {
        &["md", "markdown", "mdown", "mkd"]
    }

    fn read(&self, file: &SourceFile, reading: &Reading, sink: &mut Sink<'_>) -> Result<()> {
        match read_whole(file, reading) {
            Ok(decoded) => article(file, decoded, &reading.sections, sink),
            Err(reason) => sink(Found::Skipped(file.note(None, reason))),
        }
    }
}

/// Markdown inside another format: the text that is seen, mapped through `text`, and its blocks.
#[must_use]
pub fn fragment(text: &SourceText, names: &SectionNames) -> (SourceText, Vec<Block>) {
    let flow = events::flow(text.plain());
    let blocks = habits::blocks(&flow, names);
    (flow.text.through(text), blocks)
}

fn article(file: &SourceFile, decoded: Decoded, names: &SectionNames, sink: &mut Sink<'_>) -> Result<()> {
    let (mut about, mut body) = (About::default(), 0);
    if let Some(front) = front_matter::split(decoded.text.plain()) {
        (about, body) = (front.about, front.body);
        for problem in front.problems {
            sink(Found::Warning(file.note(problem.line, problem.reason)))?;
        }
    }
    let mut flow = events::flow(&decoded.text.plain()[body..]);
    flow.text.shift(body);
    let blocks = habits::blocks(&flow, names);
    if blocks.is_empty() {
        return sink(Found::Warning(file.note(None, "has no text")));
    }
    about.language = about.language.or_else(|| language::of_text(flow.text.plain()));
    sink(Found::Article(Box::new(Article {
        source: file.source.clone(),
        document: file.source.clone(),
        about,
        text: flow.text.through(&decoded.text),
        lines: decoded.lines,
        blocks,
        prompts: Vec::new(),
    })))
}

#[cfg(test)]
mod tests;
