//! YAML written as JSON, mapped to the YAML: whatever shape is known in one is known in the other.

use super::parse::{Node, Value};
use crate::model::SourceText;
use std::ops::Range;

/// The documents as JSON.
pub fn text(documents: &[Node]) -> SourceText {
    let mut text = SourceText::default();
    for document in documents {
        write(&mut text, document);
        mark(&mut text, "\n", document.range.end..document.range.end);
    }
    text
}

/// Writes a node; the depth of the tree is limited.
fn write(text: &mut SourceText, node: &Node) {
    let first = node.range.start..node.range.end.min(node.range.start + 1);
    let end = node.range.end..node.range.end;
    match &node.value {
        Value::Nothing => mark(text, "null", end),
        Value::Text(content) => string(text, content, node),
        Value::List(items) => {
            mark(text, "[", first);
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    mark(text, ",", item.range.start..item.range.start);
                }
                write(text, item);
            }
            mark(text, "]", end);
        }
        Value::Map(members) => {
            mark(text, "{", first);
            // A key of JSON is a text.
            let named = members.iter().filter(|(key, _)| key.text().is_some());
            for (index, (key, value)) in named.enumerate() {
                if index > 0 {
                    mark(text, ",", key.range.start..key.range.start);
                }
                write(text, key);
                mark(text, ":", key.range.end..key.range.end);
                write(text, value);
            }
            mark(text, "}", end);
        }
    }
}

fn mark(text: &mut SourceText, mark: &str, at: Range<usize>) {
    text.push_replaced(mark, at);
}

fn string(text: &mut SourceText, content: &SourceText, node: &Node) {
    mark(text, "\"", node.range.start..node.range.start);
    let plain = content.plain();
    let mut at = 0;
    while let Some(length) = plain[at..].find(|c: char| matches!(c, '"' | '\\') || c < ' ') {
        let special = at + length;
        text.push(&content.slice(at..special));
        let escaped = match plain.as_bytes().get(special) {
            Some(b'"') => "\\\"".to_owned(),
            Some(b'\\') => "\\\\".to_owned(),
            Some(byte) => format!("\\u{byte:04x}"),
            None => String::new(),
        };
        let source = content.span(special..special + 1).hull();
        mark(text, &escaped, source.unwrap_or(node.range.end..node.range.end));
        at = special + 1;
    }
    text.push(&content.slice(at..plain.len()));
    mark(text, "\"", node.range.end..node.range.end);
}
