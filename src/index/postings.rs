//! Finds candidates: one pass over the block postings of the question's words, rare words first.
//!
//! Scores are sums of integers, so that their order does not matter, and ties go to the lower unit.

use super::{
    SearchTerm, UnitNo, UnitSet,
    lexicon::Lexicon,
    schema::Fields,
    statistics::{Field, Statistics},
    writer::search_error,
};
use crate::error::Result;
use std::sync::{Arc, Mutex};
use tantivy::{
    InvertedIndexReader, SegmentReader, TERMINATED, Term,
    postings::BlockSegmentPostings,
    schema::{Field as TantivyField, IndexRecordOption},
};

/// BM25's saturation of word frequency (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework").
pub const K1: f64 = 1.2;
/// BM25's weight of length.
pub const B: f64 = 0.75;

/// A word in more than this share of the units finds nothing that rarer words do not.
const COMMON: f64 = 0.1;

/// So many units come however little they score beside the best.
const LEAST: usize = 20;

/// A unit that scores less than this share of the best is no candidate: it has too little of what was asked.
const NEAR: f64 = 0.5;

/// Integer units of a score of 1.
const SCALE: f64 = 1024.0;

/// Longest field whose length is told apart, in words.
const LONGEST: usize = 1023;

/// What retrieval scores: a field of the search index, its weight, and the field whose counts it takes.
struct Scored {
    postings: Arc<InvertedIndexReader>,
    field: TantivyField,
    counts: Field,
    weight: f64,
    /// `k1 (1 - b + b length / mean length)` by length.
    norms: Vec<f32>,
}

/// The postings of one segment, opened once.
pub struct Postings {
    fields: Vec<Scored>,
    filter: (Arc<InvertedIndexReader>, TantivyField),
    units: usize,
    /// Tables of scores by unit, all zero, for the next question.
    tables: Mutex<Vec<Vec<u32>>>,
}

/// The lengths of a field of all units, in words.
pub type LengthsOf<'a> = dyn Fn(Field) -> &'a [u16] + 'a;

impl Postings {
    /// Opens the postings of the segment.
    ///
    /// # Errors
    /// When a file of the index cannot be read.
    pub fn open(segment: &SegmentReader, fields: &Fields, statistics: &Statistics) -> Result<Self> {
        let scored = [
            (fields.question, Field::Phrasings, 2.0),
            (fields.alternates, Field::Phrasings, 1.0),
            (fields.text, Field::Text, 1.0),
            (fields.heading, Field::Heading, 0.5),
        ];
        let open = |(field, counts, weight): (TantivyField, Field, f64)| {
            let postings = segment.inverted_index(field).map_err(search_error)?;
            Ok(Scored { postings, field, counts, weight, norms: norms(statistics.field(counts).mean_words()) })
        };
        Ok(Self {
            fields: scored.into_iter().map(open).collect::<Result<_>>()?,
            filter: (segment.inverted_index(fields.filter).map_err(search_error)?, fields.filter),
            units: segment.max_doc() as usize,
            tables: Mutex::default(),
        })
    }

    /// The units whose filter field has the term.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn units_with(&self, term: &str) -> Result<UnitSet> {
        let (postings, field) = &self.filter;
        let mut units = UnitSet::new(self.units, false);
        let term = Term::from_field_text(*field, term);
        if let Some(blocks) = postings.read_block_postings(&term, IndexRecordOption::Basic).map_err(search_error)? {
            insert_all(blocks, &mut units);
        }
        Ok(units)
    }

    /// The units whose filter field has a term that begins with `prefix` and goes on with what `passes`.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn units_where(&self, prefix: &str, passes: &dyn Fn(&str) -> bool) -> Result<UnitSet> {
        let (postings, _) = &self.filter;
        let mut units = UnitSet::new(self.units, false);
        let mut terms = postings.terms().range().ge(prefix).into_stream().map_err(search_error)?;
        while terms.advance() {
            let Some(value) = terms.key().strip_prefix(prefix.as_bytes()) else { break };
            if std::str::from_utf8(value).is_ok_and(passes) {
                let blocks = postings.read_block_postings_from_terminfo(terms.value(), IndexRecordOption::Basic);
                insert_all(blocks.map_err(search_error)?, &mut units);
            }
        }
        Ok(units)
    }

    /// The `limit` best units that are `allowed`, best first, without those that are far behind.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn best(
        &self,
        terms: &[SearchTerm],
        lexicon: &Lexicon,
        statistics: &Statistics,
        lengths: &LengthsOf<'_>,
        allowed: Option<&UnitSet>,
        limit: usize,
    ) -> Result<Vec<UnitNo>> {
        let mut table = self.tables.lock().ok().and_then(|mut tables| tables.pop()).unwrap_or_default();
        table.resize(self.units, 0);
        let mut touched = Vec::new();
        for stem in stems_by_rarity(terms, lexicon, self.units) {
            for scored in &self.fields {
                let idf = statistics.idf(scored.counts, f64::from(lexicon.units_of_stem(stem.number, scored.counts)));
                let factor = (idf * (K1 + 1.0) * stem.weight * scored.weight * SCALE) as f32;
                scored.add(lexicon.stem_name(stem.number), factor, lengths, &mut table, &mut touched)?;
            }
        }
        let best = select(&table, &touched, allowed, limit);
        for unit in touched {
            table[unit as usize] = 0;
        }
        if let Ok(mut tables) = self.tables.lock() {
            tables.push(table);
        }
        Ok(best)
    }
}

