//! Generations: built aside, published in one step, the one before kept.

use super::{
    manifest::{CORPUS_FILE, Corpus, FileSum, MANIFEST_FILE, Manifest, checksum, read_json, write_json, write_synced},
    reader::EmbeddedIndex,
};
use crate::error::{Error, Result};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// Names the generation in force.
const CURRENT_FILE: &str = "CURRENT";
const PREFIX: &str = "gen-";
const UNFINISHED: &str = ".tmp";

/// Files of up to this many bytes are held against their checksums whenever an index is opened, which
/// takes next to no time: in most of them the search library panics over a wrong byte.
const SMALL: u64 = 256 << 10;

/// Whether there is an index in the folder.
#[must_use]
pub fn exists(index: &Path) -> bool {
    index.join(CURRENT_FILE).exists()
}

/// The folder of the generation in force.
///
/// # Errors
/// [`Error::IndexMissing`] where there is none, [`Error::IndexDamaged`] where `CURRENT` makes no sense.
pub fn current(index: &Path) -> Result<PathBuf> {
    let path = index.join(CURRENT_FILE);
    let name = match fs::read_to_string(&path) {
        Ok(name) => name,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(Error::IndexMissing(index.to_path_buf()));
        }
        Err(error) => return Err(Error::IndexDamaged { path, reason: format!("cannot be read ({error})") }),
    };
    let name = name.trim();
    if name.starts_with(PREFIX) && !name.contains(['/', '\\']) && index.join(name).is_dir() {
        return Ok(index.join(name));
    }
    Err(Error::IndexDamaged { path, reason: format!("names `{name}`, which is not there") })
}

/// The name of the generation in a folder.
#[must_use]
pub fn name(folder: &Path) -> String {
    folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// When the build of the generation in a folder began: its name says so.
#[must_use]
pub fn begun(folder: &Path) -> SystemTime {
    let name = name(folder);
    let nanos = name.strip_prefix(PREFIX).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or(0);
    UNIX_EPOCH + Duration::from_nanos(nanos)
}

/// Opens the generation in force: its folder, its manifest, and what it is asked by.
///
/// # Errors
/// As [`current`], and for an index of another version or with a damaged file.
pub fn open(index: &Path) -> Result<(PathBuf, Manifest, EmbeddedIndex)> {
    match open_once(index) {
        // A new generation may have been published, and the old one removed, since `CURRENT` was read.
        Err(Error::IndexDamaged { .. }) => open_once(index),
        other => other,
    }
}

fn open_once(index: &Path) -> Result<(PathBuf, Manifest, EmbeddedIndex)> {
    let folder = current(index)?;
    let manifest = manifest(index, &folder)?;
    for file in &manifest.files {
        let path = folder.join(&file.path);
        let size = fs::metadata(&path).map(|metadata| metadata.len());
        match size {
            Ok(size) if size != file.bytes => {
                return Err(Error::IndexDamaged { path, reason: format!("has {size} bytes, not {}", file.bytes) });
            }
            Ok(size) if size <= SMALL && checksum(&path)?.1 != file.blake3 => {
                return Err(Error::IndexDamaged { path, reason: "is not what was written".to_owned() });
            }
            Ok(_) => {}
            Err(error) => return Err(Error::IndexDamaged { path, reason: format!("cannot be read ({error})") }),
        }
    }
    let search = EmbeddedIndex::open(&folder, manifest.statistics.clone())?;
    Ok((folder, manifest, search))
}

/// Reads the manifest of a generation and checks that this program can read the rest.
///
/// # Errors
/// [`Error::IndexVersion`] or [`Error::IndexDamaged`].
pub fn manifest(index: &Path, folder: &Path) -> Result<Manifest> {
    let path = folder.join(MANIFEST_FILE);
    // Another version may have other fields: ask for the version alone first.
    let value: serde_json::Value = read_json(&path)?;
    let format = value.get("format").and_then(serde_json::Value::as_u64).unwrap_or(0);
    if format != u64::from(super::manifest::FORMAT) {
        let (found, expected) = (format!("version {format}"), format!("version {}", super::manifest::FORMAT));
        return Err(Error::IndexVersion { path: index.to_path_buf(), found, expected });
    }
    let manifest: Manifest = serde_json::from_value(value)
        .map_err(|error| Error::IndexDamaged { path, reason: format!("cannot be understood ({error})") })?;
    manifest.check(index)?;
    Ok(manifest)
}

/// The corpus of the generation in force.
///
/// # Errors
/// As [`current`], or when the list is damaged.
pub fn corpus(index: &Path) -> Result<Corpus> {
    read_json(&current(index)?.join(CORPUS_FILE))
}

/// A generation that is being built.
#[derive(Debug)]
pub struct Unfinished {
    index: PathBuf,
    name: String,
}

impl Unfinished {
    /// Makes the folder to build in. The caller holds the lock.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn begin(index: &Path) -> Result<Self> {
        // What a killed process left behind.
        for folder in generations(index)?.into_iter().filter(|folder| is_unfinished(folder)) {
            fs::remove_dir_all(&folder).map_err(Error::io("cannot remove", folder))?;
        }
        let nanos = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        let unfinished = Self { index: index.to_path_buf(), name: format!("{PREFIX}{nanos:024x}") };
        let folder = unfinished.folder();
        fs::create_dir_all(&folder).map_err(Error::io("cannot create", folder))?;
        Ok(unfinished)
    }

    /// The folder to build in.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.index.join(format!("{}{UNFINISHED}", self.name))
    }

    /// Writes corpus list and manifest, makes the generation the one in force, and removes all but the
    /// one before.
    ///
    /// # Errors
    /// [`Error::Io`]; the generation before stays in force then.
    pub fn publish(&self, mut manifest: Manifest, corpus: &Corpus) -> Result<()> {
        let folder = self.folder();
        write_json(&folder.join(CORPUS_FILE), corpus)?;
        manifest.files = file_sums(&folder)?;
        write_json(&folder.join(MANIFEST_FILE), &manifest)?;
        sync_folder(&folder)?;
        let before = current(&self.index).ok();
        let finished = self.index.join(&self.name);
        fs::rename(&folder, &finished).map_err(Error::io("cannot rename", folder))?;
        sync_folder(&self.index)?;
        let next = self.index.join(format!("{CURRENT_FILE}{UNFINISHED}"));
        write_synced(&next, format!("{}\n", self.name).as_bytes())?;
        fs::rename(&next, self.index.join(CURRENT_FILE)).map_err(Error::io("cannot rename", next))?;
        sync_folder(&self.index)?;
        for folder in generations(&self.index)? {
            if folder != finished && Some(&folder) != before.as_ref() {
                // A generation that cannot be removed does no harm.
                let _ = fs::remove_dir_all(folder);
            }
        }
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Published, there is nothing under this name; failed, there is nothing worth keeping.
        let _ = fs::remove_dir_all(self.folder());
    }
}

