use super::Pdf;
use crate::{
    model::BlockKind::{Answer, Heading, Item, Paragraph, Question, Title},
    read::{
        Reading,
        extract::testing::{assert_sound, blocks, read, read_with},
        package::testing::{Drawn, assembled, pdf},
    },
};
use proptest::prelude::*;

fn line(size: u32, x: u32, y: u32, text: &str) -> Drawn<'_> {
    Drawn { size, at: (x, y), text }
}

#[test]
fn lines_become_paragraphs_and_large_ones_headings() {
    let wide =
        "Words that fill the whole of a line up to its edge, so that it goes on in the next one, as far as a hyph-";
    let pages = [
        vec![
            line(24, 50, 700, "The town"),
            line(16, 50, 650, "Fees"),
            line(10, 50, 630, wide),
            line(10, 50, 618, "en can be."),
            line(10, 50, 594, "Another paragraph."),
            line(10, 50, 570, "• an item"),
            line(10, 50, 558, "• another that is long"),
            line(10, 58, 546, "over two lines"),
        ],
        vec![
            line(16, 50, 650, "Frequently Asked Questions"),
            line(10, 50, 630, "Q: Who pays?"),
            line(10, 50, 618, "A: You."),
        ],
    ];
    let (article, notes) = read(&Pdf, &pdf("Of the file", &pages));
    assert_eq!(notes, Vec::<String>::new());
    let article = article.unwrap();
    let whole = wide.replace("hyph-", "hyphen can be.");
    assert_eq!(
        blocks(&article),
        [
            (Title, "The town", [1, 1]),
            (Heading(2), "Fees", [1, 1]),
            (Paragraph, whole.as_str(), [1, 1]),
            (Paragraph, "Another paragraph.", [1, 1]),
            (Item, "an item", [1, 1]),
            (Item, "another that is long over two lines", [1, 1]),
            (Heading(2), "Frequently Asked Questions", [2, 2]),
            (Question, "Who pays?", [2, 2]),
            (Answer, "You.", [2, 2]),
        ]
    );
    assert_eq!(article.about.published.as_deref(), Some("2026-03-14"));
    assert_eq!(article.about.metadata["author"], ["Ada"]);
}

#[test]
fn what_repeats_at_the_edges_of_pages_is_left_out_once() {
    let texts: Vec<String> =
        (1..5).map(|page| format!("Text of its own, {}.", ["a", "b", "c", "d"][page - 1])).collect();
    let feet: Vec<String> = (1..5).map(|page| format!("Page {page} of 4")).collect();
    let page = |at: usize| {
        vec![
            line(8, 50, 760, "The town, a guide"),
            line(10, 50, 700, &texts[at]),
            line(10, 50, 600, &texts[3 - at]),
            line(8, 50, 30, &feet[at]),
        ]
    };
    let (article, notes) = read(&Pdf, &pdf("", &[page(0), page(1), page(2), page(3)]));
    assert_eq!(notes.len(), 1);
    assert!(notes[0].starts_with("8 lines that repeat at the top or bottom of pages left out"), "{notes:?}");
    let article = article.unwrap();
    assert!(!article.text.plain().contains("guide") && !article.text.plain().contains("of 4"));
    let places: Vec<_> = blocks(&article).into_iter().map(|(_, _, place)| place).collect();
    assert_eq!(places.last(), Some(&[4, 4]));
}

#[test]
fn files_without_text_or_that_are_none_are_told_with_the_remedy() {
    let (article, notes) = read(&Pdf, &pdf("", &[vec![], vec![]]));
    assert!(article.is_none());
    assert_eq!(notes, ["has no text on its 2 pages, only pictures: put it through text recognition (OCR)"]);
    assert!(read(&Pdf, b"%PDF-1.4 nothing").1[0].starts_with("is no PDF that can be read"));
}

/// A page whose drawing holds itself.
fn drawn_in_itself(content: &str) -> Vec<u8> {
    let stream = |rest: &str, text: &str| format!("<< {rest} /Length {} >>\nstream\n{text}\nendstream", text.len());
    let inner = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>";
    assembled(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 600 800] >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> /Font << /F << /Type /Font \
         /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
            .to_owned(),
        stream("", content),
        stream(inner, &"/X Do ".repeat(100)),
        "<< >>".to_owned(),
    ])
}

#[test]
fn a_drawing_within_itself_ends() {
    let reading = Reading { file_limit: 1 << 20, ..Reading::default() };
    let (article, notes) = read_with(&Pdf, &drawn_in_itself("BT /F 10 Tf 50 500 Td (Hello) Tj ET /X Do"), &reading);
    assert!(article.is_none() && notes[0].contains("`max_file_bytes`"), "{notes:?}");
}

#[test]
fn letters_of_the_fonts_that_every_program_has_are_told_by_their_code() {
    let content = "BT /F 10 Tf 50 500 Td (Caf\\351 ) Tj [(A) 80 (W) -400 (b)] TJ T* (next) ' ET";
    let (article, _) = read(&Pdf, &drawn_in_itself(content));
    let article = article.unwrap();
    assert!(article.text.plain().starts_with("Café AW b"), "{}", article.text.plain());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_instructions_are_followed(parts in prop::collection::vec(prop::sample::select(vec![
        "BT", "ET", "/F 10 Tf", "/F -3 Tf", "50 500 Td", "(Hello)", "Tj", "[(a) 900 (b)] TJ", "'", "\"", "q", "Q", "T*",
        "1 0 0 1 1e300 0 cm", "0 1 -1 0 9 9 Tm", "/X Do", "(\\000\\377?) Tj", "<<", "[", "BI ID EI", "/Artifact BMC", "EMC",
    ]), 0..40)) {
        let reading = Reading { file_limit: 1 << 20, ..Reading::default() };
        let bytes = drawn_in_itself(&parts.join(" "));
        if read_with(&Pdf, &bytes, &reading).0.is_some() {
            assert_sound(&Pdf, &bytes);
        }
    }

    #[test]
    fn any_bytes_are_told_about(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0usize..900) {
        assert_sound(&Pdf, &[b"%PDF-1.4\n".as_slice(), &bytes].concat());
        let whole = pdf("x", &[vec![line(10, 50, 500, "Hello there.")]]);
        assert_sound(&Pdf, &whole[..cut.min(whole.len())]);
    }
}
