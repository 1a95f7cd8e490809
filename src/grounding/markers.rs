//! The sentences of an answer with the markers that belong to them: `[1]`, `[1, 2]`, `[1-3]`, `[^1]`, `【1】`, `[1](…)`.

use crate::split;
use std::ops::Range;

/// A longer run of numbers is no run of sources.
const LONGEST_RUN: usize = 50;

/// A sentence of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// Where it stands, with its markers.
    pub range: Range<usize>,
    /// The sentence alone: its markers are white space.
    pub words: String,
    /// Its markers without brackets, each once.
    pub markers: Vec<String>,
}

/// A marker, or several in one bracket.
struct Found {
    range: Range<usize>,
    names: Vec<String>,
}

/// The sentences, each with the markers in it and right behind it. A marker at the beginning of a line belongs to what
/// follows.
pub fn sentences(text: &str, known: &[&str]) -> Vec<Marked> {
    let found = find(text, known);
    let blank = blanked(text, &found);
    let marked = |range: Range<usize>| Marked { words: blank[range.clone()].to_owned(), range, markers: Vec::new() };
    let mut sentences: Vec<Marked> = split::sentences(&blank).into_iter().map(marked).collect();
    for Found { range, names } in found {
        let next = sentences.partition_point(|sentence| sentence.range.end <= range.start);
        let follows = |place: usize| {
            let before = sentences.get(place)?;
            (!text[before.range.end..range.start].contains('\n')).then_some(place)
        };
        let within = sentences.get(next).filter(|sentence| sentence.range.start <= range.start).map(|_| next);
        let place = within.or_else(|| next.checked_sub(1).and_then(follows)).unwrap_or(next);
        let Some(sentence) = sentences.get_mut(place) else { continue };
        sentence.range.start = sentence.range.start.min(range.start);
        sentence.range.end = sentence.range.end.max(range.end);
        for name in names {
            if !sentence.markers.contains(&name) {
                sentence.markers.push(name);
            }
        }
    }
    sentences
}

/// The text with white space for its markers, byte for byte.
fn blanked(text: &str, found: &[Found]) -> String {
    let mut blank = String::with_capacity(text.len());
    let mut at = 0;
    for Found { range, .. } in found {
        blank += &text[at..range.start];
        blank.extend(std::iter::repeat_n(' ', range.len()));
        at = range.end;
    }
    blank + &text[at..]
}

fn find(text: &str, known: &[&str]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find(['[', '【']).map(|open| at + open) {
        let [opening, close] = if text[open..].starts_with('[') { ['[', ']'] } else { ['【', '】'] };
        at = open + opening.len_utf8();
        // What opens again is no marker: looking on from every bracket for the end of it would take long.
        let Some(inside) = text[at..].find([opening, close]).filter(|inside| text[at + inside..].starts_with(close))
        else {
            continue;
        };
        let Some(names) = names(&text[at..at + inside], known) else { continue };
        at += inside + close.len_utf8();
        at += address(&text[at..]);
        found.push(Found { range: open..at, names });
    }
    found
}

/// Length of the address in `[1](https://…)`.
fn address(rest: &str) -> usize {
    let is_address = |inside: &str| inside.starts_with(['#', '/']) || inside.contains("://");
    let inside = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map(|(inside, _)| inside);
    inside.filter(|inside| is_address(inside)).map_or(0, |inside| inside.len() + 2)
}

/// The names in a bracket, if it has nothing else.
fn names(inside: &str, known: &[&str]) -> Option<Vec<String>> {
    // What stands behind a dagger is a title.
    let inside = inside.split('†').next().unwrap_or_default();
    let mut names = Vec::new();
    for part in inside.split([',', ';', '，', '、', '،']) {
        let part = part.trim();
        let part = part.strip_prefix('^').unwrap_or(part);
        if known.contains(&part) || is_number(part) {
            names.push(part.to_owned());
        } else {
            names.extend(run(part)?.map(|number| number.to_string()));
        }
    }
    Some(names)
}

fn is_number(name: &str) -> bool {
    (1..=3).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_digit())
}

/// The numbers of `1-3`.
fn run(part: &str) -> Option<std::ops::RangeInclusive<usize>> {
    let (first, last) = part.split_once(['-', '–'])?;
    let (first, last) = (first.trim(), last.trim());
    if !is_number(first) || !is_number(last) {
        return None;
    }
    let run = first.parse().ok()?..=last.parse().ok()?;
    (1..=LONGEST_RUN).contains(&run.clone().count()).then_some(run)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(text: &str) -> Vec<(String, String)> {
        let sentences = sentences(text, &["1", "2", "3", "guide"]);
        sentences.into_iter().map(|found| (text[found.range].to_owned(), found.markers.join(" "))).collect()
    }

    #[test]
    fn markers_belong_to_the_sentence_that_they_follow() {
        for (text, expected) in [
            (
                "It opens at nine [1]. It closes at six. [2]",
                &[("It opens at nine [1].", "1"), ("It closes at six. [2]", "2")][..],
            ),
            ("It opens.[1][2] It closes.", &[("It opens.[1][2]", "1 2"), ("It closes.", "")]),
            ("It opens [1, 3] and closes [^2].", &[("It opens [1, 3] and closes [^2].", "1 3 2")]),
            ("九点开门【1】。周日不开放。[2]", &[("九点开门【1】。", "1"), ("周日不开放。[2]", "2")]),
            ("It opens 【1†guide.txt】.", &[("It opens 【1†guide.txt】.", "1")]),
            ("It opens. [1-3]\n[2] It closes.", &[("It opens. [1-3]", "1 2 3"), ("[2] It closes.", "2")]),
            ("See [guide] and [1](https://a.example/b).", &[("See [guide] and [1](https://a.example/b).", "guide 1")]),
            ("See [the page](https://a.example) [7].", &[("See [the page](https://a.example) [7].", "7")]),
            ("An array [a] of [] [ [1", &[("An array [a] of [] [ [1", "")]),
        ] {
            let expected: Vec<_> =
                expected.iter().map(|(text, markers)| ((*text).to_owned(), (*markers).to_owned())).collect();
            assert_eq!(of(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn sentences_are_in_order_and_no_text_panics(text in "([A-Za-z.?。【】\\[\\]^0-9,†() \n-]|\\PC){0,60}") {
            let mut at = 0;
            for sentence in sentences(&text, &["1"]) {
                prop_assert!(sentence.range.start >= at && sentence.range.end <= text.len());
                prop_assert!(text.is_char_boundary(sentence.range.start));
                at = sentence.range.end;
            }
        }
    }
}
