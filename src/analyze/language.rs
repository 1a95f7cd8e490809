//! Languages: which one a text is in, and what is known about each.

use rust_stemmers::Algorithm;
use std::{borrow::Cow, collections::BTreeSet, ops::Range};
use whatlang::{Detector, Lang};

/// So much of a text tells its language nearly always. In bytes.
const SHORT_SAMPLE: usize = 1200;
/// And so much tells as well as the whole does.
const SAMPLE: usize = 16 << 10;
/// A sample has so many pieces from all over the text.
const PIECES: usize = 6;

/// The languages with a stemmer, by ISO 639-1 code.
const STEMMERS: [(&str, Algorithm); 18] = [
    ("ar", Algorithm::Arabic),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("en", Algorithm::English),
    ("es", Algorithm::Spanish),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("hu", Algorithm::Hungarian),
    ("it", Algorithm::Italian),
    ("nl", Algorithm::Dutch),
    ("no", Algorithm::Norwegian),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
];

/// ISO 639-1 codes of the languages that whatlang names by ISO 639-3.
const SHORT_CODES: [(Lang, &str); 32] = [
    (Lang::Ara, "ar"),
    (Lang::Bul, "bg"),
    (Lang::Ces, "cs"),
    (Lang::Cmn, "zh"),
    (Lang::Dan, "da"),
    (Lang::Deu, "de"),
    (Lang::Ell, "el"),
    (Lang::Eng, "en"),
    (Lang::Fin, "fi"),
    (Lang::Fra, "fr"),
    (Lang::Heb, "he"),
    (Lang::Hin, "hi"),
    (Lang::Hun, "hu"),
    (Lang::Ind, "id"),
    (Lang::Ita, "it"),
    (Lang::Jpn, "ja"),
    (Lang::Khm, "km"),
    (Lang::Kor, "ko"),
    (Lang::Nld, "nl"),
    (Lang::Nob, "no"),
    (Lang::Pes, "fa"),
    (Lang::Pol, "pl"),
    (Lang::Por, "pt"),
    (Lang::Ron, "ro"),
    (Lang::Rus, "ru"),
    (Lang::Spa, "es"),
    (Lang::Swe, "sv"),
    (Lang::Tam, "ta"),
    (Lang::Tha, "th"),
    (Lang::Tur, "tr"),
    (Lang::Ukr, "uk"),
    (Lang::Vie, "vi"),
];

/// The language of a whole text, or `None` if the text does not tell.
///
/// Short texts tell too little: ask for a file, never for a line of it.
#[must_use]
pub fn of_text(text: &str) -> Option<String> {
    let detector = Detector::new();
    if text.len() > 2 * SHORT_SAMPLE
        && let Some(info) = detector.detect(&sample(text, SHORT_SAMPLE))
        && info.is_reliable()
    {
        return Some(code(info.lang()));
    }
    let info = detector.detect(&sample(text, SAMPLE))?;
    (info.is_reliable() || info.confidence() > 0.5).then(|| code(info.lang()))
}

/// Pieces from all over a text, `length` bytes together, or the whole if it is not longer.
fn sample(text: &str, length: usize) -> Cow<'_, str> {
    if text.len() <= length {
        return Cow::Borrowed(text);
    }
    let starts = (0..PIECES).map(|number| text.len() / PIECES * number);
    Cow::Owned(starts.map(|start| part(text, start..start + length / PIECES)).collect::<Vec<_>>().join("\n"))
}

/// What is in a range of a text, no character cut.
fn part(text: &str, range: Range<usize>) -> &str {
    let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    &text[boundary(range.start)..boundary(range.end)]
}

/// The language of a tag such as `en-GB` or `DE`.
#[must_use]
pub fn of_tag(tag: &str) -> String {
    let primary = tag.split(['-', '_']).next().unwrap_or_default().trim().to_lowercase();
    match primary.as_str() {
        "nb" | "nn" => "no".to_owned(),
        _ => Lang::from_code(primary.as_str()).map_or(primary, code),
    }
}

fn code(lang: Lang) -> String {
    let short = SHORT_CODES.iter().find(|(known, _)| *known == lang);
    short.map_or(lang.code(), |(_, short)| short).to_owned()
}

/// The stemmer for a language, if there is one.
#[must_use]
pub fn stemmer(language: &str) -> Option<rust_stemmers::Stemmer> {
    let (_, algorithm) = STEMMERS.iter().find(|(code, _)| *code == language)?;
    Some(rust_stemmers::Stemmer::create(*algorithm))
}

/// The languages of the corpus in which a question may be, by its script.
///
/// Which words of a language are asked in another one is unknown: all languages of the script stay.
#[must_use]
pub fn of_question<'a>(question: &str, corpus: &'a BTreeSet<String>) -> Vec<&'a str> {
    let script = whatlang::detect_script(question);
    let shares_script = |language: &&String| {
        let lang = SHORT_CODES.iter().find(|(_, short)| short == language).map(|(lang, _)| *lang);
        let lang = lang.or_else(|| Lang::from_code(language.as_str()));
        match (script, lang) {
            (Some(script), Some(lang)) => script.langs().contains(&lang),
            _ => true,
        }
    };
    let likely: Vec<_> = corpus.iter().filter(shares_script).map(String::as_str).collect();
    if likely.is_empty() { corpus.iter().map(String::as_str).collect() } else { likely }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_tells_its_language_and_a_word_does_not() {
        let english = "The library keeps every book that was ever printed in the country, and lends most of them.";
        let german =
            "Die Bibliothek bewahrt jedes Buch auf, das im Land gedruckt wurde, und verleiht die meisten davon.";
        assert_eq!(of_text(english).as_deref(), Some("en"));
        assert_eq!(of_text(german).as_deref(), Some("de"));
        assert_eq!(of_text("图书馆保存了该国印刷的每一本书，并借出其中的大部分。").as_deref(), Some("zh"));
        assert_eq!(of_text("42"), None);
    }

    #[test]
    fn a_long_text_is_known_by_pieces_of_it() {
        let german = "Die Bücher stehen überall, und man findet sie später auch wieder. ".repeat(1000);
        assert_eq!(of_text(&german).as_deref(), Some("de"));
        assert!(sample(&german, SHORT_SAMPLE).len() <= SHORT_SAMPLE + PIECES);
    }

    #[test]
    fn tags_become_short_codes() {
        for (tag, code) in [("en-GB", "en"), ("DE", "de"), ("nb", "no"), ("deu", "de"), ("xx", "xx"), ("zh_Hans", "zh")]
        {
            assert_eq!(of_tag(tag), code);
        }
    }

    #[test]
    fn a_question_is_in_a_language_of_its_script() {
        let corpus = ["ar", "de", "en"].map(str::to_owned).into();
        assert_eq!(of_question("wie geht das", &corpus), ["de", "en"]);
        assert_eq!(of_question("كيف حالك", &corpus), ["ar"]);
        assert_eq!(of_question("как дела", &corpus), ["ar", "de", "en"]);
    }
}
