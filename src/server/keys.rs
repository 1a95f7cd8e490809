//! Keys: who may ask, who may administer. A file of keys is read again when it changes.

use crate::{
    config::server::ServerSettings,
    error::{Error, Result},
};
use arc_swap::ArcSwap;
use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};
use subtle::ConstantTimeEq as _;

/// What a key is good for; the later includes the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Asking, and reading what is indexed.
    Ask,
    /// Everything.
    Admin,
}

/// The keys in force.
pub struct Keys {
    given: Vec<Key>,
    file: Option<KeyFile>,
}

#[derive(Clone)]
struct Key {
    scope: Scope,
    secret: String,
}

struct KeyFile {
    path: PathBuf,
    read: ArcSwap<Read>,
}

/// A file of keys as it was read last.
struct Read {
    changed: Option<SystemTime>,
    keys: Vec<Key>,
}

impl Keys {
    /// Takes the keys of the settings, and reads the file that they name.
    ///
    /// # Errors
    /// [`Error::Config`] for a key that is none, with file and line.
    pub fn open(settings: &ServerSettings) -> Result<Self> {
        let wrong = |reason: String| Error::Config { place: "keys".to_owned(), reason };
        let given = settings.keys.iter().map(|key| Key::parse(key).map_err(wrong)).collect::<Result<_>>()?;
        let file = match &settings.keys_file {
            Some(path) => Some(KeyFile { path: path.clone(), read: ArcSwap::from_pointee(Read::file(path)?) }),
            None => None,
        };
        Ok(Self { given, file })
    }

    /// Whether there is any key; without one everybody may do everything.
    pub fn any(&self) -> bool {
        !self.given.is_empty() || self.file.is_some()
    }

    /// What a secret is good for. Takes the same time for every wrong one of the same length.
    pub fn scope_of(&self, secret: &str) -> Option<Scope> {
        let read = self.file.as_ref().map(|file| file.read.load());
        let from_file = read.iter().flat_map(|read| &read.keys);
        let fits = |key: &&Key| bool::from(key.secret.as_bytes().ct_eq(secret.as_bytes()));
        self.given.iter().chain(from_file).filter(fits).map(|key| key.scope).max()
    }

    /// Reads the file again if it has changed. What is wrong with it is logged once, and the keys stay as they were.
    pub fn refresh(&self) {
        let Some(file) = &self.file else { return };
        let (changed, before) = (changed(&file.path), file.read.load());
        if changed == before.changed {
            return;
        }
        let read = match Read::file(&file.path) {
            Ok(read) => {
                tracing::info!(keys = read.keys.len(), "the file of keys was read again");
                read
            }
            Err(error) => {
                tracing::error!("the keys stay as they were: {error}");
                Read { changed, keys: before.keys.clone() }
            }
        };
        file.read.store(read.into());
    }
}

impl Key {
    /// `KEY` for everything, `ask:KEY` for asking, `admin:KEY` for everything.
    fn parse(text: &str) -> Result<Self, String> {
        let (scope, secret) = match text.split_once(':') {
            Some(("ask", secret)) => (Scope::Ask, secret),
            Some(("admin", secret)) => (Scope::Admin, secret),
            _ => (Scope::Admin, text),
        };
        if secret.is_empty() || !secret.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("a key has to be of visible ASCII characters, without spaces".to_owned());
        }
        Ok(Self { scope, secret: secret.to_owned() })
    }
}

impl Read {
    fn file(path: &Path) -> Result<Self> {
        let wrong = |place: String, reason: String| Error::Config { place, reason };
        // The time is taken first: a change while the file is read is seen the next time.
        let changed = changed(path);
        let shown = path.display();
        let text = fs::read_to_string(path)
            .map_err(|error| wrong(shown.to_string(), format!("the keys cannot be read: {error}")))?;
        let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim()));
        let keys: Result<Vec<Key>> = lines
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
            .map(|(number, line)| Key::parse(line).map_err(|reason| wrong(format!("{shown}:{number}"), reason)))
            .collect();
        let keys = keys?;
        if keys.is_empty() {
            return Err(wrong(shown.to_string(), "has no key: write one a line".to_owned()));
        }
        Ok(Self { changed, keys })
    }
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_good_for_its_scope() {
        let settings = ServerSettings {
            keys: ["all", "ask:a", "admin:b"].map(String::from).to_vec(),
            ..ServerSettings::default()
        };
        let keys = Keys::open(&settings).unwrap();
        for (secret, scope) in [("all", Some(Scope::Admin)), ("a", Some(Scope::Ask)), ("b", Some(Scope::Admin))] {
            assert_eq!(keys.scope_of(secret), scope);
        }
        assert_eq!(keys.scope_of("ask:a"), None);
        assert_eq!(keys.scope_of(""), None);
    }

    #[test]
    fn a_file_of_keys_is_read_again_and_a_broken_one_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        fs::write(&path, "# ours\nask:old\n").unwrap();
        let settings = ServerSettings { keys_file: Some(path.clone()), ..ServerSettings::default() };
        let keys = Keys::open(&settings).unwrap();
        let later = |seconds| SystemTime::now() + std::time::Duration::from_secs(seconds);
        fs::write(&path, "ask:new\n").unwrap();
        fs::File::open(&path).unwrap().set_modified(later(5)).unwrap();
        keys.refresh();
        assert_eq!((keys.scope_of("old"), keys.scope_of("new")), (None, Some(Scope::Ask)));
        fs::write(&path, "a b\n").unwrap();
        fs::File::open(&path).unwrap().set_modified(later(9)).unwrap();
        keys.refresh();
        assert_eq!(keys.scope_of("new"), Some(Scope::Ask));
        let error = Keys::open(&settings).err().unwrap().to_string();
        assert!(error.contains("keys:1") && !error.contains("a b"), "{error}");
    }
}
