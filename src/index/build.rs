//! From a corpus to a published generation.

use super::{
    Search as _, Write as _,
    generation::{self, Unfinished},
    intake::Intake,
    lock::BuildLock,
    manifest::{Corpus, CorpusFile, FORMAT, Manifest, checksum, modified},
    reader::EmbeddedIndex,
    report::Summary,
    synonyms,
    writer::{AnalyzedUnit, EmbeddedWriter},
};
use crate::{
    analyze::FINGERPRINT,
    ask::vocabulary::Vocabulary,
    error::{Error, Result},
    learn::{LearnOptions, fitted::Fitted, learn},
    model::UnitKind,
    read::{
        Reading, SourceFile, known_extensions, reader_for,
        walk::{Walk, walk},
    },
};
use std::{collections::BTreeSet, fs, path::PathBuf};

/// What to build, and how.
#[derive(Debug, Clone)]
pub struct BuildOptions {
    /// Files and folders of the corpus.
    pub corpus: Vec<PathBuf>,
    /// The folder of the index.
    pub index: PathBuf,
    /// Build even if nothing has changed.
    pub rebuild: bool,
    /// A list of synonyms beside those of the corpus folders.
    pub synonyms: Option<PathBuf>,
    /// How files are read.
    pub reading: Reading,
    /// How the corpus is learnt from.
    pub learn: LearnOptions,
    /// Whether the weights beside the corpus are taken in, which labelled questions gave; see [`Fitted`].
    pub fitted: bool,
}

impl BuildOptions {
    /// Builds `corpus` into `index` with the default settings.
    pub fn new(corpus: impl Into<PathBuf>, index: impl Into<PathBuf>) -> Self {
        Self {
            corpus: vec![corpus.into()],
            index: index.into(),
            rebuild: false,
            synonyms: None,
            reading: Reading::default(),
            learn: LearnOptions::default(),
            fitted: true,
        }
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
    let walk = files_of(options)?;
    let fitted = fitted(options)?;
    let settings = settings(options, fitted.as_ref());
    if let Some(summary) = up_to_date(options, &settings, &walk) {
        return Ok(Built { summary, unchanged: true });
    }
    fs::create_dir_all(&options.index).map_err(Error::io("cannot create", &options.index))?;
    let _lock = BuildLock::take(&options.index)?;
    let unfinished = Unfinished::begin(&options.index)?;
    let folder = unfinished.folder();
    let mut writer = EmbeddedWriter::create(&folder)?;
    let mut languages = BTreeSet::new();
    let mut files = Vec::new();
    let mut add = |unit: AnalyzedUnit| {
        languages.extend(unit.unit.about.language.clone());
        writer.add(unit)
    };
    let intake = Intake::new(&options.reading, &mut add);
    let (mut summary, rules) =
        intake.run(&walk.files, &walk.synonyms, progress, |file| files.push(corpus_file(file)))?;
    let lists = walk.synonyms.iter().map(corpus_file).collect();
    summary.skipped.splice(0..0, walk.skipped);
    if summary.units.is_empty() {
        return Err(nothing_to_index(options));
    }
    for kind in UnitKind::ALL {
        summary.units.entry(kind.name().to_owned()).or_default();
    }
    progress.writing();
    let languages: Vec<String> = languages.into_iter().collect();
    let statistics = writer.finish(&folder)?;
    synonyms::write(&folder, &rules)?;
    let (mut learned, mut report) = {
        let search = EmbeddedIndex::open(&folder, statistics.clone())?;
        learn(&search, &folder, &Vocabulary::of(&languages, search.lexicon(), rules), &options.learn)?
    };
    if let Some((path, fitted)) = &fitted {
        learned.take_in(fitted);
        report.fitted = path.file_name().map(|name| name.to_string_lossy().into_owned());
    }
    summary.learned = report;
    let manifest = Manifest {
        format: FORMAT,
        analysis: FINGERPRINT.to_owned(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        statistics,
        languages,
        learned,
        files: Vec::new(),
    };
    let roots = roots(options);
    unfinished.publish(manifest, &Corpus { roots, settings, files, lists, summary: summary.clone() })?;
    Ok(Built { summary, unchanged: false })
}

fn nothing_to_index(options: &BuildOptions) -> Error {
    let names: Vec<_> = options.corpus.iter().map(|root| format!("`{}`", root.display())).collect();
    Error::CorpusEmpty { corpus: names.join(", "), formats: known_extensions() }
}

fn roots(options: &BuildOptions) -> Vec<PathBuf> {
    options.corpus.iter().map(|root| root.canonicalize().unwrap_or_else(|_| root.clone())).collect()
}

/// The weights beside the corpus, and where they stand.
fn fitted(options: &BuildOptions) -> Result<Option<(PathBuf, Fitted)>> {
    match Fitted::path(&roots(options)) {
        Some(path) if options.fitted => Ok(Fitted::read(&path)?.map(|fitted| (path, fitted))),
        _ => Ok(None),
    }
}

/// What besides the files decides what comes out of them.
fn settings(options: &BuildOptions, fitted: Option<&(PathBuf, Fitted)>) -> String {
    let text = format!("{:?} {:?} {fitted:?}", options.reading, options.learn);
    format!("{FORMAT} {FINGERPRINT} {}", blake3::hash(text.as_bytes()).to_hex())
}

/// A file that cannot be read, which its reader has reported, has no checksum.
fn corpus_file(file: &SourceFile) -> CorpusFile {
    let (bytes, blake3) = checksum(&file.path).unwrap_or((file.size, String::new()));
    let modified = modified(&file.path);
    CorpusFile { source: file.source.clone(), path: file.path.clone(), bytes, modified, blake3 }
}

/// The summary of the index in force, if it was made of these files as they are, with these settings.
fn up_to_date(options: &BuildOptions, settings: &str, walk: &Walk) -> Option<Summary> {
    if options.rebuild {
        return None;
    }
    let folder = generation::current(&options.index).ok()?;
    generation::manifest(&options.index, &folder).ok()?;
    let corpus = generation::corpus(&options.index).ok()?;
    let read: Vec<_> = walk.files.iter().filter(|file| reader_for(file).is_some()).collect();
    let same = corpus.settings == settings
        && corpus.roots == roots(options)
        && are_same(&corpus.files, &read)
        && are_same(&corpus.lists, &walk.synonyms.iter().collect::<Vec<_>>());
    same.then_some(corpus.summary)
}

/// The files of the corpus, and the list of synonyms that the settings name.
pub(super) fn files_of(options: &BuildOptions) -> Result<Walk> {
    let mut walk = walk(&options.corpus, &options.index)?;
    if let Some(list) = &options.synonyms {
        let size = fs::metadata(list).map_err(Error::io("cannot read", list))?.len();
        let path = list.canonicalize().unwrap_or_else(|_| list.clone());
        walk.synonyms.push(SourceFile { path, source: list.display().to_string(), size });
    }
    Ok(walk)
}

fn are_same(known: &[CorpusFile], files: &[&SourceFile]) -> bool {
    known.len() == files.len() && known.iter().zip(files).all(|(known, file)| is_same(known, file))
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
