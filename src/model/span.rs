//! Where a text stands in its source file.

use serde::{Deserialize, Serialize};
use std::ops::Range;

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

/// Line numbers of a stretch of a source file, kept as the offsets at which lines begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lines {
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
        Self { first, starts }
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
        Self { first: self.first + from, starts: self.starts[from..to.max(from)].to_vec() }
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
