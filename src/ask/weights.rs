//! What each signal weighs, and how a score becomes a confidence: read from `weights.toml`.

use super::signals::{Evidence, Signals};
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};

/// The weights that come with the program.
const SHIPPED: &str = include_str!("weights.toml");

/// Weights of the ranking and of the confidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// For units with phrasings.
    pub qa: Signals,
    /// For takeaways and passages.
    pub passage: Signals,
    /// For the confidence.
    pub confidence: ConfidenceWeights,
}

/// A logistic regression over what is known of the first candidate.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfidenceWeights {
    /// From which confidence on an answer is given.
    pub threshold: f64,
    /// The constant.
    pub constant: f64,
    /// Of what is known of the first candidate.
    pub evidence: Evidence,
}

impl Weights {
    /// The weights that come with the program.
    ///
    /// # Errors
    /// Never, as a test proves.
    pub fn shipped() -> Result<Self> {
        toml::from_str(SHIPPED)
            .map_err(|error| Error::Config { place: "weights.toml".to_owned(), reason: error.to_string() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_weights_can_be_read_and_none_is_negative() {
        let weights = Weights::shipped().unwrap();
        for values in [weights.qa.values(), weights.passage.values()] {
            assert!(values.iter().all(|&weight| weight >= 0.0));
            assert!(values.iter().sum::<f64>() > 0.0);
        }
    }
}
