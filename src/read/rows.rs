//! Formats with a document in each row: what a row says, and how it becomes an article.

use super::{
    Found, Reading, Sink, SourceFile,
    markup::{self, Markup},
};
use crate::{
    analyze::language,
    error::Result,
    model::{About, Article, Block, BlockKind, Lines, Prompt, SourceText},
    split::{SectionNames, labels::ends_with_question_mark},
};
use std::collections::BTreeMap;

/// How much text of the first rows tells the language of the file, in bytes.
const LANGUAGE_SAMPLE: usize = 32 << 10;

/// How many kinds of trouble one file may have before the rest is only counted.
const KINDS: usize = 100;

/// What the text of a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyKind {
    /// The answer to its question.
    Answer,
    /// One passage, or the answer if there is a question.
    Text,
    /// A page with headings and paragraphs of its own.
    Page,
}

/// The text of a row.
#[derive(Debug, Clone)]
pub struct Body {
    /// What it is.
    pub kind: BodyKind,
    /// The text as it is written.
    pub text: SourceText,
    /// How it may be written.
    pub markup: Markup,
}

/// What a row says, whatever its format. Texts are never blank.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// The name that a reply gives as `document`.
    pub document: Option<String>,
    /// What it says about itself; the title is that of what it stands in.
    pub about: About,
    /// Its own title, which may turn out to be the question.
    pub title: Option<SourceText>,
    /// The headings above it.
    pub headings: Vec<SourceText>,
    /// The question and its alternates.
    pub questions: Vec<SourceText>,
    /// The answer or passage.
    pub body: Option<Body>,
    /// What may be asked next.
    pub prompts: Vec<Prompt>,
}

impl Row {
    /// The article that the row makes, still mapped to the text that it was read from.
    ///
    /// # Errors
    /// The reason for the report, where words are missing.
    fn article(mut self, file: &SourceFile, lines: Lines, names: &SectionNames) -> Result<Article, String> {
        let title_asks = self.questions.is_empty() && self.body.as_ref().is_some_and(|b| b.kind == BodyKind::Answer);
        if title_asks && let Some(title) = self.title.take() {
            self.questions.push(title);
        }
        let body = self.body.ok_or("has neither `answer` nor `text` (with words in it)")?;
        if let Some(title) = &self.title {
            self.about.title = Some(title.plain().trim().to_owned());
        }
        let asked = !self.questions.is_empty();
        let (text, mut blocks) = match (asked, body.kind) {
            (true, _) => markup::answer(body.text, body.markup, names),
            (false, BodyKind::Page) => markup::page(body.text, body.markup, names),
            (false, _) => {
                let all = 0..body.text.len();
                (body.text, vec![Block::new(BlockKind::Passage, all)])
            }
        };
        // A short page under a question answers it.
        let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading(_) | BlockKind::Title);
        if let Some(title) = self.title.filter(|title| ends_with_question_mark(title.plain()))
            && !asked
            && body.kind == BodyKind::Page
            && !blocks.iter().any(|block| is_heading(block) || block.kind == BlockKind::Question)
        {
            self.questions.push(title);
            for block in &mut blocks {
                block.kind = BlockKind::Answer;
            }
        }
        let mut whole = SourceText::default();
        let mut all = Vec::new();
        let headings = self.headings.iter().enumerate();
        let headings = headings.map(|(depth, text)| (BlockKind::Heading((depth + 1).min(6) as u8), text));
        for (kind, part) in headings.chain(self.questions.iter().map(|text| (BlockKind::Question, text))) {
            let start = whole.len();
            whole.push(part);
            all.push(Block::new(kind, start..whole.len()));
            separate(&mut whole);
        }
        let start = whole.len();
        whole.push(&text);
        separate(&mut whole);
        for mut block in blocks {
            block.range = block.range.start + start..block.range.end + start;
            all.push(block);
        }
        let document = self.document.unwrap_or_else(|| file.source.clone());
        let (source, about, prompts) = (file.source.clone(), self.about, self.prompts);
        Ok(Article { source, document, about, text: whole, lines, blocks: all, prompts })
    }
}

/// Ends a part of a text; what stands between the parts is in no file.
pub fn separate(text: &mut SourceText) {
    let end = text.source_end();
    text.push_replaced("\n", end..end);
}

