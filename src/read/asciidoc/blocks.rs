//! The body of a document: sections, paragraphs, lists, delimited blocks.

use super::{
    header::Attributes,
    inline,
    marks::{Fence, Given, attribute, block_macro, fence, is_given, item, section, term},
};
use crate::{
    model::SourceText,
    read::{
        flow::{
            Frame, Shape,
            document::Document,
            inline::{Line, joined, lines, write, write_code},
            slug::Style,
            writer::Writer,
        },
        front_matter::{self, Problem},
    },
};
use std::ops::Range;

/// Reads a document line by line.
pub struct Blocks<'a> {
    pub source: &'a str,
    pub lines: Vec<Line>,
    pub at: usize,
    pub writer: Writer<'a>,
    /// Lists and delimited blocks that are open, from the outermost on.
    open: Vec<Open<'a>>,
    /// What the lines above say of the block that comes.
    pub given: Given,
    pub attributes: Attributes,
    title: Option<String>,
    /// Whether a blank line stands above, and whether a `+` joins what comes to the item above it.
    parted: bool,
    joined: bool,
    problems: Vec<Problem>,
}

/// Something that is open.
enum Open<'a> {
    /// An item, by its mark, and whether it has a text.
    Item { mark: &'a str, filled: bool, asks: bool },
    /// A delimited block, by its line.
    Block(&'a str),
}

impl<'a> Blocks<'a> {
    pub fn new(source: &'a str) -> Self {
        Self {
            source,
            lines: lines(source),
            at: 0,
            writer: Writer::new(source, Style::Asciidoctor),
            open: Vec::new(),
            given: Given::default(),
            attributes: Attributes::default(),
            title: None,
            parted: true,
            joined: false,
            problems: Vec::new(),
        }
    }

    pub fn read(mut self) -> Document {
        self.header();
        while let Some(&line) = self.lines.get(self.at) {
            if line.is_blank() {
                self.at += 1;
                self.parted = true;
            } else {
                self.line(line);
                self.parted = false;
            }
        }
        self.leave(0);
        let (mut about, problems) = front_matter::about(self.attributes.entries);
        about.title = about.title.or(self.title);
        self.problems.extend(problems);
        Document { about, flow: self.writer.finish(), problems: self.problems }
    }

    pub fn text(&self, line: Line) -> &'a str {
        &self.source[line.range()]
    }

    fn line(&mut self, line: Line) {
        let text = self.text(line);
        if let Some(level) = self.underlined().filter(|_| line.indent == 0 && !self.is_in_block()) {
            self.leave(0);
            self.section(line, level, 0);
            self.at += 1;
            return;
        }
        if let Some(kind) = fence(text).filter(|_| line.indent == 0) {
            return self.fence(text, kind);
        }
        if let Some((name, value)) = attribute(text).filter(|_| line.indent == 0) {
            self.attributes.set(name, value, None);
            self.at += 1;
        } else if text.starts_with("//") && !text.starts_with("///") {
            self.at += 1;
        } else if is_given(text) && line.indent == 0 {
            self.given.add(text);
            self.at += 1;
        } else if text == "+" {
            self.joined = true;
            self.at += 1;
        } else if let Some((level, length)) = section(text).filter(|_| line.indent == 0 && !self.is_in_block()) {
            self.leave(0);
            self.section(line, level, length);
        } else if let Some(name) = block_macro(text) {
            self.block_macro(name, line);
        } else if matches!(text, "'''" | "<<<" | "---" | "***" | "- - -" | "* * *") {
            self.writer.close();
            self.at += 1;
        } else if let Some((mark, length)) = item(text) {
            self.item(line, mark, length);
        } else if let Some((mark, end, behind)) = term(text) {
            self.term(line, mark, end, behind);
        } else if is_caption(text) {
            self.attach();
            self.paragraph(line.content + 1..line.end, self.at + 1);
        } else if line.indent > 0 && !self.is_item_text() {
            self.literal();
        } else {
            self.attach();
            let end = self.end_of_paragraph();
            self.paragraph(line.content..line.end, end);
        }
    }

    fn is_in_block(&self) -> bool {
        self.open.iter().any(|open| matches!(open, Open::Block(_)))
    }

    /// Whether text that comes is the first of an item.
    fn is_item_text(&self) -> bool {
        matches!(self.open.last(), Some(Open::Item { filled: false, .. }))
    }

    /// Ends what is open but for the first `keep`.
    fn leave(&mut self, keep: usize) {
        while self.open.len() > keep {
            match self.open.pop() {
                Some(Open::Item { .. }) => self.writer.leave(),
                _ => self.writer.close(),
            }
        }
    }

    /// Makes ready for a block: behind a blank line it is not in the list above, unless a `+` says so.
    fn attach(&mut self) {
        let joined = std::mem::take(&mut self.joined);
        if self.parted && !joined && !self.is_item_text() {
            let outer = self.open.iter().rposition(|open| matches!(open, Open::Block(_))).map_or(0, |at| at + 1);
            self.leave(outer);
        }
        if let Some(Open::Item { filled, .. }) = self.open.last_mut() {
            *filled = true;
        }
    }

    pub fn section(&mut self, line: Line, level: usize, length: usize) {
        let mut range = line.content + length..line.end;
        let marks = &self.source[line.content..(line.content + level).min(range.start)];
        let title = self.source[range.clone()].strip_suffix(marks).filter(|title| title.ends_with(' '));
        if let Some(title) = title.filter(|_| !marks.is_empty()) {
            range.end = range.start + title.trim_end().len();
        }
        if let Some(anchor) = self.source[range.clone()].strip_prefix("[[").and_then(|rest| rest.split_once("]]")) {
            self.given.id = Some(anchor.0.to_owned());
        }
        let text = joined(self.source, [range]);
        let tokens = inline::tokens(text.plain(), &mut self.attributes);
        self.writer.open(Shape::Heading(u8::try_from(level).unwrap_or(u8::MAX)));
        self.writer.anchor = std::mem::take(&mut self.given).id.filter(|id| !id.is_empty());
        write(&mut self.writer, &text, tokens);
        self.writer.end();
        self.at += 1;
    }

    fn block_macro(&mut self, name: &str, line: Line) {
        if name == "include" && !self.problems.iter().any(|known| known.reason.starts_with("`include::`")) {
            let reason = "`include::` is not followed: the other file is read if it is in the corpus".to_owned();
            self.problems.push(Problem { line: self.at + 1, reason });
        }
        debug_assert!(!line.is_blank());
        self.given = Given::default();
        self.at += 1;
    }

    /// A line that begins or ends a block.
    fn fence(&mut self, text: &'a str, kind: Fence) {
        let closes = |open: &Open<'_>| matches!(open, Open::Block(mark) if *mark == text);
        if kind == Fence::Open
            && let Some(at) = self.open.iter().rposition(closes)
        {
            self.leave(at);
            self.at += 1;
            return;
        }
        self.attach();
        let first = self.at + 1;
        let is_literal = matches!(self.given.style.as_deref(), Some("source" | "listing" | "literal" | "verse"));
        if kind == Fence::Open && !is_literal {
            self.given = Given::default();
            self.writer.paragraph();
            self.open.push(Open::Block(text));
            self.at = first;
            return;
        }
        let mark = if text.starts_with("```") { "```" } else { text };
        let end = self.lines[first..].iter().position(|line| &self.source[line.range()] == mark && line.indent == 0);
        if end.is_none() && kind != Fence::Open {
            let reason = format!("the block `{mark}` has no end: all that is below it belongs to it");
            self.problems.push(Problem { line: first, reason });
        }
        let end = end.map_or(self.lines.len(), |end| first + end);
        match kind {
            Fence::Table => self.table(first..end, text),
            Fence::Code | Fence::Open => write_code(&mut self.writer, self.source, &self.lines[first..end]),
            Fence::Pass | Fence::Comment => {}
        }
        self.given = Given::default();
        self.at = end + 1;
    }

    /// Begins an item with this mark: within the item above, beside it, or beside one above that.
    fn enter(&mut self, mark: &'a str, frame: Frame, asks: bool) {
        let outer = self.open.iter().rposition(|open| matches!(open, Open::Block(_))).map_or(0, |at| at + 1);
        let same = |open: &Open<'_>| matches!(open, Open::Item { mark: known, .. } if *known == mark);
        if let Some(at) = self.open[outer..].iter().position(same) {
            self.leave(outer + at);
        }
        if frame == Frame::Item {
            self.writer.enter(frame);
        }
        self.open.push(Open::Item { mark, filled: frame == Frame::Item, asks });
    }

    fn item(&mut self, line: Line, mark: &'a str, length: usize) {
        let asks = self.given.style.as_deref() == Some("qanda");
        self.given = Given { id: self.given.id.take(), style: None };
        self.enter(mark, Frame::Item, asks);
        let mut start = line.content + length;
        let boxes = ["[ ] ", "[x] ", "[*] "];
        start +=
            boxes.iter().find(|mark| self.source[start..line.end].starts_with(**mark)).map_or(0, |mark| mark.len());
        self.joined = false;
        let end = self.end_of_paragraph();
        self.paragraph(start..line.end, end);
    }

    /// A term of a labelled list, and its text in the same line.
    fn term(&mut self, line: Line, mark: &'a str, end: usize, behind: usize) {
        let given = std::mem::take(&mut self.given);
        let same = |open: &Open<'_>| matches!(open, Open::Item { mark: known, asks: true, .. } if *known == mark);
        let asks = given.style.as_deref() == Some("qanda") || self.open.iter().any(same);
        self.enter(mark, Frame::Definition, asks);
        let title = joined(self.source, std::iter::once(line.content..line.content + end));
        let tokens = inline::tokens(title.plain(), &mut self.attributes);
        self.writer.open(if asks { Shape::Question } else { Shape::Term });
        self.writer.anchor = given.id.filter(|id| !id.is_empty());
        write(&mut self.writer, &title, tokens);
        self.writer.end();
        self.writer.enter(Frame::Definition);
        self.joined = false;
        let start = line.content + behind;
        if start < line.end {
            self.attach_here();
            let end = self.end_of_paragraph();
            self.paragraph(start..line.end, end);
        } else {
            self.at += 1;
        }
    }

    fn attach_here(&mut self) {
        self.parted = false;
        self.attach();
    }

    /// The line behind the paragraph at hand.
    fn end_of_paragraph(&self) -> usize {
        let within_list = matches!(self.open.last(), Some(Open::Item { .. }));
        let goes_on = |line: &&Line| {
            let text = &self.source[line.range()];
            let is_list = || within_list && (item(text).is_some() || term(text).is_some());
            let is_edge = line.indent == 0 && (fence(text).is_some() || (is_given(text) && text.len() > 2));
            !line.is_blank() && text != "+" && !is_edge && !is_list()
        };
        self.at + 1 + self.lines[self.at + 1..].iter().take_while(goes_on).count()
    }

    /// A paragraph: what is left of the line at hand, and the lines up to `end`.
    fn paragraph(&mut self, first: Range<usize>, end: usize) {
        let rest = self.lines[self.at + 1..end].iter().map(Line::range);
        let is_text = |range: &Range<usize>| !range.is_empty() && !self.source[range.clone()].starts_with("//");
        let text = joined(self.source, [first].into_iter().chain(rest).filter(is_text));
        let code = matches!(self.given.style.as_deref(), Some("source" | "listing" | "literal"));
        let anchor = std::mem::take(&mut self.given).id;
        let lines = self.at..end;
        self.at = end;
        if code {
            return write_code(&mut self.writer, self.source, &self.lines[lines]);
        }
        self.write(&text, anchor);
    }

    fn write(&mut self, text: &SourceText, anchor: Option<String>) {
        let tokens = inline::tokens(text.plain(), &mut self.attributes);
        self.writer.paragraph();
        if anchor.is_some() {
            self.writer.anchor = anchor;
        }
        write(&mut self.writer, text, tokens);
        if self.writer.shape() != Shape::Item {
            self.writer.close();
        }
    }

    /// Indented lines are code.
    fn literal(&mut self) {
        // Behind a blank line it still belongs to the item above.
        self.joined = true;
        self.attach();
        let goes_on = |line: &&Line| !line.is_blank() && &self.source[line.range()] != "+";
        let end = self.at + self.lines[self.at..].iter().take_while(goes_on).count();
        write_code(&mut self.writer, self.source, &self.lines[self.at..end]);
        self.at = end;
    }
}

/// `.Title` of a block.
fn is_caption(text: &str) -> bool {
    text.strip_prefix('.').is_some_and(|title| !title.is_empty() && !title.starts_with(['.', ' ', '\t']))
}
