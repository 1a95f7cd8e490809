//! What is asked and what comes back: the shapes that every front end shares.

use super::{
    span::{Counted, Place},
    unit::UnitKind,
};
use crate::ask::{condition::Condition, explain::Explanation};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, time::Duration};

/// A question and how it is to be answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The question in plain words.
    pub text: String,
    /// How many answers to give at most.
    pub top: usize,
    /// Conditions that an answer must meet, all of them; see [`crate::ask::filter`].
    pub filters: Vec<String>,
    /// More conditions, all of which an answer must meet: those that cannot be written as filters.
    pub conditions: Vec<Condition>,
    /// The confidence from which on an answer counts, 0 to 1; `None` for that of the index.
    pub min_confidence: Option<f64>,
    /// Whether the reply is to carry every signal of every candidate.
    pub explain: bool,
    /// What was said before, the oldest first. The last ten turns count.
    pub history: Vec<Turn>,
    /// The language that the question is in (ISO 639-1: `de`; also a tag such as `de-AT`), where it is known: its words
    /// are read by the rules of this language alone. One that the corpus does not have, and what is no language, says
    /// nothing.
    pub language: Option<String>,
}

/// An earlier turn of a conversation; in JSON an object, or the question alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "WrittenTurn")]
// Models are told of the one form only: not all of them are good at choices.
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(!from))]
pub struct Turn {
    /// What was asked.
    pub question: String,
    /// The id of the unit that answered, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What was answered, where the id is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
}

/// An earlier turn of a conversation: an object, or the question alone.
#[derive(Deserialize)]
#[serde(untagged)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
enum WrittenTurn {
    /// What was asked.
    Question(String),
    /// What was asked and answered.
    Turn {
        /// What was asked.
        question: String,
        /// The id of the unit that answered, where it is known.
        #[serde(default)]
        unit: Option<String>,
        /// What was answered, where the id is not known.
        #[serde(default)]
        answer: Option<String>,
    },
}

// As `serde(from)`, which utoipa does not read, says.
#[cfg(feature = "server")]
impl utoipa::PartialSchema for Turn {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        WrittenTurn::schema()
    }
}

#[cfg(feature = "server")]
impl utoipa::ToSchema for Turn {}

impl From<WrittenTurn> for Turn {
    fn from(written: WrittenTurn) -> Self {
        match written {
            WrittenTurn::Question(question) => Self::new(question),
            WrittenTurn::Turn { question, unit, answer } => Self { question, unit, answer },
        }
    }
}

impl Turn {
    /// A turn of which only the question is known.
    #[must_use]
    pub fn new(question: impl Into<String>) -> Self {
        Self { question: question.into(), unit: None, answer: None }
    }
}

impl Question {
    /// A question with the default settings: three answers, no filter.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            top: 3,
            filters: Vec::new(),
            conditions: Vec::new(),
            min_confidence: None,
            explain: false,
            history: Vec::new(),
            language: None,
        }
    }
}

/// The answer to a question, or an honest "no answer".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Reply {
    /// The question as it was asked.
    pub question: String,
    /// Whether the first answer is confident enough to be given.
    pub answered: bool,
    /// The answers, best first; empty when not answered.
    pub answers: Vec<Answer>,
    /// The nearest questions, when not answered.
    pub suggestions: Vec<String>,
    /// Words of the question that the corpus does not know so, with what they were taken for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
    /// How long it took, in milliseconds.
    pub took_ms: f64,
    /// Words of earlier turns with which the question was read; empty where it was read by itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carried: Vec<String>,
    /// Every signal of every candidate, when asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
}

impl Reply {
    /// A time as [`Reply::took_ms`] has it, to the microsecond.
    #[must_use]
    pub fn milliseconds(took: Duration) -> f64 {
        (took.as_secs_f64() * 1e6).round() / 1e3
    }

    /// The corrections that people are told: those of words that they have just written, where an answer rests on them.
    /// Without an answer they would be guesses that led nowhere.
    pub fn told_corrections(&self) -> impl Iterator<Item = &Correction> {
        let told = |correction: &&Correction| self.answered && !self.carried.contains(&correction.word);
        self.corrections.iter().filter(told)
    }
}

/// A word of the question that the corpus does not know so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Correction {
    /// The word.
    pub word: String,
    /// The words of the corpus that it was taken for, the likeliest first.
    pub taken_for: Vec<String>,
}

