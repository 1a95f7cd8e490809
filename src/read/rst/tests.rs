//! What the reader makes of reStructuredText.

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
fn titles_have_levels_by_their_adornment() {
    assert_blocks(
        "====\nTop\n====\n\nText.\n\nFirst\n=====\na\n\nSub\n---\nb\n\nSecond\n======\n\n----\n\nlong title\n---\n",
        &[
            (Title, "Top"),
            (Paragraph, "Text."),
            (Heading(2), "First"),
            (Paragraph, "a"),
            (Heading(3), "Sub"),
            (Paragraph, "b"),
            (Heading(2), "Second"),
            (Paragraph, "long title ---"),
        ],
    );
}

#[test]
fn anchors_are_labels_or_made_of_titles() {
    let article =
        read_one(parse, "Top\n===\n\n.. _My Label:\n\nHow do I pay?\n-------------\nBy card.\n\nWhy?\n----\nSo.\n");
    let anchors: Vec<_> = article.blocks.iter().filter_map(|block| block.anchor.as_deref()).collect();
    assert_eq!(anchors, ["top", "my-label", "why"]);
    assert_eq!(place(&article, "By card."), (52..60, [8, 8]));
}

#[test]
fn fields_at_the_top_are_metadata() {
    let text = ":date: 2024-03-05\n:author: Ann\n:orphan:\n\nTop\n===\n:lang: de\n\n.. meta::\n   :keywords: a, b\n\nText.\n\n:param x: the x\n   of it\n:Q: How?\n:A: So.\n";
    let article = read_one(parse, text);
    assert_eq!(article.about.published.as_deref(), Some("2024-03-05"));
    assert_eq!(article.about.language.as_deref(), Some("de"));
    assert_eq!(article.about.metadata["keywords"], ["a", "b"]);
    assert_eq!(article.about.metadata["author"], ["Ann"]);
    assert_blocks(
        text,
        &[
            (Title, "Top"),
            (Paragraph, "Text."),
            (Paragraph, "param x: the x of it"),
            (Question, "How?"),
            (Answer, "So."),
        ],
    );
    let (article, notes) = read(parse, b".. title:: Named\n\n:date: soon\n\nText.\n");
    assert_eq!(article.unwrap().about.title.as_deref(), Some("Named"));
    assert_eq!(notes, [(Some(3), "`date` is no date: `soon`; write YYYY-MM-DD".to_owned())]);
}

#[test]
fn lists_nest_by_indentation() {
    assert_blocks(
        "- one\n  goes on\n\n  - sub\n\n  end\n- two\n\n1. first\n#. second\n\nIn\n1. no list\nhere\n\n  quote\n\nback\n",
        &[
            (Item, "one goes on"),
            (Item, "sub"),
            (Item, "end"),
            (Item, "two"),
            (Item, "first"),
            (Item, "second"),
            (Paragraph, "In 1. no list here"),
            (Paragraph, "quote"),
            (Paragraph, "back"),
        ],
    );
}

#[test]
fn terms_that_ask_are_questions() {
    assert_blocks(
        "How do I pay?\n    By card.\n\n    Or not.\n\n    - cash\n\nTerm\n  Its meaning.\n",
        &[
            (Question, "How do I pay?"),
            (Answer, "By card."),
            (Answer, "Or not."),
            (Answer, "cash"),
            (Paragraph, "Term\n\nIts meaning."),
        ],
    );
}

#[test]
fn code_stays_whole() {
    assert_blocks(
        "Do this::\n\n    if x:\n        y\n\n    z\n\nOr ::\n\n> a\n> b\n\n::\n\n  c\n\n.. code-block:: python\n   :linenos:\n\n   d\n\n     e\n\n>>> 1\n1\n\nEnd.\n",
        &[
            (Paragraph, "Do this:"),
            (Code, "if x:\n    y\n\nz"),
            (Paragraph, "Or"),
            (Code, "> a\n> b"),
            (Code, "c"),
            (Code, "d\n\n  e"),
            (Code, ">>> 1\n1"),
            (Paragraph, "End."),
        ],
    );
}

