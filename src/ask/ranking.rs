//! The candidates of a question in order, and how far they are believed.

use super::{
    decide::{self, Understood},
    newer::Newer,
    query::Query,
    rank::Ranked,
    signals::Signals,
};
use crate::model::UnitKind;

/// Every candidate of a question, best first, with its confidence.
pub struct Ranking {
    /// The question as it was understood.
    pub query: Query,
    /// What the question is to the corpus.
    pub understood: Understood,
    /// The candidates.
    pub ranked: Vec<Ranked>,
    /// The confidence in each.
    pub confidences: Vec<f64>,
    /// Those that contradict older ones.
    pub newer: Vec<Newer>,
}

impl Ranking {
    /// Whether the first candidate is good enough to be given as the answer.
    pub(super) fn is_answered(&self, threshold: f64) -> bool {
        decide::is_answered(&self.ranked, &self.confidences, threshold)
    }

    /// The confidence in the first candidate; 0 where there is none.
    pub(super) fn confidence(&self) -> f64 {
        self.confidences.first().copied().unwrap_or(0.0)
    }

    /// Leaves a share of all confidences, by what the first candidate is.
    pub(super) fn believe(&mut self, share: impl Fn(&Ranked) -> f64) {
        let Some(first) = self.ranked.first() else { return };
        let share = share(first);
        self.confidences.iter_mut().for_each(|confidence| *confidence *= share);
    }

    /// Small talk is answered by what was written for it: a question that says the same, or that learnt to.
    pub(super) fn believe_small_talk(&mut self) {
        self.believe(|first| {
            let Signals { agreement, classifier, .. } = first.signals;
            let is_meant = first.asked || first.kind == UnitKind::Qa && (agreement >= 0.5 || classifier > 0.5);
            if is_meant { 1.0 } else { 0.0 }
        });
    }
}
