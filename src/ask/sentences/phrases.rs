//! Phrases found in the words of a text.

use crate::analyze::words::{Words, is_unspaced};
use rustc_hash::FxHashMap;

/// Phrases, each of which stands for something, by their first word.
#[derive(Debug)]
pub struct Phrases<T>(FxHashMap<String, Vec<(Vec<String>, T)>>);

impl<T: Copy> Phrases<T> {
    /// A table of phrases.
    pub fn of<'a>(phrases: impl IntoIterator<Item = (&'a str, T)>) -> Self {
        let mut table: FxHashMap<String, Vec<(Vec<String>, T)>> = FxHashMap::default();
        for (phrase, stands_for) in phrases {
            let words = Words::of(phrase);
            let mut words = words.iter().map(str::to_owned);
            if let Some(first) = words.next() {
                table.entry(first).or_default().push((words.collect(), stands_for));
            }
        }
        Self(table)
    }

    /// The phrases that begin at the first of these words, with how many words they have. A phrase of one
    /// letter of a script without spaces may stand anywhere in a pair.
    pub fn at<'a>(&'a self, words: &'a [&str]) -> impl Iterator<Item = (T, usize)> + 'a {
        let (first, rest) = words.split_first().map_or(("", &[][..]), |(first, rest)| (*first, rest));
        let whole = self.0.get(first).into_iter().flatten();
        let whole = whole.filter(|(phrase, _)| phrase.len() <= rest.len() && phrase.iter().eq(&rest[..phrase.len()]));
        let letters = first.char_indices().filter(move |_| is_pair(first));
        let letters = letters.filter_map(|(at, letter)| self.0.get(&first[at..at + letter.len_utf8()])).flatten();
        let letters = letters.filter(|(phrase, _)| phrase.is_empty());
        whole.chain(letters).map(|(phrase, stands_for)| (*stands_for, phrase.len() + 1))
    }
}

/// Whether a word is a pair of letters of a script without spaces.
pub fn is_pair(word: &str) -> bool {
    word.starts_with(is_unspaced) && word.chars().count() == 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrases: &[&'static str], text: &str) -> Vec<(&'static str, usize)> {
        let table = Phrases::of(phrases.iter().map(|&phrase| (phrase, phrase)));
        let words = Words::of(text);
        let words: Vec<&str> = words.iter().collect();
        (0..words.len()).flat_map(|at| table.at(&words[at..]).collect::<Vec<_>>()).collect()
    }

    #[test]
    fn phrases_are_found_word_by_word() {
        let phrases = ["how", "how many", "du à"];
        assert_eq!(found(&phrases, "So HOW many, somehow?"), [("how", 1), ("how many", 2)]);
        assert_eq!(found(&phrases, "C’est dû à la pluie, du à"), [("du à", 2)]);
        assert_eq!(found(&phrases, ""), []);
    }

    #[test]
    fn and_letter_by_letter_where_there_are_no_spaces() {
        assert_eq!(found(&["谁", "什么时候"], "这是谁"), [("谁", 1)]);
        assert_eq!(found(&["谁", "什么时候"], "他什么时候来"), [("什么时候", 3)]);
    }
}