/// One answer, word for word from its sources.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Answer {
    /// The id of the unit that answers.
    pub id: String,
    /// What kind of unit it is.
    pub kind: UnitKind,
    /// `_id` of a JSONL line, or the source.
    pub document: String,
    /// The stored question of a `qa` unit.
    pub question: Option<String>,
    /// The answer's words: the whole answer, or the sentences of a passage that answer. Where these are not neighbours,
    /// ` … ` stands for what is between, and each run of them has its own citation.
    pub text: String,
    /// The best sentences of a long answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub highlight: Option<Highlight>,
    /// The words of the question that this answers, where two answers are given to two questions in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// Older answers that say otherwise, the newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supersedes: Vec<Superseded>,
    /// The id of a newer answer that says otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superseded_by: Option<String>,
    /// The probability that the answer is right, 0 to 1.
    pub confidence: f64,
    /// The ranking score; it orders answers to one question and means nothing beyond.
    pub score: f64,
    /// The metadata of the article or row.
    pub metadata: BTreeMap<String, OneOrMany>,
    /// Where the words stand: each run of sentences of the text, in order, then what repeats the answer elsewhere.
    pub citations: Vec<Citation>,
}

/// A part of an answer that says most of what was asked, and where it stands: in the file of the first citation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Highlight {
    /// The sentences, a part of the answer's text.
    pub text: String,
    /// As [`Citation::lines`].
    pub lines: Option<[usize; 2]>,
    /// As [`Citation::bytes`].
    pub bytes: Option<[usize; 2]>,
    /// As [`Citation::paragraph`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<[usize; 2]>,
    /// As [`Citation::page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<[usize; 2]>,
}

/// An older answer that says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Superseded {
    /// The id of its unit.
    pub id: String,
    /// Its day of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// Where its words stand.
    pub citation: Citation,
}

/// The values of a metadata key: written as a string if there is one, else as a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub enum OneOrMany {
    /// One value.
    One(String),
    /// None, or several.
    Many(Vec<String>),
}

impl OneOrMany {
    /// The values of a key.
    #[must_use]
    pub fn of(values: &[String]) -> Self {
        match values {
            [value] => Self::One(value.clone()),
            values => Self::Many(values.to_vec()),
        }
    }
}

impl Citation {
    /// Where the words stand, as people write it: `a.txt:3`, `a.txt:3-4`, `b.pdf, page 2`, `c.docx, paragraphs 5-6`.
    #[must_use]
    pub fn place(&self) -> String {
        let counted = [(Counted::Paragraph, self.paragraph), (Counted::Page, self.page)];
        let place = counted.into_iter().find_map(|(counted, numbers)| Some(Place { counted, numbers: numbers? }));
        match (place, self.lines) {
            (Some(place), _) => format!("{}, {place}", self.source),
            (None, Some([first, last])) if first == last => format!("{}:{first}", self.source),
            (None, Some([first, last])) => format!("{}:{first}-{last}", self.source),
            (None, None) => self.source.clone(),
        }
    }
}

/// Proof of an answer: where in which file its words stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Citation {
    /// The title of the article.
    pub title: String,
    /// The file: its path from the corpus root on, prefixed by the root's name.
    pub source: String,
    /// The address of the article, with the anchor of the place where there is one.
    pub url: Option<String>,
    /// The headings above the place.
    pub heading: Vec<String>,
    /// First and last line, counted from 1; none where the file is no text.
    pub lines: Option<[usize; 2]>,
    /// First byte and the byte behind the last, in the file as it is on disk; none where the file is no text.
    pub bytes: Option<[usize; 2]>,
    /// First and last paragraph of a document that has no lines, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<[usize; 2]>,
    /// First and last page of a document that has pages, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<[usize; 2]>,
    /// What stands there, once markup is taken out.
    pub quote: String,
    /// The day of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::{Correction, Reply, Turn};

    #[test]
    fn corrections_are_told_of_what_was_just_asked_and_answered() {
        let correction = |word: &str| Correction { word: word.to_owned(), taken_for: vec!["made".to_owned()] };
        let mut reply = Reply {
            question: "and mayd of?".to_owned(),
            answered: true,
            answers: Vec::new(),
            suggestions: Vec::new(),
            corrections: vec![correction("mayd"), correction("maid")],
            took_ms: 0.0,
            carried: vec!["maid".to_owned()],
            explanation: None,
        };
        assert!(reply.told_corrections().eq([&correction("mayd")]));
        reply.answered = false;
        assert_eq!(reply.told_corrections().count(), 0);
    }

    #[test]
    fn a_turn_is_a_question_or_an_object() {
        let read = |text: &str| serde_json::from_str::<Turn>(text);
        assert_eq!(read(r#""Why?""#).unwrap(), Turn::new("Why?"));
        let whole = Turn { unit: Some("a1".to_owned()), ..Turn::new("Why?") };
        assert_eq!(read(r#"{"question": "Why?", "unit": "a1", "more": 1}"#).unwrap(), whole);
        assert!(read(r#"{"unit": "a1"}"#).is_err());
        assert_eq!(serde_json::to_string(&whole).unwrap(), r#"{"question":"Why?","unit":"a1"}"#);
    }
}
