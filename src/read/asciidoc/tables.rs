//! Tables between `|===` lines.

use super::blocks::Blocks;
use crate::{
    model::article::trim,
    read::flow::{
        Shape,
        inline::{Line, write_row},
    },
};
use std::ops::Range;

impl Blocks<'_> {
    /// The lines of a table: cells of their own line go on a row, a blank line ends it.
    pub fn table(&mut self, lines: Range<usize>, fence: &str) {
        let source = self.source;
        let separator = if fence.starts_with(['|', '!']) { &fence[..1] } else { ",:" };
        let mut row: Vec<Range<usize>> = Vec::new();
        self.writer.open(Shape::Table);
        self.writer.anchor = self.given.id.take();
        for index in lines {
            let Some(&line) = self.lines.get(index) else { break };
            let mut cells = if separator == ",:" { vec![line.range()] } else { cells(source, &line, separator) };
            let is_row = line.is_blank() || separator == ",:" || cells.len() > 1;
            if is_row && !row.is_empty() {
                write_row(&mut self.writer, source, &std::mem::take(&mut row));
            }
            cells.retain(|cell| !cell.is_empty());
            if cells.len() > 1 {
                write_row(&mut self.writer, source, &cells);
            } else {
                row.append(&mut cells);
            }
        }
        if !row.is_empty() {
            write_row(&mut self.writer, source, &row);
        }
        self.writer.end();
    }
}

/// The cells of a line, without what is said of how they look.
fn cells(source: &str, line: &Line, separator: &str) -> Vec<Range<usize>> {
    let mut at = line.content;
    let parts: Vec<_> = source[line.range()]
        .split(separator)
        .map(|part| {
            let range = at..at + part.len();
            at += part.len() + separator.len();
            range
        })
        .collect();
    let count = parts.len();
    let mut cells = Vec::new();
    for (index, part) in parts.into_iter().enumerate() {
        let text = &source[part.clone()];
        let word = text.rsplit([' ', '\t']).next().unwrap_or_default();
        let describes_next = index + 1 < count && is_look(word) && (index == 0 || text.len() > word.len());
        let end = if describes_next { part.end - word.len() } else { part.end };
        cells.push(trim(source, part.start..end));
    }
    // Nothing is before the first separator, or the rest of a cell in the line above.
    if cells.first().is_some_and(Range::is_empty) {
        cells.remove(0);
    }
    cells
}

/// Whether a word says how a cell looks: `2+a`, `.3+^h`, `m`.
fn is_look(word: &str) -> bool {
    let letters = word.chars().filter(char::is_ascii_lowercase).count();
    let is_known = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '.' | '+' | '*' | '<' | '>' | '^' | 'a' | 'd' | 'e' | 'h' | 'l' | 'm' | 's' | 'v')
    };
    !word.is_empty()
        && word.chars().all(is_known)
        && letters <= 1
        && !word.chars().all(|c| c.is_ascii_digit() || c == '.')
}
