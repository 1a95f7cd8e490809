//! The records of a table, each cell with its bytes, streamed.

use super::{
    super::rows::has_words,
    cells::{Cell, Quotes},
};
use csv_core::{ReadFieldResult, ReaderBuilder};
use std::{io, io::Read, ops::Range};

/// How much is read at once, in bytes.
const CHUNK: usize = 128 << 10;

/// How often the bytes of a largest record are read again to find the rows behind a stray quote.
const REREADS: usize = 8;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// What divides the cells of a row.
    pub delimiter: u8,
    /// Whether quotes hold cells together.
    pub quoting: bool,
}

/// A row of a table.
#[derive(Debug)]
pub struct Record {
    /// Where it stands, in bytes of what is read.
    pub range: Range<usize>,
    /// The line in which it begins.
    pub line: usize,
    /// Where lines begin within it.
    pub starts: Vec<usize>,
    /// Its cells.
    pub cells: Vec<Cell>,
}

impl Record {
    /// Whether no cell has words.
    pub fn is_blank(&self) -> bool {
        !self.cells.iter().any(|cell| has_words(&cell.text))
    }
}

/// What comes next.
pub enum Next {
    /// A row.
    Record(Record),
    /// A row that cannot be read.
    Broken {
        /// Where it begins.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// Nothing.
    End,
}

/// Reads records.
pub struct Records<R> {
    input: R,
    dialect: Dialect,
    core: csv_core::Reader,
    limit: usize,
    buffer: Vec<u8>,
    /// Where in the buffer the next record begins, and where in the file the buffer does.
    at: usize,
    base: usize,
    line: usize,
    ended: bool,
    failed: Option<io::Error>,
    /// How many bytes may still be read again.
    rereads: usize,
    output: Vec<u8>,
}

impl<R: Read> Records<R> {
    /// Reads what `input` has, which begins at `base` of its file.
    pub fn new(input: R, base: usize, dialect: Dialect, limit: usize) -> Self {
        let core = ReaderBuilder::new().delimiter(dialect.delimiter).quoting(dialect.quoting).build();
        Self {
            input,
            dialect,
            core,
            limit,
            buffer: Vec::new(),
            at: 0,
            base,
            line: 1,
            ended: false,
            failed: None,
            rereads: limit.saturating_mul(REREADS),
            output: vec![0; 4 << 10],
        }
    }

    /// The next record.
    pub fn next(&mut self) -> Next {
        self.forget();
        self.skip_line_breaks();
        if self.at >= self.buffer.len() {
            return match self.failed.take() {
                Some(error) => Next::Broken { line: self.line, reason: format!("cannot be read further: {error}") },
                None => Next::End,
            };
        }
        let (line, start) = (self.line, self.at);
        match self.cells() {
            Ok(Some((cells, end))) => {
                let starts = self.pass(end);
                let range = self.base + start..self.base + end;
                match bad_cell(&cells) {
                    Some(column) => {
                        let reason = format!("is not UTF-8 in column {column}: save the file as UTF-8");
                        Next::Broken { line, reason }
                    }
                    None => Next::Record(Record { range, line, starts, cells }),
                }
            }
            // Nothing but an empty record.
            Ok(None) => Next::End,
            Err((reason, read)) => self.recover(line, reason, read),
        }
    }

    /// Drops what has been read, now and then.
    fn forget(&mut self) {
        if self.at > self.buffer.len() / 2 && self.at >= CHUNK {
            self.buffer.drain(..self.at);
            self.base += self.at;
            self.at = 0;
        }
    }

    /// Reads more; false at the end.
    fn fill(&mut self) -> bool {
        if self.ended {
            return false;
        }
        let before = self.buffer.len();
        self.buffer.resize(before + CHUNK, 0);
        let mut read = self.input.read(&mut self.buffer[before..]);
        while matches!(&read, Err(error) if error.kind() == io::ErrorKind::Interrupted) {
            read = self.input.read(&mut self.buffer[before..]);
        }
        let length = match read {
            Ok(length) => length,
            Err(error) => {
                self.failed = Some(error);
                0
            }
        };
        self.buffer.truncate(before + length);
        self.ended = length == 0;
        length > 0
    }

