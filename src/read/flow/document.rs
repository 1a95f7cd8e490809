//! From a file in some markup to its article.

use super::{Flow, habits};
use crate::{
    analyze::language,
    error::Result,
    model::{About, Article, SourceText},
    read::{
        Found, Reading, Sink, SourceFile,
        encoding::{Decoded, read_whole},
        front_matter::Problem,
    },
    split::SectionNames,
};

/// What a text in some markup says.
#[derive(Default)]
pub struct Document {
    /// What it says about itself.
    pub about: About,
    /// Its text, mapped to the markup.
    pub flow: Flow,
    /// What could not be made use of.
    pub problems: Vec<Problem>,
}

/// Reads a file whose markup `parse` knows.
///
/// # Errors
/// Whatever `sink` returns.
pub fn read(file: &SourceFile, reading: &Reading, sink: &mut Sink<'_>, parse: fn(&str) -> Document) -> Result<()> {
    match read_whole(file, reading) {
        Ok(decoded) => {
            let document = parse(decoded.text.plain());
            article(file, decoded, document, &reading.sections, sink)
        }
        Err(reason) => sink(Found::Skipped(file.note(None, reason))),
    }
}

/// Hands on the article that a document is.
///
/// # Errors
/// Whatever `sink` returns.
pub fn article(
    file: &SourceFile,
    decoded: Decoded,
    document: Document,
    names: &SectionNames,
    sink: &mut Sink<'_>,
) -> Result<()> {
    let Document { mut about, flow, problems } = document;
    for problem in problems {
        sink(Found::Warning(file.note(problem.line, problem.reason)))?;
    }
    let blocks = habits::blocks(&flow, names);
    if blocks.is_empty() {
        return sink(Found::Warning(file.note(None, "has no text")));
    }
    about.language = about.language.or_else(|| language::of_text(flow.text.plain()));
    let text: SourceText = flow.text.through(&decoded.text);
    let (source, lines) = (file.source.clone(), decoded.lines);
    let (document, prompts) = (source.clone(), Vec::new());
    sink(Found::Article(Box::new(Article { source, document, about, text, lines, blocks, prompts })))
}
