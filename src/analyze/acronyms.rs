//! Short forms that articles explain: `Retrieval-Augmented Generation (RAG)`.
//!
//! After Schwartz and Hearst, *A Simple Algorithm for Identifying Abbreviation Definitions in Biomedical Text* (PSB
//! 2003): every letter of the short form is found in the long form, from the last to the first, and the first one
//! begins a word.

use super::{
    synonyms::{Rule, RuleKind},
    words::Words,
};
use std::collections::BTreeMap;

/// Letters of a short form.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=10;

/// A short form may stand for so many long ones: those that are explained most often.
const MEANINGS: usize = 2;

/// The short forms of a corpus, with how often each is explained how.
#[derive(Debug, Default)]
pub struct Acronyms {
    found: BTreeMap<String, BTreeMap<Vec<String>, usize>>,
}

impl Acronyms {
    /// Takes in the short forms that a text explains.
    pub fn read(&mut self, text: &str) {
        let mut rest = text;
        while let Some(open) = rest.find(['(', '（']) {
            let inside = &rest[open..];
            let inside = &inside[inside.chars().next().map_or(0, char::len_utf8)..];
            let before = rest[..open].trim_end();
            if let Some(close) = inside.find([')', '）', '\n']) {
                self.explain(before, inside[..close].trim());
            }
            rest = inside;
        }
    }

    fn explain(&mut self, before: &str, inside: &str) {
        let last_word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let found = if is_short(inside) {
            long_before(before, inside).map(|long| (inside, long))
        } else if is_short(last_word) {
            long_before(inside, last_word).filter(|long| long.len() == inside.len()).map(|long| (last_word, long))
        } else {
            None
        };
        let Some((short, long)) = found else { return };
        let words = |text: &str| Words::of(text).iter().map(str::to_owned).collect::<Vec<_>>();
        let (short, long) = (words(short), words(long));
        if let [short] = short.as_slice()
            && long.len() > 1
            && !long.contains(short)
        {
            *self.found.entry(short.clone()).or_default().entry(long).or_default() += 1;
        }
    }

    /// A rule from each short form to its long forms, and back.
    #[must_use]
    pub fn rules(self) -> Vec<Rule> {
        let mut rules = Vec::new();
        for (short, long) in self.found {
            let mut long: Vec<(Vec<String>, usize)> = long.into_iter().collect();
            long.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            for (long, _) in long.into_iter().take(MEANINGS) {
                let kind = RuleKind::Acronym;
                rules.push(Rule { from: vec![short.clone()], to: long.clone(), kind });
                rules.push(Rule { from: long, to: vec![short.clone()], kind });
            }
        }
        rules
    }
}

/// Whether a text may be a short form: one word, at least two of its letters capitals.
fn is_short(text: &str) -> bool {
    let letters = text.chars().count();
    LETTERS.contains(&letters)
        && text.starts_with(char::is_alphanumeric)
        && text.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '&' | '/' | '.'))
        && text.chars().filter(|letter| letter.is_uppercase()).count() >= 2
}

/// The end of a text that a short form stands for.
fn long_before<'a>(text: &'a str, short: &str) -> Option<&'a str> {
    let letters = short.chars().filter(|letter| letter.is_alphanumeric()).count();
    let most_words = (letters + 5).min(letters * 2);
    let start = text.char_indices().rev().filter(|(_, letter)| letter.is_whitespace()).nth(most_words - 1);
    let text = &text[start.map_or(0, |(at, _)| at)..];
    let mut at = text.len();
    let mut wanted = short.chars().rev().filter(|letter| letter.is_alphanumeric()).peekable();
    while let Some(letter) = wanted.next() {
        let is_first = wanted.peek().is_none();
        at = text[..at].char_indices().rev().find_map(|(place, here)| {
            let begins = text[..place].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
            (same(here, letter) && (!is_first || begins)).then_some(place)
        })?;
    }
    Some(text[at..].trim())
}

fn same(left: char, right: char) -> bool {
    left == right || left.to_lowercase().eq(right.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        let mut acronyms = Acronyms::default();
        acronyms.read(text);
        let short_first =
            |rule: &Rule| (rule.from.len() == 1).then(|| format!("{}={}", rule.from[0], rule.to.join(" ")));
        acronyms.rules().iter().filter_map(short_first).collect()
    }

    #[test]
    fn long_forms_are_found_on_either_side() {
        assert_eq!(of("We use retrieval of documents (RAG is)."), [""; 0]);
        assert_eq!(of("The European Union (EU) and others"), ["eu=european union"]);
        assert_eq!(of("It uses Simple Mail Transfer Protocol (SMTP)."), ["smtp=simple mail transfer protocol"]);
        assert_eq!(of("Ask the DPO (data protection officer)."), ["dpo=data protection officer"]);
        assert_eq!(
            of("Die Datenschutz-Grundverordnung (DSGVO) gilt."),
            ["dsgvo=datenschutz grundverordnung datenschutzgrundverordnung"]
        );
    }

    #[test]
    fn other_brackets_explain_nothing() {
        for text in
            ["Press a key (see below).", "a (b", "((((", "Version 2 (2024)", "the flag (-X)", "(EU)", "Ich (EU)"]
        {
            assert_eq!(of(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn the_commonest_meanings_stay() {
        let text = "Content Management System (CMS). Content Management System (CMS). Color Management Setup (CMS). \
                    Central Mail Server (CMS).";
        let found = of(text);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0], "cms=content management system");
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "[A-Za-zÀ-ÿ()（ ）.\n-]{0,80}") {
            of(&text);
        }
    }
}
