//! Character n-grams within words: they forgive typing errors and find the words inside of words.

/// Shortest and longest n-gram of a word, in characters, its edges counted.
const SHORTEST: usize = 3;
const LONGEST: usize = 5;

/// Marks the edges of a word, so that its beginning and end weigh.
const EDGE: char = '\u{1}';

/// The n-grams of a word as hashes, repeats included.
///
/// Words of a script without spaces are pairs already: they give the pair and each of its characters.
#[must_use]
pub fn grams(word: &str) -> Vec<u64> {
    let pair = word.chars().all(|letter| letter as u32 >= 0xe00) && word.chars().count() <= 2;
    let (shortest, letters): (usize, Vec<char>) = if pair {
        (1, word.chars().collect())
    } else {
        (SHORTEST, [EDGE].into_iter().chain(word.chars()).chain([EDGE]).collect())
    };
    (shortest..=LONGEST).flat_map(|length| letters.windows(length).map(hash)).collect()
}

/// FNV-1a over the characters, 64 bits (<http://www.isthe.com/chongo/tech/comp/fnv/>): stored in the
/// index, so it must never change with a library.
fn hash(letters: &[char]) -> u64 {
    letters.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &letter| {
        (hash ^ u64::from(u32::from(letter))).wrapping_mul(0x0100_0000_01b3)
    })
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
    fn short_words_and_pairs_have_grams() {
        assert_eq!(grams("a").len(), 1);
        assert_eq!(grams("ab").len(), 3);
        assert_eq!(grams("黑豹").len(), 3);
        assert!(grams("").is_empty());
    }
}
