//! Finds the rows in a JSON file, whatever product wrote it.

use super::{
    super::{
        SourceFile,
        encoding::Decoded,
        keys::{Key, key_of},
        markup::Markup,
        rows::{Body, BodyKind, Row, Rows},
    },
    dialogflow, rasa,
    row::{self, is_more_than_text, is_row, key_text},
    value::{Object, Value},
};
use crate::{analyze::language, error::Result, model::SourceText, split::labels::ends_with_question_mark};
use std::{borrow::Cow, collections::BTreeMap, ops::Range};

/// Rows are found this deep.
const DEPTH: usize = 16;

/// So many places without a question are kept until the first with one.
const NOTHING: usize = 1000;

/// What the objects around a row say.
#[derive(Clone, Default)]
pub struct Above {
    headings: Vec<SourceText>,
    title: Option<String>,
    language: Option<String>,
    url: Option<String>,
    shape: Option<&'static str>,
}

/// The products that are known by a key around their rows.
const WRAPPERS: &[(&str, &str)] = &[
    ("faqdocuments", "a Kendra FAQ"),
    ("qnas", "an Azure question answering project"),
    ("qnadocuments", "a QnA Maker knowledge base"),
    ("qnalist", "a QnA Maker knowledge base"),
    ("@graph", "schema.org data"),
    ("mainentity", "schema.org data"),
];

/// Walks through a file.
pub struct Shapes<'a, 'r, 'sink> {
    /// The file that is read.
    pub file: &'a SourceFile,
    decoded: &'a Decoded,
    rows: Rows<'r, 'sink>,
    /// How many rows were of which shape.
    counts: BTreeMap<String, usize>,
    /// Whether there is anything that shows that the file is to have questions.
    meant: bool,
    /// Lines in which nothing was found, and why, until it is known whether anything should be.
    nothing: Vec<(usize, String)>,
}

impl<'a, 'r, 'sink> Shapes<'a, 'r, 'sink> {
    /// Hands what is found to `rows`.
    pub fn new(file: &'a SourceFile, decoded: &'a Decoded, rows: Rows<'r, 'sink>) -> Self {
        Self { file, decoded, rows, counts: BTreeMap::new(), meant: false, nothing: Vec::new() }
    }

    /// Reports what cannot be read at a place in the text.
    pub fn skip(&mut self, at: usize, reason: impl Into<String>) -> Result<()> {
        let line = self.line(at);
        self.meant()?;
        self.rows.skip(line, reason)
    }

    /// Reports a place where nothing was found, if anything is found elsewhere: many files have no questions.
    fn nothing(&mut self, at: usize, reason: impl Into<String>) -> Result<()> {
        let (line, reason) = (self.line(at), reason.into());
        if self.meant {
            return self.rows.skip(line, reason);
        }
        if self.nothing.len() < NOTHING {
            self.nothing.push((line, reason));
        }
        Ok(())
    }

    /// Takes note that the file is to have questions, so that all without one are told.
    pub fn meant(&mut self) -> Result<()> {
        self.meant = true;
        std::mem::take(&mut self.nothing).into_iter().try_for_each(|(line, reason)| self.rows.skip(line, reason))
    }

    /// Notes what is not understood at a place in the text.
    pub fn tell(&mut self, at: usize, what: impl Into<String>) {
        let line = self.line(at);
        self.rows.tell(line, what);
    }

    fn line(&self, at: usize) -> usize {
        // The end of the text stands nowhere: the character before it does.
        let at = at.min(self.decoded.text.len().saturating_sub(1));
        let hull = self.hull(&(at..at + 1)).or_else(|| self.hull(&(at.saturating_sub(4)..at + 4)));
        self.decoded.lines.at(hull.map_or(0, |hull| hull.start))
    }

    fn hull(&self, range: &Range<usize>) -> Option<Range<usize>> {
        self.decoded.text.span(range.clone()).hull()
    }

    /// Adds a row that stands at a range of the text.
    pub fn add(&mut self, row: Row, range: &Range<usize>, shape: &str) -> Result<()> {
        self.meant()?;
        *self.counts.entry(shape.to_owned()).or_default() += 1;
        let hull = self.hull(range).unwrap_or(0..0);
        self.rows.add(row, self.decoded.lines.within(&hull), Some(&self.decoded.text))
    }

    /// Reads a value that stands at the top of the file.
    pub fn top(&mut self, value: Value<'_>) -> Result<()> {
        if value.is_object() {
            if self.object(value, &Above::default(), 0)? == 0 {
                self.nothing(value.range().start, nothing_found(&value))?;
            }
            return Ok(());
        }
        self.nothing(value.range().start, "is neither an object nor a list: docs/formats.md has the shapes")
    }

