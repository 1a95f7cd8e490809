//! Languages by their codes, and their stemmers.

use rust_stemmers::Algorithm;
use whatlang::Lang;

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
const SHORT_CODES: [(Lang, &str); 57] = [
    (Lang::Afr, "af"),
    (Lang::Amh, "am"),
    (Lang::Ara, "ar"),
    (Lang::Aze, "az"),
    (Lang::Bel, "be"),
    (Lang::Ben, "bn"),
    (Lang::Bul, "bg"),
    (Lang::Cat, "ca"),
    (Lang::Ces, "cs"),
    (Lang::Cmn, "zh"),
    (Lang::Dan, "da"),
    (Lang::Deu, "de"),
    (Lang::Ell, "el"),
    (Lang::Eng, "en"),
    (Lang::Est, "et"),
    (Lang::Fin, "fi"),
    (Lang::Fra, "fr"),
    (Lang::Guj, "gu"),
    (Lang::Heb, "he"),
    (Lang::Hin, "hi"),
    (Lang::Hrv, "hr"),
    (Lang::Hun, "hu"),
    (Lang::Hye, "hy"),
    (Lang::Ind, "id"),
    (Lang::Ita, "it"),
    (Lang::Jpn, "ja"),
    (Lang::Kan, "kn"),
    (Lang::Kat, "ka"),
    (Lang::Khm, "km"),
    (Lang::Kor, "ko"),
    (Lang::Lav, "lv"),
    (Lang::Lit, "lt"),
    (Lang::Mal, "ml"),
    (Lang::Mar, "mr"),
    (Lang::Mkd, "mk"),
    (Lang::Mya, "my"),
    (Lang::Nep, "ne"),
    (Lang::Nld, "nl"),
    (Lang::Nob, "no"),
    (Lang::Pan, "pa"),
    (Lang::Pes, "fa"),
    (Lang::Pol, "pl"),
    (Lang::Por, "pt"),
    (Lang::Ron, "ro"),
    (Lang::Rus, "ru"),
    (Lang::Slk, "sk"),
    (Lang::Slv, "sl"),
    (Lang::Spa, "es"),
    (Lang::Srp, "sr"),
    (Lang::Swe, "sv"),
    (Lang::Tam, "ta"),
    (Lang::Tel, "te"),
    (Lang::Tha, "th"),
    (Lang::Tur, "tr"),
    (Lang::Ukr, "uk"),
    (Lang::Urd, "ur"),
    (Lang::Vie, "vi"),
];

/// The language of a tag such as `en-GB` or `DE`.
#[must_use]
pub fn of_tag(tag: &str) -> String {
    let primary = tag.split(['-', '_']).next().unwrap_or_default().trim().to_lowercase();
    match primary.as_str() {
        "nb" | "nn" => "no".to_owned(),
        _ => Lang::from_code(primary.as_str()).map_or(primary, code),
    }
}

/// The code of a language that whatlang names.
pub(super) fn code(lang: Lang) -> String {
    let short = SHORT_CODES.iter().find(|(known, _)| *known == lang);
    short.map_or(lang.code(), |(_, short)| short).to_owned()
}

/// The language as whatlang names it.
pub(super) fn lang(language: &str) -> Option<Lang> {
    let short = SHORT_CODES.iter().find(|(_, short)| *short == language);
    short.map(|(lang, _)| *lang).or_else(|| Lang::from_code(language))
}

/// The stemmer for a language, if there is one.
#[must_use]
pub fn stemmer(language: &str) -> Option<rust_stemmers::Stemmer> {
    let (_, algorithm) = STEMMERS.iter().find(|(code, _)| *code == language)?;
    Some(rust_stemmers::Stemmer::create(*algorithm))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_short_codes() {
        for (tag, code) in [("en-GB", "en"), ("DE", "de"), ("nb", "no"), ("deu", "de"), ("xx", "xx"), ("zh_Hans", "zh")]
        {
            assert_eq!(of_tag(tag), code);
        }
    }
}
