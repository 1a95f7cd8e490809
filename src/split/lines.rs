//! Lines of a text without markup: what each is by its form, and which belong together.

use super::{
    forms::{self, bullet},
    labels::{answer_label, question_label},
    section_names::SectionNames,
    words,
    wrap::Wrap,
};
use std::ops::Range;

/// A line, or the lines of a wrapped paragraph, with what the form tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The content: without list mark, label, and emphasis or heading marks around the whole.
    pub range: Range<usize>,
    /// The content with emphasis around the whole.
    pub marked: Range<usize>,
    /// The content with all of them.
    pub whole: Range<usize>,
    /// What it looks like.
    pub form: Form,
    /// Whether a blank line or a rule stands before it (or nothing at all).
    pub after_blank: bool,
    /// Whether the whole of it is emphasised.
    pub bold: bool,
    /// How far it is indented, in columns.
    pub indent: usize,
}

/// What a line looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Nothing in particular.
    Text,
    /// An item of a list, numbered or not.
    Item {
        /// Whether its mark counts.
        numbered: bool,
    },
    /// A heading by its marks or by the rule beneath it, and its level.
    Heading(u8),
    /// It has the label of a question.
    Question,
    /// It has what may be the label of an answer.
    Answer,
    /// Code between fences.
    Code,
    /// Rows of a table.
    Table,
}

/// A line as it stands in the file.
#[derive(Debug, Clone)]
pub(super) struct Line<'a> {
    pub range: Range<usize>,
    pub text: &'a str,
    pub indent: usize,
}

/// The rows of a text whose lines stand at `ranges` of it.
pub fn rows(text: &str, ranges: impl Iterator<Item = Range<usize>>, names: &SectionNames) -> Vec<Row> {
    let lines: Vec<Line<'_>> = ranges.map(|range| line_at(text, range)).collect();
    let wrap = Wrap::of(&lines);
    let mut reader = Reader { text, lines: &lines, wrap, names, rows: Vec::new(), after_blank: true, in_faq: false };
    let mut at = 0;
    while at < lines.len() {
        at = reader.step(at);
    }
    reader.rows
}

fn line_at(text: &str, range: Range<usize>) -> Line<'_> {
    let whole = text.get(range.clone()).unwrap_or_default();
    let trimmed = crate::model::article::trim(text, range);
    let lead = &whole[..whole.len() - whole.trim_start().len()];
    let indent = lead.chars().map(|mark| if mark == '\t' { 4 } else { 1 }).sum();
    Line { text: text.get(trimmed.clone()).unwrap_or_default(), range: trimmed, indent }
}

/// Whether a line consists of marks alone, as beneath a heading or between parts.
pub(super) fn is_rule(line: &str) -> bool {
    let mut marks = line.chars().filter(|mark| !mark.is_whitespace());
    let Some(first) = marks.next() else { return false };
    let is_mark = matches!(first, '=' | '-' | '~' | '*' | '_' | '#' | '+' | '—' | '–' | '─' | '═' | '━');
    is_mark && line.chars().count() >= 3 && marks.all(|mark| mark == first)
}

/// Level and length of the marks of a heading such as `## Setup`.
fn heading_marks(line: &str) -> Option<(u8, usize)> {
    let level = line.bytes().take_while(|&byte| byte == b'#').count();
    let rest = &line[level..];
    let has_text = rest.starts_with(char::is_whitespace) && rest.contains(char::is_alphanumeric);
    let level = u8::try_from(level).ok().filter(|level| (1..=6).contains(level))?;
    has_text.then(|| (level, line.len() - rest.trim_start().len()))
}

struct Reader<'a> {
    text: &'a str,
    lines: &'a [Line<'a>],
    wrap: Wrap,
    names: &'a SectionNames,
    rows: Vec<Row>,
    after_blank: bool,
    in_faq: bool,
}

