//! Articles whose reader knows what their blocks are.

use super::*;
use BlockKind::{Answer, Code, Heading, Item, Paragraph, Passage, Question, Table, Title};

#[test]
fn headings_make_paths_by_their_levels() {
    check(
        &typed(&[
            (Title, "Caches"),
            (Paragraph, "Lead."),
            (Heading(2), "Kinds"),
            (Heading(4), "Small\n ones"),
            (Item, "One."),
            (Heading(3), "Large ones"),
            (Paragraph, "Two."),
            (Heading(2), "Lost and empty"),
            (Heading(2), "Highlights"),
            (Item, "Three."),
            (Heading(3), "For admins"),
            (Item, "Four."),
        ]),
        &[
            "passage|||Lead.",
            "passage|Kinds > Small ones||One.",
            "passage|Kinds > Large ones||Two.",
            "passage|||Lost and empty",
            "takeaway|Highlights||Three.",
            "takeaway|Highlights > For admins||Four.",
        ],
    );
}

#[test]
fn headings_that_ask_have_answers() {
    check(
        &typed(&[
            (Heading(2), "How do I clear it?"),
            (Heading(2), "How can it be cleared?"),
            (Paragraph, "Run this:"),
            (Code, "cache clear"),
            (Heading(3), "On Windows"),
            (Paragraph, "Click."),
            (Heading(4), "Does it reboot?"),
            (Paragraph, "No."),
            (Heading(2), "Does it hurt?"),
        ]),
        &[
            "qa||How do I clear it? / How can it be cleared?|Run this: cache",
            "qa|How can it be cleared?|Does it reboot?|No.",
            "passage|||Does it hurt?",
        ],
    );
}

#[test]
fn headings_beneath_an_faq_are_questions_or_categories() {
    check(
        &typed(&[
            (Title, "Help"),
            (Heading(2), "FAQ"),
            (Paragraph, "Ask us."),
            (Heading(3), "Returns"),
            (Paragraph, "Thirty days."),
            (Heading(3), "Billing"),
            (Heading(4), "Cards"),
            (Paragraph, "All."),
            (Heading(3), "Other"),
            (Question, "Why?"),
            (Answer, "So."),
            (Heading(2), "About us"),
            (Paragraph, "A firm."),
        ]),
        &[
            "passage|FAQ||Ask us.",
            "qa|FAQ|Returns|Thirty days.",
            "qa|FAQ > Billing|Cards|All.",
            "qa|FAQ > Other|Why?|So.",
            "passage|About us||A firm.",
        ],
    );
    check(&typed(&[(Title, "Shipping FAQ"), (Heading(2), "Costs"), (Paragraph, "None.")]), &["qa||Costs|None."]);
    check(
        &typed(&[
            (Title, "FAQ"),
            (Heading(2), "Costs"),
            (Paragraph, "None."),
            (Heading(1), "Notes"),
            (Paragraph, "X."),
        ]),
        &["qa|FAQ|Costs|None.", "passage|Notes||X."],
    );
}

#[test]
fn rows_give_pairs_and_passages() {
    let mut row = typed(&[(Heading(1), "Orders?"), (Question, "Late?"), (Question, "Slow?"), (Answer, "Wait.")]);
    row.source = "corpus/rows.jsonl".to_owned();
    check(&row, &["qa|Orders?|Late? / Slow?|Wait."]);
    assert_eq!(split(&row, &NAMES)[0].about.title, None);
    let long = "A sentence of five words. ".repeat(100);
    let row = typed(&[(Heading(1), "What?"), (Passage, &long)]);
    assert_eq!(split(&row, &NAMES).len(), 1);
    assert_eq!(split(&row, &NAMES)[0].heading, ["What?"]);
}

#[test]
fn questions_known_as_such_take_what_answers_them() {
    check(
        &typed(&[(Question, "Why?"), (Answer, "So:"), (Item, "one"), (Code, "two"), (Paragraph, "Other.")]),
        &["qa||Why?|So: one two", "passage|||Other."],
    );
    check(&typed(&[(Question, "Why?"), (Paragraph, "So."), (Item, "one")]), &["qa||Why?|So. one"]);
    check(
        &typed(&[(Question, "Why?"), (Heading(2), "Next"), (Answer, "So.")]),
        &["passage|||Why?", "passage|Next||So."],
    );
}

#[test]
fn anchors_are_those_of_the_nearest_heading_or_question() {
    let mut article =
        typed(&[(Heading(1), "A"), (Heading(2), "B"), (Paragraph, "x"), (Heading(2), "C?"), (Paragraph, "y")]);
    for (at, anchor) in [(0, "a"), (3, "c")] {
        article.blocks[at].anchor = Some(anchor.to_owned());
    }
    let anchors: Vec<_> = split(&article, &NAMES).into_iter().map(|unit| unit.anchor).collect();
    assert_eq!(anchors, [Some("a".to_owned()), Some("c".to_owned())]);
}

#[test]
fn titles_come_from_the_article_its_text_or_its_file() {
    let title = |article: &Article| split(article, &NAMES)[0].about.title.clone().unwrap_or_default();
    let mut article = typed(&[(Title, "In  the\ntext"), (Paragraph, "x")]);
    assert_eq!(title(&article), "In the text");
    article.about.title = Some("In front".to_owned());
    assert_eq!(title(&article), "In front");
    assert_eq!(title(&typed(&[(Paragraph, "x")])), "some article");
}

#[test]
fn long_sections_are_cut_at_the_best_places() {
    let paragraph = |sentences: usize| "It is a sentence of seven words. ".repeat(sentences);
    let words = |parts: &[(BlockKind, &str)]| -> Vec<usize> {
        split(&typed(parts), &NAMES).iter().map(|unit| words::count(unit.text.plain())).collect()
    };
    // Up to two hundred words are one passage, whatever they are made of.
    assert_eq!(words(&[(Paragraph, &paragraph(14)), (Paragraph, &paragraph(14))]), [196]);
    assert_eq!(words(&[(Paragraph, &paragraph(18)), (Paragraph, &paragraph(18))]), [126, 126]);
    assert_eq!(words(&[(Paragraph, &paragraph(32))]), [112, 112]);
    // Code and tables stay whole, with the text before them if that is not too long.
    let code = "let x = y;\n".repeat(40);
    assert_eq!(words(&[(Paragraph, &paragraph(10)), (Code, &code), (Paragraph, &paragraph(16))]), [70 + 120, 112]);
    let table = "| a | b |\n".repeat(200);
    assert_eq!(words(&[(Paragraph, &paragraph(10)), (Table, &table)]), [70, 400]);
    // A sentence has its length; a monstrous one is cut.
    assert_eq!(words(&[(Paragraph, &"word ".repeat(390))]), [390]);
    assert_eq!(words(&[(Paragraph, &"word ".repeat(440))]), [110; 4]);
    let letters = "x".repeat(40 * 500);
    assert!(words(&[(Paragraph, &letters)]).len() > 1);
}
