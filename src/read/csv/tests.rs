//! Tables as people and products write them.

use super::*;
use crate::{
    model::Unit,
    read::{
        html::looks_like_html,
        reader_for,
        testing::{Come, come, strings},
    },
};
use proptest::prelude::*;
use std::io::Write as _;

fn read_with(bytes: &[u8], name: &str, reading: &Reading) -> Come {
    let mut file = tempfile::Builder::new().suffix(name).tempfile().unwrap();
    file.write_all(bytes).unwrap();
    let source =
        SourceFile { path: file.path().to_owned(), source: format!("corpus/x{name}"), size: bytes.len() as u64 };
    come(bytes, |sink| reader_for(&source).unwrap().read(&source, reading, sink))
}

fn read(text: impl AsRef<[u8]>) -> Come {
    read_with(text.as_ref(), ".csv", &Reading::default())
}

#[test]
fn a_cell_knows_its_bytes_and_lines() {
    let text = "question,answer\r\n\"Say \"\"yes\"\"?\",\"One\r\ntwo \"\"three\"\"\"\r\nWhy?,So\r\n";
    let come = read(text);
    let units = come.units();
    assert_eq!(come.pairs(), strings(&[&["Say \"yes\"?", "One\ntwo \"three\""], &["Why?", "So"]]));
    let place = |unit: &Unit| {
        let hull = unit.text.span(unit.text.all()).hull().unwrap();
        (text[hull].to_owned(), unit.text.lines(unit.text.all()))
    };
    assert_eq!(place(&units[0]), ("One\r\ntwo \"\"three\"\"".to_owned(), [2, 3]));
    assert_eq!(place(&units[1]), ("So".to_owned(), [4, 4]));
    assert_eq!(units[1].phrasings[0].lines(0..4), [4, 4]);
}

#[test]
fn rows_of_one_document_are_counted_over_what_stands_between_them() {
    let header = "Question\tAnswer\tSource\tMetadata\tSuggestedQuestions\tIsContextOnly\tPrompts\tQnaId\n";
    let row = |question: &str, id: &str| format!("{question}\tSo.\tx\t\t[]\tFalse\t[]\t{id}\n");
    let text = format!("{header}{}\n\nno answer\n{}\n{}", row("How?", "1"), row("Why?", "2"), row("Or how?", "1"));
    let come = read_with(text.as_bytes(), ".tsv", &Reading::default());
    let lines = |unit: &Unit| unit.phrasings.iter().map(|asked| asked.lines(asked.all())[0]).collect::<Vec<_>>();
    assert_eq!(come.units().iter().map(lines).collect::<Vec<_>>(), [vec![2, 8], vec![6]]);
}

#[test]
fn a_byte_order_mark_before_a_row_is_passed_over() {
    let text = "question,answer\n\u{feff}How?,So.\n\u{feff}\"Why?\",\u{feff}It is.\n";
    let come = read(text);
    assert_eq!(come.pairs(), strings(&[&["How?", "So."], &["Why?", "\u{feff}It is."]]));
    let asked = |unit: &Unit| text[unit.phrasings[0].span(0..4).hull().unwrap()].to_owned();
    assert_eq!(come.units().iter().map(asked).collect::<Vec<_>>(), ["How?", "Why?"]);
}

#[test]
fn blank_rows_above_the_header_are_passed_over() {
    let come = read(";;\n; ;\nAntwort;Frage;\nIch.;Wer?;\n");
    assert_eq!(come.pairs(), strings(&[&["Wer?", "Ich."]]));
    let come = read(" \t\n");
    assert_eq!((come.recognised.len(), come.warnings), (0, vec![(None, "has no text".to_owned())]));
}

#[test]
fn delimiters_are_told_by_header_or_habit() {
    for delimiter in [",", ";", "\t", "|"] {
        let text = format!("Question{delimiter}Answer\nWho?{delimiter}\"Me, you; they\"\nWhy?{delimiter}So.\n");
        assert_eq!(read(&text).pairs(), strings(&[&["Who?", "Me, you; they"], &["Why?", "So."]]), "{delimiter:?}");
        let text = format!("Who?{delimiter}\"Me, you; they | all\"\nWhy?{delimiter}So.\nWhen?{delimiter}Now.\n");
        assert_eq!(read(&text).pairs().len(), 3, "{delimiter:?}");
    }
}

