//! Which sentences of a passage answer, and which of its words are the question's.

use super::query::Query;
use crate::{
    analyze::words::Words,
    index::{
        Search,
        lexicon::WordNo,
        postings::{B, K1},
        statistics::Field,
    },
    split::sentences,
};
use rustc_hash::FxHashMap;
use std::{collections::BTreeSet, ops::Range};

/// A passage of no more sentences is quoted whole.
const MOST_SENTENCES: usize = 2;

/// How far from the best sentence a further one may stand; what is between is quoted too.
const REACH: usize = 2;

/// A further sentence answers too if it scores at least this share of the best.
const ALSO: f64 = 0.5;

/// Finds the words of a question in texts of the corpus.
pub struct Matcher<'a> {
    search: &'a dyn Search,
    terms: FxHashMap<WordNo, usize>,
    /// What each term weighs.
    weights: Vec<f64>,
    /// Which terms tell what is asked.
    telling: Vec<bool>,
}

impl<'a> Matcher<'a> {
    /// A matcher for the words of `query`.
    #[must_use]
    pub fn new(query: &Query, search: &'a dyn Search) -> Self {
        let lexicon = search.lexicon();
        let mut terms = FxHashMap::default();
        for (place, term) in query.terms.iter().enumerate() {
            let forms = term.stems.iter().flat_map(|stem| lexicon.words_of_stem(stem.stem).iter().copied());
            for word in forms.chain(term.number) {
                terms.entry(word).or_insert(place);
            }
        }
        let weight = |term: &super::query::QueryTerm| {
            term.weight * search.statistics().idf(Field::Text, f64::from(term.units(Field::Text, search)))
        };
        let telling = query.terms.iter().map(super::query::QueryTerm::tells).collect();
        Self { search, terms, weights: query.terms.iter().map(weight).collect(), telling }
    }

    /// The term of the question that a word stands for.
    #[must_use]
    pub fn term(&self, word: &str) -> Option<usize> {
        self.terms.get(&self.search.lexicon().word(word)?).copied()
    }

    /// Whether a word stands for one of the question that tells what is asked.
    #[must_use]
    pub fn is_telling(&self, word: &str) -> bool {
        self.term(word).is_some_and(|term| self.telling.get(term) == Some(&true))
    }

    /// The sentences of a passage that answer: neighbours, so that they are one quote; all of a short one.
    #[must_use]
    pub fn answering(&self, passage: &str) -> Range<usize> {
        let all = sentences(passage);
        if all.len() <= MOST_SENTENCES {
            return 0..passage.len();
        }
        let words: Vec<Words> = all.iter().map(|sentence| Words::of(&passage[sentence.clone()])).collect();
        let mean = words.iter().map(|words| words.iter().count()).sum::<usize>() as f64 / all.len() as f64;
        let scores: Vec<f64> = words.iter().map(|words| self.score(words, mean)).collect();
        let higher = |&left: &usize, &right: &usize| scores[left].total_cmp(&scores[right]).then(right.cmp(&left));
        let Some(best) = (0..all.len()).max_by(higher) else { return 0..passage.len() };
        let around = best.saturating_sub(REACH)..(best + REACH + 1).min(all.len());
        let also = around.filter(|&place| place != best && scores[place] >= ALSO * scores[best]).max_by(higher);
        let other = also.unwrap_or(best);
        all[best.min(other)].start..all[best.max(other)].end
    }

    fn score(&self, words: &Words, mean: f64) -> f64 {
        let length = words.iter().count() as f64;
        let found: BTreeSet<usize> = words.iter().filter_map(|word| self.term(word)).collect();
        let norm = K1 * (1.0 - B + B * length / mean.max(1.0));
        found.iter().map(|&term| self.weights[term] * (K1 + 1.0) / (1.0 + norm)).sum()
    }
}
