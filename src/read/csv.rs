//! CSV and TSV: a question with its answer in each row, streamed.

mod cells;
mod columns;
mod groups;
mod records;
mod sniff;

use super::{
    Found, Reader, Reading, Sink, SourceFile,
    encoding::{encoding_of, read_whole},
    rows::Rows,
};
use crate::{
    error::Result,
    model::{Lines, SourceText},
};
use columns::Columns;
use groups::Groups;
use records::{Next, Record, Records};
use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
};

/// Reads `.csv` and `.tsv`; `docs/formats.md` has the columns.
pub struct Csv;

/// How much of a file tells its delimiter, in bytes.
const HEAD: usize = 64 << 10;

impl Reader for Csv {
    fn extensions(&self) -> &'static [&'static str] {
        &["csv", "tsv", "tab"]
    }

    fn read(&self, file: &SourceFile, reading: &Reading, sink: &mut Sink<'_>) -> Result<()> {
        let start = match Start::of(file) {
            Ok(start) => start,
            Err(reason) => return sink(Found::Skipped(file.note(None, reason))),
        };
        if let Some(mut input) = start.utf8 {
            let Err(error) = input.seek(SeekFrom::Start(start.mark as u64)) else {
                return Table::new(file, reading, sink, None).read(input, start.mark, &start.head);
            };
            return sink(Found::Skipped(file.note(None, format!("cannot be read: {error}"))));
        }
        // In another encoding the file is read whole, to know every character's bytes.
        match read_whole(file, reading) {
            Ok(decoded) => {
                let text = decoded.text.plain().as_bytes();
                let head = &text[..text.len().min(HEAD)];
                Table::new(file, reading, sink, Some((&decoded.text, &decoded.lines))).read(text, 0, head)
            }
            Err(reason) => sink(Found::Skipped(file.note(None, reason))),
        }
    }
}

/// What is known of a file before its rows are read.
struct Start {
    /// The file, if it can be streamed.
    utf8: Option<File>,
    /// The length of its byte order mark.
    mark: usize,
    head: Vec<u8>,
}

impl Start {
    fn of(file: &SourceFile) -> Result<Self, String> {
        let unreadable = |error: io::Error| format!("cannot be read: {error}");
        let mut input = File::open(&file.path).map_err(unreadable)?;
        let mut head = Vec::new();
        input.by_ref().take(HEAD as u64).read_to_end(&mut head).map_err(unreadable)?;
        let (encoding, mark) = encoding_of(&head)?;
        // Without a mark or zeros in it, what is no UTF-8 in the head may be a character that is cut, or a bad row.
        let utf8 = if encoding.is_ascii_compatible() && (mark > 0 || is_utf8(&mut input).map_err(unreadable)?) {
            Some(input)
        } else {
            None
        };
        head.drain(..mark);
        Ok(Self { utf8, mark, head })
    }
}

/// Whether a file is UTF-8, but for a few rows at most: what is no ASCII in it is right nearly always.
fn is_utf8(input: &mut File) -> io::Result<bool> {
    input.seek(SeekFrom::Start(0))?;
    let mut buffer = vec![0; 256 << 10];
    let (mut kept, mut right, mut wrong) = (0, 0u64, 0u64);
    loop {
        let read = input.read(&mut buffer[kept..])?;
        let filled = kept + read;
        kept = 0;
        for chunk in buffer[..filled].utf8_chunks() {
            let valid = chunk.valid();
            right += valid.bytes().filter(|byte| *byte >= 0xc0).count() as u64;
            let bad = chunk.invalid();
            let cut = !bad.is_empty() && bad.as_ptr_range().end == buffer[..filled].as_ptr_range().end && read > 0;
            if cut { kept = bad.len() } else { wrong += u64::from(!bad.is_empty()) }
        }
        if read == 0 {
            return Ok(wrong * 10 <= right);
        }
        buffer.copy_within(filled - kept..filled, 0);
    }
}

/// A table under way.
struct Table<'a, 'sink> {
    file: &'a SourceFile,
    limit: usize,
    rows: Rows<'a, 'sink>,
    /// The text that is read and the lines of its file, if it had to be decoded.
    outer: Option<(&'a SourceText, &'a Lines)>,
}

impl<'a, 'sink> Table<'a, 'sink> {
    fn new(
        file: &'a SourceFile,
        reading: &'a Reading,
        sink: &'a mut Sink<'sink>,
        outer: Option<(&'a SourceText, &'a Lines)>,
    ) -> Self {
        Self { file, limit: reading.record_limit, rows: Rows::new(file, reading, sink), outer }
    }

    fn read(mut self, input: impl Read, mark: usize, head: &[u8]) -> Result<()> {
        let extension = self.file.path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let dialect = sniff::dialect(head, head.len() < HEAD - mark, !extension.eq_ignore_ascii_case("csv"));
        let mut records = Records::new(input, mark, dialect, self.limit);
        let mut columns: Option<Columns> = None;
        let mut groups = Groups::default();
        loop {
            match records.next() {
                Next::Record(record) => match &columns {
                    Some(columns) => self.record(&record, columns, &mut groups)?,
                    None if record.is_blank() => {}
                    None => match Columns::of(&record, dialect) {
                        Ok(found) => {
                            self.rows.recognised(found.describe())?;
                            if !found.has_header() {
                                self.record(&record, &found, &mut groups)?;
                            }
                            columns = Some(found);
                        }
                        Err(reason) => return self.rows.skip(self.line(&record), reason),
                    },
                },
                Next::Broken { line, reason } => self.rows.skip(line, reason)?,
                Next::End => break,
            }
        }
        while let Some(group) = groups.next() {
            self.add(group)?;
        }
        if columns.is_none() {
            self.rows.tell(None, "has no text");
        }
        self.rows.finish()
    }

    fn line(&self, record: &Record) -> usize {
        self.lines(record).first()
    }

    fn lines(&self, record: &Record) -> Lines {
        match self.outer {
            Some((text, lines)) => lines.within(&text.span(record.range.clone()).hull().unwrap_or(0..0)),
            None => Lines::new(record.line, record.starts.clone()),
        }
    }

    fn record(&mut self, record: &Record, columns: &Columns, groups: &mut Groups) -> Result<()> {
        let lines = self.lines(record);
        let read = match columns.row(record) {
            Ok(Some(read)) => read,
            Ok(None) => return Ok(()),
            Err(reason) => return self.rows.skip(lines.first(), reason),
        };
        for what in read.told {
            self.rows.tell(lines.first(), what);
        }
        let id = columns.group(&read.row);
        let is_named = read.row.document.is_some();
        let group = groups::Group { id, row: read.row, range: record.range.clone(), lines };
        let (done, apart) = groups.take(group, &record.starts);
        if apart && is_named {
            self.rows.tell(
                record.line,
                "rows with one `QnaId` stand far apart and are several documents: put them together",
            );
        }
        done.into_iter().try_for_each(|group| self.add(group))
    }

    fn add(&mut self, group: groups::Group) -> Result<()> {
        let lines = match self.outer {
            Some((text, lines)) => lines.within(&text.span(group.range).hull().unwrap_or(0..0)),
            None => group.lines,
        };
        self.rows.add(group.row, lines, self.outer.map(|(text, _)| text))
    }
}

#[cfg(test)]
mod tests;