/// Adds all units of a list to a set.
fn insert_all(mut blocks: BlockSegmentPostings, units: &mut UnitSet) {
    while blocks.block_len() > 0 {
        blocks.docs().iter().filter(|&&unit| unit != TERMINATED).for_each(|&unit| units.insert(unit));
        blocks.advance();
    }
}

impl Scored {
    fn add(
        &self,
        stem: &str,
        factor: f32,
        lengths: &LengthsOf<'_>,
        table: &mut [u32],
        touched: &mut Vec<UnitNo>,
    ) -> Result<()> {
        let term = Term::from_field_text(self.field, stem);
        let blocks = self.postings.read_block_postings(&term, IndexRecordOption::WithFreqs).map_err(search_error)?;
        let Some(mut blocks) = blocks else { return Ok(()) };
        let lengths = lengths(self.counts);
        while blocks.block_len() > 0 {
            for (&unit, &count) in blocks.docs().iter().zip(blocks.freqs()) {
                let Some(score) = table.get_mut(unit as usize) else { continue };
                if *score == 0 {
                    touched.push(unit);
                }
                let length = lengths.get(unit as usize).map_or(0, |&length| usize::from(length));
                let norm = self.norms[length.min(LONGEST)];
                let count = count as f32;
                *score += (factor * count / (count + norm)) as u32 + 1;
            }
            blocks.advance();
        }
        Ok(())
    }
}

fn norms(mean: f64) -> Vec<f32> {
    (0..=LONGEST).map(|length| (K1 * (1.0 - B + B * length as f64 / mean)) as f32).collect()
}

struct Stem {
    number: u32,
    weight: f64,
    units: u32,
}

/// The stems to look for, rare ones first. Those that are everywhere only where there is little else.
fn stems_by_rarity(terms: &[SearchTerm], lexicon: &Lexicon, units: usize) -> Vec<Stem> {
    let all = terms.iter().flat_map(|term| term.stems.iter().map(|&(number, weight)| (number, term.weight * weight)));
    let mut stems: Vec<Stem> =
        all.map(|(number, weight)| Stem { number, weight, units: lexicon.units_of_stem(number, Field::All) }).collect();
    stems.sort_by(|left, right| {
        let key = |stem: &Stem| (stem.units, stem.number);
        key(left).cmp(&key(right)).then(right.weight.total_cmp(&left.weight))
    });
    stems.dedup_by_key(|stem| stem.number);
    let common = |stem: &Stem| f64::from(stem.units) > units as f64 * COMMON;
    let rare = stems.iter().filter(|stem| !common(stem)).count();
    if rare >= 2 {
        stems.truncate(rare);
    }
    stems
}

fn select(table: &[u32], touched: &[UnitNo], allowed: Option<&UnitSet>, limit: usize) -> Vec<UnitNo> {
    let found = touched.iter().copied().filter(|&unit| allowed.is_none_or(|allowed| allowed.contains(unit)));
    // Highest score first, then the lower unit: as one number, to be compared at once.
    let mut keys: Vec<u64> =
        found.map(|unit| u64::from(u32::MAX - table[unit as usize]) << 32 | u64::from(unit)).collect();
    if keys.len() > limit {
        keys.select_nth_unstable(limit);
        keys.truncate(limit);
    }
    keys.sort_unstable();
    let score = |key: u64| u32::MAX - (key >> 32) as u32;
    let least = keys.first().map_or(0.0, |&best| f64::from(score(best)) * NEAR);
    let near = keys.partition_point(|&key| f64::from(score(key)) >= least);
    keys.truncate(near.max(LEAST));
    keys.into_iter().map(|key| key as u32).collect()
}
