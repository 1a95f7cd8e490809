//! Titles with their adornments.

use super::{
    blocks::{Blocks, Place},
    marks::adornment,
};
use crate::read::flow::{
    Shape,
    inline::{Line, joined},
};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

impl Blocks<'_> {
    /// A title with its adornment, or a line between sections.
    pub fn section(&mut self, place: Place) -> bool {
        let rest = self.rest(place);
        if let Some(mark) = adornment(rest).filter(|_| rest.len() > 1) {
            let (title, below) = (self.lines.get(self.at + 1).copied(), self.lines.get(self.at + 2).copied());
            if let (Some(title), Some(below)) = (title, below)
                && !title.is_blank()
                && adornment(&self.source[below.range()]) == Some(mark)
                && below.indent == 0
                && is_below(&self.source[title.range()], below)
            {
                self.heading(title.range(), (mark, true));
                self.at += 3;
                return true;
            }
            let is_alone = title.is_none_or(|line| line.is_blank());
            if is_alone && rest.len() > 3 {
                self.writer.close();
                self.at += 1;
            }
            return is_alone && rest.len() > 3;
        }
        let Some(&below) = self.lines.get(self.at + 1) else { return false };
        let Some(mark) = adornment(&self.source[below.range()]).filter(|_| below.indent == 0) else { return false };
        if !is_below(rest, below) {
            return false;
        }
        let start = place.start;
        self.heading(start..start + rest.len(), (mark, false));
        self.at += 2;
        true
    }

    fn heading(&mut self, title: Range<usize>, adornment: (char, bool)) {
        let known = self.levels.iter().position(|level| *level == adornment);
        let level = known.unwrap_or_else(|| {
            self.levels.push(adornment);
            self.levels.len() - 1
        });
        let shape = Shape::Heading(u8::try_from(level + 1).unwrap_or(u8::MAX));
        let text = joined(self.source, [title]);
        self.piece(shape, &text);
    }
}

/// Whether a line of marks is long enough for the title above it.
fn is_below(title: &str, marks: Line) -> bool {
    let length = marks.end - marks.content;
    length > 3 || (length > 0 && length >= title.graphemes(true).count())
}
