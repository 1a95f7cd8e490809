//! The same in documents: every question is found with its answer, at its paragraph or on its page.

use super::{
    folded,
    text::{MARKS, Pair, QUIET, SPACES, Taste},
    units,
};
use crate::{
    harness::{Dir, Numbers},
    office::{Drawn, docx, epub, escaped, odt, pdf, word},
};

/// How many files there are of each format, and how many pairs each has.
const FILES: u64 = 12;
const PAIRS: usize = 20;

/// Pairs on a page.
const ON_A_PAGE: usize = 4;

/// Makes a file of pairs.
type Write = fn(&[Pair]) -> Vec<u8>;

const TASTE: Taste = Taste { marks: MARKS, spaces: SPACES, scripts: true, controls: false, others: false };
/// Where letters stand on a page tells their order and the gaps between words, so there are no odd ones.
const DRAWN: Taste = Taste { marks: QUIET, spaces: &[" "], scripts: false, controls: false, others: false };

fn pairs(taste: Taste, seed: u64) -> Vec<Pair> {
    let mut numbers = Numbers::new(seed);
    (0..PAIRS).map(|row| taste.pair(&mut numbers, &format!("{seed:x}d{row}"))).collect()
}

/// Each pair by `write`, with its words as they stand in XML.
fn written(pairs: &[Pair], write: impl Fn(&str, &str) -> String) -> String {
    pairs.iter().map(|pair| write(&escaped(&folded(&pair.question)), &escaped(&folded(&pair.answer)))).collect()
}

fn word_file(pairs: &[Pair]) -> Vec<u8> {
    let rows =
        pairs.iter().map(|pair| word("Berschrift2", &folded(&pair.question)) + &word("Normal", &folded(&pair.answer)));
    docx(&(word("Heading1", "FAQ") + &rows.collect::<String>()))
}

fn open_file(pairs: &[Pair]) -> Vec<u8> {
    let head = |level: u8, text: &str| format!("<text:h text:outline-level=\"{level}\">{text}</text:h>");
    let rows = written(pairs, |question, answer| head(2, question) + &format!("<text:p>{answer}</text:p>"));
    odt(&(head(1, "FAQ") + &rows))
}

fn book(pairs: &[Pair]) -> Vec<u8> {
    let rows = written(pairs, |question, answer| format!("<h2>{question}</h2><p>{answer}</p>"));
    epub("A book", &[("a.xhtml", &format!("<h1>FAQ</h1>{rows}"))])
}

fn pages(pairs: &[Pair]) -> Vec<u8> {
    let texts: Vec<[String; 2]> = pairs.iter().map(|pair| [folded(&pair.question), folded(&pair.answer)]).collect();
    let mut pages: Vec<Vec<Drawn<'_>>> = Vec::new();
    for (number, page) in texts.chunks(ON_A_PAGE).enumerate() {
        let mut drawn = Vec::new();
        if number == 0 {
            drawn.push(Drawn { size: 20, at: (50, 760), text: "FAQ" });
        }
        for (place, [question, answer]) in page.iter().enumerate() {
            let height = 700 - 120 * place as u32;
            drawn.push(Drawn { size: 14, at: (50, height), text: question });
            drawn.push(Drawn { size: 10, at: (50, height - 24), text: answer });
        }
        pages.push(drawn);
    }
    pdf("Pages", &pages)
}

#[test]
fn every_pair_of_a_document_is_found_at_its_place() {
    let dir = Dir::new();
    let mut wanted = Vec::new();
    let write: [(&str, Taste, Write); 4] =
        [("docx", TASTE, word_file), ("odt", TASTE, open_file), ("epub", TASTE, book), ("pdf", DRAWN, pages)];
    for (extension, taste, file) in write {
        for seed in 0..FILES {
            let (name, pairs) =
                (format!("corpus/{seed}.{extension}"), pairs(taste, 77 * seed + extension.len() as u64));
            dir.write(&name, file(&pairs));
            wanted.push((name, pairs));
        }
    }
    dir.write("faqt.toml", "[learn]\nmost_phrasings = 0\n");
    let report = dir.faqt(["index", "--format", "json"]).ok().json();
    assert_eq!(report["skipped"], serde_json::json!([]));
    let units = units(&dir);
    let mut problems = Vec::new();
    for (name, pairs) in &wanted {
        for (number, pair) in pairs.iter().enumerate() {
            let (question, answer) = (folded(&pair.question), folded(&pair.answer));
            let found = units[name].iter().find(|unit| unit.question().is_some_and(|asked| folded(asked) == question));
            let Some(found) = found else {
                problems.push(format!("{name}: {question:?} is lost"));
                continue;
            };
            if folded(found.text.plain()) != answer {
                problems.push(format!("{name}: {question:?} is answered {:?} and not {answer:?}", found.text.plain()));
            }
            // A paragraph for the heading, and two for every pair.
            let at = if name.ends_with("pdf") { number / ON_A_PAGE + 1 } else { 2 * number + 3 };
            let place = found.text.place(found.text.all()).numbers;
            if place != [at, at] {
                problems.push(format!("{name}: the answer to {question:?} stands at {place:?} and not {at}"));
            }
        }
    }
    assert!(problems.is_empty(), "{} problems, the first: {:#?}", problems.len(), &problems[..problems.len().min(8)]);
    assert!(dir.faqt(["verify"]).ok().stdout.contains("all as indexed"));
}
