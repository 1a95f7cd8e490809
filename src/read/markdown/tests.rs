//! What the reader makes of Markdown, habit by habit.

mod questions;

use super::*;
use crate::{
    model::{Article, BlockKind},
    read::{
        encoding::decode,
        flow::testing::{self, Notes, place},
    },
};
use BlockKind::{Answer, Code, Heading, Item, Paragraph, Question, Table, Title};
use proptest::prelude::*;

fn read(bytes: &[u8]) -> (Option<Article>, Notes) {
    testing::read(parse, bytes)
}

fn read_one(text: &str) -> Article {
    testing::read_one(parse, text)
}

#[track_caller]
fn assert_blocks(text: &str, expected: &[(BlockKind, &str)]) {
    testing::assert_blocks(parse, text, expected);
}

#[test]
fn the_text_is_what_a_reader_sees() {
    assert_blocks(
        "A *b* **c** ~~d~~ [link](http://x.y \"t\") ![an *image*](i.png) `co de` ``a`b`` &amp; \\* <http://x.y>[^1]\n\n[^1]: Note.\n",
        &[(Paragraph, "A b c d link an image co de a`b & * http://x.y"), (Paragraph, "Note.")],
    );
}

#[test]
fn line_breaks_are_spaces_unless_they_are_hard() {
    assert_blocks("one\ntwo  \nthree\\\nfour<br>five\n", &[(Paragraph, "one two\nthree\nfour\nfive")]);
    assert_blocks("> 图书馆\n> 保存。\n", &[(Paragraph, "图书馆保存。")]);
    assert_blocks("> `a\n> b`\n", &[(Paragraph, "a b")]);
}

#[test]
fn a_place_is_that_of_the_words_in_the_file() {
    let text = "---\r\ntitle: T\r\n---\r\n# Head\r\n\r\nFirst &amp; **last**\r\n> word\r\n\r\n- item\r\n";
    let article = read_one(text);
    let (bytes, lines) = place(&article, "First & last");
    assert_eq!((&text[bytes], lines), ("First &amp; **last", [6, 6]));
    assert_eq!(place(&article, "word").1, [7, 7]);
    assert_eq!(place(&article, "item").1, [9, 9]);
    assert_eq!(article.about.title.as_deref(), Some("T"));
    assert_eq!(article.text.first_difference(text.as_bytes()), None);
}

#[test]
fn other_encodings_keep_their_bytes() {
    let units = "# Größe\n\nText &amp; mehr".encode_utf16();
    let bytes: Vec<u8> = [0xff, 0xfe].into_iter().chain(units.flat_map(u16::to_le_bytes)).collect();
    let article = read(&bytes).0.unwrap();
    assert_eq!(article.text.plain(), "Größe\n\nText & mehr");
    assert_eq!(article.text.first_difference(&bytes), None);
    let (span, lines) = place(&article, "Text & mehr");
    assert_eq!((span, lines), (20..bytes.len(), [3, 3]));
}

#[test]
fn headings_have_levels_and_anchors() {
    let article = read_one("Lead.\n\n# Title\n\n## How to `pay`? {#pay}\n\nSub\n---\n\n## Sub\n\n# Other\n");
    let found: Vec<_> = article.blocks.iter().map(|block| (block.kind, block.anchor.as_deref())).collect();
    let expected = [
        (Paragraph, None),
        (Title, Some("title")),
        (Heading(2), Some("pay")),
        (Heading(2), Some("sub")),
        (Heading(2), Some("sub-1")),
        (Heading(1), Some("other")),
    ];
    assert_eq!(found, expected);
    assert_blocks("## Sub\n\n# Late\n", &[(Heading(2), "Sub"), (Heading(1), "Late")]);
    assert_blocks(
        "# A?\n\nx\n\n# B?\n\ny\n",
        &[(Heading(1), "A?"), (Paragraph, "x"), (Heading(1), "B?"), (Paragraph, "y")],
    );
}

#[test]
fn list_items_are_blocks_of_their_own() {
    assert_blocks(
        "- one\n  more\n\n  second\n  - nested\n\n  after\n- [x] done\n\n1. first\n   ```\n   code\n   ```\n",
        &[
            (Item, "one more\n\nsecond"),
            (Item, "nested"),
            (Item, "after"),
            (Item, "done"),
            (Item, "first"),
            (Code, "code"),
        ],
    );
}

#[test]
fn code_and_tables_stay_whole() {
    assert_blocks(
        "```rust\nfn a() {\n\n    b();\n}\n```\n\n    indented\n      more\n\n| a | b |\n|---|---|\n| x \\| `y\\|z` | **c** |\n| | d |\n",
        &[(Code, "fn a() {\n\n    b();\n}"), (Code, "indented\n  more"), (Table, "a | b\nx | y|z | c\n | d")],
    );
}

