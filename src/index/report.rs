//! What reading a corpus came to, as `faqt index` reports it.

use crate::{learn::LearnReport, read::Note};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What was found in a corpus.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Source files read.
    pub files: usize,
    /// What files were taken for, where their form left a choice.
    pub recognised: Vec<Note>,
    /// Articles found in them.
    pub articles: usize,
    /// Units by kind.
    pub units: BTreeMap<String, usize>,
    /// What was not read.
    pub skipped: Vec<Note>,
    /// What was read and may not be meant so.
    pub warnings: Vec<Note>,
    /// Articles by language; `unknown` for those that do not tell.
    pub languages: BTreeMap<String, usize>,
    /// Units that say the same as one before.
    pub duplicates: usize,
    /// Rules that lists of synonyms gave.
    pub synonyms: usize,
    /// Short forms that articles explain.
    pub acronyms: usize,
    /// What the corpus taught about ranking and confidence.
    pub learned: LearnReport,
    /// The same for every file read, in the order of the corpus.
    pub by_file: Vec<FileReport>,
}

/// What was found in one file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileReport {
    /// The file, as citations call it.
    pub source: String,
    /// Documents or rows, those that were skipped included.
    pub rows: usize,
    /// Units by kind; a kind of which there is none is left out.
    pub units: BTreeMap<String, usize>,
    /// How many of the notes on what was skipped are of this file.
    pub skipped: usize,
    /// How many of the warnings are of this file.
    pub warnings: usize,
}

impl Summary {
    /// Counts the notes of every file. A skipped row is one that has a line; without one it is the whole file.
    pub(super) fn count_notes(&mut self) {
        let places: FxHashMap<String, usize> =
            self.by_file.iter().enumerate().map(|(place, file)| (file.source.clone(), place)).collect();
        let mut count = |notes: &[Note], count: fn(&mut FileReport, &Note)| {
            for note in notes {
                if let Some(file) = places.get(&note.source).and_then(|&place| self.by_file.get_mut(place)) {
                    count(file, note);
                }
            }
        };
        count(&self.skipped, |file, note| {
            file.skipped += 1;
            file.rows += usize::from(note.line.is_some());
        });
        count(&self.warnings, |file, _| file.warnings += 1);
    }
}
