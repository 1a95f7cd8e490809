//! Words that say little, and words that turn a sentence round.

use super::{
    fold::fold,
    words::{Words, is_unspaced},
};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::LazyLock,
};

/// Words that the lists of the library lack, and negations, which they have.
const BUILT_IN: &str = include_str!("small_words.toml");

static SMALL_WORDS: LazyLock<SmallWords> = LazyLock::new(|| {
    // A test reads the table, so the empty one is never seen.
    toml::from_str(BUILT_IN).unwrap_or_default()
});

fn words_of<'a>(phrases: impl IntoIterator<Item = &'a String>) -> impl Iterator<Item = String> {
    phrases.into_iter().flat_map(|phrases| Words::of(phrases).iter().map(str::to_owned).collect::<Vec<_>>())
}

/// Words and phrases by language, in one text with white space between two.
#[derive(Default, Deserialize)]
struct SmallWords {
    negations: BTreeMap<String, String>,
    asking: BTreeMap<String, String>,
    little: BTreeMap<String, String>,
}

/// The stop words of some languages.
#[derive(Debug, Default)]
pub struct StopWords(HashSet<String>);

impl StopWords {
    /// Stop words of all the languages together, words that ask among them.
    pub fn of<'a>(languages: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all = Self::default();
        for language in languages {
            let mut own = Self::default();
            for word in stop_words::lookup(language).into_iter().flatten() {
                own.add(word, language);
            }
            let small = [&SMALL_WORDS.asking, &SMALL_WORDS.little];
            for phrases in small.into_iter().filter_map(|table| table.get(language)) {
                phrases.split_whitespace().for_each(|phrase| own.add_phrase(phrase, language));
            }
            // *ne* negates in French, and asks in Turkish.
            for word in words_of(SMALL_WORDS.negations.get(language)) {
                own.0.remove(&word);
                own.0.remove(&fold(&word));
            }
            all.0.extend(own.0);
        }
        all
    }

    /// Adds what is one word, as people write it and as they type it in a hurry.
    fn add(&mut self, word: &str, language: &str) {
        let words = Words::of(word);
        let mut words = words.iter();
        if let (Some(word), None) = (words.next(), words.next()) {
            self.insert(word, language);
        }
    }

    /// Adds a word, or every pair of letters of a phrase in a script without spaces.
    fn add_phrase(&mut self, phrase: &str, language: &str) {
        if phrase.chars().next().is_some_and(is_unspaced) {
            self.0.extend(Words::of(phrase).iter().map(str::to_owned));
        } else {
            self.add(phrase, language);
        }
    }

    fn insert(&mut self, word: &str, language: &str) {
        // Without its marks, a Vietnamese word is another one.
        if language != "vi" {
            self.0.insert(fold(word));
        }
        self.0.insert(word.to_owned());
    }

    /// Whether the word says little.
    #[must_use]
    pub fn contains(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

/// The words that turn a sentence round in these languages; in all where none is named. *Mai* is never in Italian, and
/// May in German.
///
/// In scripts without spaces between words they are pairs of letters, as [`Words`] gives them.
#[must_use]
pub fn negations<'a>(languages: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    small_words(&SMALL_WORDS.negations, languages)
}

/// The words that ask in these languages (*how*, *where*); in all where none is named.
#[must_use]
pub fn asking<'a>(languages: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    small_words(&SMALL_WORDS.asking, languages)
}

/// The words of a table in these languages; in all where none is named.
fn small_words<'a>(table: &BTreeMap<String, String>, languages: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    let named: Vec<&str> = languages.into_iter().collect();
    let spoken = |code: &str| named.is_empty() || named.contains(&code);
    words_of(table.iter().filter(|(code, _)| spoken(code)).map(|(_, words)| words)).collect()
}

/// Whether the word turns a sentence round in any language.
#[must_use]
pub fn is_negation(word: &str) -> bool {
    static ALL: LazyLock<BTreeSet<String>> = LazyLock::new(|| negations([]));
    ALL.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negations_are_no_stop_words() {
        let words = StopWords::of(["en", "de", "xx"]);
        assert!(words.contains("the") && words.contains("und"));
        assert!(!words.contains("not") && !words.contains("nicht") && !words.contains("password"));
    }

    #[test]
    fn the_table_is_readable() {
        let table: SmallWords = toml::from_str(BUILT_IN).unwrap();
        assert!(table.negations.len() >= 34 && table.asking.len() >= 33);
    }

    #[test]
    fn words_that_ask_say_little_in_every_language() {
        for (language, question) in [
            ("ar", "كيف متى لماذا"),
            ("bg", "как кога защо"),
            ("bn", "কখন কেন কী"),
            ("cs", "jak kdy proč"),
            ("da", "hvordan hvornår hvorfor"),
            ("de", "wie wann warum"),
            ("el", "πώς πότε γιατί"),
            ("en", "how when why"),
            ("es", "cómo cuándo qué como"),
            ("fa", "چرا چگونه کجا"),
            ("fi", "miten milloin miksi"),
            ("fr", "comment quand pourquoi"),
            ("he", "איך מתי למה"),
            ("hi", "कैसे कब क्यों"),
            ("hu", "hogyan mikor miért"),
            ("id", "bagaimana kapan mengapa"),
            ("it", "come quando perché perche"),
            ("ja", "いつですか"),
            ("km", "តើ"),
            ("ko", "어떻게 언제"),
            ("lo", "ຫຍັງ"),
            ("nl", "hoe wanneer waarom"),
            ("no", "hvordan når hvorfor"),
            ("pl", "jak kiedy dlaczego"),
            ("pt", "como quando onde"),
            ("ro", "cum când unde"),
            ("ru", "как когда почему"),
            ("sv", "hur när varför"),
            ("ta", "எப்படி ஏன் என்ன"),
            ("th", "อะไร"),
            ("tr", "nasıl neden nerede"),
            ("uk", "як коли чому"),
            ("ur", "کیسے کب کیوں"),
            ("vi", "sao nào đâu"),
            ("zh", "什么"),
            ("zh", "為什麼"),
        ] {
            let words = StopWords::of([language]);
            for word in Words::of(question).iter() {
                assert!(words.contains(word), "{language}: {word}");
            }
        }
    }

    #[test]
    fn every_language_says_no() {
        let all = negations([]);
        for word in [
            "not",
            "لا",
            "не",
            "না",
            "není",
            "ikke",
            "nicht",
            "δεν",
            "no",
            "نیست",
            "ei",
            "pas",
            "לא",
            "नहीं",
            "nem",
            "tidak",
            "non",
            "ない",
            "មិន",
            "없는",
            "ບໍ່",
            "niet",
            "nie",
            "não",
            "nu",
            "inte",
            "இல்லை",
            "ไม่",
            "değil",
            "немає",
            "نہیں",
            "không",
            "没有",
            "不能",
        ] {
            let words = Words::of(word);
            assert!(words.iter().any(|word| all.contains(word)), "{word}");
        }
        assert!(!all.contains("password") && !all.contains("hat"));
        let (german, italian) = (negations(["de"]), negations(["it"]));
        assert!(!german.contains("mai") && italian.contains("mai"));
    }
}
