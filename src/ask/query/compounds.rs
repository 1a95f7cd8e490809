//! Compounds of the languages that write them in one word: a question may have the whole or a part.

use super::{Why, builder::Builder};
use crate::{analyze::compounds, index::statistics::Field};

/// What the parts of a compound count together beside the compound, and a compound beside its part.
const WEIGHT: f64 = 0.5;

/// How many compounds a word may stand for: the commonest.
const MOST: usize = 16;

impl Builder<'_> {
    /// `Frist` may be `Rückgabefrist`, and `Rückgabefrist` may be `Frist` and `Rückgabe`.
    pub(super) fn take_compounds(&mut self, term: usize) {
        if self.terms[term].is_stop_word {
            return;
        }
        let word = self.terms[term].word.clone();
        for links in self.languages.iter().filter_map(|code| compounds::links(code)).collect::<Vec<_>>() {
            let mut units = |part: &str| if self.is_stop_word(part) { 0 } else { self.units_of(part) };
            let parts = compounds::parts(&word, links, &mut units);
            if !parts.is_empty() {
                self.take_for(&[term], &parts, Why::Compound, WEIGHT);
            }
        }
        self.take_whole(term);
    }

    /// Takes the term for the compounds that it is a part of.
    fn take_whole(&mut self, term: usize) {
        let own = self.terms[term].stems.iter().filter(|stem| stem.weight >= 1.0);
        let mut whole: Vec<u32> = own.flat_map(|stem| self.lexicon().compounds_of_stem(stem.stem)).copied().collect();
        whole.sort_by_key(|&stem| (std::cmp::Reverse(self.search.units_of_stem(stem, Field::All)), stem));
        whole.dedup();
        for stem in whole.into_iter().take(MOST) {
            if let Some(&word) = self.lexicon().words_of_stem(stem).first() {
                let name = self.lexicon().word_name(word);
                self.take_for(&[term], &[name], Why::Compound, WEIGHT);
            }
        }
    }
}
