//! POD, the documentation of Perl.

mod codes;

use super::{
    Reader, Reading, Sink, SourceFile,
    flow::{
        Frame, Shape,
        document::{self, Document},
        inline::{Line, joined, lines, write, write_code},
        slug::Style,
        writer::Writer,
    },
    front_matter::Problem,
};
use crate::{error::Result, model::SourceText};
use std::ops::Range;

/// Reads `.pod`: headings, items, code, formatting codes.
pub struct Pod;

impl Reader for Pod {
    fn extensions(&self) -> &'static [&'static str] {
        &["pod"]
    }

    fn read(&self, file: &SourceFile, reading: &Reading, sink: &mut Sink<'_>) -> Result<()> {
        document::read(file, reading, sink, parse)
    }
}

fn parse(text: &str) -> Document {
    Paragraphs::new(text).read()
}

/// A list that is open.
struct List {
    /// What the last item holds, if it holds anything.
    frame: Option<Frame>,
    /// Whether the last item is a term whose definition has not begun.
    defines: bool,
}

struct Paragraphs<'a> {
    source: &'a str,
    lines: Vec<Line>,
    at: usize,
    writer: Writer<'a>,
    lists: Vec<List>,
    /// Whether a command has been read and not yet `=cut`.
    in_pod: bool,
    /// Whether the next paragraph is the title.
    name: bool,
    titled: bool,
    /// What is left out, each kind once.
    left_out: Vec<&'a str>,
    problems: Vec<Problem>,
}

