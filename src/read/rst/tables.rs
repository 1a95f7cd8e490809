//! Tables, row by row.

use super::{
    blocks::{Blocks, Place},
    marks::is_simple_edge,
};
use crate::{
    model::article::trim,
    read::flow::{
        Shape,
        inline::{Line, write_row},
    },
};

impl Blocks<'_> {
    /// A table that is drawn with `+`, `-` and `|`.
    pub fn grid_table(&mut self, place: Place) {
        let source = self.source;
        let end = self.run(place.line + 1, |line| source[line.range()].starts_with(['+', '|']));
        self.writer.open(Shape::Table);
        self.writer.anchor = self.label.take();
        for index in place.line..end {
            let line = self.lines[index];
            let start = if index == place.line { place.start } else { line.content };
            let row = &source[start..line.end];
            if row.chars().all(|c| matches!(c, '+' | '-' | '=' | '|' | ' ')) {
                continue;
            }
            let mut at = start;
            let mut cells = Vec::new();
            for cell in row.split('|') {
                cells.push(trim(source, at..at + cell.len()));
                at += cell.len() + 1;
            }
            // Nothing is before the first bar and behind the last.
            let inner = usize::from(row.starts_with('|'))..cells.len() - usize::from(row.ends_with('|'));
            write_row(&mut self.writer, source, cells.get(inner).unwrap_or_default());
        }
        self.writer.end();
        self.at = end;
    }

    /// A table whose columns are told by the `=` above and below.
    pub fn simple_table(&mut self, place: Place) {
        let source = self.source;
        let is_edge = |line: &Line| is_simple_edge(&source[line.range()]);
        let is_over = |index: usize| {
            let next = self.lines.get(index + 1);
            self.lines.get(index).is_some_and(is_edge) && next.is_none_or(Line::is_blank)
        };
        let within = |line: &Line| line.is_blank() || line.indent >= place.column;
        let last = self.run(place.line + 1, within);
        let end = (place.line + 1..last).find(|&index| is_over(index)).map_or(last, |index| index + 1);
        self.writer.open(Shape::Table);
        self.writer.anchor = self.label.take();
        for index in place.line + 1..end {
            let line = self.lines[index];
            if line.is_blank() || source[line.range()].chars().all(|c| matches!(c, '=' | '-' | ' ')) {
                continue;
            }
            let (mut at, mut cells) = (line.content, Vec::new());
            for cell in source[line.range()].split("  ") {
                let range = trim(source, at..at + cell.len());
                if !range.is_empty() {
                    cells.push(range);
                }
                at += cell.len() + 2;
            }
            write_row(&mut self.writer, source, &cells);
        }
        self.writer.end();
        self.at = end;
    }

    /// The table of a directive: a list of lists, or rows of values.
    pub fn listed_table(&mut self, lines: std::ops::Range<usize>, is_list: bool) {
        let source = self.source;
        self.writer.open(Shape::Table);
        let mut cells: Vec<std::ops::Range<usize>> = Vec::new();
        for line in self.lines.get(lines.clone()).unwrap_or_default().iter().filter(|line| !line.is_blank()) {
            let text = &source[line.range()];
            let row = text.strip_prefix("* ").map(str::trim_start);
            let cell = row.unwrap_or(text);
            let cell = if is_list { cell.strip_prefix('-').map_or(cell, str::trim_start) } else { cell };
            if row.is_some() || !is_list {
                write_row(&mut self.writer, source, &std::mem::take(&mut cells));
            }
            cells.push(line.end - cell.len()..line.end);
        }
        write_row(&mut self.writer, source, &cells);
        self.writer.end();
        self.at = lines.end;
    }
}
