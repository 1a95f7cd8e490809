//! Rows that are one document: the same `QnaId`, or the same answer.

use super::super::rows::Row;
use crate::model::Lines;
use std::{
    collections::{HashSet, VecDeque},
    hash::{DefaultHasher, Hash as _, Hasher as _},
    iter,
    ops::Range,
};

/// How many documents wait for more rows of theirs.
const OPEN: usize = 64;

/// From this many on, prompts that come twice are no more looked for.
const PROMPTS: usize = 64;

/// A document of one row or more.
pub struct Group {
    /// What its rows have in common; a row without is a document alone.
    pub id: Option<String>,
    /// What it says.
    pub row: Row,
    /// Where it stands.
    pub range: Range<usize>,
    /// The lines of that; those of the first row until the group is done.
    pub lines: Lines,
}

/// The documents under way.
#[derive(Default)]
pub struct Groups {
    open: VecDeque<Group>,
    /// The ids of those that are done, hashed.
    closed: HashSet<u64>,
    /// Where lines begin, from the first of the open documents on.
    starts: VecDeque<usize>,
    /// The line that begins with the last of them.
    line: usize,
}

impl Groups {
    /// Takes a row in; returns what is done, and whether the row comes too late for its document.
    pub fn take(&mut self, mut group: Group, starts: &[usize]) -> (Option<Group>, bool) {
        let Some(id) = group.id.clone() else { return (Some(group), false) };
        let first = group.lines.first();
        if !self.open.is_empty() {
            // Of lines without a row of these it is enough to know how many there are.
            self.starts.extend(iter::repeat_n(group.range.start, first.saturating_sub(self.line)));
        }
        self.starts.extend(starts);
        self.line = first + starts.len();
        if let Some(known) = self.open.iter_mut().find(|known| known.id.as_ref() == Some(&id)) {
            known.row.questions.append(&mut group.row.questions);
            let prompts = &mut known.row.prompts;
            let new = group.row.prompts.into_iter();
            let new: Vec<_> = new.filter(|prompt| prompts.len() >= PROMPTS || !prompts.contains(prompt)).collect();
            prompts.extend(new);
            known.range.end = group.range.end;
            return (None, false);
        }
        let apart = self.closed.contains(&hash(&id));
        self.open.push_back(group);
        let done = if self.open.len() > OPEN { self.next() } else { None };
        (done, apart)
    }

    /// The oldest that is still under way.
    pub fn next(&mut self) -> Option<Group> {
        let mut done = self.open.pop_front()?;
        let from = self.starts.partition_point(|start| *start <= done.range.start);
        let to = self.starts.partition_point(|start| *start < done.range.end);
        let within = self.starts.range(from..to.max(from)).copied().collect();
        done.lines = Lines::new(done.lines.first(), within);
        self.closed.extend(done.id.as_deref().map(hash));
        let first = self.open.front().map_or(usize::MAX, |group| group.range.start);
        let passed = self.starts.partition_point(|start| *start <= first);
        self.starts.drain(..passed);
        Some(done)
    }
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}
