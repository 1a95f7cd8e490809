//! The body of a document: sections, paragraphs, lists, literal blocks.

use super::{
    inline,
    marks::{Mark, enumerator, mark},
};
use crate::{
    model::SourceText,
    read::{
        flow::{
            Frame, Part, Shape,
            document::Document,
            inline::{Line, joined, lines, write, write_code},
            slug::Style,
            writer::Writer,
        },
        front_matter::{self, Entry, Problem},
    },
};
use std::{collections::BTreeMap, ops::Range};

/// Reads a document line by line.
pub struct Blocks<'a> {
    pub source: &'a str,
    pub lines: Vec<Line>,
    /// The line that comes next.
    pub at: usize,
    pub writer: Writer<'a>,
    /// What the lines at hand are within, from the outermost on.
    contexts: Vec<Context>,
    /// Adornments of titles by level: the character, and whether it is above too.
    pub levels: Vec<(char, bool)>,
    /// The label that stands before what comes.
    pub label: Option<String>,
    /// Fields about the document.
    pub fields: Vec<Entry>,
    pub title: Option<String>,
    /// Directives that are left out: how often each, and the first line.
    pub left_out: BTreeMap<String, (usize, usize)>,
    pub problems: Vec<Problem>,
}

/// Something that holds lines by their indentation.
struct Context {
    /// A line that is indented less is outside.
    least: usize,
    /// The column of its text.
    indent: usize,
    holds: Holds,
}

/// What holds lines.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// A list item or a definition.
    Frame(Frame),
    /// What is no piece of its own: a quotation, an admonition.
    Plain,
    /// What is folded away under a summary.
    Details,
}

/// A place within a line.
#[derive(Clone, Copy)]
pub struct Place {
    pub line: usize,
    /// Where the text begins, in bytes and as a column.
    pub start: usize,
    pub column: usize,
}

impl<'a> Blocks<'a> {
    pub fn new(source: &'a str) -> Self {
        Self {
            source,
            lines: lines(source),
            at: 0,
            writer: Writer::new(source, Style::Docutils),
            contexts: Vec::new(),
            levels: Vec::new(),
            label: None,
            fields: Vec::new(),
            title: None,
            left_out: BTreeMap::new(),
            problems: Vec::new(),
        }
    }

    pub fn read(mut self) -> Document {
        while let Some(&line) = self.lines.get(self.at) {
            if line.is_blank() {
                self.at += 1;
            } else {
                self.enter_line(line);
            }
        }
        self.leave(0, true);
        let (mut about, problems) = front_matter::about(self.fields);
        about.title = self.title.or(about.title);
        self.problems.extend(problems);
        for (name, (count, line)) in self.left_out {
            let more = match count {
                1 => String::new(),
                2 => ", here and once more below".to_owned(),
                _ => format!(", here and {} times more below", count - 1),
            };
            let reason = format!("the directive `{name}` is not read and left out with its text{more}");
            self.problems.push(Problem { line: line + 1, reason });
        }
        self.problems.sort_by_key(|problem| problem.line);
        let mut flow = self.writer.finish();
        if flow.titles() > 1 {
            flow = flow.without_title();
        }
        Document { about, flow, problems: self.problems }
    }

    /// Whether nothing but fields and titles have been read.
    pub fn is_at_top(&self) -> bool {
        self.contexts.is_empty() && !self.writer.has_text()
    }

    fn enter_line(&mut self, line: Line) {
        self.leave(line.indent, false);
        let outer = self.contexts.last().map_or(0, |context| context.indent);
        if line.indent > outer {
            self.writer.close();
            self.hold(line.indent, line.indent, Holds::Plain);
        }
        let mut place = Place { line: self.at, start: line.content, column: line.indent };
        if self.contexts.is_empty() && self.section(place) {
            return;
        }
        while let Some(next) = self.begin(place) {
            place = next;
        }
    }

