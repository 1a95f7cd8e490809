//! What a generation says of itself: `manifest.json` for every start, `corpus.json` for rebuilds and checks.

use super::{report::Summary, statistics::Statistics};
use crate::{
    analyze::FINGERPRINT,
    error::{Error, Result},
    learn::Learned,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

/// Version of the files of a generation. Raise it with every change of them.
pub const FORMAT: u32 = 7;

/// Name of the manifest within a generation.
pub const MANIFEST_FILE: &str = "manifest.json";
/// Name of the list of source files within a generation.
pub const CORPUS_FILE: &str = "corpus.json";

/// What is needed to open a generation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`] of the program that made it.
    pub format: u32,
    /// [`FINGERPRINT`] of the analysis.
    pub analysis: String,
    /// Version of the program that made it.
    pub program: String,
    /// Counts over the units.
    pub statistics: Statistics,
    /// The languages of the units.
    pub languages: Vec<String>,
    /// What the corpus taught.
    pub learned: Learned,
    /// Size and checksum of every other file of the generation.
    pub files: Vec<FileSum>,
}

/// A file with its size and checksum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSum {
    /// Path within the generation.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// BLAKE3, in hexadecimal.
    pub blake3: String,
}

/// The corpus as it was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Corpus {
    /// The absolute paths of the roots.
    pub roots: Vec<PathBuf>,
    /// The settings that change what is read out of the same files.
    pub settings: String,
    /// The source files in order.
    pub files: Vec<CorpusFile>,
    /// Lists of synonyms.
    pub lists: Vec<CorpusFile>,
    /// What was found in them.
    pub summary: Summary,
}

/// A source file as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorpusFile {
    /// What citations call it.
    pub source: String,
    /// Its absolute path.
    pub path: PathBuf,
    /// Size in bytes.
    pub bytes: u64,
    /// Time of its last change, in nanoseconds since 1970.
    pub modified: u128,
    /// BLAKE3, in hexadecimal; empty for a file that could not be read.
    pub blake3: String,
}

impl Manifest {
    /// Checks that this program can read the generation.
    ///
    /// # Errors
    /// [`Error::IndexVersion`] with the remedy.
    pub fn check(&self, index: &Path) -> Result<()> {
        let name = |format: u32, analysis: &str| format!("version {format} ({analysis})");
        let (found, expected) = (name(self.format, &self.analysis), name(FORMAT, FINGERPRINT));
        if found == expected {
            return Ok(());
        }
        Err(Error::IndexVersion { path: index.to_path_buf(), found, expected })
    }
}

/// Size and checksum of a file.
///
/// # Errors
/// [`Error::Io`].
pub fn checksum(path: &Path) -> Result<(u64, String)> {
    let mut hasher = blake3::Hasher::new();
    let file = File::open(path).map_err(Error::io("cannot read", path))?;
    hasher.update_reader(file).map_err(Error::io("cannot read", path))?;
    Ok((hasher.count(), hasher.finalize().to_hex().to_string()))
}

/// The time of the last change of a file, in nanoseconds since 1970; 0 where it is not known.
#[must_use]
pub fn modified(path: &Path) -> u128 {
    let time = fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    time.and_then(|time| time.duration_since(UNIX_EPOCH).ok()).map_or(0, |since| since.as_nanos())
}

/// Reads a JSON file of a generation.
///
/// # Errors
/// [`Error::IndexDamaged`] where it is missing or no such file.
pub fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let damaged = |reason: String| Error::IndexDamaged { path: path.to_path_buf(), reason };
    let bytes = fs::read(path).map_err(|error| damaged(format!("cannot be read ({error})")))?;
    serde_json::from_slice(&bytes).map_err(|error| damaged(format!("cannot be understood ({error})")))
}

/// Writes a JSON file and syncs it.
///
/// # Errors
/// [`Error::Io`].
pub fn write_json<T: Serialize>(path: &Path, value: &T) -> Result<()> {
    let bytes = serde_json::to_vec(value).map_err(|error| Error::Search(error.to_string()))?;
    write_synced(path, &bytes)
}

/// Writes a small file and syncs it.
///
/// # Errors
/// [`Error::Io`].
pub fn write_synced(path: &Path, bytes: &[u8]) -> Result<()> {
    let write = |mut file: File| file.write_all(bytes).and_then(|()| file.sync_all());
    File::create(path).and_then(write).map_err(Error::io("cannot write", path))
}
