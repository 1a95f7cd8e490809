//! The body of a document: headings, paragraphs, lists, blocks, drawers.

use super::inline;
use crate::{
    model::article::trim,
    read::{
        flow::{
            Frame, Shape,
            document::Document,
            inline::{Line, joined, lines, write, write_code, write_row},
            slug::Style,
            writer::Writer,
        },
        front_matter::{self, Entry, Problem},
    },
};
use std::{iter, ops::Range};

const TODO: &[&str] =
    &["TODO", "DONE", "NEXT", "WAITING", "HOLD", "CANCELLED", "CANCELED", "STARTED", "PROJ", "SOMEDAY", "FIXME"];

/// Reads a document line by line.
pub struct Blocks<'a> {
    pub source: &'a str,
    pub lines: Vec<Line>,
    pub at: usize,
    pub writer: Writer<'a>,
    /// The columns of the marks of items that are open.
    pub items: Vec<usize>,
    pub fields: Vec<Entry>,
    pub problems: Vec<Problem>,
    /// Words before headings that are no part of them.
    pub todo: Vec<&'a str>,
    /// What is left out, each kind once.
    pub left_out: Vec<String>,
    /// Blocks that end nowhere below.
    pub endless: Vec<String>,
    /// From which line on the next that ends a drawer or makes it endless is known, which it is, and whether it ends it.
    pub drawer: (usize, usize, bool),
}

impl<'a> Blocks<'a> {
    pub fn new(source: &'a str) -> Self {
        Self {
            source,
            lines: lines(source),
            at: 0,
            writer: Writer::new(source, Style::Chosen),
            items: Vec::new(),
            fields: Vec::new(),
            problems: Vec::new(),
            todo: TODO.to_vec(),
            left_out: Vec::new(),
            endless: Vec::new(),
            drawer: (0, 0, false),
        }
    }

    pub fn read(mut self) -> Document {
        while let Some(&line) = self.lines.get(self.at) {
            if line.is_blank() {
                self.blank();
            } else {
                self.line(line);
            }
        }
        self.leave(0);
        let (about, problems) = front_matter::about(self.fields);
        self.problems.extend(problems);
        let mut flow = self.writer.finish();
        if about.title.is_some() || flow.titles() > 1 {
            flow = flow.without_title();
        }
        Document { about, flow, problems: self.problems }
    }