impl<'a> Paragraphs<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            source,
            lines: lines(source),
            at: 0,
            writer: Writer::new(source, Style::Pod),
            lists: Vec::new(),
            in_pod: false,
            name: false,
            titled: false,
            left_out: Vec::new(),
            problems: Vec::new(),
        }
    }

    fn read(mut self) -> Document {
        while let Some(&line) = self.lines.get(self.at) {
            if line.is_blank() {
                self.at += 1;
                continue;
            }
            let end = self.end_of_paragraph();
            match command(&self.source[line.start..line.end]) {
                Some(name) => self.command(name, end),
                None if !self.in_pod => {
                    self.leave_out("text outside of POD", "text outside of POD");
                    self.at = end;
                }
                None if line.content > line.start => self.verbatim(),
                None => self.ordinary(end),
            }
        }
        self.end_lists();
        let mut flow = self.writer.finish();
        if !self.titled {
            flow = flow.without_title();
        }
        Document { flow, problems: self.problems, ..Document::default() }
    }

    /// The line behind the paragraph at hand: a blank one, or a command.
    fn end_of_paragraph(&self) -> usize {
        let goes_on = |line: &&Line| !line.is_blank() && command(&self.source[line.start..line.end]).is_none();
        self.at + 1 + self.lines[self.at + 1..].iter().take_while(goes_on).count()
    }

    fn leave_out(&mut self, key: &'a str, what: &str) {
        if !self.left_out.contains(&key) {
            self.left_out.push(key);
            let reason = format!("{what} is not read and left out, here and below");
            self.problems.push(Problem { line: self.at + 1, reason });
        }
    }

    /// The paragraph up to a line, without the first `skip` bytes and white space behind them.
    fn text(&self, skip: usize, end: usize) -> SourceText {
        let ranges = self.lines[self.at..end].iter().enumerate().map(|(index, line)| {
            let content = self.source[line.start + if index == 0 { skip } else { 0 }..line.end].trim_start();
            line.end - content.len()..line.end
        });
        joined(self.source, ranges.filter(|range: &Range<usize>| !range.is_empty()))
    }

    fn command(&mut self, name: &'a str, end: usize) {
        self.in_pod = name != "cut";
        let text = self.text(name.len() + 1, end);
        match name {
            "head1" | "head2" | "head3" | "head4" | "head5" | "head6" => self.heading(name, &text),
            "over" => {
                self.define();
                self.writer.close();
                self.lists.push(List { frame: None, defines: false });
            }
            "item" => self.item(&text),
            "back" => self.end_list(),
            "begin" => return self.begin(text.plain(), end),
            "for" => self.leave_out_format(text.plain()),
            "pod" | "cut" | "encoding" | "end" => {}
            _ => self.leave_out(name, &format!("the command `={name}`")),
        }
        self.at = end;
    }

    fn heading(&mut self, name: &str, text: &SourceText) {
        self.end_lists();
        let level = name.as_bytes().last().map_or(1, |digit| digit - b'0');
        self.name = level == 1 && !self.writer.has_text() && text.plain().eq_ignore_ascii_case("name");
        if !self.name {
            self.piece(Shape::Heading(level), text);
        }
    }

    fn piece(&mut self, shape: Shape, text: &SourceText) {
        self.writer.open(shape);
        write(&mut self.writer, text, codes::tokens(text.plain()));
        self.writer.end();
    }

    fn item(&mut self, text: &SourceText) {
        self.end_item();
        if self.lists.is_empty() {
            self.lists.push(List { frame: None, defines: false });
        }
        let plain = text.plain();
        let marked = item_mark(plain);
        let Some(list) = self.lists.last_mut() else { return };
        if let Some(length) = marked {
            list.frame = Some(Frame::Item);
            self.writer.enter(Frame::Item);
            self.paragraph(&text.slice(length..plain.len()));
        } else {
            list.defines = true;
            self.piece(Shape::Term, text);
        }
    }

    /// Begins the definition of a term, if one waits for it.
    fn define(&mut self) {
        if let Some(list) = self.lists.last_mut().filter(|list| list.defines) {
            (list.frame, list.defines) = (Some(Frame::Definition), false);
            self.writer.enter(Frame::Definition);
        }
    }

    fn end_item(&mut self) {
        if let Some(list) = self.lists.last_mut() {
            list.defines = false;
            if list.frame.take().is_some() {
                self.writer.leave();
            }
        }
    }

    fn end_list(&mut self) {
        self.end_item();
        self.lists.pop();
        self.writer.close();
    }

    fn end_lists(&mut self) {
        while !self.lists.is_empty() {
            self.end_list();
        }
    }

    /// Passes over what is for another program.
    fn begin(&mut self, format: &str, behind: usize) {
        self.leave_out_format(format);
        let name = format.split_whitespace().next().unwrap_or_default();
        let ends = |line: &Line| {
            let text = &self.source[line.start..line.end];
            text.strip_prefix("=end").is_some_and(|ended| ended.trim() == name || ended.trim().is_empty())
        };
        let end = self.lines[behind..].iter().position(ends);
        if end.is_none() {
            let reason = format!("`=begin {name}` has no `=end {name}`: what is below it is left out");
            self.problems.push(Problem { line: self.at + 1, reason });
        }
        self.at = end.map_or(self.lines.len(), |end| behind + end + 1);
    }

    fn leave_out_format(&mut self, format: &str) {
        let name = format.split_whitespace().next().unwrap_or_default();
        if !matches!(name, "comment" | "") {
            self.leave_out("=begin", &format!("what is for another format (`{name}`)"));
        }
    }

    fn ordinary(&mut self, end: usize) {
        let text = self.text(0, end);
        if std::mem::take(&mut self.name) {
            self.titled = true;
            self.piece(Shape::Heading(1), &text);
        } else {
            self.define();
            self.paragraph(&text);
        }
        self.at = end;
    }

    fn paragraph(&mut self, text: &SourceText) {
        self.writer.paragraph();
        write(&mut self.writer, text, codes::tokens(text.plain()));
        if self.writer.shape() != Shape::Item {
            self.writer.close();
        }
    }

    /// Code: indented paragraphs that follow each other.
    fn verbatim(&mut self) {
        self.define();
        let goes_on = |line: &&Line| line.is_blank() || line.content > line.start || !self.begins_a_paragraph(line);
        let end = self.at + self.lines[self.at..].iter().take_while(goes_on).count();
        write_code(&mut self.writer, self.source, &self.lines[self.at..end]);
        self.at = end;
    }

    /// Whether a line that is not indented is more than the rest of an indented paragraph.
    fn begins_a_paragraph(&self, line: &Line) -> bool {
        let before = self.source[..line.start].trim_end_matches([' ', '\t', '\r']);
        let before = before.strip_suffix('\n').unwrap_or(before);
        command(&self.source[line.start..line.end]).is_some() || before.ends_with('\n') || before.is_empty()
    }
}

/// The name of the command that a line begins with.
fn command(line: &str) -> Option<&str> {
    let name = line.strip_prefix('=').filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))?;
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(name.len());
    Some(&name[..end])
}

/// The length of the bullet or number of an item.
fn item_mark(text: &str) -> Option<usize> {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = match text.strip_prefix(['*', '-', 'o', '•']) {
        Some(behind) => behind,
        None if digits.len() < text.len() => digits.strip_prefix(['.', ')']).unwrap_or(digits),
        None => text,
    };
    let is_mark = behind.is_empty() || behind.starts_with(char::is_whitespace);
    (is_mark && (behind.len() < text.len() || text.is_empty())).then(|| text.len() - behind.trim_start().len())
}

#[cfg(test)]
mod tests;