    /// Reads the items of a list that stands at the top of the file.
    pub fn list(&mut self, items: &[Value<'_>], at: usize) -> Result<()> {
        // Without items that were skipped, it is empty.
        if items.is_empty() && !self.meant {
            return self.nothing(at, "is an empty list");
        }
        if dialogflow::is_usersays(items) {
            return dialogflow::usersays(self, items);
        }
        self.items(items, &Above::default(), 0).map(|_| ())
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<()> {
        if let Some((line, reason)) = self.nothing.into_iter().next() {
            return self.rows.nothing(line, reason);
        }
        for (shape, count) in std::mem::take(&mut self.counts) {
            if !shape.is_empty() {
                let rows = if count == 1 { "row" } else { "rows" };
                self.rows.recognised(format!("{shape}: {count} {rows}"))?;
            }
        }
        self.rows.finish()
    }

    /// Reads the items of a list, returns how many there were of use or with an error told.
    fn items(&mut self, items: &[Value<'_>], above: &Above, depth: usize) -> Result<usize> {
        let mut found = 0;
        for item in items {
            let here = if item.is_object() { self.listed(*item, above, depth)? } else { 0 };
            if here == 0 && (depth == 0 || found > 0) {
                self.nothing(item.range().start, nothing_found(item))?;
            }
            found += here;
        }
        Ok(found)
    }

    /// Reads an object that stands alone: deep within others, a mere text is none that anybody would look for.
    fn object(&mut self, value: Value<'_>, above: &Above, depth: usize) -> Result<usize> {
        self.any_object(value, above, depth, depth == 0)
    }

    /// Reads an object that is an item of a list.
    fn listed(&mut self, value: Value<'_>, above: &Above, depth: usize) -> Result<usize> {
        self.any_object(value, above, depth, true)
    }

    fn any_object(&mut self, value: Value<'_>, above: &Above, depth: usize, may_be_text: bool) -> Result<usize> {
        if depth > DEPTH {
            self.skip(value.range().start, format!("is nested more than {DEPTH} levels deep: flatten it"))?;
            return Ok(1);
        }
        let object = match value.object() {
            Ok(object) => object,
            Err(reason) => {
                self.skip(value.range().start, reason)?;
                return Ok(1);
            }
        };
        if let Some(found) = dialogflow::read(self, &object, value)? {
            return Ok(found);
        }
        if let Some(found) = rasa::read(self, &object, value.range().start)? {
            return Ok(found);
        }
        if is_row(&object) && (may_be_text || is_more_than_text(&object)) {
            self.row(&object, &value.range(), above, depth)?;
            return Ok(1);
        }
        let above = around(&object, above, depth);
        let mut found = self.asked_by_keys(&object, value, &above)?;
        for (key, member) in &object.0 {
            let below = Above { shape: shape_of(key, member).or(above.shape), ..above.clone() };
            if below.shape.is_some() {
                self.meant()?;
            }
            let here = if member.is_object() {
                self.object(*member, &below, depth + 1)?
            } else if member.is_list() {
                self.items(&member.items(), &below, depth + 1)?
            } else {
                0
            };
            self.unread(key, member, here);
            found += here;
        }
        let asks = |(key, _): &(Cow<'_, str>, Value<'_>)| key_of(key) == Some(Key::Question);
        if found == 0 && object.0.iter().any(asks) {
            self.meant()?;
        }
        Ok(found)
    }

    /// Tells of what stands beside rows and is not read.
    fn unread(&mut self, key: &str, member: &Value<'_>, found: usize) {
        let at = member.range().start;
        if key.eq_ignore_ascii_case("next_page") && !member.is_null() {
            self.tell(at, "is one page of several: `next_page` names the next, export all");
        } else if found == 0 && member.is_list() && member.items().iter().any(Value::is_object) {
            self.tell(at, format!("`{key}` has nothing that is understood and is left out"));
        }
    }

    /// `{"How?": "So."}`.
    fn asked_by_keys(&mut self, object: &Object<'_>, value: Value<'_>, above: &Above) -> Result<usize> {
        let mut found = 0;
        for (key, member) in object.0.iter().filter(|(key, value)| value.is_string() && ends_with_question_mark(key)) {
            let range = member.range();
            let question = key_text(key, value.written(), value.range().start, range.start);
            let text = match member.text() {
                Ok(text) => text,
                Err(reason) => {
                    self.skip(range.start, reason)?;
                    continue;
                }
            };
            let body = text.map(|text| Body { kind: BodyKind::Answer, text, markup: Markup::Html });
            let start = question.span(0..question.len()).hull().map_or(range.start, |hull| hull.start);
            let mut row = Row { questions: vec![question], body, ..Row::default() };
            inherit(&mut row, above);
            self.add(row, &(start..range.end), "an object of questions and answers")?;
            found += 1;
        }
        Ok(found)
    }

    /// Reads an object that is a row.
    fn row(&mut self, object: &Object<'_>, range: &Range<usize>, above: &Above, depth: usize) -> Result<()> {
        let read = match row::read(object) {
            Ok(read) => read,
            Err(reason) => return self.skip(range.start, reason),
        };
        for what in read.told {
            self.tell(range.start, what);
        }
        let shape = match (above.shape, read.own) {
            (Some(shape), _) => shape.to_owned(),
            (None, true) => String::new(),
            (None, false) => foreign_shape(object),
        };
        let mut row = read.row;
        inherit(&mut row, above);
        self.add(row, range, &shape)?;
        for inner in read.inner {
            let decoded = self.decoded;
            let Some(raw) = decoded.text.plain().get(inner.clone()).and_then(|text| serde_json::from_str(text).ok())
            else {
                continue;
            };
            let input = &decoded.text.plain()[inner.clone()];
            self.object(Value::new(input, raw, inner.start), above, depth + 1)?;
        }
        Ok(())
    }
}

/// What an object says of the rows within it.
fn around(object: &Object<'_>, above: &Above, depth: usize) -> Above {
    let mut around = above.clone();
    for (name, value) in object.0.iter().filter(|(_, value)| value.is_string()) {
        let text = value.text().ok().flatten();
        match key_of(name) {
            Some(Key::Title | Key::Section) if depth > 0 => around.headings.extend(text),
            Some(Key::Title) => around.title = text.map(|text| text.plain().trim().to_owned()),
            Some(Key::Language) => around.language = text.map(|tag| language::of_tag(tag.plain())),
            Some(Key::Url) => {
                around.url = text.map(|text| text.plain().trim().to_owned()).filter(|url| row::is_absolute(url));
            }
            _ => {}
        }
    }
    // Azure keeps the language beside the rows, in an object of its own.
    if let Some(language) = object.object(&["metadata"]).and_then(|about| about.text(&["language"])) {
        around.language = around.language.or_else(|| Some(language::of_tag(language.plain())));
    }
    around
}

/// Gives a row what stands around it, unless it says so itself.
fn inherit(row: &mut Row, above: &Above) {
    row.headings.splice(0..0, above.headings.iter().cloned());
    let about = &mut row.about;
    about.language = about.language.take().or_else(|| above.language.clone());
    about.url = about.url.take().or_else(|| above.url.clone());
    about.title = about.title.take().or_else(|| above.title.clone());
}

fn shape_of(key: &str, member: &Value<'_>) -> Option<&'static str> {
    let first = || member.items().first().and_then(|item| item.object().ok());
    let has = |names: &[&str]| first().is_some_and(|object| object.get(names).is_some());
    match key.to_ascii_lowercase().as_str() {
        "qna" if has(&["qid"]) => Some("a QnABot export"),
        "articles" if has(&["html_url"]) => Some("Zendesk articles"),
        "data" | "articles" if first().is_some_and(|object| is_intercom(&object)) => Some("Intercom articles"),
        key => WRAPPERS.iter().find(|(name, _)| *name == key).map(|(_, shape)| *shape),
    }
}

fn is_intercom(object: &Object<'_>) -> bool {
    object.text(&["type"]).is_some_and(|kind| kind.plain() == "article") && object.get(&["body"]).is_some()
}

/// The keys by which the row of a list was understood.
fn foreign_shape(object: &Object<'_>) -> String {
    let name = |keys: &[Key]| {
        object.0.iter().find(|(name, _)| key_of(name).is_some_and(|key| keys.contains(&key))).map(|(name, _)| name)
    };
    let asked = name(&[Key::Question]).or_else(|| name(&[Key::Title]));
    let text = name(&[Key::Answer, Key::Markdown]).or_else(|| name(&[Key::Page, Key::Text]));
    match (asked, text) {
        (Some(asked), Some(text)) => format!("objects with `{asked}` and `{text}`"),
        (None, Some(text)) | (Some(text), None) => format!("objects with `{text}`"),
        (None, None) => String::new(),
    }
}

fn nothing_found(value: &Value<'_>) -> String {
    let Ok(object) = value.object() else { return "is no object with a question and an answer".to_owned() };
    let keys: Vec<String> = object.0.iter().take(8).map(|(key, _)| format!("`{key}`")).collect();
    let keys = if keys.is_empty() { "none".to_owned() } else { keys.join(", ") };
    let mut reason = format!("has no question with an answer, and no text; its keys are {keys}");
    let end = reason.len().min(400);
    reason.truncate((0..=end).rev().find(|&at| reason.is_char_boundary(at)).unwrap_or(0));
    reason.trim_end().to_owned()
}
