//! The words that a corpus knows: their stems, n-grams and how often they stand where.

use super::{
    arrays::{Array, Arrays, ListsAt},
    hash_table::find,
    names::Names,
    saturation::{Most, SCORED},
    statistics::Field,
};
use crate::error::Result;
use std::cmp::Ordering;

/// Number of a word in the lexicon.
pub type WordNo = u32;
/// Number of a stem in the lexicon.
pub type StemNo = u32;
/// Number of a character n-gram in the lexicon.
pub type GramNo = u32;

/// The fields over which n-grams are counted.
pub const GRAM_FIELDS: [Field; 3] = [Field::Phrasings, Field::Text, Field::All];

/// The lexicon of an open index.
#[derive(Debug)]
pub struct Lexicon {
    arrays: std::sync::Arc<Arrays>,
    words: Names,
    stems: Names,
    /// Words of each stem.
    stem_words: ListsAt,
    /// Stems of the compounds that have a word of the stem in them.
    stem_compounds: ListsAt,
    /// Units that have the stem, by field.
    stem_counts: Vec<Array>,
    /// What each stem counts at most, see [`Most`].
    stem_most: Array,
    /// N-grams of each word, repeats included.
    word_grams: ListsAt,
    /// Inverse document frequency of each word among phrasings, `f32`.
    word_weights: Array,
    /// Hashes of the n-grams.
    grams: Array,
    gram_slots: Array,
    /// Words that have the n-gram.
    gram_words: ListsAt,
    /// Units that have the n-gram, estimated: `f32` by [`GRAM_FIELDS`].
    gram_counts: Array,
}

impl Lexicon {
    /// Finds the parts of the lexicon in the side file.
    ///
    /// # Errors
    /// When a part is missing.
    pub fn open(arrays: &std::sync::Arc<Arrays>) -> Result<Self> {
        let stem_counts = (0..Field::ALL.len()).map(|field| arrays.find(&format!("stems.units.{field}")));
        Ok(Self {
            words: Names::open(arrays, "words")?,
            stems: Names::open(arrays, "stems")?,
            stem_words: arrays.find_lists("stems.words")?,
            stem_compounds: arrays.find_lists("stems.compounds")?,
            stem_counts: stem_counts.collect::<Result<_>>()?,
            stem_most: arrays.find("stems.most")?,
            word_grams: arrays.find_lists("words.grams")?,
            word_weights: arrays.find("words.weights")?,
            grams: arrays.find("grams.hashes")?,
            gram_slots: arrays.find("grams.slots")?,
            gram_words: arrays.find_lists("grams.words")?,
            gram_counts: arrays.find("grams.units")?,
            arrays: arrays.clone(),
        })
    }

    /// The number of a word.
    #[must_use]
    pub fn word(&self, word: &str) -> Option<WordNo> {
        self.words.find(&self.arrays, word)
    }

    /// The word with this number.
    #[must_use]
    pub fn word_name(&self, word: WordNo) -> &str {
        self.words.name(&self.arrays, word)
    }

    /// How many words there are.
    #[must_use]
    pub fn word_count(&self) -> usize {
        self.words.len(&self.arrays)
    }

    /// The number of a stem.
    #[must_use]
    pub fn stem(&self, stem: &str) -> Option<StemNo> {
        self.stems.find(&self.arrays, stem)
    }

    /// The stem with this number.
    #[must_use]
    pub fn stem_name(&self, stem: StemNo) -> &str {
        self.stems.name(&self.arrays, stem)
    }

    /// The words that have the stem in some language of the corpus.
    #[must_use]
    pub fn words_of_stem(&self, stem: StemNo) -> &[WordNo] {
        self.arrays.list(self.stem_words, stem as usize)
    }

    /// The stems of compounds that have a word of this stem in them, ascending.
    #[must_use]
    pub fn compounds_of_stem(&self, stem: StemNo) -> &[StemNo] {
        self.arrays.list(self.stem_compounds, stem as usize)
    }

    /// How many units have the stem in the field.
    #[must_use]
    pub fn units_of_stem(&self, stem: StemNo, field: Field) -> u32 {
        let counts: &[u32] = self.stem_counts.get(field as usize).map_or(&[], |&counts| self.arrays.get(counts));
        counts.get(stem as usize).copied().unwrap_or(0)
    }

    /// What the stem counts at most in any unit; nothing in fields that do not have it.
    #[must_use]
    pub fn most_of_stem(&self, stem: StemNo) -> &Most {
        self.arrays.get(self.stem_most).get(stem as usize).unwrap_or(&[0.0; SCORED])
    }

    /// The n-grams of a word, repeats included.
    #[must_use]
    pub fn grams_of_word(&self, word: WordNo) -> &[GramNo] {
        self.arrays.list(self.word_grams, word as usize)
    }

    /// Inverse document frequency of a word among the phrasings of units.
    #[must_use]
    pub fn word_weight(&self, word: WordNo) -> f64 {
        self.arrays.get::<f32>(self.word_weights).get(word as usize).map_or(0.0, |&weight| f64::from(weight))
    }

    /// The number of an n-gram, by its hash.
    #[must_use]
    pub fn gram(&self, hash: u64) -> Option<GramNo> {
        let hashes: &[u64] = self.arrays.get(self.grams);
        find(self.arrays.get(self.gram_slots), hash, |number| hashes.get(number as usize) == Some(&hash))
    }

    /// How many different n-grams there are.
    #[must_use]
    pub fn distinct_grams(&self) -> usize {
        self.arrays.get::<u64>(self.grams).len()
    }

    /// The words that have the n-gram.
    #[must_use]
    pub fn words_of_gram(&self, gram: GramNo) -> &[WordNo] {
        self.arrays.list(self.gram_words, gram as usize)
    }

    /// About how many units have the n-gram in a field of [`GRAM_FIELDS`], named by its place there.
    #[must_use]
    pub fn units_of_gram(&self, gram: GramNo, field: usize) -> f64 {
        let counts = self.arrays.get::<[f32; GRAM_FIELDS.len()]>(self.gram_counts).get(gram as usize);
        counts.and_then(|counts| counts.get(field)).map_or(0.0, |&count| f64::from(count))
    }
}

/// The share by which two words' n-grams agree (Dice), for spelling.
#[must_use]
pub fn likeness(left: &[GramNo], right: &[GramNo]) -> f64 {
    let (mut left, mut right) = (left.to_vec(), right.to_vec());
    left.sort_unstable();
    right.sort_unstable();
    let (mut i, mut j, mut shared) = (0, 0, 0usize);
    while i < left.len() && j < right.len() {
        match left[i].cmp(&right[j]) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    2.0 * shared as f64 / (left.len() + right.len()).max(1) as f64
}