    pub fn text(&self, line: &Line) -> &'a str {
        &self.source[line.range()]
    }

    /// Two blank lines end all lists.
    fn blank(&mut self) {
        if self.lines.get(self.at + 1).is_some_and(Line::is_blank) {
            self.leave(0);
        }
        self.at += 1;
    }

    /// Ends the items whose mark is not left of a column.
    fn leave(&mut self, column: usize) {
        while self.items.pop_if(|mark| *mark >= column).is_some() {
            self.writer.leave();
        }
    }

    fn line(&mut self, line: Line) {
        let text = self.text(&line);
        if let Some(level) = stars(text).filter(|_| line.indent == 0) {
            return self.heading(line, level);
        }
        self.leave(line.indent);
        if let Some(keyword) = text.strip_prefix("#+") {
            return self.keyword(line, keyword);
        }
        match text.as_bytes().first() {
            Some(b'#') if text.len() == 1 || text.starts_with("# ") => self.at += 1,
            Some(b':') if text == ":" || text.starts_with(": ") => self.fixed_width(),
            Some(b':') if is_drawer(text) => self.drawer(text),
            Some(b'|') => self.table(),
            Some(b'-') if is_rule(text) => {
                self.writer.close();
                self.at += 1;
            }
            _ => match item_mark(text, line.indent) {
                Some(length) => self.item(line, length),
                None => self.paragraph(line.content),
            },
        }
    }

    fn heading(&mut self, line: Line, level: usize) {
        self.leave(0);
        let title = self.title(line.content + level..line.end);
        let text = &self.source[title.clone()];
        self.at += 1;
        if text == "COMMENT" || text.starts_with("COMMENT ") {
            let outer = |line: &Line| stars(self.text(line)).is_some_and(|other| other <= level) && line.indent == 0;
            let end = self.lines[self.at..].iter().position(outer);
            self.at = end.map_or(self.lines.len(), |end| self.at + end);
            return;
        }
        let anchor = self.properties();
        let text = joined(self.source, [title]);
        self.writer.open(Shape::Heading(u8::try_from(level).unwrap_or(u8::MAX)));
        self.writer.anchor = anchor;
        write(&mut self.writer, &text, inline::tokens(text.plain()));
        self.writer.end();
    }

    /// The text of a heading, without its state, priority, statistics and tags.
    fn title(&self, range: Range<usize>) -> Range<usize> {
        let mut range = trim(self.source, range);
        let text = &self.source[range.clone()];
        let word = text.split(' ').next().unwrap_or_default();
        if self.todo.contains(&word) {
            range = trim(self.source, range.start + word.len()..range.end);
        }
        let text = &self.source[range.clone()];
        if text.starts_with("[#") && text.as_bytes().get(3) == Some(&b']') {
            range = trim(self.source, range.start + 4..range.end);
        }
        let text = &self.source[range.clone()];
        let tags = text.rsplit([' ', '\t']).next().unwrap_or_default();
        let is_tag = |c: char| c.is_alphanumeric() || matches!(c, '_' | '@' | '#' | '%' | ':');
        if tags.len() > 2 && tags.starts_with(':') && tags.ends_with(':') && tags.chars().all(is_tag) {
            range = trim(self.source, range.start..range.end - tags.len());
        }
        range
    }

    /// A block of code, or of text, or of what is left out.
    pub fn block(&mut self, line: Line, name: &str) {
        let ends = |line: &Line| {
            let text = self.text(line);
            text.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("#+end_"))
                && text[6..].split(' ').next().is_some_and(|ended| ended.eq_ignore_ascii_case(name))
        };
        if !matches!(name, "src" | "example" | "comment" | "export") {
            // Text goes on within; the end is passed over as any other keyword.
            self.writer.paragraph();
            self.at += 1;
            return;
        }
        let first = self.at + 1;
        let known = self.endless.iter().any(|known| known == name);
        let end = if known { None } else { self.lines[first..].iter().position(ends).map(|end| first + end) };
        let Some(end) = end else {
            self.at += 1;
            if known {
                return;
            }
            self.endless.push(name.to_owned());
            let reason = format!("the block `{name}` has no end: add #+end_{name}");
            self.problems.push(Problem { line: self.at, reason });
            return;
        };
        if matches!(name, "src" | "example") {
            write_code(&mut self.writer, self.source, &self.lines[first..end]);
        } else if name == "export" {
            self.leave_out("#+begin_export", line);
        }
        self.at = end + 1;
    }

    fn fixed_width(&mut self) {
        let is_fixed = |line: &&Line| self.text(line) == ":" || self.text(line).starts_with(": ");
        let count = self.lines[self.at..].iter().take_while(is_fixed).count();
        let code: Vec<Line> = self.lines[self.at..self.at + count]
            .iter()
            .map(|line| {
                let start = (line.content + 2).min(line.end);
                let inner = &self.source[start..line.end];
                let white = inner.len() - inner.trim_start().len();
                Line { start, content: start + white, end: line.end, indent: white }
            })
            .collect();
        write_code(&mut self.writer, self.source, &code);
        self.at += count;
    }

    fn table(&mut self) {
        self.writer.open(Shape::Table);
        while let Some(&line) = self.lines.get(self.at).filter(|line| self.text(line).starts_with('|')) {
            let text = self.text(&line);
            if !text.starts_with("|-") {
                let inner = text[1..].strip_suffix('|').unwrap_or(&text[1..]);
                let mut at = line.content + 1;
                let mut cells = Vec::new();
                for cell in inner.split('|') {
                    cells.push(trim(self.source, at..at + cell.len()));
                    at += cell.len() + 1;
                }
                write_row(&mut self.writer, self.source, &cells);
            }
            self.at += 1;
        }
        self.writer.end();
    }

    /// An item, or a term with its definition.
    fn item(&mut self, line: Line, length: usize) {
        let mut start = line.content + length;
        let box_end = ["[ ] ", "[X] ", "[-] "].iter().find(|mark| self.source[start..line.end].starts_with(**mark));
        start += box_end.map_or(0, |mark| mark.len());
        let text = &self.source[start..line.end];
        let term = text.find(" :: ").or_else(|| text.strip_suffix(" ::").map(str::len));
        let numbered = self.text(&line).starts_with(char::is_alphanumeric);
        let Some(term) = term.filter(|_| !numbered) else {
            self.writer.enter(Frame::Item);
            self.items.push(line.indent);
            return self.paragraph(start);
        };
        let title = joined(self.source, [trim(self.source, start..start + term)]);
        self.writer.open(Shape::Term);
        write(&mut self.writer, &title, inline::tokens(title.plain()));
        self.writer.end();
        self.writer.enter(Frame::Definition);
        self.items.push(line.indent);
        let behind = &self.source[start + term + 3..line.end];
        self.paragraph(line.end - behind.trim_start().len());
    }

    /// A paragraph that begins at `start` in the line at hand.
    fn paragraph(&mut self, start: usize) {
        let Some(&first) = self.lines.get(self.at) else { return };
        let source = self.source;
        let column = self.items.last().map_or(0, |mark| mark + 1);
        let goes_on = |line: &&Line| {
            let text = &source[line.range()];
            !line.is_blank() && line.indent >= column && !begins_something(text, line.indent)
        };
        let count = self.lines[self.at + 1..].iter().take_while(goes_on).count();
        // What a note is called by stands before its text.
        let note = source[start..first.end].strip_prefix("[fn:").and_then(|rest| rest.split_once("] "));
        let start = note.filter(|(name, _)| !name.contains(':')).map_or(start, |(_, text)| first.end - text.len());
        let ranges =
            iter::once(start..first.end).chain(self.lines[self.at + 1..=self.at + count].iter().map(Line::range));
        let text = joined(source, ranges.filter(|range| !range.is_empty()));
        self.at += count + 1;
        self.writer.paragraph();
        write(&mut self.writer, &text, inline::tokens(text.plain()));
        if self.writer.shape() != Shape::Item {
            self.writer.close();
        }
    }
}

