//! Trains the classifiers, and tells each question that was asked what classifiers say that have not seen it.

use super::{
    ask::Asked,
    classifier::{Slim, scaled},
    pupil::Pupil,
    rows::{FOLDS, Part, Rows},
    train::Training,
};
use crate::{index::UnitNo, model::UnitKind};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// How many of the first wrong candidates of a question are hard to tell from the right one.
const HARD_CANDIDATES: usize = 5;

/// What a phrasing on the wrong side costs the classifier of a unit: this suits few phrasings.
const LITTLE: f32 = 0.2;
/// This suits many.
const MUCH: f32 = 1.0;
/// So many phrasings are many for certain.
const MANY_PHRASINGS: usize = 3_000;

/// What a corpus teaches its classifiers with.
pub struct Lessons<'a> {
    pupils: &'a [Pupil],
    rows: &'a Rows,
    /// The row of the first phrasing of each pupil.
    first_rows: Vec<usize>,
    /// For every unit those that it is taken for, or that are taken for it.
    hard: FxHashMap<UnitNo, Vec<UnitNo>>,
}

/// A margin: the question, the place of the candidate in its ranking, and the value.
type Margin = (usize, usize, f64);

impl<'a> Lessons<'a> {
    /// Prepares to learn from these rows, which are the phrasings of the pupils in order.
    #[must_use]
    pub fn new(pupils: &'a [Pupil], rows: &'a Rows, asked: &[Asked]) -> Self {
        let mut next = 0;
        let first = |pupil: &Pupil| {
            let first = next;
            next += pupil.phrasings.len();
            first
        };
        Self { pupils, rows, first_rows: pupils.iter().map(first).collect(), hard: hard_units(asked, pupils) }
    }

    /// The row of the phrasing that was asked.
    #[must_use]
    pub fn row(&self, question: &Asked) -> usize {
        self.first_rows[question.pupil] + question.phrasing
    }

    /// The penalties that are worth a try: one, and perhaps another.
    #[must_use]
    pub fn penalties(&self) -> (f32, Option<f32>) {
        if self.rows.all.len() > MANY_PHRASINGS { (MUCH, None) } else { (LITTLE, Some(MUCH)) }
    }

    /// Gives every candidate of every question its margin.
    pub fn fill(&self, asked: &mut [Asked], penalty: f32) {
        for fold in 0..FOLDS {
            self.fill_part(asked, Part::WithoutFold(fold), penalty);
            self.fill_part(asked, Part::WithoutUnits(fold), penalty);
        }
    }

    /// Fills in the margins of the questions that the part has not seen.
    fn fill_part(&self, asked: &mut [Asked], part: Part, penalty: f32) {
        let whole_units = matches!(part, Part::WithoutUnits(_));
        let mut wanted: FxHashMap<UnitNo, Vec<(usize, usize, usize)>> = FxHashMap::default();
        for (number, question) in asked.iter().enumerate() {
            let row = self.row(question);
            if question.unit_withheld == whole_units && !part.has(&self.rows.all[row]) {
                for (place, candidate) in question.ranked.iter().enumerate() {
                    wanted.entry(candidate.unit).or_default().push((number, place, row));
                }
            }
        }
        let training = Training::new(self.rows, part, penalty);
        let margins = |pupil: &Pupil| -> Vec<Margin> {
            let Some(wanted) = wanted.get(&pupil.unit) else { return Vec::new() };
            let classifier = training.train(pupil.unit, self.hard(pupil.unit));
            let margin = |row: usize| classifier.as_ref().map_or(0.0, |known| scaled(known.margin(training.row(row))));
            wanted.iter().map(|&(number, place, row)| (number, place, margin(row))).collect()
        };
        let margins: Vec<Vec<Margin>> = self.pupils.par_iter().map(margins).collect();
        for (number, place, margin) in margins.into_iter().flatten() {
            asked[number].ranked[place].signals.classifier = margin;
        }
    }

    /// The classifiers of all phrasings, and the inverse document frequencies that they take for granted.
    #[must_use]
    pub fn train(&self, penalty: f32) -> (Vec<Slim>, Vec<f32>) {
        let training = Training::new(self.rows, Part::Whole, penalty);
        let train = |pupil: &Pupil| Some(Slim::of(&training.train(pupil.unit, self.hard(pupil.unit))?));
        let classifiers = self.pupils.par_iter().filter_map(train).collect();
        (classifiers, training.idf)
    }

    fn hard(&self, unit: UnitNo) -> &[UnitNo] {
        self.hard.get(&unit).map_or(&[], Vec::as_slice)
    }
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
