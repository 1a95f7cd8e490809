//! Org, the outlines of Emacs.

mod blocks;
mod fields;
mod inline;

use super::{
    Reader, Reading, Sink, SourceFile,
    flow::document::{self, Document},
};
use crate::error::Result;

/// Reads `.org`: headings, lists, blocks, tables, keywords.
pub struct Org;

impl Reader for Org {
    fn extensions(&self) -> &'static [&'static str] {
        &["org"]
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
