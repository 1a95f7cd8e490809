//! Counting words, in scripts with and without spaces.

/// What runs on without a space (a long address, a key in base 64) is a word every so many characters.
const LONGEST_WORD: usize = 40;

/// Whether a script that puts no spaces between words uses this character.
pub fn is_unspaced(mark: char) -> bool {
    matches!(mark,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Counts words, character by character.
#[derive(Debug, Clone, Copy, Default)]
pub struct Meter {
    words: usize,
    unspaced: usize,
    in_word: usize,
}

impl Meter {
    /// Takes in the next character.
    pub fn add(&mut self, mark: char) {
        if !mark.is_ascii() && is_unspaced(mark) {
            self.unspaced += 1;
            self.in_word = 0;
        } else if mark.is_whitespace() {
            self.in_word = 0;
        } else if self.in_word > 0 || mark.is_alphanumeric() {
            self.words += usize::from(self.in_word.is_multiple_of(LONGEST_WORD));
            self.in_word += 1;
        }
    }

    /// Words so far; two characters of a script without spaces make one.
    pub fn words(self) -> usize {
        self.words + self.unspaced.div_ceil(2)
    }
}

/// Number of words of a text.
pub fn count(text: &str) -> usize {
    let mut meter = Meter::default();
    text.chars().for_each(|mark| meter.add(mark));
    meter.words()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_any_script_count() {
        assert_eq!(count(""), 0);
        assert_eq!(count(" - a well-known fact, isn't it? "), 5);
        assert_eq!(count("全文搜索"), 2);
        assert_eq!(count("Rust 语言 2024"), 3);
        assert_eq!(count(&"x".repeat(400)), 10);
    }
}