/// The number of stars that a heading begins with.
pub fn stars(text: &str) -> Option<usize> {
    let behind = text.trim_start_matches('*');
    let count = text.len() - behind.len();
    (count > 0 && behind.starts_with([' ', '\t'])).then_some(count)
}

fn is_rule(text: &str) -> bool {
    text.len() > 4 && text.bytes().all(|byte| byte == b'-')
}

fn is_drawer(text: &str) -> bool {
    let name = text.strip_prefix(':').and_then(|rest| rest.strip_suffix(':'));
    name.is_some_and(|name| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')))
}

/// Whether a line is no part of the paragraph above it.
fn begins_something(text: &str, indent: usize) -> bool {
    let is_heading = indent == 0 && stars(text).is_some();
    let is_marked = text == ":" || ["#+", "|", ": "].iter().any(|mark| text.starts_with(mark));
    is_heading || is_marked || is_rule(text) || is_drawer(text) || item_mark(text, indent).is_some()
}

/// The length of the bullet or number of an item, with the white space behind it.
fn item_mark(text: &str, indent: usize) -> Option<usize> {
    let behind = match text.as_bytes().first()? {
        b'-' | b'+' => &text[1..],
        b'*' if indent > 0 => &text[1..],
        b'0'..=b'9' => text.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix(['.', ')'])?,
        byte if byte.is_ascii_lowercase() => text[1..].strip_prefix(['.', ')'])?,
        _ => return None,
    };
    let is_mark = behind.is_empty() || behind.starts_with([' ', '\t']);
    let count = behind.trim_start().strip_prefix("[@").and_then(|rest| rest.split_once(']'));
    let text_behind = count.map_or(behind, |(_, text)| text).trim_start();
    is_mark.then(|| text.len() - text_behind.len())
}
