//! The search library may panic on a file with a wrong byte. That is told as damage, with the remedy.

use crate::error::{Error, Result};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

/// Runs what reads the search index in `folder`.
///
/// # Errors
/// Those of `run`, and [`Error::IndexDamaged`] where the search library panics. What it leaves behind is
/// only read again, never written.
pub fn guarded<T>(folder: &Path, run: impl FnOnce() -> Result<T>) -> Result<T> {
    let damaged = |_| Error::IndexDamaged { path: folder.to_path_buf(), reason: "cannot be read any more".to_owned() };
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| Err(damaged(panic)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error_with_the_remedy() {
        let error = guarded::<()>(Path::new("index/gen-1"), || panic!("a wrong byte")).unwrap_err();
        assert_eq!(error.code(), "index_damaged");
        assert!(error.to_string().contains("--rebuild"));
        assert_eq!(guarded(Path::new("x"), || Ok(1)).unwrap(), 1);
    }
}
