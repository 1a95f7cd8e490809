//! Spellings that are almost as typed: one walk over all of them in their order, which leaves out every beginning that
//! has too many errors already.

use super::table::{Phrasings, SpellingNo};
use std::ops::Range;

/// Words from so many characters on may have one error, and two.
const ONE_ERROR: usize = 4;
const TWO_ERRORS: usize = 8;

/// How many spellings or beginnings a word may be meant for.
const MOST: usize = 50;

/// The spellings that have the fewest errors beside what was typed, and how many these are. Where the word may go on,
/// all spellings that begin with something so near.
pub fn near(typed: &str, goes_on: bool, phrasings: &Phrasings) -> Vec<(Range<SpellingNo>, u8)> {
    let letters: Vec<char> = typed.chars().collect();
    let most = match letters.len() {
        0..ONE_ERROR => 0,
        _ if letters.iter().any(|letter| letter.is_numeric()) => 0,
        ONE_ERROR..TWO_ERRORS => 1,
        _ => 2,
    };
    for errors in 1..=most {
        // An error is seldom in the letter that was typed last, and everything goes on with other letters.
        for ends_alike in if goes_on { &[true, false][..] } else { &[false] } {
            let mut walk = Walk { typed: &letters, errors, goes_on, ends_alike: *ends_alike, phrasings };
            let mut found = walk.run();
            if !found.is_empty() {
                found.sort_by_key(|range| (std::cmp::Reverse(phrasings.having(range).len()), range.start));
                found.truncate(MOST);
                return found.into_iter().map(|range| (range, errors as u8)).collect();
            }
        }
    }
    Vec::new()
}

struct Walk<'a> {
    typed: &'a [char],
    /// How many errors there may be.
    errors: usize,
    goes_on: bool,
    /// Whether what is found must end with the letter that was typed last.
    ends_alike: bool,
    phrasings: &'a Phrasings,
}

impl Walk<'_> {
    fn run(&mut self) -> Vec<Range<SpellingNo>> {
        let mut found: Vec<Range<SpellingNo>> = Vec::new();
        let mut path = Path::new(self.typed.len());
        let mut number = 0;
        'spellings: while number < self.phrasings.spellings() {
            let spelling = self.phrasings.spelling(number);
            let shared = path.keep_shared(spelling);
            for (at, letter) in spelling[shared..].char_indices() {
                path.push(letter, self.typed);
                let is_near = path.errors() <= self.errors;
                let whole = self.goes_on && is_near && (!self.ends_alike || self.typed.last() == Some(&letter));
                if whole || path.fewest() > self.errors {
                    let end = self.phrasings.end_of(number, &spelling[..shared + at + letter.len_utf8()]);
                    if whole {
                        found.push(number..end);
                    }
                    number = end.max(number + 1);
                    continue 'spellings;
                }
            }
            if !self.goes_on && path.errors() <= self.errors {
                found.push(number..number + 1);
            }
            number += 1;
        }
        found
    }
}

/// The letters of a beginning, and behind each of them the errors beside every beginning of what was typed: the rows of
/// the table of the optimal string alignment distance (Damerau 1964), of which beginnings share the first ones.
struct Path {
    letters: Vec<char>,
    rows: Vec<usize>,
    width: usize,
}

impl Path {
    fn new(typed: usize) -> Self {
        Self { letters: Vec::new(), rows: (0..=typed).collect(), width: typed + 1 }
    }

    /// Goes back to what the spelling shares with the beginning, and tells how many bytes of it that is.
    fn keep_shared(&mut self, spelling: &str) -> usize {
        let shared = self.letters.iter().zip(spelling.chars()).take_while(|(own, other)| **own == *other);
        let (count, bytes) = shared.fold((0, 0), |(count, bytes), (letter, _)| (count + 1, bytes + letter.len_utf8()));
        self.letters.truncate(count);
        self.rows.truncate((count + 1) * self.width);
        bytes
    }

    fn push(&mut self, letter: char, typed: &[char]) {
        let before = self.letters.last().copied();
        self.letters.push(letter);
        let depth = self.letters.len();
        self.rows.push(depth);
        for (at, &other) in typed.iter().enumerate() {
            let cell =
                |row: usize, column: usize| self.rows.get(row * self.width + column).copied().unwrap_or(usize::MAX);
            let change = cell(depth - 1, at) + usize::from(letter != other);
            let mut errors = change.min(cell(depth - 1, at + 1) + 1).min(cell(depth, at) + 1);
            if at > 0 && before == Some(other) && typed.get(at - 1) == Some(&letter) {
                errors = errors.min(cell(depth - 2, at - 1) + 1);
            }
            self.rows.push(errors);
        }
    }

    /// The errors of the beginning beside all that was typed.
    fn errors(&self) -> usize {
        self.rows.last().copied().unwrap_or(0)
    }

    /// The fewest errors that anything can have which begins so.
    fn fewest(&self) -> usize {
        self.rows.iter().rev().take(self.width).copied().min().unwrap_or(0)
    }
}
