//! What the form of a question tells: whether it goes on from the one before, and whether it is small talk.

use super::query::Query;
use crate::analyze::{stop_words::StopWords, words::Words};
use serde::Deserialize;
use std::{collections::BTreeMap, sync::LazyLock};

/// The table, which a test reads.
static TABLE: LazyLock<Table> = LazyLock::new(|| toml::from_str(include_str!("forms.toml")).unwrap_or_default());

/// Phrases by language.
type Phrases = BTreeMap<String, Vec<Phrase>>;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    openers: Phrases,
    closers: Phrases,
    pronouns: Phrases,
    small_talk: Phrases,
}

/// A phrase as words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
struct Phrase(Vec<String>);

impl From<String> for Phrase {
    fn from(text: String) -> Self {
        Self(Words::of(&text).iter().map(str::to_owned).collect())
    }
}

/// What in the form of a question shows that it goes on from the one before, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// It says nothing by itself: "why?", "with what?".
    Bare,
    /// It begins or ends as one that goes on: "and …", "… too?".
    Joined,
    /// It has a pronoun with nothing before it that the pronoun could stand for.
    Pronoun,
    /// It has a pronoun somewhere.
    LatePronoun,
    /// Little of it tells what is asked.
    Terse,
    /// Nothing.
    None,
}

/// The languages of the corpus, to know in which one a question is.
pub struct Forms {
    languages: Vec<(String, StopWords)>,
}

impl Forms {
    /// The forms of these languages.
    #[must_use]
    pub fn of(codes: &[String]) -> Self {
        Self { languages: codes.iter().map(|code| (code.clone(), StopWords::of([code.as_str()]))).collect() }
    }

    /// What shows that a question goes on from the one before.
    #[must_use]
    pub fn sign(&self, query: &Query) -> Sign {
        let words: Vec<&str> = query.words.iter().collect();
        let tells: Vec<bool> = query.order.iter().map(|&term| query.terms[term].tells()).collect();
        let telling = query.terms.iter().filter(|term| term.tells()).count();
        if telling == 0 {
            return Sign::Bare;
        }
        let languages = self.spoken(&words);
        let any = |phrases: &Phrases, fits: &dyn Fn(&[String]) -> bool| {
            languages.iter().any(|&code| phrases.get(code).is_some_and(|of| of.iter().any(|phrase| fits(&phrase.0))))
        };
        let (opens, closes) =
            (|phrase: &[String]| starts_with(&words, phrase), |phrase: &[String]| ends_with(&words, phrase));
        if any(&TABLE.openers, &opens) || any(&TABLE.closers, &closes) {
            return Sign::Joined;
        }
        let is_pronoun = |word: &str| any(&TABLE.pronouns, &|phrase| phrase.len() == 1 && phrase[0] == word);
        let first_telling = tells.iter().position(|&tells| tells).unwrap_or(words.len());
        match words.iter().position(|word| is_pronoun(word)) {
            Some(at) if at <= first_telling => Sign::Pronoun,
            Some(_) => Sign::LatePronoun,
            None if telling < 2 => Sign::Terse,
            None => Sign::None,
        }
    }

    /// The languages of the corpus of which a question has the most small words; all that have as many.
    fn spoken(&self, words: &[&str]) -> Vec<&str> {
        let count = |stop_words: &StopWords| words.iter().filter(|word| stop_words.contains(word)).count();
        let counts: Vec<usize> = self.languages.iter().map(|(_, stop_words)| count(stop_words)).collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        self.languages
            .iter()
            .zip(counts)
            .filter(|&(_, count)| count == most)
            .map(|((code, _), _)| code.as_str())
            .collect()
    }
}

/// Whether a question is nothing but small talk, in whatever language.
#[must_use]
pub fn is_small_talk(words: &Words) -> bool {
    let words: Vec<&str> = words.iter().collect();
    let phrases = || TABLE.small_talk.values().flatten();
    let mut rest = words.as_slice();
    while !rest.is_empty() {
        let longest = phrases()
            .filter(|phrase| !phrase.0.is_empty() && starts_with(rest, &phrase.0))
            .map(|phrase| phrase.0.len())
            .max();
        match longest {
            Some(length) => rest = &rest[length..],
            None => return false,
        }
    }
    !words.is_empty()
}

fn starts_with(words: &[&str], phrase: &[String]) -> bool {
    words.len() >= phrase.len() && words.iter().zip(phrase).all(|(word, of)| word == of)
}

fn ends_with(words: &[&str], phrase: &[String]) -> bool {
    words.len() > phrase.len() && words.iter().rev().zip(phrase.iter().rev()).all(|(word, of)| word == of)
}
