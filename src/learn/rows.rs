//! The phrasings of a corpus as rows of features, and how they are divided to learn from one part and ask the other.

use super::features::{Feature, KINDS, kind};
use crate::index::UnitNo;
use rustc_hash::FxHashMap;

/// How many parts the phrasings are divided into.
pub const FOLDS: u64 = 5;

/// A phrasing.
#[derive(Debug)]
pub struct Row {
    /// The unit that it asks for.
    pub unit: UnitNo,
    /// Its part, by a hash of its words: equal phrasings are in one part.
    pub fold: u64,
    /// The part of its unit.
    pub unit_fold: u64,
    /// Its features, by number.
    pub features: Vec<(u32, f32)>,
}

/// The rows that a classifier learns from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of them.
    Whole,
    /// All but those of a fold.
    WithoutFold(u64),
    /// All but those of the units of a fold.
    WithoutUnits(u64),
}

impl Part {
    /// Whether the row belongs to the part.
    #[must_use]
    pub fn has(self, row: &Row) -> bool {
        match self {
            Self::Whole => true,
            Self::WithoutFold(fold) => row.fold != fold,
            Self::WithoutUnits(fold) => row.unit_fold != fold,
        }
    }
}

/// All rows, with the features of the corpus.
#[derive(Debug, Default)]
pub struct Rows {
    /// The phrasings, in the order of units.
    pub all: Vec<Row>,
    /// Hash of each feature, by number.
    pub hashes: Vec<u64>,
    numbers: FxHashMap<u64, u32>,
}

impl Rows {
    /// Adds a phrasing: `key` names its words, `unit_key` its unit.
    pub fn add(&mut self, unit: UnitNo, key: u64, unit_key: u64, features: &[Feature]) {
        let mut number = |hash: u64| {
            *self.numbers.entry(hash).or_insert_with(|| {
                self.hashes.push(hash);
                (self.hashes.len() - 1) as u32
            })
        };
        let features = features.iter().map(|&(hash, count)| (number(hash), count)).collect();
        self.all.push(Row { unit, fold: key % FOLDS, unit_fold: unit_key % FOLDS, features });
    }

    /// Inverse document frequency of every feature among the rows of a part, smoothed:
    /// `1 + ln((1 + n) / (1 + df))`. A feature that the part lacks has none.
    #[must_use]
    pub fn idf(&self, part: Part) -> Vec<f32> {
        let mut counts = vec![0u32; self.hashes.len()];
        let mut rows = 0u32;
        for row in self.all.iter().filter(|row| part.has(row)) {
            rows += 1;
            row.features.iter().for_each(|&(feature, _)| counts[feature as usize] += 1);
        }
        let idf = |&count: &u32| match count {
            0 => 0.0,
            count => 1.0 + ((1.0 + f64::from(rows)) / (1.0 + f64::from(count))).ln() as f32,
        };
        counts.iter().map(idf).collect()
    }
}

/// The tf-idf weights of a row; those of each kind of features are of unit length.
#[must_use]
pub fn weighed(features: &[(u32, f32)], idf: &[f32], hashes: &[u64]) -> Vec<(u32, f32)> {
    let weight = |&(feature, count): &(u32, f32)| (feature, count * idf.get(feature as usize).copied().unwrap_or(0.0));
    let mut weighed: Vec<(u32, f32)> = features.iter().map(weight).filter(|weighed| weighed.1 > 0.0).collect();
    let kind = |feature: u32| hashes.get(feature as usize).map_or(0, |&hash| kind(hash));
    let mut squares = [0.0f32; KINDS];
    for &(feature, weight) in &weighed {
        squares[kind(feature)] += weight * weight;
    }
    for (feature, weight) in &mut weighed {
        *weight /= squares[kind(*feature)].sqrt();
    }
    weighed
}
