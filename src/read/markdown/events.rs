//! From the events of the Markdown parser to a [`Flow`].

use super::html::{self, Token};
use crate::{
    model::SourceText,
    read::flow::{Flow, Frame, Part, Shape, slug::Style, writer::Writer},
};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Elements that begin and end a paragraph of their own.
const BLOCKS: [&str; 30] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hr",
    "html",
    "main",
    "menu",
    "nav",
    "ol",
    "option",
    "p",
    "section",
    "tbody",
    "thead",
    "tfoot",
    "ul",
    "video",
];

/// Reads Markdown.
pub fn flow(source: &str) -> Flow {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    let writer = Writer::new(source, Style::GitHub);
    let mut events = Events { source, writer, html: SourceText::default(), in_html: false, cells: 0, details_id: None };
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        events.take(event, range);
    }
    events.writer.finish()
}

struct Events<'a> {
    source: &'a str,
    writer: Writer<'a>,
    /// The HTML block under way.
    html: SourceText,
    in_html: bool,
    /// Cells so far in the row of a table.
    cells: usize,
    /// The `id` of the last `<details>`.
    details_id: Option<String>,
}

impl Events<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, &range),
            Event::End(tag) => self.end(tag),
            // Text within an HTML block is indentation that the parser made anew.
            Event::Html(text) | Event::Text(text) if self.in_html => self.html_line(&text, range),
            Event::Html(text) | Event::InlineHtml(text) => {
                self.take_html(&SourceText::verbatim(text.into_string(), range.start));
            }
            Event::Text(text) => self.writer.text(&text, range),
            Event::Code(text) => {
                let part = code_span(self.source, &text, range);
                self.writer.mapped(&part);
            }
            Event::SoftBreak => self.writer.gap(" ", range, true),
            Event::HardBreak => self.writer.gap("\n", range, true),
            Event::Rule => self.writer.close(),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn html_line(&mut self, text: &str, range: Range<usize>) {
        if self.source.get(range.clone()) == Some(text) {
            self.html.push_verbatim(text, range.start);
        } else {
            self.html.push_replaced(text, range);
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::HtmlBlock => {
                self.in_html = true;
                self.writer.paragraph();
            }
            Tag::Paragraph | Tag::BlockQuote(_) => self.writer.paragraph(),
            Tag::Heading { level, id, .. } => {
                self.writer.open(Shape::Heading(level as u8));
                self.writer.anchor = id.map(pulldown_cmark::CowStr::into_string).filter(|id| !id.is_empty());
            }
            Tag::CodeBlock(_) => self.writer.open(Shape::Code),
            Tag::Table(_) => self.writer.open(Shape::Table),
            Tag::TableHead | Tag::TableRow => self.row(range.start),
            Tag::TableCell => self.cell(range),
            Tag::DefinitionListTitle => self.writer.open(Shape::Term),
            Tag::DefinitionListDefinition => self.writer.enter(Frame::Definition),
            Tag::Item => self.writer.enter(Frame::Item),
            Tag::List(_) | Tag::FootnoteDefinition(_) | Tag::DefinitionList => self.writer.close(),
            Tag::Strong => self.writer.bold(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.writer.hidden = false;
                self.writer.html = None;
                if self.writer.shape() != Shape::Item {
                    self.writer.close();
                }
            }
            TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Table | TagEnd::DefinitionListTitle => {
                self.writer.end();
                self.writer.hidden = false;
            }
            TagEnd::HtmlBlock => {
                self.in_html = false;
                let html = std::mem::take(&mut self.html);
                self.take_html(&html);
                self.writer.hidden = false;
                self.writer.html = None;
                self.writer.paragraph();
            }
            TagEnd::TableCell => self.writer.hidden = false,
            TagEnd::Item | TagEnd::DefinitionListDefinition => self.writer.leave(),
            TagEnd::List(_) | TagEnd::FootnoteDefinition | TagEnd::DefinitionList => self.writer.close(),
            TagEnd::Strong => self.writer.unbold(),
            _ => {}
        }
    }

    fn row(&mut self, at: usize) {
        self.cells = 0;
        if self.writer.is_open() {
            self.writer.separator("\n", at..at);
        }
    }

    fn cell(&mut self, range: &Range<usize>) {
        // The parser fills rows up with cells that are not in the source.
        if self.cells > 0 && !range.is_empty() {
            self.writer.separator(" | ", range.start..range.start);
        }
        self.cells += 1;
    }

    fn take_html(&mut self, html: &SourceText) {
        for token in html::tokens(html.plain()) {
            match token {
                Token::Text(range) => self.html_text(html, range),
                Token::Tag(tag) => self.html_tag(html, &tag),
            }
        }
    }

    fn html_tag(&mut self, html: &SourceText, tag: &html::Tag) {
        let at = html.span(tag.range.clone()).hull().unwrap_or_else(|| self.writer.here());
        let name = tag.name.as_str();
        match (name, tag.closing) {
            _ if html::is_raw(name) => self.writer.hidden = !tag.closing,
            ("b" | "strong", false) => self.writer.bold(),
            ("b" | "strong", true) => self.writer.unbold(),
            ("img", false) => self.alternative_text(html, tag),
            ("br", _) if self.writer.shape() != Shape::Table => self.writer.gap("\n", at, true),
            ("table", true) if self.writer.markdown.is_none() => self.end_html_shape(),
            ("tr", false) if self.in_html_table() => self.row(at.start),
            ("td" | "th", false) if self.in_html_table() => self.cell(&at),
            _ => self.block_tag(html, tag, &at),
        }
    }

    fn in_html_table(&self) -> bool {
        self.writer.markdown.is_none() && self.writer.html == Some(Shape::Table)
    }

    /// A tag that begins or ends a piece, where it can.
    fn block_tag(&mut self, html: &SourceText, tag: &html::Tag, at: &Range<usize>) {
        let name = tag.name.as_str();
        let shape = html_shape(name);
        if shape.is_none()
            && !BLOCKS.contains(&name)
            && !matches!(name, "br" | "tr" | "td" | "th" | "details" | "summary")
        {
            return;
        }
        if self.writer.markdown.is_some() || (self.in_html_table() && name != "table") {
            return self.writer.gap(" ", at.clone(), false);
        }
        match (name, shape, tag.closing) {
            ("details", _, false) => {
                self.writer.details(Part::DetailsStart);
                self.details_id = attribute(html, tag, "id");
            }
            ("details", _, true) => self.writer.details(Part::DetailsEnd),
            ("summary", _, closing) => {
                self.writer.close();
                self.writer.summary = !closing;
                self.writer.anchor = attribute(html, tag, "id").or_else(|| self.details_id.take());
            }
            (_, Some(shape), false) => {
                let anchor = self.writer.anchor.take();
                self.writer.close();
                self.writer.html = Some(shape);
                self.writer.anchor =
                    attribute(html, tag, "id").filter(|_| matches!(shape, Shape::Heading(_))).or(anchor);
                self.cells = 0;
            }
            (_, Some(_), true) => self.end_html_shape(),
            (_, None, true) if matches!(name, "ul" | "ol" | "dl") => self.end_html_shape(),
            (_, None, _) => self.writer.paragraph(),
        }
    }

    fn end_html_shape(&mut self) {
        self.writer.close();
        self.writer.html = None;
    }

    fn alternative_text(&mut self, html: &SourceText, tag: &html::Tag) {
        if let Some(range) = tag.attribute(html.plain(), "alt") {
            self.html_text(html, range);
        }
    }

    /// Text with its white space folded, except in `<pre>`, and its entities decoded.
    fn html_text(&mut self, html: &SourceText, range: Range<usize>) {
        let fold = self.writer.shape() != Shape::Code;
        let (end, mut at) = (range.end, range.start);
        while at < end {
            let rest = &html.plain()[at..end];
            let white = rest.len() - rest.trim_start().len();
            if fold && white > 0 {
                let source = html.span(at..at + white).hull().unwrap_or_else(|| self.writer.here());
                self.writer.gap(" ", source, rest[..white].contains('\n'));
                at += white;
            } else if let Some((decoded, length)) = rest.starts_with('&').then(|| html::entity(rest)).flatten() {
                let source = html.span(at..at + length).hull().unwrap_or_else(|| self.writer.here());
                self.writer.text(&decoded, source);
                at += length;
            } else {
                let length = plain_length(rest, fold);
                self.writer.mapped(&html.slice(at..at + length));
                at += length;
            }
        }
    }
}