impl Reader<'_> {
    /// Reads the row that begins at a line and returns the line behind it.
    fn step(&mut self, at: usize) -> usize {
        let line = &self.lines[at];
        if line.text.is_empty() || is_rule(line.text) {
            // A rule beneath a heading has been passed over with it; this one parts two texts.
            self.after_blank = true;
            return at + 1;
        }
        if let Some(next) = self.whole_block(at) {
            return next;
        }
        if let Some((level, marks)) = heading_marks(line.text) {
            let end = line.text.trim_end_matches(|mark: char| mark == '#' || mark.is_whitespace()).len();
            let range = line.range.start + marks..line.range.start + end.max(marks);
            self.push(range, line.range.clone(), Form::Heading(level), line.indent);
            return at + 1;
        }
        if let Some(level) = self.level_by_rule(at) {
            self.push(line.range.clone(), line.range.clone(), Form::Heading(level), line.indent);
            return at + 2;
        }
        self.words(at)
    }

    /// Code between fences, or a table, if one begins here.
    fn whole_block(&mut self, at: usize) -> Option<usize> {
        let line = &self.lines[at];
        let (form, last) = if forms::is_fence(line.text) {
            let close = self.lines[at + 1..].iter().position(|line| forms::is_fence(line.text))?;
            (Form::Code, at + 1 + close)
        } else if forms::is_table(line.text) {
            (Form::Table, at + self.lines[at..].iter().take_while(|line| forms::is_table(line.text)).count() - 1)
        } else {
            return None;
        };
        let range = line.range.start..self.lines[last].range.end;
        self.push(range.clone(), range, form, line.indent);
        Some(last + 1)
    }

    /// The level of a heading that has a rule beneath it.
    fn level_by_rule(&self, at: usize) -> Option<u8> {
        let (line, rule) = (&self.lines[at], self.lines.get(at + 1)?);
        let first = rule.text.chars().next().filter(|mark| matches!(mark, '=' | '-' | '~' | '─' | '═' | '━'))?;
        // In a wrapped paragraph the line above a rule need not be alone.
        let alone = at == 0 || self.after_blank || forms::like_heading(line.text);
        let is_heading = alone && is_rule(rule.text) && forms::like_title(line.text) && bullet(line.text).is_none();
        (is_heading && question_label(line.text).is_none()).then_some(if matches!(first, '=' | '═') { 1 } else { 2 })
    }

    /// A line of words and those that go on with it.
    fn words(&mut self, at: usize) -> usize {
        let line = &self.lines[at];
        let (form, marks) = form_of(line.text);
        if matches!(form, Form::Question | Form::Answer) && marks == line.text.len() {
            return self.lone_label(at, form);
        }
        let last = self.last_line(at, form);
        let whole = line.range.start..self.lines[last].range.end;
        self.push(line.range.start + marks..whole.end, whole, form, line.indent);
        last + 1
    }

    /// A label on a line of its own: what it labels stands in the next.
    fn lone_label(&mut self, at: usize, form: Form) -> usize {
        let next = (at + 1..self.lines.len()).find(|&next| !self.lines[next].text.is_empty());
        let Some(next) = next.filter(|&next| form_of(self.lines[next].text).0 == Form::Text) else { return at + 1 };
        let last = self.last_line(next, form);
        let range = self.lines[next].range.start..self.lines[last].range.end;
        self.push(range.clone(), self.lines[at].range.start..range.end, form, self.lines[at].indent);
        last + 1
    }

    /// The last of the lines that make up the row beginning at line `at`.
    fn last_line(&self, at: usize, form: Form) -> usize {
        let Some(width) = self.wrap.width() else { return at };
        let mut last = at;
        while let Some(next) = self.lines.get(last + 1) {
            let line = &self.lines[last];
            let own =
                next.text.is_empty() || is_rule(next.text) || forms::is_fence(next.text) || forms::is_table(next.text);
            if own || heading_marks(next.text).is_some() || self.begins_anew(next, &self.lines[at], form) {
                break;
            }
            if Wrap::is_broken_early(line.text, next.text, width)
                || self.is_heading_between(last + 1, width)
                || self.is_name(line.text)
                || self.is_name(next.text)
            {
                break;
            }
            let so_far = &self.text[self.lines[at].range.start..line.range.end];
            if self.in_faq && last == at && forms::ends_question(so_far) && words::count(so_far) <= 30 {
                break;
            }
            last += 1;
        }
        last
    }

    /// Whether a line cannot go on with the row that began with `first`.
    fn begins_anew(&self, next: &Line<'_>, first: &Line<'_>, form: Form) -> bool {
        match form_of(next.text).0 {
            Form::Item { .. } | Form::Question => true,
            Form::Answer => form == Form::Question || (self.in_faq && form == Form::Text),
            _ => matches!(form, Form::Item { .. }) && next.indent < first.indent,
        }
    }

    /// Whether a line between two paragraphs, with no blank line around it, is a heading.
    fn is_heading_between(&self, at: usize, width: usize) -> bool {
        let (Some(before), Some(after)) = (at.checked_sub(1), self.lines.get(at + 1)) else { return false };
        let upper = |line: &str| line.chars().find(|mark| mark.is_alphabetic()).is_some_and(char::is_uppercase);
        let line = self.lines[at].text;
        let broken = !after.text.is_empty() && Wrap::is_broken_early(line, after.text, width);
        let fits = forms::like_heading(line) && upper(line) && upper(after.text);
        broken && fits && forms::ends_sentence(self.lines[before].text)
    }

    fn is_name(&self, line: &str) -> bool {
        self.names.role(line).is_some()
    }

    fn push(&mut self, range: Range<usize>, whole: Range<usize>, form: Form, indent: usize) {
        let kept = matches!(form, Form::Code | Form::Table);
        let marked = range;
        let (inner, bold) = forms::without_emphasis(self.text, marked.clone());
        // Emphasis around a whole heading or question is no part of it; a lone mark behind one
        // belongs to its label. In running text the marks stay.
        let strip = !kept && (bold || matches!(form, Form::Question | Form::Heading(_)));
        let range = if strip { inner } else { marked.clone() };
        let line = &self.text[range.clone()];
        if !kept && let Some(role) = self.names.role_of_heading(line) {
            self.in_faq = role == super::section_names::Role::Faq;
        }
        self.in_faq |= form == Form::Question;
        self.rows.push(Row { range, marked, whole, form, after_blank: self.after_blank, bold, indent });
        self.after_blank = false;
    }
}

/// What a line of words looks like, and the length of its list mark or label.
fn form_of(line: &str) -> (Form, usize) {
    if let Some(len) = question_label(line) {
        return (Form::Question, len);
    }
    if let Some(len) = answer_label(line) {
        return (Form::Answer, len);
    }
    match bullet(line) {
        Some(bullet) => (Form::Item { numbered: bullet.numbered }, bullet.len),
        None => (Form::Text, 0),
    }
}
