//! Proves the index against the files: checksums, and every unit's bytes, lines and words.

use super::{
    Search, UnitNo, generation,
    manifest::{Corpus, CorpusFile, Manifest, checksum},
    reader::EmbeddedIndex,
};
use crate::{
    error::Result,
    model::{Counted, Excerpt, Place, Unit},
    read::{Found, Reading, SourceFile, reader_for},
    split::{Ids, split},
};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::{fmt, fs, path::Path};

/// Something that is not as the index has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The kind of difference.
    pub kind: DifferenceKind,
    /// The source, or the file of the index.
    pub source: String,
    /// The line that the index has, counted from 1, where there is one.
    pub line: Option<usize>,
    /// The paragraph, of a document that has no lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<usize>,
    /// The page, of a document that has pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<usize>,
    /// What is different.
    pub what: String,
}

/// The kinds of differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DifferenceKind {
    /// A file of the index is missing or not what was written.
    Damaged,
    /// A source, or what stands at a place of it, is another than when it was read.
    Changed,
    /// A source, or a text of it, is not there any more.
    Missing,
    /// A text stands at another place now.
    Moved,
}

/// What was checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Number of source files.
    pub files: usize,
    /// Number of units.
    pub units: usize,
    /// What is not as the index has it; empty if everything is.
    pub differences: Vec<Difference>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            DifferenceKind::Damaged => "damaged",
            DifferenceKind::Changed => "changed",
            DifferenceKind::Missing => "missing",
            DifferenceKind::Moved => "moved",
        };
        write!(f, "{kind} {}", self.source)?;
        match (self.line, self.paragraph, self.page) {
            (Some(line), ..) => write!(f, ":{line}")?,
            (_, Some(paragraph), _) => write!(f, ", paragraph {paragraph}")?,
            (.., Some(page)) => write!(f, ", page {page}")?,
            _ => {}
        }
        write!(f, ": {}", self.what)
    }
}

impl Difference {
    fn new(kind: DifferenceKind, source: String, place: Option<Place>, what: String) -> Self {
        let first = |counted| Some(place?.of(counted)?[0]);
        let (paragraph, page) = (first(Counted::Paragraph), first(Counted::Page));
        Self { kind, source, line: first(Counted::Line), paragraph, page, what }
    }
}

/// Checks the index in a folder against itself and its corpus. The settings are those of the build.
///
/// # Errors
/// When there is no index that this program can open at all.
pub fn verify(index: &Path, reading: &Reading) -> Result<Verified> {
    let folder = generation::current(index)?;
    let manifest = generation::manifest(index, &folder)?;
    let mut verified = Verified { differences: damaged_files(&folder, &manifest), ..Verified::default() };
    if !verified.differences.is_empty() {
        return Ok(verified);
    }
    let corpus: Corpus = generation::corpus(index)?;
    let search = EmbeddedIndex::open(&folder, manifest.statistics)?;
    let mut next: UnitNo = 0;
    for file in &corpus.files {
        let mut units = Vec::new();
        while (next as usize) < search.len() {
            let unit = search.unit(next)?;
            if unit.source != file.source {
                break;
            }
            units.push(unit);
            next += 1;
        }
        verified.files += 1;
        verified.units += units.len();
        Check { file, reading, differences: &mut verified.differences }.run(&units);
    }
    Ok(verified)
}

fn damaged_files(folder: &Path, manifest: &Manifest) -> Vec<Difference> {
    let damaged = |file: &super::manifest::FileSum| {
        let path = folder.join(&file.path);
        let what = match checksum(&path) {
            Ok((_, blake3)) if blake3 == file.blake3 => return None,
            Ok(_) => "is not what was written; run `faqt index --rebuild`".to_owned(),
            Err(error) => error.to_string(),
        };
        Some(Difference::new(DifferenceKind::Damaged, path.display().to_string(), None, what))
    };
    manifest.files.iter().filter_map(damaged).collect()
}

/// The check of one source file.
struct Check<'a> {
    file: &'a CorpusFile,
    reading: &'a Reading,
    differences: &'a mut Vec<Difference>,
}

