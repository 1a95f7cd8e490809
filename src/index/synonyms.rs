//! The synonyms of a generation: from lists beside the articles, and from short forms that articles explain.

use super::manifest::{read_json, write_json};
use crate::{
    analyze::synonyms::{Rule, parse},
    error::Result,
    read::{Note, Reading, SourceFile, encoding::read_whole},
};
use std::path::Path;

/// The file of a generation with all rules.
const RULES_FILE: &str = "synonyms.json";

/// Reads lists; what cannot be used is noted.
#[must_use]
pub fn read(lists: &[SourceFile], reading: &Reading) -> (Vec<Rule>, Vec<Note>) {
    let (mut rules, mut notes) = (Vec::new(), Vec::new());
    for list in lists {
        match read_whole(list, reading) {
            Ok(decoded) => {
                let listed = parse(decoded.text.plain());
                rules.extend(listed.rules);
                notes.extend(listed.problems.into_iter().map(|(line, reason)| list.note(Some(line), &reason)));
            }
            Err(reason) => notes.push(list.note(None, &reason)),
        }
    }
    (rules, notes)
}

/// Writes the rules of a generation.
///
/// # Errors
/// [`Error::Io`](crate::Error::Io).
pub fn write(folder: &Path, rules: &[Rule]) -> Result<()> {
    write_json(&folder.join(RULES_FILE), &rules)
}

/// The rules of a generation.
///
/// # Errors
/// [`Error::IndexDamaged`](crate::Error::IndexDamaged).
pub fn open(folder: &Path) -> Result<Vec<Rule>> {
    read_json(&folder.join(RULES_FILE))
}
