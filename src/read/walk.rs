//! From the paths of a corpus to its files, in one fixed order.

use super::{Note, SourceFile};
use crate::error::{Error, Result};
use ignore::WalkBuilder;
use std::path::{Component, Path, PathBuf};

/// A list of synonyms, at the top of a folder of the corpus.
const SYNONYMS: &str = "synonyms.txt";

/// The files of a corpus.
#[derive(Debug, Default)]
pub struct Walk {
    /// The files, ordered by root and then by path.
    pub files: Vec<SourceFile>,
    /// Lists of synonyms in the folders of the corpus: no articles.
    pub synonyms: Vec<SourceFile>,
    /// What could not be walked.
    pub skipped: Vec<Note>,
}

/// Lists the files under the roots. `.gitignore` and `.faqtignore` count, hidden files do not,
/// and `index` (where the index is built) is left out.
///
/// # Errors
/// [`Error::Corpus`] for a root that does not exist.
pub fn walk(roots: &[PathBuf], index: &Path) -> Result<Walk> {
    let mut absolute = Vec::new();
    for root in roots {
        let reason = |error: std::io::Error| Error::Corpus { path: root.clone(), reason: error.to_string() };
        let path = root.canonicalize().map_err(reason)?;
        if !absolute.contains(&path) {
            absolute.push(path);
        }
    }
    let index = index.canonicalize().unwrap_or_else(|_| index.to_path_buf());
    let mut walk = Walk::default();
    for (root, name) in absolute.iter().zip(root_names(&absolute)) {
        walk_root(root, &name, &index, &mut walk);
    }
    Ok(walk)
}

fn walk_root(root: &Path, name: &str, index: &Path, walk: &mut Walk) {
    let index = index.to_path_buf();
    let entries = WalkBuilder::new(root)
        .follow_links(true)
        .require_git(false)
        .git_global(false)
        .git_exclude(false)
        .add_custom_ignore_filename(".faqtignore")
        .sort_by_file_path(Path::cmp)
        .filter_entry(move |entry| entry.path() != index)
        .build();
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                walk.skipped.push(Note { source: name.to_owned(), line: None, reason: error.to_string() });
                continue;
            }
        };
        if entry.file_type().is_some_and(|kind| kind.is_file()) {
            let size = entry.metadata().map_or(0, |metadata| metadata.len());
            let source = source_name(root, name, entry.path());
            if entry.path().to_str().is_none() {
                let reason = "has a path that is not UTF-8: rename it".to_owned();
                walk.skipped.push(Note { source, line: None, reason });
                continue;
            }
            let is_list = entry.path() == root.join(SYNONYMS);
            let files = if is_list { &mut walk.synonyms } else { &mut walk.files };
            files.push(SourceFile { path: entry.into_path(), source, size });
        }
    }
}

fn source_name(root: &Path, name: &str, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts = relative.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
    std::iter::once(name.to_owned()).chain(parts).collect::<Vec<_>>().join("/")
}

/// The names of the roots: the last part of each path, and as many more as tell them apart.
fn root_names(roots: &[PathBuf]) -> Vec<String> {
    let tail = |root: &Path, parts: usize| {
        let names = root.components().filter(|part| matches!(part, Component::Normal(_)));
        let names: Vec<_> = names.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        names[names.len().saturating_sub(parts)..].join("/")
    };
    let clash =
        |root: &PathBuf, parts| roots.iter().any(|other| other != root && tail(other, parts) == tail(root, parts));
    let name = |root: &PathBuf| {
        let deepest = root.components().count();
        let parts = (1..deepest).find(|&parts| !clash(root, parts)).unwrap_or(deepest);
        tail(root, parts)
    };
    roots.iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn sources(walk: &Walk) -> Vec<&str> {
        walk.files.iter().map(|file| file.source.as_str()).collect()
    }

    #[test]
    fn ignored_hidden_and_index_files_are_left_out_and_order_is_fixed() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("docs");
        for file in ["b.txt", "a/z.md", "a/secret.md", ".hidden.txt", "draft.txt", "index/x.txt"] {
            let path = root.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        fs::write(root.join(".gitignore"), "secret.md\n").unwrap();
        fs::write(root.join(".faqtignore"), "draft.txt\n").unwrap();
        let walk = walk(std::slice::from_ref(&root), &root.join("index")).unwrap();
        assert_eq!(sources(&walk), ["docs/a/z.md", "docs/b.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_loop_of_links_is_survived_and_reported() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("docs");
        fs::create_dir_all(root.join("a")).unwrap();
        fs::write(root.join("a/x.txt"), "x").unwrap();
        std::os::unix::fs::symlink(&root, root.join("a/loop")).unwrap();
        let walk = walk(&[root], Path::new("none")).unwrap();
        assert_eq!(sources(&walk), ["docs/a/x.txt"]);
        assert_eq!(walk.skipped.len(), 1);
    }

    #[test]
    fn roots_of_one_name_are_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        for root in ["one/docs", "two/docs", "other"] {
            fs::create_dir_all(dir.path().join(root)).unwrap();
            fs::write(dir.path().join(root).join("x.txt"), "x").unwrap();
        }
        let roots: Vec<_> = ["one/docs", "two/../two/docs", "other"].iter().map(|root| dir.path().join(root)).collect();
        let walk = walk(&roots, Path::new("none")).unwrap();
        assert_eq!(sources(&walk), ["one/docs/x.txt", "two/docs/x.txt", "other/x.txt"]);
    }

    #[test]
    fn a_missing_root_is_named() {
        let error = walk(&[PathBuf::from("no/such/folder")], Path::new("index")).unwrap_err();
        assert!(error.to_string().contains("no/such/folder"), "{error}");
        assert_eq!(error.code(), "corpus_unreadable");
    }
}
