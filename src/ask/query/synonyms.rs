//! Synonyms and acronyms: words of the question that stand for others, by the rules of the corpus.

use super::{Why, builder::Builder};
use crate::analyze::synonyms::RuleKind;

/// What the words of a rule count beside those of the question.
fn weight(kind: RuleKind) -> (Why, f64) {
    match kind {
        RuleKind::Synonym => (Why::Synonym, 0.8),
        RuleKind::Acronym => (Why::Acronym, 0.8),
    }
}

impl Builder<'_> {
    /// Takes words for those that the rules name.
    pub(super) fn take_synonyms(&mut self) {
        for start in 0..self.order.len() {
            let vocabulary = self.vocabulary;
            let stems = &self.stems_by_place[start..];
            let found: Vec<_> = stems.first().map(|first| vocabulary.rules(first)).unwrap_or_default();
            let found: Vec<_> = found.into_iter().filter(|rule| rule.begins(stems)).collect();
            for rule in found {
                let terms = self.order[start..start + rule.length()].to_vec();
                let words: Vec<&str> = rule.to.iter().map(String::as_str).collect();
                if words.iter().any(|word| !self.known_stems(word).is_empty()) {
                    let (why, weight) = weight(rule.kind);
                    self.take_for(&terms, &words, why, weight);
                }
            }
        }
    }
}
