//! Stems: what the forms of a word share, folded.

use super::{codes, fold::fold};
use rust_stemmers::Stemmer;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// What has fewer letters behind the article may be no noun with an article.
const SHORTEST_ARABIC: usize = 3;

/// A Hebrew word is not cut to fewer letters.
const SHORTEST_HEBREW: usize = 3;

/// Finds the stems of the words of one language.
pub struct Stems {
    stemmer: Option<Stemmer>,
    habit: Habit,
}

/// What a language needs besides a stemmer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Habit {
    None,
    /// Letters are typed as two where a keyboard lacks them: `ae` for `ä`.
    Digraphs(&'static [(&'static str, &'static str)]),
    /// Other letters than the stemmer knows.
    Letters(&'static [(&'static str, &'static str)]),
    /// *And*, *in* and *as* are written together with the article.
    Arabic,
    /// Small words are written together with the next.
    Hebrew,
    /// Marks tell words apart.
    Vietnamese,
}

impl Habit {
    fn of(language: &str) -> Self {
        match language {
            "de" => Self::Digraphs(&[("ae", "ä"), ("oe", "ö"), ("ue", "ü")]),
            "da" | "no" => Self::Digraphs(&[("aa", "å"), ("ae", "æ"), ("oe", "ø")]),
            // The stemmer is older than the letters with a comma.
            "ro" => Self::Letters(&[("ș", "ş"), ("ț", "ţ")]),
            "ru" => Self::Letters(&[("ё", "е")]),
            "ar" => Self::Arabic,
            "he" => Self::Hebrew,
            "vi" => Self::Vietnamese,
            _ => Self::None,
        }
    }

    /// The word as the stemmer is to see it.
    fn respell(self, word: &str) -> Cow<'_, str> {
        match self {
            Self::Digraphs(pairs) => digraphs(word, pairs),
            Self::Letters(pairs) if pairs.iter().any(|(letter, _)| word.contains(letter)) => {
                let replace = |word: String, (from, to): &(&str, &str)| word.replace(from, to);
                Cow::Owned(pairs.iter().fold(word.to_owned(), replace))
            }
            Self::Arabic => article_first(word),
            _ => Cow::Borrowed(word),
        }
    }
}

impl Stems {
    /// Stems for a language code; a language without a stemmer keeps its words.
    #[must_use]
    pub fn of(language: Option<&str>) -> Self {
        let habit = language.map_or(Habit::None, Habit::of);
        Self { stemmer: language.and_then(codes::stemmer), habit }
    }

    /// The stem of a word: stemmed and then folded. Never empty.
    #[must_use]
    pub fn stem(&self, word: &str) -> String {
        if self.habit == Habit::Vietnamese {
            return syllable(word);
        }
        let respelled = self.habit.respell(word);
        let stemmed = match &self.stemmer {
            Some(stemmer) if word.chars().all(char::is_alphabetic) || !word.is_ascii() => stemmer.stem(&respelled),
            _ => Cow::Borrowed(&*respelled),
        };
        let folded = fold(&stemmed);
        if self.habit == Habit::Hebrew {
            return without_prefixes(&folded).to_owned();
        }
        // Some stemmers leave nothing of a short word, and some words are all marks.
        if folded.is_empty() { word.to_owned() } else { folded }
    }
}

/// The word with its pairs of letters as one each, but for those behind a vowel or a `q` (`neue`, `Quelle`).
///
/// Where such a pair is none (`aktuell`), the word becomes the same odd one wherever it stands.
fn digraphs<'a>(word: &'a str, pairs: &[(&str, &str)]) -> Cow<'a, str> {
    if !pairs.iter().any(|(pair, _)| word.contains(pair)) {
        return Cow::Borrowed(word);
    }
    let mut respelled = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        let apart = !respelled.ends_with(['a', 'e', 'i', 'o', 'u', 'q', 'ä', 'ö', 'ü', 'å', 'æ', 'ø']);
        let pair = pairs.iter().find(|(pair, _)| apart && rest.starts_with(pair));
        if let Some((pair, one)) = pair {
            respelled.push_str(one);
            rest = &rest[pair.len()..];
        } else {
            respelled.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    Cow::Owned(respelled)
}

