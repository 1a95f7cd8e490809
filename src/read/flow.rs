//! The text of a document piece by piece, and the questions and answers that people write in it: what the
//! readers of formats with markup have in common.

pub mod document;
pub mod habits;
pub mod inline;
mod prose;
pub mod slug;
#[cfg(test)]
pub mod testing;
pub mod writer;

use crate::model::SourceText;
use std::ops::Range;

/// A document in reading order.
#[derive(Default)]
pub struct Flow {
    /// Its text, mapped to the markup that it was read from.
    pub text: SourceText,
    /// What it is made of.
    pub parts: Vec<Part>,
    /// The bold ranges of the text, in order.
    pub bold: Vec<Range<usize>>,
    /// Where, within pieces, a line of the source begins.
    pub lines: Vec<usize>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A piece of text.
    Piece(Piece),
    /// A list item or definition begins; pieces and other frames are within.
    Enter(Frame),
    /// The innermost item or definition ends.
    Leave,
    /// `<details>`.
    DetailsStart,
    /// `</details>`.
    DetailsEnd,
}

/// What holds pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// An item of a list.
    Item,
    /// A definition in a definition list.
    Definition,
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub shape: Shape,
    /// Where it stands in the text; never empty.
    pub range: Range<usize>,
    /// The fragment that leads to it.
    pub anchor: Option<String>,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A heading of a level from 1 on.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list item's own text.
    Item,
    /// A block of code.
    Code,
    /// A table.
    Table,
    /// A term of a definition list.
    Term,
    /// A term that is a question, whatever its words.
    Question,
    /// A paragraph of a definition.
    Definition,
    /// What is always to be seen of `<details>`.
    Summary,
}

impl Flow {
    /// How many headings of the first level there are.
    pub fn titles(&self) -> usize {
        let is_title = |part: &&Part| matches!(part, Part::Piece(Piece { shape: Shape::Heading(1), .. }));
        self.parts.iter().filter(is_title).count()
    }

    /// Makes sections of the headings of the first level: none of them is the title of the document.
    pub fn without_title(mut self) -> Self {
        for part in &mut self.parts {
            if let Part::Piece(Piece { shape: Shape::Heading(level), .. }) = part {
                *level = level.saturating_add(1);
            }
        }
        self
    }

    /// The lines of a piece, as ranges of the text.
    pub fn lines_of(&self, piece: &Range<usize>) -> Vec<Range<usize>> {
        let from = self.lines.partition_point(|&at| at <= piece.start);
        let to = self.lines.partition_point(|&at| at < piece.end);
        let inner = self.lines[from..to.max(from)].iter().copied();
        let starts = [piece.start].into_iter().chain(inner.clone());
        starts.zip(inner.chain([piece.end])).map(|(start, end)| start..end).collect()
    }

    /// How far the text from the start of `range` on is bold, but for white space within.
    pub fn bold_until(&self, range: &Range<usize>) -> usize {
        let (text, mut at) = (self.text.plain(), range.start);
        let first = self.bold.partition_point(|bold| bold.end <= range.start);
        for bold in &self.bold[first..] {
            let rest = &text[at..range.end];
            if rest.is_empty() || bold.start > at + (rest.len() - rest.trim_start().len()) {
                break;
            }
            at = bold.end.clamp(at, range.end);
        }
        at
    }
}
