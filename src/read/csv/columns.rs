//! What the columns of a table are, and what a row says by them.

use super::{
    super::{
        json::{METADATA_LIMIT, Value, day_of, is_absolute, prompts},
        keys::{Key, key_of},
        markup::Markup,
        rows::{Body, BodyKind, Row, has_words},
    },
    records::{Dialect, Record},
};
use crate::{
    analyze::language,
    model::{SourceText, article::trim},
    split::labels::ends_with_question_mark,
};
use serde_json::value::RawValue;

/// A longer cell is no name of a column. In bytes.
const LONGEST_NAME: usize = 40;

/// The columns of a table.
pub struct Columns {
    roles: Vec<Column>,
    dialect: Dialect,
    header: bool,
    product: Product,
}

struct Column {
    name: String,
    key: Option<Key>,
}

/// Who wrote the table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Product {
    QnaMaker,
    Kendra,
    Other,
}

/// What came of a row.
#[derive(Default)]
pub struct RowRead {
    /// What it says.
    pub row: Row,
    /// What of it was not understood.
    pub told: Vec<String>,
}

/// Whether the cells of a record name what stands below them.
pub fn is_header(record: &Record) -> bool {
    let keys: Vec<Option<Key>> = record.cells.iter().map(|cell| key_of(cell.text.plain())).collect();
    let has = |wanted: &[Key]| keys.iter().flatten().any(|key| wanted.contains(key));
    let asks = has(&[Key::Question, Key::Title, Key::Alternates]);
    let answers = has(&[Key::Answer, Key::Markdown]);
    keys.len() > 1 && (has(&[Key::Text, Key::Page]) || answers && (asks || asks_by_another_name(record)))
}

/// Whether a column stands before the answers whose name is not known: `Scenario`, `Response`.
fn asks_by_another_name(record: &Record) -> bool {
    let [asked, _] = &record.cells[..] else { return false };
    let name = asked.text.plain();
    key_of(name).is_none() && has_words(&asked.text) && name.len() <= LONGEST_NAME && !ends_with_question_mark(name)
}

impl Columns {
    /// The columns of a table, by its first record.
    ///
    /// # Errors
    /// The reason for the report, where they are not understood.
    pub fn of(record: &Record, dialect: Dialect) -> Result<Self, String> {
        if is_header(record) {
            let names = record.cells.iter().map(|cell| cell.text.plain().trim().to_owned());
            let mut columns: Vec<_> = names.map(|name| Column { key: key_of(&name), name }).collect();
            if asks_by_another_name(record)
                && let Some(asked) = columns.first_mut()
            {
                asked.key = Some(Key::Question);
            }
            let has = |wanted: &str| columns.iter().any(|column| column.name.eq_ignore_ascii_case(wanted));
            let product = match () {
                () if has("QnaId") || (has("IsContextOnly") && has("Prompts")) => Product::QnaMaker,
                // Its older tables have no more than this.
                () if dialect.delimiter == b'\t' && has("Source") && (has("Metadata") || has("Keywords")) => {
                    Product::QnaMaker
                }
                () if has("_question") => Product::Kendra,
                () => Product::Other,
            };
            return Ok(Self { roles: columns, dialect, header: true, product });
        }
        let count = record.cells.len();
        if !(2..=3).contains(&count) {
            let names = if count == 1 { "one column".to_owned() } else { format!("{count} columns") };
            return Err(format!(
                "has {names} and no header that is understood: name the columns `question`, `answer` and so on in the \
                 first row"
            ));
        }
        let keys = [("question", Key::Question), ("answer", Key::Answer), ("source", Key::Source)];
        let columns = keys.into_iter().take(count).map(|(name, key)| Column { name: name.to_owned(), key: Some(key) });
        Ok(Self { roles: columns.collect(), dialect, header: false, product: Product::Other })
    }

    /// Whether the first record names the columns.
    pub fn has_header(&self) -> bool {
        self.header
    }

