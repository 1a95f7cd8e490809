//! Fits weights, confidence and threshold to labelled questions, and says what that gains on questions that it has not
//! seen.

use super::metrics::{Decision, best_matthews, calibration_error_of, mean};
use crate::{
    ask::{decide::confidences, signals::Signals, weights::Weights},
    error::{Error, Result},
    learn::{
        LearnOptions,
        confidence::{self, Judged, shares},
        fitted::Fitted,
        known::{Known, Placed},
        softmax::{self, Candidate, Lesson, SIGNALS},
    },
    model::UnitKind,
};
use rayon::prelude::*;
use serde::Serialize;

/// Fewer questions with an answer among the candidates are too few to fit anything on.
pub const LEAST: usize = 50;

/// The weights of a kind of units stay if fewer questions than these are answered by one of it.
const LEAST_OF_KIND: usize = 20;

/// With fewer unanswerable questions, answerable ones are taken for such with their answers left out.
const LEAST_UNANSWERABLE: usize = 20;

/// Of the answerable questions one of so many is asked with its answers left out then.
const WITHHELD_EVERY: usize = 2;

/// Parts of the questions by a hash, of which each is measured with weights fitted on the others.
const FOLDS: u64 = 5;

/// How strongly the weights are held to those before, counted in questions.
const PULL: f64 = 0.5;

/// How good the answers to labelled questions are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Figures {
    /// Share of the answerable questions whose first answer is right.
    pub p_at_1: f64,
    /// Mean reciprocal rank of the first right answer.
    pub mrr: f64,
    /// Mean of `-ln` of the probability that the confidence gave to what is the case.
    pub log_loss: f64,
    /// Expected calibration error, 10 bins.
    pub ece: f64,
    /// Matthews correlation at the best of all thresholds.
    pub best_mcc: f64,
}

/// What fitting came to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FitReport {
    /// Questions that could be asked.
    pub questions: usize,
    /// Those that have an answer.
    pub answerable: usize,
    /// Those of the answerable that were also asked with their answers left out, as too few have none.
    pub withheld: usize,
    /// With the weights before.
    pub before: Figures,
    /// With weights fitted on other questions.
    pub cross_validated: Figures,
    /// With weights fitted on the same questions: what they only remember comes on top.
    pub in_sample: Figures,
    /// Whether the order of the answers gains on questions that were not seen.
    pub ranking_gains: bool,
    /// Whether the confidence does.
    pub confidence_gains: bool,
}

/// Fits on the questions. `None` in the place of weights if nothing gains more than chance would.
///
/// # Errors
/// [`Error::TooFewLabels`].
pub fn fit(questions: &[Known], before: &Weights, options: &LearnOptions) -> Result<(Option<Fitted>, FitReport)> {
    let found = questions.iter().filter(|question| question.is_found()).count();
    if found < LEAST {
        return Err(Error::TooFewLabels { found, least: LEAST });
    }
    let fitting = Fitting::new(questions, before, *options);
    let old = Trial::of(&fitting.asked, |_| before.clone());
    let both = fitting.attempt(|questions| fitting.weights(questions));
    let ranking_gains = both.cross_validated.ranks_better(&old);
    let kept = if ranking_gains { both } else { fitting.attempt(|_| before.clone()) };
    let confidence_gains = kept.cross_validated.is_surer(&old, &fitting.counts);
    let report = FitReport {
        questions: questions.len(),
        answerable: questions.iter().filter(|question| question.answerable).count(),
        withheld: fitting.asked.iter().filter(|asked| asked.withheld).count(),
        before: old.figures(&fitting),
        cross_validated: kept.cross_validated.figures(&fitting),
        in_sample: kept.in_sample.figures(&fitting),
        ranking_gains,
        confidence_gains,
    };
    let fits = |kind: UnitKind| ranking_gains && fitting.has(kind);
    let fitted = Fitted {
        qa: fits(UnitKind::Qa).then_some(kept.weights.qa),
        passage: fits(UnitKind::Passage).then_some(kept.weights.passage),
        // Other weights give other scores, which need a confidence of their own.
        confidence: Some(kept.weights.confidence),
    };
    Ok(((ranking_gains || confidence_gains).then_some(fitted), report))
}

/// A question, as it is or with its answers left out.
#[derive(Clone, Copy)]
struct Asked<'a> {
    known: &'a Known,
    withheld: bool,
}

