//! Why a candidate stands where it stands.

use super::{
    query::{Query, TakenFor},
    rank::{Ranked, weights_of},
    signals::Signals,
    weights::Weights,
};
use crate::index::Search;
use serde::{Deserialize, Serialize};

/// How the question was understood, and every signal of every candidate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Explanation {
    /// The words that were looked for.
    pub terms: Vec<ExplainedTerm>,
    /// How many units were candidates.
    pub candidates: usize,
    /// The candidates, best first.
    pub ranking: Vec<ExplainedCandidate>,
    /// The confidence from which on an answer is given.
    pub threshold: f64,
}

/// A word of the question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct ExplainedTerm {
    /// The word.
    pub word: String,
    /// The stems of the corpus that it stands for.
    pub stems: Vec<String>,
    /// What it was taken for beside itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken_for: Vec<TakenFor>,
    /// What it weighs; a word of an earlier turn less.
    pub weight: f64,
}

/// A candidate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct ExplainedCandidate {
    /// The id of the unit.
    pub id: String,
    /// Its question, or the beginning of its text.
    pub label: String,
    /// Whether it holds the question word for word.
    pub asked: bool,
    /// The weighted sum of the signals.
    pub score: f64,
    /// The probability that it is right.
    pub confidence: f64,
    /// The signals.
    pub signals: Signals,
    /// What each signal weighs for this kind of unit.
    pub weights: Signals,
}

/// The words of a question as they were understood.
#[must_use]
pub fn terms(query: &Query, search: &dyn Search) -> Vec<ExplainedTerm> {
    let explain = |term: &super::query::QueryTerm| ExplainedTerm {
        word: term.word.clone(),
        stems: term.stems.iter().map(|stem| search.lexicon().stem_name(stem.stem).to_owned()).collect(),
        taken_for: term.taken_for.clone(),
        weight: term.weight * term.count.min(1.0),
    };
    query.terms.iter().map(explain).collect()
}

/// A candidate with everything that is known of it.
#[must_use]
pub fn candidate(ranked: &Ranked, confidence: f64, id: String, label: String, weights: &Weights) -> ExplainedCandidate {
    let Ranked { asked, score, signals, kind, .. } = *ranked;
    ExplainedCandidate { id, label, asked, score, confidence, signals, weights: *weights_of(kind, weights) }
}
