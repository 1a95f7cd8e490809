//! From a page to its text, piece by piece.

use super::{
    anchors::Anchor,
    content::Content,
    names,
    page::{Node, Page},
    pairs::Pair,
    tables::layout_tables,
    text::{Text, stretches},
};
use crate::{
    read::flow::{Flow, Frame, Part, Shape, slug::Style, writer::Writer},
    split::labels::ends_with_question_mark,
};
use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

/// A page's text and the places in it that have names.
pub struct Pieces {
    /// The text.
    pub flow: Flow,
    /// The places.
    pub anchors: Vec<Anchor>,
}

/// Writes the content of a page.
pub fn pieces(page: &Page<'_>, content: &Content, pairs: &[Pair]) -> Pieces {
    let mut ends: HashMap<u32, usize> = HashMap::new();
    for pair in pairs {
        *ends.entry(pair.answer).or_default() += 1;
    }
    let asks: HashSet<u32> = pairs.iter().map(|pair| pair.ask).collect();
    let layout = layout_tables(page, content, &asks);
    let writer = Writer::new(page.source, Style::Chosen);
    let (anchors, flat) = (Vec::new(), Vec::new());
    let mut steps = Steps { page, content, asks, ends, layout, writer, anchors, flat, cells: 0, loose: false };
    for part in &content.parts {
        steps.walk(part.clone());
    }
    Pieces { flow: steps.writer.finish(), anchors: steps.anchors }
}

/// An element in which all text is one piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flat {
    /// A question, or what is always to be seen of `<details>`.
    Question,
    /// A heading or term.
    Shape,
    Table,
}

struct Steps<'a> {
    page: &'a Page<'a>,
    content: &'a Content,
    /// The questions, and how many answers end with an element.
    asks: HashSet<u32>,
    ends: HashMap<u32, usize>,
    layout: HashSet<u32>,
    writer: Writer<'a>,
    anchors: Vec<Anchor>,
    /// The open elements in which all text is one piece.
    flat: Vec<(u32, Flat)>,
    /// Cells so far in the row of the table that is open.
    cells: usize,
    /// Whether a heading is open that has no end.
    loose: bool,
}

