//! Words that say the opposite by how they begin: `enable` and `disable`, `anmelden` and `abmelden`.

/// Beginnings that turn a word into its opposite, both ways, by language.
const BEGINNINGS: [(&str, &[(&str, &str)]); 11] = [
    (
        "en",
        &[
            ("", "un"),
            ("", "dis"),
            ("", "de"),
            ("", "in"),
            ("", "im"),
            ("", "non"),
            ("", "mis"),
            ("en", "dis"),
            ("en", "de"),
            ("in", "de"),
            ("in", "ex"),
            ("im", "ex"),
            ("up", "down"),
            ("under", "over"),
        ],
    ),
    ("de", &[("", "un"), ("an", "ab"), ("auf", "ab"), ("ein", "aus"), ("", "ent"), ("ver", "ent"), ("", "de")]),
    ("fr", &[("", "dé"), ("", "dés"), ("", "in"), ("a", "dés"), ("im", "ex")]),
    ("es", &[("", "des"), ("", "in"), ("a", "des"), ("im", "ex")]),
    ("pt", &[("", "des"), ("", "in"), ("a", "des"), ("im", "ex")]),
    ("it", &[("", "dis"), ("", "in"), ("", "s"), ("at", "disat"), ("im", "es")]),
    ("nl", &[("", "on"), ("", "ont"), ("in", "uit"), ("aan", "af"), ("aan", "uit")]),
    ("sv", &[("", "o"), ("på", "av"), ("in", "ut"), ("", "av")]),
    ("da", &[("", "u"), ("på", "af"), ("ind", "ud"), ("", "af")]),
    ("pl", &[("", "nie"), ("włą", "wyłą"), ("za", "wy"), ("", "od")]),
    ("ru", &[("", "не"), ("в", "вы"), ("за", "раз"), ("под", "от"), ("", "раз")]),
];

/// What is left of a word must have so many letters.
const SHORTEST: usize = 4;

/// The words that would say the opposite of a word in a language, whether there are such or not.
#[must_use]
pub fn opposites(word: &str, language: &str) -> Vec<String> {
    let pairs = BEGINNINGS.iter().find(|(code, _)| *code == language).map_or(&[][..], |(_, pairs)| *pairs);
    let both = pairs.iter().flat_map(|&(one, other)| [(one, other), (other, one)]);
    let turned = both.filter_map(|(from, to)| {
        let rest = word.strip_prefix(from)?;
        (rest.chars().count() >= SHORTEST).then(|| format!("{to}{rest}"))
    });
    turned.collect()
}

#[cfg(test)]
mod tests {
    use super::opposites;

    #[test]
    fn beginnings_turn_words_round() {
        for (word, opposite, language) in [
            ("enable", "disable", "en"),
            ("disable", "enable", "en"),
            ("install", "uninstall", "en"),
            ("upgrade", "downgrade", "en"),
            ("anmelden", "abmelden", "de"),
            ("activar", "desactivar", "es"),
        ] {
            assert!(opposites(word, language).iter().any(|known| known == opposite), "{word}");
        }
        assert!(opposites("use", "en").is_empty() && opposites("enable", "xx").is_empty());
    }
}
