//! How people write questions and answers in markup: labels, bold questions, `<details>`, definition lists.

use super::{Flow, Frame, Part, Piece, Shape};
use crate::{
    model::{Block, BlockKind, article::trim},
    split::{
        Role, SectionNames,
        labels::{ends_with_question_mark, question_label},
    },
};
use std::ops::Range;

/// Blocks of a document, in order.
pub fn blocks(flow: &Flow, names: &SectionNames) -> Vec<Block> {
    let mut habits = Habits::new(flow, names);
    let mut index = 0;
    while let Some(part) = flow.parts.get(index) {
        index = habits.take(index, part);
    }
    habits.blocks
}

/// Which `<details>` and `</details>` belong to each other, by their place among the parts.
fn matched_details(parts: &[Part]) -> Vec<bool> {
    let (mut matched, mut open) = (vec![false; parts.len()], Vec::new());
    for (index, part) in parts.iter().enumerate() {
        match part {
            Part::DetailsStart => open.push(index),
            Part::DetailsEnd => {
                if let Some(start) = open.pop() {
                    matched[start] = true;
                    matched[index] = true;
                }
            }
            _ => {}
        }
    }
    matched
}

/// How far a question and its answer have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialogue {
    /// Nothing was asked.
    Silent,
    /// A question waits for its answer.
    Asked,
    /// A question has at least a part of its answer.
    Answered,
}

/// Goes through the parts of a document and makes blocks of them.
pub struct Habits<'a> {
    /// The document.
    pub flow: &'a Flow,
    names: &'a SectionNames,
    matched: Vec<bool>,
    blocks: Vec<Block>,
    /// How many items and definitions are open, and how many `<details>`.
    depth: usize,
    details: usize,
    /// The question that pieces answer, if one is open: how deep it is in lists.
    pub asked_at: Option<usize>,
    /// How things stand with the last question under this heading.
    pub dialogue: Dialogue,
    /// Whether a question's label stands alone: the next piece is the question.
    pub announced: bool,
    /// Whether the last term is a question.
    term_asked: bool,
    /// The summary whose answer has not come yet, as a place among the blocks.
    summary: Option<usize>,
    /// The headings above, by level, and whether each is above frequent questions.
    path: Vec<(u8, bool)>,
}

impl<'a> Habits<'a> {
    fn new(flow: &'a Flow, names: &'a SectionNames) -> Self {
        Self {
            flow,
            names,
            matched: matched_details(&flow.parts),
            blocks: Vec::new(),
            depth: 0,
            details: 0,
            asked_at: None,
            dialogue: Dialogue::Silent,
            announced: false,
            term_asked: false,
            summary: None,
            path: Vec::new(),
        }
    }

    /// Takes the part at `index`; returns the index of the next.
    fn take(&mut self, index: usize, part: &Part) -> usize {
        match part {
            Part::Enter(frame) => {
                self.depth += 1;
                if *frame == Frame::Definition && self.term_asked {
                    self.asked_at = Some(self.depth);
                }
            }
            Part::Leave => {
                self.depth = self.depth.saturating_sub(1);
                self.asked_at = self.asked_at.filter(|&depth| depth <= self.depth);
            }
            Part::DetailsStart | Part::DetailsEnd if !self.matched[index] => {}
            Part::DetailsStart => {
                self.details += 1;
                self.asked_at = None;
            }
            Part::DetailsEnd => {
                self.details = self.details.saturating_sub(1);
                self.asked_at = None;
            }
            Part::Piece(piece) => return self.piece(index, piece),
        }
        index + 1
    }

    fn piece(&mut self, index: usize, piece: &Piece) -> usize {
        if !matches!(piece.shape, Shape::Definition | Shape::Term | Shape::Question) && self.asked_at.is_none() {
            self.term_asked = false;
        }
        let announced = std::mem::take(&mut self.announced);
        let first = self.blocks.len();
        let next = self.shaped(index, piece, announced);
        if let Some(block) = self.blocks.get_mut(first) {
            block.anchor.clone_from(&piece.anchor);
        }
        next
    }

    fn shaped(&mut self, index: usize, piece: &Piece, announced: bool) -> usize {
        match piece.shape {
            Shape::Heading(level) => self.heading(index, piece, level),
            Shape::Summary => self.summary(piece),
            Shape::Term | Shape::Question => return self.term(index, piece),
            Shape::Code => self.whole(piece, BlockKind::Code),
            Shape::Table => self.whole(piece, BlockKind::Table),
            Shape::Definition if self.term_asked => self.push(BlockKind::Answer, piece.range.clone()),
            Shape::Paragraph | Shape::Item | Shape::Definition => self.prose(index, piece, announced),
        }
        index + 1
    }

