//! A part of an article that can stand alone: it knows its bytes and lines in the file.

use super::{
    source_text::SourceText,
    span::{Counted, Lines, Place, Span},
};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A text cut out of an article, with the map to the bytes and lines of its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    text: SourceText,
    lines: Lines,
}

impl Excerpt {
    /// Cuts the line numbers down to those that `text` needs.
    #[must_use]
    pub fn new(text: SourceText, lines: &Lines) -> Self {
        let hull = text.span(0..text.len()).hull().unwrap_or(0..0);
        Self { lines: lines.within(&hull), text }
    }

    /// The text as a person reads it.
    #[must_use]
    pub fn plain(&self) -> &str {
        self.text.plain()
    }

    /// The text with its map.
    #[must_use]
    pub fn text(&self) -> &SourceText {
        &self.text
    }

    /// The whole of it, as a range of the plain text.
    #[must_use]
    pub fn all(&self) -> Range<usize> {
        0..self.text.len()
    }

    /// Where a part of the plain text stands in the file.
    #[must_use]
    pub fn span(&self, plain: Range<usize>) -> Span {
        self.text.span(plain)
    }

    /// The smallest single range of the file that holds all of it.
    #[must_use]
    pub fn hull(&self) -> Option<Range<usize>> {
        self.span(self.all()).hull()
    }

    /// First and last line of a part of the plain text, counted from 1.
    #[must_use]
    pub fn lines(&self, plain: Range<usize>) -> [usize; 2] {
        self.lines.of(&self.span(plain).hull().unwrap_or(0..0))
    }

    /// The place of a part of the plain text, as people name it.
    #[must_use]
    pub fn place(&self, plain: Range<usize>) -> Place {
        Place { counted: self.counted(), numbers: self.lines(plain) }
    }

    /// What [`Self::lines`] are: lines, or paragraphs or pages of a document that is no text.
    #[must_use]
    pub fn counted(&self) -> Counted {
        self.lines.counted()
    }
}
