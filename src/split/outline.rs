//! From lines without markup to titles, headings, paragraphs, questions and answers: by place and form.

use super::{
    faq, forms,
    labels::answer_label,
    lines::{self, Form, Row},
    section_names::{Role, SectionNames},
    sentences::sentences,
    words,
};
use crate::model::{Article, Block, BlockKind};
use std::{borrow::Cow, ops::Range};

/// No more headings than this follow each other; more short lines are a list, verses, an address.
const HEADINGS_IN_A_ROW: usize = 4;
/// And no more than this follow a title or heading without a blank line between.
const TIGHT_HEADINGS: usize = 2;
/// A text with this many words is no takeaway, but the beginning of another part; half as many will
/// do where there are several sentences.
const LONG_PARAGRAPH: usize = 40;

/// The blocks of an article, with its lines (if it has any) turned into what they are.
pub fn outline<'a>(article: &'a Article, names: &SectionNames) -> Cow<'a, [Block]> {
    let is_line = |block: &Block| block.kind == BlockKind::Line;
    if !article.blocks.iter().any(is_line) {
        return Cow::Borrowed(&article.blocks);
    }
    let mut blocks = Vec::with_capacity(article.blocks.len());
    for part in article.blocks.chunk_by(|a, b| is_line(a) == is_line(b)) {
        if is_line(&part[0]) {
            blocks.extend(of_lines(article.text.plain(), part.iter().map(|block| block.range.clone()), names));
        } else {
            blocks.extend_from_slice(part);
        }
    }
    Cow::Owned(blocks)
}

fn of_lines(text: &str, ranges: impl Iterator<Item = Range<usize>>, names: &SectionNames) -> Vec<Block> {
    let rows = lines::rows(text, ranges, names);
    let marks = vec![Mark::Open; rows.len()];
    let mut outline = Outline { text, rows: &rows, names, marks };
    let title_role = outline.title();
    outline.sections(title_role);
    outline.headings();
    outline.blocks()
}

/// What a row has been found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// Not found out: in the end, what its form says.
    Open,
    Title,
    /// A heading known by name.
    Section(Role),
    /// Any other heading.
    Heading,
    Question,
    Answer,
}

struct Outline<'a> {
    text: &'a str,
    rows: &'a [Row],
    names: &'a SectionNames,
    marks: Vec<Mark>,
}

