//! Watches a corpus: says when a file has changed that would be read.

use crate::{
    error::{Error, Result},
    read::{SourceFile, reader_for},
};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    time::{Duration, Instant},
};

/// Changes come in flurries: it is waited until none has come for so long.
const QUIET: Duration = Duration::from_millis(300);

/// And never longer than this.
const LONGEST: Duration = Duration::from_secs(5);

/// Files without a known extension that decide what is read.
const LISTS: [&str; 3] = ["synonyms.txt", ".gitignore", ".faqtignore"];

/// The watch over the files and folders of a corpus.
pub struct Watch {
    roots: Vec<PathBuf>,
    index: PathBuf,
    events: Receiver<notify::Result<Event>>,
    // It watches as long as it is there.
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Begins to watch a corpus. What happens within `index` is no change.
    ///
    /// # Errors
    /// [`Error::Corpus`] for what does not exist or cannot be watched.
    pub fn new(corpus: &[PathBuf], index: &Path) -> Result<Self> {
        let wrong = |path: &Path| {
            let path = path.to_path_buf();
            move |reason: String| Error::Corpus { path, reason }
        };
        let (told, events) = channel();
        let mut watcher = notify::recommended_watcher(told).map_err(|error| Error::Search(error.to_string()))?;
        let mut folders: BTreeMap<PathBuf, RecursiveMode> = BTreeMap::new();
        let mut roots = Vec::new();
        for root in corpus {
            let root = root.canonicalize().map_err(|error| wrong(root)(error.to_string()))?;
            // Many programs replace a file by another: its folder is what stays.
            let parent = root.parent().filter(|_| root.is_file());
            match parent {
                Some(folder) => folders.entry(folder.to_path_buf()).or_insert(RecursiveMode::NonRecursive),
                None => folders.entry(root.clone()).insert_entry(RecursiveMode::Recursive).into_mut(),
            };
            roots.push(root);
        }
        for (folder, mode) in folders {
            watcher.watch(&folder, mode).map_err(|error| wrong(&folder)(error.to_string()))?;
        }
        let index = index.canonicalize().unwrap_or_else(|_| index.to_path_buf());
        Ok(Self { roots, index, events, _watcher: watcher })
    }

    /// Waits until something has changed and nothing more does for a while. False where nothing more will come.
    pub fn wait(&self) -> bool {
        loop {
            match self.events.recv() {
                Ok(event) if self.matters(&event) => break,
                Ok(_) => {}
                Err(_) => return false,
            }
        }
        let start = Instant::now();
        while start.elapsed() < LONGEST {
            match self.events.recv_timeout(QUIET) {
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        true
    }

    /// Whether an event may change what is read. One that tells nothing may.
    fn matters(&self, event: &notify::Result<Event>) -> bool {
        let Ok(event) = event else { return true };
        let is_reading = matches!(event.kind, EventKind::Access(_));
        !is_reading && (event.need_rescan() || event.paths.iter().any(|path| self.is_read(path)))
    }

    /// Whether a file would be read. What editors leave beside it for a moment is not.
    fn is_read(&self, path: &Path) -> bool {
        let within = self.roots.iter().any(|root| path.starts_with(root));
        if !within || path.starts_with(&self.index) {
            return false;
        }
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if LISTS.contains(&name) {
            return true;
        }
        let file = SourceFile { path: path.to_path_buf(), source: String::new(), size: 0 };
        // A folder that came, or went.
        let is_folder = path.is_dir() || (path.extension().is_none() && !path.exists());
        !name.starts_with('.') && (is_folder || reader_for(&file).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, sync::mpsc, thread};

    #[test]
    fn what_is_read_is_told_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let corpus = folder.path().join("corpus");
        fs::create_dir_all(corpus.join("index")).unwrap();
        let watch = Watch::new(&[corpus.clone()], &corpus.join("index")).unwrap();
        let (told, changes) = mpsc::channel();
        thread::spawn(move || {
            while watch.wait() {
                if told.send(()).is_err() {
                    return;
                }
            }
        });
        let comes = |seconds| changes.recv_timeout(Duration::from_secs(seconds)).is_ok();
        for name in [".a.md.swp", "a.md~", "a.bin", "index/a.md"] {
            fs::write(corpus.join(name), "x").unwrap();
        }
        assert!(!comes(1));
        fs::write(corpus.join("a.md"), "x").unwrap();
        assert!(comes(20));
        fs::read(corpus.join("a.md")).unwrap();
        assert!(!comes(1));
        // As editors do it.
        fs::write(corpus.join("a.md~"), "y").unwrap();
        fs::rename(corpus.join("a.md~"), corpus.join("a.md")).unwrap();
        assert!(comes(20));
        assert!(Watch::new(&[corpus.join("none")], &corpus).is_err());
    }
}
