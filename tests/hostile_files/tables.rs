//! CSV and TSV with every kind of header, delimiter, quoting and encoding.

use super::{
    escapes::{bare_cell, cell, line_cell, plain},
    text::{MARKS, Pair, SPACES, Taste, WHITE},
    writer::{Coding, Escape, Fate, Kept, NO_TEXT, RowWriter, Writer},
};
use crate::harness::Numbers;

/// There is nothing that divides alternates.
const NO_BARS: &[&str] =
    &["\"", "'", "\"\"", ",", ";", "`", "*", "_", "#", "\\", "<5", "<", ">", "&", "{", "[x]", "(", "%", "-", ":"];
const WITH_OTHERS: Taste = Taste { marks: NO_BARS, spaces: WHITE, scripts: true, controls: false, others: true };
const ONE: Taste = Taste { marks: MARKS, others: false, ..WITH_OTHERS };
/// `QnA Maker` has a row in a line and answers in Markdown.
const LINES: Taste =
    Taste { marks: &["\"", "'", ",", ";", "<5", "<", ">", "&", "{", "(", "%", ":"], spaces: SPACES, ..WITH_OTHERS };
const LATIN: Taste = Taste { scripts: false, spaces: &[" ", "  ", "\u{a0}", "\n"], ..ONE };