    /// What rows of one document have in common: the `QnaId`, or in tables without it the answer.
    pub fn group(&self, row: &Row) -> Option<String> {
        let answer = || row.body.as_ref().map(|body| body.text.plain().to_owned());
        (self.product == Product::QnaMaker).then(|| row.document.clone().or_else(answer)).flatten()
    }

    /// What the table was taken for.
    pub fn describe(&self) -> String {
        let delimiter = match self.dialect.delimiter {
            b'\t' => "tabs".to_owned(),
            other => format!("`{}`", char::from(other)),
        };
        match (self.product, self.header) {
            (Product::QnaMaker, _) => "a QnA Maker knowledge base".to_owned(),
            (Product::Kendra, _) => "a Kendra FAQ".to_owned(),
            (Product::Other, true) => {
                let known = self.roles.iter().filter(|column| column.key.is_some());
                let names: Vec<_> = known.map(|column| format!("`{}`", column.name)).collect();
                format!("columns {}, divided by {delimiter}", names.join(", "))
            }
            (Product::Other, false) => {
                format!("no header: a question, its answer and maybe an address in each row, divided by {delimiter}")
            }
        }
    }

    /// What a record says; `None` if it is blank.
    ///
    /// # Errors
    /// The reason for the report.
    pub fn row(&self, record: &Record) -> Result<Option<RowRead>, String> {
        if record.is_blank() {
            return Ok(None);
        }
        let mut read = RowRead::default();
        let mut markdown = None;
        let mut alternates = Vec::new();
        for (index, cell) in record.cells.iter().enumerate().filter(|(_, cell)| has_words(&cell.text)) {
            let Some(column) = self.roles.get(index) else {
                read.told.push("more cells than columns: what is too much is left out".to_owned());
                break;
            };
            let text = trimmed(&cell.text);
            match column.key {
                Some(Key::Question) => read.row.questions.push(text),
                Some(Key::Alternates) => alternates.extend(several(&text)),
                Some(Key::Answer) => self.body(&mut read, BodyKind::Answer, text),
                Some(Key::Markdown) => markdown = Some(text),
                Some(Key::Text) => self.body(&mut read, BodyKind::Text, text),
                Some(Key::Page) => self.body(&mut read, BodyKind::Page, text),
                Some(Key::Title) if read.row.title.is_none() => read.row.title = Some(text),
                Some(Key::Section) => read.row.headings.push(text),
                key => about(&mut read, key, &column.name, text.plain())?,
            }
        }
        read.row.questions.append(&mut alternates);
        if let Some(text) = markdown {
            read.row.body = Some(Body { kind: BodyKind::Answer, text, markup: Markup::Markdown });
        }
        if read.row.body.is_none() {
            return Err("has no answer".to_owned());
        }
        Ok(Some(read))
    }

    fn body(&self, read: &mut RowRead, kind: BodyKind, text: SourceText) {
        if read.row.body.as_ref().is_some_and(|body| body.kind == BodyKind::Answer || body.kind == kind) {
            read.told.push("a second answer in a row is left out".to_owned());
            return;
        }
        let body = match self.product {
            // QnA Maker keeps answers in Markdown, and a row in one line.
            Product::QnaMaker => Body { kind, text: with_line_breaks(&text), markup: Markup::Markdown },
            _ => Body { kind, text, markup: Markup::Html },
        };
        read.row.body = Some(body);
    }
}

