//! What stands above the text of an article: YAML between `---` lines, or TOML between `+++` lines.

use super::jsonl::check_date;
use crate::{analyze::language, model::About};
use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};
use std::collections::{BTreeMap, BTreeSet};

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
        Syntax::Yaml => yaml(content),
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

fn yaml(content: &str) -> Result<Option<Entries>, Problem> {
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

fn too_deep(line: usize) -> Problem {
    Problem { line, reason: format!("the front matter is nested more than {DEPTH} levels deep: flatten it") }
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
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn values<'a>(front: &'a FrontMatter, key: &str) -> Vec<&'a str> {
        front.about.metadata.get(key).into_iter().flatten().map(String::as_str).collect()
    }

    #[test]
    fn yaml_fills_what_is_known_and_keeps_the_rest() {
        let text = "---\ntitle: \"Billing: questions\"\ndate: 2024-03-05T10:00:00+02:00\nurl: https://example.org/billing\n\
            lang: en-GB\ntags: [billing, cards]\nkeywords: pay, card\nversion: 1.10\ndraft: false\nnothing: ~\n\
            author:\n  name: Ann\n  roles:\n    - editor\n    - owner\n---\n# Text\n";
        let front = split(text).unwrap();
        assert_eq!(front.problems, []);
        assert_eq!(&text[front.body..], "# Text\n");
        assert_eq!(front.about.title.as_deref(), Some("Billing: questions"));
        assert_eq!(front.about.published.as_deref(), Some("2024-03-05"));
        assert_eq!(front.about.url.as_deref(), Some("https://example.org/billing"));
        assert_eq!(front.about.language.as_deref(), Some("en"));
        assert_eq!(values(&front, "tags"), ["billing", "cards"]);
        assert_eq!(values(&front, "keywords"), ["pay", "card"]);
        assert_eq!(values(&front, "version"), ["1.10"]);
        assert_eq!(values(&front, "draft"), ["false"]);
        assert_eq!(values(&front, "author.name"), ["Ann"]);
        assert_eq!(values(&front, "author.roles"), ["editor", "owner"]);
        assert_eq!(front.about.metadata.len(), 6);
    }

    #[test]
    fn toml_fills_the_same() {
        let text = "+++\ntitle = 'Billing'\npublishDate = 2024-03-05T10:00:00Z\npermalink = '/billing/'\nlocale = 'de_AT'\n\
            tags = ['a', 'b']\nweight = 3\n[params]\ncourse = 'x'\n+++\ntext";
        let front = split(text).unwrap();
        assert_eq!(front.problems, []);
        assert_eq!(&text[front.body..], "text");
        assert_eq!(front.about.title.as_deref(), Some("Billing"));
        assert_eq!(front.about.published.as_deref(), Some("2024-03-05"));
        assert_eq!(front.about.url, None);
        assert_eq!(front.about.language.as_deref(), Some("de"));
        assert_eq!(values(&front, "permalink"), ["/billing/"]);
        assert_eq!(values(&front, "tags"), ["a", "b"]);
        assert_eq!(values(&front, "weight"), ["3"]);
        assert_eq!(values(&front, "params.course"), ["x"]);
    }

    #[test]
    fn bad_front_matter_names_its_line() {
        let front = split("---\ntitle: ok\ntags: [a, b\nx: }\n---\ntext").unwrap();
        assert_eq!(front.about, About::default());
        assert_eq!(front.problems.len(), 1);
        assert!((3..=5).contains(&front.problems[0].line), "{:?}", front.problems);
        assert!(front.problems[0].reason.starts_with("the front matter is not YAML: "), "{:?}", front.problems);
        let front = split("+++\na = 1\nb = = 2\n+++\n").unwrap();
        assert_eq!(front.problems[0].line, 3);
    }

    #[test]
    fn a_bad_date_costs_the_date() {
        let front = split("---\ntitle: x\ndate: tomorrow\nlastmod: 2024-01-02\n---\n").unwrap();
        assert_eq!(front.about.title.as_deref(), Some("x"));
        assert_eq!(front.about.published.as_deref(), Some("2024-01-02"));
        let reason = "`date` is no date: `tomorrow`; write YYYY-MM-DD".to_owned();
        assert_eq!(front.problems, [Problem { line: 3, reason }]);
    }

    #[test]
    fn a_rule_at_the_top_is_text() {
        for text in [
            "---\n\ntext\n\n---\n",
            "---\nJust text.\n---\n",
            "---\nno end\n",
            "text\n---\n",
            "",
            "---",
            "----\na: b\n---\n",
        ] {
            assert_eq!(split(text), None, "{text:?}");
        }
        assert_eq!(split("---\n---\ntext").map(|front| front.body), Some(8));
    }

    #[test]
    fn bombs_are_refused() {
        let bomb = "---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n";
        assert_eq!(split(bomb).unwrap().problems[0].line, 3);
        let dashes = format!("---\n{}x\n---\n", "- ".repeat(30_000));
        let marks = format!("---\n{}x\n---\n", "? ".repeat(30_000));
        let brackets = format!("---\na: {}\n---\n", "[".repeat(30_000));
        let closed = format!("---\na: {}{}\n---\n", "[".repeat(200), "]".repeat(200));
        let staircase = (0..300).map(|depth| " ".repeat(depth) + "a:\n").collect::<String>();
        let large = format!("---\na: {}\n---\n", "x".repeat(LIMIT));
        let keys = format!("+++\n{}a = 1\n+++\n", "a.".repeat(30_000));
        let table = format!("+++\n[{}a]\n+++\n", "a.".repeat(30_000));
        let arrays = format!("+++\na = {}\n+++\n", "[".repeat(30_000));
        let short = format!("+++\na = {}{}\n+++\n", "[".repeat(20), "]".repeat(20));
        for text in
            [dashes, marks, brackets, closed, format!("---\n{staircase}---\n"), large, keys, table, arrays, short]
        {
            let front = split(&text).unwrap();
            assert_eq!(front.problems.len(), 1, "{}", &text[..40]);
            assert_eq!(front.about, About::default());
        }
    }

    #[test]
    fn stars_and_ampersands_in_prose_are_no_bomb() {
        let front = split("---\ntitle: Q & A for *everyone*\nnote: \"&x and *y\"\n---\n").unwrap();
        assert_eq!(front.problems, []);
        assert_eq!(front.about.title.as_deref(), Some("Q & A for *everyone*"));
    }

    proptest! {
        #[test]
        fn no_front_matter_makes_it_panic(inner in "([a-c:&*!?\\[\\]{}|>'\"#,é%@ \n=.+0-9-]|- |: ){0,60}") {
            for fence in ["---", "+++"] {
                let text = format!("{fence}\n{inner}\n{fence}\nrest");
                if let Some(front) = split(&text) {
                    prop_assert!(text.is_char_boundary(front.body));
                }
            }
        }
    }
}
