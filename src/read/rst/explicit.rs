//! What begins with two dots: labels, footnotes, directives, comments.

use super::{
    blocks::{Blocks, Holds, Place},
    directives::{self, Kind},
};
use crate::read::{
    flow::{Part, Shape, inline::Line, slug::docutils},
    front_matter::Entry,
};
use std::ops::Range;

/// A directive where it stands.
struct Directive<'a> {
    name: &'a str,
    /// The place of its argument.
    argument: Place,
    /// The place of its two dots.
    place: Place,
}

impl<'a> Blocks<'a> {
    /// Reads what begins with two dots at a place; `length` is theirs with the white space behind them.
    pub fn explicit(&mut self, place: Place, length: usize) {
        let rest = self.rest(place);
        let body = &rest[length..];
        let inner = Place { start: place.start + length, ..place };
        if body.is_empty() {
            self.at += 1;
            // A comment may begin in the next line.
            if self.lines.get(self.at).is_some_and(|line| !line.is_blank()) {
                self.skip_indented(place);
            }
        } else if let Some(label) = body.strip_prefix('_') {
            self.label(label);
            self.skip_indented(place);
        } else if body.starts_with('|') {
            self.skip_indented(place);
        } else if let Some(text) = footnote(body) {
            self.held_text(place, Place { start: inner.start + text, ..inner });
        } else if let Some(name) = directives::name(body) {
            let behind = &body[name.len() + 2..];
            let start = inner.start + body.len() - behind.trim_start().len();
            self.directive(&Directive { name, argument: Place { start, ..inner }, place });
        } else {
            self.skip_indented(place);
        }
    }

    /// A label without an address is an anchor in this document.
    fn label(&mut self, label: &str) {
        let (name, target) = match label.strip_prefix('`').and_then(|quoted| quoted.split_once("`:")) {
            Some(quoted) => quoted,
            None => label.split_once(": ").unwrap_or((label.trim_end_matches(':'), "")),
        };
        let id = docutils(name);
        if target.trim().is_empty() && !id.is_empty() {
            self.label = Some(id);
        }
    }

    /// Text that begins at `text` and goes on in what is indented.
    fn held_text(&mut self, place: Place, text: Place) {
        let end = self.run(text.line + 1, |line| !line.is_blank() && line.indent > place.column);
        self.paragraph_to(text, end);
        self.hold_rest(place, Holds::Plain);
    }

    /// Holds what is indented behind the lines that have been read.
    fn hold_rest(&mut self, place: Place, holds: Holds) {
        let next = self.run(self.at, Line::is_blank);
        let indent = self.lines.get(next).map_or(0, |line| line.indent);
        if indent > place.column {
            self.hold(place.column + 1, indent, holds);
        } else if holds == Holds::Details {
            self.writer.details(Part::DetailsEnd);
        }
    }

    fn directive(&mut self, directive: &Directive<'a>) {
        let kind = directives::kind(directive.name);
        let place = directive.place;
        if !matches!(kind, Kind::Prose) {
            self.at = place.line + 1;
        }
        match kind {
            Kind::Prose => self.prose(directive),
            Kind::Titled | Kind::Object => {
                self.argument(directive, kind == Kind::Object);
                self.options(place);
                self.hold_rest(place, Holds::Plain);
            }
            Kind::Holder => {
                self.options(place);
                self.hold_rest(place, Holds::Plain);
            }
            Kind::Folded => self.folded(directive),
            Kind::Code => {
                self.options(place);
                let end = self.indented(place).end;
                self.code(self.at..end);
            }
            Kind::ListTable | Kind::CsvTable => {
                self.argument(directive, false);
                self.options(place);
                let end = self.indented(place).end;
                self.listed_table(self.at..end, kind == Kind::ListTable);
            }
            Kind::Title => {
                self.title = Some(self.rest(directive.argument).to_owned()).filter(|title| !title.is_empty());
                self.skip_indented(place);
            }
            Kind::Meta => self.meta(place),
            Kind::Silent => self.skip_indented(place),
            Kind::Unknown => {
                self.options(place);
                let body = self.at..self.indented(place).end;
                let is_text = |line: &Line| !line.is_blank();
                if directive.name.contains("include")
                    || self.lines.get(body).is_some_and(|body| body.iter().any(is_text))
                {
                    let entry = self.left_out.entry(directive.name.to_owned()).or_insert((0, place.line));
                    entry.0 += 1;
                }
                self.skip_indented(place);
            }
        }
    }

