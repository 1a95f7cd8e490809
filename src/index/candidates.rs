//! The candidates of a question: the units that score best for its words, by BM25 added up over the fields.
//!
//! Rare words come first. As soon as all others together can bring nobody new among the best, they are looked up for those
//! units alone that may still be among them, as `MaxScore` does (Turtle and Flood 1995, "Query evaluation: strategies and
//! optimizations"). Scores are sums of integers, so that their order does not matter, and ties go to the lower unit.

use super::{
    UnitNo, UnitSet,
    saturation::{K1, Saturation},
    writer::search_error,
};
use crate::error::Result;
use tantivy::{
    InvertedIndexReader,
    postings::{BlockSegmentPostings, TermInfo},
    schema::IndexRecordOption,
};

/// So many units come however little they score beside the best.
const LEAST: usize = 20;

/// A unit that scores less than this share of the best is no candidate: it has too little of what was asked.
const NEAR: f64 = 0.5;

/// By so many units it is told how much the best have.
const LED: usize = 512;

/// To look a unit up in a list costs as much as to read so many postings.
const SEEK: u64 = 16;

/// Integer units of a score of 1.
const SCALE: f64 = 1024.0;

/// The posting list of a word in a field, with what its postings score.
pub struct List<'a> {
    postings: &'a InvertedIndexReader,
    info: TermInfo,
    factor: f32,
    saturation: Saturation<'a>,
    /// The most that a unit scores.
    most: u64,
}

impl<'a> List<'a> {
    /// The list that `info` leads to, of a word that weighs so much there and counts at most so much.
    #[must_use]
    pub fn new(
        postings: &'a InvertedIndexReader,
        info: TermInfo,
        weight: f64,
        saturation: Saturation<'a>,
        most: f32,
    ) -> Self {
        let factor = (weight * (K1 + 1.0) * SCALE) as f32;
        Self { postings, info, factor, saturation, most: u64::from(score(factor, most)) }
    }

    fn len(&self) -> u64 {
        u64::from(self.info.doc_freq)
    }

    fn open(&self) -> Result<BlockSegmentPostings> {
        self.postings.read_block_postings_from_terminfo(&self.info, IndexRecordOption::WithFreqs).map_err(search_error)
    }

    /// What a unit scores that has the word so often.
    fn score(&self, unit: UnitNo, count: u32) -> u32 {
        score(self.factor, self.saturation.of(unit, count))
    }
}

/// At least 1: a unit that has a word is told from one that has none.
fn score(factor: f32, counts: f32) -> u32 {
    ((factor * counts) as u32).saturating_add(1)
}

/// Scores by unit, to be used for one question after the other.
#[derive(Debug, Default)]
pub struct Scores {
    by_unit: Vec<u32>,
    /// The units whose score is not 0.
    touched: Vec<UnitNo>,
}

impl Scores {
    /// Makes room for so many units.
    pub fn resize(&mut self, units: usize) {
        self.by_unit.resize(units, 0);
    }

    /// Sets all scores to 0.
    pub fn clear(&mut self) {
        for unit in self.touched.drain(..) {
            self.by_unit[unit as usize] = 0;
        }
    }

    fn of(&self, unit: UnitNo) -> u32 {
        self.by_unit.get(unit as usize).copied().unwrap_or(0)
    }

    /// Adds what the units of a list score: all of them, or those that have a score already.
    fn add(&mut self, list: &List<'_>, all: bool) -> Result<()> {
        let mut blocks = list.open()?;
        while blocks.block_len() > 0 {
            for (&unit, &count) in blocks.docs().iter().zip(blocks.freqs()) {
                let Some(score) = self.by_unit.get_mut(unit as usize) else { continue };
                if *score == 0 {
                    if !all {
                        continue;
                    }
                    self.touched.push(unit);
                }
                *score += list.score(unit, count);
            }
            blocks.advance();
        }
        Ok(())
    }

    /// Adds what those of `units`, which have a score already, score in a list.
    fn add_within(&mut self, list: &List<'_>, units: &mut [UnitNo]) -> Result<()> {
        if units.len() as u64 * SEEK > list.len() {
            return self.add(list, false);
        }
        units.sort_unstable();
        let mut blocks = list.open()?;
        for &unit in units.iter() {
            let place = blocks.seek(unit);
            if blocks.doc(place) == unit
                && let Some(score) = self.by_unit.get_mut(unit as usize)
            {
                *score += list.score(unit, blocks.freq(place));
            }
        }
        Ok(())
    }

    /// The units that can still be candidates, if no unit scores more than `rest` from here on; nothing where some may be
    /// candidates that have no score yet.
    fn within_reach(&self, units: &[UnitNo], rest: u64, allowed: Option<&UnitSet>) -> Option<Vec<UnitNo>> {
        let allowed = || units.iter().copied().filter(|&unit| is_allowed(unit, allowed));
        // Those that the rarest words led to are nearly always the best: a low estimate costs some looking up.
        let mut first: Vec<u32> = allowed().take(LED).map(|unit| self.of(unit)).collect();
        let place = first.len().checked_sub(LEAST)?;
        let least = *first.select_nth_unstable(place).1;
        let best = first.into_iter().max().unwrap_or(0);
        // So much have some units already that are among the best in the end, whatever comes.
        let needed = (f64::from(best) * NEAR).min(f64::from(least));
        if rest as f64 >= needed {
            return None;
        }
        let reaches = |&unit: &UnitNo| (u64::from(self.of(unit)) + rest) as f64 >= needed;
        Some(allowed().filter(reaches).collect())
    }
}

