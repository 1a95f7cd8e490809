//! The index: what finds candidates, gives term statistics and fetches units; and what writes it.
//!
//! Nothing outside this folder knows the search library. Another engine stands behind the same two
//! traits, [`Search`] and [`Write`].

pub mod arrays;
pub mod build;
pub mod candidates;
pub mod generation;
mod guard;
mod hash_table;
mod intake;
pub mod lexicon;
mod lexicon_builder;
mod lock;
pub mod manifest;
pub mod memory;
pub mod names;
pub mod postings;
mod read_only;
pub mod reader;
pub mod report;
pub mod saturation;
pub mod schema;
pub mod statistics;
pub mod survey;
pub mod synonyms;
pub mod verify;
pub mod writer;

use crate::{
    analyze::words::Words,
    error::Result,
    model::{Unit, UnitKind},
};
use lexicon::{GramNo, Lexicon, StemNo, WordNo};
use statistics::{Field, Statistics};

/// Number of a unit within a generation, in the order of the corpus.
pub type UnitNo = u32;

/// A question word as retrieval sees it: the stems that it may have, and how much it weighs.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchTerm {
    /// Numbers of the stems in the lexicon, and what each counts; empty for a word that the corpus does not know.
    pub stems: Vec<(StemNo, f64)>,
    /// Weight, 0 to 1.
    pub weight: f64,
}

/// A set of units, by number.
#[derive(Debug, Clone, Default)]
pub struct UnitSet(Vec<u64>);

impl UnitSet {
    /// A set that has room for `units` units: with all of them, or with none.
    #[must_use]
    pub fn new(units: usize, full: bool) -> Self {
        Self(vec![if full { u64::MAX } else { 0 }; units.div_ceil(64)])
    }

    /// Whether the unit is in the set.
    #[must_use]
    pub fn contains(&self, unit: UnitNo) -> bool {
        self.0.get(unit as usize / 64).is_some_and(|bits| bits >> (unit % 64) & 1 == 1)
    }

    /// The units of the set, in order.
    pub fn iter(&self) -> impl Iterator<Item = UnitNo> {
        let words = self.0.iter().enumerate();
        words.flat_map(|(place, &bits)| {
            let left = std::iter::successors(Some(bits), |&bits| Some(bits & bits.wrapping_sub(1)));
            left.take_while(|&bits| bits != 0).map(move |bits| place as u32 * 64 + bits.trailing_zeros())
        })
    }

    /// Adds a unit.
    pub fn insert(&mut self, unit: UnitNo) {
        if let Some(bits) = self.0.get_mut(unit as usize / 64) {
            *bits |= 1 << (unit % 64);
        }
    }

    /// Keeps the units that are in `other` too.
    pub fn intersect(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(bits, others)| *bits &= others);
    }

    /// Adds the units of `other`.
    pub fn unite(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(bits, others)| *bits |= others);
    }

    /// Takes out the units that are in `other`.
    pub fn subtract(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(bits, others)| *bits &= !others);
    }
}

/// The words of a unit as numbers of the lexicon.
#[derive(Debug, Clone, Copy, Default)]
pub struct UnitWords<'a> {
    /// Words of heading and title.
    pub heading: &'a [u32],
    /// Words of answer, takeaway or passage.
    pub text: &'a [u32],
    /// How many n-grams the words of the text have in all.
    pub text_grams: u32,
}

/// The words of one phrasing of a unit.
#[derive(Debug, Clone, Copy, Default)]
pub struct PhrasingWords<'a> {
    /// The words.
    pub words: &'a [u32],
    /// How many n-grams they have in all.
    pub grams: u32,
}

/// All words of a unit, as often as they come.
pub fn words_of_unit(search: &dyn Search, unit: UnitNo) -> impl Iterator<Item = WordNo> {
    let UnitWords { heading, text, .. } = search.words(unit);
    let phrasings = (0..search.phrasing_count(unit)).flat_map(move |place| search.phrasing(unit, place).words);
    phrasings.chain(text).chain(heading).copied()
}

/// Finds candidates, gives term statistics, fetches units.
pub trait Search: Send + Sync {
    /// Number of units.
    fn len(&self) -> usize;

