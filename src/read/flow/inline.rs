//! What markups that are read line by line have in common: their lines, and text within them.

use super::{Shape, writer::Writer};
use crate::model::SourceText;
use std::ops::Range;

/// How many columns a tab reaches to at most.
const TAB: usize = 8;

/// A line of a text, without its break and the white space at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Where the line begins.
    pub start: usize,
    /// Where its first character stands that is no white space.
    pub content: usize,
    /// Where it ends.
    pub end: usize,
    /// The column of `content`.
    pub indent: usize,
}

impl Line {
    /// Whether there is nothing on the line.
    pub fn is_blank(&self) -> bool {
        self.content == self.end
    }

    /// What is on the line, as a range of its text.
    pub fn range(&self) -> Range<usize> {
        self.content..self.end
    }
}

/// The lines of a text.
pub fn lines(text: &str) -> Vec<Line> {
    let mut at = 0;
    let line_of = |line: &str| {
        let (start, content) = (at, line.trim_end());
        at += line.len();
        let white = content.len() - content.trim_start().len();
        let (content, end) = (start + white, start + content.len());
        Line { start, content, end, indent: columns(&line[..white]) }
    };
    text.split_inclusive('\n').map(line_of).collect()
}

/// How many columns white space takes.
fn columns(white: &str) -> usize {
    white.chars().fold(0, |column, c| if c == '\t' { (column / TAB + 1) * TAB } else { column + 1 })
}

/// The ranges of a text as one text, a line each.
pub fn joined(source: &str, ranges: impl IntoIterator<Item = Range<usize>>) -> SourceText {
    let mut text = SourceText::default();
    let mut end = None;
    for range in ranges {
        if let Some(end) = end {
            text.push_replaced("\n", end..range.start);
        }
        text.push_verbatim(&source[range.clone()], range.start);
        end = Some(range.end);
    }
    text
}

/// A part of a text with markup in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// Text that stands here as it is.
    Text(Range<usize>),
    /// Text that stands here in another form.
    Replaced(String, Range<usize>),
    /// A line break that is meant.
    Break(Range<usize>),
    /// Bold text begins.
    Bold,
    /// Bold text ends.
    Unbold,
}

/// Writes `text`, which is made of `tokens`. Its own line breaks become spaces.
pub fn write(writer: &mut Writer<'_>, text: &SourceText, tokens: Vec<Token>) {
    for token in tokens {
        match token {
            Token::Text(range) => write_text(writer, text, range),
            Token::Replaced(plain, range) => {
                let source = source_of(writer, text, range);
                writer.text(&plain, source);
            }
            Token::Break(range) => {
                let source = source_of(writer, text, range);
                writer.gap("\n", source, true);
            }
            Token::Bold => writer.bold(),
            Token::Unbold => writer.unbold(),
        }
    }
}

fn source_of(writer: &Writer<'_>, text: &SourceText, range: Range<usize>) -> Range<usize> {
    text.span(range).hull().unwrap_or_else(|| writer.here())
}

fn write_text(writer: &mut Writer<'_>, text: &SourceText, range: Range<usize>) {
    let mut at = range.start;
    for line in text.plain()[range].split_inclusive('\n') {
        let content = line.strip_suffix('\n').unwrap_or(line);
        let end = at + content.trim_end_matches([' ', '\t']).len();
        if content.len() == line.len() {
            writer.mapped(&text.slice(at..at + content.len()));
        } else {
            writer.mapped(&text.slice(at..end));
            let source = source_of(writer, text, end..at + line.len());
            writer.gap(" ", source, true);
        }
        at += line.len();
    }
}

/// Writes lines as they are, without what they are all indented by.
pub fn write_code(writer: &mut Writer<'_>, source: &str, lines: &[Line]) {
    let indent = lines.iter().filter(|line| !line.is_blank()).map(|line| line.indent).min().unwrap_or(0);
    let first = lines.iter().position(|line| !line.is_blank()).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| !line.is_blank()).map_or(first, |last| last + 1);
    writer.open(Shape::Code);
    let mut end = None;
    for line in lines.get(first..last).unwrap_or_default() {
        let start = behind_columns(source, line, indent);
        if let Some(end) = end {
            writer.text("\n", end..source[end..].find('\n').map_or(line.start, |length| end + length + 1));
        }
        writer.text(&source[start..line.end.max(start)], start..line.end.max(start));
        end = Some(line.end.max(start));
    }
    writer.end();
}

/// Where on a line text begins that is indented by `indent` columns at least.
fn behind_columns(source: &str, line: &Line, indent: usize) -> usize {
    let white = &source[line.start..line.content];
    let at = white.char_indices().map(|(at, _)| at).find(|&at| columns(&white[..at]) >= indent);
    line.start + at.unwrap_or(white.len())
}

/// Cells of a row of a table, as one line.
pub fn write_row(writer: &mut Writer<'_>, source: &str, cells: &[Range<usize>]) {
    if writer.is_open() {
        let at = cells.first().map_or(writer.here(), |cell| cell.start..cell.start);
        writer.separator("\n", at);
    }
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            writer.separator(" | ", cell.start..cell.start);
        }
        writer.text(&source[cell.clone()], cell.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_where_their_text_is() {
        let found = lines("a\n\t b \n\n  é");
        assert_eq!(
            found.iter().map(|line| (line.range(), line.indent)).collect::<Vec<_>>(),
            [(0..1, 0), (4..5, 9), (7..7, 0), (10..12, 2)]
        );
    }
}
