//! Character n-grams within words: they forgive typing errors and find the words inside of words.

use super::{
    fnv::fnv1a,
    fold::fold,
    words::{clusters, is_unspaced},
};

/// Shortest and longest n-gram of a word, in characters, its edges counted.
const SHORTEST: usize = 3;
const LONGEST: usize = 5;

/// Marks the edges of a word, so that its beginning and end weigh.
const EDGE: char = '\u{1}';

/// The n-grams of a word, folded, as hashes, repeats included.
///
/// Words of a script without spaces are pairs already: they give the pair and each half of it.
#[must_use]
pub fn grams(word: &str) -> Vec<u64> {
    if word.chars().next().is_some_and(is_unspaced) {
        let starts: Vec<usize> = clusters(word).chain([word.len()]).collect();
        let halves = starts.windows(2).map(|half| hash(word[half[0]..half[1]].chars()));
        let whole = (starts.len() > 2).then(|| hash(word.chars()));
        return halves.chain(whole).collect();
    }
    let folded = fold(word);
    let letters: Vec<char> = [EDGE].into_iter().chain(folded.chars()).chain([EDGE]).collect();
    if folded.is_empty() {
        return Vec::new();
    }
    (SHORTEST..=LONGEST).flat_map(|length| letters.windows(length).map(|gram| hash(gram.iter().copied()))).collect()
}

fn hash(letters: impl Iterator<Item = char>) -> u64 {
    fnv1a(letters.map(u32::from))
}

#[cfg(test)]
mod tests {
    use super::grams;

    #[test]
    fn a_typing_error_leaves_most_grams() {
        let (right, wrong) = (grams("password"), grams("pasword"));
        let shared = wrong.iter().filter(|gram| right.contains(gram)).count();
        assert!(shared * 2 > wrong.len(), "{shared} of {}", wrong.len());
    }

    #[test]
    fn a_word_typed_without_its_marks_has_the_same_grams() {
        assert_eq!(grams("contraseña"), grams("contrasena"));
        assert_eq!(grams("şıfre"), grams("sifre"));
    }

    #[test]
    fn short_words_and_pairs_have_grams() {
        assert_eq!(grams("a").len(), 1);
        assert_eq!(grams("ab").len(), 3);
        assert_eq!(grams("黑豹").len(), 3);
        assert_eq!(grams("ผ่า").len(), 3);
        assert_eq!(grams("กี่").len(), 1);
        assert!(grams("").is_empty());
    }
}
