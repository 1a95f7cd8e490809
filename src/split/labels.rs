//! The labels by which FAQs mark a question and its answer: `Q:`, `**Answer 3:**`, `问：`.

use super::forms::ends_question;
use serde::Deserialize;
use std::{
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
};

/// The labels that are built in, by role and language.
const BUILT_IN: &str = include_str!("labels.toml");

/// The labels of one kind by their first letter: most lines begin with another.
type ByLetter = HashMap<char, Vec<Label>>;

static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    // A test reads the built-in table, so the empty one is never seen.
    let table: Table = toml::from_str(BUILT_IN).unwrap_or_default();
    Labels { questions: by_letter(&table.question), answers: by_letter(&table.answer) }
});

#[derive(Default, Deserialize)]
struct Table {
    question: BTreeMap<String, Vec<String>>,
    answer: BTreeMap<String, Vec<String>>,
}

struct Labels {
    questions: ByLetter,
    answers: ByLetter,
}

/// A word or letter that is a label before a separator.
#[derive(PartialEq)]
struct Label {
    word: String,
    /// Whether no separator but a colon will do.
    colon: bool,
}

fn by_letter(languages: &BTreeMap<String, Vec<String>>) -> ByLetter {
    let mut letters = ByLetter::new();
    for word in languages.values().flatten() {
        let plain = word.trim_end_matches(':');
        let label = Label { word: plain.to_owned(), colon: plain != word };
        let Some(first) = plain.chars().next() else { continue };
        let same = letters.entry(first).or_default();
        if !same.contains(&label) {
            same.push(label);
        }
    }
    letters
}

/// The letters that stand for a question in no other language than their own.
const RARE_LETTERS: &[&str] = &["f", "p", "d", "v", "в", "س"];

/// Length in bytes of the label with which a question's line begins, if it has one.
///
/// The label takes in what belongs to it: a list number, bold marks, a number of its own, the
/// separator and the white space behind it. A letter such as `P` is a label only on a line that
/// has a question mark.
#[must_use]
pub fn question_label(line: &str) -> Option<usize> {
    let (label, length) = label(line, &LABELS.questions)?;
    let rare = label.colon || RARE_LETTERS.contains(&label.word.as_str());
    (!rare || line.contains(is_question_mark) || ends_question(line)).then_some(length)
}

/// Length in bytes of the label with which an answer's line begins, if it has one.
///
/// A name such as *A. Smith* looks the same: ask only where a question went before.
#[must_use]
pub fn answer_label(line: &str) -> Option<usize> {
    label(line, &LABELS.answers).map(|(_, length)| length)
}

/// Length in bytes of the list number with which a line begins (`1. `, `(2) `, `3) `), or 0.
#[must_use]
pub fn list_number(line: &str) -> usize {
    let rest = line.trim_start();
    let opened = rest.strip_prefix('(').unwrap_or(rest);
    let digits = skip(opened, char::is_numeric);
    let closed = digits.strip_prefix(['.', ')', '．', '）', '、']);
    match closed {
        Some(closed) if digits.len() < opened.len() && ends_a_label(closed) => line.len() - closed.trim_start().len(),
        _ => 0,
    }
}

/// Whether a text ends with a question mark, of whatever script, but for closing marks behind it.
#[must_use]
pub fn ends_with_question_mark(text: &str) -> bool {
    let closing =
        |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '"' | '\'' | '”' | '’' | '»' | '」' | ')' | '）');
    text.trim_end_matches(closing).ends_with(is_question_mark)
}

/// Whether a character is a question mark of whatever script.
#[must_use]
pub fn is_question_mark(c: char) -> bool {
    matches!(c, '?' | '？' | '؟' | '⁇' | '‽' | '⁈' | '\u{37e}' | '՞')
}

/// The label that `line` begins with, and the length of the whole of it.
fn label<'a>(line: &str, labels: &'a ByLetter) -> Option<(&'a Label, usize)> {
    let rest = marks(bullet(marks(line)));
    let rest = marks(&rest[list_number(rest)..]);
    let first = rest.chars().next()?.to_lowercase().next()?;
    labels.get(&first)?.iter().find_map(|label| {
        let behind = number(marks(after_word(rest, &label.word)?));
        if label.colon && !skip(behind, |c| c.is_whitespace() || matches!(c, '*' | '_')).starts_with([':', '：', '៖'])
        {
            return None;
        }
        Some((label, line.len() - marks(separator(behind)?).trim_start().len()))
    })
}

/// What is behind `word` in whatever case, if `text` begins with it.
fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for wanted in word.chars() {
        let found = rest.next()?;
        if found != wanted && !found.to_lowercase().eq([wanted]) {
            return None;
        }
    }
    Some(rest.as_str())
}

/// Passes over bold marks and white space.
fn marks(text: &str) -> &str {
    skip(text, |c| c.is_whitespace() || matches!(c, '*' | '_'))
}

/// Passes over the bullet of a list item.
fn bullet(text: &str) -> &str {
    match text.strip_prefix(['-', '•', '–', '+']) {
        Some(rest) if rest.starts_with(char::is_whitespace) => rest,
        _ => text,
    }
}

