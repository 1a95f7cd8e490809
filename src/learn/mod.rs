//! What a corpus teaches: a classifier of its phrasings, the weights of the signals, and the confidence.
//!
//! A corpus whose questions have alternates is training data. Every phrasing is asked with itself withheld, which is
//! what happens when a person asks in yet other words, and with its whole unit withheld, which is what happens when a
//! person asks for what is not there. No signal has seen the phrasing that it scores.

mod ask;
pub mod classifier;
mod confidence;
mod descend;
pub mod features;
mod logistic;
mod pupil;
mod rows;
mod softmax;
mod train;
mod withheld;

use crate::{
    ask::{
        query::Languages,
        rank::{Ranked, score},
        signals::Signals,
        weights::Weights,
    },
    error::Result,
    index::{Search, UnitNo},
    model::UnitKind,
};
use ask::Asked;
use classifier::scaled;
use pupil::Pupil;
use rayon::prelude::*;
use rows::{FOLDS, Part, Rows, weighed};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::path::Path;
use train::{Training, UnitClassifier};

/// A corpus with fewer alternates than these teaches nothing.
const LEAST_ALTERNATES: usize = 20;

/// How many of the first wrong candidates of a question are hard to tell from the right one.
const HARD_CANDIDATES: usize = 5;

/// How many questions the prior counts as, when weights are fitted.
const PRIOR_QUESTIONS: f64 = 10.0;

/// How a corpus is learnt from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LearnOptions {
    /// Above this number of phrasings nothing is learnt.
    pub most_phrasings: usize,
    /// The share of questions that the corpus has no answer for, as the confidence takes it.
    pub unanswerable: f64,
    /// What a wrong answer costs, counted in right ones.
    pub wrong_costs: f64,
}

impl Default for LearnOptions {
    fn default() -> Self {
        Self { most_phrasings: 50_000, unanswerable: 0.25, wrong_costs: 1.0 }
    }
}

/// What was learnt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Learned {
    /// The weights of the signals and of the confidence.
    pub weights: Weights,
    /// How well they do.
    pub report: LearnReport,
}

/// How well what was learnt does on the phrasings that it was learnt from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LearnReport {
    /// Phrasings of the corpus.
    pub phrasings: usize,
    /// Phrasings asked with themselves withheld.
    pub asked: usize,
    /// Share of them whose first answer was right with the weights of the program.
    pub p_at_1_prior: f64,
    /// The same with what was learnt, no signal having seen the phrasing.
    pub p_at_1_withheld: f64,
    /// The same with the classifiers having seen the phrasing: how much they only remember.
    pub p_at_1_seen: f64,
    /// Share of the answerable questions that are answered at the threshold.
    pub coverage: f64,
    /// Share of the answers at the threshold that are right, with as many unanswerable questions as assumed.
    pub precision: f64,
}

/// Learns from the corpus of an index that is being built, and writes the classifiers to its folder.
/// `None` if there is too little to learn from, or too much.
///
/// # Errors
/// When the index cannot be read or the folder not be written.
pub fn learn(
    search: &dyn Search,
    folder: &Path,
    languages: &[String],
    prior: &Weights,
    options: &LearnOptions,
) -> Result<Option<Learned>> {
    let pupils = pupil::pupils(search)?;
    let phrasings: usize = pupils.iter().map(|pupil| pupil.phrasings.len()).sum();
    if phrasings < pupils.len() + LEAST_ALTERNATES || phrasings > options.most_phrasings {
        return Ok(None);
    }
    let rows = pupil::rows(&pupils);
    let mut asked = ask::ask(&pupils, search, &Languages::of(languages), prior)?;
    let p_at_1_prior = p_at_1(&asked, &pupils);
    let hard = hard_units(&asked, &pupils);
    let classifiers = fill_margins(&mut asked, &pupils, &rows, &hard, folder)?;
    let weights = Weights { qa: ranker(&asked, &pupils, prior), ..prior.clone() };
    rank_again(&mut asked, &weights);
    let p_at_1_withheld = p_at_1(&asked, &pupils);
    let (weights, at_threshold) = confidence::fit(&asked, &pupils, weights, options);
    let p_at_1_seen = p_at_1_seen(&asked, &pupils, &rows, &classifiers, &weights);
    let report = LearnReport {
        phrasings,
        asked: asked.iter().filter(|asked| !asked.unit_withheld).count(),
        p_at_1_prior,
        p_at_1_withheld,
        p_at_1_seen,
        coverage: at_threshold.coverage,
        precision: at_threshold.precision,
    };
    Ok(Some(Learned { weights, report }))
}

