//! The posting lists of the search index: which units have a word, and how often.

use super::{
    SearchTerm, UnitNo, UnitSet,
    candidates::{List, Scores, best},
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
    /// Tables for the next questions.
    scores: Mutex<Vec<Scores>>,
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
            scores: Mutex::default(),
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
    pub fn best<'a>(
        &'a self,
        terms: &[SearchTerm],
        lexicon: &Lexicon,
        statistics: &Statistics,
        lengths: &LengthsOf<'a>,
        allowed: Option<&UnitSet>,
        limit: usize,
    ) -> Result<Vec<UnitNo>> {
        let lists = self.lists(terms, lexicon, statistics, lengths)?;
        let mut scores = self.scores.lock().ok().and_then(|mut scores| scores.pop()).unwrap_or_default();
        scores.resize(self.units);
        let best = best(lists, &mut scores, allowed, limit);
        scores.clear();
        if let Ok(mut kept) = self.scores.lock() {
            kept.push(scores);
        }
        best
    }

    /// The lists of all stems in all fields.
    fn lists<'a>(
        &'a self,
        terms: &[SearchTerm],
        lexicon: &Lexicon,
        statistics: &Statistics,
        lengths: &LengthsOf<'a>,
    ) -> Result<Vec<List<'a>>> {
        let mut lists = Vec::new();
        for stem in stems_by_rarity(terms, lexicon, self.units) {
            for scored in &self.fields {
                let units = lexicon.units_of_stem(stem.number, scored.counts);
                if units == 0 {
                    continue;
                }
                let term = Term::from_field_text(scored.field, lexicon.stem_name(stem.number));
                if let Some(info) = scored.postings.get_term_info(&term).map_err(search_error)? {
                    let idf = statistics.idf(scored.counts, f64::from(units));
                    let (postings, norms, lengths) = (&*scored.postings, &*scored.norms, lengths(scored.counts));
                    lists.push(List::new(postings, info, idf * stem.weight * scored.weight, norms, lengths));
                }
            }
        }
        Ok(lists)
    }
}

/// Adds all units of a list to a set.
fn insert_all(mut blocks: BlockSegmentPostings, units: &mut UnitSet) {
    while blocks.block_len() > 0 {
        blocks.docs().iter().filter(|&&unit| unit != TERMINATED).for_each(|&unit| units.insert(unit));
        blocks.advance();
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
