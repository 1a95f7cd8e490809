//! Words that say little, and words that turn a sentence round.

use std::collections::HashSet;

/// Negations: lists of stop words have them, answers hang on them.
pub const NEGATIONS: [&str; 40] = [
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
        let listed = languages.into_iter().filter_map(stop_words::lookup);
        Self(listed.flatten().copied().collect())
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
}
