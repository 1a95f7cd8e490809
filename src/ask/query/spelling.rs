//! Typing errors: a word that the corpus does not know is taken for words that are spelled almost the same.

use super::{Why, builder::Builder};
use crate::{
    analyze::{fold::fold, grams::grams},
    index::lexicon::{GramNo, WordNo},
};

/// Words from so many characters on may have one error, and two.
const ONE_ERROR: usize = 4;
const TWO_ERRORS: usize = 8;

/// How many words of the corpus a misspelt word may stand for.
const MOST_NEAR: usize = 3;

/// How much dearer than the likeliest another word may be.
const ALSO: f64 = 0.5;

/// What a slip of the fingers costs beside another error: letters in the wrong order, a key beside the right one, a
/// letter doubled or not.
const SLIP: f64 = 0.5;

/// How fast the weight of a word falls with what the errors cost: as `1 / (1 + LOSS · cost² / letters)`.
const LOSS: f64 = 1.6;

/// N-grams of more words than these tell too little to look for spellings. In words.
const COMMON_GRAM: usize = 5_000;

/// Rows of keyboards, each a little to the right of the one above.
const KEYBOARDS: [[&str; 4]; 4] = [
    ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"],
    ["1234567890", "qwertzuiopü", "asdfghjklöä", "yxcvbnm"],
    ["1234567890", "azertyuiop", "qsdfghjklm", "wxcvbn"],
    ["1234567890", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"],
];

impl Builder<'_> {
    /// Takes a word that the corpus does not know for those that it most likely is.
    pub(super) fn correct(&mut self, term: usize) {
        let word = self.terms[term].word.clone();
        let letters = word.chars().count() as f64;
        for (near, cost) in self.near_words(&word) {
            let name = self.lexicon().word_name(near);
            self.take_for(&[term], &[name], Why::Spelling, 1.0 / (1.0 + LOSS * cost * cost / letters));
        }
    }

    /// The words of the corpus that a misspelt word is most likely to be, with what the errors cost: the cheapest
    /// first, then the commonest.
    fn near_words(&self, word: &str) -> Vec<(WordNo, f64)> {
        // Accents are left out more often than they are wrong.
        let letters: Vec<char> = fold(word).chars().collect();
        if letters.iter().any(|letter| letter.is_numeric()) {
            return Vec::new();
        }
        let most = match letters.len() {
            0..ONE_ERROR => 0,
            ONE_ERROR..TWO_ERRORS => 1,
            _ => 2,
        };
        let mut near: Vec<(f64, u32, WordNo)> = Vec::new();
        let folded: String = letters.iter().collect();
        for number in self.like(word, &letters) {
            let name = self.lexicon().word_name(number);
            let name_folded = fold(name);
            let length = name_folded.chars().count();
            if length.abs_diff(letters.len()) > most || strsim::osa_distance(&folded, &name_folded) > most {
                continue;
            }
            let (errors, cost) = distance(&letters, &name_folded.chars().collect::<Vec<_>>());
            let units = self.units_of(name);
            if errors <= most && units > 0 {
                near.push((cost, units, number));
            }
        }
        near.sort_by(|left, right| left.0.total_cmp(&right.0).then(right.1.cmp(&left.1)).then(left.2.cmp(&right.2)));
        let dearest = near.first().map_or(0.0, |best| best.0 + ALSO);
        near.retain(|&(cost, ..)| cost < dearest);
        near.into_iter().take(MOST_NEAR).map(|(cost, _, number)| (number, cost)).collect()
    }

    /// Words that share n-grams with the word, and those with two neighbouring letters in the other order.
    fn like(&self, word: &str, letters: &[char]) -> Vec<WordNo> {
        let lexicon = self.lexicon();
        let known: Vec<GramNo> = grams(word).into_iter().filter_map(|gram| lexicon.gram(gram)).collect();
        let few = known.iter().map(|&gram| lexicon.words_of_gram(gram)).filter(|words| words.len() <= COMMON_GRAM);
        let mut near: Vec<WordNo> = few.flatten().copied().collect();
        near.sort_unstable();
        let twice = near.chunk_by(PartialEq::eq).filter(|same| same.len() >= 2);
        let mut like: Vec<WordNo> = twice.map(|same| same[0]).collect();
        for place in 1..letters.len() {
            let mut other = letters.to_vec();
            other.swap(place - 1, place);
            like.extend(lexicon.word(&other.iter().collect::<String>()));
        }
        like.sort_unstable();
        like.dedup();
        like
    }
}

