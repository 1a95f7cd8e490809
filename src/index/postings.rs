//! The posting lists of the search index: which units have a word, and how often.

use super::{
    SearchTerm, UnitNo, UnitSet,
    candidates::{List, Scores, best},
    lexicon::Lexicon,
    saturation::{Most, SCORED, Saturation, norms},
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

/// A word in more than this share of the units finds nothing that rarer words do not.
const COMMON: f64 = 0.1;

/// What retrieval scores: a field of the search index, its weight, and the field whose counts it takes.
struct Scored {
    postings: Arc<InvertedIndexReader>,
    field: TantivyField,
    counts: Field,
    weight: f64,
    /// By length, see [`norms`].
    norms: Vec<f32>,
}

impl Scored {
    fn saturation<'a>(&'a self, lengths: &LengthsOf<'a>) -> Saturation<'a> {
        Saturation { norms: &self.norms, lengths: lengths(self.counts) }
    }
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
        let scored: [_; SCORED] = [
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

    /// What each of so many stems counts at most; `number` tells the number of a stem.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn most_of_stems<'a>(
        &'a self,
        stems: usize,
        number: &dyn Fn(&str) -> Option<u32>,
        lengths: &LengthsOf<'a>,
    ) -> Result<Vec<Most>> {
        let mut most = vec![Most::default(); stems];
        for (place, scored) in self.fields.iter().enumerate() {
            let saturation = scored.saturation(lengths);
            let mut terms = scored.postings.terms().stream().map_err(search_error)?;
            while terms.advance() {
                let stem = std::str::from_utf8(terms.key()).ok().and_then(number);
                if let Some(most) = stem.and_then(|stem| most.get_mut(stem as usize)) {
                    most[place] = saturation.most(&scored.postings, terms.value())?;
                }
            }
        }
        Ok(most)
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
            let name = lexicon.stem_name(stem.number);
            for (scored, &most) in self.fields.iter().zip(lexicon.most_of_stem(stem.number)) {
                let term = Term::from_field_text(scored.field, name);
                if most > 0.0
                    && let Some(info) = scored.postings.get_term_info(&term).map_err(search_error)?
                {
                    let units = lexicon.units_of_stem(stem.number, scored.counts);
                    let weight = statistics.idf(scored.counts, f64::from(units)) * stem.weight * scored.weight;
                    lists.push(List::new(&scored.postings, info, weight, scored.saturation(lengths), most));
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
