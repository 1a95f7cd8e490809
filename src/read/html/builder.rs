//! From tags to elements: which ends where, as browsers put it right where that changes the text.

use super::{
    names::{self, Kind},
    page::{ATTRIBUTES, Element, Node, Page},
    text::Text,
};
use html5gum::{EndTag, Span, StartTag};
use std::collections::HashMap;

/// An element name, and where elements of that name are open.
struct Name {
    kind: Kind,
    open: Vec<usize>,
}

/// Makes a page of tags and text.
pub struct Builder<'a> {
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
    /// Begins a page.
    pub fn new(source: &'a str, xml: bool) -> Self {
        let (elements, nodes, attributes, names) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let page = Page { source, elements, nodes, attributes, names, swallowed: None };
        let (blocks, barriers) = (Vec::new(), Vec::new());
        Self { page, xml, by_name: HashMap::new(), names: Vec::new(), stack: Vec::new(), blocks, barriers }
    }

    /// Ends the page, and what is open in it.
    pub fn finish(mut self) -> Page<'a> {
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
    pub fn start(&mut self, tag: &StartTag<usize>) -> bool {
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

    /// Takes in an end tag.
    pub fn end(&mut self, tag: &EndTag<usize>) {
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

    /// Takes in text.
    pub fn text(&mut self, span: Span<usize>, value: &[u8]) {
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