#[test]
fn tables_stay_whole() {
    assert_blocks(
        "+---+-----+\n| a | b c |\n+===+=====+\n| 1 |     |\n+---+-----+\n\n==  =====\na   b c\n==  =====\n1   2\n\n3   4\n==  =====\n\n.. list-table:: Cap\n   :widths: 1 2\n\n   * - a\n     - b\n   * - c\n     - d\n\n.. csv-table::\n\n   a, b\n",
        &[
            (Table, "a | b c\n1 |"),
            (Table, "a | b c\n1 | 2\n3 | 4"),
            (Paragraph, "Cap"),
            (Table, "a | b\nc | d"),
            (Table, "a, b"),
        ],
    );
}

#[test]
fn directives_hold_prose_or_nothing() {
    let text = ".. note:: Mind *this*\n   well.\n\n   And that.\n\n.. toctree::\n   :maxdepth: 2\n\n   a\n   b\n\n.. a comment\n   of two lines\n\n..\n   another\n\n.. |x| replace:: y\n\n.. figure:: x.png\n   :alt: no\n\n   A caption.\n\n.. py:function:: f(*a)\n   :async:\n\n   Does it.\n\n.. [1] A footnote.\n\n.. raw:: html\n\n   <b>x</b>\n\n.. raw:: html\n\n   y\n\n| a\n| b\n";
    assert_blocks(
        text,
        &[
            (Paragraph, "Mind this well."),
            (Paragraph, "And that."),
            (Paragraph, "A caption."),
            (Paragraph, "f(*a)"),
            (Paragraph, "Does it."),
            (Paragraph, "A footnote."),
            (Paragraph, "a\nb"),
        ],
    );
    let (_, notes) = read(parse, text.as_bytes());
    let reason = "the directive `raw` is not read and left out with its text, here and once more below";
    assert_eq!(notes, [(Some(32), reason.to_owned())]);
}

#[test]
fn habits_of_faqs_are_known() {
    assert_blocks(
        "FAQ\n===\n\n**Q: How do I pay?**\n\nA: By card.\n\n**Why so?**\n  Because.\n\n.. dropdown:: Is it free?\n   :open:\n\n   Yes.\n\n.. dropdown:: Empty?\n\nEnd.\n",
        &[
            (Title, "FAQ"),
            (Question, "How do I pay?"),
            (Answer, "By card."),
            (Question, "Why so?"),
            (Answer, "Because."),
            (Question, "Is it free?"),
            (Answer, "Yes."),
            (Paragraph, "Empty?"),
            (Paragraph, "End."),
        ],
    );
}

#[test]
fn hostile_files_take_linear_time() {
    for part in [
        "- ",
        "1. ",
        "  ",
        ".. note:: a\n ",
        "+-+\n",
        "a\n b\n",
        ":x: ",
        ".. _a:\n",
        "a\n=\n",
        "a::\n\n",
        "| ",
        ".. dropdown:: a?\n ",
    ] {
        assert_sound(parse, part.repeat(100_000).as_bytes());
    }
    let deep: Vec<_> = (0..2000).map(|depth| format!("{}- a\n\n", " ".repeat(depth))).collect();
    assert_sound(parse, deep.concat().as_bytes());
}

fn markup() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "a",
        "b c",
        "é",
        "\n",
        "\n\n",
        "  ",
        "    ",
        "\t",
        "- ",
        "1. ",
        "::",
        ".. ",
        ".. note:: ",
        ".. code::",
        ".. _x:",
        "|",
        "*",
        "**",
        "`",
        "``",
        "\\",
        "_",
        ":a: ",
        ":r:`",
        "===",
        "---",
        "+--+",
        "== ==",
        "?",
        "Q: ",
        "A: ",
        "[1]_",
        ".. [1] ",
        ".. dropdown:: ",
        "\r\n",
        ".. list-table::",
        "* - ",
        "中",
        "~",
        "<",
        ">",
        "\u{0}",
        "\u{a0}",
    ]);
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_text_is_mapped_right(text in markup()) {
        if crate::read::encoding::decode(text.as_bytes()).is_ok() {
            assert_sound(parse, text.as_bytes());
        }
    }
}
