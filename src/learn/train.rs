//! Trains one linear classifier a unit: is this phrasing one of the unit's?
//!
//! L2-regularised hinge loss by dual coordinate descent: Hsieh, Chang, Lin, Keerthi, Sundararajan,
//! "A Dual Coordinate Descent Method for Large-scale Linear SVM" (ICML 2008), algorithm 3.

use super::rows::{Part, Rows, weighed};
use crate::index::UnitNo;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Passes over the rows, at most.
const MOST_PASSES: usize = 25;
/// The passes end when no row's gradient is further from the others' than this.
const ENOUGH: f32 = 0.1;
/// Rows that all units together learn to tell themselves from, about.
const ALL_NEGATIVES: usize = 3_000_000;
/// Rows that a unit learns to tell itself from, at least; half of them of units that are hard to tell from it.
const LEAST_NEGATIVES: usize = 600;

/// A unit's classifier: the margin of a phrasing is `bias` and its features times `weights`.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitClassifier {
    /// The unit.
    pub unit: UnitNo,
    /// The margin of a phrasing without features.
    pub bias: f32,
    /// By feature; most are zero.
    pub weights: Vec<f32>,
}

/// The rows of a part, weighed, and which of them are whose.
pub struct Training<'a> {
    rows: &'a Rows,
    part: Part,
    /// What a row on the wrong side costs.
    penalty: f32,
    /// Inverse document frequency of every feature.
    pub idf: Vec<f32>,
    weighed: Vec<Vec<(u32, f32)>>,
    of_unit: FxHashMap<UnitNo, Vec<usize>>,
}

impl<'a> Training<'a> {
    /// Weighs all rows by the counts of a part; `penalty` is what a row on the wrong side costs.
    #[must_use]
    pub fn new(rows: &'a Rows, part: Part, penalty: f32) -> Self {
        let idf = rows.idf(part);
        let weighed: Vec<_> = rows.all.par_iter().map(|row| weighed(&row.features, &idf, &rows.hashes)).collect();
        let mut of_unit: FxHashMap<UnitNo, Vec<usize>> = FxHashMap::default();
        for (number, row) in rows.all.iter().enumerate().filter(|(_, row)| part.has(row)) {
            of_unit.entry(row.unit).or_default().push(number);
        }
        Self { rows, part, penalty, idf, weighed, of_unit }
    }

    /// The weighed features of a row.
    #[must_use]
    pub fn row(&self, number: usize) -> &[(u32, f32)] {
        &self.weighed[number]
    }

    /// Learns to tell the phrasings of `unit` from those of `hard` units and of some others.
    /// `None` if the part has no phrasing of it.
    #[must_use]
    pub fn train(&self, unit: UnitNo, hard: &[UnitNo]) -> Option<UnitClassifier> {
        let mut rows: Vec<(usize, f32)> = self.of_unit.get(&unit)?.iter().map(|&row| (row, 1.0)).collect();
        rows.extend(self.negatives(unit, hard).into_iter().map(|row| (row, -1.0)));
        Some(self.descend(unit, &rows))
    }

    /// Rows of the hard units, as many of each, and rows from all over the corpus. Few corpora need the choice.
    fn negatives(&self, unit: UnitNo, hard: &[UnitNo]) -> Vec<usize> {
        let mut chosen = Vec::new();
        let others = self.rows.all.iter().enumerate().filter(|(_, row)| row.unit != unit && self.part.has(row));
        let others: Vec<usize> = others.map(|(number, _)| number).collect();
        let most = (ALL_NEGATIVES / self.of_unit.len().max(1)).max(LEAST_NEGATIVES);
        if others.len() <= most {
            return others;
        }
        let each = (most / 2).div_ceil(hard.len().max(1));
        for rows in hard.iter().filter_map(|unit| self.of_unit.get(unit)) {
            chosen.extend(rows.iter().take(each));
        }
        chosen.truncate(most / 2);
        // Steps of an irrational share of the rows come evenly everywhere, and differently for every unit.
        let golden = |step: usize| ((step as f64 + f64::from(unit)) * 0.618_033_988_749_895).fract();
        chosen.extend((0..most / 2).map(|step| others[(golden(step) * others.len() as f64) as usize]));
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }

    /// Rows that are far enough on their side are left out of the passes until the others are settled.
    fn descend(&self, unit: UnitNo, rows: &[(usize, f32)]) -> UnitClassifier {
        let mut state = State { weights: vec![0.0; self.idf.len()], bias: 0.0, alphas: vec![0.0; rows.len()] };
        let mut random = u64::from(unit).wrapping_mul(2).wrapping_add(1);
        let mut active: Vec<usize> = (0..rows.len()).collect();
        let (mut far_above, mut far_below) = (f32::INFINITY, f32::NEG_INFINITY);
        for _ in 0..MOST_PASSES {
            shuffle(&mut active, &mut random);
            let (mut highest, mut lowest) = (f32::MIN, f32::MAX);
            let mut left = Vec::with_capacity(active.len());
            for &place in &active {
                let (row, side) = rows[place];
                let gradient = state.gradient(&self.weighed[row], side);
                let alpha = state.alphas[place];
                if (alpha <= 0.0 && gradient > far_above) || (alpha >= self.penalty && gradient < far_below) {
                    continue;
                }
                left.push(place);
                let projected = match alpha {
                    alpha if alpha <= 0.0 => gradient.min(0.0),
                    alpha if alpha >= self.penalty => gradient.max(0.0),
                    _ => gradient,
                };
                (highest, lowest) = (highest.max(projected), lowest.min(projected));
                if projected != 0.0 {
                    state.step(place, &self.weighed[row], side, gradient, self.penalty);
                }
            }
            active = left;
            if highest - lowest >= ENOUGH {
                far_above = if highest > 0.0 { highest } else { f32::INFINITY };
                far_below = if lowest < 0.0 { lowest } else { f32::NEG_INFINITY };
            } else if active.len() == rows.len() {
                break;
            } else {
                active = (0..rows.len()).collect();
                (far_above, far_below) = (f32::INFINITY, f32::NEG_INFINITY);
            }
        }
        UnitClassifier { unit, bias: state.bias, weights: state.weights }
    }
}

/// A classifier while it learns: its weights are the sum of the rows times their alphas and sides.
struct State {
    weights: Vec<f32>,
    bias: f32,
    alphas: Vec<f32>,
}

impl State {
    fn gradient(&self, features: &[(u32, f32)], side: f32) -> f32 {
        side * margin(&self.weights, self.bias, features) - 1.0
    }

    /// Moves the alpha of a row to where its gradient is zero, as far as the bounds let it.
    fn step(&mut self, place: usize, features: &[(u32, f32)], side: f32, gradient: f32, penalty: f32) {
        // The bias is a feature of 1.
        let square = 1.0 + features.iter().map(|feature| feature.1 * feature.1).sum::<f32>();
        let alpha = self.alphas[place];
        self.alphas[place] = (alpha - gradient / square).clamp(0.0, penalty);
        let step = (self.alphas[place] - alpha) * side;
        for &(feature, value) in features {
            self.weights[feature as usize] += step * value;
        }
        self.bias += step;
    }
}

fn margin(weights: &[f32], bias: f32, features: &[(u32, f32)]) -> f32 {
    bias + features.iter().map(|&(feature, value)| weights[feature as usize] * value).sum::<f32>()
}

impl UnitClassifier {
    /// How far on the unit's side a phrasing lies; from 0 on it is one of the unit's.
    #[must_use]
    pub fn margin(&self, features: &[(u32, f32)]) -> f32 {
        margin(&self.weights, self.bias, features)
    }
}

/// Fisher–Yates with a linear congruential generator (Knuth's MMIX constants): the same every time.
fn shuffle(order: &mut [usize], random: &mut u64) {
    for last in (1..order.len()).rev() {
        *random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = ((*random >> 33) as usize) % (last + 1);
        order.swap(last, other);
    }
}