impl Outline<'_> {
    fn content(&self, at: usize) -> &str {
        &self.text[self.rows[at].range.clone()]
    }

    /// Marks the title and returns the role that it gives to what follows.
    fn title(&mut self) -> Option<Role> {
        let first = self.rows.first()?;
        let content = self.content(0);
        let may_be = matches!(first.form, Form::Text | Form::Heading(_)) && forms::like_title(content);
        if !may_be || self.rows.len() < 2 || self.names.role(content).is_some() || self.is_list_of_questions() {
            return None;
        }
        let role = self.names.role_of_heading(content);
        self.marks[0] = Mark::Title;
        role
    }

    /// Whether the first row is one of many questions rather than the title above them.
    fn is_list_of_questions(&self) -> bool {
        let headings = (1..self.rows.len()).filter(|&at| {
            let form = self.rows[at].form;
            matches!(form, Form::Text | Form::Heading(_)) && forms::like_heading(self.content(at))
        });
        let asks = |at: usize| forms::ends_question(self.content(at)) && self.names.role(self.content(at)).is_none();
        asks(0) && self.rows[0].form == Form::Text && headings.take(1).any(asks)
    }

    /// Marks the headings that are known by name, and the questions and answers of FAQs.
    fn sections(&mut self, title_role: Option<Role>) {
        let mut at = usize::from(self.marks.first() == Some(&Mark::Title));
        if title_role == Some(Role::Faq) {
            at = self.faq(at);
        }
        while at < self.rows.len() {
            let role = self.section_role(at, false);
            if let Some(role) = role {
                self.marks[at] = Mark::Section(role);
            }
            at = match role {
                Some(Role::Faq) => self.faq(at + 1),
                None if self.rows[at].form == Form::Question => self.faq(at),
                _ => at + 1,
            };
        }
    }

    /// Marks the questions and answers of an FAQ that begins at a row, and returns the row behind it.
    fn faq(&mut self, start: usize) -> usize {
        let end = (start..self.rows.len()).find(|&at| self.section_role(at, true).is_some());
        let end = end.unwrap_or(self.rows.len());
        let questions = faq::questions(self.text, self.rows, start..end);
        if let Some(&first) = questions.first() {
            self.marks[first..end].fill(Mark::Answer);
        }
        for question in questions {
            self.marks[question] = Mark::Question;
        }
        end
    }

    /// The role of a row that is a heading known by name.
    fn section_role(&self, at: usize, in_faq: bool) -> Option<Role> {
        let row = &self.rows[at];
        let content = self.content(at);
        let role = match row.form {
            Form::Heading(_) => self.names.role_of_heading(content),
            Form::Text => self.names.role(content).or_else(|| self.faq_about(at).filter(|_| !in_faq)),
            Form::Item { numbered: true } if !self.is_in_list_of_names(at) => self.names.role(content),
            _ => None,
        }?;
        // "What does it mean?" among other questions is one of them.
        (!in_faq || role == Role::Faq || !forms::ends_question(content)).then_some(role)
    }

    /// A heading such as "FAQ about shipping".
    fn faq_about(&self, at: usize) -> Option<Role> {
        let role = self.names.role_of_heading(self.content(at))?;
        (at + 1 < self.rows.len() && self.stands_apart(at)).then_some(role)
    }

    /// Whether a numbered row stands beside another with the name of a section: a table of contents.
    fn is_in_list_of_names(&self, at: usize) -> bool {
        let is_name = |at: usize| {
            let row = self.rows.get(at);
            let numbered = row.is_some_and(|row| row.form == Form::Item { numbered: true });
            numbered && self.names.role(self.content(at)).is_some()
        };
        is_name(at + 1) || at.checked_sub(1).is_some_and(is_name)
    }

    /// Whether what is before a row has come to its end.
    fn stands_apart(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        let ended = match (self.marks[before], self.rows[before].form) {
            (Mark::Open, Form::Text | Form::Question | Form::Answer) => {
                forms::ends_sentence(self.content(before)) && !self.begins_lower(at)
            }
            _ => !self.begins_lower(at),
        };
        self.rows[at].after_blank || ended
    }

    fn begins_lower(&self, at: usize) -> bool {
        self.content(at).chars().find(|mark| mark.is_alphabetic()).is_some_and(char::is_lowercase)
    }

    /// Marks the headings among the rows that are still open.
    fn headings(&mut self) {
        let candidates = self.candidates();
        let mut at = 0;
        while at < self.rows.len() {
            if !candidates[at] {
                at += 1;
                continue;
            }
            let start = at;
            while at < self.rows.len() && candidates[at] {
                at += 1;
            }
            // The last of them has nothing beneath it at the end of a section: it is a text itself.
            let has_body = at < self.rows.len() && !matches!(self.marks[at], Mark::Section(_));
            let end = if has_body { at } else { at - 1 };
            let below = |at: &usize| *at > 0 && (*at > start || self.marks[at - 1] == Mark::Title);
            let tight = (start..end).filter(|at| below(at) && !self.rows[*at].after_blank).count();
            let is_list = tight > TIGHT_HEADINGS || end - start > HEADINGS_IN_A_ROW;
            let run = if is_list { self.last_apart(start, end, has_body) } else { start..end };
            self.marks[run].fill(Mark::Heading);
        }
        for at in 0..self.rows.len() {
            if self.marks[at] == Mark::Open && matches!(self.rows[at].form, Form::Heading(_)) {
                self.marks[at] = Mark::Heading;
            }
        }
    }

    /// Of many short lines in a row, only the last may be a heading, if it stands by itself.
    fn last_apart(&self, start: usize, end: usize, has_body: bool) -> Range<usize> {
        let alone = has_body && end > start && self.rows[end - 1].after_blank;
        if alone { end - 1..end } else { end..end }
    }

    /// Which rows may be headings by their form and by what is before them.
    fn candidates(&self) -> Vec<bool> {
        let mut candidates = Vec::with_capacity(self.rows.len());
        let (mut role, mut byline) = (None, false);
        let mut bulleted = false;
        for at in 0..self.rows.len() {
            if let Mark::Section(section) = self.marks[at] {
                role = Some(section);
                bulleted = self.has_items(at + 1);
            }
            // What stands between title and lead is no part of either.
            byline = at > 0 && (self.marks[at - 1] == Mark::Title || byline) && forms::like_byline(self.content(at));
            let before = at.checked_sub(1).is_some_and(|before| candidates[before]);
            let unlisted = role == Some(Role::Takeaways) && !bulleted;
            let begins = !unlisted || (self.long_text_follows(at) && !self.begins_lower(at));
            let fits = self.may_be_heading(at, before || unlisted) && !byline && begins;
            candidates.push(fits);
        }
        candidates
    }

    fn may_be_heading(&self, at: usize, apart: bool) -> bool {
        let row = &self.rows[at];
        let by_form = match row.form {
            Form::Text => forms::like_heading(self.content(at)),
            Form::Item { numbered: true } => forms::like_heading(self.content(at)) && self.is_numbered_heading(at),
            _ => false,
        };
        self.marks[at] == Mark::Open && by_form && (apart || self.stands_apart(at))
    }

    /// Whether a numbered row is the heading of the text below it rather than an item of a list.
    fn is_numbered_heading(&self, at: usize) -> bool {
        let is_alone = |at: usize| {
            let is_item = |at: usize| self.rows.get(at).is_some_and(|row| matches!(row.form, Form::Item { .. }));
            let numbered = self.rows[at].form == Form::Item { numbered: true };
            let text = self.rows.get(at + 1).filter(|row| row.form == Form::Text);
            let has_text = text.is_some_and(|text| text.after_blank || text.indent <= self.rows[at].indent);
            numbered && has_text && !at.checked_sub(1).is_some_and(is_item)
        };
        // One alone could be anything; numbers are for several.
        is_alone(at) && (0..self.rows.len()).filter(|&other| is_alone(other)).take(2).count() == 2
    }

    /// Whether the section that begins at a row has items of a list.
    fn has_items(&self, start: usize) -> bool {
        let rows = (start..self.rows.len()).take_while(|&at| self.marks[at] == Mark::Open);
        rows.into_iter().any(|at| matches!(self.rows[at].form, Form::Item { .. }))
    }

    fn long_text_follows(&self, at: usize) -> bool {
        let is_text = |row: &Row| row.form == Form::Text && self.marks[at + 1] == Mark::Open;
        if !self.rows.get(at + 1).is_some_and(is_text) {
            return false;
        }
        let words = words::count(self.content(at + 1));
        words >= LONG_PARAGRAPH || (words * 2 >= LONG_PARAGRAPH && sentences(self.content(at + 1)).len() > 1)
    }

    /// The rows as blocks.
    fn blocks(&self) -> Vec<Block> {
        let mut levels = Levels::default();
        let mut blocks = Vec::with_capacity(self.rows.len());
        for (at, row) in self.rows.iter().enumerate() {
            let kind = match self.marks[at] {
                Mark::Title => BlockKind::Title,
                Mark::Section(_) | Mark::Heading => BlockKind::Heading(self.level(at, &mut levels)),
                Mark::Question => {
                    self.question(at, &mut blocks);
                    continue;
                }
                Mark::Answer => BlockKind::Answer,
                Mark::Open => match row.form {
                    Form::Item { .. } => BlockKind::Item,
                    Form::Code => BlockKind::Code,
                    Form::Table => BlockKind::Table,
                    _ => BlockKind::Paragraph,
                },
            };
            // What looks like the label of an answer is one right behind a question only.
            let labelled = row.form == Form::Answer;
            let is_label = at > 0 && self.marks[at] == Mark::Answer && self.marks[at - 1] == Mark::Question;
            let range = match kind {
                _ if labelled && !is_label => &row.whole,
                // Emphasis around one of several paragraphs stays: only one end of it could go.
                BlockKind::Paragraph | BlockKind::Answer => &row.marked,
                _ => &row.range,
            };
            blocks.push(Block::new(kind, range.clone()));
        }
        blocks
    }

    /// A question, and its answer if that stands in the same row.
    fn question(&self, at: usize, blocks: &mut Vec<Block>) {
        let range = self.rows[at].range.clone();
        let content = self.content(at);
        let unanswered = self.marks.get(at + 1) != Some(&Mark::Answer);
        let split = forms::question_end(content).and_then(|end| {
            let rest = content[end..].trim_start();
            let label = answer_label(rest).unwrap_or(0);
            let is_answer = label > 0 || (unanswered && !forms::ends_question(rest));
            (is_answer && label < rest.len()).then(|| (end, content.len() - rest.len() + label))
        });
        match split {
            Some((end, answer)) => {
                blocks.push(Block::new(BlockKind::Question, range.start..range.start + end));
                blocks.push(Block::new(BlockKind::Answer, range.start + answer..range.end));
            }
            None => blocks.push(Block::new(BlockKind::Question, range)),
        }
    }

    /// The level of a heading: its marks tell, or else what is before it.
    fn level(&self, at: usize, levels: &mut Levels) -> u8 {
        if let Form::Heading(level) = self.rows[at].form {
            *levels = Levels { marked: level, parents: 0 };
            return level;
        }
        if matches!(self.marks[at], Mark::Section(_)) {
            *levels = Levels::default();
        }
        let level = levels.marked.saturating_add(levels.parents).saturating_add(1);
        let next_is_heading = self.marks.get(at + 1) == Some(&Mark::Heading);
        let asks = |at: usize| forms::ends_question(self.content(at));
        // Two questions in a row ask the same; any other heading right above a heading is its parent.
        if next_is_heading && !(asks(at) && asks(at + 1)) {
            levels.parents = levels.parents.saturating_add(1);
        }
        level
    }
}

/// What the level of the next heading without marks depends on.
#[derive(Debug, Clone, Copy, Default)]
struct Levels {
    /// The level of the last heading with marks, 0 if there is none.
    marked: u8,
    /// How many headings had a heading right below them since.
    parents: u8,
}