#[test]
fn quotes_in_tabbed_text_are_text() {
    let text = "Question\tAnswer\n\"Yes\" or no?\tYes.\n\"Open?\tIt is.\n";
    let come = read_with(text.as_bytes(), ".tsv", &Reading::default());
    assert_eq!(come.pairs(), strings(&[&["\"Yes\" or no?", "Yes."], &["\"Open?", "It is."]]));
}

#[test]
fn a_cell_that_goes_on_behind_what_tells_the_dialect_is_still_in_quotes() {
    let long = "x".repeat(80 << 10);
    let text = format!("Question\tAnswer\n\"Who?\"\t\"Me\"\n\"Why?\"\t\"So \"\"{long}\"\"\"\n\"When?\"\t\"Now\"\n");
    let come = read_with(text.as_bytes(), ".tsv", &Reading::default());
    let long = format!("So \"{long}\"");
    assert_eq!(come.pairs(), strings(&[&["Who?", "Me"], &["Why?", &long], &["When?", "Now"]]));
}

#[test]
fn every_encoding_is_read() {
    let text = "Frage;Antwort\nWie groß ist der Saal?;Er fasst fünfzig Gäste, für größere Feste gibt es die Höfe.\n";
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    let utf16: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for bytes in [text.as_bytes(), &latin, &utf16, &marked] {
        let come = read(bytes);
        assert_eq!(come.articles.len(), 1, "{come:?}");
        assert_eq!(come.pairs()[0][0], "Wie groß ist der Saal?");
        let unit = &come.units()[0];
        assert_eq!(unit.text.lines(unit.text.all()), [2, 2]);
    }
}

#[test]
fn a_bad_row_costs_that_row() {
    let text = b"question,answer\nA?,a\nB?,b\xff\nC?,\nD?,d\n,e\n\nF?,f,g\n";
    let come =
        read_with(&[text.as_slice(), "É?,é é é é é é é é é é\n".as_bytes()].concat(), ".csv", &Reading::default());
    let reasons: Vec<_> = come.skipped.iter().map(|(line, reason)| (line.unwrap(), reason.as_str())).collect();
    assert_eq!(reasons, [(3, "is not UTF-8 in column 2: save the file as UTF-8"), (4, "has no answer")]);
    assert_eq!(come.articles.len(), 5);
    assert_eq!(come.warnings, [(Some(8), "more cells than columns: what is too much is left out".to_owned())]);
}

#[test]
fn a_quote_left_open_costs_its_row() {
    let text = "question,answer\nA?,a\nB?,\"b\nC?,c\nD?,d\n";
    let come = read(text);
    assert_eq!(come.skipped, [(Some(3), "a quote is left open in column 2".to_owned())]);
    assert_eq!(come.pairs(), strings(&[&["A?", "a"], &["C?", "c"], &["D?", "d"]]));
    let text = "question,answer\nA?,a\n\"B?,b\nC?,c\n\"D?\",d\n";
    let come = read(text);
    assert_eq!(come.skipped, [(Some(3), "a quote is left open in column 1".to_owned())]);
    assert_eq!(come.pairs(), strings(&[&["A?", "a"], &["C?", "c"], &["D?", "d"]]));
}

#[test]
fn a_row_over_the_limit_costs_that_row() {
    let reading = Reading { record_limit: 1000, ..Reading::default() };
    let text = format!("question,answer\nA?,a\nB?,\"{}\"\nC?,c\n", "long ".repeat(500_000));
    let come = read_with(text.as_bytes(), ".csv", &reading);
    assert_eq!(come.pairs(), strings(&[&["A?", "a"], &["C?", "c"]]));
    assert_eq!(come.skipped.len(), 1);
    assert_eq!(come.skipped[0].0, Some(3));
    assert!(come.skipped[0].1.contains("max_record_bytes"), "{:?}", come.skipped);
}

#[test]
fn a_table_full_of_stray_quotes_ends() {
    let reading = Reading { record_limit: 100_000, ..Reading::default() };
    let text = ["question,answer\n".to_owned(), "A?,\"a\n".repeat(300_001)].concat();
    let come = read_with(text.as_bytes(), ".csv", &reading);
    assert!(!come.skipped.is_empty());
}

