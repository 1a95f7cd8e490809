//! JSON: our own shape, the exports of FAQ products, and any list of questions and answers.

mod dates;
mod dialogflow;
mod follow;
mod rasa;
mod row;
mod shapes;
mod value;

pub use follow::prompts;
pub use row::{METADATA_LIMIT, RowRead, is_absolute, read as read_row};
pub use value::{Object, Value};

use super::{
    Found, Reader, Reading, Sink, SourceFile,
    encoding::{Decoded, read_whole},
    rows::Rows,
};
use crate::error::Result;
use serde_json::value::RawValue;
use shapes::Shapes;

pub use dates::day_of;

/// Reads `.json`; `docs/formats.md` has the shapes.
pub struct Json;

impl Reader for Json {
    fn extensions(&self) -> &'static [&'static str] {
        &["json", "jsonld"]
    }

    fn read(&self, file: &SourceFile, reading: &Reading, sink: &mut Sink<'_>) -> Result<()> {
        match read_whole(file, reading) {
            Ok(decoded) => text(file, &decoded, reading, sink),
            Err(reason) => sink(Found::Skipped(file.note(None, reason))),
        }
    }
}

/// Reads a decoded JSON text.
///
/// # Errors
/// Whatever `sink` returns.
pub fn text(file: &SourceFile, decoded: &Decoded, reading: &Reading, sink: &mut Sink<'_>) -> Result<()> {
    let input = decoded.text.plain();
    if input.trim().is_empty() {
        return sink(Found::Warning(file.note(None, "has no text")));
    }
    let mut shapes = Shapes::new(file, decoded, Rows::new(file, reading, sink));
    let mut at = behind_space(input, 0);
    while at < input.len() {
        // A list is read item by item, so that a broken one costs no more than itself.
        let next = match &input[at..] {
            rest if rest.starts_with('[') => list(&mut shapes, input, at)?,
            _ => match parse(input, at) {
                Ok(value) => {
                    shapes.top(value)?;
                    value.range().end
                }
                Err(problem) => {
                    shapes.skip(problem.at, problem.reason)?;
                    input.len()
                }
            },
        };
        at = behind_space(input, next);
    }
    shapes.finish()
}

/// What is wrong, and where.
struct Problem {
    at: usize,
    reason: String,
}

/// Reads the items of the list at `at`; returns where it ends.
fn list(shapes: &mut Shapes<'_, '_, '_>, input: &str, start: usize) -> Result<usize> {
    let mut items = Vec::new();
    let mut at = behind_space(input, start + 1);
    let mut between = true;
    while let Some(next) = input[at..].chars().next() {
        match next {
            ']' => {
                shapes.list(&items, start)?;
                return Ok(at + 1);
            }
            ',' if !between => {
                between = true;
                at += 1;
            }
            _ if !between => {
                shapes.skip(at, "a comma is missing before this")?;
                between = true;
            }
            _ => {
                match parse(input, at) {
                    Ok(value) => {
                        items.push(value);
                        at = value.range().end;
                    }
                    Err(problem) => {
                        shapes.skip(problem.at, problem.reason)?;
                        let next = behind_broken(input, at);
                        let sibling = sibling(input, at, next);
                        at = sibling.unwrap_or(next);
                        between = sibling.is_some();
                        at = behind_space(input, at);
                        continue;
                    }
                }
                between = false;
            }
        }
        at = behind_space(input, at);
    }
    shapes.meant()?;
    shapes.list(&items, start)?;
    shapes.skip(input.len(), "the list does not end: is the file whole?")?;
    Ok(input.len())
}

/// The value that begins at `at`.
fn parse(input: &str, at: usize) -> Result<Value<'_>, Problem> {
    let rest = &input[at..];
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<&RawValue>();
    match values.next() {
        Some(Ok(raw)) => Ok(Value::new(rest, raw, at)),
        Some(Err(error)) => {
            let line = rest.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or(&message);
            let reason = format!("is not JSON: {message} at column {}", error.column());
            Err(Problem { at: (at + line + error.column().saturating_sub(1)).min(input.len()), reason })
        }
        None => Err(Problem { at, reason: "is not JSON: a value is missing".to_owned() }),
    }
}

/// Where an item of a list ends that cannot be parsed: at the comma or bracket that ends it, as far as that can be told.
fn behind_broken(input: &str, at: usize) -> usize {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    for (index, byte) in input.bytes().enumerate().skip(at) {
        match byte {
            // No string goes on in the next line.
            b'\n' => (in_string, escaped) = (false, false),
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth > 1 => depth -= 1,
            b'}' if depth == 1 => return index + 1,
            b',' | b']' if depth == 0 => return index,
            b']' => return index + 1,
            _ => {}
        }
    }
    input.len()
}

/// The next line before `end` that begins like the broken item at `at`: a row a line is known so, whatever is in it.
fn sibling(input: &str, at: usize, end: usize) -> Option<usize> {
    let line = input[..at].rfind('\n').map_or(0, |end| end + 1);
    let indent = input.get(line..at).filter(|indent| indent.trim().is_empty())?;
    let bracket = input[at..].chars().next().filter(|bracket| matches!(bracket, '{' | '['))?;
    let breaks = input[at..end].match_indices('\n').map(|(offset, _)| at + offset + 1);
    let begins_so =
        |start: &usize| input[*start..end].strip_prefix(indent).is_some_and(|rest| rest.starts_with(bracket));
    breaks.filter(|start| *start < end).find(begins_so)
}

fn behind_space(input: &str, at: usize) -> usize {
    at + (input[at..].len() - input[at..].trim_start().len())
}

#[cfg(test)]
mod tests;
