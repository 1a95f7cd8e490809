//! JSON Lines: a question-answer pair or a passage in each line, streamed.

use super::{
    Found, Reader, Reading, Sink, SourceFile,
    encoding::{decode, encoding_of},
    json_text::{RawObject, offset_in, string_text, value_strings},
};
use crate::{
    analyze::language,
    error::Result,
    model::{About, Article, Block, BlockKind, Lines, SourceText},
};
use encoding_rs::UTF_8;
use serde_json::value::RawValue;
use std::{
    collections::BTreeSet,
    fs::File,
    io::{self, BufRead, BufReader},
};

/// Reads `.jsonl` and `.ndjson`; `docs/formats.md` has the keys.
pub struct JsonLines;

/// How much text of the first rows tells the language of the file, in bytes.
const LANGUAGE_SAMPLE: usize = 32 << 10;

impl Reader for JsonLines {
    fn extensions(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson"]
    }

    fn read(&self, file: &SourceFile, reading: &Reading, sink: &mut Sink<'_>) -> Result<()> {
        let unreadable = |error: io::Error| Found::Skipped(file.note(None, format!("cannot be read: {error}")));
        let mut input = match File::open(&file.path) {
            Ok(input) => BufReader::with_capacity(256 << 10, input),
            Err(error) => return sink(unreadable(error)),
        };
        let head = match input.fill_buf() {
            Ok(head) => head,
            Err(error) => return sink(unreadable(error)),
        };
        let mut rows = Rows::new(file, sink);
        match encoding_of(head) {
            // A character may be cut at the end of the head: the rows tell.
            Ok((encoding, mark)) if encoding == UTF_8 || mark == 0 => {
                input.consume(mark);
                stream(&mut input, mark, reading, &mut rows)?;
            }
            Ok(_) => whole(file, reading, &mut rows)?,
            Err(reason) => rows.skip(None, reason)?,
        }
        rows.finish()
    }
}

/// Reads line after line; a line over the limit is passed over without being kept.
fn stream(input: &mut impl BufRead, mark: usize, reading: &Reading, rows: &mut Rows<'_, '_>) -> Result<()> {
    let (mut line, mut number, mut at) = (Vec::new(), 1, mark);
    loop {
        line.clear();
        let length = match read_line(input, &mut line, reading.record_limit) {
            Ok(0) => return Ok(()),
            Ok(length) => length,
            Err(error) => return rows.skip(number, format!("cannot be read further: {error}")),
        };
        if length > reading.record_limit {
            let reason = format!(
                "has {length} bytes, the limit is {}: split it, or raise `max_record_bytes` in faqt.toml",
                reading.record_limit
            );
            rows.skip(number, reason)?;
        } else {
            match std::str::from_utf8(&line) {
                Ok(text) => rows.row(text, at, number, None)?,
                Err(error) => {
                    let reason = format!("is not UTF-8 at byte {}: save the file as UTF-8", error.valid_up_to() + 1);
                    rows.skip(number, reason)?;
                }
            }
        }
        at += length;
        number += 1;
    }
}