/// A table: the header, what divides cells, and what a row is.
pub struct Shape {
    pub name: &'static str,
    pub taste: Taste,
    header: &'static str,
    delimiter: &'static str,
    end: &'static str,
    escape: Escape,
    codings: &'static [Coding],
    row: fn(&mut RowWriter<'_>, &str),
}

const PLAIN: Shape = Shape {
    name: "",
    taste: ONE,
    header: "question,answer",
    delimiter: ",",
    end: "\n",
    escape: cell,
    codings: &[Coding::Utf8, Coding::Marked, Coding::Utf16Le, Coding::Utf16Be],
    row: two,
};

pub const SHAPES: &[Shape] = &[
    Shape { name: "plain.csv", ..PLAIN },
    Shape { name: "bare.csv", end: "\r\n", escape: bare_cell, ..PLAIN },
    Shape { name: "semicolons.csv", header: "Frage;Antwort", delimiter: ";", ..PLAIN },
    Shape { name: "bars.csv", header: "\"Question\"|\"Answer\"", delimiter: "|", ..PLAIN },
    Shape { name: "tabs.tsv", header: "Pregunta\tRespuesta", delimiter: "\t", ..PLAIN },
    Shape { name: "tabs.tab", header: "质问\t回答\t问题", delimiter: "\t", row: reversed, ..PLAIN },
    Shape { name: "latin.csv", taste: LATIN, codings: &[Coding::Latin], header: "frage,antwort", ..PLAIN },
    Shape {
        name: "alternates.csv",
        taste: WITH_OTHERS,
        header: "Question,Alternates,Answer",
        escape: plain,
        row: alternates,
        ..PLAIN
    },
    Shape {
        name: "columns.csv",
        taste: WITH_OTHERS,
        header: "id,question 1,question 2,question 3,question 4,category,url,date,answer,owner",
        row: columns,
        ..PLAIN
    },
    Shape { name: "no-header.csv", header: "", ..PLAIN },
    Shape { name: "no-header.tsv", header: "", delimiter: "\t", escape: bare_cell, ..PLAIN },
    Shape { name: "kendra-basic.csv", header: "", row: with_address, end: "\r\n", ..PLAIN },
    Shape { name: "kendra.csv", header: "_question,_answer,_source_uri,_category", row: kendra, ..PLAIN },
    Shape {
        name: "kendra-custom.csv",
        header: "department,_question,_answer,_language_code",
        row: |row, delimiter| {
            row.put("\"a, b\"");
            row.put(delimiter);
            two(row, delimiter);
            row.put(delimiter);
            row.put("en");
        },
        ..PLAIN
    },
    Shape { name: "dialogflow-knowledge.csv", header: "", end: "\n\n", escape: bare_cell, ..PLAIN },
    Shape {
        name: "qna-maker.tsv",
        taste: LINES,
        header: "Question\tAnswer\tSource\tMetadata\tSuggestedQuestions\tIsContextOnly\tPrompts\tQnaId",
        delimiter: "\t",
        escape: line_cell,
        row: |_, _| {},
        ..PLAIN
    },
];

pub fn file(shape: &Shape, numbers: Numbers, pairs: Vec<Pair>) -> Writer {
    let mut file = Writer::new(&format!("tables/{}", shape.name), Kept::Exactly, numbers, shape.escape);
    file.coding = shape.codings[file.numbers.below(shape.codings.len())];
    if !shape.header.is_empty() {
        file.put(shape.header);
        file.put(shape.end);
    }
    if shape.name == "qna-maker.tsv" {
        qna_maker(&mut file, pairs);
        return file;
    }
    for (at, pair) in pairs.into_iter().enumerate() {
        // The first row of a table without a header tells how many columns there are.
        let is_broken = at > 0 && file.numbers.below(5) == 0;
        let kind = file.numbers.below(3);
        if is_broken && shape.name == "plain.csv" && (kind > 0 || file.coding == Coding::Utf8) {
            broken(&mut file, pair, kind);
        } else {
            file.row(pair, Fate::Found, |row| (shape.row)(row, shape.delimiter));
        }
        file.put(shape.end);
    }
    file
}

fn two(row: &mut RowWriter<'_>, delimiter: &str) {
    row.question();
    row.put(delimiter);
    row.answer();
}

fn reversed(row: &mut RowWriter<'_>, delimiter: &str) {
    row.put(delimiter);
    row.answer();
    row.put(delimiter);
    row.question();
}

fn broken(file: &mut Writer, pair: Pair, kind: usize) {
    file.row(pair, Fate::Broken, |row| match kind {
        0 => row.put(&format!("\"no text: {NO_TEXT}\",\"answer\"")),
        1 => {
            row.question();
            row.put(",\" \n \"");
        }
        _ => row.put("\"a quote is left open, \"\"x\"\",answer"),
    });
}

fn alternates(row: &mut RowWriter<'_>, delimiter: &str) {
    row.quoted(RowWriter::question);
    row.put(delimiter);
    let between = ["\n", "|", ";;", "\n\n"][row.count() % 4];
    row.quoted(|row| row.others("", between, ""));
    row.put(delimiter);
    row.quoted(RowWriter::answer);
}

fn columns(row: &mut RowWriter<'_>, delimiter: &str) {
    row.put("7");
    for at in 0..4 {
        row.put(delimiter);
        if at < row.count() {
            row.phrasing(at);
        }
    }
    row.put(",,https://x.example/7,2026-01-02,");
    row.answer();
    row.put(",\"the, \"\"owner\"\"\"");
}

fn with_address(row: &mut RowWriter<'_>, delimiter: &str) {
    two(row, delimiter);
    row.put(delimiter);
    row.put("https://x.example/?a=b");
}

fn kendra(row: &mut RowWriter<'_>, delimiter: &str) {
    with_address(row, delimiter);
    row.put(delimiter);
    row.put("");
}

/// A row for each phrasing, those of several pairs among each other.
fn qna_maker(file: &mut Writer, pairs: Vec<Pair>) {
    for (at, pair) in pairs.into_iter().enumerate() {
        let id = format!("\tEditorial\tx:y\t[]\tFalse\t[]\t{at}");
        file.row(pair, Fate::Found, |row| {
            for phrasing in 0..row.count() {
                if phrasing > 0 {
                    row.put("\n");
                }
                row.phrasing(phrasing);
                row.put("\t");
                row.answer_again(phrasing == 0);
                row.put(&id);
            }
        });
        file.put("\n");
    }
}
