//! What each signal weighs, and how a score becomes a confidence.

use super::signals::{Evidence, Signals};
use serde::{Deserialize, Serialize};

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
