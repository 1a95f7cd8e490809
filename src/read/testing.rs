//! What the tests of all readers share.

use super::{Found, Sink};
use crate::{
    error::Result,
    model::{Article, Block, BlockKind, Unit},
    split::{SectionNames, split},
};
use std::{ops::Range, sync::LazyLock};

/// Notes by line.
pub type Notes = Vec<(Option<usize>, String)>;

static NAMES: LazyLock<SectionNames> = LazyLock::new(SectionNames::default);

/// What came of a file.
#[derive(Debug, Default)]
pub struct Come {
    /// Its documents.
    pub articles: Vec<Article>,
    /// What it was taken for.
    pub recognised: Vec<String>,
    /// What of it could not be read.
    pub skipped: Notes,
    /// What may not be meant so.
    pub warnings: Notes,
    /// Why it has no questions, if it is data of another kind.
    pub nothing: Notes,
}

/// What `read` makes of a file with these bytes.
#[track_caller]
pub fn come(bytes: &[u8], read: impl FnOnce(&mut Sink<'_>) -> Result<()>) -> Come {
    let mut come = Come::default();
    let mut sink = |found| {
        match found {
            Found::Article(article) => come.articles.push(*article),
            Found::Recognised(note) => come.recognised.push(note.reason),
            Found::Skipped(note) => come.skipped.push((note.line, note.reason)),
            Found::Warning(note) => come.warnings.push((note.line, note.reason)),
            Found::Nothing(note) => come.nothing.push((note.line, note.reason)),
        }
        Ok(())
    };
    read(&mut sink).unwrap();
    for article in &come.articles {
        assert_eq!(article.text.first_difference(bytes), None);
    }
    come
}

impl Come {
    /// The units of all documents.
    pub fn units(&self) -> Vec<Unit> {
        self.articles.iter().flat_map(|article| split(article, &NAMES)).collect()
    }

    /// Each question, its alternates and its answer.
    pub fn pairs(&self) -> Vec<Vec<String>> {
        let texts = |unit: &Unit| unit.excerpts().map(|excerpt| excerpt.plain().to_owned()).collect();
        self.units().iter().map(texts).collect()
    }

    /// The last document and all notes, for formats with one document in a file.
    pub fn one(mut self) -> (Option<Article>, Notes) {
        let mut notes: Notes = self.recognised.into_iter().map(|reason| (None, reason)).collect();
        notes.extend([self.warnings, self.skipped, self.nothing].into_iter().flatten());
        (self.articles.pop(), notes)
    }
}

/// Rows of cells to compare pairs with.
pub fn strings(rows: &[&[&str]]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
}

/// Asserts the blocks of an article, each with what it says.
#[track_caller]
pub fn assert_article(article: &Article, expected: &[(BlockKind, &str)]) {
    let content = |block: &Block| article.text.plain()[block.range.clone()].to_owned();
    let found: Vec<_> = article.blocks.iter().map(|block| (block.kind, content(block))).collect();
    let found: Vec<_> = found.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
    assert_eq!(found, expected);
}

/// The bytes and lines of the block that has this text.
pub fn place(article: &Article, wanted: &str) -> (Range<usize>, [usize; 2]) {
    let is_wanted = |block: &&Block| article.plain(&block.range) == wanted;
    let range = article.blocks.iter().find(is_wanted).unwrap().range.clone();
    let excerpt = article.excerpt(range);
    (excerpt.span(excerpt.all()).hull().unwrap(), excerpt.lines(excerpt.all()))
}