    /// Whether there is no unit.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The words that the corpus knows.
    fn lexicon(&self) -> &Lexicon;

    /// Counts over the units.
    fn statistics(&self) -> &Statistics;

    /// How many units have the stem in the field.
    fn units_of_stem(&self, stem: StemNo, field: Field) -> u32 {
        self.lexicon().units_of_stem(stem, field)
    }

    /// About how many units have the n-gram in a field of [`lexicon::GRAM_FIELDS`], named by its place there.
    fn units_of_gram(&self, gram: GramNo, field: usize) -> f64 {
        self.lexicon().units_of_gram(gram, field)
    }

    /// The best `limit` units for the terms, by number; at most `limit`, all of them in `allowed`.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn candidates(&self, terms: &[SearchTerm], allowed: Option<&UnitSet>, limit: usize) -> Result<Vec<UnitNo>>;

    /// The units one of whose phrasings is this, word for word (see [`phrasing_key`]).
    fn units_asked(&self, phrasing: u64) -> Vec<UnitNo>;

    /// The units with a filter value; see [`schema::filter_term`].
    ///
    /// # Errors
    /// When the index cannot be read.
    fn units_with(&self, key: &str, value: &str) -> Result<UnitSet>;

    /// The units that have the key with a value that `passes`; see [`schema::filter_text`].
    ///
    /// # Errors
    /// When the index cannot be read.
    fn units_where(&self, key: &str, passes: &dyn Fn(&str) -> bool) -> Result<UnitSet>;

    /// The days of publication of all units, as days since 1970-01-01; [`NO_DATE`] where unknown.
    fn days(&self) -> &[i32];

    /// The day of publication of a unit; [`NO_DATE`] where unknown, which is before all others.
    fn day(&self, unit: UnitNo) -> i32 {
        self.days().get(unit as usize).copied().unwrap_or(NO_DATE)
    }

    /// The words of a unit.
    fn words(&self, unit: UnitNo) -> UnitWords<'_>;

    /// How many phrasings a unit has.
    fn phrasing_count(&self, unit: UnitNo) -> usize;

    /// Phrasing number `phrasing` of a unit.
    fn phrasing(&self, unit: UnitNo, phrasing: usize) -> PhrasingWords<'_>;

    /// Names the document that a unit is of (see [`name_key`]).
    fn document(&self, unit: UnitNo) -> u64;

    /// The kind of a unit.
    fn kind(&self, unit: UnitNo) -> UnitKind;

    /// The unit itself.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn unit(&self, unit: UnitNo) -> Result<Unit>;

    /// The number of the unit with this id.
    fn unit_no(&self, id: &str) -> Option<UnitNo>;

    /// The names of all ids by [`name_key`], ascending, and beside them their units.
    fn ids(&self) -> (&[u64], &[UnitNo]);
}

/// The day of a unit without a date.
pub const NO_DATE: i32 = i32::MIN;

/// Takes units in the order of the corpus and makes a generation of them.
pub trait Write {
    /// Adds the next unit.
    ///
    /// # Errors
    /// When the index cannot be written.
    fn add(&mut self, unit: writer::AnalyzedUnit) -> Result<()>;
}

/// Names a question, the same for every way of writing it that differs in case, punctuation or space.
#[must_use]
pub fn phrasing_key(question: &str) -> u64 {
    let words = Words::of(question);
    let mut hasher = blake3::Hasher::new();
    for word in words.iter() {
        hasher.update(word.as_bytes()).update(b" ");
    }
    if words.iter().next().is_none() {
        hasher.update(question.trim().as_bytes());
    }
    first_u64(&hasher.finalize())
}

/// Names an id or a document by a number.
#[must_use]
pub fn name_key(id: &str) -> u64 {
    first_u64(&blake3::hash(id.as_bytes()))
}

fn first_u64(hash: &blake3::Hash) -> u64 {
    hash.as_bytes().first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::UnitSet;

    #[test]
    fn the_units_of_a_set_come_in_order() {
        let mut set = UnitSet::new(200, false);
        for unit in [199, 0, 64, 63] {
            set.insert(unit);
        }
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 63, 64, 199]);
        assert_eq!(UnitSet::new(0, true).iter().count(), 0);
    }
}
