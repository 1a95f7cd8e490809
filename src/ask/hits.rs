//! What the words of the corpus have to do with a question: found out when a word is first met.

use super::query::Query;
use crate::index::lexicon::{GramNo, Lexicon, WordNo};
use rustc_hash::FxHashMap;

/// What a word of the corpus has to do with the question.
#[derive(Debug, Clone, Copy)]
pub struct Hit {
    /// The term of the question that it stands for.
    pub term: Option<u16>,
    /// Whether it is the very word of the question.
    pub exact: bool,
    /// What it weighs in a phrasing, see [`Lexicon::word_weight`].
    pub weight: f64,
    /// Where its n-grams that are the question's stand in [`Hits::grams`].
    grams: (u32, u32),
}

/// The words met so far.
pub struct Hits<'a> {
    lexicon: &'a Lexicon,
    /// By word, the place of its hit counted from 1; 0 for a word not met yet.
    places: Vec<u32>,
    met: Vec<Hit>,
    grams: Vec<u16>,
    question: QuestionGrams,
}

impl<'a> Hits<'a> {
    /// The words that stand for a term of the question; others come as they are met.
    #[must_use]
    pub fn new(query: &Query, lexicon: &'a Lexicon) -> Self {
        let mut hits = Self {
            lexicon,
            places: vec![0; lexicon.word_count()],
            met: Vec::new(),
            grams: Vec::new(),
            question: QuestionGrams::of(query, lexicon.distinct_grams()),
        };
        for (place, term) in query.terms.iter().enumerate() {
            let forms = term.stems.iter().flat_map(|&stem| lexicon.words_of_stem(stem).iter().copied());
            for word in term.number.into_iter().chain(forms) {
                if hits.places.get(word as usize) == Some(&0) {
                    hits.meet(word, Some(place as u16), term.number == Some(word));
                }
            }
        }
        hits
    }

    /// What the word has to do with the question.
    pub fn of(&mut self, word: WordNo) -> Hit {
        match self.places.get(word as usize) {
            Some(&place) if place > 0 => self.met[place as usize - 1],
            _ => self.meet(word, None, false),
        }
    }

    /// The n-grams that a word and the question have in common, as places in [`Query::grams`].
    #[must_use]
    pub fn grams(&self, hit: Hit) -> &[u16] {
        &self.grams[hit.grams.0 as usize..hit.grams.1 as usize]
    }

    fn meet(&mut self, word: WordNo, term: Option<u16>, exact: bool) -> Hit {
        let start = self.grams.len() as u32;
        let grams = self.lexicon.grams_of_word(word);
        self.grams.extend(grams.iter().filter_map(|&gram| self.question.place(gram)));
        let grams = (start, self.grams.len() as u32);
        let hit = Hit { term, exact, weight: self.lexicon.word_weight(word), grams };
        self.met.push(hit);
        if let Some(place) = self.places.get_mut(word as usize) {
            *place = self.met.len() as u32;
        }
        hit
    }
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
}
