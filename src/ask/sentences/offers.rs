//! What a sentence offers of what a question may ask for.

use super::{
    kinds::{Kind, Table, Word},
    phrases::is_pair,
};
use crate::analyze::words::{Words, is_number};
use rustc_hash::FxHashSet;

/// Signs of money.
const COINS: [char; 11] = ['$', '€', '£', '¥', '₹', '₽', '₺', '₩', '฿', '元', '円'];

/// Whether a sentence of these words offers what is asked for, in words that are not in the question.
pub fn offers(kind: Kind, text: &str, words: &[&str], question: &FxHashSet<String>, table: Option<&Table>) -> bool {
    if matches!(kind, Kind::Person | Kind::Place) {
        return has_name(text, question, table);
    }
    let has_coin = kind == Kind::Money && text.contains(COINS);
    let mut behind_number = false;
    let mut sorts: Vec<(Word, usize)> = Vec::new();
    words.iter().enumerate().any(|(at, &word)| {
        sorts.clear();
        sorts.extend(table.into_iter().flat_map(|table| table.words_at(&words[at..])));
        let is = |sort: Word| sorts.iter().any(|&(found, _)| found == sort);
        let counts = is_number(word) || is(Word::Number);
        // One letter of a script without spaces means much: a date, only behind a number.
        let is_letter = is_pair(word) || word.chars().nth(1).is_none();
        let is_date =
            sorts.iter().any(|&(found, length)| found == Word::Date && (length > 1 || behind_number || !is_letter));
        let new = !question.contains(word);
        let found = match kind {
            Kind::Time => new && (is_year(word) || is_date),
            Kind::Number => new && counts,
            Kind::Duration => is(Word::Span) && (behind_number || (is_pair(word) && counts)),
            Kind::Money => new && (is(Word::Coin) || (has_coin && counts)),
            Kind::Reason => is(Word::Because),
            Kind::Person | Kind::Place | Kind::Manner | Kind::Definition | Kind::Other => false,
        };
        behind_number = counts;
        found
    })
}

/// A number that is written as years are.
fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse::<u32>().is_ok_and(|year| (1000..2100).contains(&year))
}

/// Whether there is a word with a capital that neither begins the text nor stands in the question.
fn has_name(text: &str, question: &FxHashSet<String>, table: Option<&Table>) -> bool {
    let needed = if table.is_some_and(Table::nouns_have_capitals) { 2 } else { 1 };
    let mut run = 0;
    for word in text.split_whitespace().skip(1) {
        let core = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let named = core.starts_with(char::is_uppercase)
            && core.chars().nth(1).is_some()
            && Words::of(core).iter().all(|part| !question.contains(part));
        run = if named { run + 1 } else { 0 };
        if run == needed {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_offers_what_the_question_does_not_have() {
        let question = Words::of("When did Ada Byron publish 2 notes in 1843?");
        let question: FxHashSet<String> = question.iter().map(str::to_owned).collect();
        let offers = |language: &str, text: &str, kind: Kind| {
            let words = Words::of(text);
            offers(kind, text, &words.iter().collect::<Vec<_>>(), &question, Table::of(language))
        };
        assert!(offers("en", "She met Charles Babbage.", Kind::Person));
        assert!(!offers("en", "Then Ada Byron wrote.", Kind::Person));
        assert!(offers("de", "Sie traf Charles Babbage.", Kind::Person));
        assert!(!offers("de", "Sie traf einen Mann.", Kind::Person));
        assert!(offers("en", "It was in 1844.", Kind::Time) && !offers("en", "It was in 1843.", Kind::Time));
        assert!(offers("en", "It was on a Monday.", Kind::Time));
        assert!(offers("en", "It took three weeks.", Kind::Duration) && !offers("en", "A week.", Kind::Duration));
        assert!(offers("en", "They cost €5 each.", Kind::Money) && !offers("en", "There are 5 each.", Kind::Money));
        assert!(offers("en", "Half of them.", Kind::Number) && !offers("en", "All of them.", Kind::Number));
        assert!(offers("fr", "Il ferme car il pleut.", Kind::Reason));
        assert!(offers("zh", "他于16世纪出生。", Kind::Time) && offers("zh", "需要3天。", Kind::Duration));
    }
}
