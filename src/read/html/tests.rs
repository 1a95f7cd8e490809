//! What the reader makes of pages, habit by habit.

use super::*;
use crate::{model::Block, read::encoding::decode};
use BlockKind::{Answer, Code, Heading, Item, Paragraph, Question, Table, Title};
use proptest::prelude::*;

fn read_bytes(bytes: &[u8]) -> (Option<Article>, Vec<(Option<usize>, String)>) {
    let file = SourceFile { path: "x.html".into(), source: "corpus/x.html".into(), size: 0 };
    let (mut found, mut notes) = (None, Vec::new());
    let mut sink = |one| {
        match one {
            Found::Article(article) => found = Some(*article),
            Found::Recognised(note) | Found::Warning(note) | Found::Skipped(note) => {
                notes.push((note.line, note.reason))
            }
        }
        Ok(())
    };
    article(&file, charset::decode(bytes).unwrap(), &SectionNames::default(), &mut sink).unwrap();
    (found, notes)
}

fn read_one(text: &str) -> Article {
    read_bytes(text.as_bytes()).0.unwrap()
}

#[track_caller]
fn assert_blocks(html: &str, expected: &[(BlockKind, &str)]) {
    let article = read_one(html);
    assert_eq!(article.text.first_difference(html.as_bytes()), None);
    let text = |block: &Block| article.text.plain()[block.range.clone()].to_owned();
    let found: Vec<_> = article.blocks.iter().map(|block| (block.kind, text(block))).collect();
    let found: Vec<_> = found.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
    assert_eq!(found, expected, "{html}");
}

/// The bytes and lines of the block that has this text.
fn place(article: &Article, wanted: &str) -> (std::ops::Range<usize>, [usize; 2]) {
    let is_wanted = |block: &&Block| article.plain(&block.range) == wanted;
    let range = article.blocks.iter().find(is_wanted).unwrap().range.clone();
    let excerpt = article.excerpt(range);
    (excerpt.span(excerpt.all()).hull().unwrap(), excerpt.lines(excerpt.all()))
}

#[test]
fn text_is_what_a_browser_shows() {
    assert_blocks(
        "<p>One  <b>two</b>\n\tthree &amp; &lt;four&gt;<br>five<img alt='six seven'>, 1 < 2 and a<3 &nope; AT&T\n<p>Next<div>last",
        &[
            (Paragraph, "One two three & <four>\nfivesix seven, 1 < 2 and a<3 &nope; AT&T"),
            (Paragraph, "Next"),
            (Paragraph, "last"),
        ],
    );
    assert_blocks("<p>图书馆\n保存。", &[(Paragraph, "图书馆保存。")]);
    assert_blocks("plain <i>text</i> alone", &[(Paragraph, "plain text alone")]);
}