impl Steps<'_> {
    fn walk(&mut self, nodes: Range<usize>) {
        let mut at = nodes.start;
        while at < nodes.end {
            match &self.page.nodes[at] {
                Node::Open(element) if self.is_left_out(*element) => {
                    self.gap_for(*element);
                    at = self.page.elements[*element as usize].nodes.end;
                }
                Node::Open(element) => self.open(*element),
                Node::Close(element) => self.close(*element),
                Node::Text(text) => self.text(text),
            }
            at += 1;
        }
    }

    fn is_left_out(&self, element: u32) -> bool {
        if self.content.is_skipped(element) {
            return true;
        }
        if self.is_flat() || self.asks.contains(&element) {
            return false;
        }
        let asks = || ends_with_question_mark(&self.page.text_of(element, 2 << 10));
        match self.page.name(element) {
            "button" => !asks(),
            "label" => self.content.is_in_form(element) && !asks(),
            _ => false,
        }
    }

    /// What is left out still ends a line, if it is a block.
    fn gap_for(&mut self, element: u32) {
        if names::breaks_line(self.page.name(element)) {
            self.line(element);
        }
    }

    fn place(&self, element: u32) -> Range<usize> {
        self.page.elements[element as usize].tag.clone()
    }

    fn is_flat(&self) -> bool {
        !self.flat.is_empty()
    }

    fn is_in_table(&self) -> bool {
        matches!(self.flat.last(), Some((_, Flat::Table)))
    }

    fn is_code(&self) -> bool {
        self.writer.markdown == Some(Shape::Code) && !self.is_flat()
    }

    /// A line begins or ends, as far as the piece that is open lets it.
    fn line(&mut self, element: u32) {
        self.end_loose_heading();
        if self.is_flat() {
            self.writer.gap(" ", self.place(element), false);
        } else if self.is_code() {
            self.writer.gap("\n", self.place(element), false);
        } else {
            self.writer.paragraph();
        }
    }

    fn end_loose_heading(&mut self) {
        if std::mem::take(&mut self.loose) {
            self.end_shape();
        }
    }

    fn open(&mut self, element: u32) {
        let page = self.page;
        let name = page.name(element);
        self.note_anchor(element);
        if self.asks.contains(&element) && !self.is_in_table() {
            self.end_loose_heading();
            self.writer.details(Part::DetailsStart);
            return self.begin_question(element);
        }
        match name {
            "br" => self.line_break(element),
            "img" => self.alternative_text(element),
            "b" | "strong" => self.writer.bold(),
            _ if self.is_flat() => self.open_flat(element, name),
            _ => self.open_block(element, name),
        }
    }

    fn begin_question(&mut self, element: u32) {
        self.writer.summary = true;
        self.flat.push((element, Flat::Question));
    }

    fn open_flat(&mut self, element: u32, name: &str) {
        let at = self.place(element).start;
        match name {
            "tr" if self.is_in_table() => {
                self.cells = 0;
                if self.writer.is_open() {
                    self.writer.separator("\n", at..at);
                }
            }
            "td" | "th" if self.is_in_table() => {
                if self.cells > 0 {
                    self.writer.separator(" | ", at..at);
                }
                self.cells += 1;
            }
            _ if names::breaks_line(name) => self.line(element),
            _ => {}
        }
    }

    fn open_block(&mut self, element: u32, name: &str) {
        if self.is_code() {
            if names::breaks_line(name) {
                self.line(element);
            }
            return;
        }
        if names::breaks_line(name) {
            self.end_loose_heading();
        }
        if let Some(level) = names::heading_level(name) {
            self.begin(Shape::Heading(level));
            if self.page.elements[element as usize].closed {
                self.flat.push((element, Flat::Shape));
            } else {
                self.loose = true;
            }
            return;
        }
        match name {
            "li" => self.writer.enter(Frame::Item),
            "dd" => self.writer.enter(Frame::Definition),
            "dt" => {
                self.begin(Shape::Term);
                self.flat.push((element, Flat::Shape));
            }
            "pre" | "xmp" | "listing" | "plaintext" => self.begin(Shape::Code),
            "table" if !self.layout.contains(&element) => {
                self.begin(Shape::Table);
                self.flat.push((element, Flat::Table));
                self.cells = 0;
            }
            "details" if self.page.elements[element as usize].closed => self.writer.details(Part::DetailsStart),
            "summary" if self.is_of_details(element) => {
                self.writer.close();
                self.begin_question(element);
            }
            "ul" | "ol" | "dl" | "menu" | "dir" | "hr" => self.writer.close(),
            _ if names::breaks_line(name) => self.line(element),
            _ => {}
        }
    }

    fn is_of_details(&self, element: u32) -> bool {
        let parent = self.page.elements[element as usize].parent;
        parent.is_some_and(|parent| self.page.name(parent) == "details")
    }

    fn begin(&mut self, shape: Shape) {
        self.writer.close();
        self.writer.markdown = Some(shape);
    }

    fn end_shape(&mut self) {
        self.writer.close();
        self.writer.markdown = None;
    }

    fn close(&mut self, element: u32) {
        let name = self.page.name(element);
        if let Some(&(_, flat)) = self.flat.last().filter(|(open, _)| *open == element) {
            self.flat.pop();
            match flat {
                Flat::Question => {
                    self.writer.close();
                    self.writer.summary = false;
                }
                Flat::Shape | Flat::Table => self.end_shape(),
            }
        } else if matches!(name, "b" | "strong") {
            self.writer.unbold();
        } else if !self.is_flat() {
            self.close_block(element, name);
        } else if names::breaks_line(name) && !matches!(name, "tr" | "td" | "th" | "tbody" | "thead" | "tfoot") {
            let here = self.writer.here();
            self.writer.gap(" ", here, false);
        }
        for _ in 0..self.ends.get(&element).copied().unwrap_or(0) {
            self.writer.details(Part::DetailsEnd);
        }
    }

    fn close_block(&mut self, element: u32, name: &str) {
        match name {
            "pre" | "xmp" | "listing" | "plaintext" => self.end_shape(),
            _ if self.is_code() => {}
            "li" | "dd" => {
                self.end_loose_heading();
                self.writer.leave();
            }
            "details" if self.page.elements[element as usize].closed => {
                self.end_loose_heading();
                self.writer.details(Part::DetailsEnd);
            }
            "ul" | "ol" | "dl" | "menu" | "dir" => {
                self.end_loose_heading();
                self.writer.close();
            }
            _ if names::breaks_line(name) => self.line(element),
            _ => {}
        }
    }

    fn line_break(&mut self, element: u32) {
        let place = self.place(element);
        if self.is_code() {
            self.writer.text("\n", place);
        } else if self.is_flat() || self.loose {
            self.writer.gap(" ", place, false);
        } else {
            self.writer.gap("\n", place, true);
        }
    }

    fn alternative_text(&mut self, element: u32) {
        const FILES: [&str; 6] = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"];
        let Some(alt) = self.page.filled(element, "alt") else { return };
        let lower = alt.to_lowercase();
        if !FILES.iter().any(|file| lower.ends_with(file)) {
            let text = alt.split_whitespace().collect::<Vec<_>>().join(" ");
            self.writer.text(&text, self.place(element));
        }
    }

    fn text(&mut self, text: &Text) {
        let source = self.page.source;
        if self.is_code() {
            match &text.value {
                None => self.writer.text(text.plain(source), text.range.clone()),
                Some(_) => self.writer.mapped(&text.mapped(source)),
            }
            return;
        }
        if text.value.is_none() {
            for part in stretches(text.plain(source)) {
                let place = text.range.start + part.range.start..text.range.start + part.range.end;
                if part.white {
                    self.writer.gap(" ", place, false);
                } else {
                    self.writer.text(&source[place.clone()], place);
                }
            }
            return;
        }
        let mapped = text.mapped(source);
        for part in stretches(mapped.plain()) {
            if part.white {
                let place = mapped.span(part.range).hull().unwrap_or_else(|| self.writer.here());
                self.writer.gap(" ", place, false);
            } else {
                self.writer.mapped(&mapped.slice(part.range));
            }
        }
    }

    fn note_anchor(&mut self, element: u32) {
        let page = self.page;
        let name = || page.filled(element, "name").filter(|_| page.name(element) == "a");
        if let Some(name) = page.filled(element, "id").or_else(name) {
            let (at, within) = (self.writer.len(), self.writer.is_open());
            self.anchors.push(Anchor { at, within, name: name.to_owned() });
        }
    }
}
