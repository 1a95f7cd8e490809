//! Word, `OpenDocument`, EPUB and PDF files through the program: citations by paragraph and page.

use crate::{
    harness::{Dir, first},
    office::{Drawn, docx, epub, odt, pdf, word},
};
use serde_json::{Value, json};

/// The same article as a file of each kind, and what counts in it.
pub fn files(answer: &str) -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let word_file = docx(
        &[
            word("Title", "The town hall"),
            word("Heading1", "Frequently Asked Questions"),
            word("Berschrift2", "When does the town hall open?"),
            word("Normal", answer),
            word("Berschrift2", "Who runs it?"),
            word("Normal", "The town runs it."),
        ]
        .concat(),
    );
    let text = odt(&format!(
        "<text:p text:style-name=\"P1\">The town hall</text:p><text:h text:outline-level=\"1\">Frequently Asked \
         Questions</text:h><text:h text:outline-level=\"2\">When does the town hall open?</text:h><text:p>{answer}\
         </text:p><text:h text:outline-level=\"2\">Who runs it?</text:h><text:p>The town runs it.</text:p>"
    ));
    let book = epub(
        "The town hall",
        &[
            ("a.xhtml", "<h1>The town hall</h1>"),
            (
                "b.xhtml",
                &format!(
                    "<h1>Frequently Asked Questions</h1><h2>When does the town hall open?</h2><p>{answer}</p>\
                 <h2>Who runs it?</h2><p>The town runs it.</p>"
                ),
            ),
        ],
    );
    let line = |size, y, text| Drawn { size, at: (50, y), text };
    let pages = [
        vec![line(24, 700, "The town hall")],
        vec![
            line(18, 700, "Frequently Asked Questions"),
            line(14, 650, "When does the town hall open?"),
            line(10, 630, answer),
            line(14, 600, "Who runs it?"),
            line(10, 580, "The town runs it."),
        ],
    ];
    vec![
        ("hall.docx", "paragraph", word_file),
        ("hall.odt", "paragraph", text),
        ("hall.epub", "paragraph", book),
        ("hall.pdf", "page", pdf("The town hall", &pages)),
    ]
}

#[test]
fn citations_name_paragraphs_and_pages_and_have_no_bytes() {
    for (name, counted, bytes) in files("It opens at nine, from Monday to Friday.") {
        let dir = Dir::new();
        let index = dir.write(format!("corpus/{name}"), bytes).faqt(["index", "--format", "json"]).ok().json();
        assert_eq!(index["units"]["qa"], 2, "{name}: {index:#}");
        let reply = dir.ask(["When does the town hall open?"]);
        let answer = first(&reply);
        assert_eq!(answer["text"], "It opens at nine, from Monday to Friday.", "{name}");
        let citation = &answer["citations"][0];
        assert_eq!((&citation["bytes"], &citation["lines"]), (&Value::Null, &Value::Null), "{name}");
        assert_eq!(citation["heading"], json!(["Frequently Asked Questions"]), "{name}: {citation:#}");
        let (number, other) = if counted == "page" { (2, "paragraph") } else { (4, "page") };
        assert_eq!(citation[counted], json!([number, number]), "{name}: {citation:#}");
        assert_eq!(citation.get(other), None, "{name}");
        let place = format!("{name}, {counted} {number}");
        let text = dir.faqt(["ask", "When does the town hall open?"]).ok().stdout;
        assert!(text.contains(&format!("[1] corpus/{place}")), "{text}");
        let text = dir.faqt(["ask", "When does the town hall open?", "--format", "markdown"]).ok().stdout;
        assert!(text.contains(&format!("`corpus/{place}`")), "{text}");
        let shown = dir.faqt(["show", answer["id"].as_str().unwrap()]).ok().stdout;
        assert!(shown.contains(&format!(">     {number}  It opens at nine")), "{shown}");
        dir.faqt(["verify"]).ok();
        assert!(dir.faqt(["index"]).ok().stdout.contains("unchanged"), "{name}");
    }
}

#[test]
fn a_changed_document_is_named_by_paragraph_or_page() {
    let before = files("It opens at nine, from Monday to Friday.");
    let after = files("It opens at ten, from Monday to Friday.");
    for ((name, counted, before), (_, _, after)) in before.into_iter().zip(after) {
        let dir = Dir::new();
        let path = format!("corpus/{name}");
        dir.write(&path, before).faqt(["index"]).ok();
        dir.write(&path, after);
        let run = dir.faqt(["verify", "--format", "json"]).ends_with(1);
        let number = if counted == "page" { 2 } else { 4 };
        let differences = run.json()["differences"].as_array().unwrap().clone();
        let named: Vec<_> = differences.iter().filter(|one| one[counted] == number && one["line"].is_null()).collect();
        assert_eq!(named.len(), 1, "{run}");
        let text = dir.faqt(["verify"]).ends_with(1).stdout;
        assert!(text.contains(&format!("{path}, {counted} {number}: `When does the town hall open?`")), "{text}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_reported_and_the_others_are_read() {
    let dir = Dir::new();
    dir.write("corpus/a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 protected");
    dir.write("corpus/b.pdf", b"%PDF-1.7\nnothing");
    dir.write("corpus/c.txt", "FAQ\nQ: Is there a text?\nA: There is.\n");
    let run = dir.faqt(["index", "--format", "json"]).ok().json();
    let reasons: Vec<&str> =
        run["skipped"].as_array().unwrap().iter().map(|note| note["reason"].as_str().unwrap()).collect();
    assert!(reasons[0].contains("protected by a password") && reasons[1].contains("is no PDF"), "{reasons:?}");
    assert_eq!(run["units"]["qa"], 1);
}
