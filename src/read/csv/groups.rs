//! Rows that are one document: the same `QnaId`.

use super::super::rows::Row;
use crate::model::Lines;
use std::{
    collections::{HashSet, VecDeque},
    ops::Range,
};

/// How many documents wait for more rows of theirs.
const OPEN: usize = 64;

/// A document of one row or more.
pub struct Group {
    /// What its rows have in common; a row without is a document alone.
    pub id: Option<String>,
    /// What it says.
    pub row: Row,
    /// Where it stands.
    pub range: Range<usize>,
    /// The lines of that.
    pub lines: Lines,
}

/// The documents under way.
#[derive(Default)]
pub struct Groups {
    open: VecDeque<Group>,
    closed: HashSet<String>,
    /// Where lines begin, from the first of the open documents on.
    starts: VecDeque<usize>,
}

impl Groups {
    /// Takes a row in; returns what is done, and whether the row comes too late for its document.
    pub fn take(&mut self, mut group: Group, starts: &[usize]) -> (Option<Group>, bool) {
        let Some(id) = group.id.clone() else { return (Some(group), false) };
        self.starts.extend(starts);
        if let Some(known) = self.open.iter_mut().find(|known| known.id.as_ref() == Some(&id)) {
            known.row.questions.append(&mut group.row.questions);
            for prompt in group.row.prompts {
                if !known.row.prompts.contains(&prompt) {
                    known.row.prompts.push(prompt);
                }
            }
            known.range.end = group.range.end;
            let within = self
                .starts
                .iter()
                .copied()
                .filter(|start| known.range.start < *start && *start < known.range.end)
                .collect();
            known.lines = Lines::new(known.lines.first(), within);
            return (None, false);
        }
        let apart = self.closed.contains(&id);
        self.open.push_back(group);
        let done = if self.open.len() > OPEN { self.open.pop_front() } else { None };
        if let Some(done) = &done {
            self.closed.extend(done.id.clone());
            let first = self.open.front().map_or(usize::MAX, |group| group.range.start);
            while self.starts.front().is_some_and(|start| *start <= first) {
                self.starts.pop_front();
            }
        }
        (done, apart)
    }

    /// What is still under way.
    pub fn end(self) -> impl Iterator<Item = Group> {
        self.open.into_iter()
    }
}