fn is_unfinished(folder: &Path) -> bool {
    folder.to_string_lossy().ends_with(UNFINISHED)
}

fn generations(index: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(index).map_err(Error::io("cannot read", index))?;
    let folders = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let is_generation =
        |folder: &PathBuf| folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with(PREFIX));
    Ok(folders.filter(is_generation).collect())
}

/// Syncs every file of the folder and sums it up.
fn file_sums(folder: &Path) -> Result<Vec<FileSum>> {
    let mut sums = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).map_err(Error::io("cannot read", &next))? {
            let path = entry.map_err(Error::io("cannot read", &next))?.path();
            if path.is_dir() {
                sync_folder(&path)?;
                folders.push(path);
                continue;
            }
            open_to_all_readers(&path)?;
            File::open(&path).and_then(|file| file.sync_all()).map_err(Error::io("cannot sync", &path))?;
            let (bytes, blake3) = checksum(&path)?;
            let relative = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            sums.push(FileSum { path: relative, bytes, blake3 });
        }
    }
    sums.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(sums)
}

/// The search library writes some files for their owner only; they get the permissions of the others.
fn open_to_all_readers(path: &Path) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    let folder = fs::metadata(folder).map_err(Error::io("cannot read", folder))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = folder.permissions().mode() & 0o666;
        fs::set_permissions(path, fs::Permissions::from_mode(mode))
            .map_err(Error::io("cannot set permissions of", path))?;
    }
    let _ = folder;
    Ok(())
}

fn sync_folder(folder: &Path) -> Result<()> {
    // Only Unix lets a folder be opened and synced.
    if cfg!(unix) {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(Error::io("cannot sync", folder))?;
    }
    Ok(())
}
