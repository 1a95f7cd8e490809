//! The clauses of a long question: people tell a story, and ask within it.

use super::sentences::kinds::Table;
use crate::split::sentences;
use std::ops::Range;

/// A shorter clause is not looked at for parts, and a shorter part is none. In words.
const LONG: usize = 8;
const SHORTEST: usize = 3;

/// Clauses behind these are not looked at.
const MOST: usize = 8;

/// The sentences of a question, and the clauses of its long sentences: what stands between commas, dashes, brackets and
/// words such as *and*. None if it is one clause.
#[must_use]
pub fn clauses(question: &str, language: Option<&str>) -> Vec<Range<usize>> {
    let table = language.and_then(Table::of);
    let mut clauses = Vec::new();
    for sentence in sentences(question) {
        clauses.push(sentence.clone());
        if words(&question[sentence.clone()]) >= LONG {
            clauses.extend(parts(question, sentence, table));
        }
    }
    clauses.retain(|clause| (SHORTEST..words(question)).contains(&words(&question[clause.clone()])));
    clauses.dedup();
    clauses.truncate(MOST);
    clauses
}

/// What stands between the marks and words that part clauses.
pub fn parts(question: &str, sentence: Range<usize>, table: Option<&Table>) -> Vec<Range<usize>> {
    let text = &question[sentence.clone()];
    let marks = text.char_indices().filter(|(_, letter)| {
        matches!(letter, ',' | ';' | ':' | '–' | '—' | '(' | ')' | '،' | '؛' | '，' | '、' | '；' | '：')
    });
    let mut joints: Vec<Range<usize>> = marks.map(|(at, mark)| at..at + mark.len_utf8()).collect();
    joints.extend(table.into_iter().flat_map(|table| table.joints(text)));
    joints.sort_by_key(|joint| (joint.start, joint.end));
    let mut parts = Vec::new();
    let mut start = 0;
    for joint in joints.into_iter().chain(std::iter::once(text.len()..text.len())) {
        if joint.start >= start {
            parts.push(sentence.start + start..sentence.start + joint.start);
            start = joint.end;
        }
    }
    parts
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(question: &str) -> Vec<&str> {
        clauses(question, Some("en")).into_iter().map(|clause| question[clause].trim()).collect()
    }

    #[test]
    fn a_story_is_taken_apart() {
        assert_eq!(
            of(
                "Hello there, hope you are well. We moved our shop to a new house last week, and our letters come back. Why?"
            ),
            [
                "Hello there, hope you are well.",
                "We moved our shop to a new house last week, and our letters come back.",
                "We moved our shop to a new house last week",
                "our letters come back.",
            ]
        );
    }

    #[test]
    fn a_question_of_one_clause_is_left_alone() {
        for question in ["How do I cancel my order?", "", "a, b, c", "why"] {
            assert!(of(question).is_empty(), "{question}");
        }
    }

    proptest::proptest! {
        #[test]
        fn clauses_are_parts_of_the_question(question in "[a-zé ,.;?!()、。and]{0,80}") {
            for clause in clauses(&question, Some("en")) {
                proptest::prop_assert!(question.get(clause).is_some());
            }
        }
    }
}
