//! From a corpus to a published generation.

use super::{
    Write,
    generation::{self, Unfinished},
    lock::BuildLock,
    manifest::{Corpus, CorpusFile, FORMAT, Manifest, Summary, checksum},
    writer::{AnalyzedUnit, EmbeddedWriter},
};
use crate::{
    analyze::FINGERPRINT,
    error::{Error, Result},
    model::{Article, Place, Unit, UnitKind},
    read::{
        Found, Reading, SourceFile, known_extensions, reader_for,
        walk::{Walk, walk},
    },
    split::{Ids, split},
};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

/// How much text is split and analyzed at once, over all threads. In bytes.
const BATCH: usize = 4 << 20;

/// What to build, and how.
#[derive(Debug, Clone)]
pub struct BuildOptions {
    /// Files and folders of the corpus.
    pub corpus: Vec<PathBuf>,
    /// The folder of the index.
    pub index: PathBuf,
    /// Build even if nothing has changed.
    pub rebuild: bool,
    /// How files are read.
    pub reading: Reading,
}

impl BuildOptions {
    /// Builds `corpus` into `index` with the default settings.
    pub fn new(corpus: impl Into<PathBuf>, index: impl Into<PathBuf>) -> Self {
        Self { corpus: vec![corpus.into()], index: index.into(), rebuild: false, reading: Reading::default() }
    }
}

/// What came of a build.
#[derive(Debug, Clone, PartialEq)]
pub struct Built {
    /// What was found in the corpus.
    pub summary: Summary,
    /// Whether the index was up to date and nothing was done.
    pub unchanged: bool,
}

/// Told how far a build has come.
pub trait Progress {
    /// The corpus has `bytes` bytes in all.
    fn start(&self, bytes: u64);
    /// The file `source` comes next, `bytes` bytes are done.
    fn file(&self, source: &str, bytes: u64);
    /// Everything is read; the index is being written.
    fn writing(&self);
}

/// Tells nobody.
pub struct Silent;

impl Progress for Silent {
    fn start(&self, _: u64) {}
    fn file(&self, _: &str, _: u64) {}
    fn writing(&self) {}
}

/// Builds an index and publishes it. An index that is up to date is left as it is.
///
/// # Errors
/// When the corpus cannot be walked or has nothing to index, another process builds, or the disk refuses.
/// The generation before stays in force then.
pub fn build(options: &BuildOptions, progress: &dyn Progress) -> Result<Built> {
    let walk = walk(&options.corpus, &options.index)?;
    if let Some(summary) = up_to_date(options, &walk) {
        return Ok(Built { summary, unchanged: true });
    }
    fs::create_dir_all(&options.index).map_err(Error::io("cannot create", &options.index))?;
    let _lock = BuildLock::take(&options.index)?;
    let unfinished = Unfinished::begin(&options.index)?;
    let mut build = Build::begin(options, &unfinished)?;
    build.summary.skipped = walk.skipped;
    progress.start(walk.files.iter().map(|file| file.size).sum());
    let mut files = Vec::new();
    let mut done = 0;
    for file in &walk.files {
        progress.file(&file.source, done);
        if build.read(file)? {
            files.push(corpus_file(file));
        }
        done += file.size;
    }
    build.flush()?;
    build.name_unknown();
    progress.writing();
    let corpus = Corpus { roots: roots(options), settings: settings(options), files, summary: Summary::default() };
    let summary = build.publish(&unfinished, corpus)?;
    Ok(Built { summary, unchanged: false })
}

fn roots(options: &BuildOptions) -> Vec<PathBuf> {
    options.corpus.iter().map(|root| root.canonicalize().unwrap_or_else(|_| root.clone())).collect()
}

/// What besides the files decides what comes out of them.
fn settings(options: &BuildOptions) -> String {
    let text = format!("{:?}", options.reading);
    format!("{FORMAT} {FINGERPRINT} {}", blake3::hash(text.as_bytes()).to_hex())
}

/// A file that cannot be read, which its reader has reported, has no checksum.
fn corpus_file(file: &SourceFile) -> CorpusFile {
    let (bytes, blake3) = checksum(&file.path).unwrap_or((file.size, String::new()));
    let modified = modified(&file.path);
    CorpusFile { source: file.source.clone(), path: file.path.clone(), bytes, modified, blake3 }
}

fn modified(path: &Path) -> u128 {
    let time = fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    time.and_then(|time| time.duration_since(UNIX_EPOCH).ok()).map_or(0, |since| since.as_nanos())
}

/// The summary of the index in force, if it was made of these files as they are, with these settings.
fn up_to_date(options: &BuildOptions, walk: &Walk) -> Option<Summary> {
    if options.rebuild {
        return None;
    }
    let folder = generation::current(&options.index).ok()?;
    generation::manifest(&options.index, &folder).ok()?;
    let corpus = generation::corpus(&options.index).ok()?;
    let read: Vec<_> = walk.files.iter().filter(|file| reader_for(file).is_some()).collect();
    let same = corpus.settings == settings(options)
        && corpus.roots == roots(options)
        && corpus.files.len() == read.len()
        && corpus.files.iter().zip(read).all(|(known, file)| is_same(known, file));
    same.then_some(corpus.summary)
}

