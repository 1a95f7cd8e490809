//! What every reader promises, whatever bytes a file has: all fuzz targets are this one function.

mod documents;

use faqt::{
    model::{Article, Counted, Excerpt},
    read::{Found, Note, Reading, SourceFile, encoding::encoding_of, reader_for},
    split::split,
};
use std::{fs, path::PathBuf, sync::LazyLock};
use tempfile::TempDir;

pub use libfuzzer_sys;

/// The target of a reader: its files have this extension, or one after another all of these.
#[macro_export]
macro_rules! reader {
    ($($extension:literal),+) => {
        $crate::libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
            $($crate::check($extension, bytes);)+
        });
    };
}

/// A folder of this process alone: some readers look into the folder of their file.
static FOLDER: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a folder for the file"));
static READING: LazyLock<Reading> = LazyLock::new(Reading::default);

/// Reads `bytes` as a file with this extension, splits what comes of it, and panics where a promise is broken.
pub fn check(extension: &str, bytes: &[u8]) {
    let bytes = &*documents::packed(extension, bytes);
    let file = write(extension, bytes);
    let reader = reader_for(&file).expect("a reader for the extension");
    let starts = line_starts(bytes);
    let mut found_anything = false;
    let mut sink = |found| {
        found_anything = true;
        match found {
            Found::Article(article) => check_article(&article, bytes, &starts),
            Found::Skipped(note) | Found::Recognised(note) | Found::Warning(note) | Found::Nothing(note) => {
                check_note(&note, starts.len());
            }
        }
        Ok(())
    };
    reader.read(&file, &READING, &mut sink).expect("the sink takes everything");
    assert!(found_anything, "nothing was found and nothing was said");
}

fn write(extension: &str, bytes: &[u8]) -> SourceFile {
    let path: PathBuf = FOLDER.path().join(format!("file.{extension}"));
    fs::write(&path, bytes).expect("the file can be written");
    SourceFile { source: format!("corpus/file.{extension}"), size: bytes.len() as u64, path }
}

/// Where the lines of a file begin. Only in UTF-16 are line feeds more than the byte 10.
fn line_starts(bytes: &[u8]) -> Vec<usize> {
    let wide = encoding_of(bytes).ok().filter(|(encoding, _)| !encoding.is_ascii_compatible());
    let ends: Vec<usize> = match wide {
        Some((encoding, mark)) => {
            let feed: [u8; 2] = if encoding.name() == "UTF-16LE" { [10, 0] } else { [0, 10] };
            let pairs = bytes[mark..].chunks_exact(2).enumerate();
            pairs.filter(|(_, pair)| *pair == feed).map(|(at, _)| mark + at * 2 + 2).collect()
        }
        None => bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1).collect(),
    };
    [0].into_iter().chain(ends).collect()
}

fn check_note(note: &Note, lines: usize) {
    assert!(!note.reason.trim().is_empty(), "a note without a reason");
    assert!(note.line.is_none_or(|line| (1..=lines).contains(&line)), "no such line of {lines}: {note:?}");
}

fn check_article(article: &Article, bytes: &[u8], starts: &[usize]) {
    // In a document the text that is taken out of it is what the map points into.
    let bytes = if article.lines.counted() == Counted::Line { bytes } else { article.text.plain().as_bytes() };
    assert_eq!(article.text.first_difference(bytes), None, "the map of the text is wrong");
    let mut end = 0;
    for block in &article.blocks {
        assert!(block.range.start >= end && block.range.start <= block.range.end, "blocks out of order: {block:?}");
        assert!(article.text.plain().get(block.range.clone()).is_some(), "not a part of the text: {block:?}");
        end = block.range.end;
    }
    for unit in split(article, &READING.sections) {
        assert!(!unit.text.plain().is_empty(), "a unit without words: {unit:?}");
        unit.excerpts().for_each(|excerpt| check_excerpt(excerpt, bytes, starts));
    }
}

fn check_excerpt(excerpt: &Excerpt, bytes: &[u8], starts: &[usize]) {
    assert_eq!(excerpt.plain(), excerpt.plain().trim());
    assert_eq!(excerpt.text().first_difference(bytes), None, "the map of a unit is wrong: {excerpt:?}");
    let ranges = excerpt.span(excerpt.all()).ranges;
    assert!(!ranges.is_empty(), "stands nowhere: {excerpt:?}");
    let mut end = 0;
    for range in &ranges {
        assert!(range.start >= end && range.start < range.end && range.end <= bytes.len(), "no span: {ranges:?}");
        end = range.end;
    }
    if excerpt.counted() != Counted::Line {
        return;
    }
    let line = |at: usize| starts.partition_point(|start| *start <= at);
    let counted = [line(ranges[0].start), line(end - 1)];
    assert_eq!(excerpt.lines(excerpt.all()), counted, "lines of {excerpt:?}");
}