impl Check<'_> {
    fn run(&mut self, units: &[Unit]) {
        let bytes = match fs::read(&self.file.path) {
            Ok(bytes) => bytes,
            // It could not be read for the index either.
            Err(_) if self.file.blake3.is_empty() => return,
            Err(error) => {
                let kind = match error.kind() {
                    std::io::ErrorKind::NotFound => DifferenceKind::Missing,
                    _ => DifferenceKind::Changed,
                };
                return self.differ(kind, None, format!("`{}` cannot be read: {error}", self.file.path.display()));
            }
        };
        let changed = blake3::hash(&bytes).to_hex().as_str() != self.file.blake3;
        if changed {
            self.differ(
                DifferenceKind::Changed,
                None,
                "is another file than when it was indexed; run `faqt index`".to_owned(),
            );
        }
        let again = self.read_again(bytes.len() as u64);
        let starts = line_starts(&bytes);
        for unit in units {
            match again.get(&unit.id) {
                None => self.gone(unit, &again),
                Some(now) if now == unit => self.prove(unit, &bytes, &starts),
                Some(now) if is_in_the_same_place(now, unit) => {}
                Some(now) => {
                    let place =
                        place_of(now).map_or_else(|| "another place".to_owned(), |place| first(place).to_string());
                    let what = format!("`{}` stands in {place} now", beginning(unit));
                    self.differ(DifferenceKind::Moved, place_of(unit), what);
                }
            }
        }
    }

    /// The units of the file as it is now, read by the same reader.
    fn read_again(&self, size: u64) -> FxHashMap<String, Unit> {
        let file = SourceFile { path: self.file.path.clone(), source: self.file.source.clone(), size };
        let (mut units, mut ids) = (FxHashMap::default(), Ids::default());
        let Some(reader) = reader_for(&file) else { return units };
        let mut take = |found| {
            if let Found::Article(article) = found {
                for mut unit in split(&article, &self.reading.sections) {
                    ids.assign(&mut unit);
                    units.insert(unit.id.clone(), unit);
                }
            }
            Ok(())
        };
        // The sink above never fails, and the reader reports the rest as skipped: then units are missing.
        let _ = reader.read(&file, self.reading, &mut take);
        units
    }

    /// A unit that is not found again: other words stand in its place, or nothing does.
    fn gone(&mut self, unit: &Unit, again: &FxHashMap<String, Unit>) {
        let hull = unit.hull();
        let overlaps = |now: &&Unit| now.hull().start < hull.end && hull.start < now.hull().end;
        let instead = again.values().filter(|now| now.kind == unit.kind).filter(overlaps);
        if let Some(now) = instead.min_by_key(|now| now.hull().start) {
            let what = format!("`{}` reads otherwise now", beginning(unit));
            self.differ(DifferenceKind::Changed, first_other_place(unit, now), what);
        } else {
            self.differ(
                DifferenceKind::Missing,
                place_of(unit),
                format!("`{}` is not there any more", beginning(unit)),
            );
        }
    }

    /// Holds every excerpt against the bytes, whatever the reader says.
    fn prove(&mut self, unit: &Unit, bytes: &[u8], starts: &[usize]) {
        // Where a text was taken out of a document, its reader has done that again, and found the same.
        for excerpt in unit.excerpts().filter(|excerpt| excerpt.counted() == Counted::Line) {
            if let Some(range) = excerpt.text().first_difference(bytes) {
                let what = format!("bytes {} to {} are not `{}`", range.start, range.end, beginning(unit));
                self.differ(DifferenceKind::Changed, place_of(unit), what);
            }
            let hull = excerpt.span(excerpt.all()).hull().unwrap_or(0..0);
            let line = |offset: usize| starts.partition_point(|&start| start <= offset);
            let counted = [line(hull.start), line(hull.end.saturating_sub(1).max(hull.start))];
            if excerpt.lines(excerpt.all()) != counted && !has_other_line_breaks(bytes) {
                let what = format!("`{}` stands in lines {counted:?}", beginning(unit));
                self.differ(DifferenceKind::Moved, place_of(unit), what);
            }
        }
    }

    fn differ(&mut self, kind: DifferenceKind, place: Option<Place>, what: String) {
        self.differences.push(Difference::new(kind, self.file.source.clone(), place, what));
    }
}

/// Whether a unit of a document that has no lines says the same on the same page or in the same paragraph: how much
/// text is before it there is no matter.
fn is_in_the_same_place(now: &Unit, before: &Unit) -> bool {
    let same = |(now, before): (&Excerpt, &Excerpt)| {
        let place = now.place(now.all());
        now.plain() == before.plain() && place.line().is_none() && place == before.place(before.all())
    };
    now.excerpts().count() == before.excerpts().count()
        && now.excerpts().zip(before.excerpts()).all(same)
        && (&now.about, &now.heading, &now.anchor) == (&before.about, &before.heading, &before.anchor)
}

/// Offsets at which the lines begin, by the bytes alone.
fn line_starts(bytes: &[u8]) -> Vec<usize> {
    let breaks = bytes.iter().enumerate().filter(|&(_, &byte)| byte == b'\n').map(|(at, _)| at + 1);
    std::iter::once(0).chain(breaks).collect()
}

/// In UTF-16 a byte of 10 is not always a line break: there the reader's own count has to do.
fn has_other_line_breaks(bytes: &[u8]) -> bool {
    crate::read::encoding::encoding_of(bytes).is_ok_and(|(encoding, _)| !encoding.is_ascii_compatible())
}

fn place_of(unit: &Unit) -> Option<Place> {
    let excerpt: &Excerpt = unit.excerpts().next()?;
    Some(excerpt.place(excerpt.all()))
}

/// The first line, paragraph or page of a place.
fn first(place: Place) -> Place {
    let [first, _] = place.numbers;
    Place { numbers: [first, first], ..place }
}

/// The place at which the words of `now` part from those of `before`.
fn first_other_place(before: &Unit, now: &Unit) -> Option<Place> {
    for (old, new) in before.excerpts().zip(now.excerpts()) {
        let pairs = old.plain().bytes().zip(new.plain().bytes());
        let same = pairs.take_while(|(left, right)| left == right).count();
        if old.plain() != new.plain() {
            return Some(new.place(same..(same + 1).min(new.plain().len())));
        }
    }
    place_of(now)
}

fn beginning(unit: &Unit) -> String {
    let text = unit.question().unwrap_or_else(|| unit.text.plain());
    text.chars().take(60).map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}
