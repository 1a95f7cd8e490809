//! Words that mean the same: what a list of synonyms says.

use super::words::Words;
use serde::{Deserialize, Serialize};

/// Words that stand for other words. The other way round is a rule of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Rule {
    /// The words of a question, in order.
    pub from: Vec<String>,
    /// The words that they stand for.
    pub to: Vec<String>,
    /// Where the rule comes from.
    pub kind: RuleKind,
}

/// Where a rule comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// A list of synonyms.
    Synonym,
    /// An article that has a short form with its long form.
    Acronym,
}

/// What a list of synonyms says.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The rules, in the order of the list.
    pub rules: Vec<Rule>,
    /// Lines that say nothing, counted from 1, and why.
    pub problems: Vec<(usize, String)>,
}

/// Reads a list in the format of Solr and Elasticsearch: `a, b, c` mean the same, `a, b => c, d` goes one way, `#`
/// begins a comment, and a backslash takes its meaning from the character behind it.
#[must_use]
pub fn parse(text: &str) -> Listed {
    let mut listed = Listed::default();
    for (place, line) in text.lines().enumerate() {
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match rules(line) {
            Ok(rules) => listed.rules.extend(rules),
            Err(reason) => listed.problems.push((place + 1, reason)),
        }
    }
    listed
}

fn rules(line: &str) -> Result<Vec<Rule>, String> {
    let sides = split(line, "=>");
    let (from, to) = match sides.as_slice() {
        [both] => (entries(both), entries(both)),
        [from, to] => (entries(from), entries(to)),
        _ => return Err("has more than one `=>`: write `a, b => c`".to_owned()),
    };
    let mut rules = Vec::new();
    for from in &from {
        for to in to.iter().filter(|to| *to != from) {
            rules.push(Rule { from: from.clone(), to: to.clone(), kind: RuleKind::Synonym });
        }
    }
    if rules.is_empty() { Err("names no two words: write `a, b` or `a => b`".to_owned()) } else { Ok(rules) }
}

/// The entries between commas, each as its words.
fn entries(side: &str) -> Vec<Vec<String>> {
    let words = |entry: &str| Words::of(&entry.replace('\\', "")).iter().map(str::to_owned).collect::<Vec<_>>();
    split(side, ",").into_iter().map(words).filter(|words| !words.is_empty()).collect()
}

/// Splits at a mark that has no backslash before it.
fn split<'a>(text: &'a str, mark: &str) -> Vec<&'a str> {
    let (mut parts, mut start) = (Vec::new(), 0);
    for (at, _) in text.match_indices(mark) {
        if at >= start && !text[..at].ends_with('\\') {
            parts.push(&text[start..at]);
            start = at + mark.len();
        }
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        parse(text).rules.iter().map(|rule| format!("{} > {}", rule.from.join(" "), rule.to.join(" "))).collect()
    }

    #[test]
    fn lists_go_both_ways_and_arrows_one_way() {
        assert_eq!(shown("refund, money back\n"), ["refund > money back", "money back > refund"]);
        assert_eq!(shown("# a comment\n\nWi-Fi => WLAN , wireless"), ["wi fi wifi > wlan", "wi fi wifi > wireless"]);
        assert_eq!(shown("a\\, b, c"), ["a b > c", "c > a b"]);
        assert_eq!(shown("\u{feff}tv,television"), ["tv > television", "television > tv"]);
    }

    #[test]
    fn lines_that_say_nothing_are_named() {
        let listed = parse("refund\na => b => c\n=> b\na, a\n");
        assert!(listed.rules.is_empty());
        assert_eq!(listed.problems.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert!(listed.problems[0].1.contains("a => b"));
    }

    proptest::proptest! {
        #[test]
        fn no_list_panics(text in proptest::prelude::any::<String>()) {
            let _ = parse(&text);
        }
    }
}