/// What a cell says about its row.
fn about(read: &mut RowRead, key: Option<Key>, name: &str, text: &str) -> Result<(), String> {
    let about = &mut read.row.about;
    let mut keep = |name: &str, values: Vec<String>| {
        about.metadata.entry(name.to_owned()).or_default().extend(values);
    };
    match key {
        Some(Key::Id) => read.row.document = Some(text.to_owned()),
        Some(Key::Url | Key::Source) if is_absolute(text) && about.url.is_none() => about.url = Some(text.to_owned()),
        Some(Key::Date | Key::Changed) => match day_of(text) {
            Some(day) => about.published = Some(day).max(about.published.take()),
            None => read.told.push(format!("`{name}` is no date that is understood: write YYYY-MM-DD")),
        },
        Some(Key::Source) => keep("source", vec![text.to_owned()]),
        Some(Key::Language) => about.language = Some(language::of_tag(text)),
        Some(Key::Tags) => keep("tags", parts(text, &[',', ';', '|', '\n'])),
        Some(Key::Metadata | Key::Attributes) => metadata(text, &mut keep),
        Some(Key::Prompts) if text.starts_with('[') => {
            read.row.prompts = prompts(text).map_err(|reason| format!("`{name}` {reason}"))?;
        }
        Some(Key::Suggested) if text != "[]" => {
            read.told.push(format!("`{name}` holds questions that nobody has approved and is left out"));
        }
        Some(Key::ContextOnly) if text.eq_ignore_ascii_case("true") => keep("context_only", vec!["true".to_owned()]),
        Some(Key::ContextOnly | Key::Suggested | Key::Nothing) => {}
        Some(Key::Access) => {
            read.told.push("access control lists are not enforced: everybody is answered from here".to_owned());
        }
        _ if name.is_empty() => read.told.push("a column without a name is left out".to_owned()),
        _ if text.len() > METADATA_LIMIT => {
            read.told.push(format!("`{name}` has more than {METADATA_LIMIT} bytes and is left out of the metadata"));
        }
        _ => keep(name, vec![text.to_owned()]),
    }
    Ok(())
}

/// `key:value|key:value`, `key=value; key=value`, an object of JSON, or a mere value.
fn metadata(text: &str, keep: &mut impl FnMut(&str, Vec<String>)) {
    let object = serde_json::from_str::<&RawValue>(text).ok().filter(|_| text.starts_with('{'));
    if let Some(object) = object.and_then(|raw| Value::new(text, raw, 0).object().ok()) {
        for (name, value) in &object.0 {
            keep(name, value.scalars().unwrap_or_default());
        }
        return;
    }
    for part in parts(text, &['|', ';', '\n']) {
        match part.split_once([':', '=']) {
            Some((name, value)) if !name.trim().is_empty() => keep(name.trim(), vec![value.trim().to_owned()]),
            _ => keep("metadata", vec![part]),
        }
    }
}

fn parts(text: &str, marks: &[char]) -> Vec<String> {
    text.split(marks).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The text without white space at its ends.
fn trimmed(text: &SourceText) -> SourceText {
    text.slice(trim(text.plain(), 0..text.len()))
}

/// Several texts in one cell: a line each, divided by `|` or `;;`, or a list of JSON.
fn several(cell: &SourceText) -> Vec<SourceText> {
    let plain = cell.plain();
    let list = serde_json::from_str::<&RawValue>(plain).ok().filter(|_| plain.starts_with('['));
    if let Some(raw) = list {
        let items = Value::new(plain, raw, 0).items();
        return items.iter().filter_map(|item| item.text().ok().flatten()).map(|text| text.through(cell)).collect();
    }
    let mut found = Vec::new();
    let mut from = 0;
    let mut ends: Vec<(usize, usize)> = plain.match_indices(['\n', '|']).map(|(at, mark)| (at, mark.len())).collect();
    ends.extend(plain.match_indices(";;").map(|(at, mark)| (at, mark.len())));
    ends.sort_unstable();
    ends.push((plain.len(), 0));
    for (end, length) in ends {
        let range = trim(plain, from.min(end)..end);
        if !range.is_empty() {
            found.push(cell.slice(range));
        }
        from = end + length;
    }
    found
}

/// `\n` as two characters stands for a line break.
fn with_line_breaks(text: &SourceText) -> SourceText {
    let mut whole = SourceText::default();
    let mut from = 0;
    for (at, mark) in text.plain().match_indices("\\n") {
        whole.push(&text.slice(from..at));
        if let Some(place) = text.span(at..at + mark.len()).hull() {
            whole.push_replaced("\n", place);
        }
        from = at + mark.len();
    }
    whole.push(&text.slice(from..text.len()));
    whole
}