/// The errors that make one word of another, and what they cost: the optimal string alignment distance, letters left
/// out, put in, changed or exchanged (Damerau, *A technique for computer detection and correction of spelling errors*,
/// 1964). The cheapest way counts, and its errors.
fn distance(left: &[char], right: &[char]) -> (usize, f64) {
    let width = right.len() + 1;
    let mut table = vec![(0.0_f64, 0_usize); (left.len() + 1) * width];
    let at = |i: usize, j: usize| i * width + j;
    for i in 0..=left.len() {
        for j in 0..=right.len() {
            let mut best = if i + j == 0 { (0.0, 0) } else { (f64::INFINITY, usize::MAX) };
            let mut way = |(cost, errors): (f64, usize), more: f64| {
                let way = (cost + more, errors + usize::from(more > 0.0));
                if way < best {
                    best = way;
                }
            };
            if i > 0 && j > 0 {
                let (one, other) = (left[i - 1], right[j - 1]);
                let change = if one == other {
                    0.0
                } else if are_neighbours(one, other) {
                    SLIP
                } else {
                    1.0
                };
                way(table[at(i - 1, j - 1)], change);
            }
            if i > 1
                && j > 1
                && left[i - 1] == right[j - 2]
                && left[i - 2] == right[j - 1]
                && left[i - 1] != left[i - 2]
            {
                way(table[at(i - 2, j - 2)], SLIP);
            }
            if i > 0 {
                way(table[at(i - 1, j)], if i > 1 && left[i - 1] == left[i - 2] { SLIP } else { 1.0 });
            }
            if j > 0 {
                way(table[at(i, j - 1)], if j > 1 && right[j - 1] == right[j - 2] { SLIP } else { 1.0 });
            }
            table[at(i, j)] = best;
        }
    }
    let (cost, errors) = table[at(left.len(), right.len())];
    (errors, cost)
}

/// Whether two letters are on keys beside each other.
fn are_neighbours(left: char, right: char) -> bool {
    KEYBOARDS.iter().any(|rows| {
        let place = |letter: char| {
            let row = |row: &&str| row.chars().position(|key| key == letter);
            rows.iter().enumerate().find_map(|(number, keys)| Some((number, row(keys)?)))
        };
        let (Some(left), Some(right)) = (place(left), place(right)) else { return false };
        match left.0.abs_diff(right.0) {
            0 => left.1.abs_diff(right.1) == 1,
            1 => {
                let (upper, lower) = if left.0 < right.0 { (left.1, right.1) } else { (right.1, left.1) };
                upper == lower || upper == lower + 1
            }
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(left: &str, right: &str) -> (usize, f64) {
        distance(&left.chars().collect::<Vec<_>>(), &right.chars().collect::<Vec<_>>())
    }

    #[test]
    fn slips_of_the_fingers_cost_less_than_other_errors() {
        for (typed, meant) in
            [("fomr", "form"), ("pasword", "password"), ("passwoed", "password"), ("аккаует", "аккаунт")]
        {
            assert_eq!(of(typed, meant), (1, SLIP), "{typed}");
        }
        assert_eq!(of("passwort", "password"), (1, 1.0));
        assert_eq!(of("psssword", "password"), (1, SLIP));
        assert_eq!(of("same", "same"), (0, 0.0));
        assert_eq!(of("", "ab").0, 2);
    }

    #[test]
    fn keys_beside_each_other_are_neighbours_on_some_keyboard() {
        for (left, right) in [('q', 'w'), ('a', 'q'), ('s', 'w'), ('n', 'h'), ('a', 'z'), ('й', 'ц')] {
            assert!(are_neighbours(left, right) && are_neighbours(right, left), "{left} {right}");
        }
        assert!(!are_neighbours('q', 'm') && !are_neighbours('a', 'я') && !are_neighbours('q', 'q'));
    }
}
