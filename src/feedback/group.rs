//! Brings together questions that are alike: one pass, each to the first group that is like it enough.
//!
//! Two questions are as like as the weights of the stems that both have are a part of the weights of all (Jaccard's
//! index, weighted). A stem weighs as it tells texts of the corpus apart; what the corpus does not know weighs most.

use crate::{
    analyze::{stems::Stems, words::Words},
    ask::engine::Engine,
    index::statistics::Field,
};
use rustc_hash::FxHashMap;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// From so much in common on, questions are one group: half, but for what is lost in sums.
const ALIKE: f64 = 0.499;

/// Words of a question.
type Terms = BTreeMap<String, f64>;

/// What a question is about.
pub struct Topics<'e> {
    engine: &'e Engine,
    stems: BTreeMap<String, Stems>,
}

impl<'e> Topics<'e> {
    /// Reads questions to an index.
    pub fn new(engine: &'e Engine) -> Self {
        Self { engine, stems: BTreeMap::new() }
    }

    /// The stems of the words that tell, with their weights; of all words where none tells.
    fn terms(&mut self, question: &str) -> Terms {
        let vocabulary = &self.engine.vocabulary;
        let languages = vocabulary.languages_of(question, None);
        let words = Words::of(question);
        let likeliest = vocabulary.likeliest(&languages, &words).into_iter().next().unwrap_or_default();
        let stems = self.stems.entry(likeliest).or_insert_with_key(|language| Stems::of(Some(language)));
        let search = &*self.engine.search;
        let weight = |stem: &str| {
            let units = search.lexicon().stem(stem).map_or(0, |stem| search.units_of_stem(stem, Field::All));
            search.statistics().idf(Field::All, f64::from(units)).max(f64::MIN_POSITIVE)
        };
        let tells = |word: &&str| !vocabulary.is_stop_word(word, &languages);
        let telling: Vec<&str> = words.iter().filter(tells).collect();
        let telling = if telling.is_empty() { words.iter().collect() } else { telling };
        let stemmed = telling.into_iter().map(|word| stems.stem(word));
        stemmed.map(|stem| (weight(&stem), stem)).map(|(weight, stem)| (stem, weight)).collect()
    }
}

/// The different questions, and which group each is in. `questions` have a number and come in the order in which they
/// become groups.
pub fn groups<'q>(questions: impl IntoIterator<Item = &'q str>, topics: &mut Topics<'_>) -> Vec<usize> {
    let terms: Vec<Terms> = questions.into_iter().map(|question| topics.terms(question)).collect();
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    terms.iter().flat_map(BTreeMap::keys).for_each(|stem| *counts.entry(stem).or_default() += 1);
    // By each stem the groups that have it. What is like enough shares one of the rarest stems of a question.
    let mut having: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    let mut leaders: Vec<usize> = Vec::new();
    let mut group_of = Vec::with_capacity(terms.len());
    for (number, own) in terms.iter().enumerate() {
        let candidates: BTreeSet<usize> =
            rarest(own, &counts).into_iter().flat_map(|stem| having.get(stem).into_iter().flatten()).copied().collect();
        let likeness = |group: &usize| {
            leaders.get(*group).and_then(|&leader| terms.get(leader)).map_or(0.0, |leader| alike(own, leader))
        };
        let scored = candidates.into_iter().map(|group| (likeness(&group), group));
        let best = scored
            .filter(|(likeness, _)| *likeness >= ALIKE)
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        let group = best.map_or(leaders.len(), |(_, group)| group);
        if group == leaders.len() {
            leaders.push(number);
            for stem in own.keys() {
                having.entry(stem).or_default().push(group);
            }
        }
        group_of.push(group);
    }
    group_of
}

/// The rarest stems, so many that the rest weighs less than what like questions have in common.
fn rarest<'t>(terms: &'t Terms, counts: &FxHashMap<&str, usize>) -> Vec<&'t str> {
    let mut stems: Vec<(&str, f64)> = terms.iter().map(|(stem, weight)| (stem.as_str(), *weight)).collect();
    stems.sort_by_key(|&(stem, _)| (counts.get(stem).copied().unwrap_or(0), Reverse(stem)));
    let all: f64 = stems.iter().map(|(_, weight)| weight).sum();
    let mut rest = all;
    let needed = stems.into_iter().take_while(|(_, weight)| {
        let needed = rest >= ALIKE * all;
        rest -= weight;
        needed
    });
    needed.map(|(stem, _)| stem).collect()
}

fn alike(left: &Terms, right: &Terms) -> f64 {
    let sum = |terms: &Terms| terms.values().sum::<f64>();
    let shared: f64 = left.iter().filter(|(stem, _)| right.contains_key(*stem)).map(|(_, weight)| weight).sum();
    let all = sum(left) + sum(right) - shared;
    if all > 0.0 { shared / all } else { 0.0 }
}
