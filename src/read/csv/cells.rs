//! A cell: its text without quotes, mapped to its bytes.

use crate::model::SourceText;

/// A byte order mark in UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A cell of a row.
#[derive(Debug)]
pub struct Cell {
    /// What it says, mapped to where it stands.
    pub text: SourceText,
    /// Whether its bytes are UTF-8; if not, the text is empty.
    pub is_text: bool,
}

/// How the quotes of a cell are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quotes {
    /// There are none, or they are as they should be.
    Fine,
    /// Text stands between the closing quote and the end of the cell.
    TextBehind,
    /// The closing quote is missing.
    Unclosed,
}

impl Cell {
    /// The cell that is written `raw` at `at`, and that the parser read as `output`.
    pub fn new(raw: &[u8], at: usize, output: &[u8], quoting: bool) -> (Self, Quotes) {
        // The parser passes over a byte order mark before a record: files are put behind each other.
        let (raw, at) = match raw.strip_prefix(MARK) {
            Some(rest) if !output.starts_with(MARK) || rest.starts_with(MARK) => (rest, at + MARK.len()),
            _ => (raw, at),
        };
        let is_quoted = quoting && raw.first() == Some(&b'"');
        let Ok(plain) = std::str::from_utf8(output) else {
            return (Self { text: SourceText::default(), is_text: false }, Quotes::Fine);
        };
        let mut text = SourceText::default();
        let state = if is_quoted {
            unquote(raw, at, plain, &mut text)
        } else {
            push_lines(&mut text, plain, at);
            Quotes::Fine
        };
        (Self { text, is_text: true }, state)
    }
}

/// Writes a quoted cell: what is between the quotes stands as it is, two quotes stand for one.
fn unquote(raw: &[u8], at: usize, plain: &str, text: &mut SourceText) -> Quotes {
    let (mut from, mut done) = (1, 0);
    loop {
        let rest = raw.get(from..).unwrap_or_default();
        let Some(length) = rest.iter().position(|byte| *byte == b'"') else {
            push_lines(text, plain.get(done..).unwrap_or_default(), at + from);
            return Quotes::Unclosed;
        };
        push_lines(text, plain.get(done..done + length).unwrap_or_default(), at + from);
        done += length;
        if rest.get(length + 1) == Some(&b'"') {
            text.push_replaced("\"", at + from + length..at + from + length + 2);
            done += 1;
            from += length + 2;
            continue;
        }
        let behind = plain.get(done..).unwrap_or_default();
        push_lines(text, behind, at + from + length + 1);
        return if behind.trim().is_empty() { Quotes::Fine } else { Quotes::TextBehind };
    }
}

/// Writes text that stands at `at`, with line breaks as `\n`.
fn push_lines(text: &mut SourceText, plain: &str, at: usize) {
    let mut from = 0;
    while let Some(length) = plain[from..].find("\r\n") {
        text.push_verbatim(&plain[from..from + length], at + from);
        text.push_replaced("\n", at + from + length..at + from + length + 2);
        from += length + 2;
    }
    text.push_verbatim(&plain[from..], at + from);
}
