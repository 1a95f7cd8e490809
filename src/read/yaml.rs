//! YAML: lists of questions and answers as static sites keep them, and Rasa's training data.

mod as_json;
mod lenient;
mod parse;
mod rasa;
mod recover;
mod scalar;

use super::{
    Found, Reader, Reading, Sink, SourceFile,
    encoding::{Decoded, read_whole},
    json,
    keys::{Key, key_of},
};
use crate::{error::Result, split::labels::ends_with_question_mark};
use parse::{Node, Parsed, Value};

/// Reads `.yml`; `docs/formats.md` has the shapes. Any other YAML has nothing to answer with and is told.
pub struct Yaml;

impl Reader for Yaml {
    fn extensions(&self) -> &'static [&'static str] {
        &["yml", "yaml"]
    }

    fn read(&self, file: &SourceFile, reading: &Reading, sink: &mut Sink<'_>) -> Result<()> {
        match read_whole(file, reading) {
            Ok(decoded) => text(file, &decoded, reading, sink),
            Err(reason) => sink(Found::Skipped(file.note(None, reason))),
        }
    }
}

fn text(file: &SourceFile, decoded: &Decoded, reading: &Reading, sink: &mut Sink<'_>) -> Result<()> {
    if decoded.text.plain().trim().is_empty() {
        return sink(Found::Warning(file.note(None, "has no text")));
    }
    let parsed = parse::parse(decoded.text.plain());
    for problem in &parsed.skipped {
        sink(Found::Skipped(file.note(line_of(decoded, problem.at), problem.reason.clone())))?;
    }
    if let Some(at) = parsed.alias {
        let reason = "a YAML alias is left out, here and below: write the value out";
        sink(Found::Warning(file.note(line_of(decoded, at), reason)))?;
    }
    if rasa::is_rasa(&parsed.documents) {
        return rasa::read(file, decoded, &parsed, reading, sink);
    }
    if !parsed.documents.iter().any(has_pairs) {
        if parsed.skipped.is_empty() {
            let reason = "has no questions and answers in it: docs/formats.md has the shapes that are read";
            sink(Found::Nothing(file.note(None, reason)))?;
        }
        return Ok(());
    }
    let text = as_json::text(&parsed.documents).through(&decoded.text);
    json::text(file, &Decoded { text, lines: decoded.lines.clone() }, reading, sink)
}

/// The line of the file on which a place of its text is.
fn line_of(decoded: &Decoded, at: usize) -> usize {
    // The end of the text stands nowhere: what is before it does.
    let hull = [at..at + 1, at.saturating_sub(4)..at].into_iter().find_map(|range| decoded.text.span(range).hull());
    decoded.lines.at(hull.map_or(0, |hull| hull.start))
}

/// Whether there is a question with an answer anywhere.
fn has_pairs(node: &Node) -> bool {
    match &node.value {
        Value::List(items) => items.iter().any(has_pairs),
        Value::Map(members) => is_pair(members) || members.iter().any(|(_, value)| has_pairs(value)),
        Value::Text(_) | Value::Nothing => false,
    }
}

fn is_pair(members: &[(Node, Node)]) -> bool {
    let has = |wanted: &[Key]| {
        let is_wanted = |name: &Node| name.text().and_then(key_of).is_some_and(|key| wanted.contains(&key));
        members.iter().any(|(name, value)| is_wanted(name) && value.says_something())
    };
    let asks = |name: &Node| name.text().is_some_and(ends_with_question_mark);
    let by_keys = || members.iter().any(|(name, value)| asks(name) && value.text().is_some());
    let answered = has(&[Key::Answer, Key::Markdown]);
    (has(&[Key::Question]) && (answered || has(&[Key::Text, Key::Page])))
        || (has(&[Key::Title]) && answered)
        || by_keys()
}

#[cfg(test)]
mod tests;
