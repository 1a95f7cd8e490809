//! From YAML to a tree whose texts know where they stand.

use super::{recover::recover, scalar::mapped};
use crate::model::SourceText;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};
use std::ops::Range;

/// Deepest map or list that is read.
const DEPTH: usize = 32;

/// A part of a document.
#[derive(Debug)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it stands in the text.
    pub range: Range<usize>,
}

/// What a part of a document is.
#[derive(Debug)]
pub enum Value {
    /// A text, number or truth value, as it is written.
    Text(SourceText),
    /// A list.
    List(Vec<Node>),
    /// Names with values, in their order.
    Map(Vec<(Node, Node)>),
    /// Nothing.
    Nothing,
}

impl Node {
    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text.plain()),
            _ => None,
        }
    }

    /// Whether there is anything.
    pub fn says_something(&self) -> bool {
        match &self.value {
            Value::Text(text) => !text.plain().trim().is_empty(),
            Value::List(items) => items.iter().any(Self::says_something),
            Value::Map(members) => !members.is_empty(),
            Value::Nothing => false,
        }
    }

    /// The member of a map with this name.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.members().iter().find(|(key, _)| key.text() == Some(name)).map(|(_, value)| value)
    }

    /// The members of a map; none if it is something else.
    pub fn members(&self) -> &[(Self, Self)] {
        if let Value::Map(members) = &self.value { members } else { &[] }
    }

    /// The items of a list; none if it is something else.
    pub fn items(&self) -> &[Self] {
        if let Value::List(items) = &self.value { items } else { &[] }
    }
}

/// What cannot be read, and where.
#[derive(Debug)]
pub struct Problem {
    /// The place in the text.
    pub at: usize,
    /// What is wrong.
    pub reason: String,
}

/// The documents of a text.
#[derive(Debug, Default)]
pub struct Parsed {
    /// What could be read.
    pub documents: Vec<Node>,
    /// What could not.
    pub skipped: Vec<Problem>,
    /// Where the first alias stands.
    pub alias: Option<usize>,
}

/// Reads the documents of a text. Where an item of a list or a member of a map is broken, the others are still read.
pub fn parse(text: &str) -> Parsed {
    let mut parsed = Parsed::default();
    match read(text, 0, &mut parsed) {
        Ok(()) => parsed,
        Err(problem) => recover(text, problem),
    }
}

/// A list or map that is open.
struct Open {
    start: usize,
    items: Vec<Node>,
    is_map: bool,
}

/// Reads the documents of `text`, which stands at `base`, as far as it can be read.
///
/// # Errors
/// What is broken first.
pub fn read(text: &str, base: usize, parsed: &mut Parsed) -> Result<(), Problem> {
    let mut place = Places::new(text, base);
    let mut open: Vec<Open> = Vec::new();
    let mut last = base;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| broken(&error, &mut place))?;
        let (start, end) = (place.of(span.start.index()), place.of(span.end.index()));
        let node = match event {
            Event::SequenceStart(..) | Event::MappingStart(..) if open.len() >= DEPTH => {
                let reason = format!("is nested more than {DEPTH} levels deep: flatten it");
                return Err(Problem { at: start, reason });
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                open.push(Open { start, items: Vec::new(), is_map: matches!(event, Event::MappingStart(..)) });
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(closed) = open.pop() else { continue };
                close(closed, last)
            }
            Event::Scalar(value, style, ..) => {
                let raw = &text[start - base..end - base];
                last = start + raw.trim_end().len();
                scalar(&value, style, raw, start)
            }
            Event::Alias(_) => {
                parsed.alias = parsed.alias.or(Some(start));
                Node { value: Value::Nothing, range: start..end }
            }
            _ => continue,
        };
        match open.last_mut() {
            Some(outer) => outer.items.push(node),
            None => parsed.documents.push(node),
        }
    }
    Ok(())
}

fn close(open: Open, end: usize) -> Node {
    let range = open.start..end.max(open.start);
    if !open.is_map {
        return Node { value: Value::List(open.items), range };
    }
    let mut members = Vec::with_capacity(open.items.len() / 2);
    let mut items = open.items.into_iter();
    while let (Some(key), Some(value)) = (items.next(), items.next()) {
        members.push((key, value));
    }
    Node { value: Value::Map(members), range }
}

fn scalar(value: &str, style: ScalarStyle, raw: &str, start: usize) -> Node {
    let is_nothing = style == ScalarStyle::Plain && matches!(value, "" | "~" | "null" | "Null" | "NULL");
    let range = start..start + raw.len();
    let value = if is_nothing { Value::Nothing } else { Value::Text(mapped(value, style, raw, start)) };
    Node { value, range }
}

fn broken(error: &ScanError, place: &mut Places<'_>) -> Problem {
    let reason = format!("is not YAML: {}", error.info());
    Problem { at: place.of(error.marker().index()), reason }
}

/// Turns the parser's counts of characters into places in the text.
struct Places<'a> {
    text: &'a str,
    base: usize,
    /// The last place that was asked for: characters before it, and bytes.
    last: (usize, usize),
}

impl<'a> Places<'a> {
    fn new(text: &'a str, base: usize) -> Self {
        Self { text, base, last: (0, 0) }
    }

    fn of(&mut self, characters: usize) -> usize {
        let (count, at) = self.last;
        let at = if characters >= count {
            let rest = &self.text[at..];
            at + rest.char_indices().nth(characters - count).map_or(rest.len(), |(length, _)| length)
        } else {
            // Spans go back a little where a map begins with its first key.
            let before = self.text[..at].char_indices().rev();
            before.take(count - characters).last().map_or(at, |(at, _)| at)
        };
        self.last = (characters, at);
        self.base + at
    }
}