    /// Text that may begin behind the directive's name.
    fn prose(&mut self, directive: &Directive<'a>) {
        if self.rest(directive.argument).is_empty() {
            self.at = directive.place.line + 1;
            self.options(directive.place);
            self.hold_rest(directive.place, Holds::Plain);
        } else {
            let source = self.source;
            let is_option = |line: &Line| super::marks::field(&source[line.range()]).is_some();
            let column = directive.place.column;
            let end =
                self.run(directive.place.line + 1, |line| !line.is_blank() && line.indent > column && !is_option(line));
            self.paragraph_to(directive.argument, end);
            self.options(directive.place);
            self.hold_rest(directive.place, Holds::Plain);
        }
    }

    /// The argument as a paragraph; an object's signature as it is.
    fn argument(&mut self, directive: &Directive<'a>, as_it_is: bool) {
        let argument = directive.argument;
        if self.rest(argument).is_empty() {
            return;
        }
        if as_it_is {
            let range = argument.start..self.lines[argument.line].end;
            self.writer.paragraph();
            self.writer.anchor = self.label.take();
            self.writer.text(&self.source[range.clone()], range);
            self.writer.paragraph();
        } else {
            let text = self.text_to(argument, argument.line + 1);
            self.paragraph(&text);
        }
    }

    fn folded(&mut self, directive: &Directive<'a>) {
        let argument = directive.argument;
        if self.rest(argument).is_empty() {
            self.options(directive.place);
            return self.hold_rest(directive.place, Holds::Plain);
        }
        self.writer.details(Part::DetailsStart);
        self.writer.summary = true;
        let text = self.text_to(argument, argument.line + 1);
        self.piece(Shape::Summary, &text);
        self.options(directive.place);
        self.hold_rest(directive.place, Holds::Details);
    }

    /// Passes over the options of a directive, which are right below it.
    fn options(&mut self, place: Place) {
        let source = self.source;
        let is_option =
            |line: &Line| line.indent > place.column && super::marks::field(&source[line.range()]).is_some();
        while let Some(&line) = self.lines.get(self.at).filter(|line| is_option(line)) {
            self.at = self.run(self.at + 1, |next| !next.is_blank() && next.indent > line.indent);
        }
    }

    /// Fields for the head of a web page.
    fn meta(&mut self, place: Place) {
        for index in self.indented(place) {
            let text = &self.source[self.lines[index].range()];
            if let Some(length) = super::marks::field(text) {
                let name = text[1..length].trim_end_matches(':');
                let key = name.split_whitespace().next().unwrap_or_default().to_lowercase();
                self.fields.push(Entry { key, value: text[length..].trim().to_owned(), line: index + 1 });
            }
        }
        self.skip_indented(place);
    }
}

/// Where the text of a footnote or citation begins: behind `[1] `, `[#name] `, `[*] `, `[Name] `.
fn footnote(body: &str) -> Option<usize> {
    let inner = body.strip_prefix('[')?;
    let close = inner.find(']')?;
    let label: Range<usize> = 0..close;
    let is_label = inner[label].chars().all(|c| c.is_alphanumeric() || matches!(c, '#' | '*' | '-' | '_' | '.' | '+'));
    let behind = &inner[close + 1..];
    (is_label && close > 0 && (behind.is_empty() || behind.starts_with(' ')))
        .then(|| body.len() - behind.trim_start().len())
}
