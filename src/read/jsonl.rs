//! JSON Lines: a question-answer pair or a passage in each line, streamed.

use super::{
    Found, Reader, Reading, Sink, SourceFile,
    encoding::{decode, encoding_of},
    json::{RowRead, Value, read_row},
    rows::Rows,
};
use crate::{
    error::Result,
    model::{Lines, SourceText},
};
use encoding_rs::{Encoding, UTF_8};
use serde_json::value::RawValue;
use std::{
    fs::File,
    io::{self, BufRead, BufReader},
};

/// Reads `.jsonl` and `.ndjson`; `docs/formats.md` has the keys.
pub struct JsonLines;

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
        let mut silent = true;
        let mut told = |found| {
            silent = false;
            sink(found)
        };
        let mut rows = Rows::new(file, reading, &mut told);
        match encoding_of(head) {
            Ok((encoding, mark)) if is_utf8(head, encoding) => {
                input.consume(mark);
                stream(&mut input, mark, reading, &mut rows)?;
            }
            Ok(_) => whole(file, reading, &mut rows)?,
            Err(reason) => rows.skip(None, reason)?,
        }
        rows.finish()?;
        if silent { sink(Found::Warning(file.note(None, "has no text"))) } else { Ok(()) }
    }
}

/// Whether the rows are UTF-8, be it that some are broken: `encoding` is the guess by all of the head.
///
/// A character may be cut at the end of the head, and a bad row costs only itself. So another encoding is
/// believed only where it leaves zeros, or where several rows are not UTF-8 and none beyond ASCII is.
fn is_utf8(head: &[u8], encoding: &'static Encoding) -> bool {
    if encoding == UTF_8 || !encoding.is_ascii_compatible() {
        return encoding == UTF_8;
    }
    let whole = head.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
    let beyond_ascii = head[..whole].split(|&byte| byte == b'\n').filter(|row| !row.is_ascii());
    let (valid, broken): (Vec<&[u8]>, Vec<&[u8]>) = beyond_ascii.partition(|row| std::str::from_utf8(row).is_ok());
    !valid.is_empty() || broken.len() < 2
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
                Ok(text) => row(rows, text, at, number, None)?,
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
        row(rows, line, at, index + 1, Some(&decoded.text))?;
        at += line.len();
    }
    Ok(())
}

/// Reads the row at offset `at` of the text; `outer` maps that text to the file, if they differ.
fn row(rows: &mut Rows<'_, '_>, line: &str, at: usize, number: usize, outer: Option<&SourceText>) -> Result<()> {
    let content = line.trim();
    if content.is_empty() {
        return Ok(());
    }
    let at = at + (line.len() - line.trim_start().len());
    let read = match parse(content, at) {
        Ok(read) => read,
        Err(reason) => return rows.skip(number, reason),
    };
    for what in read.told {
        rows.tell(number, what);
    }
    rows.add(read.row, Lines::new(number, Vec::new()), outer)?;
    // A pair within a prompt is a row of its own.
    for inner in read.inner {
        let nested = content.get(inner.start - at..inner.end - at).unwrap_or_default();
        row(rows, nested, inner.start, number, outer)?;
    }
    Ok(())
}

fn parse(content: &str, at: usize) -> Result<RowRead, String> {
    let raw: &RawValue = serde_json::from_str(content).map_err(|error| json_reason(&error))?;
    let value = Value::new(content, raw, at);
    if !value.is_object() {
        return Err("is not a JSON object".to_owned());
    }
    read_row(&value.object()?)
}

/// The message of `serde_json` without its line, which is always the first here.
fn json_reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    format!("is not a JSON object: {message} at column {}", error.column())
}

/// The day of an ISO 8601 date or date-time.
///
/// # Errors
/// The reason for the report, for anything else.
pub fn check_date(text: &str) -> Result<String, String> {
    let day = text.trim().get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok());
    day.map(|day| day.to_string()).ok_or_else(|| format!("is no date: `{text}`; write YYYY-MM-DD"))
}