/// Joins texts that stand apart in their source, each a paragraph.
#[must_use]
pub fn joined(parts: &[SourceText]) -> Option<SourceText> {
    let mut whole = parts.first()?.clone();
    for part in &parts[1..] {
        separate(&mut whole);
        whole.push(part);
    }
    Some(whole)
}

/// Whether a text has words.
#[must_use]
pub fn has_words(text: &SourceText) -> bool {
    !text.plain().trim().is_empty()
}

/// Turns rows into articles; the first wait until the language of the file is known.
pub struct Rows<'a, 'sink> {
    file: &'a SourceFile,
    names: &'a SectionNames,
    sink: &'a mut Sink<'sink>,
    waiting: Vec<Article>,
    sample: String,
    sampled: bool,
    language: Option<String>,
    /// What was not understood: first line and how often.
    told: BTreeMap<String, (Option<usize>, usize)>,
    /// How many articles there were.
    pub count: usize,
}

impl<'a, 'sink> Rows<'a, 'sink> {
    /// Hands the rows of a file to `sink`.
    pub fn new(file: &'a SourceFile, reading: &'a Reading, sink: &'a mut Sink<'sink>) -> Self {
        Self {
            file,
            names: &reading.sections,
            sink,
            waiting: Vec::new(),
            sample: String::new(),
            sampled: false,
            language: None,
            told: BTreeMap::new(),
            count: 0,
        }
    }

    /// Reports a row that cannot be read.
    ///
    /// # Errors
    /// Whatever the sink returns.
    pub fn skip(&mut self, line: impl Into<Option<usize>>, reason: impl Into<String>) -> Result<()> {
        (self.sink)(Found::Skipped(self.file.note(line, reason)))
    }

    /// Ends a file that is data of another kind: what was told of parts of it is no matter.
    ///
    /// # Errors
    /// Whatever the sink returns.
    pub fn nothing(self, line: impl Into<Option<usize>>, reason: impl Into<String>) -> Result<()> {
        (self.sink)(Found::Nothing(self.file.note(line, reason)))
    }

    /// Tells what the file was taken for.
    ///
    /// # Errors
    /// Whatever the sink returns.
    pub fn recognised(&mut self, what: impl Into<String>) -> Result<()> {
        (self.sink)(Found::Recognised(self.file.note(None, what)))
    }

    /// Notes something that was not understood; at the end each kind is told once, with its first line.
    pub fn tell(&mut self, line: impl Into<Option<usize>>, what: impl Into<String>) {
        let mut what = what.into();
        if self.told.len() >= KINDS && !self.told.contains_key(&what) {
            "more is not understood and left out".clone_into(&mut what);
        }
        self.told.entry(what).or_insert((line.into(), 0)).1 += 1;
    }

    /// Adds a row. `outer` maps the text that it was read from to the file, if they differ; `lines` are the file's.
    ///
    /// # Errors
    /// Whatever the sink returns.
    pub fn add(&mut self, row: Row, lines: Lines, outer: Option<&SourceText>) -> Result<()> {
        let line = lines.first();
        let mut article = match row.article(self.file, lines, self.names) {
            Ok(article) => article,
            Err(reason) => return self.skip(line, reason),
        };
        if let Some(outer) = outer {
            article.text = article.text.through(outer);
        }
        self.count += 1;
        if self.sampled {
            article.about.language = article.about.language.or_else(|| self.language.clone());
            return (self.sink)(Found::Article(Box::new(article)));
        }
        self.sample.push_str(article.text.plain());
        self.sample.push('\n');
        self.waiting.push(article);
        if self.sample.len() < LANGUAGE_SAMPLE { Ok(()) } else { self.let_go() }
    }

    /// Lets go of the rows that wait.
    fn let_go(&mut self) -> Result<()> {
        self.language = language::of_text(&self.sample);
        self.sampled = true;
        for mut article in self.waiting.drain(..) {
            article.about.language = article.about.language.or_else(|| self.language.clone());
            (self.sink)(Found::Article(Box::new(article)))?;
        }
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// Whatever the sink returns.
    pub fn finish(mut self) -> Result<()> {
        self.let_go()?;
        for (what, (line, count)) in std::mem::take(&mut self.told) {
            let often = if count > 1 { format!(" ({count} times)") } else { String::new() };
            (self.sink)(Found::Warning(self.file.note(line, format!("{what}{often}"))))?;
        }
        Ok(())
    }
}
