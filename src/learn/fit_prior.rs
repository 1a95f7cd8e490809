//! Makes the weights that every corpus begins with, out of sets of questions whose answers are known.

use super::{
    LearnOptions,
    confidence::{self, Judged},
    known::{Known, Placed},
    prior::Prior,
    softmax::{self, Candidate, Lesson, SIGNALS},
};
use crate::ask::{
    signals::{Evidence, Signals},
    weights::{ConfidenceWeights, Weights},
};
use rayon::prelude::*;

/// How strongly weights are held to where they begin.
const PULL: f64 = 0.005;

/// Where the weights for pairs and for passages begin, all alike: so that right answers of both score alike.
const START: [f64; 2] = [0.5, 1.2];

/// More questions of a set would tell no more, as each set counts the same.
const MOST_QUESTIONS: usize = 1_500;

/// Real questions without an answer are rare in the sets: each counts as so many with its answer withheld.
const REAL_COUNT: usize = 6;

/// The lists of weights that are fitted together: of `phrasings`, `answers` and `passage`.
const LISTS: usize = 3;

/// A set of questions on one corpus.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownSet {
    /// Its name in reports.
    pub name: String,
    /// To what share the answers of the corpus tell their questions.
    pub answers_tell: Option<f64>,
    /// The questions.
    pub questions: Vec<Known>,
}

impl KnownSet {
    /// Share of the answerable questions whose first candidate is right with these weights.
    #[must_use]
    pub fn p_at_1(&self, prior: &Prior) -> f64 {
        let weights = prior.weights(self.answers_tell);
        let answerable: Vec<&Known> = self.questions.iter().filter(|question| question.answerable).collect();
        let is_right = |question: &&&Known| question.place(&weights, false).right_rank == Some(1);
        answerable.par_iter().filter(is_right).count() as f64 / answerable.len().max(1) as f64
    }

    /// Up to so many questions, the same every time.
    fn sample(&self) -> Vec<&Known> {
        let mut questions: Vec<&Known> = self.questions.iter().collect();
        questions.sort_by_key(|question| question.key);
        questions.truncate(MOST_QUESTIONS);
        questions
    }
}

/// A set, ready to be fitted on.
struct Prepared<'a> {
    set: &'a KnownSet,
    questions: Vec<Vec<Candidate>>,
    /// What the lists of weights count in the score of a pair: as [`Prior::weights`] mixes them.
    qa: [f64; LISTS],
}

impl<'a> Prepared<'a> {
    fn of(set: &'a KnownSet, before: &Prior) -> Self {
        let share = before.place(set.answers_tell);
        let questions = set.sample().into_iter().map(Known::candidates).collect();
        Self { set, questions, qa: [1.0 - share, share, 0.0] }
    }
}

/// Fits the weights on all of the sets, and on all but each, in their order.
#[must_use]
pub fn fit(sets: &[KnownSet], before: &Prior) -> (Prior, Vec<Prior>) {
    let prepared: Vec<Prepared<'_>> = sets.iter().map(|set| Prepared::of(set, before)).collect();
    let start = start(&prepared);
    let all: Vec<&Prepared<'_>> = prepared.iter().collect();
    let fitted = ranker(&all, &start, &start);
    let without = (0..sets.len()).map(|out| {
        let others: Vec<&Prepared<'_>> =
            prepared.iter().enumerate().filter(|&(place, _)| place != out).map(|(_, set)| set).collect();
        finish(&others, &ranker(&others, &fitted, &start), before)
    });
    (finish(&all, &fitted, before), without.collect())
}

