//! What a reader makes of a source document: its text and the blocks that it is made of.

use super::{excerpt::Excerpt, source_text::SourceText, span::Lines, unit::Prompt};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, ops::Range};

/// One source document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// The path relative to the corpus root, `/`-separated, prefixed by the root's name.
    pub source: String,
    /// The name that a reply gives as `document`: `_id` of a JSONL line, or the source.
    pub document: String,
    /// What the article says about itself.
    pub about: About,
    /// The whole text, mapped to the bytes of the file.
    pub text: SourceText,
    /// The lines of the file that the text covers.
    pub lines: Lines,
    /// Title, headings, paragraphs and so on, in order, as ranges of the plain text.
    pub blocks: Vec<Block>,
    /// What may be asked next, where the source says so: its `qa` units keep it.
    pub prompts: Vec<Prompt>,
}

impl Article {
    /// The part of the article at a range of its plain text, trimmed of white space.
    #[must_use]
    pub fn excerpt(&self, plain: Range<usize>) -> Excerpt {
        Excerpt::new(self.text.slice(self.trim(plain)), &self.lines)
    }

    /// The plain text at a range, without white space at its ends.
    #[must_use]
    pub fn plain(&self, plain: &Range<usize>) -> &str {
        self.text.plain().get(plain.clone()).unwrap_or_default().trim()
    }

    /// The range without the white space at its ends.
    #[must_use]
    pub fn trim(&self, plain: Range<usize>) -> Range<usize> {
        trim(self.text.plain(), plain)
    }
}

/// `range` of `text` without the white space at its ends; empty if there is nothing else.
#[must_use]
pub fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(part) = text.get(range.clone()) else { return range.start..range.start };
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

/// What an article says about itself, in front matter or fields of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The title, where it is not a block of the text.
    pub title: Option<String>,
    /// The absolute address of the article.
    pub url: Option<String>,
    /// The day of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// The language as an ISO 639-1 code (`en`) or, where there is none, ISO 639-3.
    pub language: Option<String>,
    /// Everything else, by key; each may have several values. Filters look here.
    pub metadata: BTreeMap<String, Vec<String>>,
}

/// A piece of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in the plain text of the article.
    pub range: Range<usize>,
    /// The fragment that leads to it in a browser, if the source gives one.
    pub anchor: Option<String>,
}

impl Block {
    /// A block without an anchor.
    #[must_use]
    pub fn new(kind: BlockKind, range: Range<usize>) -> Self {
        Self { kind, range, anchor: None }
    }
}

/// What a block of an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A line of a text without markup: its form and place tell what it is.
    Line,
    /// The title of the article.
    Title,
    /// A heading; 1 is the highest level.
    Heading(u8),
    /// A paragraph of prose.
    Paragraph,
    /// An item of a list.
    Item,
    /// A block of code, kept whole.
    Code,
    /// A table, kept whole.
    Table,
    /// A question, known as one. Questions with no answer between them ask the same.
    Question,
    /// A part of the answer to the questions before it, known as one.
    Answer,
    /// A text that the source gives as one passage.
    Passage,
}
