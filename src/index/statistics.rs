//! Counts over the units, as BM25 needs them. A unit counts for a field only if it has the field.

use serde::{Deserialize, Serialize};

/// The fields over which words are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// All phrasings of a unit together.
    Phrasings,
    /// Answer, takeaway or passage.
    Text,
    /// Headings and title.
    Heading,
    /// Everything.
    All,
}

impl Field {
    /// All fields, in the order of tables.
    pub const ALL: [Self; 4] = [Self::Phrasings, Self::Text, Self::Heading, Self::All];
}

/// Counts of one field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct FieldCounts {
    /// Units that have the field.
    pub units: u64,
    /// Words in all of them.
    pub words: u64,
    /// Character n-grams in all of them.
    pub grams: u64,
}

/// Counts of the whole index.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Statistics {
    /// Counts by [`Field`].
    pub fields: [FieldCounts; 4],
    /// Single phrasings: how many (as `units`), their words and n-grams.
    pub single: FieldCounts,
}

impl Statistics {
    /// Counts of a field.
    #[must_use]
    pub fn field(&self, field: Field) -> &FieldCounts {
        &self.fields[field as usize]
    }

    /// Inverse document frequency in `field` of what stands in `count` units; see [`FieldCounts::idf`].
    #[must_use]
    pub fn idf(&self, field: Field, count: f64) -> f64 {
        self.field(field).idf(count)
    }
}

impl FieldCounts {
    /// Mean number of words of the units that have the field, at least 1.
    #[must_use]
    pub fn mean_words(&self) -> f64 {
        mean(self.words, self.units)
    }

    /// Mean number of n-grams of the units that have the field, at least 1.
    #[must_use]
    pub fn mean_grams(&self) -> f64 {
        mean(self.grams, self.units)
    }

    /// Inverse document frequency of what stands in `df` of these units, as Lucene has it:
    /// `ln(1 + (N - df + 0.5) / (df + 0.5))`. Never negative; highest for what is unknown.
    #[must_use]
    pub fn idf(&self, df: f64) -> f64 {
        let units = self.units as f64;
        (1.0 + ((units - df).max(0.0) + 0.5) / (df + 0.5)).ln()
    }
}

fn mean(sum: u64, count: u64) -> f64 {
    if count == 0 { 1.0 } else { (sum as f64 / count as f64).max(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idf_falls_with_frequency_and_stays_positive() {
        let counts = FieldCounts { units: 10, words: 50, grams: 0 };
        let idfs: Vec<f64> = [0.0, 1.0, 5.0, 10.0, 12.0].map(|df| counts.idf(df)).to_vec();
        assert!(idfs.windows(2).all(|pair| pair[0] > pair[1]), "{idfs:?}");
        assert!(idfs.iter().all(|&idf| idf > 0.0));
        assert!((counts.mean_words() - 5.0).abs() < 1e-12);
        assert!((FieldCounts::default().mean_words() - 1.0).abs() < 1e-12);
    }
}
