use super::Odt;
use crate::{
    model::BlockKind::{Answer, Heading, Item, Paragraph, Question, Table, Title},
    read::{
        extract::testing::{assert_sound, blocks, read},
        package::testing::{odt, zipped},
    },
};
use proptest::prelude::*;

#[test]
fn elements_and_styles_tell_what_paragraphs_are() {
    let body = "<text:p text:style-name=\"P1\">The town</text:p>\
        <text:table-of-content><text:index-body><text:p>Fees 3</text:p></text:index-body></text:table-of-content>\
        <text:h text:outline-level=\"1\">Fees</text:h>\
        <text:p>One<text:s text:c=\"3\"/>two<text:line-break/>three<text:note><text:note-citation>1</text:note-citation>\
        <text:note-body><text:p>A note.</text:p></text:note-body></text:note>.</text:p>\
        <text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>inner</text:p></text:list-item>\
        </text:list></text:list-item><text:list-item><text:p>two</text:p><text:p>more</text:p></text:list-item></text:list>\
        <table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell>\
        <text:list><text:list-item><text:p>b</text:p></text:list-item></text:list></table:table-cell></table:table-row>\
        </table:table>";
    let (article, notes) = read(&Odt, &odt(body));
    let article = article.unwrap();
    assert_eq!(notes, Vec::<String>::new());
    assert_eq!(
        blocks(&article),
        [
            (Title, "The town", [1, 1]),
            (Heading(2), "Fees", [2, 2]),
            (Paragraph, "One two\nthree.", [3, 3]),
            (Paragraph, "A note.", [4, 4]),
            (Item, "one", [5, 5]),
            (Item, "inner", [6, 6]),
            (Item, "two\n\nmore", [7, 8]),
            (Table, "a | b", [9, 10]),
        ]
    );
    assert_eq!(article.about.metadata["author"], ["Ada"]);
    assert_eq!(article.about.published.as_deref(), Some("2026-03-14"));
}

#[test]
fn questions_in_bold_or_with_numbers_have_their_answers_below() {
    let body = "<text:p><text:span text:style-name=\"T1\">Where is it?</text:span></text:p><text:p>There.</text:p>\
        <text:list text:style-name=\"L1\"><text:list-item><text:p>When is it open?</text:p></text:list-item></text:list>\
        <text:p>At nine.</text:p>";
    let (article, _) = read(&Odt, &odt(body));
    let article = article.unwrap();
    let found: Vec<_> = blocks(&article).into_iter().map(|(kind, text, _)| (kind, text)).collect();
    assert_eq!(
        found,
        [(Question, "Where is it?"), (Answer, "There."), (Question, "When is it open?"), (Answer, "At nine.")]
    );
}

#[test]
fn protected_and_other_files_are_told() {
    let protected =
        zipped(&[("META-INF/manifest.xml", "<m><manifest:encryption-data/></m>"), ("content.xml", "\u{1}")]);
    assert_eq!(read(&Odt, &protected).1, ["is protected by a password: save it without one"]);
    assert!(read(&Odt, &zipped(&[("x", "y")])).1[0].contains("`content.xml` is missing"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_body_is_read(parts in prop::collection::vec(prop::sample::select(vec![
        "<text:p>", "</text:p>", "<text:h text:outline-level=\"99\">", "</text:h>", "word ", "<text:list>", "</text:list>",
        "<text:list-item>", "</text:list-item>", "<table:table>", "</table:table>", "<table:table-row>",
        "</table:table-row>", "<table:table-cell>", "</table:table-cell>", "<text:s text:c=\"99999999\"/>", "&x;",
        "<text:span text:style-name=\"T1\">", "</text:span>", "<text:note-body>", "</text:note-body>", "é?",
    ]), 0..40)) {
        assert_sound(&Odt, &odt(&parts.concat()));
    }
}
