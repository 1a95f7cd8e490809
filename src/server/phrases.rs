//! What is said around answers, in the language of the question where it is one of these.

use crate::analyze::{stop_words::StopWords, words::Words};
use std::sync::LazyLock;

/// The sentences of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrases {
    /// As an ISO 639-1 code.
    language: &'static str,
    /// Said where there is no answer.
    pub no_answer: &'static str,
    /// Said before the nearest questions.
    pub near: &'static str,
    /// Said before a source.
    pub source: &'static str,
}

/// The first is that of a question in any other language.
const ALL: [Phrases; 4] = [
    Phrases {
        language: "en",
        no_answer: "I have no answer to that.",
        near: "Did you mean one of these?",
        source: "Source",
    },
    Phrases {
        language: "de",
        no_answer: "Darauf habe ich keine Antwort.",
        near: "Meinten Sie etwas davon?",
        source: "Quelle",
    },
    Phrases {
        language: "es",
        no_answer: "No tengo respuesta a eso.",
        near: "¿Se refería a algo de esto?",
        source: "Fuente",
    },
    Phrases {
        language: "fr",
        no_answer: "Je n’ai pas de réponse à cela.",
        near: "Vouliez-vous dire l’une de ces choses ?",
        source: "Source",
    },
];

/// The small words of each language.
static SMALL_WORDS: LazyLock<[StopWords; ALL.len()]> =
    LazyLock::new(|| ALL.map(|phrases| StopWords::of([phrases.language])));

impl Phrases {
    /// Those of a language that is named (`de`, `de-AT`), else of the one that has most small words of the question.
    #[must_use]
    pub fn of(question: &str, language: Option<&str>) -> Self {
        let named = language.and_then(|named| named.split(['-', '_']).next());
        if let Some(named) = named {
            let known = ALL.into_iter().find(|phrases| phrases.language.eq_ignore_ascii_case(named));
            return known.unwrap_or(ALL[0]);
        }
        let words = Words::of(question);
        let mut best = (ALL[0], 0);
        for (phrases, small_words) in ALL.into_iter().zip(&*SMALL_WORDS) {
            let count = words.iter().filter(|word| small_words.contains(word)).count();
            if count > best.1 {
                best = (phrases, count);
            }
        }
        best.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_named_or_told_by_small_words() {
        let of = |question, language| Phrases::of(question, language).language;
        for (question, language) in [
            ("How do I bake the bread?", "en"),
            ("Wie backe ich ein gutes Brot?", "de"),
            ("¿Cómo se hace el pan?", "es"),
            ("Comment faire du pain avec une machine ?", "fr"),
            ("パンの焼き方は?", "en"),
            ("", "en"),
        ] {
            assert_eq!(of(question, None), language, "{question}");
        }
        assert_eq!([of("x", Some("de-AT")), of("x", Some("FR")), of("ein", Some("ja"))], ["de", "fr", "en"]);
    }
}
