//! From candidates to a ranking. Pure and deterministic.

use super::{retrieve::Candidates, score::Scorer, signals::Signals, weights::Weights};
use crate::{
    index::{Search, UnitNo},
    model::UnitKind,
};

/// A candidate with its signals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    /// The unit.
    pub unit: UnitNo,
    /// What kind of unit it is.
    pub kind: UnitKind,
    /// Names the document that it is of.
    pub document: u64,
    /// Whether the unit holds the question word for word.
    pub asked: bool,
    /// The signals.
    pub signals: Signals,
    /// The weighted sum of the signals.
    pub score: f64,
}

/// Scores and orders the candidates, best first; ties go to the earlier unit.
#[must_use]
pub fn rank(candidates: &Candidates, scorer: &mut Scorer<'_>, weights: &Weights, search: &dyn Search) -> Vec<Ranked> {
    let place = |unit: UnitNo| candidates.asked.iter().position(|&asked| asked == unit).unwrap_or(usize::MAX);
    let score = |&unit: &UnitNo| {
        let (kind, signals) = (search.kind(unit), scorer.signals(unit));
        Ranked {
            unit,
            kind,
            document: search.document(unit),
            asked: place(unit) != usize::MAX,
            signals,
            score: score(&signals, kind, weights),
        }
    };
    let mut ranked: Vec<Ranked> =
        candidates.units.iter().map(score).filter(|ranked| ranked.asked || ranked.score > 0.0).collect();
    ranked.sort_by(|left, right| {
        let by_place = place(left.unit).cmp(&place(right.unit));
        by_place.then(right.score.total_cmp(&left.score)).then(left.unit.cmp(&right.unit))
    });
    ranked
}

/// The weights for a kind of unit.
#[must_use]
pub fn weights_of(kind: UnitKind, weights: &Weights) -> &Signals {
    match kind {
        UnitKind::Qa => &weights.qa,
        UnitKind::Takeaway | UnitKind::Passage => &weights.passage,
    }
}

/// The weighted sum of the signals.
#[must_use]
pub fn score(signals: &Signals, kind: UnitKind, weights: &Weights) -> f64 {
    let weights = weights_of(kind, weights).values();
    signals.values().iter().zip(weights).map(|(value, weight)| value * weight).sum()
}
