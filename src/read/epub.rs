//! Books in EPUB: every chapter is a page, read as all pages are.

mod contents;

use super::{
    Reader, Reading, Sink, SourceFile,
    extract::{self, Extract},
    flow::{Flow, Part, Piece, Shape},
    html,
    package::{Package, properties::properties},
};
use crate::{error::Result, model::Counted};
use contents::{Contents, squeezed};

/// Reads `.epub`: the chapters in the order in which they are read.
pub struct Epub;

impl Reader for Epub {
    fn extensions(&self) -> &'static [&'static str] {
        &["epub"]
    }

    fn read(&self, file: &SourceFile, reading: &Reading, sink: &mut Sink<'_>) -> Result<()> {
        extract::read(file, reading, sink, Counted::Paragraph, extract)
    }
}

fn extract(bytes: Vec<u8>, reading: &Reading) -> std::result::Result<Extract, String> {
    let mut package = Package::open(bytes, reading.file_limit)?;
    let contents = Contents::read(&mut package)?;
    let mut book = Book::default();
    for chapter in &contents.chapters {
        let Some(bytes) = package.bytes(chapter)? else {
            book.missing.push(chapter.clone());
            continue;
        };
        match html::flow(&bytes) {
            Ok(page) => {
                book.swallowed.extend(page.swallowed.then(|| chapter.clone()));
                book.add(page.flow, contents.title_of(chapter));
            }
            Err(_) => book.unreadable.push(chapter.clone()),
        }
    }
    let about = properties(&contents.package);
    let flow = leveled(book.flow, about.title.as_deref());
    let starts = starts(&flow);
    let told = |files: &[String], what: &str| {
        let first = files.first()?;
        let others = if files.len() > 1 { format!(" and {} more", files.len() - 1) } else { String::new() };
        Some(format!("`{first}`{others} {what}"))
    };
    let warnings = [
        told(&book.missing, "is to be read and is not in the book: save it again"),
        told(&book.unreadable, "is no text, and left out"),
        told(&book.swallowed, "has an element without an end tag, and all that follows is no text for that"),
    ];
    Ok(Extract { about, flow, starts, warnings: warnings.into_iter().flatten().collect() })
}

/// The chapters so far.
#[derive(Default)]
struct Book {
    flow: Flow,
    missing: Vec<String>,
    unreadable: Vec<String>,
    swallowed: Vec<String>,
}

impl Book {
    /// Adds a chapter. The table of contents has its title, where the chapter itself has none.
    fn add(&mut self, chapter: Flow, title: Option<&str>) {
        let text = chapter.text.plain();
        let is_heading = |part: &Part| matches!(part, Part::Piece(Piece { shape: Shape::Heading(_), .. }));
        let has_text = chapter.parts.iter().any(|part| matches!(part, Part::Piece(_)));
        if let Some(title) = title.filter(|_| has_text && !chapter.parts.iter().any(is_heading)) {
            self.separate();
            let start = self.flow.text.len();
            self.flow.text.push_replaced(title, 0..0);
            let range = start..self.flow.text.len();
            self.flow.parts.push(Part::Piece(Piece { shape: Shape::Heading(1), range, anchor: None }));
        }
        self.separate();
        let shift = self.flow.text.len();
        self.flow.text.push_replaced(text, 0..0);
        let mut depth = 0_usize;
        for part in chapter.parts {
            depth = match part {
                Part::Enter(_) => depth + 1,
                Part::Leave => depth.saturating_sub(1),
                _ => depth,
            };
            self.flow.parts.push(match part {
                Part::Piece(Piece { shape, range, .. }) => {
                    // The anchor leads to a place in a file that no browser is shown.
                    let range = range.start + shift..range.end + shift;
                    Part::Piece(Piece { shape, range, anchor: None })
                }
                part => part,
            });
        }
        self.flow.parts.extend(std::iter::repeat_n(Part::Leave, depth));
        self.flow.bold.extend(chapter.bold.into_iter().map(|bold| bold.start + shift..bold.end + shift));
        self.flow.lines.extend(chapter.lines.into_iter().map(|line| line + shift));
    }

    fn separate(&mut self) {
        if !self.flow.text.is_empty() {
            self.flow.text.push_replaced("\n\n", 0..0);
        }
    }
}

/// The book with its title above its chapters, where it stands in the text, or else with chapters alone.
fn leveled(mut flow: Flow, title: Option<&str>) -> Flow {
    let first = flow.parts.iter().position(|part| matches!(part, Part::Piece(_)));
    let Some(Part::Piece(piece)) = first.and_then(|first| flow.parts.get(first)) else { return flow };
    let says = squeezed(flow.text.plain().get(piece.range.clone()).unwrap_or_default());
    let is_title = matches!(piece.shape, Shape::Heading(_)) && title.is_some_and(|title| squeezed(title) == says);
    if !is_title && flow.titles() < 2 {
        return flow;
    }
    // A page with the title alone comes before the first chapter, which may have the same.
    let text = flow.text.plain();
    let repeats = |piece: &Piece| squeezed(text.get(piece.range.clone()).unwrap_or_default()) == says;
    let is_heading = |piece: &Piece| matches!(piece.shape, Shape::Heading(_));
    let mut index = 0;
    flow.parts.retain(|part| {
        index += 1;
        let again = matches!(part, Part::Piece(piece) if is_heading(piece) && repeats(piece));
        !(is_title && again && Some(index - 1) != first)
    });
    for (index, part) in flow.parts.iter_mut().enumerate() {
        if let Part::Piece(Piece { shape: Shape::Heading(level), .. }) = part {
            *level = if is_title && Some(index) == first { 1 } else { level.saturating_add(1) };
        }
    }
    flow
}

/// Where paragraphs begin: each piece, and each paragraph within one.
fn starts(flow: &Flow) -> Vec<usize> {
    let mut starts = Vec::new();
    for part in &flow.parts {
        let Part::Piece(piece) = part else { continue };
        starts.push(piece.range.start);
        if !matches!(piece.shape, Shape::Code) {
            let text = flow.text.plain().get(piece.range.clone()).unwrap_or_default();
            starts.extend(text.match_indices("\n\n").map(|(at, _)| piece.range.start + at + 2));
        }
    }
    starts
}

#[cfg(test)]
mod tests;
