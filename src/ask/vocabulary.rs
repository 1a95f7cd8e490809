//! What is known of words beside the lexicon: the languages that questions may be in, and their stop words.

use crate::analyze::{language, stop_words::StopWords};
use std::collections::{BTreeMap, BTreeSet};

/// The languages of a corpus, with what belongs to them.
#[derive(Debug)]
pub struct Vocabulary {
    codes: BTreeSet<String>,
    stop_words: BTreeMap<String, StopWords>,
}

impl Vocabulary {
    /// The vocabulary of a corpus in these languages.
    #[must_use]
    pub fn of(codes: &[String]) -> Self {
        let stop_words = codes.iter().map(|code| (code.clone(), StopWords::of([code.as_str()]))).collect();
        Self { codes: codes.iter().cloned().collect(), stop_words }
    }

    /// The languages that a question may be in.
    #[must_use]
    pub fn languages_of(&self, question: &str) -> Vec<&str> {
        language::of_question(question, &self.codes)
    }

    /// Whether the word says little in one of the languages.
    #[must_use]
    pub fn is_stop_word(&self, word: &str, languages: &[&str]) -> bool {
        languages.iter().any(|&code| self.stop_words.get(code).is_some_and(|words| words.contains(word)))
    }
}
