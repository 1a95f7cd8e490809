//! From a question to the words that are looked for.

mod builder;
mod compounds;
mod joined;
mod numbers;
mod spelling;
mod synonyms;

use super::vocabulary::Vocabulary;
use crate::model::reply::Correction;
use crate::{
    analyze::{
        grams::grams,
        words::{Words, is_number},
    },
    error::{Error, Result},
    index::{
        Search, SearchTerm,
        lexicon::{GramNo, Lexicon, StemNo, WordNo},
        statistics::Field,
    },
};
use builder::Builder;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A longer question is refused: it is no question. In bytes.
pub const LONGEST_QUESTION: usize = 16 << 10;

/// Words behind these say nothing more about what is asked.
const MOST_WORDS: usize = 200;

/// What a stop word weighs beside another word.
const STOP_WEIGHT: f64 = 0.25;

/// A question, ready to be looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// The different words of the question.
    pub terms: Vec<QueryTerm>,
    /// The words in order, as places in `terms`.
    pub order: Vec<usize>,
    /// The n-grams of the words: the number, if the corpus knows it, and how often it comes.
    pub grams: Vec<(Option<GramNo>, f64)>,
    /// Words of the corpus that say the opposite of one of the question, ascending.
    pub opposites: Vec<WordNo>,
    /// Words of the corpus that turn a sentence round, ascending.
    pub negations: Vec<WordNo>,
    /// Whether a word of the question turns it round.
    pub is_negated: bool,
    /// Words of the corpus that ask, ascending.
    pub asking: Vec<WordNo>,
    /// How many different words of the question ask.
    pub asks: usize,
    /// Names the question, see [`phrasing_key`](crate::index::phrasing_key).
    pub key: u64,
    /// All words as they are written, also those that are not looked for.
    pub words: Words,
    /// The stems of all words, in every language that the question may be in.
    pub stems: Vec<String>,
    /// The languages that the question may be in, the likeliest first.
    pub languages: Vec<String>,
}

/// A word of the question.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryTerm {
    /// The word.
    pub word: String,
    /// Its number, if the corpus has it just so.
    pub number: Option<WordNo>,
    /// Whether the corpus has it, in some form.
    pub is_own: bool,
    /// The stems of the corpus that it stands for; none if the corpus knows nothing like it.
    pub stems: Vec<WeighedStem>,
    /// The words of the corpus that it was taken for, beside itself.
    pub taken_for: Vec<TakenFor>,
    /// How often it comes in the question.
    pub count: f64,
    /// What it weighs: less for stop words.
    pub weight: f64,
    /// Whether it says little about what is asked.
    pub is_stop_word: bool,
}

/// A stem of the corpus that a word of the question stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeighedStem {
    /// The stem.
    pub stem: StemNo,
    /// What a word with this stem counts beside the word itself, which counts 1.
    pub weight: f64,
}

/// What a word of the question was taken for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct TakenFor {
    /// One word of the corpus, or several which stand for the one together.
    pub words: String,
    /// Why.
    pub why: Why,
    /// What they count beside the word itself, which counts 1.
    pub weight: f64,
}

/// Why a word of the question stands for other words of the corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub enum Why {
    /// The corpus does not know it, but words that are spelled almost the same.
    Spelling,
    /// It is written in one word where the corpus has several, or the other way round.
    Joined,
    /// It is a part of a compound of the corpus, or the other way round.
    Compound,
    /// It is another spelling of the same number, date, unit or currency.
    Number,
    /// A list of synonyms says so.
    Synonym,
    /// The corpus explains the short form by the long one.
    Acronym,
}

impl Why {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Spelling => "spelling",
            Self::Joined => "joined",
            Self::Compound => "compound",
            Self::Number => "number",
            Self::Synonym => "synonym",
            Self::Acronym => "acronym",
        }
    }

    /// Whether the word was taken for another one: people are told.
    #[must_use]
    pub fn is_correction(self) -> bool {
        matches!(self, Self::Spelling | Self::Joined)
    }
}

impl QueryTerm {
    /// Whether the word tells what is asked: a stop word does not.
    #[must_use]
    pub fn tells(&self) -> bool {
        !self.is_stop_word
    }

    /// Whether it is a number, or begins with one.
    #[must_use]
    pub fn is_number(&self) -> bool {
        is_number(&self.word)
    }

