//! HTML: pages of help centres, documentation and any other, on the places of their bytes.

mod anchors;
mod builder;
pub(crate) mod charset;
mod content;
mod flow;
mod head;
mod json_ld;
mod labels;
mod merge;
mod names;
mod page;
mod pairs;
mod tables;
mod text;

use super::{Found, Reader, Reading, Sink, SourceFile, encoding, flow::habits};
use crate::{
    analyze::language,
    error::Result,
    model::{Article, Block, BlockKind, SourceText},
    split::SectionNames,
};
use content::Content;
use flow::Pieces;
use json_ld::Faq;
use page::Page;
use std::sync::OnceLock;

/// Reads `.html`: the main content of a page, and questions however a page has them.
pub struct Html;

impl Reader for Html {
    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml"]
    }

    fn read(&self, file: &SourceFile, reading: &Reading, sink: &mut Sink<'_>) -> Result<()> {
        match encoding::read_bytes(file, reading).and_then(|bytes| charset::decode(&bytes)) {
            Ok(decoded) => article(file, decoded, &reading.sections, sink),
            Err(reason) => sink(Found::Skipped(file.note(None, reason))),
        }
    }
}

fn article(file: &SourceFile, decoded: encoding::Decoded, names: &SectionNames, sink: &mut Sink<'_>) -> Result<()> {
    let source = decoded.text.plain();
    let line = |at: usize| decoded.text.span(at..source.len()).hull().map(|bytes| decoded.lines.at(bytes.start));
    let is_xml = source.starts_with("<?xml") || file.source.to_lowercase().ends_with(".xhtml");
    let page = Page::read(source, is_xml);
    if let Some(at) = page.swallowed {
        let reason = "an element has no end tag, and all that follows is no text for that: add the end tag";
        sink(Found::Warning(file.note(line(at), reason)))?;
    }
    let mut content = Content::of(&page);
    let (mut about, problems) = head::about(&page, &content);
    for (at, reason) in problems {
        sink(Found::Warning(file.note(line(at), reason)))?;
    }
    let (text, mut blocks) = read(&page, &mut content, names);
    let (faqs, problems) = json_ld::faqs(&page);
    for problem in problems {
        let note = file.note(line(problem.at), problem.reason);
        sink(if problem.skipped { Found::Skipped(note) } else { Found::Warning(note) })?;
    }
    let missing = merge::missing(text.plain(), &mut blocks, faqs);
    let (text, blocks) = with_faqs(text, blocks, &missing);
    if blocks.is_empty() {
        return sink(Found::Warning(file.note(None, "has no text")));
    }
    // The title of the page has the site's name in it; the heading has not.
    if blocks.iter().any(|block| block.kind == BlockKind::Title) {
        about.title = None;
    }
    about.language = about.language.or_else(|| language::of_text(text.plain()));
    sink(Found::Article(Box::new(Article {
        source: file.source.clone(),
        document: file.source.clone(),
        about,
        text: text.through(&decoded.text),
        lines: decoded.lines,
        blocks,
        prompts: Vec::new(),
    })))
}

/// A page that is a part of something else, such as a chapter of a book.
#[cfg(feature = "documents")]
pub(super) struct Part {
    /// Its text, mapped to the HTML.
    pub flow: super::flow::Flow,
    /// Whether an element without an end makes all that follows no text.
    pub swallowed: bool,
}

/// Reads a page that is a part of something else.
///
/// # Errors
/// The reason for the report, where it is no text.
#[cfg(feature = "documents")]
pub(super) fn flow(bytes: &[u8]) -> std::result::Result<Part, String> {
    let decoded = charset::decode(bytes)?;
    let page = Page::read(decoded.text.plain(), true);
    let mut content = Content::of(&page);
    let pieces = pieces(&page, &mut content);
    Ok(Part { flow: pieces.flow, swallowed: page.swallowed.is_some() })
}

/// The text and blocks of a page, on the places of its HTML.
fn read(page: &Page<'_>, content: &mut Content, names: &SectionNames) -> (SourceText, Vec<Block>) {
    let pieces = pieces(page, content);
    let mut blocks = habits::blocks(&pieces.flow, names);
    anchors::set_anchors(&mut blocks, &pieces.anchors);
    (pieces.flow.text, blocks)
}

