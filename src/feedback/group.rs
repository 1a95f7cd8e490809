//! Brings together questions that are alike: one pass, each to the first group that is like it enough.
//!
//! Two questions are as like as the weights of the stems that both have are a part of the weights of all (Jaccard's
//! index, weighted). A stem weighs as it tells texts of the corpus apart; what the corpus does not know weighs most.

use crate::{
    analyze::{stems::Stems, words::Words},
    ask::engine::Engine,
    index::statistics::Field,
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// A weight of 1 as a whole number: sums of whole numbers are exact, in whichever order they are made.
const ONE: f64 = 65_536.0;

/// The stems of a question, by their numbers in order.
type Terms = Arc<[usize]>;

/// What questions are about, as an index reads them; what was read once is kept.
#[derive(Default)]
pub struct Topics {
    generation: String,
    stems: BTreeMap<String, Stems>,
    numbers: HashMap<String, usize>,
    /// What each stem weighs.
    weights: Vec<u64>,
    read: HashMap<String, Terms>,
}

impl Topics {
    /// Forgets what another index has read.
    fn turn_to(&mut self, engine: &Engine) {
        let generation = engine.generation();
        if self.generation != generation {
            *self = Self { generation, ..Self::default() };
        }
    }

    fn terms(&mut self, question: &str, engine: &Engine) -> Terms {
        if let Some(terms) = self.read.get(question) {
            return Arc::clone(terms);
        }
        let terms = self.read(question, engine);
        self.read.insert(question.to_owned(), Arc::clone(&terms));
        terms
    }

    /// The stems of the words that tell; of all words where none tells.
    fn read(&mut self, question: &str, engine: &Engine) -> Terms {
        let vocabulary = &engine.vocabulary;
        let languages = vocabulary.languages_of(question, None);
        let words = Words::of(question);
        let likeliest = vocabulary.likeliest(&languages, &words).into_iter().next().unwrap_or_default();
        let stems = self.stems.entry(likeliest).or_insert_with_key(|language| Stems::of(Some(language)));
        let tells = |word: &&str| !vocabulary.is_stop_word(word, &languages);
        let telling: Vec<&str> = words.iter().filter(tells).collect();
        let telling = if telling.is_empty() { words.iter().collect() } else { telling };
        let number = |word: &str| {
            let stem = stems.stem(word);
            if let Some(&number) = self.numbers.get(&stem) {
                return number;
            }
            self.weights.push(weight(&stem, engine));
            self.numbers.insert(stem, self.weights.len() - 1);
            self.weights.len() - 1
        };
        let mut terms: Vec<usize> = telling.into_iter().map(number).collect();
        terms.sort_unstable();
        terms.dedup();
        terms.into()
    }

    fn weight(&self, stem: usize) -> u64 {
        self.weights.get(stem).copied().unwrap_or(0)
    }

    fn sum(&self, terms: &[usize]) -> u64 {
        terms.iter().map(|&stem| self.weight(stem)).sum()
    }

    /// The rarest stems, so many that the rest weighs less than what like questions have in common.
    fn rarest(&self, terms: &[usize], having: &[Having]) -> Vec<usize> {
        let mut stems = terms.to_vec();
        stems.sort_by_key(|&stem| having.get(stem).map_or(0, |having| having.questions));
        let all = self.sum(terms);
        let mut rest = all;
        stems.retain(|&stem| {
            let needed = 2 * rest >= all;
            rest -= self.weight(stem);
            needed
        });
        stems
    }

    /// How like two questions are, if they are alike: half of what both weigh is in both.
    fn alike(&self, left: &[usize], right: &[usize]) -> Option<f64> {
        let shared: u64 =
            left.iter().filter(|stem| right.binary_search(stem).is_ok()).map(|&stem| self.weight(stem)).sum();
        let all = self.sum(left) + self.sum(right) - shared;
        (all > 0 && 2 * shared >= all).then(|| shared as f64 / all as f64)
    }
}

fn weight(stem: &str, engine: &Engine) -> u64 {
    let search = &*engine.search;
    let units = search.lexicon().stem(stem).map_or(0, |stem| search.units_of_stem(stem, Field::All));
    (search.statistics().idf(Field::All, f64::from(units)) * ONE).max(1.0) as u64
}

/// What has a stem.
#[derive(Clone, Default)]
struct Having {
    questions: usize,
    groups: Vec<usize>,
}

/// The different questions, and which group each is in. `questions` have a number and come in the order in which they
/// become groups.
pub fn groups<'q>(questions: impl IntoIterator<Item = &'q str>, topics: &mut Topics, engine: &Engine) -> Vec<usize> {
    topics.turn_to(engine);
    let terms: Vec<Terms> = questions.into_iter().map(|question| topics.terms(question, engine)).collect();
    // By each stem the groups that have it. What is like enough shares one of the rarest stems of a question.
    let mut having = vec![Having::default(); topics.weights.len()];
    for &stem in terms.iter().flat_map(|terms| terms.iter()) {
        having[stem].questions += 1;
    }
    let mut leaders: Vec<&[usize]> = Vec::new();
    let mut group_of = Vec::with_capacity(terms.len());
    for own in &terms {
        let rarest = topics.rarest(own, &having);
        let mut candidates: Vec<usize> = rarest.iter().flat_map(|&stem| &having[stem].groups).copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        let likeness = |&group: &usize| Some((topics.alike(own, leaders.get(group)?)?, group));
        let scored = candidates.iter().filter_map(likeness);
        let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best });
        let group = best.map_or(leaders.len(), |(_, group)| group);
        if group == leaders.len() {
            leaders.push(own);
            for &stem in own.iter() {
                having[stem].groups.push(group);
            }
        }
        group_of.push(group);
    }
    group_of
}
