//! Fits the confidence on the questions that the corpus asked itself, and chooses the threshold.

use super::{
    LearnOptions,
    ask::Asked,
    logistic::{self, Example},
    pupil::Pupil,
};
use crate::ask::{
    decide::{confidences, evidence},
    signals::Evidence,
    weights::{ConfidenceWeights, Weights},
};

/// How much the weights are held to those before; for all examples together, which weigh 1.
const PULL: f64 = 0.002;

/// What the threshold comes to.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct AtThreshold {
    /// Share of the answerable questions that are answered.
    pub coverage: f64,
    /// Share of the answers that are right.
    pub precision: f64,
}

/// Fits confidence and threshold for these weights of signals.
#[must_use]
pub fn fit(asked: &[Asked], pupils: &[Pupil], mut weights: Weights, options: &LearnOptions) -> (Weights, AtThreshold) {
    let counted: Vec<(&Asked, f64)> = asked.iter().zip(shares(asked, options.unanswerable)).collect();
    let example = |&(question, weight): &(&Asked, f64)| {
        let evidence = evidence(&question.ranked, question.understood);
        let values = evidence.values().into_iter().chain([1.0]).collect();
        Example { values, right: question.first_is_right(pupils), weight }
    };
    let examples: Vec<Example> = counted.iter().map(example).collect();
    let before = &weights.confidence;
    let prior: Vec<f64> = before.evidence.values().into_iter().chain([before.constant]).collect();
    let fitted = logistic::fit(&examples, &prior, PULL);
    weights.confidence = ConfidenceWeights {
        threshold: before.threshold,
        constant: fitted.last().copied().unwrap_or(0.0),
        evidence: Evidence::from_values(&fitted),
    };
    let outcome = |&(question, weight): &(&Asked, f64)| Outcome {
        confidence: confidences(&question.ranked, question.understood, &weights.confidence)
            .first()
            .copied()
            .unwrap_or(0.0),
        right: question.first_is_right(pupils),
        answerable: !question.unit_withheld,
        weight,
    };
    let mut outcomes: Vec<Outcome> = counted.iter().map(outcome).collect();
    match threshold(&mut outcomes, options.wrong_costs) {
        Some((threshold, at_threshold)) => {
            weights.confidence.threshold = threshold;
            (weights, at_threshold)
        }
        None => (weights, AtThreshold::default()),
    }
}

/// What each question counts, so that those with their unit withheld have their share.
fn shares(asked: &[Asked], unanswerable: f64) -> Vec<f64> {
    let withheld = asked.iter().filter(|question| question.unit_withheld).count().max(1) as f64;
    let answerable = (asked.len() as f64 - withheld).max(1.0);
    let share = |question: &Asked| {
        if question.unit_withheld { unanswerable / withheld } else { (1.0 - unanswerable) / answerable }
    };
    asked.iter().map(share).collect()
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
