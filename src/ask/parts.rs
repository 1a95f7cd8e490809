//! Two questions in one: "price and delivery time", "How do I cancel? When do I get my money back?"

use super::{
    ranking::Ranking,
    sentences::kinds::{Table, has_word},
};
use std::ops::Range;

/// The two parts of a question that asks for two things by its form, in order.
///
/// A mark within it that ends a question parts it, or else a word such as *and* of its language: the first behind which
/// a question word stands, or the first of all.
#[must_use]
pub fn parts(question: &str, language: Option<&str>) -> Option<[Range<usize>; 2]> {
    let joint = inner_mark(question).or_else(|| Table::of(language?)?.joint(question))?;
    let parts = [0..joint.start, joint.end..question.len()].map(|part| trimmed(question, part));
    parts.iter().all(|part| !part.is_empty()).then_some(parts)
}

/// The first question mark that has words on both sides.
fn inner_mark(question: &str) -> Option<Range<usize>> {
    let marks = question.char_indices().filter(|(_, mark)| matches!(mark, '?' | '？' | '؟' | '\u{37e}'));
    let mut ranges = marks.map(|(at, mark)| at..at + mark.len_utf8());
    ranges.find(|range| [&question[..range.start], &question[range.end..]].iter().all(|part| has_word(part)))
}

/// The part from its first letter to its last.
fn trimmed(text: &str, part: Range<usize>) -> Range<usize> {
    let content = &text[part.clone()];
    let no_word = |letter: char| !letter.is_alphanumeric();
    let start = part.start + (content.len() - content.trim_start_matches(no_word).len());
    start..start + content.trim_matches(no_word).len()
}

/// Whether it is worth asking the parts: the question is not stored as it is, and nothing answers it or the best answer
/// lacks a word of it.
#[must_use]
pub fn may_have_parts(whole: &Ranking, threshold: f64) -> bool {
    let is_answered = whole.is_answered(threshold);
    whole.ranked.first().is_some_and(|first| !first.asked && (!is_answered || first.signals.telling < 1.0))
}

/// Whether two parts are each answered, by two units, and each as surely as the whole or by a unit that has every word
/// of the part.
#[must_use]
pub fn are_answered(whole: &Ranking, parts: &[Ranking; 2], threshold: f64) -> bool {
    let unit = |part: &Ranking| {
        let first = part.ranked.first()?;
        let is_sure = part.confidence() >= whole.confidence() || first.signals.telling >= 1.0;
        (is_sure && part.is_answered(threshold)).then_some(first.unit)
    };
    let [left, right] = parts;
    unit(left).zip(unit(right)).is_some_and(|(left, right)| left != right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(language: &str, question: &str, expected: Option<[&str; 2]>) {
        let found = parts(question, Some(language));
        assert_eq!(found.map(|parts| parts.map(|part| &question[part])), expected, "{question}");
    }

    #[test]
    fn two_questions_in_one_are_told_apart() {
        check("en", "price and delivery time?", Some(["price", "delivery time"]));
        check("en", "How do I cancel? When is my money back?", Some(["How do I cancel", "When is my money back"]));
        check("en", "cats and dogs and when to feed", Some(["cats and dogs", "when to feed"]));
        check("de", "Was kostet es und wie lange dauert es?", Some(["Was kostet es", "wie lange dauert es"]));
        check("zh", "价格以及交货时间？", Some(["价格", "交货时间"]));
        check("fr", "le prix et le délai", Some(["le prix", "le délai"]));
    }

    #[test]
    fn one_question_is_not() {
        for question in ["How do I cancel?", "and?", "and so what", "the end and", "Android phones", "Why??", ""] {
            check("en", question, None);
        }
        check("de", "price and delivery", None);
    }
}
