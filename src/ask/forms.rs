//! What the form of a question tells: whether it goes on from the one before, and whether it is small talk.

use super::{
    query::{Query, QueryTerm},
    vocabulary::Vocabulary,
};
use crate::analyze::words::Words;
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
    asking: Phrases,
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
    /// It names nothing: "why?", "with what?".
    Bare,
    /// It begins or ends as one that goes on: "and …", "… too?".
    Joined,
    /// It has a pronoun with nothing before it that the pronoun could stand for.
    Pronoun,
    /// It has a pronoun somewhere.
    LatePronoun,
    /// It names little.
    Terse,
    /// Nothing.
    None,
}

/// The form of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// What shows that it goes on.
    pub sign: Sign,
    /// By term of the question, whether it names what is asked about: no small word, pronoun or question word.
    pub names: Vec<bool>,
}

/// The form of a question.
#[must_use]
pub fn of_question(query: &Query, vocabulary: &Vocabulary) -> Form {
    let words: Vec<&str> = query.words.iter().collect();
    let languages = vocabulary.spoken(&query.words);
    let any = |phrases: &Phrases, fits: &dyn Fn(&[String]) -> bool| {
        languages.iter().any(|&code| phrases.get(code).is_some_and(|of| of.iter().any(|phrase| fits(&phrase.0))))
    };
    let is_one_of = |phrases: &Phrases, word: &str| any(phrases, &|phrase| phrase.len() == 1 && phrase[0] == word);
    let names = |term: &QueryTerm| {
        term.tells() && !is_one_of(&TABLE.pronouns, &term.word) && !is_one_of(&TABLE.asking, &term.word)
    };
    let names: Vec<bool> = query.terms.iter().map(names).collect();
    let named = names.iter().filter(|&&names| names).count();
    let first_name = query.order.iter().position(|&term| names.get(term) == Some(&true)).unwrap_or(words.len());
    let pronoun = words.iter().position(|word| is_one_of(&TABLE.pronouns, word));
    let opens = |phrase: &[String]| starts_with(&words, phrase);
    let closes = |phrase: &[String]| ends_with(&words, phrase);
    let sign = match pronoun {
        _ if named == 0 => Sign::Bare,
        _ if any(&TABLE.openers, &opens) || any(&TABLE.closers, &closes) => Sign::Joined,
        Some(at) if at < first_name => Sign::Pronoun,
        Some(_) => Sign::LatePronoun,
        None if named <= 2 => Sign::Terse,
        None => Sign::None,
    };
    Form { sign, names }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::stop_words::StopWords;

    #[test]
    fn the_table_is_read_and_every_phrase_has_words() {
        for phrases in [&TABLE.openers, &TABLE.closers, &TABLE.pronouns, &TABLE.small_talk] {
            assert!(phrases.len() >= 10, "{phrases:?}");
        }
        for phrases in [&TABLE.openers, &TABLE.closers, &TABLE.pronouns, &TABLE.asking, &TABLE.small_talk] {
            assert!(phrases.values().flatten().all(|phrase| !phrase.0.is_empty()), "{phrases:?}");
        }
        for (language, words) in &TABLE.asking {
            let stop_words = StopWords::of([language.as_str()]);
            let new = |phrase: &Phrase| phrase.0.len() == 1 && !stop_words.contains(&phrase.0[0]);
            assert!(words.iter().all(new), "{language}: a stop word names nothing without being named here");
        }
    }

    #[test]
    fn small_talk_is_all_of_a_text_or_it_is_none() {
        for said in ["Hello!", "ok, thanks a lot!", "bonjour", "Are you a robot?", "¡Muchas gracias!"] {
            assert!(is_small_talk(&Words::of(said)), "{said}");
        }
        for said in ["hello in Rust", "thanks! how high should my monitor be?", "what is a robot?", "", "?"] {
            assert!(!is_small_talk(&Words::of(said)), "{said}");
        }
    }

    #[test]
    fn phrases_stand_at_the_beginning_or_behind_something() {
        let phrase = |text: &str| Phrase::from(text.to_owned()).0;
        assert!(starts_with(&["what", "about", "tax"], &phrase("What about")));
        assert!(!starts_with(&["what"], &phrase("what about")));
        assert!(ends_with(&["live", "ones", "too"], &phrase("too")));
        assert!(!ends_with(&["too"], &phrase("too")));
    }
}