    /// The text at a range.
    pub fn text(&self, range: &Range<usize>) -> &'a str {
        self.flow.text.plain().get(range.clone()).unwrap_or_default()
    }

    /// Adds a block; white space alone makes none.
    pub fn push(&mut self, kind: BlockKind, range: Range<usize>) {
        let range = if kind == BlockKind::Code { range } else { trim(self.flow.text.plain(), range) };
        if range.is_empty() {
            return;
        }
        // What is folded away under a summary may be questions of its own: then the summary is none.
        if let Some(summary) = self.summary.take()
            && kind != BlockKind::Answer
        {
            self.blocks[summary].kind = BlockKind::Paragraph;
        }
        match kind {
            BlockKind::Question => {
                self.asked_at = Some(self.depth);
                self.dialogue = Dialogue::Asked;
            }
            BlockKind::Answer => self.dialogue = Dialogue::Answered,
            _ => {}
        }
        self.blocks.push(Block::new(kind, range));
    }

    fn whole(&mut self, piece: &Piece, kind: BlockKind) {
        let kind = if self.asked_at.is_some() { BlockKind::Answer } else { kind };
        self.push(kind, piece.range.clone());
    }

    fn heading(&mut self, index: usize, piece: &Piece, level: u8) {
        let text = self.text(&piece.range);
        let is_question = ends_with_question_mark(text);
        if self.details > 0 && self.asked_at.is_some() && !is_question {
            return self.push(BlockKind::Answer, piece.range.clone());
        }
        // A document of nothing but questions has no title, only a first question.
        let is_title = level == 1 && self.path.is_empty() && !(is_question && self.has_more_titles(index));
        self.push(if is_title { BlockKind::Title } else { BlockKind::Heading(level) }, piece.range.clone());
        (self.asked_at, self.dialogue, self.term_asked) = (None, Dialogue::Silent, false);
        self.path.retain(|(above, _)| *above < level);
        self.path.push((level, self.names.role_of_heading(text) == Some(Role::Faq)));
    }

    fn has_more_titles(&self, index: usize) -> bool {
        let is_title = |part: &Part| matches!(part, Part::Piece(Piece { shape: Shape::Heading(1), .. }));
        self.flow.parts[index + 1..].iter().any(is_title)
    }

    fn summary(&mut self, piece: &Piece) {
        let start = piece.range.start + question_label(self.text(&piece.range)).unwrap_or(0);
        self.push(BlockKind::Question, start..piece.range.end);
        self.term_asked = false;
        self.summary = self.blocks.len().checked_sub(1);
    }

    /// A term is a question, or one paragraph with its definitions.
    fn term(&mut self, index: usize, piece: &Piece) -> usize {
        let text = self.text(&piece.range);
        let answering = self.asked_at.is_some() && !self.term_asked;
        let in_faq = !answering && self.path.iter().any(|(_, faq)| *faq);
        if in_faq || piece.shape == Shape::Question || ends_with_question_mark(text) {
            let start = piece.range.start + question_label(text).unwrap_or(0);
            self.push(BlockKind::Question, start..piece.range.end);
            // Only definitions answer it.
            (self.asked_at, self.term_asked) = (None, true);
            return index + 1;
        }
        let (next, end) = self.definitions(index + 1, piece.range.end);
        self.push(if answering { BlockKind::Answer } else { BlockKind::Paragraph }, piece.range.start..end);
        self.term_asked = false;
        next
    }

    /// Passes over the paragraphs that define a term; returns the next part and the end of the text.
    fn definitions(&mut self, mut index: usize, mut end: usize) -> (usize, usize) {
        let (mut seen, mut depth) = ((index, end, self.depth), self.depth);
        while let Some(part) = self.flow.parts.get(index) {
            match part {
                Part::Enter(Frame::Definition) => depth += 1,
                Part::Leave => depth = depth.saturating_sub(1),
                Part::Piece(Piece { shape: Shape::Definition, range, .. }) => end = range.end,
                _ => break,
            }
            index += 1;
            if matches!(part, Part::Piece(_)) {
                seen = (index, end, depth);
            }
        }
        self.depth = seen.2;
        (seen.0, seen.1)
    }
}