/// How much of `text` can be taken as it is: up to an entity or, if white space is folded, what is to be folded.
fn plain_length(text: &str, fold: bool) -> usize {
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map(|&(_, next)| next);
        let folded = fold && c.is_whitespace() && !(c == ' ' && next.is_some_and(|next| !next.is_whitespace()));
        if at > 0 && (c == '&' || folded) {
            return at;
        }
    }
    text.len()
}

fn attribute(html: &SourceText, tag: &html::Tag, name: &str) -> Option<String> {
    let value = &html.plain()[tag.attribute(html.plain(), name)?];
    (!value.is_empty()).then(|| value.to_owned())
}

fn html_shape(name: &str) -> Option<Shape> {
    let shape = match name {
        "h1" => Shape::Heading(1),
        "h2" => Shape::Heading(2),
        "h3" => Shape::Heading(3),
        "h4" => Shape::Heading(4),
        "h5" => Shape::Heading(5),
        "h6" => Shape::Heading(6),
        "pre" => Shape::Code,
        "table" => Shape::Table,
        "li" => Shape::Item,
        "dt" => Shape::Term,
        "dd" => Shape::Definition,
        _ => return None,
    };
    Some(shape)
}

/// The text of inline code with its map: without backticks, a line break as a space, `\|` in a table as `|`.
fn code_span(source: &str, code: &str, range: Range<usize>) -> SourceText {
    let inner = inside_backticks(source, range.clone());
    let mut part = SourceText::default();
    if source.get(inner.clone()) == Some(code) {
        part.push_verbatim(code, inner.start);
        return part;
    }
    let (mut at, mut done) = (inner.start, 0);
    while let Some(c) = code[done..].chars().next() {
        let rest = source.get(at..inner.end).unwrap_or_default();
        if rest.starts_with(c) {
            part.push_verbatim(&code[done..done + c.len_utf8()], at);
            at += c.len_utf8();
        } else if c == '|' && rest.starts_with("\\|") {
            part.push_verbatim("|", at + 1);
            at += 2;
        } else if c == ' ' && rest.starts_with(['\n', '\r']) {
            let next = code[done + 1..].chars().next();
            let margin =
                rest.char_indices().skip(1).find(|&(_, c)| Some(c) == next || !matches!(c, '\n' | ' ' | '\t' | '>'));
            let length = margin.map_or(rest.len(), |(length, _)| length);
            part.push_replaced(" ", at..at + length);
            at += length;
        } else {
            part.push_replaced(&code[done..], at.min(inner.end)..inner.end);
            return part;
        }
        done += c.len_utf8();
    }
    part
}

/// What is between the backticks, without the one space on each side that is no text.
fn inside_backticks(source: &str, range: Range<usize>) -> Range<usize> {
    let raw = source.get(range.clone()).unwrap_or_default();
    let ticks = raw.len() - raw.trim_start_matches('`').len();
    let inner = range.start + ticks..range.end.saturating_sub(ticks).max(range.start + ticks);
    let text = source.get(inner.clone()).unwrap_or_default();
    let spaced =
        text.starts_with([' ', '\n']) && text.ends_with([' ', '\n']) && !text.trim_matches([' ', '\n']).is_empty();
    if spaced { inner.start + 1..inner.end - 1 } else { inner }
}