/// An Arabic word with nothing before its article, which the stemmer knows only there.
fn article_first(word: &str) -> Cow<'_, str> {
    let without = word.trim_start_matches(['و', 'ف', 'ب', 'ك']);
    let (noun, article) = match (without.strip_prefix("ال"), word.trim_start_matches(['و', 'ف']).strip_prefix("لل"))
    {
        (Some(noun), _) => (noun, without.len() < word.len()),
        (None, Some(noun)) => (noun, true),
        (None, None) => return Cow::Borrowed(word),
    };
    // Shorter ones are words of their own: *father* begins like *and the*.
    if article && noun.chars().count() >= SHORTEST_ARABIC {
        Cow::Owned(format!("ال{noun}"))
    } else {
        Cow::Borrowed(word)
    }
}

/// A Vietnamese syllable with its tone behind it: writers set the mark on either vowel (`hòa`, `hoà`).
fn syllable(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let is_tone = |letter: &char| matches!(letter, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let (tones, letters): (Vec<char>, Vec<char>) = word.nfd().partition(is_tone);
    letters.into_iter().nfc().chain(tones).collect()
}

/// A Hebrew word without *and*, *the*, *in*, *to*, *from*, *that* and *as* in front of it.
///
/// Letters go as long as enough are left, so that what begins with such a letter by itself becomes the same
/// with and without more of them.
fn without_prefixes(word: &str) -> &str {
    let mut rest = word;
    let mut left = word.chars().count();
    while left > SHORTEST_HEBREW
        && let Some(shorter) = rest.strip_prefix(['ו', 'ה', 'ב', 'ל', 'מ', 'ש', 'כ'])
    {
        rest = shorter;
        left -= 1;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_share_a_stem_and_folding_comes_last() {
        let english = Stems::of(Some("en"));
        assert_eq!(english.stem("running"), english.stem("runs"));
        assert_eq!(english.stem("1.2.3"), "1.2.3");
        assert_eq!(english.stem("covid-19"), "covid-19");
        let spanish = Stems::of(Some("es"));
        assert_eq!(spanish.stem("canción"), spanish.stem("canciones"));
        assert_eq!(Stems::of(Some("zh")).stem("黑豹"), "黑豹");
        assert_eq!(Stems::of(None).stem("Größe"), "Grosse");
    }

    #[test]
    fn spellings_of_a_word_share_a_stem() {
        for (language, left, right) in [
            ("ar", "المكتبة", "مكتبة"),
            ("ar", "والكتاب", "كتاب"),
            ("ar", "بالكتاب", "الكتاب"),
            ("ar", "وللكتاب", "الكتاب"),
            ("ar", "أحمد", "احمد"),
            ("da", "København", "koebenhavn"),
            ("da", "Århus", "aarhus"),
            ("de", "rückgabe", "rueckgabe"),
            ("de", "größe", "groesse"),
            ("de", "straße", "strassen"),
            ("de", "neue", "neuen"),
            ("el", "ερωτήσεις", "ερωτησεις"),
            ("el", "λόγος", "λογοσ"),
            ("fa", "کتاب", "كتاب"),
            ("fi", "talossa", "talosta"),
            ("he", "הסיסמה", "סיסמה"),
            ("he", "ובסיסמה", "סיסמה"),
            ("he", "השלום", "שלום"),
            ("hi", "हिन्दी", "हिंदी"),
            ("no", "spørsmål", "spoersmaal"),
            ("pl", "łódź", "lodz"),
            ("ro", "informației", "informaţiei"),
            ("ru", "ёлка", "елки"),
            ("sv", "frågor", "fragor"),
            ("tr", "şifreler", "şifre"),
            ("vi", "hoà", "hòa"),
        ] {
            let stems = Stems::of(Some(language));
            let lower = |word: &str| stems.stem(&word.to_lowercase());
            assert_eq!(lower(left), lower(right), "{language}: {left} {right}");
        }
        let vietnamese = Stems::of(Some("vi"));
        assert_ne!(vietnamese.stem("bán"), vietnamese.stem("bạn"));
        assert_eq!(vietnamese.stem("faq"), "faq");
        // Where it is no umlaut, nothing is lost.
        let german = Stems::of(Some("de"));
        assert_ne!(german.stem("quelle"), german.stem("qülle"));
        assert_eq!(german.stem("aktuell"), german.stem("aktuelle"));
    }
}
