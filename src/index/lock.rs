//! One writer at a time: a lock that the system lets go when its process ends, however it ends.

use crate::error::{Error, Result};
use std::{
    fs::{File, TryLockError},
    path::Path,
};

/// Name of the lock file within the index folder.
const LOCK_FILE: &str = ".lock";

/// Held while an index is built.
#[derive(Debug)]
pub struct BuildLock {
    _file: File,
}

impl BuildLock {
    /// Takes the lock of an index folder.
    ///
    /// # Errors
    /// [`Error::IndexLocked`] while another process holds it.
    pub fn take(index: &Path) -> Result<Self> {
        let path = index.join(LOCK_FILE);
        let file = File::create(&path).map_err(Error::io("cannot write", &path))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(Error::IndexLocked(index.to_path_buf())),
            Err(TryLockError::Error(error)) => Err(Error::io("cannot lock", path)(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writer_is_told_and_a_third_may_after_the_first() {
        let dir = tempfile::tempdir().unwrap();
        let first = BuildLock::take(dir.path()).unwrap();
        assert_eq!(BuildLock::take(dir.path()).unwrap_err().code(), "index_locked");
        drop(first);
        BuildLock::take(dir.path()).unwrap();
    }
}
