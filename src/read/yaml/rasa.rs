//! Rasa's training data: intents with examples (`nlu.yml`), and responses (`domain.yml`), which may be two files.
//!
//! The pair is cited where its answer stands. Examples in the same file are cited there too. Those of another file
//! are no bytes of this one: in their place stands the name of the response that they are examples for.

use super::{
    Parsed, line_of,
    parse::{Node, Value, parse},
};
use crate::{
    error::Result,
    model::SourceText,
    read::{
        Found, Reading, Sink, SourceFile,
        encoding::{Decoded, read_whole},
        markup::Markup,
        rows::{Body, BodyKind, Row, Rows, has_words},
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    ops::Range,
    path::{Path, PathBuf},
};

const SHAPE: &str = "Rasa training data";

/// How many files of a bot are looked into, and how deep its folders are.
const NEIGHBOURS: usize = 256;
const FOLDERS: usize = 3;

/// What is said of an entity is no longer than this, in bytes.
const ENTITY: usize = 300;

/// Whether documents are Rasa's: they have intents with examples, or responses by their usual names.
pub fn is_rasa(documents: &[Node]) -> bool {
    documents.iter().any(|document| has_intents(document) || has_responses(document))
}

fn has_intents(document: &Node) -> bool {
    document.get("nlu").is_some_and(|nlu| nlu.items().iter().any(|item| item.get("intent").is_some()))
}

fn has_responses(document: &Node) -> bool {
    let named = |(name, _): &(Node, Node)| name.text().is_some_and(|name| name.starts_with("utter_"));
    document.get("responses").is_some_and(|responses| responses.members().iter().any(named))
}

/// Intents by name, in the order of their files, each with its examples.
#[derive(Default)]
struct Intents {
    order: Vec<String>,
    /// How many have no name or no examples.
    bare: usize,
    examples: BTreeMap<String, Vec<SourceText>>,
}

impl Intents {
    fn add(&mut self, documents: &[Node], inside: impl Fn(SourceText) -> SourceText) {
        for item in documents.iter().filter_map(|document| document.get("nlu")).flat_map(Node::items) {
            let Some(intent) = item.get("intent") else { continue };
            let (Some(name), Some(list)) = (intent.text(), item.get("examples")) else {
                self.bare += 1;
                continue;
            };
            let name = name.trim().to_owned();
            let known = self.examples.entry(name.clone()).or_insert_with(|| {
                self.order.push(name);
                Vec::new()
            });
            known.extend(examples(list).into_iter().map(&inside));
        }
    }
}

/// The examples of an intent: a text with a line for each, or a list.
fn examples(list: &Node) -> Vec<SourceText> {
    match &list.value {
        Value::Text(text) => {
            let mut at = 0;
            let lines = text.plain().split_inclusive('\n').map(|line| {
                let start = at;
                at += line.len();
                let content = line.trim();
                let inner = content.strip_prefix(['-', '*', '+']).unwrap_or(content).trim_start();
                let end = start + line.trim_end().len();
                without_entities(&text.slice(end - inner.len().min(end)..end))
            });
            lines.filter(has_words).collect()
        }
        Value::List(items) => {
            let item_text = |item: &Node| match &item.value {
                Value::Text(text) => Some(without_entities(text)),
                _ => item.get("text").and_then(|text| match &text.value {
                    Value::Text(text) => Some(without_entities(text)),
                    _ => None,
                }),
            };
            items.iter().filter_map(item_text).filter(has_words).collect()
        }
        _ => Vec::new(),
    }
}

/// `[ten](number)` and `[ten]{"entity": "number"}` are `ten`.
fn without_entities(text: &SourceText) -> SourceText {
    let plain = text.plain();
    let mut cleaned = SourceText::default();
    let mut at = 0;
    while let Some((open, close, end)) = entity(plain, at) {
        cleaned.push(&text.slice(at..open));
        cleaned.push(&text.slice(open + 1..close));
        at = end;
    }
    cleaned.push(&text.slice(at..plain.len()));
    cleaned
}

/// Where the next entity begins, where its text and where all of it ends.
fn entity(text: &str, from: usize) -> Option<(usize, usize, usize)> {
    let mut at = from;
    while let Some(found) = text[at..].find(']') {
        let close = at + found;
        let behind = &text[close + 1..];
        let bracket = if behind.starts_with('(') { Some(b')') } else { behind.starts_with('{').then_some(b'}') };
        let length = bracket.and_then(|bracket| behind.bytes().take(ENTITY).position(|byte| byte == bracket));
        let end = length.map(|length| close + length + 2);
        if let (Some(open), Some(end)) = (text[at..close].rfind('[').map(|open| at + open), end) {
            return Some((open, close, end));
        }
        at = close + 1;
    }
    None
}

/// Reads the responses of a file as answers to the examples in it and beside it.
///
/// # Errors
/// Whatever `sink` returns.
pub fn read(
    file: &SourceFile,
    decoded: &Decoded,
    parsed: &Parsed,
    reading: &Reading,
    sink: &mut Sink<'_>,
) -> Result<()> {
    let mut own = Intents::default();
    own.add(&parsed.documents, |text| text);
    let beside: Vec<Vec<Node>> = neighbours(&file.path, reading);
    let mut others = Intents::default();
    for documents in &beside {
        others.add(documents, |text| text);
    }
    let answers = responses(&parsed.documents);
    if own.bare > 0 {
        let reason = format!("{} without a name or `examples`: left out", counted(own.bare, "intent"));
        sink(Found::Warning(file.note(None, reason)))?;
    }
    let wordless = members(&parsed.documents).count() - answers.len();
    if wordless > 0 {
        let reason = format!("{} without a `text`: left out", counted(wordless, "response"));
        sink(Found::Warning(file.note(None, reason)))?;
    }
    if answers.is_empty() {
        return told_intents(file, &own, &beside, sink);
    }
    let mut rows = Rows::new(file, reading, sink);
    let (mut count, mut idle) = (0, 0);
    let intents = by_response(own.order.iter().chain(&others.order));
    for answer in answers {
        let intent = intents.get(name_of(&answer.name)).copied();
        let examples =
            |intents: &Intents| intent.and_then(|intent| intents.examples.get(intent)).cloned().unwrap_or_default();
        let here = examples(&own);
        let mut hull = answer.key.start..answer.text.source_end().max(answer.key.end);
        for range in here.iter().filter_map(|text| text.span(0..text.len()).hull()) {
            hull = hull.start.min(range.start)..hull.end.max(range.end);
        }
        let mut questions = here;
        questions.extend(examples(&others).into_iter().map(|text| standing_for(&text, &answer.key)));
        let (Some(intent), false) = (intent, questions.is_empty()) else {
            idle += 1;
            let what = "a response has no intent with examples, here or beside it, and is left out";
            rows.tell(line_of(decoded, answer.key.start), what);
            continue;
        };
        let body = Body { kind: BodyKind::Answer, text: answer.text, markup: Markup::Markdown };
        let mut row = Row { document: Some(intent.clone()), questions, body: Some(body), ..Row::default() };
        row.about.metadata.insert("intent".to_owned(), vec![intent.clone()]);
        let bytes = decoded.text.span(hull).hull().unwrap_or(0..0);
        rows.add(row, decoded.lines.within(&bytes), Some(&decoded.text))?;
        count += 1;
    }
    if count + idle > 0 {
        rows.recognised(match idle {
            0 if count == 1 => format!("{SHAPE}: 1 response"),
            0 => format!("{SHAPE}: {count} responses"),
            _ => format!("{SHAPE}: {count} of {} responses", count + idle),
        })?;
    }
    rows.finish()
}

/// A text of another file, at a place of this one that stands for it.
fn standing_for(text: &SourceText, place: &Range<usize>) -> SourceText {
    let mut moved = SourceText::default();
    moved.push_replaced(text.plain(), place.clone());
    moved
}

/// A response with words.
struct Answer {
    name: String,
    /// Where its name stands.
    key: Range<usize>,
    text: SourceText,
}

/// The first wording of each response.
fn responses(documents: &[Node]) -> Vec<Answer> {
    let read = |(name, list): &(Node, Node)| {
        let wordings = list.items().iter().filter_map(|item| match &item.value {
            Value::Text(text) => Some(text),
            _ => match &item.get("text")?.value {
                Value::Text(text) => Some(text),
                _ => None,
            },
        });
        let text = wordings.into_iter().find(|text| has_words(text))?.clone();
        Some(Answer { name: name.text()?.to_owned(), key: name.range.clone(), text })
    };
    members(documents).filter_map(read).collect()
}

/// The responses, with words and without.
fn members(documents: &[Node]) -> impl Iterator<Item = &(Node, Node)> {
    documents.iter().filter_map(|document| document.get("responses")).flat_map(Node::members)
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// Intents by the names of their responses: that of `faq/ask_hours` is `utter_faq/ask_hours` or `utter_faq_ask_hours`.
fn by_response<'a>(intents: impl Iterator<Item = &'a String>) -> BTreeMap<String, &'a String> {
    let mut names = BTreeMap::new();
    for intent in intents {
        names.entry(intent.clone()).or_insert(intent);
        names.entry(intent.replace('/', "_")).or_insert(intent);
    }
    names
}

