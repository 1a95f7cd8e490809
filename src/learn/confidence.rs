//! Fits the confidence on questions whose answers are known, and chooses the threshold.

use super::{
    LearnOptions,
    logistic::{self, Example},
};
use crate::ask::{
    decide::{Understood, confidences, evidence},
    rank::Ranked,
    signals::Evidence,
    weights::ConfidenceWeights,
};

/// How much the weights are held to those before; for all questions together, which weigh 1.
const PULL: f64 = 0.002;

/// So many of the first candidates are left out to make a question without an answer one on another subject.
pub const NEAREST: usize = 3;

/// What is fitted: the weights of the evidence and the constant.
const FITTED: usize = Evidence::NAMES.len() + 1;

/// A question that was asked, and what came first.
#[derive(Debug, Clone)]
pub struct Judged<'a> {
    /// The candidates, best first.
    pub ranked: &'a [Ranked],
    /// What the question is to the corpus.
    pub understood: Understood,
    /// Whether the corpus has an answer.
    pub answerable: bool,
    /// Whether the first candidate is right.
    pub right: bool,
    /// What the question counts.
    pub weight: f64,
}

/// What the threshold comes to.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct AtThreshold {
    /// Share of the answerable questions that are answered.
    pub coverage: f64,
    /// Share of the answers that are right.
    pub precision: f64,
}

/// Fits the confidence and its threshold, near to those before.
#[must_use]
pub fn fit(
    questions: &[Judged<'_>],
    before: &ConfidenceWeights,
    options: &LearnOptions,
) -> (ConfidenceWeights, AtThreshold) {
    let prior: Vec<f64> = before.evidence.values().into_iter().chain([before.constant]).collect();
    let fitted = logistic::fit(&examples(questions), &prior, &[f64::NEG_INFINITY; FITTED], &[PULL; FITTED]);
    let mut weights = weights(&fitted, before.threshold);
    let at_threshold = choose_threshold(questions, &mut weights, options.wrong_costs);
    (weights, at_threshold)
}

/// The confidence that no other comes before: held to nothing but zero, and no evidence speaks against an answer.
#[must_use]
pub fn fit_anew(questions: &[Judged<'_>], threshold: f64) -> ConfidenceWeights {
    let (mut floors, mut pulls) = ([0.0; FITTED], [PULL; FITTED]);
    (floors[FITTED - 1], pulls[FITTED - 1]) = (f64::NEG_INFINITY, 0.0);
    weights(&logistic::fit(&examples(questions), &[0.0; FITTED], &floors, &pulls), threshold)
}

fn examples(questions: &[Judged<'_>]) -> Vec<Example> {
    let example = |question: &Judged<'_>| {
        let values = evidence(question.ranked, question.understood).values().into_iter().chain([1.0]).collect();
        Example { values, right: question.right, weight: question.weight }
    };
    questions.iter().map(example).collect()
}

fn weights(fitted: &[f64], threshold: f64) -> ConfidenceWeights {
    let constant = fitted.last().copied().unwrap_or(0.0);
    ConfidenceWeights { threshold, constant, evidence: Evidence::from_values(fitted) }
}

/// Weighs the questions so that the unanswerable ones have this share; all together then weigh 1.
pub fn weigh(questions: &mut [Judged<'_>], unanswerable: f64) {
    let answerable: Vec<bool> = questions.iter().map(|question| question.answerable).collect();
    let shares = shares(&answerable, unanswerable);
    questions.iter_mut().zip(shares).for_each(|(question, share)| question.weight = share);
}

/// What each question weighs if the unanswerable ones have this share.
#[must_use]
pub fn shares(answerable: &[bool], unanswerable: f64) -> Vec<f64> {
    let with = answerable.iter().filter(|&&answerable| answerable).count() as f64;
    let without = answerable.len() as f64 - with;
    let share = |&answerable: &bool| if answerable { (1.0 - unanswerable) / with } else { unanswerable / without };
    answerable.iter().map(share).collect()
}

/// Sets the threshold to where right answers, less what wrong ones cost, are most. It stays if nothing was asked.
fn choose_threshold(questions: &[Judged<'_>], weights: &mut ConfidenceWeights, wrong_costs: f64) -> AtThreshold {
    let outcome = |question: &Judged<'_>| Outcome {
        confidence: confidences(question.ranked, question.understood, weights).first().copied().unwrap_or(0.0),
        right: question.right,
        answerable: question.answerable,
        weight: question.weight,
    };
    let mut outcomes: Vec<Outcome> = questions.iter().map(outcome).collect();
    let Some((threshold, at_threshold)) = threshold(&mut outcomes, wrong_costs) else { return AtThreshold::default() };
    weights.threshold = threshold;
    at_threshold
}

/// What a question came to.
struct Outcome {
    confidence: f64,
    right: bool,
    answerable: bool,
    weight: f64,
}

/// The threshold at which right answers, less what the wrong ones cost, are most: 1 if none is worth its risk, so that
/// only stored questions are answered. `None` if nothing was asked.
fn threshold(outcomes: &mut [Outcome], wrong_costs: f64) -> Option<(f64, AtThreshold)> {
    outcomes.sort_by(|left, right| right.confidence.total_cmp(&left.confidence));
    let answerable: f64 = outcomes.iter().filter(|outcome| outcome.answerable).map(|outcome| outcome.weight).sum();
    let (mut gain, mut most) = (0.0, 0.0);
    let (mut answered, mut right, mut covered) = (0.0, 0.0, 0.0);
    let mut best = (1.0, AtThreshold::default());
    for (place, outcome) in outcomes.iter().enumerate() {
        gain += if outcome.right { outcome.weight } else { -wrong_costs * outcome.weight };
        answered += outcome.weight;
        right += if outcome.right { outcome.weight } else { 0.0 };
        covered += if outcome.answerable { outcome.weight } else { 0.0 };
        let next = outcomes.get(place + 1).map_or(0.0, |next| next.confidence);
        // Between two questions of the same confidence there is no threshold.
        if gain > most && next < outcome.confidence {
            most = gain;
            let at_threshold = AtThreshold { coverage: covered / answerable.max(1e-12), precision: right / answered };
            best = (f64::midpoint(outcome.confidence, next), at_threshold);
        }
    }
    (!outcomes.is_empty()).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_threshold_parts_the_right_from_the_wrong_by_what_a_wrong_one_costs() {
        let outcome = |confidence, right| Outcome { confidence, right, answerable: true, weight: 1.0 };
        let outcomes = || {
            vec![
                outcome(0.9, true),
                outcome(0.8, true),
                outcome(0.7, false),
                outcome(0.6, true),
                outcome(0.5, true),
                outcome(0.2, false),
            ]
        };
        let (lenient, at_lenient) = threshold(&mut outcomes(), 1.0).unwrap();
        assert!(lenient > 0.2 && lenient < 0.5, "{lenient}");
        assert!((at_lenient.precision - 0.8).abs() < 1e-9);
        let (strict, at_strict) = threshold(&mut outcomes(), 3.0).unwrap();
        assert_eq!(threshold(&mut [outcome(0.9, false)], 1.0), Some((1.0, AtThreshold::default())));
        assert_eq!(threshold(&mut [], 1.0), None);
        assert!(strict > 0.7 && strict < 0.8 && (at_strict.coverage - 1.0 / 3.0).abs() < 1e-9, "{strict}");
    }
}