#[test]
fn alternates_in_one_cell_are_several() {
    let text = "question;alternates;answer\nA?;\"B?\nC?\";a\nD?;E? | F?;d\n\
        G?;\"H?;;I?\";g\nJ?;\"[\"\"K?\"\",\"\"L?\"\"]\";j\n";
    let expected: [&[&str]; 4] =
        [&["A?", "B?", "C?", "a"], &["D?", "E?", "F?", "d"], &["G?", "H?", "I?", "g"], &["J?", "K?", "L?", "j"]];
    assert_eq!(read(text).pairs(), strings(&expected));
    let text = "question 1,question 2,question 3,answer\nA?,B?,,a\n";
    assert_eq!(read(text).pairs(), strings(&[&["A?", "B?", "a"]]));
}

#[test]
fn rows_with_one_qna_id_are_one_document() {
    let head = "Question\tAnswer\tSource\tMetadata\tSuggestedQuestions\tIsContextOnly\tPrompts\tQnaId\n";
    let rows = "A?\tOne\\ntwo\tx.pdf\t\t[]\tFalse\t[]\t7\n\
        B?\tb\thttps://e.org/b\t\t[]\tTrue\t[]\t8\n\
        C?\tOne\\ntwo\tx.pdf\t\t[]\tFalse\t[]\t7\n";
    let come = read_with([head, rows].concat().as_bytes(), ".tsv", &Reading::default());
    assert_eq!(come.pairs(), strings(&[&["A?", "C?", "One\ntwo"], &["B?", "b"]]));
    let units = come.units();
    assert_eq!(units[0].document, "7");
    assert_eq!(units[0].phrasings[1].lines(0..2), [4, 4]);
    assert_eq!(units[0].text.lines(units[0].text.all()), [2, 2]);
    assert_eq!(units[0].about.metadata["source"], ["x.pdf"]);
    assert_eq!(units[1].about.url.as_deref(), Some("https://e.org/b"));
    assert_eq!(units[1].about.metadata["context_only"], ["true"]);
}

#[test]
fn older_tables_of_qna_maker_have_one_answer_in_several_rows() {
    let text = "Question\tAnswer\tSource\tMetadata\nhi\tHello!\\n\tq.tsv\t\n\
        hey\tHello!\\n\tq.tsv\t\nWhy?\t**So** it is.\tq.tsv\tk:v\n";
    let come = read_with(text.as_bytes(), ".tsv", &Reading::default());
    assert_eq!(come.recognised, ["a QnA Maker knowledge base"]);
    assert_eq!(come.pairs(), strings(&[&["hi", "hey", "Hello!"], &["Why?", "So it is."]]));
    assert_eq!(come.articles[1].about.metadata["k"], ["v"]);
}

#[test]
fn a_document_of_very_many_rows_is_read_in_time() {
    let head = "Question\tAnswer\tSource\tMetadata\tSuggestedQuestions\tIsContextOnly\tPrompts\tQnaId\n";
    let row = |at: usize, id: usize| format!("Q{at}?\tA.\t\t\t[]\tFalse\t[]\t{id}\n");
    let text = (0..100_000).map(|at| row(at, 1)).collect::<Vec<_>>().concat();
    let come = read_with([head, &text].concat().as_bytes(), ".tsv", &Reading::default());
    let unit = &come.units()[0];
    assert_eq!(unit.phrasings.len(), 100_000);
    assert_eq!(unit.phrasings[99_999].lines(0..1), [100_001, 100_001]);
    // What comes back too late is told.
    let text = (0..20_000).map(|at| row(at, at % 100)).collect::<Vec<_>>().concat();
    let come = read_with([head, &text].concat().as_bytes(), ".tsv", &Reading::default());
    assert_eq!(come.articles.len(), 20_000);
    assert!(come.warnings[0].1.contains("stand far apart"), "{:?}", come.warnings);
}

#[test]
fn a_table_without_sense_is_told() {
    let come = read("a,b,c,d\n1,2,3,4\n");
    assert!(come.skipped[0].1.starts_with("has 4 columns and no header that is understood"), "{come:?}");
    assert!(read("just text\nmore\n").skipped[0].1.starts_with("has one column"));
    assert_eq!(read("").warnings, [(None, "has no text".to_owned())]);
    assert_eq!(read("\n\n\r\n").warnings, [(None, "has no text".to_owned())]);
}

