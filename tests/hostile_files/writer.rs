//! Files that know where every part of them was written.

use super::text::Pair;
use crate::harness::Numbers;
use std::ops::Range;

/// How a format writes a text.
pub type Escape = fn(&mut Numbers, &str) -> String;

/// What should become of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is found as it was written.
    Found,
    /// It is broken, and named in the report with its line.
    Broken,
}

/// A row as it was written.
pub struct Row {
    pub pair: Pair,
    pub fate: Fate,
    /// Where its questions stand, its answer, and all of it. In bytes of the text.
    pub asked: Vec<Range<usize>>,
    pub answered: Range<usize>,
    pub whole: Range<usize>,
}

/// What a file's texts are but for the white space at their ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// As they were written, but line breaks of two characters are one.
    Exactly,
    /// The same with white space folded.
    Folded,
}

/// The encodings that files are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    Utf8,
    Marked,
    Utf16Le,
    Utf16Be,
    Latin,
}

/// A file that is being written.
pub struct Writer {
    pub name: String,
    pub text: String,
    pub rows: Vec<Row>,
    pub kept: Kept,
    pub coding: Coding,
    pub numbers: Numbers,
    escape: Escape,
}

/// A row that is being written.
pub struct RowWriter<'a> {
    file: &'a mut Writer,
    row: Row,
}

impl Writer {
    pub fn new(name: &str, kept: Kept, numbers: Numbers, escape: Escape) -> Self {
        let (text, rows) = (String::new(), Vec::new());
        Self { name: name.to_owned(), text, rows, kept, coding: Coding::Utf8, numbers, escape }
    }

    pub fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Writes a row.
    pub fn row(&mut self, pair: Pair, fate: Fate, write: impl FnOnce(&mut RowWriter<'_>)) {
        let start = self.text.len();
        let row = Row { pair, fate, asked: Vec::new(), answered: start..start, whole: start..start };
        let mut writer = RowWriter { file: self, row };
        write(&mut writer);
        let mut row = writer.row;
        // A row does not end in the line behind it.
        row.whole.end = start + self.text[start..].trim_end().len();
        self.rows.push(row);
    }

    /// Writes a text; where it stands.
    pub fn value(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        let written = (self.escape)(&mut self.numbers, text);
        self.text.push_str(&written);
        start..self.text.len()
    }

    /// The rows of a list, a comma between them.
    pub fn rows(&mut self, pairs: Vec<Pair>, between: &str, write: impl Fn(&mut RowWriter<'_>)) {
        for (at, pair) in pairs.into_iter().enumerate() {
            if at > 0 {
                self.put(between);
            }
            self.row(pair, Fate::Found, &write);
        }
    }

    /// The bytes of the file, and where each character stands in them.
    pub fn encoded(&self) -> Encoded {
        let mut bytes = match self.coding {
            Coding::Utf8 | Coding::Latin => Vec::new(),
            Coding::Marked => "\u{feff}".as_bytes().to_vec(),
            Coding::Utf16Le => vec![0xff, 0xfe],
            Coding::Utf16Be => vec![0xfe, 0xff],
        };
        let mut places = Vec::with_capacity(self.text.len() + 1);
        for (at, letter) in self.text.char_indices() {
            places.push((at, bytes.len()));
            let mut units = [0; 2];
            let units = letter.encode_utf16(&mut units).iter();
            match self.coding {
                // A letter for private use stands for a byte that is no text.
                _ if letter == NO_TEXT => bytes.push(0xff),
                Coding::Utf8 | Coding::Marked => bytes.extend(letter.encode_utf8(&mut [0; 4]).as_bytes()),
                Coding::Utf16Le => units.for_each(|unit| bytes.extend(unit.to_le_bytes())),
                Coding::Utf16Be => units.for_each(|unit| bytes.extend(unit.to_be_bytes())),
                Coding::Latin => {
                    let letter = letter.to_string();
                    let (latin, _, lost) = encoding_rs::WINDOWS_1252.encode(&letter);
                    assert!(!lost, "{letter:?} is in no Latin file");
                    bytes.extend(&*latin);
                }
            }
        }
        places.push((self.text.len(), bytes.len()));
        Encoded { bytes, places }
    }
}

/// Stands for a byte that is in no UTF-8.
pub const NO_TEXT: char = '\u{e000}';

/// The bytes of a file.
pub struct Encoded {
    pub bytes: Vec<u8>,
    places: Vec<(usize, usize)>,
}

impl Encoded {
    /// The place in the text of a range of bytes, if it begins and ends between characters.
    pub fn in_text(&self, bytes: &Range<usize>) -> Option<Range<usize>> {
        let place = |byte: usize| {
            let found = self.places.binary_search_by_key(&byte, |(_, place)| *place).ok()?;
            Some(self.places[found].0)
        };
        Some(place(bytes.start)?..place(bytes.end)?)
    }
}

impl RowWriter<'_> {
    pub fn put(&mut self, text: &str) {
        self.file.text.push_str(text);
    }

    pub fn question(&mut self) {
        self.phrasing(0);
    }

    /// The question and its alternates by number.
    pub fn phrasing(&mut self, at: usize) {
        let text = if at == 0 { self.row.pair.question.clone() } else { self.row.pair.others[at - 1].clone() };
        let range = self.file.value(&text);
        self.row.asked.push(range);
    }

    pub fn answer(&mut self) {
        let text = self.row.pair.answer.clone();
        self.row.answered = self.file.value(&text);
    }

    /// The answer, which is cited where it was written first.
    pub fn answer_again(&mut self, first: bool) {
        let before = self.row.answered.clone();
        self.answer();
        if !first {
            self.row.answered = before;
        }
    }

    /// Puts what is written into the quotes of a cell.
    pub fn quoted(&mut self, write: impl FnOnce(&mut Self)) {
        let start = self.file.text.len();
        write(self);
        let text = self.file.text.split_off(start);
        let moved = |at: usize| start + 1 + at - start + text[..at - start].matches('"').count();
        for range in self.row.asked.iter_mut().chain([&mut self.row.answered]).filter(|range| range.start >= start) {
            *range = moved(range.start)..moved(range.end);
        }
        self.put(&format!("\"{}\"", text.replace('"', "\"\"")));
    }

    /// The answer as another format writes it within this one.
    pub fn answer_as(&mut self, inner: Escape) {
        let text = inner(&mut self.file.numbers, &self.row.pair.answer);
        self.row.answered = self.file.value(&text);
    }

    /// How many phrasings there are.
    pub fn count(&self) -> usize {
        1 + self.row.pair.others.len()
    }

    /// The alternates, each between two marks.
    pub fn others(&mut self, before: &str, between: &str, after: &str) {
        self.phrasings(1, before, between, after);
    }

    /// The question and its alternates, each between two marks.
    pub fn all(&mut self, before: &str, between: &str, after: &str) {
        self.phrasings(0, before, between, after);
    }

    fn phrasings(&mut self, from: usize, before: &str, between: &str, after: &str) {
        for at in from..self.count() {
            if at > from {
                self.put(between);
            }
            self.put(before);
            self.phrasing(at);
            self.put(after);
        }
    }
}
