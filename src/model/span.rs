//! Where a text stands in its source file.

use serde::{Deserialize, Serialize};
use std::{fmt, ops::Range};

/// Byte ranges of a source file, in order and not touching each other. Ends are exclusive.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The ranges; empty for a text that stands nowhere.
    pub ranges: Vec<Range<usize>>,
}

impl Span {
    /// Adds a range behind the others; one that touches or overlaps the last is joined to it.
    pub fn push(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        match self.ranges.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => self.ranges.push(range),
        }
    }

    /// The smallest single range that holds all of them, or `None` for an empty span.
    #[must_use]
    pub fn hull(&self) -> Option<Range<usize>> {
        Some(self.ranges.first()?.start..self.ranges.last()?.end)
    }
}

/// What is counted to name a place in a source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Counted {
    /// The lines of a file that is text.
    #[default]
    Line,
    /// The paragraphs of a document: offsets are those of the text that its reader takes out of it.
    Paragraph,
    /// The pages of a document, likewise.
    Page,
}

/// A place in a source as people name it: the first and last of what is counted there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// What is counted.
    pub counted: Counted,
    /// The first and the last, counted from 1.
    pub numbers: [usize; 2],
}

impl Place {
    /// The numbers, if these are what is counted.
    #[must_use]
    pub fn of(self, counted: Counted) -> Option<[usize; 2]> {
        (self.counted == counted).then_some(self.numbers)
    }

    /// The first of the lines, for what has lines.
    #[must_use]
    pub fn line(self) -> Option<usize> {
        self.of(Counted::Line).map(|[first, _]| first)
    }
}

/// `line 3`, `lines 3-4`, `page 2`, `paragraphs 5-9`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.counted {
            Counted::Line => "line",
            Counted::Paragraph => "paragraph",
            Counted::Page => "page",
        };
        let [first, last] = self.numbers;
        if first == last { write!(f, "{name} {first}") } else { write!(f, "{name}s {first}-{last}") }
    }
}

/// Line numbers of a stretch of a source file, kept as the offsets at which lines begin.
///
/// A document that is no text has paragraphs or pages in the place of lines, and the text that its reader takes out
/// of it in the place of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lines {
    counted: Counted,
    /// Number of the line in which the stretch begins, counted from 1.
    first: usize,
    /// Offsets in the file at which each later line begins, in order.
    starts: Vec<usize>,
}

impl Lines {
    /// Lines of a whole file, or of a record that begins at line `first`.
    /// `starts` are the file offsets right behind each line break, in order.
    #[must_use]
    pub fn new(first: usize, starts: Vec<usize>) -> Self {
        Self { counted: Counted::Line, first, starts }
    }

    /// Paragraphs or pages of a whole document; `starts` are the offsets at which they begin, the first one's too.
    #[must_use]
    pub fn counted_as(counted: Counted, starts: Vec<usize>) -> Self {
        Self { counted, first: 0, starts }
    }

    /// What is counted.
    #[must_use]
    pub fn counted(&self) -> Counted {
        self.counted
    }

    /// The line in which the stretch begins.
    #[must_use]
    pub fn first(&self) -> usize {
        self.first
    }

    /// The line that holds the byte at `offset`.
    #[must_use]
    pub fn at(&self, offset: usize) -> usize {
        self.first + self.starts.partition_point(|&start| start <= offset)
    }

    /// First and last line of a byte range (the end is exclusive).
    #[must_use]
    pub fn of(&self, bytes: &Range<usize>) -> [usize; 2] {
        [self.at(bytes.start), self.at(bytes.end.saturating_sub(1).max(bytes.start))]
    }

    /// The part that is needed to number the lines of `bytes` alone.
    #[must_use]
    pub fn within(&self, bytes: &Range<usize>) -> Self {
        let from = self.starts.partition_point(|&start| start <= bytes.start);
        let to = self.starts.partition_point(|&start| start < bytes.end);
        Self { counted: self.counted, first: self.first + from, starts: self.starts[from..to.max(from)].to_vec() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touching_ranges_become_one() {
        let mut span = Span::default();
        span.push(3..5);
        span.push(5..9);
        span.push(12..12);
        span.push(14..16);
        assert_eq!(span.ranges, vec![3..9, 14..16]);
        assert_eq!(span.hull(), Some(3..16));
        assert_eq!(Span::default().hull(), None);
    }

    #[test]
    fn lines_are_the_same_in_a_part() {
        // "a\nbb\n\nc"
        let lines = Lines::new(1, vec![2, 5, 6]);
        assert_eq!(lines.of(&(0..1)), [1, 1]);
        assert_eq!(lines.of(&(2..7)), [2, 4]);
        assert_eq!(lines.of(&(5..5)), [3, 3]);
        let part = lines.within(&(2..7));
        for range in [2..3, 2..7, 5..6, 6..7] {
            assert_eq!(part.of(&range), lines.of(&range), "{range:?}");
        }
    }
}