fn name_of(response: &str) -> &str {
    response.strip_prefix("utter_").unwrap_or(response)
}

/// Tells what becomes of a file that has examples and no responses.
fn told_intents(file: &SourceFile, own: &Intents, beside: &[Vec<Node>], sink: &mut Sink<'_>) -> Result<()> {
    let answers: Vec<Answer> = beside.iter().flat_map(|documents| responses(documents)).collect();
    let names: BTreeSet<&str> = answers.iter().map(|answer| name_of(&answer.name)).collect();
    let is_answered =
        |intent: &&String| names.contains(intent.as_str()) || names.contains(intent.replace('/', "_").as_str());
    let open: Vec<&String> = own.order.iter().filter(|intent| !is_answered(intent)).collect();
    let answered = own.order.len() - open.len();
    if answered > 0 {
        let what = format!("{SHAPE}: {}, answered in another file", counted(answered, "intent"));
        sink(Found::Recognised(file.note(None, what)))?;
    }
    if let Some(first) = open.first() {
        let reason = match open.len() {
            1 => format!("the intent `{first}` has no response in this file or beside it and is left out"),
            count => format!("{count} intents have no response in this file or beside it, such as `{first}`: left out"),
        };
        sink(Found::Warning(file.note(None, reason)))?;
    }
    Ok(())
}

