//! Whether a written answer stands in the sources that it names: sentence by sentence, word for word or by its words.
//!
//! `markers` finds `[1]` and its like, `prose` takes the markup off a sentence, `reading` makes words of claims and of
//! sources, `quote` looks for a sentence word for word, `judge` weighs one sentence against the sources.
//!
//! All of it goes by words, as the index does: what is said in other words than the source has counts as not found,
//! however true it is, and so does an answer in another language than its sources.

mod judge;
mod markers;
mod prose;
mod quote;
mod reading;

use crate::{
    ask::engine::Engine,
    error::{Error, Result},
    model::Citation,
};
use judge::Judge;
use serde::{Deserialize, Serialize};

/// A longer text is refused: it is no answer. In bytes.
pub const LONGEST_TEXT: usize = 64 << 10;

/// More sources are refused.
pub const MOST_SOURCES: usize = 100;

/// What a marker of the text stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
#[cfg_attr(feature = "server", schema(as = GroundingSource), schemars(rename = "GroundingSource"))]
pub struct Source {
    /// The marker without its brackets, as `1` of `[1]`.
    #[cfg_attr(feature = "server", schema(example = "1"))]
    pub marker: String,
    /// The id of the unit.
    #[cfg_attr(feature = "server", schema(example = "0123456789abcdef"))]
    pub id: String,
}

/// What a written answer is worth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Grounding {
    /// Whether every sentence that claims something stands in the sources that it names.
    pub supported: bool,
    /// The share of the claiming sentences that do, 0 to 1; 1 where nothing is claimed.
    pub share: f64,
    /// The sentences, in order.
    pub sentences: Vec<Checked>,
}

/// A sentence of the answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
#[cfg_attr(feature = "server", schema(as = GroundingSentence), schemars(rename = "GroundingSentence"))]
pub struct Checked {
    /// The sentence as it is written, with its markers.
    pub text: String,
    /// Where it begins in the text, in code points.
    pub start: usize,
    /// Where it ends, in code points, exclusive.
    pub end: usize,
    /// Its markers, each once, in order.
    pub markers: Vec<String>,
    /// What was found.
    pub verdict: Verdict,
    /// The share of its words with content that stand in one stretch of the sources that it names; where it names none,
    /// in that of any source.
    pub coverage: f64,
    /// The words that do not stand there, as they are written.
    pub missing: Vec<String>,
    /// What of the source it contradicts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contradicts: Option<Contradiction>,
    /// The marker of a source that it does not name, and that has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found_in: Option<String>,
    /// The stretch of the source that it was held against, where that has at least half of its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
}

/// How far a sentence stands in its sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
#[cfg_attr(feature = "server", schema(as = GroundingVerdict), schemars(rename = "GroundingVerdict"))]
pub enum Verdict {
    /// It stands there word for word, but for white space, quotes and emphasis.
    Verbatim,
    /// All its words with content stand in one stretch, and no number and no negation speaks against it.
    Covered,
    /// At least half of its words do.
    Partly,
    /// Fewer do, or a number or a negation speaks against it, or its markers name no source.
    Unsupported,
    /// It claims something and has no marker.
    Uncited,
    /// It claims nothing: a question, a heading, an introduction.
    Neutral,
}

/// What of a source a sentence contradicts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub enum Contradiction {
    /// It has another number.
    Number,
    /// It says no where the source says yes, or the other way round.
    Negation,
}

impl Verdict {
    /// Whether the sentence claims something.
    #[must_use]
    pub fn claims(self) -> bool {
        self != Self::Neutral
    }

    /// Whether the sources that the sentence names bear it out.
    #[must_use]
    pub fn is_supported(self) -> bool {
        matches!(self, Self::Verbatim | Self::Covered)
    }
}

/// Checks a written answer against the units that its markers stand for.
///
/// # Errors
/// [`Error::Text`] for a text that is far too long or for too many sources, [`Error::UnitUnknown`].
pub fn check(engine: &Engine, text: &str, sources: &[Source]) -> Result<Grounding> {
    if text.len() > LONGEST_TEXT {
        let reason = format!("the text has {} bytes, at most {LONGEST_TEXT} are checked: send it in parts", text.len());
        return Err(Error::Text(reason));
    }
    if sources.len() > MOST_SOURCES {
        let reason =
            format!("{} sources are named, at most {MOST_SOURCES} are read: send the text in parts", sources.len());
        return Err(Error::Text(reason));
    }
    let judge = Judge::of(engine, text, sources)?;
    let names: Vec<&str> = sources.iter().map(|source| source.marker.as_str()).collect();
    let sentences: Vec<Checked> =
        markers::sentences(text, &names).into_iter().map(|sentence| judge.check(text, sentence)).collect();
    let claims = sentences.iter().filter(|sentence| sentence.verdict.claims()).count();
    let supported = sentences.iter().filter(|sentence| sentence.verdict.is_supported()).count();
    Ok(Grounding {
        supported: supported == claims,
        share: if claims == 0 { 1.0 } else { supported as f64 / claims as f64 },
        sentences,
    })
}

#[cfg(test)]
mod tests;