/// Size and time tell; only a file with another time is read to compare. One that could not be read is
/// the same as long as it still cannot.
fn is_same(known: &CorpusFile, file: &SourceFile) -> bool {
    if known.source != file.source || known.path != file.path {
        return false;
    }
    if known.blake3.is_empty() {
        return checksum(&file.path).is_err();
    }
    known.bytes == file.size
        && (known.modified == modified(&file.path)
            || checksum(&file.path).is_ok_and(|(_, blake3)| blake3 == known.blake3))
}

/// A build under way.
struct Build<'a> {
    options: &'a BuildOptions,
    writer: EmbeddedWriter,
    folder: PathBuf,
    ids: Ids,
    waiting: Vec<Article>,
    waiting_bytes: usize,
    summary: Summary,
    languages: BTreeSet<String>,
    /// Where each answer was first given, by its words: source and place.
    said: FxHashMap<u64, (String, Place)>,
    unknown: BTreeMap<String, usize>,
}

impl<'a> Build<'a> {
    fn begin(options: &'a BuildOptions, unfinished: &Unfinished) -> Result<Self> {
        let folder = unfinished.folder();
        Ok(Self {
            options,
            writer: EmbeddedWriter::create(&folder)?,
            folder,
            ids: Ids::default(),
            waiting: Vec::new(),
            waiting_bytes: 0,
            summary: Summary::default(),
            languages: BTreeSet::new(),
            said: FxHashMap::default(),
            unknown: BTreeMap::new(),
        })
    }

    /// Reads a file; false if no reader knows its kind.
    fn read(&mut self, file: &SourceFile) -> Result<bool> {
        let Some(reader) = reader_for(file) else {
            let extension = file
                .path
                .extension()
                .map_or_else(|| "no extension".to_owned(), |name| format!(".{}", name.to_string_lossy()));
            *self.unknown.entry(extension).or_default() += 1;
            return Ok(false);
        };
        let reading = &self.options.reading;
        reader.read(file, reading, &mut |found| self.take(found))?;
        self.summary.files += 1;
        Ok(true)
    }

    fn take(&mut self, found: Found) -> Result<()> {
        match found {
            Found::Skipped(note) => self.summary.skipped.push(note),
            Found::Recognised(note) => self.summary.recognised.push(note),
            Found::Warning(note) => self.summary.warnings.push(note),
            Found::Article(article) => {
                self.summary.articles += 1;
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

    /// Splits and analyzes what waits, on all threads, and adds it in order.
    fn flush(&mut self) -> Result<()> {
        let articles = std::mem::take(&mut self.waiting);
        self.waiting_bytes = 0;
        let names = &self.options.reading.sections;
        let split: Vec<Vec<Unit>> = articles.par_iter().map(|article| split(article, names)).collect();
        let mut units: Vec<Unit> = split.into_iter().flatten().collect();
        for unit in &mut units {
            self.ids.assign(unit);
        }
        let analyzed: Vec<Result<AnalyzedUnit>> = units.into_par_iter().map(AnalyzedUnit::of).collect();
        analyzed.into_iter().try_for_each(|unit| self.add(unit?))
    }

    fn add(&mut self, unit: AnalyzedUnit) -> Result<()> {
        *self.summary.units.entry(unit.unit.kind.name().to_owned()).or_default() += 1;
        self.languages.extend(unit.unit.about.language.clone());
        self.note_duplicate(&unit);
        self.writer.add(unit)
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
            let here = place.line().map_or_else(|| format!("{place} "), |_| String::new());
            let reason = format!("{here}says the same as {there}");
            self.summary.warnings.push(crate::read::Note { source: source.clone(), line: place.line(), reason });
        } else {
            self.said.insert(hasher.finish(), (source.clone(), place));
        }
    }

    /// Names the kinds of files that no reader knows, each once.
    fn name_unknown(&mut self) {
        for (extension, count) in std::mem::take(&mut self.unknown) {
            let files = if count == 1 { "file" } else { "files" };
            let reason = format!("{count} {files} with {extension} left out; known are {}", known_extensions());
            self.summary.warnings.push(crate::read::Note { source: String::new(), line: None, reason });
        }
    }

    fn publish(self, unfinished: &Unfinished, mut corpus: Corpus) -> Result<Summary> {
        let mut summary = self.summary;
        if summary.units.is_empty() {
            let names: Vec<_> = self.options.corpus.iter().map(|root| format!("`{}`", root.display())).collect();
            return Err(Error::CorpusEmpty { corpus: names.join(", "), formats: known_extensions() });
        }
        for kind in UnitKind::ALL {
            summary.units.entry(kind.name().to_owned()).or_default();
        }
        let statistics = self.writer.finish(&self.folder)?;
        let manifest = Manifest {
            format: FORMAT,
            analysis: FINGERPRINT.to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            statistics,
            languages: self.languages.into_iter().collect(),
            files: Vec::new(),
        };
        corpus.summary = summary.clone();
        unfinished.publish(manifest, &corpus)?;
        Ok(summary)
    }
}
