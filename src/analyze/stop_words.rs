//! Words that say little, and words that turn a sentence round.

use std::collections::HashSet;

/// Languages with a list of stop words.
const LISTED: [&str; 30] = [
    "ar", "bg", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "it", "ja", "ko", "nl",
    "no", "pl", "pt", "ro", "ru", "sv", "th", "tr", "uk", "vi", "zh",
];

/// Negations: lists of stop words have them, answers hang on them.
const NEGATIONS: [&str; 40] = [
    "not",
    "no",
    "never",
    "without",
    "nothing",
    "none",
    "neither",
    "nor",
    "cannot",
    "nicht",
    "kein",
    "keine",
    "nie",
    "ohne",
    "pas",
    "jamais",
    "sans",
    "rien",
    "nunca",
    "sin",
    "nada",
    "tampoco",
    "não",
    "sem",
    "nem",
    "non",
    "mai",
    "senza",
    "niet",
    "geen",
    "nooit",
    "zonder",
    "inte",
    "ikke",
    "не",
    "нет",
    "без",
    "никогда",
    "لا",
    "değil",
];

/// The stop words of some languages.
#[derive(Debug, Default)]
pub struct StopWords(HashSet<&'static str>);

impl StopWords {
    /// Stop words of all the languages together.
    pub fn of<'a>(languages: impl IntoIterator<Item = &'a str>) -> Self {
        let listed = languages.into_iter().filter(|language| LISTED.contains(language));
        Self(listed.flat_map(|language| stop_words::get(language).iter().copied()).collect())
    }

    /// Whether the word says little.
    #[must_use]
    pub fn contains(&self, word: &str) -> bool {
        self.0.contains(word) && !is_negation(word)
    }
}

/// Whether the word turns a sentence round.
#[must_use]
pub fn is_negation(word: &str) -> bool {
    NEGATIONS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negations_are_no_stop_words() {
        let words = StopWords::of(["en", "de", "xx"]);
        assert!(words.contains("the") && words.contains("und"));
        assert!(!words.contains("not") && !words.contains("nicht") && !words.contains("password"));
    }

    #[test]
    fn every_listed_language_has_a_list() {
        for language in LISTED {
            assert!(!StopWords::of([language]).0.is_empty(), "{language}");
        }
    }
}