/// Signals that no candidate of a kind ever has weigh nothing for it.
fn start(sets: &[Prepared<'_>]) -> Vec<f64> {
    let mut has = [[false; SIGNALS]; 2];
    for candidate in sets.iter().flat_map(|set| set.questions.iter().flatten()) {
        let has = &mut has[softmax::place(candidate.kind)];
        has.iter_mut().zip(candidate.signals).for_each(|(has, signal)| *has |= signal > 0.0);
    }
    let list = |kind: usize| has[kind].map(|has| if has { START[kind] } else { 0.0 });
    [list(0), list(0), list(1)].concat()
}

fn ranker(sets: &[&Prepared<'_>], start: &[f64], prior: &[f64]) -> Vec<f64> {
    let lessons: Vec<Lesson<'_>> = sets
        .iter()
        .map(|set| Lesson { questions: &set.questions, weight: 1.0, qa: &set.qa, passage: &[0.0, 0.0, 1.0] })
        .collect();
    softmax::fit(&lessons, start, prior, PULL)
}

/// Rounds the weights as they are written, and fits the confidence on the scores that they give.
fn finish(sets: &[&Prepared<'_>], fitted: &[f64], before: &Prior) -> Prior {
    let list = |number: usize| {
        let rounded: Vec<f64> =
            fitted.iter().skip(number * SIGNALS).take(SIGNALS).map(|&weight| round(weight)).collect();
        Signals::from_values(&rounded)
    };
    let mut prior = Prior {
        answers_tell: before.answers_tell,
        phrasings: list(0),
        answers: list(1),
        passage: list(2),
        confidence: before.confidence,
    };
    prior.confidence = confidence_of(sets, &prior);
    prior
}

/// Fits the confidence on every question with its right units, and without them. Each set counts the same.
fn confidence_of(sets: &[&Prepared<'_>], prior: &Prior) -> ConfidenceWeights {
    let unanswerable = LearnOptions::default().unanswerable;
    let asked: Vec<Vec<(&Known, Placed, bool)>> =
        sets.iter().map(|set| asked(set.set, &prior.weights(set.set.answers_tell))).collect();
    let mut judged: Vec<Judged<'_>> = Vec::new();
    for set in &asked {
        let mut of_set: Vec<Judged<'_>> =
            set.iter().map(|(known, placed, answerable)| placed.judged(known.understood, *answerable)).collect();
        confidence::weigh(&mut of_set, unanswerable);
        judged.extend(of_set);
    }
    let fitted = confidence::fit_anew(&judged, prior.confidence.threshold);
    let evidence: Vec<f64> = fitted.evidence.values().into_iter().map(round).collect();
    ConfidenceWeights { constant: round(fitted.constant), evidence: Evidence::from_values(&evidence), ..fitted }
}

/// Every question of a set as it is, and every answerable one without its right units, near and far.
fn asked<'a>(set: &'a KnownSet, weights: &Weights) -> Vec<(&'a Known, Placed, bool)> {
    let mut asked = Vec::new();
    for known in set.sample() {
        let placed = known.place(weights, false);
        if placed.is_asked() {
            continue;
        }
        if known.answerable {
            asked.push((known, placed, true));
            let near = known.place(weights, true);
            asked.push((known, near.farther(), false));
            asked.push((known, near, false));
        } else {
            asked.extend(std::iter::repeat_n((known, placed, false), REAL_COUNT));
        }
    }
    asked.retain(|(_, placed, _)| !placed.ranked.is_empty());
    asked
}

/// As many places as are written.
fn round(weight: f64) -> f64 {
    (weight * 1e3).round() / 1e3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ask::{decide::Understood, rank::Ranked},
        model::UnitKind,
    };

    /// Questions of which the right candidate has much of a signal, and a wrong one of another.
    fn set(name: &str, kind: UnitKind, tells: fn(&mut Signals) -> &mut f64) -> KnownSet {
        let question = |number: u64| {
            let candidate = |unit: u32, is_right: bool| {
                let mut signals = Signals { telling: 1.0, all: 0.3, ..Signals::default() };
                let value = 0.2 + 0.1 * (number % 5) as f64;
                *tells(&mut signals) = if is_right { value + 0.3 } else { value };
                signals.heading = if is_right { 0.1 } else { 0.5 };
                Ranked { unit, kind, document: u64::from(unit), asked: false, signals, score: 0.0 }
            };
            let ranked = [candidate(0, false), candidate(1, true), candidate(2, false)];
            Known::new(number, true, Understood { known: 1.0, words: 4 }, &ranked, |candidate| candidate.unit == 1)
        };
        KnownSet { name: name.to_owned(), answers_tell: Some(0.0), questions: (0..40).map(question).collect() }
    }

    #[test]
    fn what_tells_in_the_sets_comes_to_weigh_and_the_same_sets_give_the_same_bytes() {
        let sets = [
            set("pairs", UnitKind::Qa, |signals| &mut signals.agreement),
            set("passages", UnitKind::Passage, |signals| &mut signals.text),
        ];
        let before = Prior::shipped().unwrap();
        let (prior, without) = fit(&sets, &before);
        assert!(prior.phrasings.agreement > 1.0 && prior.phrasings.heading < 0.5, "{prior:?}");
        assert!(prior.passage.text > 1.2 && prior.passage.heading < 1.2, "{prior:?}");
        assert!(prior.phrasings.classifier == 0.0 && prior.passage.agreement == 0.0, "nothing has these");
        assert!(sets.iter().all(|set| set.p_at_1(&prior) > 0.99));
        // Without the passages their weights stay where they begin: at nothing, as none has any signal.
        assert_eq!(without.len(), 2);
        assert_eq!(toml::from_str::<Prior>(&prior.to_toml()).unwrap(), prior);
        assert_eq!(fit(&sets, &before).0.to_toml(), prior.to_toml());
    }
}
