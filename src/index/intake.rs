//! From the files of a corpus to analyzed units, one batch after the other, with a report of all that was met.

use super::{
    build::Progress,
    report::{FileReport, Summary},
    synonyms,
    writer::AnalyzedUnit,
};
use crate::{
    analyze::{acronyms::Acronyms, synonyms::Rule},
    error::Result,
    model::{Article, Place, Unit},
    read::{Found, Note, Reading, SourceFile, known_extensions, reader_for},
    split::{Ids, split},
};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// How much text is split and analyzed at once, over all threads. In bytes.
const BATCH: usize = 4 << 20;

/// Extensions of files that hold files, or one file made small.
const ARCHIVES: [&str; 12] = ["zip", "tar", "gz", "tgz", "bz2", "tbz2", "xz", "txz", "zst", "7z", "rar", "lz4"];

/// So many files without questions are named.
const NAMED: usize = 3;

/// Takes the units in the order of the corpus.
pub type UnitSink<'a> = dyn FnMut(AnalyzedUnit) -> Result<()> + 'a;

/// Reads files and hands their units on.
pub struct Intake<'a> {
    reading: &'a Reading,
    sink: &'a mut UnitSink<'a>,
    ids: Ids,
    waiting: Vec<Article>,
    waiting_bytes: usize,
    summary: Summary,
    /// The file of the unit that came last, as a place in the reports of files.
    file: usize,
    /// Where each answer was first given, by its words: source and place.
    said: FxHashMap<u64, (String, Place)>,
    unknown: BTreeMap<String, usize>,
    /// Files of data that have no questions, and why none was found.
    nothing: Vec<Note>,
    acronyms: Acronyms,
}

impl<'a> Intake<'a> {
    /// An intake that hands every unit to `sink`.
    pub fn new(reading: &'a Reading, sink: &'a mut UnitSink<'a>) -> Self {
        Self {
            reading,
            sink,
            ids: Ids::default(),
            waiting: Vec::new(),
            waiting_bytes: 0,
            summary: Summary::default(),
            file: 0,
            said: FxHashMap::default(),
            unknown: BTreeMap::new(),
            nothing: Vec::new(),
            acronyms: Acronyms::default(),
        }
    }

    /// Reads the files in order and tells what was found, and which words stand for others, by these lists of synonyms
    /// and by what the articles explain. `read` is told of every file that has a reader, as soon as it was read.
    ///
    /// # Errors
    /// What the sinks return. Trouble with a file is part of the report.
    pub fn run(
        mut self,
        files: &[SourceFile],
        lists: &[SourceFile],
        progress: &dyn Progress,
        mut read: impl FnMut(&SourceFile),
    ) -> Result<(Summary, Vec<Rule>)> {
        let (mut rules, notes) = synonyms::read(lists, self.reading);
        self.summary.synonyms = rules.len();
        self.summary.warnings = notes;
        progress.start(files.iter().map(|file| file.size).sum());
        let mut done = 0;
        for file in files {
            progress.file(&file.source, done);
            if self.read(file)? {
                read(file);
            }
            done += file.size;
        }
        self.flush()?;
        self.name_unknown();
        self.name_nothing();
        self.summary.count_notes();
        rules.extend(self.acronyms.rules());
        self.summary.acronyms = (rules.len() - self.summary.synonyms) / 2;
        Ok((self.summary, rules))
    }

    /// Reads a file; false if no reader knows its kind.
    fn read(&mut self, file: &SourceFile) -> Result<bool> {
        let Some(reader) = reader_for(file) else {
            self.unknown(file);
            return Ok(false);
        };
        self.summary.files += 1;
        self.summary.by_file.push(FileReport { source: file.source.clone(), ..FileReport::default() });
        let reading = self.reading;
        reader.read(file, reading, &mut |found| self.take(found))?;
        Ok(true)
    }

    /// A file that no reader knows: an archive is named, others are counted.
    fn unknown(&mut self, file: &SourceFile) {
        let extension = file.path.extension().map(|name| name.to_string_lossy().to_lowercase());
        if extension.as_ref().is_some_and(|name| ARCHIVES.contains(&name.as_str())) {
            let note = file.note(None, "is an archive: unpack it, and index what comes out");
            return self.summary.skipped.push(note);
        }
        let kind = extension.map_or_else(|| "no extension".to_owned(), |name| format!(".{name}"));
        *self.unknown.entry(kind).or_default() += 1;
    }

