//! Trains one linear classifier a unit: is this phrasing one of the unit's?
//!
//! L2-regularised hinge loss by dual coordinate descent: Hsieh, Chang, Lin, Keerthi, Sundararajan,
//! "A Dual Coordinate Descent Method for Large-scale Linear SVM" (ICML 2008), algorithm 3 without shrinking.

use super::rows::{Part, Rows, weighed};
use crate::index::UnitNo;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Penalty for a row on the wrong side.
const PENALTY: f32 = 0.3;
/// Passes over the rows, at most.
const MOST_PASSES: usize = 25;
/// The passes end when no row's gradient is further from the others' than this.
const ENOUGH: f32 = 0.1;
/// Rows of hard units that a unit learns to tell itself from, at most.
const HARD_ROWS: usize = 600;
/// Other rows that it learns to tell itself from, at most.
const OTHER_ROWS: usize = 600;

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
    /// Inverse document frequency of every feature.
    pub idf: Vec<f32>,
    weighed: Vec<Vec<(u32, f32)>>,
    of_unit: FxHashMap<UnitNo, Vec<usize>>,
}

impl<'a> Training<'a> {
    /// Weighs all rows by the counts of a part.
    #[must_use]
    pub fn new(rows: &'a Rows, part: Part) -> Self {
        let idf = rows.idf(part);
        let weighed: Vec<_> = rows.rows.par_iter().map(|row| weighed(&row.features, &idf)).collect();
        let mut of_unit: FxHashMap<UnitNo, Vec<usize>> = FxHashMap::default();
        for (number, row) in rows.rows.iter().enumerate().filter(|(_, row)| part.has(row)) {
            of_unit.entry(row.unit).or_default().push(number);
        }
        Self { rows, part, idf, weighed, of_unit }
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
        let others = self.rows.rows.iter().enumerate().filter(|(_, row)| row.unit != unit && self.part.has(row));
        let others: Vec<usize> = others.map(|(number, _)| number).collect();
        if others.len() <= HARD_ROWS + OTHER_ROWS {
            return others;
        }
        let each = HARD_ROWS.div_ceil(hard.len().max(1));
        for rows in hard.iter().filter_map(|unit| self.of_unit.get(unit)) {
            chosen.extend(rows.iter().take(each));
        }
        chosen.truncate(HARD_ROWS);
        // Steps of an irrational share of the rows come evenly everywhere, and differently for every unit.
        let golden = |step: usize| ((step as f64 + f64::from(unit)) * 0.618_033_988_749_895).fract();
        chosen.extend((0..OTHER_ROWS).map(|step| others[(golden(step) * others.len() as f64) as usize]));
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }

    fn descend(&self, unit: UnitNo, rows: &[(usize, f32)]) -> UnitClassifier {
        let mut weights = vec![0.0f32; self.idf.len()];
        let mut bias = 0.0f32;
        let mut alphas = vec![0.0f32; rows.len()];
        let mut order: Vec<usize> = (0..rows.len()).collect();
        let mut random = u64::from(unit).wrapping_mul(2).wrapping_add(1);
        for _ in 0..MOST_PASSES {
            shuffle(&mut order, &mut random);
            let (mut highest, mut lowest) = (f32::MIN, f32::MAX);
            for &place in &order {
                let (row, side) = rows[place];
                let features = &self.weighed[row];
                let margin =
                    bias + features.iter().map(|&(feature, value)| weights[feature as usize] * value).sum::<f32>();
                let gradient = side * margin - 1.0;
                let alpha = alphas[place];
                let projected = match alpha {
                    alpha if alpha <= 0.0 => gradient.min(0.0),
                    alpha if alpha >= PENALTY => gradient.max(0.0),
                    _ => gradient,
                };
                highest = highest.max(projected);
                lowest = lowest.min(projected);
                if projected == 0.0 {
                    continue;
                }
                // Rows have length 1, and the bias is a feature of 1.
                alphas[place] = (alpha - gradient / 2.0).clamp(0.0, PENALTY);
                let step = (alphas[place] - alpha) * side;
                features.iter().for_each(|&(feature, value)| weights[feature as usize] += step * value);
                bias += step;
            }
            if highest - lowest < ENOUGH {
                break;
            }
        }
        UnitClassifier { unit, bias, weights }
    }
}

impl UnitClassifier {
    /// How far on the unit's side a phrasing lies; from 0 on it is one of the unit's.
    #[must_use]
    pub fn margin(&self, features: &[(u32, f32)]) -> f32 {
        self.bias + features.iter().map(|&(feature, value)| self.weights[feature as usize] * value).sum::<f32>()
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
