//! What the tests of all markup readers share.

use super::document::{Document, article};
use crate::{
    model::{Article, Block, BlockKind},
    read::{Found, SourceFile, encoding::decode},
    split::SectionNames,
};
use std::ops::Range;

/// Notes by line.
pub type Notes = Vec<(Option<usize>, String)>;

/// Reads a file with these bytes.
pub fn read(parse: fn(&str) -> Document, bytes: &[u8]) -> (Option<Article>, Notes) {
    let file = SourceFile { path: "x".into(), source: "corpus/x".into(), size: 0 };
    let (mut found, mut notes) = (None, Vec::new());
    let mut sink = |one| {
        match one {
            Found::Article(article) => found = Some(*article),
            Found::Recognised(note) | Found::Warning(note) | Found::Skipped(note) => {
                notes.push((note.line, note.reason));
            }
        }
        Ok(())
    };
    let decoded = decode(bytes).unwrap();
    let document = parse(decoded.text.plain());
    article(&file, decoded, document, &SectionNames::default(), &mut sink).unwrap();
    (found, notes)
}

/// The article of a text.
pub fn read_one(parse: fn(&str) -> Document, text: &str) -> Article {
    read(parse, text.as_bytes()).0.unwrap()
}

/// Asserts the blocks of a text, each with what it says.
#[track_caller]
pub fn assert_blocks(parse: fn(&str) -> Document, text: &str, expected: &[(BlockKind, &str)]) {
    let article = read_one(parse, text);
    assert_eq!(article.text.first_difference(text.as_bytes()), None);
    let content = |block: &Block| article.text.plain()[block.range.clone()].to_owned();
    let found: Vec<_> = article.blocks.iter().map(|block| (block.kind, content(block))).collect();
    let found: Vec<_> = found.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
    assert_eq!(found, expected, "{text}");
}

/// The bytes and lines of the block that has this text.
pub fn place(article: &Article, wanted: &str) -> (Range<usize>, [usize; 2]) {
    let is_wanted = |block: &&Block| article.plain(&block.range) == wanted;
    let range = article.blocks.iter().find(is_wanted).unwrap().range.clone();
    let excerpt = article.excerpt(range);
    (excerpt.span(excerpt.all()).hull().unwrap(), excerpt.lines(excerpt.all()))
}

/// Asserts what holds for every file: the map is exact, blocks come in order and say something.
#[track_caller]
pub fn assert_sound(parse: fn(&str) -> Document, bytes: &[u8]) {
    let (Some(article), _) = read(parse, bytes) else { return };
    assert_eq!(article.text.first_difference(bytes), None);
    let mut end = 0;
    for block in &article.blocks {
        assert!(block.range.start >= end && !article.plain(&block.range).is_empty());
        end = block.range.end;
        let excerpt = article.excerpt(block.range.clone());
        let span = excerpt.span(excerpt.all());
        assert!(span.ranges.windows(2).all(|pair| pair[0].end < pair[1].start));
        assert!(span.hull().is_none_or(|hull| hull.start < hull.end && hull.end <= bytes.len()));
    }
    assert!(end <= article.text.len());
}
