//! Questions whose answers are known, with the signals of their candidates: what weights are fitted on.

use super::{
    confidence::{Judged, NEAREST},
    softmax,
};
use crate::ask::{
    decide::Understood,
    rank::{Ranked, score},
    weights::Weights,
};

/// How many candidates of a question are kept, beside the right ones.
const KEPT: usize = 60;

/// A question whose answer is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// Names its words: equal questions have equal keys.
    pub key: u64,
    /// Whether the corpus has an answer.
    pub answerable: bool,
    /// What it is to the corpus.
    pub understood: Understood,
    /// The candidates, and whether each is right.
    candidates: Vec<(Ranked, bool)>,
}

/// The candidates of a known question by other weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The candidates, best first.
    pub ranked: Vec<Ranked>,
    /// The rank of the first right one, counted from 1.
    pub right_rank: Option<usize>,
}

impl Known {
    /// Keeps the best candidates, and those that are right.
    #[must_use]
    pub fn new(
        key: u64,
        answerable: bool,
        understood: Understood,
        ranked: &[Ranked],
        is_right: impl Fn(&Ranked) -> bool,
    ) -> Self {
        let judged = ranked.iter().enumerate().map(|(place, candidate)| (place, *candidate, is_right(candidate)));
        let kept = judged.filter(|&(place, _, right)| place < KEPT || right);
        Self { key, answerable, understood, candidates: kept.map(|(_, candidate, right)| (candidate, right)).collect() }
    }

    /// Whether a right unit is among the candidates.
    #[must_use]
    pub fn is_found(&self) -> bool {
        self.candidates.iter().any(|candidate| candidate.1)
    }

    /// The right candidates.
    pub fn right(&self) -> impl Iterator<Item = &Ranked> {
        self.candidates.iter().filter(|candidate| candidate.1).map(|candidate| &candidate.0)
    }

    /// Orders the candidates by these weights. Without the right ones, the question is one that has no answer.
    #[must_use]
    pub fn place(&self, weights: &Weights, without_right: bool) -> Placed {
        let mut candidates: Vec<(Ranked, bool)> =
            self.candidates.iter().copied().filter(|candidate| !(without_right && candidate.1)).collect();
        for (candidate, _) in &mut candidates {
            candidate.score = score(&candidate.signals, candidate.kind, weights);
        }
        candidates.sort_by(|(left, _), (right, _)| in_order(left, right));
        let right_rank = candidates.iter().position(|candidate| candidate.1).map(|place| place + 1);
        Placed { ranked: candidates.into_iter().map(|candidate| candidate.0).collect(), right_rank }
    }

    /// The candidates as the weights are fitted on them.
    #[must_use]
    pub(crate) fn candidates(&self) -> Vec<softmax::Candidate> {
        let candidate = |&(candidate, right): &(Ranked, bool)| softmax::Candidate {
            signals: candidate.signals.values(),
            kind: candidate.kind,
            right,
        };
        self.candidates.iter().map(candidate).collect()
    }
}

impl Placed {
    /// The question as the confidence is fitted on it.
    #[must_use]
    pub fn judged(&self, understood: Understood, answerable: bool) -> Judged<'_> {
        Judged { ranked: &self.ranked, understood, answerable, right: self.right_rank == Some(1), weight: 1.0 }
    }

    /// The same question as one on another subject: without its nearest candidates.
    #[must_use]
    pub fn farther(&self) -> Self {
        Self { ranked: self.ranked.get(NEAREST..).unwrap_or_default().to_vec(), right_rank: None }
    }

    /// Whether the first candidate holds the question word for word: that is certain, and teaches nothing.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.ranked.first().is_some_and(|first| first.asked)
    }
}

/// What is asked word for word first, in the order that it came in; then by score, then by unit.
pub(super) fn in_order(left: &Ranked, right: &Ranked) -> std::cmp::Ordering {
    let by_score = || right.score.total_cmp(&left.score).then(left.unit.cmp(&right.unit));
    right.asked.cmp(&left.asked).then_with(|| if left.asked { std::cmp::Ordering::Equal } else { by_score() })
}
