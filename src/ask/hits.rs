//! What the words of the corpus have to do with a question: found out when a word is first met.

use super::query::{Query, QueryTerm};
use crate::{
    analyze::words::is_number,
    index::lexicon::{GramNo, Lexicon, WordNo},
};
use rustc_hash::FxHashMap;
use std::{cell::Cell, collections::BTreeMap, hint::black_box};

/// Words of more characters have each n-gram looked at by itself.
const MOST_LETTERS: usize = 64;

/// What a word of the corpus has to do with the question.
#[derive(Debug, Clone, Copy)]
pub struct Hit {
    /// What it weighs in a phrasing, see [`Lexicon::word_weight`].
    pub weight: f64,
    /// What kind of word it is.
    pub kind: WordKind,
    /// Whether it says the opposite of a word of the question.
    pub opposes: bool,
    /// Whether it has nothing to do with the question: most have not.
    pub is_other: bool,
    /// Where the terms that it stands for are, see [`Hits::terms`].
    terms: (u32, u32),
    /// Where its n-grams that are the question's are, see [`Hits::grams`].
    grams: (u32, u32),
}

/// The kinds of words that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordKind {
    /// It turns a sentence round.
    Negation,
    /// It asks: *how*, *where*.
    Asking,
    /// It is a number; only told where the question has one.
    Number,
    /// None of these.
    Other,
}

/// A term of the question that a word of the corpus stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TermHit {
    /// The term, by its place in the query.
    pub term: u16,
    /// What the word counts for it, see [`WeighedStem`](super::query::WeighedStem).
    pub weight: f32,
    /// Whether it is the very word of the question.
    pub exact: bool,
}

thread_local! {
    /// [`Hits::places`] of the last question, all 0: a table for each question would have to be made of fresh pages.
    static PLACES: Cell<Vec<u32>> = const { Cell::new(Vec::new()) };
}

/// The words met so far.
pub struct Hits<'a> {
    lexicon: &'a Lexicon,
    /// By word, the place of its hit counted from 1; 0 for a word not met yet.
    places: Vec<u32>,
    met: Vec<Hit>,
    words: Vec<WordNo>,
    terms: Vec<TermHit>,
    grams: Vec<u16>,
    question: QuestionGrams,
    // Lists of words, ascending; empty as soon as all of them are met.
    opposites: Vec<WordNo>,
    negations: Vec<WordNo>,
    asking: Vec<WordNo>,
    /// Whether the question has numbers; else those of the corpus do not matter.
    counts: bool,
}

impl<'a> Hits<'a> {
    /// The words that stand for a term of the question; others come as they are met.
    #[must_use]
    pub fn new(query: &Query, lexicon: &'a Lexicon) -> Self {
        let mut places = PLACES.take();
        places.resize(lexicon.word_count(), 0);
        let mut hits = Self {
            lexicon,
            places,
            met: Vec::new(),
            words: Vec::new(),
            terms: Vec::new(),
            grams: Vec::new(),
            question: QuestionGrams::of(query, lexicon.distinct_grams()),
            opposites: query.opposites.clone(),
            negations: query.negations.clone(),
            asking: query.asking.clone(),
            counts: query.terms.iter().any(QueryTerm::is_number),
        };
        for (word, terms) in words_of(query, lexicon) {
            hits.meet(word, &terms);
        }
        for word in [&query.opposites, &query.negations, &query.asking].into_iter().flatten() {
            hits.of(*word);
        }
        // The others are in none of these lists: they need not be looked for there.
        (hits.opposites, hits.negations, hits.asking) = Default::default();
        hits
    }

    /// Meets words that will be asked for. What is known of them lies all over the index: when it is read in one go, none
    /// waits for another.
    pub fn meet_all(&mut self, words: impl Iterator<Item = WordNo>) {
        let mut new = Vec::new();
        for word in words {
            if let Some(place @ 0) = self.places.get_mut(word as usize) {
                *place = u32::MAX;
                new.push(word);
            }
        }
        let read = |&word: &WordNo| {
            let gram = self.lexicon.grams_of_word(word).first().map_or(0, |&gram| u64::from(gram));
            gram ^ self.lexicon.word_weight(word).to_bits()
        };
        black_box(new.iter().map(read).fold(0, std::ops::BitXor::bitxor));
        for word in new {
            self.meet(word, &[]);
        }
    }

    /// What the word has to do with the question.
    pub fn of(&mut self, word: WordNo) -> Hit {
        match self.places.get(word as usize) {
            Some(&place) if place > 0 => self.met[place as usize - 1],
            _ => self.meet(word, &[]),
        }
    }

    /// The terms of the question that a word stands for, the first one first.
    #[must_use]
    pub fn terms(&self, hit: Hit) -> &[TermHit] {
        &self.terms[hit.terms.0 as usize..hit.terms.1 as usize]
    }

    /// The n-grams that a word and the question have in common, as places in [`Query::grams`].
    #[must_use]
    pub fn grams(&self, hit: Hit) -> &[u16] {
        &self.grams[hit.grams.0 as usize..hit.grams.1 as usize]
    }

    fn kind(&self, word: WordNo) -> WordKind {
        if self.negations.binary_search(&word).is_ok() {
            WordKind::Negation
        } else if self.asking.binary_search(&word).is_ok() {
            WordKind::Asking
        } else if self.counts && is_number(self.lexicon.word_name(word)) {
            WordKind::Number
        } else {
            WordKind::Other
        }
    }

