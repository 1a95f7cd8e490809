//! Stems: what the forms of a word share, folded.

use super::{fold::fold, language};
use rust_stemmers::Stemmer;

/// Finds the stems of the words of one language.
pub struct Stems {
    stemmer: Option<Stemmer>,
}

impl Stems {
    /// Stems for a language code; a language without a stemmer keeps its words.
    #[must_use]
    pub fn of(language: Option<&str>) -> Self {
        Self { stemmer: language.and_then(language::stemmer) }
    }

    /// The stem of a word: stemmed and then folded. Never empty.
    #[must_use]
    pub fn stem(&self, word: &str) -> String {
        let stemmed = match &self.stemmer {
            Some(stemmer) if word.chars().all(char::is_alphabetic) || !word.is_ascii() => stemmer.stem(word),
            _ => word.into(),
        };
        let folded = fold(&stemmed);
        // Some stemmers leave nothing of a short word, and some words are all marks.
        if folded.is_empty() { word.to_owned() } else { folded }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_share_a_stem_and_folding_comes_last() {
        let english = Stems::of(Some("en"));
        assert_eq!(english.stem("running"), english.stem("runs"));
        assert_eq!(english.stem("1.2.3"), "1.2.3");
        assert_eq!(english.stem("covid-19"), "covid-19");
        let spanish = Stems::of(Some("es"));
        assert_eq!(spanish.stem("canción"), spanish.stem("canciones"));
        assert_eq!(Stems::of(Some("zh")).stem("黑豹"), "黑豹");
        assert_eq!(Stems::of(None).stem("Größe"), "Grosse");
    }
}
