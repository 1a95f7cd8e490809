//! The weights that a corpus begins with: fitted on sets of questions whose answers are known, kept in `prior.toml`.

use crate::{
    ask::{
        signals::{Evidence, Signals},
        weights::{ConfidenceWeights, Weights},
    },
    error::{Error, Result},
};
use serde::{Deserialize, Serialize};

/// The weights that come with the program.
const SHIPPED: &str = include_str!("prior.toml");

const HEADER: &str = "\
# The weights that every corpus begins with: what each signal weighs in the score of a candidate, and the logistic
# regression that makes a confidence of it. What is not named weighs nothing.
#
# Made by `cargo run --release --example fit_prior -- FOLDER… --write`; docs/ranking.md says how.

# A small and a great share of questions that their own answers tell. A corpus between them has weights between those
# of `phrasings` and of `answers`.
";

/// Weights for corpora of every kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prior {
    /// What is a small share of answers that tell their question, and what a great one.
    pub answers_tell: [f64; 2],
    /// For units with phrasings where that share is small: the phrasings count.
    pub phrasings: Signals,
    /// Where it is great: the answers count too.
    pub answers: Signals,
    /// For takeaways and passages.
    pub passage: Signals,
    /// For the confidence.
    pub confidence: ConfidenceWeights,
}

impl Prior {
    /// The weights that come with the program.
    ///
    /// # Errors
    /// Never, as a test proves.
    pub fn shipped() -> Result<Self> {
        toml::from_str(SHIPPED)
            .map_err(|error| Error::Config { place: "prior.toml".to_owned(), reason: error.to_string() })
    }

    /// The weights for a corpus whose answers tell their questions to this share: between the two kinds.
    #[must_use]
    pub fn weights(&self, answers_tell: Option<f64>) -> Weights {
        let share = self.place(answers_tell);
        let between = |(phrasings, answers): (f64, f64)| phrasings + share * (answers - phrasings);
        let qa: Vec<f64> = self.phrasings.values().into_iter().zip(self.answers.values()).map(between).collect();
        Weights { qa: Signals::from_values(&qa), passage: self.passage, confidence: self.confidence }
    }

    /// The file that [`Prior::shipped`] reads.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let [small, great] = self.answers_tell;
        let ConfidenceWeights { threshold, constant, evidence } = &self.confidence;
        let lists = [("phrasings", &self.phrasings), ("answers", &self.answers), ("passage", &self.passage)];
        let lists = lists.map(|(name, list)| format!("[{name}]\n{}\n", toml_values(Signals::NAMES, &list.values())));
        format!(
            "{HEADER}answers_tell = [{small}, {great}]\n\n{}[confidence]\nthreshold = {threshold}\n\
             constant = {constant:.3}\n\n[confidence.evidence]\n{}",
            lists.concat(),
            toml_values(Evidence::NAMES, &evidence.values())
        )
    }

    /// Where a share lies between the small and the great one, 0 to 1; in the middle where it is unknown.
    #[must_use]
    pub fn place(&self, answers_tell: Option<f64>) -> f64 {
        let [small, great] = self.answers_tell;
        answers_tell.map_or(0.5, |share| ((share - small) / (great - small)).clamp(0.0, 1.0))
    }
}

/// A line for every value that is not zero.
#[must_use]
pub fn toml_values(names: &[&str], values: &[f64]) -> String {
    let mut lines = String::new();
    for (name, value) in names.iter().zip(values).map(|(name, value)| (name, format!("{value:.3}"))) {
        if value.trim_start_matches('-') != "0.000" {
            lines += &format!("{name} = {value}\n");
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_weights_can_be_read_and_none_is_negative() {
        let prior = Prior::shipped().unwrap();
        assert!(prior.answers_tell[0] < prior.answers_tell[1]);
        for values in [prior.phrasings, prior.answers, prior.passage].map(|signals| signals.values()) {
            assert!(values.iter().all(|&weight| weight >= 0.0));
            assert!(values.iter().sum::<f64>() > 0.0);
        }
    }

    #[test]
    fn what_is_written_is_what_is_read() {
        let prior = Prior::shipped().unwrap();
        assert_eq!(toml::from_str::<Prior>(&prior.to_toml()).unwrap(), prior);
    }

    #[test]
    fn weights_lie_between_the_kinds() {
        let prior = Prior::shipped().unwrap();
        let [small, great] = prior.answers_tell;
        assert_eq!(prior.weights(Some(small - 1.0)).qa, prior.phrasings);
        assert!((prior.weights(Some(great)).qa.text - prior.answers.text).abs() < 1e-9);
        let middle = prior.weights(None).qa.text;
        assert!((middle - f64::midpoint(prior.phrasings.text, prior.answers.text)).abs() < 1e-9);
    }
}
