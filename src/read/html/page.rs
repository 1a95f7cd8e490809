//! The elements of a page: where each begins and ends, what it says of itself, and the text between.
//!
//! This is no tree of objects but a list in the order of the file. Tags are put right as browsers do where that
//! changes the text: paragraphs, items, terms and cells end where the next begins, and stray tags are nothing.

use super::{
    names::{self, Kind},
    text::Text,
};
use html5gum::{DefaultEmitter, EndTag, Span, StartTag, State, Token, Tokenizer};
use std::{collections::HashMap, ops::Range};

/// The attributes that are kept.
const ATTRIBUTES: &[&str] = &[
    "alt",
    "aria-controls",
    "aria-expanded",
    "charset",
    "class",
    "content",
    "data-bs-target",
    "data-bs-toggle",
    "data-target",
    "data-toggle",
    "datetime",
    "for",
    "href",
    "http-equiv",
    "id",
    "itemprop",
    "itemscope",
    "itemtype",
    "lang",
    "name",
    "property",
    "pubdate",
    "rel",
    "resource",
    "role",
    "type",
    "typeof",
    "xml:lang",
    "open",
];

/// A page.
pub struct Page<'a> {
    /// The HTML.
    pub source: &'a str,
    /// Its elements in the order of their start tags.
    pub elements: Vec<Element>,
    /// Starts and ends of elements and the text between them, in order.
    pub nodes: Vec<Node>,
    attributes: Vec<(u8, Box<str>)>,
    names: Vec<Box<str>>,
    /// The element whose end is missing, so that all that follows is no text: a script, say.
    pub swallowed: Option<usize>,
}

/// An element.
#[derive(Debug, Clone)]
pub struct Element {
    name: u32,
    attributes: Range<u32>,
    /// The element around it.
    pub parent: Option<u32>,
    /// Its place among the nodes: that of its start, and that of its end.
    pub nodes: Range<usize>,
    /// The place of its start tag.
    pub tag: Range<usize>,
    /// Whether it has an end tag of its own.
    pub closed: bool,
}

/// A step through the page.
#[derive(Debug, Clone)]
pub enum Node {
    /// An element begins.
    Open(u32),
    /// An element ends.
    Close(u32),
    /// Text.
    Text(Text),
}

