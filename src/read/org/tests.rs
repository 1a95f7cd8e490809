//! What the reader makes of Org.

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
fn headings_lose_states_and_tags() {
    let text = "#+TITLE: My\n#+title: File\n#+DATE: <2024-03-05 Tue>\n#+LANGUAGE: de\n#+FILETAGS: :a:b:\n\n* TODO [#A] First /one/ :x:y:\nSCHEDULED: <2024-01-01>\n:PROPERTIES:\n:CUSTOM_ID: first\n:END:\nText *of\nit*.\n** How do I pay?\nBy card.\n* COMMENT Hidden\nno\n** no\n* Last\n";
    assert_blocks(
        text,
        &[
            (Heading(2), "First one"),
            (Paragraph, "Text of it."),
            (Heading(3), "How do I pay?"),
            (Paragraph, "By card."),
            (Heading(2), "Last"),
        ],
    );
    let article = read_one(parse, text);
    assert_eq!(article.about.title.as_deref(), Some("My File"));
    assert_eq!(article.about.published.as_deref(), Some("2024-03-05"));
    assert_eq!(article.about.language.as_deref(), Some("de"));
    assert_eq!(article.about.metadata["tags"], ["a", "b"]);
    assert_eq!(article.blocks[0].anchor.as_deref(), Some("first"));
    assert_eq!(place(&article, "By card.").1, [15, 15]);
}

#[test]
fn a_heading_above_all_others_is_the_title() {
    assert_blocks("* Garden\n** Why?\nSo.\n", &[(Title, "Garden"), (Heading(2), "Why?"), (Paragraph, "So.")]);
    assert_blocks(
        "* One\na\n* Two\nb\n",
        &[(Heading(2), "One"), (Paragraph, "a"), (Heading(2), "Two"), (Paragraph, "b")],
    );
}

#[test]
fn lists_nest_by_indentation() {
    assert_blocks(
        "- one\n  goes on\n  - sub\n\n  more\n- [X] two\n1. [@3] three\n\n- How? :: So\n  it is.\n- Term :: Meaning.\n\nEnd.\n",
        &[
            (Item, "one goes on"),
            (Item, "sub"),
            (Item, "more"),
            (Item, "two"),
            (Item, "three"),
            (Question, "How?"),
            (Answer, "So it is."),
            (Paragraph, "Term\n\nMeaning."),
            (Paragraph, "End."),
        ],
    );
}

#[test]
fn blocks_and_tables_stay_whole() {
    let text = "# comment\nA\n#+begin_src sh :x y\n  a\n\n    b\n#+end_src\n#+BEGIN_QUOTE\nQuoted.\n#+END_QUOTE\n: c\n:   d\n#+caption: x\n| a | b c |\n|---+-----|\n| 1 | |\n#+TBLFM: x\n#+begin_comment\nno\n#+end_comment\n#+begin_export html\nno\n#+end_export\n:NOTE:\nkept\n:END:\n[fn:1] A note.\n-----\n#+begin_src\nopen\n";
    assert_blocks(
        text,
        &[
            (Paragraph, "A"),
            (Code, "a\n\n  b"),
            (Paragraph, "Quoted."),
            (Code, "c\n  d"),
            (Table, "a | b c\n1 |"),
            (Paragraph, "kept"),
            (Paragraph, "A note."),
            (Paragraph, "open"),
        ],
    );
    let (_, notes) = read(parse, text.as_bytes());
    assert_eq!(
        notes,
        [
            (Some(21), "`#+begin_export` is not read and left out, here and below".to_owned()),
            (Some(29), "the block `src` has no end: add #+end_src".to_owned()),
        ]
    );
}

#[test]
fn hostile_files_take_linear_time() {
    for part in [
        "* a\n",
        "- ",
        "- a\n",
        "*",
        ":a:\n",
        "| ",
        "#+begin_quote\n",
        ": a\n",
        ":PROPERTIES:\n* a\n",
        ":PROPERTIES:\n",
        "* a\n:PROPERTIES:\n",
        "#+begin_src\n",
    ] {
        assert_sound(parse, part.repeat(50_000).as_bytes());
    }
    let deep: Vec<_> = (0..2000).map(|depth| format!("{}- a\n", " ".repeat(depth))).collect();
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
        "\t",
        "* ",
        "** TODO ",
        "- ",
        "1. ",
        " :: ",
        "#+begin_src",
        "#+end_src",
        "#+begin_quote",
        "#+TITLE: ",
        "|",
        "|-",
        "*",
        "/",
        "=",
        "~",
        "[[",
        "][",
        "]]",
        "[fn:1]",
        "<<",
        ">>",
        ":END:",
        ":PROPERTIES:",
        ": ",
        "?",
        "Q: ",
        "A: ",
        "\r\n",
        "中",
        "\\\\",
        ":a:",
        "\u{a0}",
    ]);
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_text_is_mapped_right(text in markup()) {
        assert_sound(parse, text.as_bytes());
    }
}
