use super::Epub;
use crate::{
    model::BlockKind::{Answer, Heading, Item, Paragraph, Question, Title},
    read::{
        extract::testing::{assert_sound, blocks, read},
        package::testing::{epub, zipped},
    },
};
use proptest::prelude::*;

#[test]
fn chapters_come_in_order_with_their_titles_and_paragraphs_count_through() {
    let book = epub(
        "Of the book",
        &[
            ("a%20b.xhtml", "<h1>Fees</h1><p>Five&nbsp;euros.</p><ul><li>one</li><li><p>two</p><p>more</p></li></ul>"),
            ("c.xhtml", "<p>No heading here.</p>"),
            ("d.xhtml", "<h1>FAQ</h1><dl><dt>Who pays?</dt><dd>You.</dd></dl>"),
        ],
    );
    let (article, notes) = read(&Epub, &book);
    let article = article.unwrap();
    assert_eq!(notes, Vec::<String>::new());
    assert_eq!(
        blocks(&article),
        [
            (Heading(2), "Fees", [1, 1]),
            (Paragraph, "Five\u{a0}euros.", [2, 2]),
            (Item, "one", [3, 3]),
            (Item, "two\n\nmore", [4, 5]),
            (Heading(2), "Chapter 1", [6, 6]),
            (Paragraph, "No heading here.", [7, 7]),
            (Heading(2), "FAQ", [8, 8]),
            (Question, "Who pays?", [9, 9]),
            (Answer, "You.", [10, 10]),
        ]
    );
    let about = &article.about;
    assert_eq!((about.title.as_deref(), about.language.as_deref()), (Some("Of the book"), Some("en")));
}

#[test]
fn the_title_of_the_book_is_above_its_chapters() {
    let book = epub(
        "Of the book",
        &[("t.xhtml", "<h1>Of the book</h1>"), ("a.xhtml", "<h1>Of the book</h1><h2>Fees</h2><p>Five.</p>")],
    );
    let (article, _) = read(&Epub, &book);
    let article = article.unwrap();
    assert_eq!(
        blocks(&article),
        [(Title, "Of the book", [1, 1]), (Heading(3), "Fees", [2, 2]), (Paragraph, "Five.", [3, 3])]
    );
}

#[test]
fn what_is_missing_or_protected_is_told() {
    assert!(read(&Epub, &zipped(&[("x", "y")])).1[0].starts_with("is no book"));
    let mut files = vec![
        ("META-INF/container.xml", "<c><rootfile full-path=\"b.opf\"/></c>"),
        (
            "b.opf",
            "<package><manifest><item id=\"a\" href=\"a.xhtml\" media-type=\"application/xhtml+xml\"/><item id=\"b\" \
             href=\"b.xhtml\" media-type=\"application/xhtml+xml\"/></manifest><spine><itemref idref=\"a\"/><itemref \
             idref=\"b\"/></spine></package>",
        ),
        ("a.xhtml", "<html><body><p>Here.</p></body></html>"),
    ];
    let (article, notes) = read(&Epub, &zipped(&files));
    assert!(article.is_some());
    assert_eq!(notes, ["`b.xhtml` is to be read and is not in the book: save it again"]);
    files.push(("META-INF/encryption.xml", "<e><CipherReference URI=\"a.xhtml\"/></e>"));
    assert_eq!(read(&Epub, &zipped(&files)).1, ["is protected against copying: get it without that"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_chapters_are_read(first in "[a-c?é ]{0,9}", parts in prop::collection::vec(prop::sample::select(vec![
        "<h1>x</h1>", "<ul><li>y", "</ul>", "<details><summary>z?", "</details>", "<table><tr><td>1", "<p>", "<b>w?</b>",
    ]), 0..12)) {
        assert_sound(&Epub, &epub("Of the book", &[("a.xhtml", &first), ("b.xhtml", &parts.concat()), ("c.xhtml", "<p>end</p>")]));
    }
}