#[test]
fn metadata_is_whatever_else_there_is() {
    let come = read("id,question,answer,metadata,price,notes\n1,A?,a,k:v|w=x,12,\n2,B?,b,\"{\"\"k\"\": [1, 2]}\",,n\n");
    let about = |index: usize| come.articles[index].about.metadata.clone();
    assert_eq!(about(0)["k"], ["v"]);
    assert_eq!(about(0)["w"], ["x"]);
    assert_eq!(about(0)["price"], ["12"]);
    assert_eq!(about(1)["k"], ["1", "2"]);
    assert_eq!(about(1)["notes"], ["n"]);
    assert_eq!(come.articles[1].document, "2");
}

#[test]
fn passages_without_questions_are_passages() {
    let come = read("title,text\nBicycles,They may be left anywhere.\n");
    assert_eq!(come.units()[0].kind, crate::model::UnitKind::Passage);
    assert_eq!(come.units()[0].about.title.as_deref(), Some("Bicycles"));
}

/// Gives as few bytes at once as it is told.
struct Slow<'a>(&'a [u8], usize);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.1.min(buffer.len()).min(self.0.len());
        buffer[..length].copy_from_slice(&self.0[..length]);
        self.0 = &self.0[length..];
        Ok(length)
    }
}

fn cells_of(input: impl Read) -> Vec<(usize, Vec<String>)> {
    let dialect = records::Dialect { delimiter: b',', quoting: true };
    let mut records = Records::new(input, 0, dialect, 1000);
    let mut found = Vec::new();
    loop {
        match records.next() {
            Next::Record(record) => {
                let cells = record.cells.iter().map(|cell| cell.text.plain().to_owned()).collect();
                found.push((record.line, cells));
            }
            Next::Broken { line, reason } => found.push((line, vec![reason])),
            Next::End => return found,
        }
    }
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zé中 ?😀]{0,8}",
        "[\"a,;|\t\r\n\0<&*\\\\-]{0,8}",
        Just("x".repeat(300)),
        Just("שלום\u{200f}".to_owned())
    ]
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_row_is_found_where_it_stands(
        rows in prop::collection::vec((cell(), cell()), 1..8),
        crlf in any::<bool>(), delimiter in prop::sample::select(vec![',', ';', '\t', '|'])
    ) {
        let end = if crlf { "\r\n" } else { "\n" };
        let mut text = format!("question{delimiter}answer{end}");
        for (question, answer) in &rows {
            text += &format!("{}{delimiter}{}{end}", quoted(&format!("Q{question}?")), quoted(&format!("A{answer}.")));
        }
        let is_utf8 = encoding_of(text.as_bytes()).is_ok_and(|(encoding, _)| encoding == encoding_rs::UTF_8);
        if is_utf8 && !rows.iter().any(|(_, answer)| looks_like_html(answer)) {
            let come = read(&text);
            prop_assert_eq!(&come.skipped, &vec![]);
            let found = come.pairs();
            prop_assert_eq!(found.len(), rows.len());
            for (found, (question, answer)) in found.iter().zip(&rows) {
                prop_assert_eq!(&found[0], &format!("Q{question}?").replace("\r\n", "\n"));
                prop_assert_eq!(&found[1], &format!("A{answer}.").replace("\r\n", "\n"));
            }
            for unit in come.units() {
                let hull = unit.text.span(unit.text.all()).hull().unwrap();
                let line = text[..hull.start].matches('\n').count() + 1;
                prop_assert_eq!(unit.text.lines(unit.text.all())[0], line);
            }
        }
    }

    #[test]
    fn it_does_not_matter_how_much_is_read_at_once(text in "([a,\"\r\né]|\"\"|\"a\",){0,40}", step in 1usize..5) {
        prop_assert_eq!(cells_of(Slow(text.as_bytes(), step)), cells_of(text.as_bytes()));
    }

    #[test]
    fn nothing_makes_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), head in "(question,answer\n)?") {
        read([head.as_bytes(), &bytes].concat());
    }

    #[test]
    fn nothing_written_makes_it_panic(text in "([a?,;\t|\"\r\né]|\"\"|question,answer\n){0,60}") {
        let reading = Reading { record_limit: 40, ..Reading::default() };
        read_with(text.as_bytes(), ".csv", &reading);
        read_with(text.as_bytes(), ".tsv", &Reading::default());
    }
}

#[test]
fn a_column_before_the_answers_asks_whatever_its_name() {
    let come = read("Scenario,Response\nBot_Age,I am young.\n");
    assert_eq!(come.pairs(), strings(&[&["Bot_Age", "I am young."]]));
    assert_eq!(read("Why?,Response\nWho?,Me.\n").pairs().len(), 2);
}
