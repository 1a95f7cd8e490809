//! Questions and answers within a paragraph or item, line by line.

use super::{
    Part, Piece, Shape,
    habits::{Dialogue, Habits},
};
use crate::{
    model::BlockKind,
    split::labels::{answer_label, ends_with_question_mark, is_question_mark, list_number, question_label},
};
use std::ops::Range;

/// A question is not longer than this, with what tells that it is one. In bytes.
const LONGEST: usize = 2 << 10;

/// What a run of lines is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Plain,
    Question,
    Answer,
}

/// A question found at the beginning of a line.
struct Asked {
    /// Where the question begins, behind its label.
    start: usize,
    /// How far it reaches at least.
    reach: usize,
    /// Where it ends, if that is known already.
    end: Option<usize>,
}

impl<'a> Habits<'a> {
    /// A paragraph or item: a part of an answer, or line by line what it says it is.
    pub fn prose(&mut self, index: usize, piece: &Piece, announced: bool) {
        let own = if piece.shape == Shape::Item { BlockKind::Item } else { BlockKind::Paragraph };
        let mut role = match self.asked_at {
            _ if announced => Role::Question,
            Some(_) => Role::Answer,
            None => Role::Plain,
        };
        let (mut start, mut reach) = (piece.range.start, piece.range.start);
        for line in self.flow.lines_of(&piece.range) {
            if line.start < start.max(reach) {
                continue;
            }
            let rest = line.start..piece.range.end;
            if let Some(asked) = self.question_at(index, &line, &rest) {
                self.run(role, start..line.start, own);
                (role, start, reach) = (Role::Question, asked.start, asked.reach);
                if let Some(end) = asked.end {
                    self.run(role, start..end, own);
                    (role, start) = (Role::Answer, self.behind_answer_label(end..piece.range.end));
                }
            } else if let Some(label) = self.answer_at(role, &rest) {
                self.run(role, start..line.start, own);
                (role, start) = (Role::Answer, line.start + label);
            } else if role == Role::Question && line.start > start && self.ends_a_question(start..line.start) {
                self.run(role, start..line.start, own);
                (role, start) = (Role::Answer, line.start);
            }
        }
        self.announced = role == Role::Question && start >= piece.range.end;
        self.run(role, start..piece.range.end, own);
    }

    fn run(&mut self, role: Role, range: Range<usize>, own: BlockKind) {
        let kind = match role {
            Role::Plain => own,
            Role::Question => BlockKind::Question,
            Role::Answer => BlockKind::Answer,
        };
        self.push(kind, range);
    }

    fn ends_a_question(&self, range: Range<usize>) -> bool {
        let mut start = range.start.max(range.end.saturating_sub(LONGEST));
        while !self.flow.text.plain().is_char_boundary(start) {
            start += 1;
        }
        ends_with_question_mark(self.text(&(start..range.end)))
    }

    /// The length of an answer's label, where there is a question that it can answer.
    fn answer_at(&self, role: Role, rest: &Range<usize>) -> Option<usize> {
        let text = self.text(&self.head(rest));
        let label = answer_label(text)?;
        // Later in an answer, `A. Smith` is a name.
        let expected = match self.dialogue {
            Dialogue::Asked => true,
            Dialogue::Answered => role == Role::Question || text[..label].contains([':', '：']),
            Dialogue::Silent => role == Role::Question,
        };
        expected.then_some(label)
    }

    fn behind_answer_label(&self, range: Range<usize>) -> usize {
        let text = self.text(&range);
        let white = text.len() - text.trim_start().len();
        range.start + white + answer_label(text.trim_start()).unwrap_or(0)
    }

    /// The first of a range, as far as a question may go.
    fn head(&self, range: &Range<usize>) -> Range<usize> {
        let mut end = range.end.min(range.start + LONGEST);
        while !self.flow.text.plain().is_char_boundary(end) {
            end -= 1;
        }
        range.start..end
    }

