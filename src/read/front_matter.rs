//! What stands above the text of an article: YAML between `---` lines, or TOML between `+++` lines.

mod yaml;

use super::jsonl::check_date;
use crate::{analyze::language, model::About};
use std::collections::BTreeMap;

/// More than this is no front matter that a person wrote. In bytes.
const LIMIT: usize = 64 << 10;

/// Deepest map or list that is read.
const DEPTH: usize = 16;

const DATES: [&str; 8] =
    ["date", "published", "publishdate", "published_at", "pubdate", "lastmod", "last_modified_at", "updated"];
const URLS: [&str; 5] = ["url", "permalink", "canonical", "canonical_url", "link"];
const LANGUAGES: [&str; 3] = ["lang", "language", "locale"];
/// Keys whose value may be a list written as one text: `a, b`.
const COMMA_LISTS: [&str; 3] = ["tags", "categories", "keywords"];

/// The front matter of an article.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// What it says.
    pub about: About,
    /// What could not be made use of.
    pub problems: Vec<Problem>,
    /// Where the text of the article begins, in bytes.
    pub body: usize,
}

/// Something in the front matter that could not be made use of.
#[derive(Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, counted from 1 at the top of the text.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

/// Reads the front matter at the very top of `text`; `None` if there is none.
///
/// Front matter that cannot be read is told in `problems`, and is still no part of the text.
#[must_use]
pub fn split(text: &str) -> Option<FrontMatter> {
    let (syntax, content, body) = fences(text)?;
    let mut front = FrontMatter { body, ..FrontMatter::default() };
    match entries(syntax, content) {
        Ok(Some(entries)) => front.fill(entries, |key| line_of(content, key)),
        // Prose between two rules.
        Ok(None) => return None,
        Err(problem) => front.problems.push(problem),
    }
    Some(front)
}

#[derive(Clone, Copy)]
enum Syntax {
    Yaml,
    Toml,
}

/// The syntax, what is between the fences, and where the rest begins.
fn fences(text: &str) -> Option<(Syntax, &str, usize)> {
    let mut lines = text.split_inclusive('\n');
    let open = lines.next()?;
    let (syntax, close): (_, &[&str]) = match open.trim_end() {
        "---" => (Syntax::Yaml, &["---", "..."]),
        "+++" => (Syntax::Toml, &["+++"]),
        _ => return None,
    };
    let mut at = open.len();
    for line in lines {
        if close.contains(&line.trim_end()) {
            return Some((syntax, &text[open.len()..at], at + line.len()));
        }
        // A rule has an empty line below it.
        if at == open.len() && line.trim().is_empty() {
            return None;
        }
        at += line.len();
    }
    None
}

/// Keys, nested ones joined by dots, with their values; `None` if the content is a mere text.
fn entries(syntax: Syntax, content: &str) -> Result<Option<Entries>, Problem> {
    if content.len() > LIMIT {
        let reason =
            format!("the front matter has {} bytes, the limit is {LIMIT}: move what is text below it", content.len());
        return Err(Problem { line: 1, reason });
    }
    match syntax {
        Syntax::Yaml => yaml::entries(content),
        Syntax::Toml => toml(content).map(Some),
    }
}

/// Keys and values in their order.
#[derive(Default)]
struct Entries(Vec<(String, Vec<String>)>);

impl Entries {
    fn add(&mut self, key: &str, value: String) {
        match self.0.iter_mut().find(|(known, _)| known == key) {
            Some((_, values)) => values.push(value),
            None => self.0.push((key.to_owned(), vec![value])),
        }
    }

    /// Takes out the values of the first of `names` whose first value `wanted` makes use of.
    fn take<T>(&mut self, names: &[&str], mut wanted: impl FnMut(&str, &str) -> Option<T>) -> Option<T> {
        for name in names {
            let Some(index) = self.0.iter().position(|(key, _)| key.to_lowercase() == *name) else { continue };
            let (key, values) = &self.0[index];
            if let Some(found) = values.first().and_then(|value| wanted(key, value)) {
                self.0.remove(index);
                return Some(found);
            }
        }
        None
    }
}

