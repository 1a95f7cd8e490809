//! From a ranking to confidences, and whether the first is good enough. Pure and deterministic.

use super::{rank::Ranked, signals::Evidence, weights::ConfidenceWeights};
use crate::{learn::logistic::sigmoid, model::UnitKind};

/// The confidence of a stored question asked word for word, and the most that any other has.
const CERTAIN: f64 = 0.99;

/// A greater lead tells no more.
const MOST_LEAD: f64 = 1.2;

/// Candidates behind these tell nothing about the first.
const WEIGHTY: usize = 50;

/// What a question is to the corpus, whatever the candidate.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Understood {
    /// Share of it (by idf) that the corpus knows.
    pub known: f64,
    /// Its words.
    pub words: usize,
}

/// The confidence in each candidate, in the order of the ranking; it never rises. Behind the first, the odds fall
/// with the score as in a softmax.
#[must_use]
pub fn confidences(ranked: &[Ranked], understood: Understood, weights: &ConfidenceWeights) -> Vec<f64> {
    let Some(first) = ranked.first() else { return Vec::new() };
    let sum = weighed(&evidence(ranked, understood), weights);
    let mut below = CERTAIN;
    let confidence = |candidate: &Ranked| {
        let behind = candidate.score - first.score;
        let confidence = match candidate {
            Ranked { asked: true, .. } => CERTAIN,
            _ => sigmoid(sum + behind) * relevance(candidate),
        };
        below = below.min(confidence);
        below
    };
    ranked.iter().map(confidence).collect()
}

fn weighed(evidence: &Evidence, weights: &ConfidenceWeights) -> f64 {
    let products = evidence.values().into_iter().zip(weights.evidence.values()).map(|(value, weight)| value * weight);
    weights.constant + products.sum::<f64>()
}

/// What speaks for or against the first candidate.
#[must_use]
pub fn evidence(ranked: &[Ranked], understood: Understood) -> Evidence {
    let ranked = &ranked[..ranked.len().min(WEIGHTY)];
    let Some(first) = ranked.first() else { return Evidence::default() };
    Evidence {
        score: first.score,
        lead: lead(ranked),
        share: share(ranked),
        accord: accord(ranked),
        known: understood.known,
        length: (1.0 + understood.words as f64).ln() / 4.0,
    }
}

/// The share of the softmax that the first has, and what is no rival of it.
fn share(ranked: &[Ranked]) -> f64 {
    let Some(first) = ranked.first() else { return 0.0 };
    let power = |candidate: &Ranked| (candidate.score - first.score).exp();
    let rivals: f64 = ranked.iter().skip(1).filter(|other| are_rivals(first, other)).map(power).sum();
    let allies: f64 = ranked.iter().skip(1).filter(|other| !are_rivals(first, other)).map(power).sum();
    (1.0 + allies) / (1.0 + allies + rivals)
}

/// The share of the signals, of those that tell candidates apart, which are greatest at the first.
fn accord(ranked: &[Ranked]) -> f64 {
    let Some((first, others)) = ranked.split_first() else { return 0.0 };
    let first = first.signals.values();
    let (mut least, mut most) = (first, first);
    for values in others.iter().map(|other| other.signals.values()) {
        least.iter_mut().zip(values).for_each(|(least, value)| *least = least.min(value));
        most.iter_mut().zip(values).for_each(|(most, value)| *most = most.max(value));
    }
    let told: Vec<bool> = (0..first.len()).filter(|&at| most[at] > least[at]).map(|at| first[at] >= most[at]).collect();
    let agree = told.iter().filter(|&&agrees| agrees).count();
    // One that has no rival has no one against it.
    if told.is_empty() { 1.0 } else { agree as f64 / told.len() as f64 }
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

    fn confidences(ranked: &[Ranked]) -> Vec<f64> {
        let evidence = Evidence { score: 2.0, lead: 3.0, ..Evidence::default() };
        let weights = ConfidenceWeights { threshold: 0.5, constant: -5.0, evidence };
        super::confidences(ranked, Understood::default(), &weights)
    }

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
        let confidences = confidences(&ranked(&[2.0, 1.5, 1.5, 0.1]));
        assert!(confidences.windows(2).all(|pair| pair[0] >= pair[1]), "{confidences:?}");
        assert!(confidences.iter().all(|confidence| (0.0..=1.0).contains(confidence)));
    }

    #[test]
    fn what_is_known_of_the_first_is_between_0_and_1() {
        let of = |scores: &[f64]| evidence(&ranked(scores), Understood { known: 0.5, words: 6 });
        let (alone, level) = (of(&[2.0]), of(&[2.0, 2.0]));
        assert!((alone.share - 1.0).abs() < 1e-9 && (level.share - 0.5).abs() < 1e-9);
        assert!((alone.accord - 1.0).abs() < 1e-9 && (0.0..1.0).contains(&alone.length));
        let mut apart = ranked(&[2.0, 1.0]);
        apart[0].signals.text = 0.4;
        apart[1].signals.text = 0.6;
        apart[0].signals.heading = 0.3;
        assert!((evidence(&apart, Understood::default()).accord - 0.5).abs() < 1e-9);
    }

    #[test]
    fn a_lead_gives_confidence() {
        let (ahead, level) = (ranked(&[2.0, 0.5]), ranked(&[2.0, 2.0]));
        assert!(confidences(&ahead)[0] > confidences(&level)[0]);
    }

    #[test]
    fn passages_of_the_same_article_are_no_rivals() {
        let rivals = ranked(&[2.0, 1.9, 0.5]);
        let mut allies = rivals.clone();
        (allies[1].document, allies[1].kind) = (allies[0].document, UnitKind::Passage);
        assert!(confidences(&allies)[0] > confidences(&rivals)[0]);
        assert!(confidences(&allies)[1] < confidences(&allies)[0]);
    }

    #[test]
    fn question_words_alone_make_no_answer() {
        let (related, mut unrelated) = (ranked(&[2.0, 0.5]), ranked(&[2.0, 0.5]));
        unrelated[0].signals.telling = 0.0;
        assert!(confidences(&related)[0] > 0.5 && confidences(&unrelated)[0] < 0.5);
    }

    #[test]
    fn a_stored_question_is_answered_whatever_the_threshold() {
        let mut asked = ranked(&[0.0]);
        assert!(!is_answered(&asked, &confidences(&asked), 1.0));
        asked[0].asked = true;
        assert!(is_answered(&asked, &confidences(&asked), 1.0));
        assert!(!is_answered(&[], &[], 0.0));
    }
}
