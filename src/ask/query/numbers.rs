//! Numbers, months, units and currencies, as people write them.

use super::{Why, builder::Builder};
use crate::analyze::number_words;

/// What another spelling counts beside the one of the question.
const WEIGHT: f64 = 0.8;

impl Builder<'_> {
    /// `10k` is `10,000`, `5 km` is `5 kilometres`, `3 May 2024` is `2024-05-03`.
    pub(super) fn take_number_words(&mut self) {
        let words: Vec<String> = self.order.iter().map(|&term| self.terms[term].word.clone()).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        for place in 0..words.len() {
            for (length, other) in number_words::others(&words, place, &self.languages) {
                let names: Vec<&str> = other.split(' ').collect();
                if names.iter().all(|name| !self.known_stems(name).is_empty()) {
                    let terms = self.order[place..place + length].to_vec();
                    self.take_for(&terms, &names, Why::Number, WEIGHT);
                }
            }
        }
    }
}
