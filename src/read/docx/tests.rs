use super::Docx;
use crate::{
    model::BlockKind::{Answer, Code, Heading, Item, Paragraph, Question, Table, Title},
    read::{
        Reading,
        extract::testing::{assert_sound, blocks, read, read_with},
        package::testing::{docx, word, zipped},
    },
};
use proptest::prelude::*;

fn listed(list: u8, level: u8, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}\
         </w:t></w:r></w:p>"
    )
}

fn bold(text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:rPr><w:b w:val=\"0\"/></w:rPr></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>"
    )
}

#[test]
fn styles_tell_what_paragraphs_are() {
    let body = [
        word("Title", "The town"),
        word("TOC1", "Fees\t3"),
        word("Normal", ""),
        word("Normal", "A town by the sea."),
        word("Heading1", "Fees"),
        word("Sub", "What does it cost?"),
        word("Normal", "Five euros."),
        word("Outlined", "Who pays?"),
        word("Normal", "You."),
        word("Code", "let a = 1;"),
        word("Code", ""),
        word("Code", "  let b;"),
        listed(1, 0, "one"),
        listed(1, 1, "inner"),
        listed(1, 0, "two"),
    ]
    .concat();
    let (article, notes) = read(&Docx, &docx(&body));
    let article = article.unwrap();
    assert_eq!(notes, Vec::<String>::new());
    assert_eq!(
        blocks(&article),
        [
            (Title, "The town", [1, 1]),
            (Paragraph, "A town by the sea.", [2, 2]),
            (Heading(2), "Fees", [3, 3]),
            (Heading(3), "What does it cost?", [4, 4]),
            (Paragraph, "Five euros.", [5, 5]),
            (Heading(4), "Who pays?", [6, 6]),
            (Paragraph, "You.", [7, 7]),
            (Code, "let a = 1;\n\n  let b;", [8, 9]),
            (Item, "one", [10, 10]),
            (Item, "inner", [11, 11]),
            (Item, "two", [12, 12]),
        ]
    );
    let about = &article.about;
    assert_eq!((about.title.as_deref(), about.published.as_deref()), (None, Some("2026-03-14")));
    assert_eq!(about.metadata["author"], ["Ada"]);
    assert_eq!(about.metadata["keywords"], ["town", "hall"]);
}

#[test]
fn questions_with_numbers_or_in_bold_have_their_answers_below() {
    let body = [
        word("Heading1", "Frequently Asked Questions"),
        listed(2, 0, "When is it open?"),
        word("Normal", "At nine."),
        listed(2, 0, "Who runs it?"),
        listed(1, 0, "a society"),
        bold("And where is it?"),
        word("Normal", "There."),
        word("Normal", "Q: Is it free?"),
        word("Normal", "A: It is."),
        word("Heading1", "A list"),
        listed(2, 0, "Who?"),
        listed(2, 0, "Where?"),
        word("Normal", "That is all."),
    ]
    .concat();
    let (article, _) = read(&Docx, &docx(&body));
    let article = article.unwrap();
    let found: Vec<_> = blocks(&article).into_iter().map(|(kind, text, _)| (kind, text)).collect();
    assert_eq!(
        found,
        [
            (Heading(2), "Frequently Asked Questions"),
            (Question, "When is it open?"),
            (Answer, "At nine."),
            (Question, "Who runs it?"),
            (Answer, "a society"),
            (Question, "And where is it?"),
            (Answer, "There."),
            (Question, "Is it free?"),
            (Answer, "It is."),
            (Heading(2), "A list"),
            (Item, "Who?"),
            (Item, "Where?"),
            (Paragraph, "That is all."),
        ]
    );
    assert_eq!(article.about.title.as_deref(), Some("Of the properties"));
}

#[test]
fn a_table_is_rows_and_one_of_a_single_column_is_only_a_frame() {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", word("Normal", text));
    let row = |cells: &[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(|text| cell(text)).collect::<String>());
    let table = format!("<w:tbl>{}{}</w:tbl>", row(&["a", "b"]), row(&["c", ""]));
    let frame = format!("<w:tbl>{}</w:tbl>", row(&["in a frame"]));
    let (article, _) = read(&Docx, &docx(&(table + &frame + &word("Normal", "behind"))));
    let article = article.unwrap();
    assert_eq!(
        blocks(&article),
        [(Table, "a | b\nc |", [1, 3]), (Paragraph, "in a frame", [4, 4]), (Paragraph, "behind", [5, 5])]
    );
}

#[test]
fn what_was_deleted_or_is_hidden_is_left_out_and_notes_and_boxes_come_behind() {
    let run = |text: &str, properties: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
    let inner = word("Normal", "in a box");
    let body = format!(
        "<w:p>{}<w:del>{}</w:del>{}<w:r><w:br/><w:t>new</w:t><w:tab/><w:footnoteReference w:id=\"3\"/></w:r>\
         <w:r><mc:AlternateContent xmlns:mc=\"http://x/markup-compatibility/2006\"><mc:Choice>{inner}</mc:Choice>\
         <mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
        run("here ", ""),
        run("gone", ""),
        run("hidden", "<w:vanish/>"),
    );
    let (article, _) = read(&Docx, &docx(&body));
    let article = article.unwrap();
    assert_eq!(
        blocks(&article),
        [
            (Paragraph, "here\nnew", [1, 1]),
            (Paragraph, "A note below the page.", [2, 2]),
            (Paragraph, "in a box", [3, 3])
        ]
    );
}

#[test]
fn broken_files_are_told_and_what_can_be_read_is_read() {
    let (article, notes) = read(&Docx, &docx(&(word("Normal", "Whole.") + "<w:p><w:r><w:t>half</w:p>")));
    assert!(article.unwrap().text.plain().starts_with("Whole."));
    assert!(notes[0].starts_with("breaks off at byte"), "{notes:?}");
    let (article, notes) = read(&Docx, &zipped(&[("x", "y")]));
    assert!(article.is_none() && notes[0].contains("`word/document.xml` is missing"), "{notes:?}");
    let (_, notes) = read(&Docx, &docx(""));
    assert_eq!(notes, ["has no text"]);
    let reading = Reading { file_limit: 20_000, ..Reading::default() };
    let (article, notes) = read_with(&Docx, &docx(&word("Normal", &"x".repeat(100_000))), &reading);
    assert!(article.is_none() && notes[0].contains("`max_file_bytes`"), "{notes:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_body_is_read(parts in prop::collection::vec(prop::sample::select(vec![
        "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>word ", "</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>",
        "</w:tc>", "<w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>", "<w:br/>", "<w:b/>", "&x;", "\u{0}", "é?",
        "<w:pPr><w:numPr><w:ilvl w:val=\"9\"/><w:numId w:val=\"2\"/></w:numPr></w:pPr>", "<w:del>", "</w:del>",
        "<w:footnoteReference w:id=\"3\"/>",
    ]), 0..40)) {
        assert_sound(&Docx, &docx(&parts.concat()));
    }

    #[test]
    fn any_bytes_are_told_about(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        assert_sound(&Docx, &bytes);
        assert_sound(&Docx, &[b"PK\x03\x04".as_slice(), &bytes].concat());
    }
}
