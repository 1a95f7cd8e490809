//! Where two dated units say different things of the same, the newer comes first.
//!
//! Only what is plain from the words counts: the same question or nearly the same text, under the same headings and of
//! the same metadata, with other numbers or with a negation that the other lacks.

use super::{
    overlap::{distinct, jaccard, missing, shared},
    rank::Ranked,
    sentences::kinds::Table,
};
use crate::{
    analyze::{
        stems::Stems,
        stop_words::{StopWords, negations},
        words::{Words, is_number},
    },
    error::Result,
    index::{NO_DATE, Search, UnitNo, lexicon::WordNo},
    model::Unit,
};
use std::collections::BTreeSet;

/// So many candidates are compared with each other. Fixed, so that asking for more answers changes none.
const COMPARED: usize = 10;

/// Units with a smaller share of words in common (Jaccard) are not looked at.
const ALIKE: f64 = 0.5;

/// Texts of which one has all words of the other say the same with this share of common words.
const SAME_TEXT: f64 = 0.6;

/// Answers to the same question speak of the same with this share.
const SAME_MATTER: f64 = 0.3;

/// A unit that says otherwise than an older one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Newer {
    /// The newer.
    pub unit: UnitNo,
    /// The older.
    pub older: UnitNo,
}

/// Brings the newer of two that contradict each other before the older, unless that one is asked word for word.
///
/// # Errors
/// When the index cannot be read.
pub fn newer_first(ranked: &mut [Ranked], search: &dyn Search) -> Result<Vec<Newer>> {
    let compared = ranked.len().min(COMPARED);
    let mut found = Vec::new();
    for (place, one) in ranked[..compared].iter().enumerate() {
        for other in &ranked[place + 1..compared] {
            let days = (search.day(one.unit), search.day(other.unit));
            let dated = days.0 != NO_DATE && days.1 != NO_DATE && days.0 != days.1;
            if dated && one.kind == other.kind && are_alike(one.unit, other.unit, search) {
                let (older, unit) = if days.0 < days.1 { (one.unit, other.unit) } else { (other.unit, one.unit) };
                if contradict(&search.unit(older)?, &search.unit(unit)?) {
                    found.push(Newer { unit, older });
                }
            }
        }
    }
    // Each round brings one before another, the way that days go: there are no circles.
    while let Some((to, from)) = found.iter().find_map(|pair| misplaced(ranked, *pair)) {
        ranked[to..=from].rotate_right(1);
    }
    Ok(found)
}

/// The places of the older and of the newer behind it.
fn misplaced(ranked: &[Ranked], pair: Newer) -> Option<(usize, usize)> {
    let place = |unit: UnitNo| ranked.iter().position(|ranked| ranked.unit == unit);
    let (older, newer) = (place(pair.older)?, place(pair.unit)?);
    let may_move = !ranked[older].asked || ranked[newer].asked;
    (older < newer && may_move).then_some((older, newer))
}

/// Whether questions or texts have enough words in common to be looked at.
fn are_alike(one: UnitNo, other: UnitNo, search: &dyn Search) -> bool {
    let set = |words: &[WordNo]| distinct(words.iter().copied());
    let question = |unit| set(if search.phrasing_count(unit) > 0 { search.phrasing(unit, 0).words } else { &[] });
    let text = |unit| set(search.words(unit).text);
    jaccard(&question(one), &question(other)) >= ALIKE || jaccard(&text(one), &text(other)) >= ALIKE
}

/// Whether two units say different things of the same.
fn contradict(one: &Unit, other: &Unit) -> bool {
    let language = one.about.language.as_deref().or(other.about.language.as_deref());
    let reader = Reader::of(language);
    if one.about.metadata != other.about.metadata {
        return false;
    }
    let headings = |unit: &Unit| {
        let headings: Vec<&str> = unit.about.title.iter().chain(&unit.heading).map(String::as_str).collect();
        reader.read(&headings.join(" ")).content
    };
    let (above_one, above_other) = (headings(one), headings(other));
    let same_headings = above_one == above_other || jaccard(&above_one, &above_other) >= ALIKE;
    let (left, right) = (reader.read(one.text.plain()), reader.read(other.text.plain()));
    let same_matter = if let (Some(question), Some(other)) = (one.question(), other.question()) {
        let (question, other) = (reader.read(question), reader.read(other));
        question.asks_the_same(&other)
            && (same_headings || (question.stands_alone() && other.stands_alone()))
            && jaccard(&left.content, &right.content) >= SAME_MATTER
    } else {
        let shared = shared(&left.content, &right.content);
        let within = shared == left.content.len() || shared == right.content.len();
        same_headings && within && jaccard(&left.content, &right.content) >= SAME_TEXT
    };
    same_matter && left.denies(&right)
}

/// What a text says, as far as it can be told from its words.
#[derive(Debug)]
struct Saying {
    /// Stems of the words that tell, without numbers and negations, each once and ascending as the numbers are.
    content: Vec<String>,
    numbers: Vec<String>,
    negated: bool,
    /// Whether a word stands for something said before.
    points_back: bool,
}

impl Saying {
    /// Whether it means the same wherever it stands.
    fn stands_alone(&self) -> bool {
        !self.points_back && self.content.len() > 1
    }

    fn asks_the_same(&self, other: &Self) -> bool {
        self.content == other.content && self.numbers == other.numbers && self.negated == other.negated
    }

    /// Whether each has a number that the other lacks, or only one a negation.
    fn denies(&self, other: &Self) -> bool {
        let has_more = |one: &Self, other: &Self| missing(&one.numbers, &other.numbers).next().is_some();
        (has_more(self, other) && has_more(other, self)) || self.negated != other.negated
    }
}

/// Reads texts of one language.
struct Reader {
    stems: Stems,
    stop_words: StopWords,
    negations: BTreeSet<String>,
    table: Option<&'static Table>,
}

impl Reader {
    fn of(language: Option<&str>) -> Self {
        let table = language.and_then(Table::of);
        let (stop_words, negations) = (StopWords::of(language), negations(language));
        Self { stems: Stems::of(language), stop_words, negations, table }
    }

    fn read(&self, text: &str) -> Saying {
        let (mut content, mut numbers) = (Vec::new(), Vec::new());
        let (mut negated, mut points_back) = (false, false);
        let words = Words::of(text);
        for word in words.iter() {
            points_back |= self.table.is_some_and(|table| table.points_back(&[word]));
            if self.negations.contains(word) {
                negated = true;
            } else if is_number(word) || self.table.is_some_and(|table| table.is_number(word)) {
                numbers.push(word.to_owned());
            } else if !self.stop_words.contains(word) {
                content.push(self.stems.stem(word));
            }
        }
        Saying { content: distinct(content), numbers: distinct(numbers), negated, points_back }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn denies(left: &str, right: &str) -> bool {
        let reader = Reader::of(Some("en"));
        reader.read(left).denies(&reader.read(right))
    }

    #[test]
    fn numbers_and_negations_contradict() {
        assert!(denies("It costs 10 euros.", "It costs 12 euros."));
        assert!(denies("It takes three days.", "It takes five days."));
        assert!(denies("Dogs are allowed.", "Dogs are not allowed."));
        assert!(!denies("It costs 10 euros.", "It costs 10 euros and is paid in 2 parts."));
        assert!(!denies("It opens at 9.", "It opens at 9."));
    }

    #[test]
    fn what_points_back_does_not_stand_alone() {
        let reader = Reader::of(Some("en"));
        assert!(reader.read("What does a library card cost?").stands_alone());
        assert!(!reader.read("How much does it cost to join?").stands_alone());
    }
}
