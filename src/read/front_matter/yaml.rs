//! Front matter in YAML.

use super::{DEPTH, Entries, Problem, nested, too_deep};
use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};
use std::collections::BTreeSet;

/// The entries of YAML; `None` if it is a mere text.
///
/// # Errors
/// What cannot be read.
pub fn entries(content: &str) -> Result<Option<Entries>, Problem> {
    if let Some(problem) = yaml_trap(content) {
        return Err(problem);
    }
    let documents = MarkedYaml::load_from_str(content).map_err(|error| Problem {
        line: error.marker().line() + 1,
        reason: format!("the front matter is not YAML: {}", error.info()),
    })?;
    let mut entries = Entries::default();
    match documents.first().map(untagged) {
        None => Ok(Some(entries)),
        Some(node) if matches!(node.data, YamlData::Mapping(_)) => {
            add_yaml(&mut entries, "", node, &Characters::new(content), DEPTH)?;
            Ok(Some(entries))
        }
        Some(node) if matches!(node.data, YamlData::Value(Scalar::Null)) => Ok(Some(entries)),
        Some(_) => Ok(None),
    }
}

/// What would make the YAML parser work without end, or overflow the stack. Read before parsing.
fn yaml_trap(content: &str) -> Option<Problem> {
    // Only where a name is anchored can `*name` be an alias, and not a word in emphasis.
    let anchors: BTreeSet<_> = content.match_indices('&').map(|(at, _)| node_name(&content[at + 1..])).collect();
    for (index, line) in content.lines().enumerate() {
        let nested = line.split(' ').take_while(|word| matches!(*word, "" | "-" | "?")).filter(|word| !word.is_empty());
        if nested.count() > DEPTH {
            return Some(too_deep(index + 2));
        }
        let mut aliases = line.match_indices('*').map(|(at, _)| node_name(&line[at + 1..]));
        if aliases.any(|name| !name.is_empty() && anchors.contains(name)) {
            let reason = "the front matter has a YAML alias: write the value out".to_owned();
            return Some(Problem { line: index + 2, reason });
        }
    }
    None
}

fn node_name(text: &str) -> &str {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}'));
    &text[..end.unwrap_or(text.len())]
}

/// Finds text by the character counts of the YAML parser.
struct Characters<'a> {
    text: &'a str,
    offsets: Vec<usize>,
}

impl<'a> Characters<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, offsets: text.char_indices().map(|(at, _)| at).chain([text.len()]).collect() }
    }

    fn get(&self, from: usize, to: usize) -> Option<&'a str> {
        self.text.get(*self.offsets.get(from)?..*self.offsets.get(to)?)
    }
}

fn untagged<'a, 'b>(mut node: &'b MarkedYaml<'a>) -> &'b MarkedYaml<'a> {
    while let YamlData::Tagged(_, inner) = &node.data {
        node = inner;
    }
    node
}

fn add_yaml(
    entries: &mut Entries,
    key: &str,
    node: &MarkedYaml<'_>,
    source: &Characters<'_>,
    depth: usize,
) -> Result<(), Problem> {
    if depth == 0 {
        return Err(too_deep(node.span.start.line() + 1));
    }
    let node = untagged(node);
    match &node.data {
        YamlData::Mapping(members) => {
            for (name, value) in members {
                if let Some(name) = yaml_scalar(name, source) {
                    add_yaml(entries, &nested(key, &name), value, source, depth - 1)?;
                }
            }
        }
        YamlData::Sequence(items) => {
            for item in items {
                add_yaml(entries, key, item, source, depth - 1)?;
            }
        }
        _ => {
            if let Some(value) = yaml_scalar(node, source) {
                entries.add(key, value);
            }
        }
    }
    Ok(())
}

/// A value as its author wrote it: `1.10` is a version and no number.
fn yaml_scalar(node: &MarkedYaml<'_>, source: &Characters<'_>) -> Option<String> {
    let YamlData::Value(scalar) = &untagged(node).data else { return None };
    let span = untagged(node).span;
    let written = source.get(span.start.index(), span.end.index()).map(|text| text.trim().to_owned());
    match scalar {
        Scalar::Null => None,
        Scalar::Boolean(value) => Some(value.to_string()),
        Scalar::Integer(value) => Some(written.unwrap_or_else(|| value.to_string())),
        Scalar::FloatingPoint(value) => Some(written.unwrap_or_else(|| value.to_string())),
        Scalar::String(text) => Some(text.trim().to_owned()),
    }
    .filter(|text| !text.is_empty())
}
