//! Normalising: one way to write each character, without the marks that only help to read.

use super::{fold::is_reading_aid, words::is_unspaced};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// The text in lower case and NFKC, digits of all scripts as those of ASCII, without vowel points and joiners.
///
/// What is left out is left out by most writers, and never tells one word from another in practice.
#[must_use]
pub fn normal(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let lower = match is_nfkc_quick(text.chars()) {
        IsNormalized::Yes => text.to_lowercase(),
        _ => text.nfkc().collect::<String>().to_lowercase(),
    };
    if lower.chars().any(is_special) { plain(&lower) } else { lower }
}

fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let kept = match letter {
            // What `İ` becomes in lower case.
            '\u{307}' if before == 'i' => continue,
            '\u{ad}' | '\u{200d}' | '\u{2060}' | '\u{feff}' => continue,
            // In Persian it stands between the parts of a word, in Indic scripts it only shapes letters.
            '\u{200c}' if !is_arabic(before) => continue,
            // Khmer, Thai and Lao may mark the bounds of words with it, and mostly do not.
            '\u{200b}' if is_unspaced(before) => continue,
            '"' if is_hebrew(before) && letters.peek().is_some_and(|&next| is_hebrew(next)) => continue,
            _ if is_reading_aid(letter) => continue,
            'ʼ' => '\'',
            '٫' => '.',
            '٬' => ',',
            _ => digit(letter).unwrap_or(letter),
        };
        plain.push(kept);
        before = kept;
    }
    plain
}

/// Whether [`plain`] may change something at this character.
fn is_special(letter: char) -> bool {
    matches!(letter, '\u{ad}' | 'ʼ' | '\u{307}' | '٫' | '٬' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
        || is_hebrew(letter)
        || is_reading_aid(letter)
        || digit(letter).is_some()
}

fn is_arabic(letter: char) -> bool {
    matches!(letter, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}')
}

fn is_hebrew(letter: char) -> bool {
    matches!(letter, '\u{5d0}'..='\u{5ea}')
}

/// The zeros of the scripts that have digits of their own: Arabic, Persian, Indic, South-East Asian.
const ZEROS: [char; 19] = [
    '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}', '\u{c66}', '\u{ce6}',
    '\u{d66}', '\u{de6}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}', '\u{1090}', '\u{17e0}', '\u{1810}',
];

/// The same digit in ASCII.
fn digit(letter: char) -> Option<char> {
    if letter < ZEROS[0] {
        return None;
    }
    let value = ZEROS.iter().map(|&zero| u32::from(letter).wrapping_sub(u32::from(zero))).find(|&value| value < 10)?;
    char::from_digit(value, 10)
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn spellings_of_one_word_become_one() {
        for (text, expected) in [
            ("İADE", "iade"),
            ("Ｆａｑ １２", "faq 12"),
            ("ｻｰﾊﾞｰ", "サーバー"),
            ("٣٫٥ و ۱۲ और १२ กับ ๑๒", "3.5 و 12 और 12 กับ 12"),
            ("مَدْرَسَةٌ", "مدرسة"),
            ("كتـــاب", "كتاب"),
            ("שָׁלוֹם", "שלום"),
            ("צה״ל צה\"ל", "צהל צהל"),
            ("\"שלום\"", "\"שלום\""),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("क्\u{200d}ष", "क्ष"),
            ("ភាសា\u{200b}ខ្មែរ", "ភាសាខ្មែរ"),
            ("пʼять", "п'ять"),
            ("Über", "über"),
        ] {
            assert_eq!(normal(text), expected, "{text}");
        }
    }
}
