//! An object as a row: our own keys, and those of other people and products.

use super::{
    super::{
        json_text::string_text,
        jsonl::check_date,
        keys::{Key, key_of, own_key},
        markup::Markup,
        rows::{Body, BodyKind, Row, joined},
    },
    dates::day_of,
    value::{Object, Value},
};
use crate::{analyze::language, model::SourceText};

/// A longer value is a text, and nothing to filter by. In bytes.
pub const METADATA_LIMIT: usize = 1 << 10;

/// Objects within objects are read this deep.
pub const DEPTH: usize = 4;

/// What came of an object.
#[derive(Default)]
pub struct RowRead {
    /// What it says.
    pub row: Row,
    /// What of it was not understood.
    pub told: Vec<String>,
    /// Whether it has only documented keys, and so the shape is ours.
    pub own: bool,
    /// Rows within it: `QnA Maker` has follow-up questions inside their prompts.
    pub inner: Vec<Inner>,
    alternates: Vec<SourceText>,
    /// A text that an answer took the place of.
    beside: Option<SourceText>,
    markdown: Option<SourceText>,
    answers_in_markdown: bool,
    changed: Option<String>,
}

/// A place within the text, for a row within a row.
pub type Inner = std::ops::Range<usize>;

/// Whether an object is a row: it has a text, or a question that is one.
#[must_use]
pub fn is_row(object: &Object<'_>) -> bool {
    let holds = |wanted: &[Key], fits: &dyn Fn(&Value<'_>) -> bool| {
        object.0.iter().any(|(key, value)| key_of(key).is_some_and(|key| wanted.contains(&key)) && fits(value))
    };
    let written =
        |value: &Value<'_>| value.is_string() || value.items().first().is_some_and(Value::is_string) || value.is_null();
    let answer = |value: &Value<'_>| written(value) || text_of(value).is_ok_and(|text| !text.is_empty());
    holds(&[Key::Text, Key::Page, Key::Markdown], &|value| value.is_string())
        || holds(&[Key::Answer], &answer)
        || holds(&[Key::Question], &written)
}

/// Whether a row has a question or a title for its text.
#[must_use]
pub fn is_more_than_text(object: &Object<'_>) -> bool {
    let names_it = |key| matches!(key, Key::Question | Key::Alternates | Key::Answer | Key::Markdown | Key::Title);
    object.0.iter().any(|(key, _)| key_of(key).is_some_and(names_it))
}

/// Reads an object.
///
/// # Errors
/// The reason for the report.
pub fn read(object: &Object<'_>) -> Result<RowRead, String> {
    let mut read = RowRead { own: object.0.iter().all(|(key, _)| is_own(key)), ..RowRead::default() };
    read.answers_in_markdown = is_qna_maker(object);
    read.members(object, 0)?;
    read.row.questions.append(&mut read.alternates);
    if let Some(text) = read.markdown.take() {
        read.row.body = Some(Body { kind: BodyKind::Answer, text, markup: Markup::Markdown });
    }
    match read.beside.take() {
        // schema.org: a question may have its words in `text`.
        Some(text) if read.row.questions.is_empty() && read.row.title.is_none() => read.row.questions.push(text),
        Some(_) => read.told.push("a text beside an answer is left out".to_owned()),
        None => {}
    }
    read.row.about.published = read.row.about.published.take().or(read.changed.take());
    Ok(read)
}

/// A documented key, or one that is known by no name at all.
fn is_own(key: &str) -> bool {
    own_key(key).is_some() || key_of(key).is_none()
}

/// `QnA Maker` and its successor keep answers in Markdown.
fn is_qna_maker(object: &Object<'_>) -> bool {
    object.get(&["questions"]).is_some_and(|questions| questions.is_list())
        && object.get(&["answer"]).is_some()
        && object.get(&["id", "source", "dialog", "context", "qnaid", "metadata"]).is_some()
}

impl RowRead {
    fn members(&mut self, object: &Object<'_>, depth: usize) -> Result<(), String> {
        for (name, value) in &object.0 {
            if !value.is_null() {
                self.member(name, value, depth).map_err(|reason| format!("`{name}` {reason}"))?;
            }
        }
        Ok(())
    }

    fn member(&mut self, name: &str, value: &Value<'_>, depth: usize) -> Result<(), String> {
        let row = &mut self.row;
        let key = if self.own { own_key(name) } else { own_key(name).or_else(|| key_of(name)) };
        match key {
            Some(Key::Id) => row.document = value.scalar()?,
            Some(Key::Question) => {
                let asked = if self.own { value.text()?.into_iter().collect() } else { texts(value)? };
                row.questions.extend(asked);
            }
            Some(Key::Alternates) if value.is_list() || !self.own => self.alternates.extend(texts(value)?),
            Some(Key::Alternates) => return Err("is not a list of strings".to_owned()),
            Some(Key::Answer) if self.own || value.is_string() => self.body(BodyKind::Answer, value.text()?),
            Some(Key::Answer) => {
                let text = text_of(value)?;
                self.body(BodyKind::Answer, text.first().cloned());
                if text.len() > 1 {
                    self.told.push("other answers to the same question are left out".to_owned());
                }
            }
            Some(Key::Markdown) => self.markdown(value)?,
            Some(Key::Text) => self.body(BodyKind::Text, value.text()?),
            Some(Key::Page) if value.is_string() => self.body(BodyKind::Page, value.text()?),
            Some(Key::Title) => row.title = if self.own { title(value)? } else { value.text().ok().flatten() },
            Some(Key::Section) if self.own || value.is_string() => row.headings.extend(value.text()?),
            _ => return self.about(key, name, value, depth),
        }
        Ok(())
    }

