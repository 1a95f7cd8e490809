//! Compounds: in some languages words are written together, and a question has one of them (`Rückgabefrist`, `Frist`).

/// Letters between the parts of a compound, by language.
const LINKS: [(&str, &[&str]); 9] = [
    ("da", &["s", "e"]),
    ("de", &["s", "es", "n", "en", "e", "er", "ens"]),
    ("et", &[]),
    ("fi", &[]),
    ("hu", &[]),
    ("is", &["s", "ar", "a", "na", "u"]),
    ("nl", &["s", "e", "en"]),
    ("no", &["s", "e"]),
    ("sv", &["s", "e", "o", "u"]),
];

/// A shorter word is no compound, and a shorter part is none. In characters.
const SHORTEST: usize = 8;
const SHORTEST_PART: usize = 4;

/// A longer word is not looked at: it is none. In characters.
const LONGEST: usize = 40;

/// A compound has at most so many parts.
const MOST_PARTS: usize = 4;

/// The letters that may stand between parts in a language; `None` if it has no compounds in one word.
#[must_use]
pub fn links(language: &str) -> Option<&'static [&'static str]> {
    LINKS.iter().find(|(code, _)| *code == language).map(|(_, links)| *links)
}

/// The parts of a compound, first to last: words for which `units` tells in how many units they stand. Of several ways
/// the one with the greatest geometric mean of these counts (Koehn and Knight, *Empirical Methods for Compound
/// Splitting*, EACL 2003). Empty if the word is none.
pub fn parts<'a>(word: &'a str, links: &[&str], units: &mut dyn FnMut(&str) -> u32) -> Vec<&'a str> {
    let length = word.chars().count();
    if !(SHORTEST..=LONGEST).contains(&length) || !word.chars().all(char::is_alphabetic) {
        return Vec::new();
    }
    best(word, links, units, MOST_PARTS).filter(|way| way.parts.len() > 1).map(|way| way.parts).unwrap_or_default()
}

struct Way<'a> {
    parts: Vec<&'a str>,
    /// Sum of the logarithms of the counts.
    sum: f64,
}

impl Way<'_> {
    fn mean(&self) -> f64 {
        self.sum / self.parts.len() as f64
    }
}

/// The best way to take a word apart, or to leave it whole if it is known and long enough to be a part.
fn best<'a>(word: &'a str, links: &[&str], units: &mut dyn FnMut(&str) -> u32, most: usize) -> Option<Way<'a>> {
    let whole = most < MOST_PARTS && word.chars().count() >= SHORTEST_PART;
    let count = if whole { units(word) } else { 0 };
    let mut found = (count > 0).then(|| Way { parts: vec![word], sum: f64::from(count).ln() });
    if most == 1 {
        return found;
    }
    for (at, _) in word.char_indices().skip(SHORTEST_PART) {
        let (left, right) = word.split_at(at);
        if right.chars().count() < SHORTEST_PART {
            break;
        }
        let Some((left, count)) = without_link(left, links, units) else { continue };
        let Some(rest) = best(right, links, units, most - 1) else { continue };
        let way = Way {
            parts: std::iter::once(left).chain(rest.parts.iter().copied()).collect(),
            sum: f64::from(count).ln() + rest.sum,
        };
        if found.as_ref().is_none_or(|known| way.mean() > known.mean()) {
            found = Some(way);
        }
    }
    found
}

/// The first part of a compound as the corpus knows it, whole or without the letters that link it.
fn without_link<'a>(part: &'a str, links: &[&str], units: &mut dyn FnMut(&str) -> u32) -> Option<(&'a str, u32)> {
    let bare = links.iter().filter_map(|link| part.strip_suffix(link));
    let long = |part: &&str| part.chars().count() >= SHORTEST_PART;
    let counted = std::iter::once(part).chain(bare).filter(long).map(|part| (part, units(part)));
    counted.filter(|&(_, count)| count > 0).max_by_key(|&(part, count)| (count, part.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(word: &str, language: &str, known: &[(&str, u32)]) -> String {
        let mut units = |part: &str| known.iter().find(|(word, _)| *word == part).map_or(0, |(_, units)| *units);
        parts(word, links(language).unwrap(), &mut units).join(" ")
    }

    #[test]
    fn words_are_taken_apart_where_the_corpus_knows_the_parts() {
        assert_eq!(of("rückgabefrist", "de", &[("rückgabe", 3), ("frist", 2)]), "rückgabe frist");
        assert_eq!(of("kündigungsfrist", "de", &[("kündigung", 3), ("frist", 2)]), "kündigung frist");
        assert_eq!(of("kündigungsfrist", "de", &[("kündigung", 3)]), "");
        assert_eq!(of("versicherungsnummer", "de", &[("versicherung", 1), ("nummer", 9)]), "versicherung nummer");
        assert_eq!(of("verzekeringspolis", "nl", &[("verzekering", 1), ("polis", 1)]), "verzekering polis");
        assert_eq!(of("kundtjänstnummer", "sv", &[("kund", 1), ("tjänst", 2), ("nummer", 1)]), "kund tjänst nummer");
        assert_eq!(of("frist", "de", &[("frist", 2)]), "");
    }

    #[test]
    fn the_commoner_parts_win() {
        let known = [("druck", 5), ("erzeugnis", 1), ("drucker", 5), ("zeugnis", 5)];
        assert_eq!(of("druckerzeugnis", "de", &known), "drucker zeugnis");
    }

    #[test]
    fn languages_with_spaces_between_words_have_none() {
        assert!(links("en").is_none() && links("fr").is_none());
    }
}
