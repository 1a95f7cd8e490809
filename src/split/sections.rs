//! From blocks to drafts of units: heading paths, pairs, takeaways, passages.

use super::{
    forms::{self, bullet},
    lines::is_rule,
    passages::passages,
    section_names::{Role, SectionNames},
};
use crate::model::{Article, Block, BlockKind, UnitKind};
use std::ops::Range;

/// A unit before its texts are cut out of the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What kind of unit it is.
    pub kind: UnitKind,
    /// The headings above it.
    pub heading: Vec<String>,
    /// The fragment of the nearest heading or question.
    pub anchor: Option<String>,
    /// Question and alternates.
    pub phrasings: Vec<Range<usize>>,
    /// The answer, takeaway or passage.
    pub text: Range<usize>,
}

/// The units that the blocks of an article make, in order.
pub fn drafts(article: &Article, blocks: &[Block], names: &SectionNames) -> Vec<Draft> {
    let blocks: Vec<Block> = blocks.iter().filter(|block| !article.plain(&block.range).is_empty()).cloned().collect();
    let (stack, drafts) = (Vec::new(), Vec::new());
    let title = title_block(article, &blocks, names);
    let mut walker = Walker { article, names, blocks: &blocks, title, title_role: None, stack, drafts };
    let mut at = 0;
    while at < blocks.len() {
        at = walker.step(at);
    }
    // An article that is all title and headings is still an article.
    if walker.drafts.is_empty()
        && let Some(block) = title.map(|title| &blocks[title]).or(blocks.last())
    {
        walker.stack.clear();
        walker.draft(UnitKind::Passage, Vec::new(), block.range.clone(), None);
    }
    walker.drafts
}

/// The block that is the title of the article, if one is.
///
/// Where all sections have headings of the first level, a reader may take the first of them for the
/// title: its name tells.
pub fn title_block(article: &Article, blocks: &[Block], names: &SectionNames) -> Option<usize> {
    let title = blocks.iter().position(|block| block.kind == BlockKind::Title)?;
    let is_section = names.role(article.plain(&blocks[title].range)).is_some();
    let has_sections = || blocks.iter().any(|block| block.kind == BlockKind::Heading(1));
    (!is_section || !has_sections()).then_some(title)
}

/// A heading under which the walk is.
struct Open {
    level: u8,
    text: String,
    /// Its own role, or that of the heading above it.
    role: Option<Role>,
    anchor: Option<String>,
}

struct Walker<'a> {
    article: &'a Article,
    names: &'a SectionNames,
    blocks: &'a [Block],
    title: Option<usize>,
    /// The role that the title gives to what is under no heading.
    title_role: Option<Role>,
    stack: Vec<Open>,
    drafts: Vec<Draft>,
}

/// Text that belongs to the section it stands in.
fn is_body(kind: BlockKind) -> bool {
    use BlockKind::{Answer, Code, Item, Line, Paragraph, Table};
    matches!(kind, Line | Paragraph | Item | Code | Table | Answer)
}

