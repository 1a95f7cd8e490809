//! What columns and keys hold, by their names.

mod names;

use names::{NAMES, OWN};
use std::{collections::HashMap, sync::LazyLock};
use unicode_normalization::UnicodeNormalization;

/// What a column or a key holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// The name of the document.
    Id,
    /// The question, or a list of the question and its alternates.
    Question,
    /// Other ways to ask.
    Alternates,
    /// The answer.
    Answer,
    /// The answer in Markdown, which goes before the other.
    Markdown,
    /// A passage, or an answer.
    Text,
    /// A page, mostly in HTML.
    Page,
    /// The title of the document, or its question.
    Title,
    /// The heading above it.
    Section,
    /// The address.
    Url,
    /// The address, or the name of a file.
    Source,
    /// The day of publication.
    Date,
    /// The day of the last change, where there is no other.
    Changed,
    /// The language.
    Language,
    /// Tags, for filters.
    Tags,
    /// An object, or a list of names and values, for filters.
    Metadata,
    /// An object whose members are read like the row's own.
    Attributes,
    /// Questions that may be asked next, or an object that has them.
    Prompts,
    /// The document or question that comes next.
    Next,
    /// A card with buttons.
    Card,
    /// Who may see it: not enforced.
    Access,
    /// Questions of users that nobody has approved.
    Suggested,
    /// Whether the answer is only for follow-up questions.
    ContextOnly,
    /// What says nothing.
    Nothing,
}

static KEYS: LazyLock<HashMap<String, Key>> =
    LazyLock::new(|| NAMES.iter().flat_map(|(key, names)| names.iter().map(|name| (normal(name), *key))).collect());

/// What a column or key of this name holds, by whatever name people give it: `Question 2`, `html_url`, `Antwort`.
#[must_use]
pub fn key_of(name: &str) -> Option<Key> {
    let name = normal(name);
    let numbered = name.trim_end_matches(|c: char| c.is_ascii_digit());
    KEYS.get(&name).or_else(|| KEYS.get(numbered)).copied()
}

/// What a key of the documented shape holds.
#[must_use]
pub fn own_key(name: &str) -> Option<Key> {
    OWN.iter().find(|(_, own)| *own == name).map(|(key, _)| *key)
}

/// The letters and digits of a name, in lower case and without accents: people leave them out.
fn normal(name: &str) -> String {
    if name.is_ascii() {
        return name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    }
    name.nfd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_however_they_are_written() {
        for (name, key) in [
            ("Question", Key::Question),
            ("_question", Key::Question),
            ("Question 2", Key::Question),
            ("FRAGE:", Key::Question),
            ("प्रश्न", Key::Question),
            ("html_url", Key::Url),
            ("labelNames", Key::Tags),
            ("Alternate Questions", Key::Alternates),
            ("回答", Key::Answer),
            ("QnaId", Key::Id),
            ("_source_uri", Key::Url),
            ("intrebare", Key::Question),
            ("Răspuns", Key::Answer),
            ("RASPUNS", Key::Answer),
        ] {
            assert_eq!(key_of(name), Some(key), "{name}");
        }
        assert_eq!(key_of("views"), None);
        assert_eq!(key_of("123"), None);
    }

    #[test]
    fn no_name_stands_twice() {
        let mut names: Vec<String> =
            NAMES.iter().flat_map(|(_, names)| names.iter().map(|name| normal(name))).collect();
        names.sort();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
