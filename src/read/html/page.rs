//! The elements of a page: where each begins and ends, what it says of itself, and the text between.
//!
//! This is no tree of objects but a list in the order of the file. Tags are put right as browsers do where that
//! changes the text: paragraphs, items, terms and cells end where the next begins, and stray tags are nothing.

use super::{builder::Builder, names, text::Text};
use html5gum::{DefaultEmitter, State, Token, Tokenizer};
use std::ops::Range;

/// The attributes that are kept.
#[rustfmt::skip]
pub const ATTRIBUTES: &[&str] = &[
    "alt", "aria-controls", "aria-expanded", "charset", "class", "content", "data-bs-target", "data-bs-toggle",
    "data-target", "data-toggle", "datetime", "for", "href", "http-equiv", "id", "itemprop", "itemscope",
    "itemtype", "lang", "name", "property", "pubdate", "rel", "resource", "role", "type", "typeof", "xml:lang",
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
    /// The attributes of all elements: which, and its value.
    pub attributes: Vec<(u8, Box<str>)>,
    /// The names of elements.
    pub names: Vec<Box<str>>,
    /// The element whose end is missing, so that all that follows is no text: a script, say.
    pub swallowed: Option<usize>,
}

/// An element.
#[derive(Debug, Clone)]
pub struct Element {
    /// Its name, by number.
    pub name: u32,
    /// Its attributes.
    pub attributes: Range<u32>,
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
