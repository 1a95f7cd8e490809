//! reStructuredText, as docutils and Sphinx read it.

mod blocks;
mod directives;
mod explicit;
mod fields;
mod inline;
mod marks;
mod sections;
mod tables;

use super::{
    Reader, Reading, Sink, SourceFile,
    flow::document::{self, Document},
};
use crate::error::Result;

/// Reads `.rst`: sections, lists, code, tables, fields, and the directives that hold prose.
pub struct ReStructuredText;

impl Reader for ReStructuredText {
    fn extensions(&self) -> &'static [&'static str] {
        &["rst", "rest"]
    }

    fn read(&self, file: &SourceFile, reading: &Reading, sink: &mut Sink<'_>) -> Result<()> {
        document::read(file, reading, sink, parse)
    }
}

fn parse(text: &str) -> Document {
    blocks::Blocks::new(text).read()
}

#[cfg(test)]
mod tests;
