//! `AsciiDoc`, as Asciidoctor reads it.

mod blocks;
mod header;
mod inline;
mod marks;
mod tables;

use super::{
    Reader, Reading, Sink, SourceFile,
    flow::document::{self, Document},
};
use crate::error::Result;

/// Reads `.adoc`: sections, lists, delimited blocks, tables, attributes.
pub struct AsciiDoc;

impl Reader for AsciiDoc {
    fn extensions(&self) -> &'static [&'static str] {
        &["adoc", "asciidoc", "asc"]
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
