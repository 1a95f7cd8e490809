//! Words that are written together in the question and apart in the corpus, and the other way round.

use super::{Why, builder::Builder};
use std::collections::BTreeSet;

/// What such words count beside the word as it stands.
const WEIGHT: f64 = 0.8;

/// A shorter word is not taken apart, nor into a part that is shorter. In characters.
const SHORTEST: usize = 5;
const SHORTEST_PART: usize = 2;

/// A longer word is none that people write together by mistake. In characters.
const LONGEST: usize = 40;

impl Builder<'_> {
    /// `log in` is `login` where the corpus says so. Two words that make one weigh as one.
    pub(super) fn join_neighbours(&mut self) {
        let mut halves = BTreeSet::new();
        for place in 1..self.order.len() {
            let (left, right) = (self.order[place - 1], self.order[place]);
            let joined = format!("{}{}", self.terms[left].word, self.terms[right].word);
            let says_little = self.terms[left].is_stop_word && self.terms[right].is_stop_word;
            let is_asked = self.terms.iter().any(|term| term.word == joined);
            if left != right && !says_little && !is_asked && self.lexicon().word(&joined).is_some() {
                self.take_for(&[left, right], &[&joined], Why::Joined, WEIGHT);
                if !self.terms[left].is_stop_word && !self.terms[right].is_stop_word {
                    halves.extend([left, right]);
                }
            }
        }
        for half in halves {
            self.terms[half].weight /= 2.0;
        }
    }

    /// `refundpolicy` is `refund policy`: two words of the corpus, where it does not know the one. Of several ways the
    /// one with the commonest words, by the geometric mean (Koehn and Knight, *Empirical Methods for Compound
    /// Splitting*, EACL 2003).
    pub(super) fn split(&mut self, term: usize) {
        let word = self.terms[term].word.clone();
        let length = word.chars().count();
        if !(SHORTEST..=LONGEST).contains(&length) || !word.chars().all(char::is_alphabetic) {
            return;
        }
        let parts = word.char_indices().skip(SHORTEST_PART).map(|(at, _)| word.split_at(at));
        let parts = parts.take(length + 1 - 2 * SHORTEST_PART).filter(|(left, right)| {
            self.is_word(left) && self.is_word(right) && !(self.is_stop_word(left) && self.is_stop_word(right))
        });
        let common = |&(left, right): &(&str, &str)| u64::from(self.units_of(left)) * u64::from(self.units_of(right));
        if let Some((left, right)) = parts.max_by_key(common) {
            self.take_for(&[term], &[left, right], Why::Joined, WEIGHT);
        }
    }

    /// Whether the corpus has the word just so.
    fn is_word(&self, word: &str) -> bool {
        self.lexicon().word(word).is_some() && self.units_of(word) > 0
    }
}
