//! Quoted texts whose further lines are not indented enough: most programs read them, the parser does not.

use super::parse::{Node, Parsed, Problem, Value, read};
use crate::model::SourceText;

/// How many such texts are mended in one part of a file, and how large it is at most, in bytes.
const TEXTS: usize = 16;
const PART: usize = 64 << 10;

/// Far enough in for whatever the text stands in.
const INDENT: &str = "                                                                ";

/// Reads a part of a text that begins at `base`, as far as it can be read.
///
/// # Errors
/// What is broken first, where it is something else.
pub fn read_leniently(text: &str, base: usize, parsed: &mut Parsed) -> Result<(), Problem> {
    let Err(first) = read(text, base, parsed) else { return Ok(()) };
    let mut edited = SourceText::verbatim(text, base);
    let mut at = first.at - base;
    for _ in 0..TEXTS {
        let Some(mended) = indented(&edited, at).filter(|_| text.len() <= PART) else { return Err(first) };
        edited = mended;
        let mut own = Parsed::default();
        match read(edited.plain(), 0, &mut own) {
            Ok(()) => {
                parsed.alias = parsed.alias.or(own.alias.map(|_| base));
                parsed.documents = own.documents.into_iter().map(|node| through(node, &edited, base)).collect();
                return Ok(());
            }
            Err(problem) => at = problem.at,
        }
    }
    Err(first)
}

/// The text with the further lines of the quoted text at `at` further in; `None` if it has none, or no end.
fn indented(text: &SourceText, at: usize) -> Option<SourceText> {
    let plain = text.plain();
    let quote = plain.get(at..)?.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let end = at + 1 + end_of_quoted(&plain[at + 1..], quote, usize::MAX)?;
    let mut edited = text.slice(0..at);
    let mut from = at;
    for (found, _) in plain[at..end].match_indices('\n') {
        let line = at + found + 1;
        if plain[line..].starts_with(INDENT) {
            return None;
        }
        edited.push(&text.slice(from..line));
        let place = edited.source_end();
        edited.push_replaced(INDENT, place..place);
        from = line;
    }
    edited.push(&text.slice(from..plain.len()));
    (from > at).then_some(edited)
}

/// A part of an edited text, on the places of the text that was edited.
fn through(node: Node, edited: &SourceText, base: usize) -> Node {
    let range = edited.span(node.range).hull().unwrap_or(base..base);
    let value = match node.value {
        Value::Text(text) => Value::Text(text.through(edited)),
        Value::List(items) => Value::List(items.into_iter().map(|item| through(item, edited, base)).collect()),
        Value::Map(members) => {
            let both = |(key, value)| (through(key, edited, base), through(value, edited, base));
            Value::Map(members.into_iter().map(both).collect())
        }
        Value::Nothing => Value::Nothing,
    };
    Node { value, range }
}

/// Where the quoted text ends that goes on at the beginning of `text`, if that is within so many characters.
pub fn end_of_quoted(text: &str, quote: char, most: usize) -> Option<usize> {
    let mut escaped = false;
    let closes = |&(_, mark): &(usize, char)| {
        let ends = mark == quote && !escaped;
        escaped = mark == '\\' && quote == '"' && !escaped;
        ends
    };
    text.char_indices().take(most).find(closes).map(|(end, _)| end)
}