/// Passes over the number of a question (`3`, `#3`, `n° 3`).
fn number(text: &str) -> &str {
    let rest = text.trim_start();
    let rest = rest.strip_prefix(['#', '№']).or_else(|| rest.strip_prefix("n°")).unwrap_or(rest).trim_start();
    let behind = skip(rest, |c| c.is_numeric() || "一二三四五六七八九十".contains(c));
    if behind.len() < rest.len() { behind } else { text }
}

/// Passes over the separator that makes a word a label; `None` if there is none.
fn separator(text: &str) -> Option<&str> {
    let text = skip(text, |c| matches!(c, '*' | '_'));
    let (spaced, separator) = (text.starts_with(char::is_whitespace), text.trim_start());
    let mark = separator.chars().next()?;
    let rest = &separator[mark.len_utf8()..];
    let is_label = match mark {
        // `F:\` is a drive and `a://` an address.
        ':' | '៖' => !rest.starts_with(['/', '\\', ':']),
        '：' | '、' | '．' | '）' => !spaced || mark == '：',
        '.' | ')' => !spaced && ends_a_label(rest),
        '-' | '–' | '—' => ends_a_label(rest),
        _ => false,
    };
    is_label.then_some(rest)
}

/// Whether what stands behind a separator shows that it was one: `Q. E` but not `Q.E.D.`.
fn ends_a_label(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '_') || !c.is_ascii())
}

fn skip(text: &str, what: impl Fn(char) -> bool) -> &str {
    text.trim_start_matches(what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What is left of a line without its question label.
    fn asked(line: &str) -> Option<&str> {
        question_label(line).map(|length| &line[length..])
    }

    fn answered(line: &str) -> Option<&str> {
        answer_label(line).map(|length| &line[length..])
    }

    #[test]
    fn a_question_label_is_taken_off_whole() {
        for line in [
            "Q: How?",
            "Q. How?",
            "Q) How?",
            "Q - How?",
            "Q1: How?",
            "Q 12. How?",
            "q: How?",
            "**Q:** How?",
            "**Q**: How?",
            "1. Q: How?",
            "(2) **Question:** How?",
            "Question 3: How?",
            "**Question 3:** How?",
            "Question 1 - How?",
            "Question #4 – How?",
            "Question : How?",
            "Question n° 2 : How?",
            "- Q: How?",
            "* **Q:** How?",
            "__Q.__ How?",
            "Frage: How?",
            "F: How?",
            "Pregunta 2: How?",
            "P: How?",
            "Domanda: How?",
            "Pergunta: How?",
            "Vraag 1: How?",
            "ВОПРОС: How?",
            "问：How?",
            "問: How?",
            "質問：How?",
            "Ｑ：How?",
            "سؤال: How?",
            "س1: How?",
            "Q:How?",
        ] {
            assert_eq!(asked(line), Some("How?"), "{line}");
        }
    }

    #[test]
    fn an_answer_label_is_taken_off_whole() {
        for line in [
            "A: So.",
            "A. So.",
            "**A:** So.",
            "**Answer:** So.",
            "Answer 3 - So.",
            "Antwort: So.",
            "Réponse : So.",
            "R: So.",
            "Respuesta: So.",
            "Risposta: So.",
            "Resposta: So.",
            "Antwoord: So.",
            "Ответ: So.",
            "答：So.",
            "回答: So.",
            "جواب: So.",
            "A1) So.",
            "A：So.",
        ] {
            assert_eq!(answered(line), Some("So."), "{line}");
        }
    }

    #[test]
    fn a_sentence_is_no_label() {
        for line in [
            "Question everything.",
            "Questions: many",
            "Questionnaire: fill it in",
            "Question 3 everything",
            "Q.E.D.",
            "Quick: go",
            "F. Scott Fitzgerald wrote it",
            "P: pressure",
            "question-answer pairs",
            "F:\\faq?",
            "",
            "Q",
            "Q ",
            "Frag: what?",
        ] {
            assert_eq!(asked(line), None, "{line}");
        }
        for line in
            ["A cat", "A 5-star hotel", "A.I. is here", "A-frame", "Answering: no", "Ah: yes", "a://b", "A", "Also. So"]
        {
            assert_eq!(answered(line), None, "{line}");
        }
    }

    #[test]
    fn list_numbers_are_measured() {
        for (line, length) in
            [("1. How?", 3), ("12) How?", 4), (" (3) How?", 5), ("1.5 litres", 0), ("2026", 0), ("x", 0), ("１．問", 6)]
        {
            assert_eq!(list_number(line), length, "{line}");
        }
    }

    #[test]
    fn question_marks_count_in_every_script_and_behind_closing_marks() {
        for text in ["How?", "「何？」", "كيف؟", "**How?**", "(why?)", "How? "] {
            assert!(ends_with_question_mark(text), "{text}");
        }
        assert!(!ends_with_question_mark("How? So."));
    }

    proptest! {
        #[test]
        fn a_label_ends_on_a_character_of_its_line(line in "[QqAa12 .:*)(?：問答é\\-]{0,12}") {
            for length in [question_label(&line), answer_label(&line), Some(list_number(&line))].into_iter().flatten() {
                prop_assert!(line.is_char_boundary(length));
            }
        }
    }
}