impl<'a> Page<'a> {
    /// Reads a page. `xml`: an element that closes itself has no content, whatever its name.
    pub fn read(source: &'a str, xml: bool) -> Self {
        let mut builder = Builder::new(source, xml);
        let mut tokenizer = tokenizer(source);
        while let Some(Ok(token)) = tokenizer.next() {
            match token {
                Token::StartTag(tag) => {
                    if builder.start(&tag) {
                        tokenizer.set_state(State::Data);
                    }
                }
                Token::EndTag(tag) => builder.end(&tag),
                Token::String(text) => builder.text(text.span, &text.value),
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        builder.finish()
    }

    /// The name of an element in lower case.
    pub fn name(&self, element: u32) -> &str {
        &self.names[self.elements[element as usize].name as usize]
    }

    /// The value of an attribute of an element.
    pub fn attribute(&self, element: u32, name: &str) -> Option<&str> {
        let range = &self.elements[element as usize].attributes;
        let attributes = &self.attributes[range.start as usize..range.end as usize];
        let wanted = |index: &u8| ATTRIBUTES.get(usize::from(*index)) == Some(&name);
        attributes.iter().find(|(index, _)| wanted(index)).map(|(_, value)| &**value)
    }

    /// The value of an attribute that has words in it.
    pub fn filled(&self, element: u32, name: &str) -> Option<&str> {
        self.attribute(element, name).map(str::trim).filter(|value| !value.is_empty())
    }

    /// Whether one of the words of an attribute is `wanted`, in whatever case.
    pub fn has_word(&self, element: u32, attribute: &str, wanted: &str) -> bool {
        let value = self.attribute(element, attribute).unwrap_or_default();
        value.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case(wanted))
    }

    /// The elements around an element, from the innermost on.
    pub fn around(&self, element: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(self.elements[element as usize].parent, |&at| self.elements[at as usize].parent)
    }

    /// All elements, by number.
    pub fn all(&self) -> impl Iterator<Item = u32> + use<> {
        0..self.elements.len() as u32
    }

    /// The text of an element, white space folded, as far as it has `most` bytes.
    pub fn text_of(&self, element: u32, most: usize) -> String {
        let mut text = String::new();
        let nodes = self.elements[element as usize].nodes.clone();
        // However much is in it: what has that many elements is not asked for its text.
        for node in self.nodes[nodes].iter().take(512) {
            let Node::Text(part) = node else {
                let (Node::Open(inner) | Node::Close(inner)) = node else { continue };
                if names::breaks_line(self.name(*inner)) || self.name(*inner) == "br" {
                    text.push(' ');
                }
                continue;
            };
            text.push_str(part.plain(self.source));
            if text.len() > most {
                break;
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn tokenizer(source: &str) -> Tokenizer<html5gum::StringReader<'_>, DefaultEmitter<usize>> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(source, emitter)
}

/// The tokens of a page.
#[cfg(test)]
pub fn tokens(source: &str) -> impl Iterator<Item = Token<usize>> + '_ {
    tokenizer(source).flatten()
}

/// An element name, and where elements of that name are open.
struct Name {
    kind: Kind,
    open: Vec<usize>,
}

struct Builder<'a> {
    page: Page<'a>,
    xml: bool,
    by_name: HashMap<Box<[u8]>, u32>,
    names: Vec<Name>,
    /// The open elements.
    stack: Vec<u32>,
    /// The places of blocks, and of barriers, in the stack.
    blocks: Vec<usize>,
    barriers: Vec<usize>,
}

impl<'a> Builder<'a> {
    fn new(source: &'a str, xml: bool) -> Self {
        let (elements, nodes, attributes, names) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let page = Page { source, elements, nodes, attributes, names, swallowed: None };
        let (blocks, barriers) = (Vec::new(), Vec::new());
        Self { page, xml, by_name: HashMap::new(), names: Vec::new(), stack: Vec::new(), blocks, barriers }
    }

    fn finish(mut self) -> Page<'a> {
        if let Some(&top) = self.stack.last()
            && names::is_raw(self.page.name(top))
        {
            self.page.swallowed = Some(self.page.elements[top as usize].tag.start);
        }
        self.pop_to(0, false);
        self.page
    }

    /// The number of a name.
    fn number(&mut self, name: &[u8]) -> u32 {
        if let Some(&number) = self.by_name.get(name) {
            return number;
        }
        let number = self.names.len() as u32;
        let text = String::from_utf8_lossy(name);
        self.names.push(Name { kind: names::kind(&text), open: Vec::new() });
        self.page.names.push(text.into());
        self.by_name.insert(name.into(), number);
        number
    }

    /// Where the innermost open element of a name is in the stack.
    fn last(&self, name: &str) -> Option<usize> {
        let number = *self.by_name.get(name.as_bytes())?;
        self.names[number as usize].open.last().copied()
    }

    /// Where the innermost open element of any of the names is.
    fn last_of(&self, names: &[&str]) -> Option<usize> {
        names.iter().filter_map(|name| self.last(name)).max()
    }

    /// Takes in a start tag. `true`: what follows is HTML, though the name says otherwise.
    fn start(&mut self, tag: &StartTag<usize>) -> bool {
        let number = self.number(&tag.name);
        let name = self.page.names[number as usize].clone();
        if matches!(&*name, "html" | "body") && self.last(&name).is_some() {
            return false;
        }
        self.make_room(&name);
        let foreign = self.last_of(&["svg", "math"]).is_some();
        let is_empty = self.names[number as usize].kind == Kind::Void || (tag.self_closing && (self.xml || foreign));
        self.open(number, tag);
        if is_empty {
            self.pop_to(self.stack.len() - 1, true);
        }
        is_empty && names::is_raw(&name)
    }

    /// Ends the elements that cannot hold an element of this name.
    fn make_room(&mut self, name: &str) {
        if !names::is_of_head(name) {
            self.end_head();
        }
        let barrier = self.barriers.last().copied();
        let within = |found: Option<usize>, outer: Option<usize>| found.filter(|found| Some(*found) > outer);
        let ended = match name {
            "li" => within(self.last("li"), barrier.max(self.last_of(&["ul", "ol", "menu", "dir"]))),
            "dt" | "dd" => within(self.last_of(&["dt", "dd"]), barrier.max(self.last("dl"))),
            "td" | "th" => within(self.last_of(&["td", "th", "caption"]), self.last("table")),
            "tr" => self.outermost(&["tr", "td", "th", "caption"]),
            "tbody" | "thead" | "tfoot" => self.outermost(&["tbody", "thead", "tfoot", "tr", "td", "th", "caption"]),
            "button" => within(self.last("button"), self.last_of(&["table", "td", "th", "caption"])),
            "option" | "optgroup" => within(self.last("option"), self.last("select")),
            _ => None,
        };
        if let Some(at) = ended {
            self.pop_to(at, false);
        }
        if names::closes_paragraph(name)
            && let Some(at) = within(self.last("p"), self.barriers.last().copied())
        {
            self.pop_to(at, false);
        }
        let top = self.stack.last().map(|&top| self.page.name(top));
        if names::heading_level(name).is_some() && top.is_some_and(|top| names::heading_level(top).is_some()) {
            self.pop_to(self.stack.len() - 1, false);
        }
    }

    /// The outermost open element of the names within the innermost table.
    fn outermost(&self, names: &[&str]) -> Option<usize> {
        let table = self.last("table");
        names.iter().filter_map(|name| self.last(name)).filter(|found| Some(*found) > table).min()
    }

    fn end_head(&mut self) {
        if let Some(at) = self.last("head") {
            self.pop_to(at, false);
        }
    }

    fn open(&mut self, number: u32, tag: &StartTag<usize>) {
        let first = self.page.attributes.len() as u32;
        for (name, value) in &tag.attributes {
            let wanted = ATTRIBUTES.iter().position(|kept| kept.as_bytes() == name.as_slice());
            if let Some(index) = wanted {
                let value = String::from_utf8_lossy(&value.value);
                self.page.attributes.push((index as u8, value.into()));
            }
        }
        let element = self.page.elements.len() as u32;
        let at = self.page.nodes.len();
        self.page.elements.push(Element {
            name: number,
            attributes: first..self.page.attributes.len() as u32,
            parent: self.stack.last().copied(),
            nodes: at..at,
            tag: tag.span.start..tag.span.end,
            closed: false,
        });
        self.page.nodes.push(Node::Open(element));
        let place = self.stack.len();
        let name = &mut self.names[number as usize];
        name.open.push(place);
        if matches!(name.kind, Kind::Block | Kind::Barrier) {
            self.blocks.push(place);
        }
        if name.kind == Kind::Barrier {
            self.barriers.push(place);
        }
        self.stack.push(element);
    }

    /// Ends all open elements from a place in the stack on; `explicit`: the outermost of them has an end tag.
    fn pop_to(&mut self, place: usize, explicit: bool) {
        while self.stack.len() > place {
            let Some(element) = self.stack.pop() else { return };
            let at = self.stack.len();
            let end = self.page.nodes.len();
            self.page.nodes.push(Node::Close(element));
            let element = &mut self.page.elements[element as usize];
            element.nodes.end = end;
            element.closed = explicit && at == place;
            let name = element.name as usize;
            self.names[name].open.pop();
            for places in [&mut self.blocks, &mut self.barriers] {
                if places.last() == Some(&at) {
                    places.pop();
                }
            }
        }
    }

    fn end(&mut self, tag: &EndTag<usize>) {
        let Some(&number) = self.by_name.get(tag.name.as_slice()) else { return };
        let name = self.page.names[number as usize].clone();
        if let Some(at) = self.ended_by(&name, self.names[number as usize].kind) {
            self.pop_to(at, true);
        }
    }

    /// The place in the stack of the element that an end tag ends.
    fn ended_by(&self, name: &str, kind: Kind) -> Option<usize> {
        let barrier = self.barriers.last().copied();
        let found = self.last(name);
        match name {
            "html" | "body" => None,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let any = || self.last_of(&["h1", "h2", "h3", "h4", "h5", "h6"]);
                found.or_else(any).filter(|found| Some(*found) > barrier)
            }
            "li" => found.filter(|found| Some(*found) > barrier.max(self.last_of(&["ul", "ol", "menu", "dir"]))),
            "dt" | "dd" => found.filter(|found| Some(*found) > barrier.max(self.last("dl"))),
            "tr" | "td" | "th" | "caption" | "tbody" | "thead" | "tfoot" => {
                found.filter(|found| Some(*found) > self.last("table"))
            }
            // A form may be tangled with anything.
            "form" => found.filter(|&found| found + 1 == self.stack.len()),
            _ => match kind {
                Kind::Void => None,
                Kind::Inline => found.filter(|found| Some(*found) > self.blocks.last().copied()),
                Kind::Block => found.filter(|found| Some(*found) > barrier),
                Kind::Barrier => found,
            },
        }
    }

    fn text(&mut self, span: Span<usize>, value: &[u8]) {
        let text = Text::new(self.page.source, span.start..span.end, value);
        if self.last("head").is_some() {
            let of_head = self.stack.last().is_some_and(|&top| names::is_raw(self.page.name(top)));
            if !of_head && !text.plain(self.page.source).trim().is_empty() {
                self.end_head();
            }
        }
        self.page.nodes.push(Node::Text(text));
    }
}
