//! What can still be read of YAML that is broken somewhere: a broken item of a list or member of a map costs itself.

use super::{
    lenient::{end_of_quoted, read_leniently},
    parse::{Node, Parsed, Problem, Value},
};
use crate::model::SourceText;
use std::ops::Range;

/// A quoted text that is longer has no end. In characters.
const QUOTED: usize = 8 << 10;

/// Broken items are looked for this deep.
const DEPTH: usize = 4;

/// Reads what can be read of `text`, whose trouble is `problem`.
pub fn recover(text: &str, problem: Problem) -> Parsed {
    let mut parsed = Parsed::default();
    match part(text, 0..text.len(), problem, DEPTH, &mut parsed) {
        Some(node) if node.says_something() => parsed.documents.push(node),
        _ => {}
    }
    parsed
}

/// Reads the items or members of a range of the text each by itself.
fn part(text: &str, range: Range<usize>, problem: Problem, depth: usize, parsed: &mut Parsed) -> Option<Node> {
    let (starts, is_list) = starts(text, &range);
    if starts.is_empty() || depth == 0 {
        parsed.skipped.push(problem);
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([range.end]).collect::<Vec<_>>();
    let (mut items, mut members) = (Vec::new(), Vec::new());
    for (start, end) in starts.into_iter().zip(ends) {
        let mut own = Parsed::default();
        let trouble = read_leniently(&text[start..end], start, &mut own).err();
        parsed.alias = parsed.alias.or(own.alias);
        match trouble {
            None => own.documents.into_iter().for_each(|document| match document.value {
                Value::List(inner) => items.extend(inner),
                Value::Map(inner) => members.extend(inner),
                _ => {}
            }),
            Some(trouble) if is_list => parsed.skipped.push(trouble),
            Some(trouble) => members.extend(member(text, start..end, trouble, depth, parsed)),
        }
    }
    let value = if is_list { Value::List(items) } else { Value::Map(members) };
    Some(Node { value, range })
}

/// A member with a broken value: its name, and what can be read below it.
fn member(
    text: &str,
    range: Range<usize>,
    trouble: Problem,
    depth: usize,
    parsed: &mut Parsed,
) -> Option<(Node, Node)> {
    let line = text[range.clone()].split('\n').next().unwrap_or_default();
    let Some(name) = line.trim_end().strip_suffix(':').filter(|name| !name.trim().is_empty()) else {
        parsed.skipped.push(trouble);
        return None;
    };
    let start = range.start + (name.len() - name.trim_start().len());
    let key =
        Node { value: Value::Text(SourceText::verbatim(name.trim(), start)), range: start..start + name.trim().len() };
    let below = (range.start + line.len() + 1).min(range.end);
    part(text, below..range.end, trouble, depth - 1, parsed).map(|value| (key, value))
}

/// Where the outermost items or members of a range begin, and whether they are items.
fn starts(text: &str, range: &Range<usize>) -> (Vec<usize>, bool) {
    let mut at = range.start;
    let mut quoted = at;
    let mut lines = Vec::new();
    for line in text[range.clone()].split_inclusive('\n') {
        if at < quoted {
            at += line.len();
            continue;
        }
        quoted = end_of_lines(&text[at..range.end], line).map_or(at, |length| at + length);
        let content = line.trim_start_matches(' ');
        let is_text = !content.trim().is_empty() && !content.starts_with(['#', '%']) && !line.starts_with("---");
        if is_text {
            lines.push((line.len() - content.len(), at, content.starts_with("- ") || content.trim_end() == "-"));
        }
        at += line.len();
    }
    let outermost = lines.first().map_or(0, |(indent, ..)| *indent);
    let is_list = lines.first().is_some_and(|(_, _, is_item)| *is_item);
    // Items may stand right below the name of their list, not further in.
    let begins = |(indent, _, is_item): &&(usize, usize, bool)| *indent == outermost && *is_item == is_list;
    (lines.iter().filter(begins).map(|(_, at, _)| *at).collect(), is_list)
}

/// How far the quoted text goes that begins in the first line of `text` and ends in a later one.
fn end_of_lines(text: &str, line: &str) -> Option<usize> {
    let mut content = line.trim_start();
    while let Some(item) = content.strip_prefix("- ") {
        content = item.trim_start();
    }
    let value = if content.starts_with(['"', '\'']) { content } else { content.split_once(": ")?.1.trim_start() };
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let start = line.len() - value.len() + 1;
    let end = end_of_quoted(&text[start..], quote, QUOTED)?;
    (start + end >= line.len()).then_some(start + end)
}