impl Asked<'_> {
    fn is_answerable(&self) -> bool {
        self.known.answerable && !self.withheld
    }

    fn place(&self, weights: &Weights) -> Placed {
        self.known.place(weights, self.withheld)
    }
}

/// What is fitted on.
struct Fitting<'a> {
    asked: Vec<Asked<'a>>,
    /// What each question counts for the confidence.
    counts: Vec<f64>,
    /// The kinds of units that answer enough of them: pairs, and passages with takeaways.
    kinds: [bool; 2],
    before: &'a Weights,
    options: LearnOptions,
}

/// Weights that were fitted, and what they come to on questions that they have not and have seen.
struct Attempt {
    weights: Weights,
    cross_validated: Trial,
    in_sample: Trial,
}

impl<'a> Fitting<'a> {
    fn new(questions: &'a [Known], before: &'a Weights, options: LearnOptions) -> Self {
        let mut asked: Vec<Asked<'a>> = questions.iter().map(|known| Asked { known, withheld: false }).collect();
        if questions.iter().filter(|question| !question.answerable).count() < LEAST_UNANSWERABLE {
            let mut answerable: Vec<&Known> = questions.iter().filter(|question| question.answerable).collect();
            answerable.sort_by_key(|known| known.key);
            asked.extend(answerable.into_iter().step_by(WITHHELD_EVERY).map(|known| Asked { known, withheld: true }));
        }
        let answerable: Vec<bool> = asked.iter().map(Asked::is_answerable).collect();
        let kinds = [0, 1].map(|place| {
            let answers = |known: &&Known| known.right().any(|right| softmax::place(right.kind) == place);
            questions.iter().filter(answers).count() >= LEAST_OF_KIND
        });
        Self { counts: shares(&answerable, options.unanswerable), asked, kinds, before, options }
    }

    /// Whether the weights of a kind are fitted.
    fn has(&self, kind: UnitKind) -> bool {
        self.kinds[softmax::place(kind)]
    }