#[test]
fn quotes_give_their_paragraphs_and_rules_nothing() {
    assert_blocks(
        "> a\n> b\n>\n> c\n\n---\n\n> [!NOTE]\n> d\n",
        &[(Paragraph, "a b"), (Paragraph, "c"), (Paragraph, "d")],
    );
}

#[test]
fn html_leaves_its_text() {
    assert_blocks(
        "<!-- no -->\n<div align=\"center\">\n  <p>One &auml; &lt;b&gt;<br>\n  two</p><img alt=\"Logo\">\n</div>\n\n\
         <script>\nlet a = '<p>no</p>';\n\nmore</script>\n\nText <b>bold</b> <!-- no --> <span title='>'>here</span><script>no</script>\n",
        &[(Paragraph, "One ä <b>\ntwo"), (Paragraph, "Logo"), (Paragraph, "Text bold  here")],
    );
    assert_blocks(
        "<h2 id=\"x\">Head</h2>\n<ul><li>a</li><li>b\n c</li></ul>\n<pre>\n  x\n  &lt;y\n</pre>\n<table><tr><th>a<th>b</tr><tr><td>c</td><td><p>d</p></td></tr></table>\n",
        &[(Heading(2), "Head"), (Item, "a"), (Item, "b c"), (Code, "  x\n  <y"), (Table, "a | b\nc | d")],
    );
}

#[test]
fn bad_front_matter_costs_only_itself() {
    let (article, notes) = read(b"---\ntitle: [a\n---\n# Head\n\nText.\n");
    let article = article.unwrap();
    assert_eq!(article.about.title, None);
    assert_eq!(article.text.plain(), "Head\n\nText.");
    assert_eq!(notes.len(), 1);
    assert!(notes[0].0.is_some() && notes[0].1.starts_with("the front matter is not YAML"), "{notes:?}");
}

#[test]
fn the_language_is_told_or_found() {
    let english = "The library keeps every book that was ever printed in the country, and lends most of them.";
    assert_eq!(read_one(english).about.language.as_deref(), Some("en"));
    assert_eq!(read_one(&format!("---\nlang: de\n---\n{english}")).about.language.as_deref(), Some("de"));
}

#[test]
fn a_file_without_text_is_told() {
    for bytes in ["", "---\ntitle: x\n---\n", "<!-- x -->\n", "---\n\n***\n"] {
        let (article, notes) = read(bytes.as_bytes());
        assert_eq!(article, None);
        assert_eq!(notes, [(None, "has no text".to_owned())]);
    }
}

/// Whatever is written: the map is right, and blocks are in order.
fn check(bytes: &[u8]) -> Result<(), TestCaseError> {
    let (Some(article), _) = read(bytes) else { return Ok(()) };
    prop_assert_eq!(article.text.first_difference(bytes), None);
    let mut at = 0;
    for block in &article.blocks {
        prop_assert!(block.range.start >= at && !block.range.is_empty(), "{:?}", article.blocks);
        prop_assert!(article.text.plain().get(block.range.clone()).is_some());
        at = block.range.end;
        let ranges = article.text.span(block.range.clone()).ranges;
        prop_assert!(ranges.is_sorted_by(|a, b| a.end <= b.start), "{ranges:?}");
        prop_assert!(ranges.last().is_none_or(|last| last.end <= bytes.len()));
    }
    Ok(())
}

fn markdown() -> impl Strategy<Value = String> {
    let pieces = [
        "a",
        "é",
        "中",
        "文",
        "word ",
        "How? ",
        " ",
        "\n",
        "\r\n",
        "\n\n",
        "\t",
        "    ",
        "# ",
        "## ",
        "- ",
        "1. ",
        "> ",
        "**",
        "*",
        "`",
        "``` \n",
        "| a | b |\n|---|---|\n",
        "|",
        "\\|",
        "\\",
        "&amp;",
        "&auml;",
        "[x](y)",
        "![",
        "](z)",
        "[ ] ",
        "[^1]",
        "[^1]: ",
        ": ",
        "<b>",
        "</b>",
        "<br>",
        "<details>",
        "</details>",
        "<summary>",
        "</summary>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<p>",
        "</p>",
        "<pre>",
        "</pre>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<li>",
        "<h2 id='x'>",
        "</h2>",
        "<dt>",
        "<dd>",
        "<img alt='x y'>",
        "Q: ",
        "A: ",
        "**Q1:** ",
        "**How?**",
        "---\n",
        "+++\n",
        "a: b\n",
        "{#id}",
        "~~",
        "\u{feff}",
        "===\n",
        "  \n",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_markdown_is_mapped_right(text in markdown()) {
        check(text.as_bytes())?;
    }

    #[test]
    fn any_text_is_mapped_right(text in any::<String>()) {
        if decode(text.as_bytes()).is_ok() {
            check(text.as_bytes())?;
        }
    }
}
