//! Splitting a text into words.
//!
//! A compound (`C++`, `.NET`, `can't`, `e-mail`, `AT&T`, `1.2.3`, `ERR_SSL`) gives its parts and its
//! whole form, so that it is found however it is written. Scripts that put no spaces between words
//! give overlapping pairs of characters (of letters with their marks).

use super::normal::normal;
use unicode_normalization::char::is_combining_mark;

/// A longer word is cut: it is no word. In characters.
const LONGEST: usize = 64;

/// The words of a text, in order, each in lower case and normalised (NFKC).
///
/// They are kept as one string with a space between two, which is what the search index takes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words(String);

impl Words {
    /// Splits a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut words = Self(String::with_capacity(text.len() + 16));
        words.split(&normal(text));
        words
    }

    /// The words in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split(' ').filter(|word| !word.is_empty())
    }

    /// Adds the words of another text behind these.
    pub fn append(&mut self, other: &Self) {
        if !self.0.is_empty() && !other.0.is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(&other.0);
    }

    fn split(&mut self, text: &str) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let length = if is_unspaced(first) {
                let run = length_while(rest, |letter| is_unspaced(letter) || is_combining_mark(letter));
                self.push_pairs(&rest[..run]);
                run
            } else if is_word_part(first) || opens_name(text, rest) {
                let run = compound_length(rest);
                self.push_compound(&rest[..run]);
                run
            } else {
                let length = first.len_utf8();
                if SIGNS.contains(&first) && is_beside_digit(&text[..text.len() - rest.len()], &rest[length..]) {
                    self.push(&[&rest[..length]]);
                }
                length
            };
            rest = &rest[length..];
        }
    }

    fn push(&mut self, parts: &[&str]) {
        if parts.iter().all(|part| part.is_empty()) {
            return;
        }
        if !self.0.is_empty() {
            self.0.push(' ');
        }
        self.0.extend(parts.iter().flat_map(|part| part.chars()).take(LONGEST));
    }

    fn push_pairs(&mut self, run: &str) {
        let starts: Vec<_> = clusters(run).chain([run.len()]).collect();
        if starts.len() == 2 {
            return self.push(&[run]);
        }
        for pair in starts.windows(3) {
            self.push(&[&run[pair[0]..pair[2]]]);
        }
    }

    fn push_compound(&mut self, compound: &str) {
        let parts: Vec<&str> = compound.split(|letter| !is_word_part(letter)).filter(|part| !part.is_empty()).collect();
        if parts.len() == 1 && parts[0].len() == compound.len() {
            return self.push_word(compound);
        }
        let Some(&first) = parts.first() else { return };
        if let Some(plain) = without_suffix(compound, first, &parts) {
            return self.push_word(plain);
        }
        if push_negation(self, &compound.replace('’', "'")) {
            return self.push(&parts);
        }
        for part in &parts {
            if parts.len() == 1 || is_number(part) || part.chars().nth(1).is_some() {
                self.push(&[part]);
            }
        }
        if compound.starts_with('.')
            || compound.ends_with(['+', '#'])
            || compound.contains(['&', '_'])
            || has_version(compound)
        {
            let whole = compound.strip_prefix('v').filter(|rest| is_number(rest)).unwrap_or(compound);
            self.push(&[whole]);
        } else {
            self.push(&parts);
        }
    }

    fn push_word(&mut self, word: &str) {
        if !push_negation(self, word) {
            return self.push(&[word]);
        }
        self.push(&[word]);
    }
}

/// Whether a dot stands between digits.
fn has_version(compound: &str) -> bool {
    compound.as_bytes().windows(3).any(|part| part[0].is_ascii_digit() && part[1] == b'.' && part[2].is_ascii_digit())
}

/// `aws's` is `aws`.
fn without_suffix<'a>(compound: &'a str, first: &'a str, parts: &[&str]) -> Option<&'a str> {
    let possessive = parts.len() == 2 && parts[1] == "s" && compound[first.len()..].starts_with(['\'', '’']);
    possessive.then_some(first)
}

/// English negations say *not*, with an apostrophe or without: adds the verb and `not`.
fn push_negation(words: &mut Words, word: &str) -> bool {
    let Some(stem) = word.strip_suffix("n't").or_else(|| word.strip_suffix("nt")) else { return false };
    let verb = match stem {
        "ca" => "can",
        "wo" => "will",
        "sha" => "shall",
        "do" | "did" | "does" | "is" | "are" | "was" | "were" | "could" | "would" | "should" | "have" | "has"
        | "had" | "must" | "need" => stem,
        _ => return false,
    };
    words.push(&[verb]);
    words.push(&["not"]);
    true
}

/// Whether a word is a number, or begins with one.
#[must_use]
pub fn is_number(word: &str) -> bool {
    word.starts_with(char::is_numeric)
}

/// A letter, a digit, or a mark that belongs to one.
fn is_word_part(letter: char) -> bool {
    letter.is_alphanumeric() && !is_unspaced(letter) || !letter.is_ascii() && is_combining_mark(letter)
}

/// Scripts without spaces between words: Han, Kana, Hangul, Thai, Lao, Khmer, Myanmar.
pub(crate) fn is_unspaced(letter: char) -> bool {
    matches!(letter,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30ff}' | '\u{3105}'..='\u{318f}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
        && letter.is_alphanumeric()
}