/// Appends a line, its break included, as far as it is within `limit`; returns its whole length.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>, limit: usize) -> io::Result<usize> {
    let mut length = 0;
    loop {
        let buffer = match input.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let (used, ended) = match buffer.iter().position(|&byte| byte == b'\n') {
            Some(end) => (end + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        if length + used <= limit {
            line.extend_from_slice(&buffer[..used]);
        }
        input.consume(used);
        length += used;
        if ended {
            return Ok(length);
        }
    }
}

/// A file in another Unicode encoding is read whole, to know every character's bytes.
fn whole(file: &SourceFile, reading: &Reading, rows: &mut Rows<'_, '_>) -> Result<()> {
    let read = if file.size > reading.file_limit {
        Err(super::encoding::too_large(file.size, reading.file_limit))
    } else {
        std::fs::read(&file.path).map_err(|error| format!("cannot be read: {error}")).and_then(|bytes| decode(&bytes))
    };
    let decoded = match read {
        Ok(decoded) => decoded,
        Err(reason) => return rows.skip(None, reason),
    };
    let mut at = 0;
    for (index, line) in decoded.text.plain().split_inclusive('\n').enumerate() {
        rows.row(line, at, index + 1, Some(&decoded.text))?;
        at += line.len();
    }
    Ok(())
}

/// Turns rows into articles; the first wait until the language of the file is known.
struct Rows<'a, 'sink> {
    file: &'a SourceFile,
    sink: &'a mut Sink<'sink>,
    waiting: Vec<Article>,
    sample: String,
    sampled: bool,
    language: Option<String>,
    unknown_keys: BTreeSet<String>,
}

impl<'a, 'sink> Rows<'a, 'sink> {
    fn new(file: &'a SourceFile, sink: &'a mut Sink<'sink>) -> Self {
        let (waiting, sample) = (Vec::new(), String::new());
        Self { file, sink, waiting, sample, sampled: false, language: None, unknown_keys: BTreeSet::new() }
    }

    fn skip(&mut self, line: impl Into<Option<usize>>, reason: impl Into<String>) -> Result<()> {
        (self.sink)(Found::Skipped(self.file.note(line, reason)))
    }

    /// Reads the row at offset `at` of the text; `outer` maps that text to the file, if they differ.
    fn row(&mut self, line: &str, at: usize, number: usize, outer: Option<&SourceText>) -> Result<()> {
        let content = line.trim();
        if content.is_empty() {
            return Ok(());
        }
        let at = at + (line.len() - line.trim_start().len());
        let mut article = match read_row(content, at, number, self.file) {
            Ok((article, unknown)) => {
                self.report_unknown(number, unknown)?;
                article
            }
            Err(reason) => return self.skip(number, reason),
        };
        if let Some(outer) = outer {
            article.text = article.text.through(outer);
        }
        if !self.sampled {
            return self.wait(article);
        }
        article.about.language = article.about.language.or_else(|| self.language.clone());
        (self.sink)(Found::Article(Box::new(article)))
    }

    fn report_unknown(&mut self, number: usize, unknown: Vec<String>) -> Result<()> {
        for key in unknown {
            if self.unknown_keys.insert(key.clone()) {
                let note =
                    self.file.note(number, format!("the key `{key}` is not understood and left out, here and below"));
                (self.sink)(Found::Warning(note))?;
            }
        }
        Ok(())
    }

    fn wait(&mut self, article: Article) -> Result<()> {
        self.sample.push_str(article.text.plain());
        self.sample.push('\n');
        self.waiting.push(article);
        if self.sample.len() < LANGUAGE_SAMPLE { Ok(()) } else { self.finish() }
    }

    /// Lets go of the rows that wait.
    fn finish(&mut self) -> Result<()> {
        self.language = language::of_text(&self.sample);
        self.sampled = true;
        for mut article in self.waiting.drain(..) {
            article.about.language = article.about.language.or_else(|| self.language.clone());
            (self.sink)(Found::Article(Box::new(article)))?;
        }
        Ok(())
    }
}

/// One row as an article, and the keys that mean nothing here. The error is the reason for the report.
fn read_row(row: &str, at: usize, number: usize, file: &SourceFile) -> Result<(Article, Vec<String>), String> {
    let object: RawObject<'_> = serde_json::from_str(row).map_err(|error| json_reason(&error))?;
    let mut fields = Fields { row, at, ..Fields::default() };
    for (key, value) in &object.0 {
        fields.take(key, value).map_err(|reason| format!("`{key}` {reason}"))?;
    }
    let Fields { document, about, section, questions, answer, text, unknown, .. } = fields;
    let (answer_kind, body) = match (questions.is_empty(), answer.or(text)) {
        (_, None) => return Err("has neither `answer` nor `text` (with words in it)".to_owned()),
        (true, Some(body)) => (BlockKind::Passage, body),
        (false, Some(body)) => (BlockKind::Answer, body),
    };
    let mut article = Article {
        source: file.source.clone(),
        document: document.unwrap_or_else(|| file.source.clone()),
        about,
        text: SourceText::default(),
        lines: Lines::new(number, Vec::new()),
        blocks: Vec::new(),
    };
    let headings = section.into_iter().map(|section| (BlockKind::Heading(1), section));
    let questions = questions.into_iter().map(|question| (BlockKind::Question, question));
    for (kind, part) in headings.chain(questions).chain([(answer_kind, body)]) {
        let start = article.text.len();
        article.text.push(&part);
        article.blocks.push(Block::new(kind, start..article.text.len()));
        article.text.push_replaced("\n", at..at);
    }
    Ok((article, unknown))
}

/// The message of `serde_json` without its line, which is always the first here.
fn json_reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    format!("is not a JSON object: {message} at column {}", error.column())
}

