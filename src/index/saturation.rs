//! How BM25 counts a word that comes several times: each time adds less than the one before, the more so in a long text.

use super::{UnitNo, writer::search_error};
use crate::error::Result;
use tantivy::{InvertedIndexReader, postings::TermInfo, schema::IndexRecordOption};

/// BM25's saturation of word frequency (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework").
pub const K1: f64 = 1.2;
/// BM25's weight of length.
pub const B: f64 = 0.75;

/// How many fields of the search index retrieval scores: questions, alternates, texts and headings.
pub const SCORED: usize = 4;

/// What a stem counts at most in any unit, by the fields that are scored: from 0 to 1.
pub type Most = [f32; SCORED];

/// Longest field whose length is told apart, in words.
const LONGEST: usize = 1023;

/// `k1 (1 - b + b length / mean length)` by length in words, up to the longest that is told apart.
#[must_use]
pub fn norms(mean: f64) -> Vec<f32> {
    (0..=LONGEST).map(|length| (K1 * (1.0 - B + B * length as f64 / mean)) as f32).collect()
}

/// A field, as far as it tells what the words in it count.
#[derive(Clone, Copy)]
pub struct Saturation<'a> {
    /// By length, see [`norms`].
    pub norms: &'a [f32],
    /// The lengths of the field by unit, in words.
    pub lengths: &'a [u16],
}

impl Saturation<'_> {
    /// What a word counts that comes so often in a unit: `count / (count + norm)`, from 0 to 1.
    #[must_use]
    pub fn of(&self, unit: UnitNo, count: u32) -> f32 {
        let length = self.lengths.get(unit as usize).map_or(0, |&length| usize::from(length));
        let norm = self.norms.get(length).or(self.norms.last()).copied().unwrap_or(0.0);
        let count = count as f32;
        count / (count + norm)
    }

    /// What a word counts at most in the units of a posting list.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn most(&self, postings: &InvertedIndexReader, word: &TermInfo) -> Result<f32> {
        let blocks = postings.read_block_postings_from_terminfo(word, IndexRecordOption::WithFreqs);
        let mut blocks = blocks.map_err(search_error)?;
        let mut most = 0.0;
        while blocks.block_len() > 0 {
            let counts = blocks.docs().iter().zip(blocks.freqs()).map(|(&unit, &count)| self.of(unit, count));
            most = counts.fold(most, f32::max);
            blocks.advance();
        }
        Ok(most)
    }
}