    /// How far the corpus knows it: 1 if it has the word, else what the likeliest of those that it may be counts.
    #[must_use]
    pub fn known(&self) -> f64 {
        let taken = self.taken_for.iter().map(|taken| taken.weight).fold(0.0, f64::max);
        if self.is_own { 1.0 } else { taken }
    }

    /// How many units have the term in a field: as many as have the commonest of its stems.
    #[must_use]
    pub fn units(&self, field: Field, search: &dyn Search) -> u32 {
        self.stems.iter().map(|stem| search.units_of_stem(stem.stem, field)).max().unwrap_or(0)
    }
}

impl Query {
    /// Reads a question, in this language if the corpus has it; see [`Vocabulary::languages_of`].
    ///
    /// # Errors
    /// [`Error::Question`] for one that is empty or far too long.
    pub fn of(question: &str, language: Option<&str>, vocabulary: &Vocabulary, search: &dyn Search) -> Result<Self> {
        if is_long(question) {
            let reason = format!(
                "the question has {} bytes, at most {LONGEST_QUESTION} are read: ask it in fewer words",
                question.len()
            );
            return Err(Error::Question(reason));
        }
        if is_blank(question) {
            return Err(Error::Question(
                "the question is empty: ask something like `faqt ask \"How do I …?\"`".to_owned(),
            ));
        }
        let words = Words::of(question);
        let mut builder = Builder::new(question, language, vocabulary, search);
        words.iter().take(MOST_WORDS).for_each(|word| builder.add(word));
        builder.look_for_others();
        Ok(builder.finish(words))
    }

    /// The terms as retrieval takes them.
    #[must_use]
    pub fn search_terms(&self) -> Vec<SearchTerm> {
        let term = |term: &QueryTerm| SearchTerm {
            stems: term.stems.iter().map(|stem| (stem.stem, stem.weight)).collect(),
            weight: term.weight,
        };
        self.terms.iter().map(term).collect()
    }
}

impl Query {
    /// Takes over the words of an earlier question that tell what it asked; each counts `share` of a word of this one.
    pub fn carry(&mut self, earlier: &Self, share: f64, lexicon: &Lexicon) -> Vec<String> {
        let is_new = |term: &QueryTerm| {
            term.tells() && term.known() > 0.0 && !self.terms.iter().any(|own| own.stems == term.stems)
        };
        let new: Vec<QueryTerm> = earlier.terms.iter().filter(|term| is_new(term)).cloned().collect();
        let words = new.iter().map(|term| term.word.clone()).collect();
        self.terms.extend(new.into_iter().map(|term| QueryTerm { count: share, ..term }));
        self.words.append(&earlier.words);
        self.stems.extend(earlier.stems.iter().cloned());
        self.grams = grams_of(&self.terms, lexicon);
        words
    }

    /// The words that were taken for others because the corpus does not know them so.
    #[must_use]
    pub fn corrections(&self) -> Vec<Correction> {
        let correction = |term: &QueryTerm| {
            let taken = term.taken_for.iter().filter(|taken| taken.why.is_correction());
            let taken_for: Vec<String> = taken.map(|taken| taken.words.clone()).collect();
            (!term.is_own && !taken_for.is_empty()).then(|| Correction { word: term.word.clone(), taken_for })
        };
        self.terms.iter().filter_map(correction).collect()
    }
}

/// The n-grams of terms: the number, if the corpus knows it, and how often it comes.
fn grams_of(terms: &[QueryTerm], lexicon: &Lexicon) -> Vec<(Option<GramNo>, f64)> {
    let mut counts: BTreeMap<u64, f64> = BTreeMap::new();
    for term in terms {
        for gram in grams(&term.word) {
            *counts.entry(gram).or_default() += term.count;
        }
    }
    counts.into_iter().map(|(hash, count)| (lexicon.gram(hash), count)).collect()
}

/// Whether a text can be asked: it says something, and not far too much.
#[must_use]
pub fn can_be_asked(question: &str) -> bool {
    !is_long(question) && !is_blank(question)
}

fn is_long(question: &str) -> bool {
    question.len() > LONGEST_QUESTION
}

fn is_blank(question: &str) -> bool {
    question.chars().all(|letter| letter.is_whitespace() || letter.is_control())
}
