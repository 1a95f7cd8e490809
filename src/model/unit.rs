//! What can be an answer.

use super::{article::About, excerpt::Excerpt};
use serde::{Deserialize, Serialize};
use std::{fmt, ops::Range};

/// A question-answer pair, a takeaway or a passage, cut out of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// A hash of source, kind and normalised text, and an occurrence number where those repeat.
    pub id: String,
    /// What kind of answer this is.
    pub kind: UnitKind,
    /// The file, as a citation names it.
    pub source: String,
    /// `_id` of a JSONL line, or the source.
    pub document: String,
    /// Title, address, date, language and metadata of the article.
    pub about: About,
    /// The fragment that leads to the unit in a browser.
    pub anchor: Option<String>,
    /// The headings above it, from the outermost on, without the title.
    pub heading: Vec<String>,
    /// The question and then its alternates, for a `qa` unit; else empty.
    pub phrasings: Vec<Excerpt>,
    /// The answer, the takeaway or the passage.
    pub text: Excerpt,
    /// What may be asked next, for a `qa` unit whose source says so.
    pub prompts: Vec<Prompt>,
}

/// A question that may be asked behind an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Prompt {
    /// What a person is shown, or would ask.
    pub text: String,
    /// The `document` that answers it, where the source names one.
    pub document: Option<String>,
}

impl Unit {
    /// The main question of a `qa` unit.
    #[must_use]
    pub fn question(&self) -> Option<&str> {
        self.phrasings.first().map(Excerpt::plain)
    }

    /// The first byte of the unit in its source and the one behind its last: from the question to the text.
    #[must_use]
    pub fn hull(&self) -> Range<usize> {
        let hulls = self.excerpts().filter_map(Excerpt::hull);
        hulls.reduce(|all, hull| all.start.min(hull.start)..all.end.max(hull.end)).unwrap_or(0..0)
    }

    /// The excerpts of which the unit is made: the phrasings, then the text.
    pub fn excerpts(&self) -> impl Iterator<Item = &Excerpt> {
        self.phrasings.iter().chain([&self.text])
    }
}

/// The kinds of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub enum UnitKind {
    /// A question with its answer.
    Qa,
    /// One bullet of the takeaways.
    Takeaway,
    /// A run of whole sentences under a heading path.
    Passage,
}

impl UnitKind {
    /// All kinds, in the order of reports.
    pub const ALL: [Self; 3] = [Self::Qa, Self::Takeaway, Self::Passage];

    /// The name in replies, filters and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Qa => "qa",
            Self::Takeaway => "takeaway",
            Self::Passage => "passage",
        }
    }
}

impl fmt::Display for UnitKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
