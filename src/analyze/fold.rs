//! Folding: spellings that people use for the same word become one.

use unicode_normalization::UnicodeNormalization;

/// The word without accents and other marks that writers leave out.
///
/// Vowel signs of the Indic and South-East Asian scripts are letters and stay, as does the short *i* (`й`).
#[must_use]
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let mut folded = String::with_capacity(word.len());
    let mut before = ' ';
    for letter in word.nfd() {
        let is_short_i = letter == '\u{306}' && before == 'и';
        if is_accent(letter) && !is_short_i || is_reading_aid(letter) || letter == NUKTA {
            continue;
        }
        before = letter;
        match plain_letter(letter) {
            Some(plain) => folded.push_str(plain),
            None => push_devanagari(letter, &mut folded),
        }
    }
    // Hangul and Kana come apart above.
    folded.nfc().collect()
}

/// Marks of Arabic and Hebrew that only help to read: vowel points, and the line that stretches a word.
pub(super) fn is_reading_aid(letter: char) -> bool {
    matches!(letter,
        '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{610}'..='\u{61a}' | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e4}' | '\u{6ea}'..='\u{6ed}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'..='\u{5c7}'
        | '\u{5f3}' | '\u{5f4}')
}

/// Latin, Greek and Cyrillic accents.
fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// The dot beneath Devanagari letters of Persian sounds.
const NUKTA: char = '\u{93c}';
const VIRAMA: char = '\u{94d}';
const ANUSVARA: char = '\u{902}';

/// Adds a letter; a Devanagari nasal before another consonant may be written as a dot (`हिन्दी`, `हिंदी`).
fn push_devanagari(letter: char, folded: &mut String) {
    if matches!(letter, '\u{915}'..='\u{939}') && folded.ends_with(VIRAMA) {
        let nasal = folded.len() - VIRAMA.len_utf8();
        if let Some(at) = folded[..nasal].char_indices().next_back().filter(|(_, before)| "ङञणनम".contains(*before))
        {
            folded.truncate(at.0);
            folded.push(ANUSVARA);
        }
    }
    folded.push(letter);
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
        'ґ' => "г",
        'ى' | 'ی' => "ي",
        'ک' => "ك",
        'ة' | 'ہ' | 'ۃ' | 'ە' => "ه",
        'ٱ' => "ا",
        'ך' => "כ",
        'ם' => "מ",
        'ן' => "נ",
        'ף' => "פ",
        'ץ' => "צ",
        // Moon and dot nasalise alike.
        '\u{901}' => "\u{902}",
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
            ("știință", "stiinta"),
            ("ştiinţă", "stiinta"),
            ("kapı", "kapi"),
            ("أحمد", "احمد"),
            ("إلى", "الي"),
            ("مَدْرَسَة", "مدرسه"),
            ("یک", "يك"),
            ("हिन्दी", "हिंदी"),
            ("ज़रूर", "जरूर"),
            ("हाँ", "हां"),
            ("한국어", "한국어"),
            ("がぎ", "がぎ"),
            ("đường", "duong"),
            ("ёлка", "елка"),
            ("мой", "мой"),
            ("λόγος", "λογοσ"),
            ("שלום", "שלומ"),
        ] {
            assert_eq!(fold(word), folded);
        }
    }
}