    fn skip_line_breaks(&mut self) {
        loop {
            match self.buffer.get(self.at).copied() {
                Some(b'\n') => self.line += 1,
                Some(b'\r') => {}
                None if self.fill() => continue,
                Some(_) | None => return,
            }
            self.at += 1;
        }
    }

    /// The cells of the record that begins here, and where it ends; or what is wrong, and how much was read to know.
    #[allow(clippy::type_complexity)]
    fn cells(&mut self) -> Result<Option<(Vec<Cell>, usize)>, (String, usize)> {
        self.core.reset();
        let (mut cells, mut at, mut cell, mut filled) = (Vec::new(), self.at, self.at, 0);
        loop {
            if at - self.at > self.limit {
                return Err((self.too_large(), at - self.at));
            }
            // No input means the end to the parser, and here it may only be that of the buffer.
            if at == self.buffer.len() {
                self.fill();
            }
            let (result, read, written) = self.core.read_field(&self.buffer[at..], &mut self.output[filled..]);
            at += read;
            filled += written;
            match result {
                ReadFieldResult::InputEmpty => {}
                ReadFieldResult::OutputFull => self.output.resize(self.output.len() * 2, 0),
                ReadFieldResult::Field { record_end } => {
                    let raw = self.buffer.get(cell..at).unwrap_or_default();
                    let text = self.output.get(..filled).unwrap_or_default();
                    let (found, quotes) = Cell::new(raw, self.base + cell, text, self.dialect.quoting);
                    let unclosed = quotes == Quotes::Unclosed;
                    if unclosed || (quotes == Quotes::TextBehind && text.contains(&b'\n')) {
                        let reason = format!("a quote is left open in column {}", cells.len() + 1);
                        return Err((reason, at - self.at));
                    }
                    cells.push(found);
                    (cell, filled) = (at, 0);
                    if record_end && at - self.at > self.limit {
                        return Err((self.too_large(), at - self.at));
                    }
                    if record_end {
                        return Ok(Some((cells, at)));
                    }
                }
                ReadFieldResult::End => return Ok((!cells.is_empty()).then_some((cells, at))),
            }
        }
    }

    fn too_large(&self) -> String {
        let limit = self.limit;
        format!(
            "has more than {limit} bytes: a quote may be left open; else split it, or raise `max_record_bytes` in faqt.toml"
        )
    }

    /// Goes on behind a record; returns where lines begin in it.
    fn pass(&mut self, end: usize) -> Vec<usize> {
        let bytes = self.buffer.get(self.at..end).unwrap_or_default();
        let breaks = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let starts: Vec<usize> = breaks.map(|(index, _)| self.base + self.at + index + 1).collect();
        self.line += starts.len();
        self.at = end;
        starts
    }

    /// Goes on in the line behind the one in which a broken record begins.
    fn recover(&mut self, line: usize, reason: String, read: usize) -> Next {
        if read > self.rereads {
            self.at = self.buffer.len();
            self.ended = true;
            let reason = format!("{reason}; too many rows are so, and the rest of the file is left out");
            return Next::Broken { line, reason };
        }
        self.rereads -= read;
        loop {
            let rest = self.buffer.get(self.at..).unwrap_or_default();
            if let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
                self.at += end + 1;
                self.line += 1;
                break;
            }
            self.base += self.buffer.len();
            self.buffer.clear();
            self.at = 0;
            if !self.fill() {
                break;
            }
        }
        Next::Broken { line, reason }
    }
}

/// The first column whose cell is no text, counted from 1.
fn bad_cell(cells: &[Cell]) -> Option<usize> {
    cells.iter().position(|cell| !cell.is_text).map(|column| column + 1)
}