impl Walker<'_> {
    /// A heading as a path names it.
    fn text(&self, at: usize) -> String {
        let text = self.article.plain(&self.blocks[at].range);
        let name = text.trim_end_matches([':', '：', ' ']);
        if name.is_empty() { text } else { name }.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn role(&self) -> Option<Role> {
        self.stack.last().map_or(self.title_role, |open| open.role)
    }

    fn draft(&mut self, kind: UnitKind, phrasings: Vec<Range<usize>>, text: Range<usize>, anchor: Option<&String>) {
        let heading = self.stack.iter().map(|open| open.text.clone()).collect();
        let above = || self.stack.iter().rev().find_map(|open| open.anchor.clone());
        let anchor = anchor.cloned().or_else(above);
        self.drafts.push(Draft { kind, heading, anchor, phrasings, text });
    }

    /// Takes in what begins at a block and returns the block behind it.
    fn step(&mut self, at: usize) -> usize {
        let block = &self.blocks[at];
        match block.kind {
            BlockKind::Title if self.title == Some(at) => {
                self.title_role = self.names.role_of_heading(&self.text(at));
                at + 1
            }
            BlockKind::Title => self.heading(at, 1),
            BlockKind::Heading(level) => self.heading(at, level),
            BlockKind::Question => self.question(at),
            BlockKind::Passage => {
                self.draft(UnitKind::Passage, Vec::new(), block.range.clone(), block.anchor.as_ref());
                at + 1
            }
            _ => self.body(at),
        }
    }

    /// The block behind everything beneath a heading.
    fn end_of_section(&self, at: usize, level: u8) -> usize {
        let closes = |block: &Block| match block.kind {
            BlockKind::Title => true,
            BlockKind::Heading(other) => other <= level,
            _ => false,
        };
        let behind = self.blocks[at + 1..].iter().position(closes);
        behind.map_or(self.blocks.len(), |behind| at + 1 + behind)
    }

    fn heading(&mut self, at: usize, level: u8) -> usize {
        while self.stack.last().is_some_and(|open| open.level >= level) {
            self.stack.pop();
        }
        if self.asks(at, level) {
            return self.asked_by_heading(at, level);
        }
        let text = self.text(at);
        let own_role = self.names.role_of_heading(&text);
        // Nothing is lost with an empty section that has a usual name; any other heading says something.
        if own_role.is_none() && self.end_of_section(at, level) == at + 1 {
            let block = &self.blocks[at];
            self.draft(UnitKind::Passage, Vec::new(), block.range.clone(), block.anchor.as_ref());
        }
        self.open(at, level);
        at + 1
    }

    fn open(&mut self, at: usize, level: u8) {
        let text = self.text(at);
        // Of the title's roles only that of an FAQ is one for the sections below.
        let above = self.role().filter(|&role| role == Role::Faq || !self.stack.is_empty());
        let role = self.names.role_of_heading(&text).or(above);
        self.stack.push(Open { level, text, role, anchor: self.blocks[at].anchor.clone() });
    }

    /// Whether a heading is a question: by its question mark, or by its place in an FAQ.
    fn asks(&self, at: usize, level: u8) -> bool {
        let text = self.text(at);
        let role = self.names.role_of_heading(&text);
        if matches!(role, Some(Role::Faq | Role::Takeaways)) || self.kind(at + 1) == Some(BlockKind::Passage) {
            return false;
        }
        forms::ends_question(&text)
            || (role.is_none() && self.role() == Some(Role::Faq) && !self.is_category(at, level))
    }

    fn kind(&self, at: usize) -> Option<BlockKind> {
        self.blocks.get(at).map(|block| block.kind)
    }

    /// Whether a heading of an FAQ has questions beneath it.
    fn is_category(&self, at: usize, level: u8) -> bool {
        let has_sub_heading = matches!(self.kind(at + 1), Some(BlockKind::Heading(sub)) if sub > level);
        has_sub_heading || (at + 1..self.end_of_section(at, level)).any(|at| self.is_question(at))
    }

    fn is_question(&self, at: usize) -> bool {
        match self.blocks[at].kind {
            BlockKind::Question | BlockKind::Passage => true,
            BlockKind::Heading(_) => forms::ends_question(self.article.plain(&self.blocks[at].range)),
            _ => false,
        }
    }

    /// A pair whose question is a heading; headings right before it ask the same.
    fn asked_by_heading(&mut self, first: usize, level: u8) -> usize {
        let mut last = first;
        let same_level = |walker: &Self, at: usize| walker.kind(at) == Some(BlockKind::Heading(level));
        while same_level(self, last + 1) && self.asks(last + 1, level) {
            last += 1;
        }
        let section = self.end_of_section(last, level);
        // The answer ends where the next question begins, be it deeper.
        let stop = (last + 1..section).find(|&at| self.is_question(at)).unwrap_or(section);
        let has_text = (last + 1..stop).any(|at| is_body(self.blocks[at].kind));
        if has_text {
            let text = self.blocks[last + 1].range.start..self.blocks[stop - 1].range.end;
            self.pair(first..last + 1, text);
        } else {
            // Without an answer, a question is a text of its own, unless it stands above others.
            let lonely = if stop < section { last } else { last + 1 };
            self.unanswered(first..lonely);
        }
        if stop < section || !has_text {
            self.open(last, level);
        }
        if has_text { stop } else { last + 1 }
    }

    fn pair(&mut self, questions: Range<usize>, text: Range<usize>) {
        let asked = &self.blocks[questions];
        let anchor = asked.iter().find_map(|block| block.anchor.as_ref());
        self.draft(UnitKind::Qa, asked.iter().map(|block| block.range.clone()).collect(), text, anchor);
    }

    fn unanswered(&mut self, questions: Range<usize>) {
        for block in &self.blocks[questions] {
            self.draft(UnitKind::Passage, Vec::new(), block.range.clone(), block.anchor.as_ref());
        }
    }

    /// A pair whose question is known as one.
    fn question(&mut self, first: usize) -> usize {
        let run = |from: usize, wanted: &dyn Fn(BlockKind) -> bool| {
            from + self.blocks[from..].iter().take_while(|block| wanted(block.kind)).count()
        };
        let answer = run(first, &|kind| kind == BlockKind::Question);
        let mut end = run(answer, &|kind| kind == BlockKind::Answer);
        end = match end {
            // A reader that marks the answer marks its paragraphs; lists and code may go on with it.
            _ if end > answer => run(end, &|kind| is_body(kind) && kind != BlockKind::Paragraph),
            _ => run(answer, &is_body),
        };
        if end == answer {
            self.unanswered(first..answer);
        } else {
            let text = self.blocks[answer].range.start..self.blocks[end - 1].range.end;
            self.pair(first..answer, text);
        }
        end
    }

    /// Takeaways and passages out of the text that begins at a block.
    fn body(&mut self, at: usize) -> usize {
        let blocks = self.blocks;
        let end = at + blocks[at..].iter().take_while(|block| is_body(block.kind)).count();
        let body = &blocks[at..end];
        let has_items = body.iter().any(|block| block.kind == BlockKind::Item);
        let alone = |block: &Block| match block.kind {
            BlockKind::Item => true,
            BlockKind::Code | BlockKind::Table => false,
            _ => !has_items,
        };
        let takes_away = self.role() == Some(Role::Takeaways);
        let groups = body.chunk_by(|a, b| {
            let apart = takes_away && (alone(a) || alone(b));
            !apart && self.belongs_together(a, b)
        });
        for group in groups.collect::<Vec<_>>() {
            if takes_away && alone(&group[0]) {
                self.draft(UnitKind::Takeaway, Vec::new(), group[0].range.clone(), None);
            } else {
                for range in passages(self.article.text.plain(), group) {
                    self.draft(UnitKind::Passage, Vec::new(), range, None);
                }
            }
        }
        end
    }

    /// Whether nothing but white space, list marks and emphasis stands between two blocks.
    fn belongs_together(&self, a: &Block, b: &Block) -> bool {
        let gap = self.article.text.plain().get(a.range.end..b.range.start).unwrap_or_default();
        let marks = gap.trim_matches(|mark: char| mark.is_whitespace() || matches!(mark, '*' | '_' | '`' | '>'));
        let is_mark = marks.is_empty() || (marks.len() <= 8 && bullet(&format!("{marks} x")).is_some());
        is_mark && !gap.lines().any(|line| is_rule(line.trim()))
    }
}