impl Asked {
    /// Whether a candidate is right.
    fn is_right(&self, candidate: &Ranked, pupils: &[Pupil]) -> bool {
        !self.unit_withheld && candidate.unit == pupils[self.pupil].unit
    }

    fn first_is_right(&self, pupils: &[Pupil]) -> bool {
        self.ranked.first().is_some_and(|first| self.is_right(first, pupils))
    }
}

/// Share of the questions with their phrasing withheld whose first candidate is right.
fn p_at_1(asked: &[Asked], pupils: &[Pupil]) -> f64 {
    let answerable: Vec<&Asked> = asked.iter().filter(|asked| !asked.unit_withheld).collect();
    let right = answerable.iter().filter(|asked| asked.first_is_right(pupils)).count();
    right as f64 / answerable.len().max(1) as f64
}

/// For every unit those that it is taken for, or that are taken for it.
fn hard_units(asked: &[Asked], pupils: &[Pupil]) -> FxHashMap<UnitNo, Vec<UnitNo>> {
    let mut counts: FxHashMap<UnitNo, FxHashMap<UnitNo, usize>> = FxHashMap::default();
    for question in asked.iter().filter(|question| !question.unit_withheld) {
        let unit = pupils[question.pupil].unit;
        let others =
            question.ranked.iter().filter(|candidate| candidate.kind == UnitKind::Qa && candidate.unit != unit);
        for other in others.take(HARD_CANDIDATES) {
            *counts.entry(unit).or_default().entry(other.unit).or_default() += 1;
            *counts.entry(other.unit).or_default().entry(unit).or_default() += 1;
        }
    }
    let ordered = |(unit, counts): (UnitNo, FxHashMap<UnitNo, usize>)| {
        let mut others: Vec<(UnitNo, usize)> = counts.into_iter().collect();
        others.sort_unstable_by_key(|&(other, count)| (std::cmp::Reverse(count), other));
        (unit, others.into_iter().map(|(other, _)| other).collect())
    };
    counts.into_iter().map(ordered).collect()
}

/// Trains on all phrasings for the index, and on parts of them for the questions asked: each gets the margins of
/// classifiers that have not seen it.
fn fill_margins(
    asked: &mut [Asked],
    pupils: &[Pupil],
    rows: &Rows,
    hard: &FxHashMap<UnitNo, Vec<UnitNo>>,
    folder: &Path,
) -> Result<Vec<UnitClassifier>> {
    let first_rows = first_rows(pupils);
    let row_of = |question: &Asked| first_rows[question.pupil] + question.phrasing;
    let parts = (0..FOLDS).flat_map(|fold| [Part::WithoutFold(fold), Part::WithoutUnits(fold)]);
    for part in parts {
        let questions: Vec<(usize, usize)> = asked
            .iter()
            .enumerate()
            .map(|(place, question)| (place, row_of(question)))
            .filter(|&(place, row)| {
                let withheld = matches!(part, Part::WithoutUnits(_));
                asked[place].unit_withheld == withheld && !part.has(&rows.rows[row])
            })
            .collect();
        let mut wanted: FxHashMap<UnitNo, Vec<(usize, usize, usize)>> = FxHashMap::default();
        for &(question, row) in &questions {
            for (place, candidate) in asked[question].ranked.iter().enumerate() {
                wanted.entry(candidate.unit).or_default().push((question, row, place));
            }
        }
        let training = Training::new(rows, part);
        let margins: Vec<Vec<(usize, usize, f64)>> = pupils
            .par_iter()
            .map(|pupil| {
                let Some(wanted) = wanted.get(&pupil.unit) else { return Vec::new() };
                let hard = hard.get(&pupil.unit).map_or(&[][..], Vec::as_slice);
                let Some(classifier) = training.train(pupil.unit, hard) else { return Vec::new() };
                let margin = |&(question, row, place): &(usize, usize, usize)| {
                    (question, place, scaled(classifier.margin(training.row(row))))
                };
                wanted.iter().map(margin).collect()
            })
            .collect();
        for (question, place, margin) in margins.into_iter().flatten() {
            asked[question].ranked[place].signals.classifier = margin;
        }
    }
    let training = Training::new(rows, Part::Whole);
    let hard_of = |unit: UnitNo| hard.get(&unit).map_or(&[][..], Vec::as_slice);
    let classifiers: Vec<UnitClassifier> =
        pupils.par_iter().filter_map(|pupil| training.train(pupil.unit, hard_of(pupil.unit))).collect();
    classifier::write(folder, &rows.hashes, &training.idf, &classifiers)?;
    Ok(classifiers)
}