    /// What is said about a row.
    fn about(&mut self, key: Option<Key>, name: &str, value: &Value<'_>, depth: usize) -> Result<(), String> {
        let about = &mut self.row.about;
        match key {
            Some(Key::Url) if self.own => about.url = value.scalar()?,
            // A page for people goes before an address for programs.
            Some(Key::Url) if value.is_string() && (about.url.is_none() || name == "html_url") => {
                about.url = value.scalar()?;
            }
            Some(Key::Source) if value.is_string() => match value.scalar()?.filter(|source| is_absolute(source)) {
                Some(url) => about.url = about.url.take().or(Some(url)),
                None => self.metadata("source", value)?,
            },
            Some(Key::Date) if self.own => {
                about.published = value.scalar()?.map(|date| check_date(&date)).transpose()?;
            }
            Some(Key::Date | Key::Changed) => self.date(key, name, value)?,
            Some(Key::Language) => about.language = value.scalar()?.map(|tag| language::of_tag(&tag)),
            Some(Key::Tags) if value.is_scalar() || value.is_list() => self.metadata("tags", value)?,
            Some(Key::Metadata) => self.metadata_members(value)?,
            Some(Key::Attributes) if value.is_object() && depth < DEPTH => self.members(&value.object()?, depth + 1)?,
            Some(Key::Prompts) if value.is_object() || value.is_list() => self.prompts(value, depth)?,
            Some(Key::Next) => self.next(value)?,
            Some(Key::Card) if value.is_object() => self.card(value)?,
            Some(Key::ContextOnly) if value.written() == "true" => self.metadata("context_only", value)?,
            Some(Key::Suggested) if value.written() != "[]" => {
                self.told.push(format!("`{name}` holds questions that nobody has approved and is left out"));
            }
            Some(Key::Suggested | Key::ContextOnly | Key::Nothing) => {}
            Some(Key::Access) => {
                self.told.push("access control lists are not enforced: everybody is answered from here".to_owned());
            }
            _ if self.own => self.told.push(format!("the key `{name}` is not understood and left out")),
            _ if name.starts_with('@') => {}
            _ => self.other(name, value)?,
        }
        Ok(())
    }

    fn body(&mut self, kind: BodyKind, text: Option<SourceText>) {
        let Some(text) = text else { return };
        let rank = |kind| match kind {
            BodyKind::Answer => 2,
            BodyKind::Page => 1,
            BodyKind::Text => 0,
        };
        match self.row.body.take() {
            Some(body) if rank(kind) < rank(body.kind) => {
                self.row.body = Some(body);
                self.beside = Some(text);
            }
            before => {
                self.beside = self.beside.take().or(before.map(|body| body.text));
                let markup = if self.answers_in_markdown { Markup::Markdown } else { Markup::Html };
                self.row.body = Some(Body { kind, text, markup });
            }
        }
    }

    /// `QnABot` keeps the Markdown of an answer beside its plain text.
    fn markdown(&mut self, value: &Value<'_>) -> Result<(), String> {
        self.markdown = if value.is_object() { value.object()?.text(&["markdown"]) } else { value.text()? };
        Ok(())
    }

    fn date(&mut self, key: Option<Key>, name: &str, value: &Value<'_>) -> Result<(), String> {
        match value.scalar()?.map(|date| day_of(&date)) {
            Some(Some(day)) if key == Some(Key::Date) => self.row.about.published = Some(day),
            // The day of the change goes before that of the making.
            Some(Some(day)) => self.changed = self.changed.take().max(Some(day)),
            Some(None) => self.told.push(format!("`{name}` is no date that is understood: write YYYY-MM-DD")),
            None => {}
        }
        Ok(())
    }

    /// Adds values to filter by.
    pub(super) fn metadata(&mut self, name: &str, value: &Value<'_>) -> Result<(), String> {
        let values = value.scalars()?;
        self.row.about.metadata.entry(name.to_owned()).or_default().extend(values);
        Ok(())
    }