    fn meet(&mut self, word: WordNo, terms: &[TermHit]) -> Hit {
        let first = self.terms.len() as u32;
        self.terms.extend_from_slice(terms);
        let start = self.grams.len() as u32;
        self.question.shared(self.lexicon.grams_of_word(word), &mut self.grams);
        let grams = (start, self.grams.len() as u32);
        let terms = (first, self.terms.len() as u32);
        let (kind, opposes) = (self.kind(word), self.opposites.binary_search(&word).is_ok());
        let is_other = kind == WordKind::Other && !opposes && terms.0 == terms.1 && grams.0 == grams.1;
        let hit = Hit { weight: self.lexicon.word_weight(word), kind, opposes, is_other, terms, grams };
        self.met.push(hit);
        if let Some(place) = self.places.get_mut(word as usize) {
            *place = self.met.len() as u32;
            self.words.push(word);
        }
        hit
    }
}

impl Drop for Hits<'_> {
    fn drop(&mut self) {
        for &word in &self.words {
            self.places[word as usize] = 0;
        }
        PLACES.set(std::mem::take(&mut self.places));
    }
}

/// The words of the corpus that stand for terms of the question. One that is itself a form of several stands for the
/// first only; one that was only taken for them stands for each.
fn words_of(query: &Query, lexicon: &Lexicon) -> BTreeMap<WordNo, Vec<TermHit>> {
    let mut words: BTreeMap<WordNo, Vec<TermHit>> = BTreeMap::new();
    for (place, term) in query.terms.iter().enumerate() {
        let stemmed = term
            .stems
            .iter()
            .flat_map(|stem| lexicon.words_of_stem(stem.stem).iter().map(|&word| (word, stem.weight as f32)));
        for (word, weight) in term.number.map(|word| (word, 1.0)).into_iter().chain(stemmed) {
            let hit = TermHit { term: place as u16, weight, exact: term.number == Some(word) };
            let known = words.entry(word).or_default();
            match known.iter_mut().find(|known| known.term == hit.term || known.weight >= 1.0 && weight >= 1.0) {
                Some(same) if same.term == hit.term => same.weight = same.weight.max(weight),
                Some(_) => {}
                None => known.push(hit),
            }
        }
    }
    words
}

/// Where the n-grams of the corpus come in the question. Most do not: a bit for each tells that first.
struct QuestionGrams {
    bits: Vec<u64>,
    places: FxHashMap<GramNo, u16>,
}

impl QuestionGrams {
    fn of(query: &Query, grams: usize) -> Self {
        let mut bits = vec![0; grams.div_ceil(64)];
        let mut places = FxHashMap::default();
        for (place, &(gram, _)) in query.grams.iter().enumerate() {
            if let Some(gram) = gram
                && let Some(word) = bits.get_mut(gram as usize / 64)
            {
                *word |= 1 << (gram % 64);
                places.insert(gram, place as u16);
            }
        }
        Self { bits, places }
    }

    fn place(&self, gram: GramNo) -> Option<u16> {
        let word = self.bits.get(gram as usize / 64)?;
        if word >> (gram % 64) & 1 == 0 { None } else { self.places.get(&gram).copied() }
    }

    /// Adds the places of those n-grams of a word that are the question's. They come by length, as [`grams`] makes them,
    /// and a longer one can only be the question's where both that it is made of are.
    ///
    /// [`grams`]: crate::analyze::grams::grams
    fn shared(&self, grams: &[GramNo], places: &mut Vec<u16>) {
        // Of `n` characters there are `n`, `n - 1` and `n - 2`.
        let shortest = if grams.len() == 1 { 1 } else { grams.len() / 3 + 1 };
        if grams.len() > 1 && !grams.len().is_multiple_of(3) || shortest > MOST_LETTERS {
            places.extend(grams.iter().filter_map(|&gram| self.place(gram)));
            return;
        }
        let mut rest = grams;
        let mut may = u64::MAX;
        for count in (1..=shortest).rev() {
            let Some((these, longer)) = rest.split_at_checked(count) else { return };
            let mut found = 0_u64;
            for (at, &gram) in these.iter().enumerate().filter(|(at, _)| may >> at & 1 == 1) {
                if let Some(place) = self.place(gram) {
                    found |= 1 << at;
                    places.push(place);
                }
            }
            may = found & found >> 1;
            if may == 0 {
                return;
            }
            rest = longer;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::{grams::grams, words::Words};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_same_ngrams_are_found_as_by_looking_at_each(
            text in r"([a-c]{1,70}|[ab\u{e4}9-]{1,6}|[\u{9ed1}\u{8c79}\u{30ab}a]{1,7}|[\u{e1c}\u{e48}\u{e32}\u{e01}]{1,7}| ){1,8}",
        ) {
            let words = Words::of(&text);
            let mut numbers: FxHashMap<u64, GramNo> = FxHashMap::default();
            let words: Vec<Vec<GramNo>> = words
                .iter()
                .map(|word| {
                    let number = |hash| {
                        let next = numbers.len() as GramNo;
                        *numbers.entry(hash).or_insert(next)
                    };
                    grams(word).into_iter().map(number).collect()
                })
                .collect();
            for asked in &words {
                let mut question = QuestionGrams { bits: vec![0; numbers.len() / 64 + 1], places: FxHashMap::default() };
                for &gram in asked {
                    question.bits[gram as usize / 64] |= 1 << (gram % 64);
                    question.places.insert(gram, gram as u16);
                }
                for word in &words {
                    let mut places = Vec::new();
                    question.shared(word, &mut places);
                    let each: Vec<u16> = word.iter().filter_map(|&gram| question.place(gram)).collect();
                    prop_assert_eq!(places, each);
                }
            }
        }
    }
}