    /// The rest of the line at a place.
    pub fn rest(&self, place: Place) -> &'a str {
        self.lines.get(place.line).and_then(|line| self.source.get(place.start..line.end)).unwrap_or_default()
    }

    /// Reads what begins at a place; within an item, the place of its text is returned.
    fn begin(&mut self, place: Place) -> Option<Place> {
        let rest = self.rest(place);
        match mark(rest) {
            Mark::Item(length) if self.is_item(place, rest) => return self.item(place, rest, length),
            Mark::Field(length) => self.field(place, length),
            Mark::Explicit(length) => self.explicit(place, length),
            Mark::Anonymous => self.skip_indented(place),
            Mark::Doctest => {
                let end = self.run(place.line, |line| !line.is_blank());
                self.code(place.line..end);
            }
            Mark::LineBlock(_) => self.line_block(place),
            Mark::Grid => self.grid_table(place),
            Mark::Simple => self.simple_table(place),
            _ => self.text(place),
        }
        None
    }

    /// Begins something that holds lines.
    pub fn hold(&mut self, least: usize, indent: usize, holds: Holds) {
        if let Holds::Frame(frame) = holds {
            self.writer.enter(frame);
        }
        self.contexts.push(Context { least, indent, holds });
    }

    /// Ends all that a line with this indentation is not within.
    fn leave(&mut self, indent: usize, all: bool) {
        while let Some(context) = self.contexts.pop_if(|context| all || indent < context.least) {
            match context.holds {
                Holds::Frame(_) => self.writer.leave(),
                Holds::Plain => self.writer.close(),
                Holds::Details => self.writer.details(Part::DetailsEnd),
            }
        }
    }

    /// A piece of a shape of its own.
    pub fn piece(&mut self, shape: Shape, text: &SourceText) {
        self.writer.open(shape);
        self.writer.anchor = self.label.take();
        write(&mut self.writer, text, inline::tokens(text.plain()));
        self.writer.end();
    }

    /// A paragraph, of whatever holds it.
    pub fn paragraph(&mut self, text: &SourceText) {
        if text.plain().trim().is_empty() {
            return;
        }
        self.writer.paragraph();
        if self.label.is_some() {
            self.writer.anchor = self.label.take();
        }
        write(&mut self.writer, text, inline::tokens(text.plain()));
        if self.writer.shape() != Shape::Item {
            self.writer.close();
        }
    }

    /// Code: some lines as they are.
    pub fn code(&mut self, lines: Range<usize>) {
        let part = self.lines.get(lines.clone()).unwrap_or_default();
        write_code(&mut self.writer, self.source, part);
        self.at = lines.end;
    }

    /// The line behind those from `from` on that are `wanted`.
    pub fn run(&self, from: usize, wanted: impl Fn(&Line) -> bool) -> usize {
        from + self.lines[from.min(self.lines.len())..].iter().take_while(|line| wanted(line)).count()
    }

    /// The lines behind `place` that are indented more, and blank ones among them.
    pub fn indented(&self, place: Place) -> Range<usize> {
        let end = self.run(place.line + 1, |line| line.is_blank() || line.indent > place.column);
        place.line + 1..end
    }

    pub fn skip_indented(&mut self, place: Place) {
        self.at = self.indented(place).end;
    }

    /// A numbered item has more of its own below it, or another item, or nothing.
    fn is_item(&self, place: Place, rest: &str) -> bool {
        if !rest.starts_with(|c: char| c == '(' || c == '#' || c.is_ascii_alphanumeric()) {
            return true;
        }
        let below = self.lines.get(place.line + 1).filter(|line| !line.is_blank());
        below.is_none_or(|line| line.indent != place.column || enumerator(&self.source[line.range()]).is_some())
    }

    fn item(&mut self, place: Place, rest: &str, length: usize) -> Option<Place> {
        let column = place.column + rest[..length].chars().count();
        let indent = if length < rest.len() { column } else { place.column + 2 };
        self.hold(place.column + 1, indent, Holds::Frame(Frame::Item));
        if length == rest.len() {
            self.at += 1;
            return None;
        }
        Some(Place { line: place.line, start: place.start + length, column })
    }

    /// A paragraph or term, with the literal block behind it.
    fn text(&mut self, place: Place) {
        let column = place.column;
        let least = self.contexts.last().map_or(0, |context| context.least);
        let below = self.lines.get(place.line + 1).copied().filter(|line| !line.is_blank());
        if let Some(below) = below
            && below.indent > column
        {
            return self.definition(place, below.indent);
        }
        let end = self.run(place.line + 1, |line| !line.is_blank() && (least..=column).contains(&line.indent));
        self.paragraph_to(place, end);
    }

    /// The lines from a place on, up to `end`.
    pub fn text_to(&self, place: Place, end: usize) -> SourceText {
        let first = place.start..self.lines[place.line].end;
        let rest = self.lines[place.line + 1..end.max(place.line + 1)].iter().map(Line::range);
        joined(self.source, [first].into_iter().chain(rest))
    }

    /// A paragraph from a place up to a line, and the literal block that it announces.
    pub fn paragraph_to(&mut self, place: Place, end: usize) {
        let text = self.text_to(place, end);
        self.at = end;
        let Some(before) = text.plain().strip_suffix("::") else { return self.paragraph(&text) };
        let colon = usize::from(!before.is_empty() && !before.ends_with(char::is_whitespace));
        self.paragraph(&text.slice(0..before.len() + colon));
        self.literal(place.column);
    }

    /// The literal block that comes next.
    fn literal(&mut self, column: usize) {
        let first = self.run(self.at, Line::is_blank);
        let Some(&line) = self.lines.get(first) else { return };
        if line.indent > column {
            let end = self.run(first, |line| line.is_blank() || line.indent > column);
            return self.code(first..end);
        }
        // Without indentation, a mark before every line tells that it is one.
        let quote = self.source[line.range()].chars().next().filter(char::is_ascii_punctuation);
        if let Some(quote) = quote.filter(|_| line.indent == column && first > self.at) {
            let is_quoted = |line: &Line| line.indent == column && self.source[line.range()].starts_with(quote);
            let end = self.run(first, is_quoted);
            self.code(first..end);
        }
    }

    fn definition(&mut self, place: Place, indent: usize) {
        let term = self.text_to(place, place.line + 1);
        self.piece(Shape::Term, &term);
        self.hold(place.column + 1, indent, Holds::Frame(Frame::Definition));
        self.at = place.line + 1;
    }

    /// Lines that stay lines.
    fn line_block(&mut self, place: Place) {
        let is_line = |line: &Line| line.indent >= place.column && !line.is_blank();
        let end = self.run(place.line + 1, is_line);
        self.writer.paragraph();
        for index in place.line..end {
            let line = self.lines[index];
            let start = if index == place.line { place.start } else { line.content };
            let content = self.source[start..line.end].trim_start_matches('|').trim_start();
            let range = line.end - content.len()..line.end;
            self.writer.gap("\n", range.start..range.start, true);
            let text = joined(self.source, [range]);
            write(&mut self.writer, &text, inline::tokens(text.plain()));
        }
        self.writer.paragraph();
        self.at = end;
    }
}