    /// An object of values, or a list of names and values.
    fn metadata_members(&mut self, value: &Value<'_>) -> Result<(), String> {
        if value.is_list() && !self.own {
            for item in value.items() {
                let item = item.object().map_err(|_| "is not a list of names and values")?;
                if let (Some(name), Some(value)) = (item.get(&["name", "key"]), item.get(&["value"])) {
                    self.metadata(&name.scalar()?.unwrap_or_default(), &value)?;
                }
            }
            return Ok(());
        }
        if !value.is_object() && !self.own {
            return self.metadata("metadata", value);
        }
        let no_object = |reason| if value.is_object() { reason } else { "is not an object".to_owned() };
        let members = value.object().map_err(no_object)?;
        members.0.iter().try_for_each(|(name, value)| self.metadata(name, value))
    }

    /// Anything else that can be filtered by.
    fn other(&mut self, name: &str, value: &Value<'_>) -> Result<(), String> {
        let is_list_of_scalars = value.is_list() && value.items().iter().all(Value::is_scalar);
        if is_blank(value, DEPTH) {
            return Ok(());
        }
        if !value.is_scalar() && !is_list_of_scalars {
            self.told.push(format!("`{name}` is nested and left out"));
        } else if value.written().len() > METADATA_LIMIT {
            self.told.push(format!("`{name}` has more than {METADATA_LIMIT} bytes and is left out of the metadata"));
        } else {
            self.metadata(name, value)?;
        }
        Ok(())
    }
}

/// Whether a value says nothing, as the empty fields of a form do.
fn is_blank(value: &Value<'_>, depth: usize) -> bool {
    let inner_is_blank = |inner: &Value<'_>| depth > 0 && is_blank(inner, depth - 1);
    match value.written().as_bytes().first() {
        Some(b'{') => value.object().is_ok_and(|object| object.0.iter().all(|(_, inner)| inner_is_blank(inner))),
        Some(b'[') => value.items().iter().all(inner_is_blank),
        _ => matches!(value.written(), "\"\"" | "null"),
    }
}

fn title(value: &Value<'_>) -> Result<Option<SourceText>, String> {
    if value.is_string() {
        return value.text();
    }
    let mut title = SourceText::default();
    title.push_replaced(&value.scalar()?.unwrap_or_default(), value.range());
    Ok((!title.is_empty()).then_some(title))
}

/// The texts of a string, of a list of strings, or of a list of objects that have one.
fn texts(value: &Value<'_>) -> Result<Vec<SourceText>, String> {
    let mut all = Vec::new();
    for item in value.items_or_self() {
        if item.is_object() {
            all.extend(phrase(&item.object()?));
        } else {
            all.extend(item.text().map_err(|reason| {
                if reason == "is not a string" { "is not a list of strings".to_owned() } else { reason }
            })?);
        }
    }
    Ok(all)
}

/// A training phrase: in parts, or whole.
#[must_use]
pub fn phrase(object: &Object<'_>) -> Option<SourceText> {
    for parts in ["parts", "data"] {
        let parts = object.items(parts);
        if !parts.is_empty() {
            let mut whole = SourceText::default();
            for part in parts {
                if let Some(text) = part.object().ok()?.get(&["text"]) {
                    whole.push(&string_text(text.written(), text.range().start).ok()?);
                }
            }
            return Some(whole).filter(super::super::rows::has_words);
        }
    }
    object.text(&["text", "question", "displaytext", "name", "value"])
}

/// The answers of an object such as `{"text": …}`, of a list of them, or of a list of strings (one answer).
fn text_of(value: &Value<'_>) -> Result<Vec<SourceText>, String> {
    let items = value.items_or_self();
    let mut all = Vec::new();
    let mut paragraphs = Vec::new();
    for item in items {
        if item.is_object() {
            all.extend(item.object()?.text(&["text", "html", "markdown", "content", "body", "value", "answer"]));
        } else if item.is_string() || item.is_null() {
            paragraphs.extend(item.text()?);
        } else {
            return Err("is no text".to_owned());
        }
    }
    Ok(joined(&paragraphs).into_iter().chain(all).collect())
}

/// Whether an address leads somewhere by itself.
#[must_use]
pub fn is_absolute(url: &str) -> bool {
    let url = url.trim().to_ascii_lowercase();
    (url.starts_with("https://") || url.starts_with("http://")) && !url.contains(char::is_whitespace)
}

/// A key as text, mapped to where it stands before its value.
///
/// `input` is the object, which begins at `base`; the value begins at `value`.
#[must_use]
pub fn key_text(key: &str, input: &str, base: usize, value: usize) -> SourceText {
    let before = input.get(..value.saturating_sub(base)).unwrap_or_default();
    let literal = before.trim_end().strip_suffix(':').map(str::trim_end).unwrap_or_default();
    let start = literal.strip_suffix('"').and_then(opening_quote).unwrap_or(literal.len());
    string_text(&literal[start..], base + start).ok().filter(|text| text.plain() == key).unwrap_or_else(|| {
        let mut text = SourceText::default();
        text.push_replaced(key, base + start..base + literal.len());
        text
    })
}

/// Where the string begins whose closing quote stands behind `text`: its quotes have a backslash before them.
fn opening_quote(text: &str) -> Option<usize> {
    let is_open = |at: &usize| text[..*at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 0;
    text.rmatch_indices('"').map(|(at, _)| at).find(is_open)
}