/// The documents of the YAML files that belong to the same bot.
fn neighbours(path: &Path, reading: &Reading) -> Vec<Vec<Node>> {
    let Some(folder) = path.parent() else { return Vec::new() };
    let mut files = Vec::new();
    if let Some(root) = root(folder) {
        collect(root, FOLDERS, &mut files);
    } else {
        collect(folder, 0, &mut files);
        collect(&folder.join("data"), FOLDERS, &mut files);
    }
    files.retain(|other| other != path);
    let mut left = reading.file_limit;
    let read = |path: PathBuf| {
        let size = fs::metadata(&path).ok()?.len();
        left = left.checked_sub(size)?;
        let source = path.to_string_lossy().into_owned();
        let decoded = read_whole(&SourceFile { path, source, size }, reading).ok()?;
        let documents = parse(decoded.text.plain()).documents;
        is_rasa(&documents).then_some(documents)
    };
    files.into_iter().filter_map(read).collect()
}

/// The folder of the bot, which has its `domain.yml`: this one, or one above it.
fn root(folder: &Path) -> Option<&Path> {
    let has_domain =
        |folder: &&Path| ["domain.yml", "domain.yaml", "domain"].iter().any(|name| folder.join(name).exists());
    folder.ancestors().take(FOLDERS + 1).find(has_domain)
}

/// The YAML files of a folder and of those in it, in a fixed order.
fn collect(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(std::result::Result::ok);
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
        let is_yaml = path.extension().is_some_and(|extension| extension == "yml" || extension == "yaml");
        if hidden || path.is_symlink() || files.len() >= NEIGHBOURS {
        } else if is_yaml && path.is_file() {
            files.push(path);
        } else if depth > 0 && path.is_dir() {
            collect(&path, depth - 1, files);
        }
    }
}
