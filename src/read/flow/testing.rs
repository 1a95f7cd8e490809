//! What the tests of all markup readers share.

use super::document::{Document, article};
pub use crate::read::testing::{Notes, place};
use crate::{
    model::{Article, BlockKind},
    read::{
        SourceFile,
        encoding::decode,
        testing::{assert_article, come},
    },
    split::SectionNames,
};

/// Reads a file with these bytes.
#[track_caller]
pub fn read(parse: fn(&str) -> Document, bytes: &[u8]) -> (Option<Article>, Notes) {
    let file = SourceFile { path: "x".into(), source: "corpus/x".into(), size: 0 };
    let decoded = decode(bytes).unwrap();
    let document = parse(decoded.text.plain());
    come(bytes, |sink| article(&file, decoded, document, &SectionNames::default(), sink)).one()
}

/// The article of a text.
#[track_caller]
pub fn read_one(parse: fn(&str) -> Document, text: &str) -> Article {
    read(parse, text.as_bytes()).0.unwrap()
}

/// Asserts the blocks of a text, each with what it says.
#[track_caller]
pub fn assert_blocks(parse: fn(&str) -> Document, text: &str, expected: &[(BlockKind, &str)]) {
    assert_article(&read_one(parse, text), expected);
}

/// Asserts what holds for every file: the map is exact, blocks come in order and say something.
#[track_caller]
pub fn assert_sound(parse: fn(&str) -> Document, bytes: &[u8]) {
    let (Some(article), _) = read(parse, bytes) else { return };
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