/// The `limit` best units that are `allowed`, best first, without those that are far behind.
///
/// # Errors
/// When the index cannot be read.
pub fn best(
    mut lists: Vec<List<'_>>,
    scores: &mut Scores,
    allowed: Option<&UnitSet>,
    limit: usize,
) -> Result<Vec<UnitNo>> {
    lists.sort_by_key(List::len);
    let all: u64 = lists.iter().map(|list| list.most).sum();
    let mut rest = all;
    let mut within: Option<Vec<UnitNo>> = None;
    for list in &lists {
        let known = within.as_deref().unwrap_or(&scores.touched);
        // A short list is added sooner than it is told whether it has to be; and no unit has more than all lists so far.
        if list.len() > known.len().min(LED) as u64 && (rest as f64) < (all - rest) as f64 * NEAR {
            within = scores.within_reach(known, rest, allowed).or(within);
        }
        match &mut within {
            Some(units) => scores.add_within(list, units)?,
            None => scores.add(list, true)?,
        }
        rest -= list.most;
    }
    Ok(select(scores, within.as_deref().unwrap_or(&scores.touched), allowed, limit))
}

fn is_allowed(unit: UnitNo, allowed: Option<&UnitSet>) -> bool {
    allowed.is_none_or(|allowed| allowed.contains(unit))
}

fn select(scores: &Scores, units: &[UnitNo], allowed: Option<&UnitSet>, limit: usize) -> Vec<UnitNo> {
    // Highest score first, then the lower unit: as one number, to be compared at once.
    let found = units.iter().copied().filter(|&unit| is_allowed(unit, allowed));
    let mut keys: Vec<u64> = found.map(|unit| u64::from(u32::MAX - scores.of(unit)) << 32 | u64::from(unit)).collect();
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::{Arc, OnceLock};
    use tantivy::{
        Index, TantivyDocument, Term,
        schema::{Field, Schema, TEXT},
    };

    const UNITS: u32 = 3000;
    const WORDS: u32 = 40;

    struct Corpus {
        postings: Arc<InvertedIndexReader>,
        field: Field,
        norms: Vec<f32>,
        lengths: Vec<u16>,
    }

    /// Texts of which each has word `n` with a chance of one in `n + 1`.
    fn corpus() -> &'static Corpus {
        static CORPUS: OnceLock<Corpus> = OnceLock::new();
        CORPUS.get_or_init(|| {
            let mut schema = Schema::builder();
            let field = schema.add_text_field("text", TEXT);
            let index = Index::create_in_ram(schema.build());
            let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
            let mut lengths = Vec::new();
            for unit in 0..UNITS {
                let has = |word: &u32| (unit * 7919 + word * 104_729) % 1009 * (word + 1) < 1009;
                let mut words: Vec<String> = (0..WORDS).filter(has).map(|word| format!("w{word}")).collect();
                words.extend((0..unit % 4).map(|_| format!("w{}", unit % WORDS)));
                lengths.push(words.len() as u16);
                let mut document = TantivyDocument::new();
                document.add_text(field, words.join(" "));
                writer.add_document(document).unwrap();
            }
            writer.commit().unwrap();
            let searcher = index.reader().unwrap().searcher();
            assert_eq!(searcher.segment_readers().len(), 1);
            let postings = searcher.segment_reader(0).inverted_index(field).unwrap();
            Corpus {
                postings,
                field,
                norms: (0..=20).map(|length: u8| 0.3 + f32::from(length) * 0.1).collect(),
                lengths,
            }
        })
    }

    impl Corpus {
        fn list(&self, word: u32, weight: f64) -> Option<List<'_>> {
            let info = self.postings.get_term_info(&Term::from_field_text(self.field, &format!("w{word}"))).unwrap()?;
            let saturation = Saturation { norms: &self.norms, lengths: &self.lengths };
            let most = saturation.most(&self.postings, &info).unwrap();
            Some(List::new(&self.postings, info, weight, saturation, most))
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost_by_looking_up_common_words_only_for_the_best(
            words in prop::collection::vec((0..WORDS, 0.01..12.0), 1..12),
            every in 1..5_u32,
        ) {
            let lists = || words.iter().filter_map(|&(word, weight)| corpus().list(word, weight)).collect::<Vec<_>>();
            let mut allowed = UnitSet::new(UNITS as usize, false);
            (0..UNITS).filter(|unit| unit % every == 0).for_each(|unit| allowed.insert(unit));
            let (mut all, mut scores) = (Scores::default(), Scores::default());
            for scores in [&mut all, &mut scores] {
                scores.resize(UNITS as usize);
            }
            for list in lists() {
                all.add(&list, true).unwrap();
            }
            for limit in [10, 80] {
                let found = best(lists(), &mut scores, Some(&allowed), limit).unwrap();
                prop_assert_eq!(&found, &select(&all, &all.touched, Some(&allowed), limit));
                scores.clear();
            }
        }
    }

    #[test]
    fn common_words_are_looked_up_for_few_units() {
        let mut scores = Scores::default();
        scores.resize(UNITS as usize);
        let lists: Vec<List<'_>> =
            [(30, 10.0), (31, 10.0), (0, 0.1)].map(|(word, weight)| corpus().list(word, weight).unwrap()).into();
        let common = lists[2].len();
        best(lists, &mut scores, None, 80).unwrap();
        assert!((scores.touched.len() as u64) < common, "{} of {common}", scores.touched.len());
    }
}
