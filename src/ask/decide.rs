//! From a ranking to confidences, and whether the first is good enough. Pure and deterministic.

use super::{rank::Ranked, weights::ConfidenceWeights};
use crate::model::UnitKind;

/// The confidence of a stored question asked word for word, and the most that any other has.
const CERTAIN: f64 = 0.99;

/// A greater lead tells no more.
const MOST_LEAD: f64 = 1.2;

/// The confidence in each candidate, in the order of the ranking; it never rises.
#[must_use]
pub fn confidences(ranked: &[Ranked], weights: &ConfidenceWeights) -> Vec<f64> {
    let Some(first) = ranked.first() else { return Vec::new() };
    let mut below = CERTAIN;
    let confidence = |(place, candidate): (usize, &Ranked)| {
        let lead = if place == 0 { lead(ranked) } else { candidate.score - first.score };
        let confidence = match candidate {
            Ranked { asked: true, .. } => CERTAIN,
            _ => logistic(candidate.score, lead, weights) * relevance(candidate),
        };
        below = below.min(confidence);
        below
    };
    ranked.iter().enumerate().map(confidence).collect()
}

/// How far the first is ahead of its best rival, or of the next candidate where there is no rival.
fn lead(ranked: &[Ranked]) -> f64 {
    let Some((first, others)) = ranked.split_first() else { return 0.0 };
    let rival = others.iter().find(|other| are_rivals(first, other)).or(others.first());
    (first.score - rival.map_or(0.0, |rival| rival.score)).min(MOST_LEAD)
}

/// Units of different documents are rivals, and so are two pairs of one; what else one article says of
/// the same thing speaks for an answer rather than against it.
fn are_rivals(first: &Ranked, other: &Ranked) -> bool {
    first.document != other.document || (first.kind == UnitKind::Qa && other.kind == UnitKind::Qa)
}

fn logistic(score: f64, lead: f64, weights: &ConfidenceWeights) -> f64 {
    let sum = weights.constant + weights.score * score + weights.lead * lead;
    1.0 / (1.0 + (-sum).exp())
}

/// Question words alone make no answer: without a word in common that tells what is asked, as much
/// confidence is left as the n-grams (of compounds, of misspelt words) have in common.
fn relevance(candidate: &Ranked) -> f64 {
    if candidate.signals.telling > 0.0 { 1.0 } else { candidate.signals.grams_all }
}

/// Whether the first candidate is an answer.
#[must_use]
pub fn is_answered(ranked: &[Ranked], confidences: &[f64], threshold: f64) -> bool {
    match (ranked.first(), confidences.first()) {
        (Some(first), Some(&confidence)) => first.asked || confidence >= threshold,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::signals::Signals;

    const WEIGHTS: ConfidenceWeights = ConfidenceWeights { constant: -1.0, score: 2.0, lead: 3.0, threshold: 0.5 };

    fn ranked(scores: &[f64]) -> Vec<Ranked> {
        let candidate = |(unit, &score): (usize, &f64)| Ranked {
            unit: unit as u32,
            kind: UnitKind::Qa,
            document: unit as u64,
            asked: false,
            signals: Signals { telling: 1.0, ..Signals::default() },
            score,
        };
        scores.iter().enumerate().map(candidate).collect()
    }

    #[test]
    fn confidence_falls_along_the_ranking_and_stays_between_0_and_1() {
        let confidences = confidences(&ranked(&[2.0, 1.5, 1.5, 0.1]), &WEIGHTS);
        assert!(confidences.windows(2).all(|pair| pair[0] >= pair[1]), "{confidences:?}");
        assert!(confidences.iter().all(|confidence| (0.0..=1.0).contains(confidence)));
    }

    #[test]
    fn a_lead_gives_confidence() {
        let (ahead, level) = (ranked(&[2.0, 0.5]), ranked(&[2.0, 2.0]));
        assert!(confidences(&ahead, &WEIGHTS)[0] > confidences(&level, &WEIGHTS)[0]);
    }

    #[test]
    fn passages_of_the_same_article_are_no_rivals() {
        let rivals = ranked(&[2.0, 1.9, 0.5]);
        let mut allies = rivals.clone();
        (allies[1].document, allies[1].kind) = (allies[0].document, UnitKind::Passage);
        assert!(confidences(&allies, &WEIGHTS)[0] > confidences(&rivals, &WEIGHTS)[0]);
        assert!(confidences(&allies, &WEIGHTS)[1] < confidences(&allies, &WEIGHTS)[0]);
    }

    #[test]
    fn question_words_alone_make_no_answer() {
        let (related, mut unrelated) = (ranked(&[2.0, 0.5]), ranked(&[2.0, 0.5]));
        unrelated[0].signals.telling = 0.0;
        assert!(confidences(&related, &WEIGHTS)[0] > 0.5 && confidences(&unrelated, &WEIGHTS)[0] < 0.5);
    }

    #[test]
    fn a_stored_question_is_answered_whatever_the_threshold() {
        let mut asked = ranked(&[0.0]);
        assert!(!is_answered(&asked, &confidences(&asked, &WEIGHTS), 1.0));
        asked[0].asked = true;
        assert!(is_answered(&asked, &confidences(&asked, &WEIGHTS), 1.0));
        assert!(!is_answered(&[], &[], 0.0));
    }
}