/// Where the clusters of a text begin, in bytes: a letter with the marks on it, and in Khmer and Burmese with
/// the letters stacked beneath it.
pub(crate) fn clusters(text: &str) -> impl Iterator<Item = usize> {
    let mut stacks = false;
    let starts = text.char_indices().filter(move |&(_, letter)| {
        let belongs = is_combining_mark(letter) || stacks;
        stacks = matches!(letter, '\u{17d2}' | '\u{1039}');
        !belongs
    });
    // What begins with a mark begins nevertheless.
    [0].into_iter().chain(starts.map(|(at, _)| at).filter(|&at| at > 0))
}

/// Signs that are words where they stand beside a number: percent and currencies.
const SIGNS: [char; 10] = ['%', '‰', '$', '€', '£', '¥', '₹', '₽', '₺', '₩'];

/// Whether a digit stands beside a place, with at most a space between.
fn is_beside_digit(before: &str, after: &str) -> bool {
    let spaces = [' ', '\u{a0}', '\u{202f}'];
    let before = before.strip_suffix(spaces).unwrap_or(before);
    let after = after.strip_prefix(spaces).unwrap_or(after);
    before.ends_with(char::is_numeric) || after.starts_with(char::is_numeric)
}

/// Whether `rest` begins with the dot of a name such as `.NET`.
fn opens_name(text: &str, rest: &str) -> bool {
    let before = text[..text.len() - rest.len()].chars().next_back();
    rest.strip_prefix('.').is_some_and(|name| name.starts_with(char::is_alphabetic))
        && before.is_none_or(|before| before.is_whitespace() || before == '(')
}

/// Length in bytes of the word or compound that `text` begins with.
fn compound_length(text: &str) -> usize {
    let mut end = usize::from(text.starts_with('.'));
    loop {
        end += length_while(&text[end..], is_word_part);
        let mut after = text[end..].chars();
        match (after.next(), after.next()) {
            (Some('\'' | '’' | '.' | '-' | '‐' | '_' | '&' | '\u{200c}'), Some(next)) if is_word_part(next) => {
                end += text[end..].chars().next().map_or(0, char::len_utf8);
            }
            (Some(','), Some(next))
                if next.is_ascii_digit() && text[..end].ends_with(|last: char| last.is_ascii_digit()) =>
            {
                end += 1;
            }
            (Some('+' | '#'), _) => {
                let signs = length_while(&text[end..], |letter| matches!(letter, '+' | '#'));
                let ends = text[end + signs..].chars().next().is_none_or(|next| !is_word_part(next));
                return if ends && end <= 2 { end + signs.min(2) } else { end };
            }
            _ => return end,
        }
    }
}

fn length_while(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.char_indices().find(|&(_, letter)| !belongs(letter)).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> String {
        Words::of(text).0
    }

    #[test]
    fn compounds_give_parts_and_whole() {
        for (text, expected) in [
            ("Hello, World!", "hello world"),
            ("C++ and C#", "c c++ and c c#"),
            ("use .NET now.", "use net .net now"),
            ("an e-mail", "an mail email"),
            ("AT&T", "at at&t"),
            ("R&D", "r&d"),
            ("version 1.2.3", "version 1 2 3 1.2.3"),
            ("v2.10", "v2 10 2.10"),
            ("ERR_SSL_X", "err ssl err_ssl_x"),
            ("AWS's broader", "aws broader"),
            ("can't", "can not cant"),
            ("I can’t", "i can not cant"),
            ("dont", "do not dont"),
            ("won't", "will not wont"),
            ("the U.S. way", "the us way"),
            ("l'eau", "eau leau"),
            ("COVID-19", "covid 19 covid19"),
            ("1,000 km", "1 000 1000 km"),
            ("node.js", "node js nodejs"),
            ("ﬁle", "file"),
            ("end.", "end"),
            ("كتاب‌ها", "كتاب ها كتابها"),
            ("п'ять", "ять пять"),
            ("٢٠٢٤", "2024"),
            ("", ""),
            ("?!", ""),
            ("20 % or 5% of $30", "20 % or 5 % of $ 30"),
            ("100% $HOME", "100 % home"),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn scripts_without_spaces_give_pairs() {
        assert_eq!(words("黑豹队 308分"), "黑豹 豹队 308 分");
        assert_eq!(words("한국어"), "한국 국어");
        assert_eq!(words("हिन्दी में"), "हिन्दी में");
        assert_eq!(words("第3条、ｻｰﾊﾞｰ"), "第 3 条 サー ーバ バー");
        // Vowel signs and tone marks go with their letter.
        assert_eq!(words("ที่นี่"), "ที่นี่");
        assert_eq!(words("รหัสผ่าน"), "รหั หัส สผ่ ผ่า าน");
        assert_eq!(words("ຫວຽດ"), "ຫວ ວຽ ຽດ");
        // Stacked letters stay together, and marked bounds of words do not matter.
        assert_eq!(words("ភាសាខ្មែរ"), "ភាសា សាខ្មែ ខ្មែរ");
        assert_eq!(words("ភាសា\u{200b}ខ្មែរ"), words("ភាសាខ្មែរ"));
    }

    proptest! {
        #[test]
        fn no_text_panics_and_words_are_stable(text in any::<String>()) {
            let words = Words::of(&text);
            for word in words.iter() {
                prop_assert!(!word.contains(char::is_whitespace));
                prop_assert!(word.chars().count() <= LONGEST);
            }
        }
    }
}