/// The fields of a row, as far as they have been read.
#[derive(Default)]
struct Fields<'a> {
    row: &'a str,
    at: usize,
    document: Option<String>,
    about: About,
    section: Option<SourceText>,
    questions: Vec<SourceText>,
    answer: Option<SourceText>,
    text: Option<SourceText>,
    unknown: Vec<String>,
}

impl Fields<'_> {
    fn take(&mut self, key: &str, value: &RawValue) -> Result<(), String> {
        if value.get() == "null" {
            return Ok(());
        }
        match key {
            "_id" | "id" => self.document = plain(value)?,
            "question" => self.questions.splice(0..0, self.text(value)?).for_each(drop),
            "alternates" => self.questions.extend(self.texts(value)?),
            "answer" => self.answer = self.text(value)?,
            "text" => self.text = self.text(value)?,
            "section" => self.section = self.text(value)?,
            "title" => self.about.title = plain(value)?,
            "url" => self.about.url = plain(value)?,
            "date" => self.about.published = plain(value)?.map(|date| check_date(&date)).transpose()?,
            "lang" => self.about.language = plain(value)?.map(|tag| language::of_tag(&tag)),
            "tags" => self.metadata("tags", value)?,
            "metadata" => {
                let members: RawObject<'_> = serde_json::from_str(value.get()).map_err(|_| "is not an object")?;
                for (key, value) in members.0 {
                    self.metadata(&key, value)?;
                }
            }
            "kind" => {}
            _ => self.unknown.push(key.to_owned()),
        }
        Ok(())
    }

    fn metadata(&mut self, key: &str, value: &RawValue) -> Result<(), String> {
        let value = serde_json::from_str(value.get()).map_err(|error| format!("cannot be read: {error}"))?;
        self.about.metadata.entry(key.to_owned()).or_default().extend(value_strings(&value));
        Ok(())
    }

    /// The text of a string; `None` if there is only white space in it.
    fn text(&self, value: &RawValue) -> Result<Option<SourceText>, String> {
        let text = string_text(value.get(), self.at + offset_in(self.row, value))?;
        Ok((!text.plain().trim().is_empty()).then_some(text))
    }

    fn texts(&self, value: &RawValue) -> Result<Vec<SourceText>, String> {
        let values: Vec<&RawValue> = serde_json::from_str(value.get()).map_err(|_| "is not a list of strings")?;
        let texts = values.into_iter().map(|value| self.text(value)).collect::<Result<Vec<_>, _>>()?;
        Ok(texts.into_iter().flatten().collect())
    }
}

/// A short string, a number or a truth value.
fn plain(value: &RawValue) -> Result<Option<String>, String> {
    let value = serde_json::from_str(value.get()).map_err(|error| format!("cannot be read: {error}"))?;
    Ok(value_strings(&value).into_iter().next().filter(|text| !text.trim().is_empty()))
}

/// The day of an ISO 8601 date or date-time.
///
/// # Errors
/// The reason for the report, for anything else.
pub fn check_date(text: &str) -> Result<String, String> {
    let day = text.trim().get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok());
    day.map(|day| day.to_string()).ok_or_else(|| format!("is no date: `{text}`; write YYYY-MM-DD"))
}
