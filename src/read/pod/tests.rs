//! What the reader makes of POD.

use super::parse;
use crate::{
    model::BlockKind::{self, Answer, Code, Heading, Item, Paragraph, Question, Title},
    read::flow::testing::{self, assert_sound, place, read, read_one},
};
use proptest::prelude::*;

#[track_caller]
fn assert_blocks(text: &str, expected: &[(BlockKind, &str)]) {
    testing::assert_blocks(parse, text, expected);
}

#[test]
fn the_name_is_the_title() {
    let text = "=head1 NAME\n\nperlfaq4 - Data\n\n=head1 DESCRIPTION\n\nText B<of>\nmore.\n\n=head2 How do I I<pay>?\n\nBy card:\n\n    a\n\n      b\n\nDone.\n\n=cut\n";
    assert_blocks(
        text,
        &[
            (Title, "perlfaq4 - Data"),
            (Heading(1), "DESCRIPTION"),
            (Paragraph, "Text of more."),
            (Heading(2), "How do I pay?"),
            (Paragraph, "By card:"),
            (Code, "a\n\n  b"),
            (Paragraph, "Done."),
        ],
    );
    let article = read_one(parse, text);
    assert_eq!(place(&article, "Done."), (119..124, [18, 18]));
    let anchors: Vec<_> = article.blocks.iter().filter_map(|block| block.anchor.as_deref()).collect();
    assert_eq!(anchors, ["perlfaq4---Data", "DESCRIPTION", "How-do-I-pay"]);
}

#[test]
fn items_are_bullets_or_terms() {
    assert_blocks(
        "=over 4\n\n=item *\n\nOne\n\ntwo\n\n=item * Three\n\n=over\n\n=item 1.\n\nDeep\n\n=back\n\n=item How?\n\nSo.\n\n=item Term\n\nMeaning.\n\n=item Alone\n\n=back\n\nEnd.\n",
        &[
            (Item, "One\n\ntwo"),
            (Item, "Three"),
            (Item, "Deep"),
            (Question, "How?"),
            (Answer, "So."),
            (Paragraph, "Term\n\nMeaning."),
            (Paragraph, "Alone"),
            (Paragraph, "End."),
        ],
    );
}

#[test]
fn what_is_for_others_is_left_out_and_told() {
    let text = "code;\n\n=pod\n\nText.\n\n=for comment x\n\n=begin html\n\n<b>y</b>\n\n=end html\n\n=for text z\n\n=unknown a\n\nMore.\n\n=cut\n\nmore code\n\n=encoding utf8\n\nEnd.\n\n=begin x\n\nlost\n";
    assert_blocks(text, &[(Paragraph, "Text."), (Paragraph, "More."), (Paragraph, "End.")]);
    let (_, notes) = read(parse, text.as_bytes());
    let lines: Vec<_> = notes.iter().filter_map(|(line, _)| *line).collect();
    assert_eq!(lines, [1, 9, 17, 29], "{notes:?}");
}

#[test]
fn hostile_files_take_linear_time() {
    for part in
        ["=over\n\n", "=item *\n\n", "=item a\n\n=over\n\n", " a\nb\n", "=begin x\n\n", "=head1 NAME\n\n", "B<", "\n"]
    {
        assert_sound(parse, ["=pod\n\n", &part.repeat(50_000)].concat().as_bytes());
    }
}

fn markup() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "a",
        "b c",
        "é",
        "\n",
        "\n\n",
        "\n\n",
        " ",
        "\t",
        "=head1 ",
        "=head2 NAME",
        "=over",
        "=item ",
        "=item *",
        "=item 1. ",
        "=back",
        "=cut",
        "=pod",
        "=begin x",
        "=end x",
        "=for ",
        "B<",
        "C<< ",
        " >>",
        ">",
        "|",
        "L<",
        "E<lt>",
        "E<",
        "X<",
        "?",
        "Q: ",
        "\r\n",
        "中",
        "\"",
        "/",
        "\u{a0}",
    ]);
    prop::collection::vec(part, 0..60).prop_map(|parts| ["=pod\n\n".to_owned(), parts.concat()].concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_text_is_mapped_right(text in markup()) {
        assert_sound(parse, text.as_bytes());
    }
}
