//! Where in a question the words stand that were typed.

use super::{table::Phrasings, typed::Meant};
use crate::analyze::{
    fold::fold,
    normal::normal,
    words::{Words, is_unspaced},
};
use unicode_normalization::char::is_combining_mark;

/// The parts of the question that were typed, in code points, in order, joined where they touch.
#[must_use]
pub fn marks(question: &str, meant: &[Meant], phrasings: &Phrasings) -> Vec<[usize; 2]> {
    let mut marks: Vec<[usize; 2]> = Vec::new();
    let mut start = 0;
    for chunk in question.split_inclusive(char::is_whitespace) {
        let letters = Letters::of(chunk);
        for word in Words::of(chunk).iter().map(fold) {
            let Some(spelling) = phrasings.exactly(&word) else { continue };
            for typed in meant.iter().filter(|typed| typed.may_be(spelling)) {
                let length = if typed.goes_on && word.starts_with(&typed.folded) { &typed.folded } else { &word };
                let [from, to] = letters.place_of(&word, length.chars().count());
                marks.push([start + from, start + to]);
            }
        }
        start += chunk.chars().count();
    }
    marks.sort_unstable();
    joined(&marks)
}

fn joined(marks: &[[usize; 2]]) -> Vec<[usize; 2]> {
    let mut joined: Vec<[usize; 2]> = Vec::new();
    for &[from, to] in marks.iter().filter(|[from, to]| from < to) {
        match joined.last_mut() {
            Some(last) if from <= last[1] => last[1] = last[1].max(to),
            _ => joined.push([from, to]),
        }
    }
    joined
}

/// The letters of a part of the question as words are compared, each with the code points that it stands for.
struct Letters(Vec<(char, [usize; 2])>);

impl Letters {
    fn of(chunk: &str) -> Self {
        let mut letters: Vec<(char, [usize; 2])> = Vec::new();
        for (at, letter) in chunk.chars().enumerate() {
            let plain = fold(&normal(letter.encode_utf8(&mut [0; 4])));
            match letters.last_mut() {
                // A mark belongs to the letter before it.
                Some((_, place)) if plain.is_empty() => place[1] = at + 1,
                _ => letters.extend(plain.chars().map(|plain| (plain, [at, at + 1]))),
            }
        }
        Self(letters)
    }

    /// Where the first `length` letters of a word stand; all letters and digits where the word is not found as it is,
    /// since it was put together of several parts.
    fn place_of(&self, word: &str, length: usize) -> [usize; 2] {
        let word: Vec<char> = word.chars().collect();
        let stands_at = |at: &usize| {
            let found = self.0.get(*at..at + word.len());
            found.is_some_and(|found| found.iter().map(|(letter, _)| letter).eq(word.iter()))
        };
        let begins_at = |at: &usize| {
            let before = at.checked_sub(1).and_then(|before| self.0.get(before));
            before.is_none_or(|(letter, _)| !letter.is_alphanumeric() || is_unspaced(*letter))
        };
        let mut places = (0..self.0.len()).filter(stands_at);
        if let Some(at) = places.clone().find(begins_at).or_else(|| places.next()) {
            // No mark is torn from its letter.
            let rest = self.0.get(at + length..).unwrap_or_default();
            let belonging = rest.iter().take_while(|(letter, _)| is_combining_mark(*letter)).count();
            return self.hull(at..at + length + belonging);
        }
        let is_word = |(letter, _): &(char, _)| letter.is_alphanumeric();
        let first = self.0.iter().position(is_word).unwrap_or(0);
        self.hull(first..self.0.iter().rposition(is_word).map_or(first, |last| last + 1))
    }

    fn hull(&self, letters: std::ops::Range<usize>) -> [usize; 2] {
        match self.0.get(letters) {
            Some([(_, only)]) => *only,
            Some([(_, first), .., (_, last)]) => [first[0], last[1]],
            _ => [0, 0],
        }
    }
}
