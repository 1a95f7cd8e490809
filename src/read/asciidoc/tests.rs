//! What the reader makes of `AsciiDoc`.

use super::parse;
use crate::{
    model::BlockKind::{self, Answer, Code, Heading, Item, Paragraph, Question, Table, Title},
    read::flow::testing::{self, assert_sound, place, read, read_one},
};
use proptest::prelude::*;

#[track_caller]
fn assert_blocks(text: &str, expected: &[(BlockKind, &str)]) {
    testing::assert_blocks(parse, text, expected);
}

#[test]
fn the_header_is_metadata() {
    let text = "// comment\n= The Title\nAnn Lee <a@x.y>; Bo\nv1.2, 2024-03-05: First\n:lang: de\n:keywords: a, b\n:toc:\n:product: Faqt\n\nAbout {product}.\n\n[#pay]\n== How do I pay?\nBy card.\n\n== Why\n\n=== Sub\nx\n";
    assert_blocks(
        text,
        &[
            (Title, "The Title"),
            (Paragraph, "About Faqt."),
            (Heading(2), "How do I pay?"),
            (Paragraph, "By card."),
            (Heading(2), "Why"),
            (Heading(3), "Sub"),
            (Paragraph, "x"),
        ],
    );
    let article = read_one(parse, text);
    assert_eq!(article.about.published.as_deref(), Some("2024-03-05"));
    assert_eq!(article.about.language.as_deref(), Some("de"));
    assert_eq!(article.about.metadata["keywords"], ["a", "b"]);
    assert_eq!(article.about.metadata["author"], ["Ann Lee", "Bo"]);
    let anchors: Vec<_> = article.blocks.iter().filter_map(|block| block.anchor.as_deref()).collect();
    assert_eq!(anchors, ["_the_title", "pay", "_why", "_sub"]);
    assert_eq!(place(&article, "By card.").1, [14, 14]);
}

#[test]
fn titles_may_be_underlined() {
    assert_blocks(
        "faq(7)\n======\n:a: b\n\nNAME\n----\nText\n\n----\ncode\n----\n\n[[x]]\nHow?::\n\tSo.\n\nMore.\n",
        &[
            (Title, "faq(7)"),
            (Heading(2), "NAME"),
            (Paragraph, "Text"),
            (Code, "code"),
            (Question, "How?"),
            (Answer, "So."),
            (Paragraph, "More."),
        ],
    );
}

#[test]
fn lists_nest_by_their_marks() {
    assert_blocks(
        "* one\ngoes on\n** sub\n+\nmore\n* two\n\n- [x] three\n. four\n\nEnd.\n\n1. five\n<1> six\n",
        &[
            (Item, "one goes on"),
            (Item, "sub\n\nmore"),
            (Item, "two"),
            (Item, "three"),
            (Item, "four"),
            (Paragraph, "End."),
            (Item, "five"),
            (Item, "six"),
        ],
    );
}

#[test]
fn labelled_lists_answer_what_asks() {
    assert_blocks(
        "How?:: So\nit is.\nWhy?::\n  Because.\n+\nAnd more.\n\nTerm:: Meaning.\n\n[qanda]\nA plain term:: An answer.\nAnother::\n\nIts answer.\n\nEnd.\n",
        &[
            (Question, "How?"),
            (Answer, "So it is."),
            (Question, "Why?"),
            (Answer, "Because."),
            (Answer, "And more."),
            (Paragraph, "Term\n\nMeaning."),
            (Question, "A plain term"),
            (Answer, "An answer."),
            (Question, "Another"),
            (Answer, "Its answer."),
            (Paragraph, "End."),
        ],
    );
}

#[test]
fn blocks_stay_whole() {
    let text = "A:\n\n[source,sh]\n----\n  a\n\n* b\n----\n\n....\nc\n....\n\n  literal\n\n////\nno\n////\n\n++++\n<b>\n++++\n\n[NOTE]\n====\nMind *this*.\n\n* x\n====\n\nTIP: Do.\n\n.Caption\n[cols=\"1,1\"]\n|===\n|A |B c\n\n|1\n2+|two\n\na|3 |4\n|===\n\nimage::x.png[]\ninclude::y.adoc[]\n\n'''\n\n```\nd\n```\nEnd.\n";
    assert_blocks(
        text,
        &[
            (Paragraph, "A:"),
            (Code, "  a\n\n* b"),
            (Code, "c"),
            (Code, "literal"),
            (Paragraph, "Mind this."),
            (Item, "x"),
            (Paragraph, "TIP: Do."),
            (Paragraph, "Caption"),
            (Table, "A | B c\n1 | two\n3 | 4"),
            (Code, "d"),
            (Paragraph, "End."),
        ],
    );
    let (_, notes) = read(parse, text.as_bytes());
    assert_eq!(notes.len(), 1, "{notes:?}");
    let (_, notes) = read(parse, b"a\n\n----\nb\n");
    assert_eq!(notes[0], (Some(3), "the block `----` has no end: all that is below it belongs to it".to_owned()));
}

#[test]
fn hostile_files_take_linear_time() {
    for part in
        ["* a\n", "a:: ", "a::\n", "====\n", "|===\n", "[a]\n", "+\n", "= a\n", ":a: b\n", "{a}", "a:;", "* a\n====\n"]
    {
        assert_sound(parse, part.repeat(50_000).as_bytes());
    }
    let bomb = [":a: ".to_owned(), "x".repeat(190), "\n\n".to_owned(), "{a}".repeat(100_000)].concat();
    assert!(read_one(parse, &bomb).text.len() < 2 << 20);
}

fn markup() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "a",
        "b c",
        "é",
        "\n",
        "\n",
        "\n\n",
        "  ",
        "= ",
        "== ",
        "* ",
        "** ",
        ". ",
        "1. ",
        ":: ",
        "::\n",
        "+\n",
        "----\n",
        "====\n",
        "|===\n",
        "|",
        "[",
        "]",
        "[[x]]",
        "[qanda]\n",
        "*",
        "_",
        "`",
        "#",
        "+",
        "**",
        "link:",
        "http://x",
        "<<",
        ">>",
        ",",
        "{lt}",
        "{",
        "}",
        "\\",
        "((",
        "))",
        "\"",
        ":a: b\n",
        "?",
        "Q: ",
        "A: ",
        "\r\n",
        "中",
        "//",
        "\u{a0}",
        "image:",
        "^",
        "=",
    ]);
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_is_mapped_right(text in markup()) {
        assert_sound(parse, text.as_bytes());
    }
}
