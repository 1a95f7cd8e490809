//! Which rows of an FAQ are its questions.

use super::{
    forms,
    lines::{Form, Row},
    words,
};
use std::ops::Range;

/// A row without a label that has more words is not taken for a question.
const QUESTION_WORDS: usize = 40;

/// The questions among the rows of an FAQ, in order. What follows each of them is its answer.
///
/// Every FAQ keeps to one habit, and the first that is found is taken: labels for questions, labels
/// for answers, question marks (or numbered, bold or short lines before a text).
pub fn questions(text: &str, rows: &[Row], extent: Range<usize>) -> Vec<usize> {
    let faq = Faq { text, rows, extent };
    let labelled: Vec<usize> = faq.extent.clone().filter(|&at| rows[at].form == Form::Question).collect();
    if !labelled.is_empty() {
        return labelled;
    }
    let answered = faq.before_labelled_answers();
    if !answered.is_empty() {
        return answered;
    }
    let asking = faq.asking();
    if !asking.is_empty() {
        return asking;
    }
    let inline: Vec<usize> = faq.extent.clone().filter(|&at| faq.is_answered_inline(at)).collect();
    if !inline.is_empty() {
        return inline;
    }
    faq.extent.clone().filter(|&at| faq.is_topic(at)).collect()
}

struct Faq<'a> {
    text: &'a str,
    rows: &'a [Row],
    extent: Range<usize>,
}

impl Faq<'_> {
    fn content(&self, at: usize) -> &str {
        &self.text[self.rows[at].range.clone()]
    }

    fn of_words(&self, at: usize) -> bool {
        self.extent.contains(&at) && !matches!(self.rows[at].form, Form::Code | Form::Table)
    }

    /// The rows right before a labelled answer, with other ways to ask before them.
    fn before_labelled_answers(&self) -> Vec<usize> {
        let is_answer = |at: usize| self.rows[at].form == Form::Answer;
        let is_question = |at: usize| self.of_words(at) && !is_answer(at) && self.is_short(at);
        let mut questions = Vec::new();
        for answer in self.extent.clone().skip(1).filter(|&at| is_answer(at) && is_question(at - 1)) {
            let mut first = answer - 1;
            while first > self.extent.start && is_question(first - 1) && self.asks(first - 1) {
                first -= 1;
            }
            questions.extend(first..answer);
        }
        // "A. Smith" is no label: a lone one counts only behind a question.
        let few = questions.len() < 2 && !questions.iter().any(|&at| self.asks(at));
        if few { Vec::new() } else { questions }
    }

    /// The rows that end with a question mark, and numbered or bold ones that stand for questions.
    fn asking(&self) -> Vec<usize> {
        let may_ask = |at: &usize| self.asks(*at) || self.is_marked_topic(*at);
        let all: Vec<usize> = self.extent.clone().filter(may_ask).collect();
        let Some(habit) = all.first().map(|&first| self.habit(first)) else { return all };
        let own = all.iter().filter(|&&at| self.habit(at) == habit).count();
        if habit == Habit::Plain || own < 2 {
            return all;
        }
        // Where questions are numbered or bold, a line within an answer that only ends with a
        // question mark is none.
        let apart = |at: usize| self.asks(at) && self.rows[at].after_blank;
        all.into_iter().filter(|&at| self.habit(at) == habit || apart(at)).collect()
    }

    fn is_short(&self, at: usize) -> bool {
        words::count(self.content(at)) <= QUESTION_WORDS
    }

    fn asks(&self, at: usize) -> bool {
        let content = self.content(at);
        let spoken = content.trim_end_matches(['。', '.']).ends_with(['か', '吗', '嗎', '呢']);
        self.of_words(at) && (forms::ends_question(content) || spoken) && self.is_short(at)
    }

    fn habit(&self, at: usize) -> Habit {
        match self.rows[at].form {
            Form::Item { numbered: true } => Habit::Numbered,
            Form::Item { numbered: false } => Habit::Bulleted,
            Form::Heading(_) => Habit::Heading,
            _ if self.rows[at].bold => Habit::Bold,
            _ => Habit::Plain,
        }
    }

    /// A short numbered or bold row before a text: "1. Shipping times".
    fn is_marked_topic(&self, at: usize) -> bool {
        let habit = self.habit(at);
        let is_same = |other: usize| self.extent.contains(&other) && self.habit(other) == habit;
        let marked = matches!(habit, Habit::Numbered | Habit::Bold | Habit::Heading);
        let alone = !is_same(at + 1) && (at == 0 || !is_same(at - 1));
        marked && alone && self.extent.contains(&(at + 1)) && forms::like_heading(self.content(at))
    }

    /// Question and answer in one row.
    fn is_answered_inline(&self, at: usize) -> bool {
        let content = self.content(at);
        let end = forms::question_end(content).filter(|_| self.of_words(at));
        end.is_some_and(|end| words::count(&content[..end]) <= QUESTION_WORDS)
    }

    /// A short row that is no sentence before a text.
    fn is_topic(&self, at: usize) -> bool {
        let is_topic = |at: usize| self.rows[at].form == Form::Text && forms::like_heading(self.content(at));
        let next_is_text = self.of_words(at + 1) && !is_topic(at + 1);
        let begins = at == self.extent.start || self.rows[at].after_blank || forms::ends_sentence(self.content(at - 1));
        is_topic(at) && next_is_text && begins
    }
}

/// How a question is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Habit {
    Numbered,
    Bulleted,
    Heading,
    Bold,
    Plain,
}