    /// Fits by `ranker`, and then the confidence, on all questions and on all but each part.
    fn attempt(&self, ranker: impl Fn(&[Asked<'_>]) -> Weights + Sync) -> Attempt {
        let fit = |questions: &[Asked<'_>]| self.with_confidence(questions, ranker(questions));
        let of_parts: Vec<Weights> = (0..FOLDS)
            .into_par_iter()
            .map(|part| {
                let others = self.asked.iter().copied().filter(|asked| asked.known.key % FOLDS != part);
                fit(&others.collect::<Vec<_>>())
            })
            .collect();
        let weights = fit(&self.asked);
        let of_part = |asked: &Asked<'_>| of_parts[(asked.known.key % FOLDS) as usize].clone();
        Attempt {
            cross_validated: Trial::of(&self.asked, of_part),
            in_sample: Trial::of(&self.asked, |_| weights.clone()),
            weights,
        }
    }

    /// The weights that put the right candidates of these questions first. Kinds of units that answer too few keep theirs.
    fn weights(&self, questions: &[Asked<'_>]) -> Weights {
        let answerable = questions.iter().filter(|asked| asked.is_answerable());
        let candidates = |asked: &Asked<'_>| -> Vec<Candidate> {
            let candidates = asked.known.candidates().into_iter();
            candidates.filter(|candidate| self.has(candidate.kind)).collect()
        };
        let questions: Vec<Vec<Candidate>> = answerable.map(candidates).collect();
        let before = [self.before.qa.values(), self.before.passage.values()].concat();
        let lesson = Lesson { questions: &questions, weight: 1.0, qa: &[1.0, 0.0], passage: &[0.0, 1.0] };
        let pull = PULL / questions.len().max(1) as f64;
        let fitted = softmax::fit(&[lesson], &before, &before, pull);
        let list = |number: usize| {
            let part = number * SIGNALS..(number + 1) * SIGNALS;
            let (fitted, before) = (&fitted[part.clone()], &before[part]);
            match self.kinds {
                // Alone, it has to stay comparable with the other kind.
                [true, false] | [false, true] if self.kinds[number] => {
                    Signals::from_values(&softmax::kept_in_size(fitted, before, &questions))
                }
                _ => Signals::from_values(fitted),
            }
        };
        Weights { qa: list(0), passage: list(1), confidence: self.before.confidence }
    }

    fn with_confidence(&self, questions: &[Asked<'_>], mut weights: Weights) -> Weights {
        let placed: Vec<(Placed, &Asked<'_>)> = questions.iter().map(|asked| (asked.place(&weights), asked)).collect();
        let taught = placed.iter().filter(|(placed, _)| !placed.is_asked() && !placed.ranked.is_empty());
        let mut judged: Vec<Judged<'_>> =
            taught.map(|(placed, asked)| placed.judged(asked.known.understood, asked.is_answerable())).collect();
        confidence::weigh(&mut judged, self.options.unanswerable);
        weights.confidence = confidence::fit(&judged, &weights.confidence, &self.options).0;
        weights
    }
}

/// What came of every question, in order.
struct Trial {
    /// 1 / rank of the first right answer; `None` for an unanswerable question.
    reciprocals: Vec<Option<f64>>,
    decisions: Vec<Decision<u64>>,
}

/// Stands for no document: one that answers nothing.
const NONE: u64 = 0;
/// Stands for a right document that is not among the candidates.
const ELSEWHERE: u64 = 1;

impl Trial {
    fn of(asked: &[Asked<'_>], weights: impl Fn(&Asked<'_>) -> Weights + Sync) -> Self {
        let ask = |asked: &Asked<'_>| {
            let weights = weights(asked);
            let placed = asked.place(&weights);
            let rank = placed.right_rank;
            let reciprocal = asked.is_answerable().then(|| rank.map_or(0.0, |rank| 1.0 / rank as f64));
            (reciprocal, decision(asked, &placed, &weights))
        };
        let (reciprocals, decisions) = asked.par_iter().map(ask).collect::<Vec<_>>().into_iter().unzip();
        Self { reciprocals, decisions }
    }

    fn figures(&self, fitting: &Fitting<'_>) -> Figures {
        let ranked = || self.reciprocals.iter().flatten();
        let scored = self.decisions.iter().zip(&fitting.counts);
        let losses = self.losses().into_iter().zip(&fitting.counts);
        Figures {
            p_at_1: mean(ranked().map(|&reciprocal| if reciprocal < 1.0 { 0.0 } else { 1.0 })),
            mrr: mean(ranked().copied()),
            log_loss: losses.map(|(loss, count)| loss * count).sum::<f64>() / fitting.counts.iter().sum::<f64>(),
            ece: calibration_error_of(scored.map(|(made, &count)| (made.confidence, made.is_right(), count)), 10),
            best_mcc: best_matthews(&self.decisions, &NONE).mcc,
        }
    }

    /// `-ln` of the probability of what is the case.
    fn losses(&self) -> Vec<f64> {
        let chance = |made: &Decision<u64>| if made.is_right() { made.confidence } else { 1.0 - made.confidence };
        self.decisions.iter().map(|made| -chance(made).max(1e-6).ln()).collect()
    }

    fn ranks_better(&self, other: &Self) -> bool {
        let pairs = self.reciprocals.iter().flatten().zip(other.reciprocals.iter().flatten());
        is_more_than_chance(&pairs.map(|(mine, others)| (mine - others, 1.0)).collect::<Vec<_>>())
    }

    fn is_surer(&self, other: &Self, counts: &[f64]) -> bool {
        let pairs = self.losses().into_iter().zip(other.losses()).zip(counts);
        is_more_than_chance(&pairs.map(|((mine, others), &count)| (others - mine, count)).collect::<Vec<_>>())
    }
}

fn decision(asked: &Asked<'_>, placed: &Placed, weights: &Weights) -> Decision<u64> {
    let confidences = confidences(&placed.ranked, asked.known.understood, &weights.confidence);
    let given = placed.ranked.first().map_or(NONE, |first| first.document);
    let truth = if !asked.is_answerable() {
        NONE
    } else if placed.right_rank == Some(1) {
        given
    } else {
        asked.known.right().next().map_or(ELSEWHERE, |right| right.document)
    };
    Decision { confidence: confidences.first().copied().unwrap_or(0.0), truth, given }
}

/// Whether the weighed mean of differences is above zero by more than its standard error.
fn is_more_than_chance(differences: &[(f64, f64)]) -> bool {
    let all: f64 = differences.iter().map(|(_, weight)| weight).sum();
    let mean = differences.iter().map(|(value, weight)| value * weight).sum::<f64>() / all;
    let squares = differences.iter().map(|(value, weight)| (weight * (value - mean)).powi(2)).sum::<f64>();
    mean > squares.sqrt() / all
}