fn pieces(page: &Page<'_>, content: &mut Content) -> Pieces {
    let pairs = pairs::pairs(page, content);
    let asked = pairs.iter().map(|pair| {
        let (ask, answer) = (&page.elements[pair.ask as usize].nodes, &page.elements[pair.answer as usize].nodes);
        ask.start..answer.end + 1
    });
    let details = page.all().filter(|&element| page.name(element) == "details" && !content.is_skipped(element));
    let details = details.map(|element| {
        let nodes = &page.elements[element as usize].nodes;
        nodes.start..nodes.end + 1
    });
    let questions = asked.chain(details).collect();
    content.add(questions);
    flow::pieces(page, content, &pairs)
}

/// Adds questions to a text: before it, where no heading is above them, unless its beginning would go on with them.
fn with_faqs(text: SourceText, blocks: Vec<Block>, faqs: &[Faq]) -> (SourceText, Vec<Block>) {
    use BlockKind::{Answer, Heading, Paragraph, Question, Title};
    if faqs.is_empty() {
        return (text, blocks);
    }
    let before = blocks.first().is_some_and(|block| matches!(block.kind, Title | Heading(_) | Paragraph | Question));
    let (mut whole, mut all) = if before { Default::default() } else { (text.clone(), blocks.clone()) };
    let parts = faqs.iter().flat_map(|faq| {
        let questions = faq.questions.iter().map(|text| (Question, text));
        questions.chain(faq.answers.iter().map(|text| (Answer, text)))
    });
    for (kind, part) in parts {
        separate(&mut whole);
        let start = whole.len();
        whole.push(part);
        all.push(Block::new(kind, start..whole.len()));
    }
    if before {
        separate(&mut whole);
        let shift = whole.len();
        whole.push(&text);
        all.extend(blocks.into_iter().map(|block| {
            let range = block.range.start + shift..block.range.end + shift;
            Block { range, ..block }
        }));
    }
    (whole, all)
}

fn separate(text: &mut SourceText) {
    if !text.is_empty() {
        let end = text.span(0..text.len()).hull().map_or(0, |hull| hull.end);
        text.push_replaced("\n\n", end..end);
    }
}

/// Reads a piece of HTML that is held in a mapped text, such as a string of JSON or a cell of a table.
///
/// The plain text that comes back is mapped to where the HTML is mapped to. Nothing is left out but what is no
/// text: a piece has no menus. `<h1>` is a heading like the others.
#[must_use]
pub fn fragment(html: &SourceText) -> (SourceText, Vec<Block>) {
    static NAMES: OnceLock<SectionNames> = OnceLock::new();
    let page = Page::read(html.plain(), false);
    let mut content = Content::all(&page);
    let (text, mut blocks) = read(&page, &mut content, NAMES.get_or_init(SectionNames::default));
    for block in &mut blocks {
        if block.kind == BlockKind::Title {
            block.kind = BlockKind::Heading(1);
        }
    }
    (text.through(html), blocks)
}

/// Whether a text that may be plain has tags or entities of HTML in it.
///
/// What stands between backticks is about HTML and does not count.
#[must_use]
pub fn looks_like_html(text: &str) -> bool {
    let quoted = |part: &str| part.len() < 200 && !part.contains('\n');
    let mut parts = text.split('`').peekable();
    let mut outside = true;
    while let Some(part) = parts.next() {
        if outside && has_markup(part) {
            return true;
        }
        outside = !(outside && parts.peek().is_some_and(|next| quoted(next)));
    }
    false
}

/// Whether a tag of a known element, whole, or an entity is in a text.
fn has_markup(text: &str) -> bool {
    let tag = |at: usize| {
        let rest = text[at + 1..].strip_prefix('/').unwrap_or(&text[at + 1..]);
        let name = rest.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
        let behind = &rest[name..];
        let known = names::is_known(&rest[..name].to_ascii_lowercase());
        known && (behind.starts_with(['>', '/']) || (behind.starts_with(char::is_whitespace) && behind.contains('>')))
    };
    let entity = |at: usize| {
        let (_, length) = text::entity(&text[at..]);
        length > 1 && text[..at + length].ends_with(';')
    };
    let last = text.rfind('>').unwrap_or(0);
    text[..last].match_indices('<').any(|(at, _)| tag(at)) || text.match_indices('&').any(|(at, _)| entity(at))
}

#[cfg(test)]
mod tests;
