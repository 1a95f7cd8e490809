//! The trained classifiers of a generation, in a file of arrays: for every feature the units that it speaks for or
//! against.

use super::{features::Feature, rows::weighed, train::UnitClassifier};
use crate::{
    error::Result,
    index::{
        UnitNo,
        arrays::{Array, Arrays, ArraysWriter, Lists, ListsAt},
    },
};
use rustc_hash::FxHashMap;
use std::path::Path;

/// The file within a generation.
pub const CLASSIFIER_FILE: &str = "classifier";

/// Weights below this share of a unit's greatest are left out.
const SLIGHT: f32 = 0.01;

/// A unit's classifier without the weights that hardly weigh.
#[derive(Debug, Clone, PartialEq)]
pub struct Slim {
    unit: UnitNo,
    bias: f32,
    /// Features by number, and their weights.
    weights: Vec<(u32, f32)>,
}

impl Slim {
    /// Leaves out what hardly weighs.
    #[must_use]
    pub fn of(classifier: &UnitClassifier) -> Self {
        let least = classifier.weights.iter().fold(0.0f32, |most, weight| most.max(weight.abs())) * SLIGHT;
        let weights = classifier.weights.iter().enumerate().filter(|(_, weight)| weight.abs() > least);
        let weights = weights.map(|(feature, &weight)| (feature as u32, weight)).collect();
        Self { unit: classifier.unit, bias: classifier.bias, weights }
    }
}

/// The margin of each unit that has a classifier, scaled so that -1 is 0 and 1 is 1; none is below 0 or above 1.
pub type Margins = FxHashMap<UnitNo, f64>;

/// So many units are candidates because their classifiers take the question for theirs.
const LIKELY: usize = 10;

/// The units whose classifiers most take the question for theirs, the first one first.
#[must_use]
pub fn likeliest(margins: &Margins) -> Vec<UnitNo> {
    let mut units: Vec<(UnitNo, f64)> = margins.iter().map(|(&unit, &margin)| (unit, margin)).collect();
    units.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
    units.into_iter().take(LIKELY).map(|(unit, _)| unit).collect()
}

/// From a margin to a signal.
#[must_use]
pub fn scaled(margin: f32) -> f64 {
    f64::from(f32::midpoint(margin, 1.0)).clamp(0.0, 1.0)
}

/// The classifiers of an open index.
#[derive(Debug)]
pub struct Classifier {
    arrays: Arrays,
    /// Hashes of the features, ascending, and their inverse document frequencies.
    hashes: Array,
    idf: Array,
    /// By feature: units, as places among `units`, and weights.
    places: ListsAt,
    weights: Array,
    units: Array,
    biases: Array,
}

impl Classifier {
    /// Opens the file of a generation.
    ///
    /// # Errors
    /// [`crate::Error::IndexDamaged`].
    pub fn open(folder: &Path) -> Result<Self> {
        let arrays = Arrays::open(&folder.join(CLASSIFIER_FILE))?;
        Ok(Self {
            hashes: arrays.find("features.hashes")?,
            idf: arrays.find("features.idf")?,
            places: arrays.find_lists("weights.units")?,
            weights: arrays.find("weights")?,
            units: arrays.find("units")?,
            biases: arrays.find("biases")?,
            arrays,
        })
    }

    /// The margins of all units for a question with these features.
    #[must_use]
    pub fn margins(&self, features: &[Feature]) -> Margins {
        let (hashes, idf): (&[u64], &[f32]) = (self.arrays.get(self.hashes), self.arrays.get(self.idf));
        let known = features.iter().filter_map(|&(hash, count)| {
            let place = hashes.binary_search(&hash).ok()?;
            Some((u32::try_from(place).ok()?, count))
        });
        let known: Vec<(u32, f32)> = known.collect();
        let mut margins: Vec<f32> = self.arrays.get::<f32>(self.biases).to_vec();
        let weights: &[f32] = self.arrays.get(self.weights);
        for (feature, value) in weighed(&known, idf, hashes) {
            let bounds = self.arrays.bounds(self.places, feature as usize);
            let places: &[u32] = self.arrays.list(self.places, feature as usize);
            for (&place, weight) in places.iter().zip(weights.get(bounds).unwrap_or(&[])) {
                if let Some(margin) = margins.get_mut(place as usize) {
                    *margin += value * weight;
                }
            }
        }
        self.arrays.get::<u32>(self.units).iter().zip(margins).map(|(&unit, margin)| (unit, scaled(margin))).collect()
    }
}

/// Writes classifiers over features with these hashes and inverse document frequencies, by number.
///
/// # Errors
/// When the file cannot be written.
pub fn write(folder: &Path, hashes: &[u64], idf: &[f32], classifiers: &[Slim]) -> Result<()> {
    let mut of_features: Vec<Vec<(u32, f32)>> = vec![Vec::new(); hashes.len()];
    for (place, classifier) in classifiers.iter().enumerate() {
        for &(feature, weight) in &classifier.weights {
            of_features[feature as usize].push((place as u32, weight));
        }
    }
    let mut order: Vec<usize> = (0..hashes.len()).collect();
    order.sort_unstable_by_key(|&feature| hashes[feature]);
    let (mut places, mut weights) = (Lists::default(), Vec::new());
    for &feature in &order {
        places.values.extend(of_features[feature].iter().map(|&(place, _)| place));
        weights.extend(of_features[feature].iter().map(|&(_, weight)| weight));
        places.end();
    }
    let mut writer = ArraysWriter::create(&folder.join(CLASSIFIER_FILE))?;
    writer.add("features.hashes", &order.iter().map(|&feature| hashes[feature]).collect::<Vec<u64>>())?;
    writer.add("features.idf", &order.iter().map(|&feature| idf[feature]).collect::<Vec<f32>>())?;
    writer.add_lists("weights.units", &places)?;
    writer.add("weights", &weights)?;
    writer.add("units", &classifiers.iter().map(|classifier| classifier.unit).collect::<Vec<u32>>())?;
    writer.add("biases", &classifiers.iter().map(|classifier| classifier.bias).collect::<Vec<f32>>())?;
    writer.finish()
}