    fn take(&mut self, found: Found) -> Result<()> {
        match found {
            Found::Skipped(note) => self.summary.skipped.push(note),
            Found::Recognised(note) => self.summary.recognised.push(note),
            Found::Warning(note) => self.summary.warnings.push(note),
            Found::Nothing(note) => self.nothing.push(note),
            Found::Article(article) => {
                self.summary.articles += 1;
                if let Some(file) = self.summary.by_file.last_mut() {
                    file.rows += 1;
                }
                let language = article.about.language.clone();
                *self.summary.languages.entry(language.unwrap_or_else(|| "unknown".to_owned())).or_default() += 1;
                self.waiting_bytes += article.text.len();
                self.waiting.push(*article);
                if self.waiting_bytes >= BATCH {
                    self.flush()?;
                }
            }
        }
        Ok(())
    }

    /// Splits and analyzes what waits, on all threads, and hands it on in order.
    fn flush(&mut self) -> Result<()> {
        let articles = std::mem::take(&mut self.waiting);
        self.waiting_bytes = 0;
        let names = &self.reading.sections;
        let split: Vec<Vec<Unit>> = articles.par_iter().map(|article| split(article, names)).collect();
        let mut units: Vec<Unit> = split.into_iter().flatten().collect();
        for unit in &mut units {
            self.ids.assign(unit);
        }
        let analyzed: Vec<Result<AnalyzedUnit>> = units.into_par_iter().map(AnalyzedUnit::of).collect();
        analyzed.into_iter().try_for_each(|unit| self.hand_on(unit?))
    }

    fn hand_on(&mut self, unit: AnalyzedUnit) -> Result<()> {
        let kind = unit.unit.kind.name();
        *self.summary.units.entry(kind.to_owned()).or_default() += 1;
        let files = &mut self.summary.by_file;
        while self.file + 1 < files.len() && files[self.file].source != unit.unit.source {
            self.file += 1;
        }
        if let Some(file) = files.get_mut(self.file) {
            *file.units.entry(kind.to_owned()).or_default() += 1;
        }
        self.note_duplicate(&unit);
        let texts = unit.unit.phrasings.iter().chain([&unit.unit.text]);
        texts.for_each(|text| self.acronyms.read(text.plain()));
        (self.sink)(unit)
    }

    fn note_duplicate(&mut self, unit: &AnalyzedUnit) {
        use std::hash::{BuildHasher as _, Hasher as _};
        let mut hasher = rustc_hash::FxBuildHasher.build_hasher();
        hasher.write_u64(unit.question_key().unwrap_or(0));
        unit.text_words().iter().for_each(|word| hasher.write(word.as_bytes()));
        let text = &unit.unit.text;
        let place = text.place(text.all());
        let source = &unit.unit.source;
        if let Some((first, there)) = self.said.get(&hasher.finish()) {
            self.summary.duplicates += 1;
            let there = there.line().map_or_else(|| format!("{first}, {there}"), |line| format!("{first}:{line}"));
            let verb = if place.numbers[0] == place.numbers[1] { "says" } else { "say" };
            let reason = match place.line() {
                Some(_) => format!("says the same as {there}"),
                None => format!("{place} {verb} the same as {there}"),
            };
            self.summary.warnings.push(Note { source: source.clone(), line: place.line(), reason });
        } else {
            self.said.insert(hasher.finish(), (source.clone(), place));
        }
    }

    /// Names the kinds of files that no reader knows, each once.
    fn name_unknown(&mut self) {
        for (extension, count) in std::mem::take(&mut self.unknown) {
            let files = if count == 1 { "file" } else { "files" };
            let reason = format!("{count} {files} with {extension} left out; known are {}", known_extensions());
            self.summary.warnings.push(Note { source: String::new(), line: None, reason });
        }
    }

    /// Names the files that have no questions, a line for each format: a folder may have many that are for programs.
    /// A file that was named itself, and so has no folder before its name, is told why.
    fn name_nothing(&mut self) {
        let mut formats: BTreeMap<&'static str, Vec<Note>> = BTreeMap::new();
        for note in std::mem::take(&mut self.nothing) {
            let is_yaml = [".yml", ".yaml"].iter().any(|end| note.source.to_lowercase().ends_with(end));
            if note.source.contains('/') {
                formats.entry(if is_yaml { "YAML" } else { "JSON" }).or_default().push(note);
            } else {
                self.summary.skipped.push(note);
            }
        }
        for (format, notes) in formats {
            let names: Vec<&str> = notes.iter().take(NAMED).map(|note| note.source.as_str()).collect();
            let more = if notes.len() > NAMED { ", …" } else { "" };
            let hold = if notes.len() == 1 { "file holds" } else { "files hold" };
            let reason = format!(
                "{} {format} {hold} no questions: {}{more}; `faqt show FILE` says what was looked for",
                notes.len(),
                names.join(", ")
            );
            self.summary.warnings.push(Note { source: String::new(), line: None, reason });
        }
    }
}
