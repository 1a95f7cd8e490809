//! Folding: spellings that people use for the same word become one.

use unicode_normalization::UnicodeNormalization;

/// The word without accents and other marks that writers leave out.
///
/// Vowel signs of the Indic and South-East Asian scripts are letters and stay.
#[must_use]
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let mut folded = String::with_capacity(word.len());
    for letter in word.nfd().filter(|&letter| !is_optional_mark(letter)) {
        match plain_letter(letter) {
            Some(plain) => folded.push_str(plain),
            None => folded.push(letter),
        }
    }
    // Hangul and Kana come apart above.
    folded.nfc().collect()
}

/// Marks that are often not written: Latin, Greek and Cyrillic accents, Arabic and Hebrew vowels.
fn is_optional_mark(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}'
        | '\u{610}'..='\u{61a}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'..='\u{5c7}')
}

/// Letters that no decomposition takes apart.
fn plain_letter(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        'ς' => "σ",
        'ى' | 'ی' => "ي",
        'ک' => "ك",
        'ة' => "ه",
        'ٱ' => "ا",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn accents_go_and_letters_stay() {
        for (word, folded) in [
            ("café", "cafe"),
            ("größe", "grosse"),
            ("łódź", "lodz"),
            ("ñandú", "nandu"),
            ("أحمد", "احمد"),
            ("مَدْرَسَة", "مدرسه"),
            ("हिन्दी", "हिन्दी"),
            ("한국어", "한국어"),
            ("がぎ", "がぎ"),
            ("đường", "duong"),
        ] {
            assert_eq!(fold(word), folded);
        }
    }
}