    /// The question that begins with a line; `rest` is the piece from there on.
    fn question_at(&self, index: usize, line: &Range<usize>, rest: &Range<usize>) -> Option<Asked> {
        let head = self.head(rest);
        match question_label(self.text(&head)) {
            Some(label) if self.is_confirmed(index, label, &head) => {
                let start = rest.start + label;
                let end = self.labelled_end(start, line, rest);
                Some(Asked { start, reach: start, end })
            }
            _ => self.bold_question(index, line, rest),
        }
    }

    /// A single letter may be an abbreviation: a question mark or an answer's label shows what it is.
    fn is_confirmed(&self, index: usize, label: usize, rest: &Range<usize>) -> bool {
        let (label, text) = self.text(rest).split_at(label);
        let letters: Vec<_> = label.chars().filter(|c| c.is_alphabetic()).collect();
        let is_word = letters.len() > 1 || letters.iter().any(|letter| letter.len_utf8() > 2);
        let lines = || self.flow.lines_of(rest).into_iter().skip(1).take(3);
        let answered_here = || lines().any(|line| answer_label(self.text(&line)).is_some());
        let answered_next =
            || self.next_piece(index).is_some_and(|next| answer_label(self.text(&self.head(&next.range))).is_some());
        is_word || text.is_empty() || text.contains(is_question_mark) || answered_here() || answered_next()
    }

    fn next_piece(&self, index: usize) -> Option<&'a Piece> {
        self.flow.parts[index + 1..].iter().find_map(|part| match part {
            Part::Piece(piece) => Some(piece),
            _ => None,
        })
    }

    /// Where a labelled question ends within its line: with the bold text, or before an answer's label.
    fn labelled_end(&self, start: usize, line: &Range<usize>, rest: &Range<usize>) -> Option<usize> {
        let bold = self.flow.bold_until(&self.head(rest));
        let behind = self.text(&(bold.max(start)..rest.end));
        let is_whole =
            bold >= line.end || self.ends_a_question(start..bold) || answer_label(behind.trim_start()).is_some();
        if bold > start && is_whole && !behind.trim().is_empty() {
            return Some(bold);
        }
        let asked = self.text(&(start.min(line.end)..line.end));
        let mut marks = asked.match_indices(is_question_mark).map(|(at, mark)| at + mark.len());
        let is_end = |end: &usize| answer_label(asked[*end..].trim_start()).is_some();
        marks.find(is_end).map(|end| start + end)
    }

    /// A question all in bold, with its answer behind it or in what follows.
    fn bold_question(&self, index: usize, line: &Range<usize>, rest: &Range<usize>) -> Option<Asked> {
        let mut end = self.flow.bold_until(line);
        if end >= line.end && !self.ends_a_question(line.clone()) {
            end = self.flow.bold_until(&self.head(rest));
        }
        if end <= line.start {
            return None;
        }
        let behind = self.text(&(end..rest.end));
        end += behind.chars().next().filter(|&c| is_question_mark(c)).map_or(0, char::len_utf8);
        if !self.ends_a_question(line.start..end) {
            return None;
        }
        let start = line.start + list_number(self.text(&(line.start..end)));
        if self.text(&(end..rest.end)).trim().is_empty() {
            return self.is_followed_by_an_answer(index).then_some(Asked { start, reach: end, end: None });
        }
        let Some(Part::Piece(piece)) = self.flow.parts.get(index) else { return None };
        let whole_line = end >= line.end || self.text(&(end..line.end)).trim().is_empty();
        (whole_line || line.start == piece.range.start).then_some(Asked { start, reach: end, end: Some(end) })
    }

    /// Whether what comes next, within the same item, can be the answer of a bold question.
    fn is_followed_by_an_answer(&self, index: usize) -> bool {
        let mut depth = 0;
        for part in &self.flow.parts[index + 1..] {
            match part {
                Part::Enter(_) => depth += 1,
                Part::Leave if depth == 0 => return false,
                Part::Leave => depth -= 1,
                Part::DetailsStart | Part::DetailsEnd => return false,
                Part::Piece(next) => {
                    let bold = self.flow.bold_until(&next.range) >= next.range.end;
                    return !(bold
                        || matches!(next.shape, Shape::Heading(_) | Shape::Summary | Shape::Term | Shape::Question));
                }
            }
        }
        false
    }
}