/// The row of the first phrasing of each pupil.
fn first_rows(pupils: &[Pupil]) -> Vec<usize> {
    let mut next = 0;
    let first = |pupil: &Pupil| {
        let first = next;
        next += pupil.phrasings.len();
        first
    };
    pupils.iter().map(first).collect()
}

/// Fits the weights, and brings their scores to the size of those before.
fn ranker(asked: &[Asked], pupils: &[Pupil], prior: &Weights) -> Signals {
    let questions: Vec<Vec<softmax::Candidate>> = asked
        .iter()
        .filter(|question| !question.unit_withheld)
        .map(|question| {
            let candidate = |candidate: &Ranked| (candidate.signals.values(), question.is_right(candidate, pupils));
            question.ranked.iter().map(candidate).collect()
        })
        .collect();
    let pull = 2.0 * PRIOR_QUESTIONS / questions.len().max(1) as f64 / 100.0;
    Signals::from_values(&softmax::fit(&questions, &prior.qa.values(), pull))
}

/// Scores and orders the candidates by other weights.
fn rank_again(asked: &mut [Asked], weights: &Weights) {
    for question in asked {
        for candidate in &mut question.ranked {
            candidate.score = score(&candidate.signals, candidate.kind, weights);
        }
        let order = |left: &Ranked, right: &Ranked| {
            let by_place = right.asked.cmp(&left.asked);
            by_place.then(right.score.total_cmp(&left.score)).then(left.unit.cmp(&right.unit))
        };
        question.ranked.sort_by(order);
    }
}

/// The share that is right if the classifiers have seen the phrasings.
fn p_at_1_seen(
    asked: &[Asked],
    pupils: &[Pupil],
    rows: &Rows,
    classifiers: &[UnitClassifier],
    weights: &Weights,
) -> f64 {
    let first_rows = first_rows(pupils);
    let idf = rows.idf(Part::Whole);
    let by_unit: FxHashMap<UnitNo, &UnitClassifier> =
        classifiers.iter().map(|classifier| (classifier.unit, classifier)).collect();
    let right = |question: &&Asked| {
        let row = &rows.rows[first_rows[question.pupil] + question.phrasing];
        let features = weighed(&row.features, &idf);
        let score = |candidate: &Ranked| {
            let margin = by_unit.get(&candidate.unit).map_or(0.0, |classifier| scaled(classifier.margin(&features)));
            score(&Signals { classifier: margin, ..candidate.signals }, candidate.kind, weights)
        };
        let first = question.ranked.iter().max_by(|left, right| score(left).total_cmp(&score(right)));
        first.is_some_and(|first| question.is_right(first, pupils))
    };
    let answerable: Vec<&Asked> = asked.iter().filter(|question| !question.unit_withheld).collect();
    answerable.iter().filter(|question| right(question)).count() as f64 / answerable.len().max(1) as f64
}
