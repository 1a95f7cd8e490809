//! The query while the question is read: each word with what it stands for in the corpus.

use super::{Query, QueryTerm, STOP_WEIGHT, TakenFor, WeighedStem, Why, grams_of};
use crate::{
    analyze::{opposites::opposites, stems::Stems, words::Words},
    ask::vocabulary::Vocabulary,
    index::{
        Search,
        lexicon::{Lexicon, StemNo, WordNo},
        phrasing_key,
        statistics::Field,
    },
};
/// Reads a question word by word.
pub struct Builder<'a> {
    pub(super) search: &'a dyn Search,
    pub(super) vocabulary: &'a Vocabulary,
    /// The languages that the question may be in.
    pub(super) languages: Vec<&'a str>,
    /// Stems in each of the languages, and in none.
    stemmers: Vec<Stems>,
    pub(super) terms: Vec<QueryTerm>,
    pub(super) order: Vec<usize>,
    /// For each place in `order` the stems that the word may have.
    pub(super) stems_by_place: Vec<Vec<String>>,
    stemmed: Vec<String>,
    key: u64,
}

impl<'a> Builder<'a> {
    pub fn new(question: &str, language: Option<&str>, vocabulary: &'a Vocabulary, search: &'a dyn Search) -> Self {
        let languages = vocabulary.languages_of(question, language);
        let stemmers = languages.iter().copied().map(Some).chain([None]).map(Stems::of).collect();
        let (terms, order, stems_by_place, stemmed) = Default::default();
        Self {
            search,
            vocabulary,
            languages,
            stemmers,
            terms,
            order,
            stems_by_place,
            stemmed,
            key: phrasing_key(question),
        }
    }

    /// Adds the next word, with the stems that are its own.
    pub fn add(&mut self, word: &str) {
        let mut own: Vec<String> = self.stemmers.iter().map(|stems| stems.stem(word)).collect();
        own.dedup();
        let known = self.known_among(&own);
        self.stems_by_place.push(own.clone());
        // The form without a stemmer is only for languages that have none.
        own.truncate(own.len().saturating_sub(1).max(1));
        self.stemmed.append(&mut own);
        let stems: Vec<WeighedStem> = known.into_iter().map(|stem| WeighedStem { stem, weight: 1.0 }).collect();
        let same = |term: &QueryTerm| term.word == word || !stems.is_empty() && term.stems == stems;
        let place = self.terms.iter().position(same).unwrap_or_else(|| {
            let is_stop_word = self.is_stop_word(word);
            self.terms.push(QueryTerm {
                word: word.to_owned(),
                number: self.lexicon().word(word),
                is_own: !stems.is_empty(),
                stems,
                taken_for: Vec::new(),
                count: 0.0,
                weight: if is_stop_word { STOP_WEIGHT } else { 1.0 },
                is_stop_word,
            });
            self.terms.len() - 1
        });
        self.terms[place].count += 1.0;
        self.order.push(place);
    }

    /// Looks for other words of the corpus that the words may stand for.
    pub fn look_for_others(&mut self) {
        self.join_neighbours();
        self.take_number_words();
        self.take_synonyms();
        for term in 0..self.terms.len() {
            self.take_compounds(term);
            if !self.terms[term].is_own && !self.terms[term].is_stop_word {
                self.split(term);
                self.correct(term);
            }
        }
    }

    /// The query of all words read.
    pub fn finish(self, words: Words) -> Query {
        let grams = grams_of(&self.terms, self.lexicon());
        let languages = self.vocabulary.likeliest(&self.languages, &words);
        Query {
            opposites: self.opposites(),
            negations: self.vocabulary.negations().numbers.clone(),
            asking: self.vocabulary.asking().numbers.clone(),
            asks: self.terms.iter().filter(|term| self.vocabulary.asking().words.contains(&term.word)).count(),
            is_negated: self.terms.iter().any(|term| self.vocabulary.negations().words.contains(&term.word)),
            terms: self.terms,
            order: self.order,
            grams,
            key: self.key,
            words,
            stems: self.stemmed,
            languages,
        }
    }

    /// Words of the corpus that say the opposite of one of the question, and are none of its words themselves.
    fn opposites(&self) -> Vec<WordNo> {
        // The stem of an opposite is nearly always the opposite of the stem.
        let telling = self.order.iter().zip(&self.stems_by_place).filter(|&(&term, _)| self.terms[term].tells());
        let turned = telling.flat_map(|(_, stems)| {
            self.languages.iter().flat_map(move |code| stems.iter().flat_map(|stem| opposites(stem, code)))
        });
        let is_asked = |stem: &StemNo| self.terms.iter().flat_map(|term| &term.stems).any(|own| own.stem == *stem);
        let stems = turned.filter_map(|stem| self.lexicon().stem(&stem)).filter(|stem| !is_asked(stem));
        let mut words: Vec<WordNo> = stems.flat_map(|stem| self.lexicon().words_of_stem(stem)).copied().collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// Lets words of the corpus stand for terms of the question. Several words stand for them together: each counts
    /// by its idf.
    pub(super) fn take_for(&mut self, terms: &[usize], words: &[&str], why: Why, weight: f64) {
        let parts: Vec<(Vec<StemNo>, f64)> = words.iter().map(|word| self.part(word)).collect();
        let whole: f64 = parts.iter().map(|(_, idf)| idf).sum();
        for &place in terms {
            let Some(term) = self.terms.get_mut(place) else { continue };
            for (stems, idf) in &parts {
                for &stem in stems {
                    add_stem(&mut term.stems, stem, weight * idf / whole);
                }
            }
            term.taken_for.push(TakenFor { words: words.join(" "), why, weight });
        }
    }

    /// The stems of a word that the corpus has, and how much the word tells.
    fn part(&self, word: &str) -> (Vec<StemNo>, f64) {
        let stems = self.known_stems(word);
        let units = stems.iter().map(|&stem| self.search.units_of_stem(stem, Field::All)).max().unwrap_or(0);
        (stems, self.search.statistics().idf(Field::All, f64::from(units)))
    }

    /// The stems that a word may have which the corpus has, ascending.
    pub(super) fn known_stems(&self, word: &str) -> Vec<StemNo> {
        self.known_among(&self.stemmers.iter().map(|stems| stems.stem(word)).collect::<Vec<_>>())
    }

    fn known_among(&self, stems: &[String]) -> Vec<StemNo> {
        let stems = stems.iter().filter_map(|stem| self.lexicon().stem(stem));
        let mut known: Vec<StemNo> = stems.filter(|&stem| self.search.units_of_stem(stem, Field::All) > 0).collect();
        known.sort_unstable();
        known.dedup();
        known
    }

    /// In how many units a word stands, in any of its forms.
    pub(super) fn units_of(&self, word: &str) -> u32 {
        let units = |stem: StemNo| self.search.units_of_stem(stem, Field::All);
        self.known_stems(word).into_iter().map(units).max().unwrap_or(0)
    }

    pub(super) fn is_stop_word(&self, word: &str) -> bool {
        self.vocabulary.is_stop_word(word, &self.languages)
    }

    pub(super) fn lexicon(&self) -> &'a Lexicon {
        self.search.lexicon()
    }
}

fn add_stem(stems: &mut Vec<WeighedStem>, stem: StemNo, weight: f64) {
    match stems.iter_mut().find(|known| known.stem == stem) {
        Some(known) => known.weight = known.weight.max(weight),
        None => stems.push(WeighedStem { stem, weight }),
    }
}