fn too_deep(line: usize) -> Problem {
    Problem { line, reason: format!("the front matter is nested more than {DEPTH} levels deep: flatten it") }
}

fn nested(key: &str, name: &str) -> String {
    if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") }
}

fn toml(content: &str) -> Result<Entries, Problem> {
    let table: toml::Table = content.parse().map_err(|error: toml::de::Error| {
        let at = error.span().map_or(0, |span| span.start.min(content.len()));
        let line = content[..at].matches('\n').count() + 2;
        Problem { line, reason: format!("the front matter is not TOML: {}", error.message().replace('\n', "; ")) }
    })?;
    let mut entries = Entries::default();
    for (key, value) in &table {
        add_toml(&mut entries, key, value, DEPTH).map_err(|()| too_deep(line_of(content, key)))?;
    }
    Ok(entries)
}

fn add_toml(entries: &mut Entries, key: &str, value: &toml::Value, depth: usize) -> Result<(), ()> {
    let depth = depth.checked_sub(1).ok_or(())?;
    match value {
        toml::Value::String(text) if text.trim().is_empty() => {}
        toml::Value::String(text) => entries.add(key, text.trim().to_owned()),
        toml::Value::Array(items) => items.iter().try_for_each(|item| add_toml(entries, key, item, depth))?,
        toml::Value::Table(table) => {
            for (name, value) in table {
                add_toml(entries, &nested(key, name), value, depth)?;
            }
        }
        scalar => entries.add(key, scalar.to_string()),
    }
    Ok(())
}

/// The line of the text on which a key of the front matter stands.
fn line_of(content: &str, key: &str) -> usize {
    let holds = |line: &str| line.trim_start().trim_start_matches(['"', '\'', '[']).starts_with(key);
    content.lines().position(holds).map_or(1, |index| index + 2)
}

/// Something that a text says about itself, in whatever way its format has for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name, in lower case.
    pub key: String,
    /// What it says; nothing is no entry.
    pub value: String,
    /// The line, counted from 1.
    pub line: usize,
}

/// What entries say about a text, by the same names as front matter, and what could not be made use of.
#[must_use]
pub fn about(given: Vec<Entry>) -> (About, Vec<Problem>) {
    let mut entries = Entries::default();
    let given: Vec<_> = given.into_iter().filter(|entry| !entry.value.is_empty()).collect();
    for entry in &given {
        entries.add(&entry.key, entry.value.clone());
    }
    let line_of = |key: &str| given.iter().find(|entry| entry.key == key).map_or(1, |entry| entry.line);
    let mut front = FrontMatter::default();
    front.fill(entries, line_of);
    (front.about, front.problems)
}

impl FrontMatter {
    fn fill(&mut self, mut entries: Entries, line_of: impl Fn(&str) -> usize) {
        let problems = &mut self.problems;
        let about = &mut self.about;
        about.title = entries.take(&["title"], |_, title| Some(title.to_owned()));
        about.url = entries.take(&URLS, |_, url| is_absolute(url).then(|| url.to_owned()));
        about.language = entries.take(&LANGUAGES, |_, tag| Some(language::of_tag(tag)).filter(|code| !code.is_empty()));
        about.published = entries.take(&DATES, |key, date| match check_date(date) {
            Ok(day) => Some(day),
            Err(reason) => {
                problems.push(Problem { line: line_of(key), reason: format!("`{key}` {reason}") });
                None
            }
        });
        about.metadata = metadata(entries);
    }
}

fn metadata(entries: Entries) -> BTreeMap<String, Vec<String>> {
    let mut metadata = BTreeMap::new();
    for (key, mut values) in entries.0 {
        if COMMA_LISTS.contains(&key.to_lowercase().as_str()) {
            let parts = values.iter().flat_map(|value| value.split(',')).map(|part| part.trim().to_owned());
            values = parts.filter(|part| !part.is_empty()).collect();
        }
        metadata.insert(key, values);
    }
    metadata
}

fn is_absolute(url: &str) -> bool {
    let url = url.to_ascii_lowercase();
    (url.starts_with("https://") || url.starts_with("http://")) && !url.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests;
