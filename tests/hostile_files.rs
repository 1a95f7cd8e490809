//! Thousands of rows with hostile text, in every format and shape: each is found as it was written and cited where it
//! stands, or the report names it.

mod documents;
mod escapes;
mod json;
mod markup;
mod tables;
mod text;
mod writer;

use crate::harness::{Dir, Numbers, first};
use faqt::{
    BuildOptions, Silent, build,
    index::{Search as _, generation},
    model::{Excerpt, Unit, UnitKind},
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
};
use text::{Pair, Taste};
use writer::{Encoded, Fate, Kept, Row, Writer};

/// How many files there are of each shape, and how many rows each has at most.
const FILES: usize = 6;
const ROWS: usize = 14;

/// What stands around a text in its file that is no part of it: quotes, tags, marks. In bytes.
const MARKUP: usize = 30;

/// Every file, and its name.
fn files() -> BTreeMap<String, Writer> {
    let mut files = BTreeMap::new();
    for number in 0..FILES {
        let mut add = |name: &str, taste: Taste, write: &dyn Fn(Numbers, Vec<Pair>) -> Writer| {
            let seed = name.bytes().fold(number as u64 + 1, |sum, byte| sum.wrapping_mul(31) + u64::from(byte));
            let mut numbers = Numbers::new(seed);
            let count = 4 + numbers.below(ROWS - 3);
            let pairs = (0..count).map(|row| taste.pair(&mut numbers, &format!("{seed:x}n{row}"))).collect();
            let file = write(numbers, pairs);
            let (folder, name) = file.name.split_once('/').unwrap();
            files.insert(format!("corpus/{folder}/{number}/{name}"), file);
        };
        for shape in json::SHAPES {
            add(shape.0, shape.1, &|numbers, pairs| json::file(shape, numbers, pairs));
        }
        for shape in tables::SHAPES {
            add(shape.name, shape.taste, &|numbers, pairs| tables::file(shape, numbers, pairs));
        }
        for shape in markup::SHAPES {
            add(shape.name, shape.taste, &|numbers, pairs| markup::file(shape, numbers, pairs));
        }
    }
    files
}

/// The units of an index, by source.
fn units(dir: &Dir) -> HashMap<String, Vec<Unit>> {
    let (_, _, search) = generation::open(&dir.path("index")).unwrap();
    let mut units: HashMap<String, Vec<Unit>> = HashMap::new();
    for number in 0..search.len() {
        let unit = search.unit(number as u32).unwrap();
        units.entry(unit.source.clone()).or_default().push(unit);
    }
    units
}

/// A file with what came of it.
struct Check<'a> {
    name: &'a str,
    file: &'a Writer,
    encoded: &'a Encoded,
    problems: &'a mut Vec<String>,
}

impl Check<'_> {
    fn run(&mut self, units: &[Unit], skipped: &[(Option<usize>, &str)]) {
        let mut open: HashMap<String, Vec<&Unit>> = HashMap::new();
        for unit in units.iter().filter(|unit| unit.kind == UnitKind::Qa) {
            open.entry(self.said(unit.question().unwrap())).or_default().push(unit);
        }
        let mut expected = vec![false; skipped.len()];
        for row in &self.file.rows {
            let found = open.get_mut(&self.said(&row.pair.question)).and_then(Vec::pop);
            match (row.fate, found) {
                (Fate::Found, Some(unit)) => self.found(row, unit),
                (Fate::Found, None) => self.problem(row, &format!("is lost; skipped: {skipped:?}")),
                (Fate::Broken, Some(_)) => self.problem(row, "is broken and found all the same"),
                (Fate::Broken, None) => {
                    let lines = self.lines(&row.whole);
                    let named = skipped
                        .iter()
                        .position(|(line, _)| line.is_some_and(|line| (lines[0]..=lines[1]).contains(&line)));
                    match named {
                        Some(at) => expected[at] = true,
                        None => self.problem(row, &format!("is not named in lines {lines:?}: {skipped:?}")),
                    }
                }
            }
        }
        for unit in open.values().flatten() {
            self.problems.push(format!("{}: nobody wrote {:?}", self.name, unit.question()));
        }
        for (note, _) in skipped.iter().zip(&expected).filter(|(_, expected)| !**expected) {
            self.problems.push(format!("{}: skipped for no reason: {note:?}", self.name));
        }
    }

    /// What a text says, as far as its format keeps it.
    fn said(&self, text: &str) -> String {
        match self.file.kept {
            Kept::Exactly => text.trim().to_owned(),
            Kept::Folded => folded(text),
        }
    }

    fn found(&mut self, row: &Row, unit: &Unit) {
        let others = row.pair.others.iter().map(|other| self.said(other));
        let asked: Vec<String> = [self.said(&row.pair.question)].into_iter().chain(others).collect();
        let found: Vec<String> = unit.phrasings.iter().map(|phrasing| self.said(phrasing.plain())).collect();
        if asked != found {
            return self.problem(row, &format!("asks {found:?}"));
        }
        if self.said(&row.pair.answer) != self.said(unit.text.plain()) {
            let (wanted, found) = (self.said(&row.pair.answer), self.said(unit.text.plain()));
            let same = wanted.chars().zip(found.chars()).take_while(|(a, b)| a == b).count();
            let from = |text: &str| text.chars().skip(same.saturating_sub(20)).take(60).collect::<String>();
            return self.problem(row, &format!("is answered {:?} and not {:?}", from(&found), from(&wanted)));
        }
        for (excerpt, written) in unit.phrasings.iter().zip(&row.asked).chain([(&unit.text, &row.answered)]) {
            self.stands(row, excerpt, written);
        }
    }

    /// Whether a text is cited where it was written.
    fn stands(&mut self, row: &Row, excerpt: &Excerpt, written: &Range<usize>) {
        let bytes = excerpt.span(excerpt.all()).hull().unwrap_or(0..0);
        let Some(range) = self.encoded.in_text(&bytes) else {
            return self.problem(row, &format!("is cited within a character: {bytes:?}"));
        };
        let around = [written.start..range.start, range.end..written.end];
        let is_around = |part: Range<usize>| {
            let text = self.file.text.get(part)?;
            let escapes = text.matches("\\u").count() * "u0000".len();
            (text.split_whitespace().map(str::len).sum::<usize>() <= MARKUP + escapes).then_some(())
        };
        if around.into_iter().any(|part| is_around(part).is_none()) {
            let cited = self.file.text.get(range.clone());
            return self.problem(row, &format!("stands at {written:?} and is cited at {range:?}: {cited:?}"));
        }
        let lines = excerpt.lines(excerpt.all());
        if lines != self.lines(&range) {
            self.problem(row, &format!("stands in lines {:?} and is cited in {lines:?}", self.lines(&range)));
        }
    }

    fn lines(&self, range: &Range<usize>) -> [usize; 2] {
        lines(&self.file.text, range)
    }

    fn problem(&mut self, row: &Row, what: &str) {
        let written = &self.file.text[row.whole.clone()];
        let shown = |text: &str| text.chars().take(300).collect::<String>();
        let coding = self.file.coding;
        self.problems.push(format!("{} ({coding:?}): {:?}\n    {}", self.name, shown(written), shown(what)));
    }
}

/// White space is one space, and a line break between letters that are written without spaces is nothing.
fn folded(text: &str) -> String {
    let unspaced = |c: Option<char>| c.is_some_and(|c| matches!(c, '\u{3000}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}'));
    let (mut folded, mut rest) = (String::new(), text.trim());
    while let Some(end) = rest.find(char::is_whitespace) {
        let behind = rest[end..].trim_start();
        folded.push_str(&rest[..end]);
        let white = &rest[end..rest.len() - behind.len()];
        let joined = white.contains('\n') && unspaced(folded.chars().next_back()) && unspaced(behind.chars().next());
        if !joined {
            folded.push(' ');
        }
        rest = behind;
    }
    folded + rest
}

/// What the report names of a file.
fn notes<'a>(report: &'a Value, kind: &str, name: &str) -> Vec<(Option<usize>, &'a str)> {
    let notes = report[kind].as_array().unwrap().iter().filter(|note| note["source"] == name);
    let note = |note: &'a Value| (note["line"].as_u64().map(|line| line as usize), note["reason"].as_str().unwrap());
    notes.map(note).collect()
}

#[test]
fn every_row_is_found_or_named_and_cited_where_it_stands() {
    let (dir, files) = (Dir::new(), files());
    let encoded: HashMap<&String, Encoded> = files.iter().map(|(name, file)| (name, file.encoded())).collect();
    for (name, encoded) in &encoded {
        dir.write(name, &encoded.bytes);
    }
    // What made-up words teach is of no use, and learning takes its time.
    let mut options = BuildOptions::new(dir.path("corpus"), dir.path("index"));
    options.learn.most_phrasings = 0;
    let report = serde_json::to_value(build(&options, &Silent).unwrap().summary).unwrap();
    let units = units(&dir);
    let mut problems = Vec::new();
    for (name, file) in &files {
        let units = units.get(name).map(Vec::as_slice).unwrap_or_default();
        let skipped = notes(&report, "skipped", name);
        Check { name, file, encoded: &encoded[name], problems: &mut problems }.run(units, &skipped);
    }
    let count = files.values().map(|file| file.rows.len()).sum::<usize>();
    problems
        .dedup_by_key(|problem| problem.split('\n').next().and_then(|line| line.split(' ').next()).map(str::to_owned));
    let shown: String = problems.iter().take(20).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(problems.is_empty(), "{} problems in {} files with {count} rows\n{shown}", problems.len(), files.len());
    assert!(count > 3_000, "{count}");
    dir.faqt(["verify"]).ok();
    ask(&dir, &files, &encoded);
}

/// Asks the question of a row of every file: its answer comes first, and its citation is what was written there.
fn ask(dir: &Dir, files: &BTreeMap<String, Writer>, encoded: &HashMap<&String, Encoded>) {
    let asked: Vec<(&String, &Writer, &Row)> = files
        .iter()
        .filter_map(|(name, file)| {
            let is_askable = |row: &&Row| {
                row.fate == Fate::Found
                    && row.pair.question.chars().all(|c| c == ' ' || !c.is_whitespace() && !c.is_control())
            };
            Some((name, file, file.rows.iter().find(is_askable)?))
        })
        .collect();
    let questions: String = asked.iter().map(|(_, _, row)| row.pair.question.clone() + "\n").collect();
    let replies = dir.faqt(["ask", "-", "--top", "1", "--format", "json"]).input(questions).ok().json_lines();
    assert_eq!(replies.len(), asked.len());
    for ((name, file, row), reply) in asked.into_iter().zip(&replies) {
        let answer = first(reply);
        let citation = &answer["citations"][0];
        assert_eq!(citation["source"], name.as_str(), "{reply:#}");
        assert_eq!(citation["quote"], answer["text"], "{reply:#}");
        let said = |text: &str| if file.kept == Kept::Exactly { text.trim().to_owned() } else { folded(text) };
        assert_eq!(said(citation["quote"].as_str().unwrap()), said(&row.pair.answer), "{name}");
        let number = |of: &Value| usize::try_from(of.as_u64().unwrap()).unwrap();
        let range = encoded[name].in_text(&(number(&citation["bytes"][0])..number(&citation["bytes"][1]))).unwrap();
        assert!(range.start >= row.answered.start && range.end <= row.answered.end, "{name}: {reply:#}");
        assert_eq!(citation["lines"], serde_json::json!(lines(&file.text, &range)), "{name}");
    }
}

/// The lines of a range, counted by hand.
fn lines(text: &str, range: &Range<usize>) -> [usize; 2] {
    let line = |at: usize| text.as_bytes()[..at].split(|byte| *byte == b'\n').count();
    [line(range.start), line(range.end.saturating_sub(1).max(range.start))]
}

/// Examples and responses in two files of one bot: a pair belongs to the file with its answer.
#[test]
fn pairs_of_two_files_are_found_and_cited_in_that_of_the_answer() {
    let dir = Dir::new();
    let taste = Taste { marks: text::QUIET, spaces: text::SPACES, scripts: true, controls: false, others: true };
    let mut numbers = Numbers::new(7);
    let pairs: Vec<Pair> = (0..60).map(|row| taste.pair(&mut numbers, &format!("r{row}"))).collect();
    let (mut nlu, mut domain) = ("version: \"3.1\"\nnlu:\n".to_owned(), "responses:\n".to_owned());
    let mut places = Vec::new();
    for (at, pair) in pairs.iter().enumerate() {
        nlu += &format!("- intent: faq/n{at}\n  examples: |\n    - {}\n", pair.question);
        for other in &pair.others {
            nlu += &format!("    - {other}\n");
        }
        domain += &format!("  utter_faq/n{at}:\n  - text: ");
        let start = domain.len();
        domain += &escapes::yaml_double(&mut numbers, &pair.answer);
        places.push(start..domain.len());
        domain += "\n";
    }
    nlu = nlu.replace('\u{feff}', "");
    dir.write("corpus/bot/data/nlu.yml", nlu).write("corpus/bot/domain.yml", &domain).faqt(["index"]).ok();
    let units = units(&dir).remove("corpus/bot/domain.yml").unwrap();
    assert_eq!(units.len(), pairs.len());
    for ((unit, pair), place) in units.iter().zip(&pairs).zip(places) {
        let asked = [&pair.question].into_iter().chain(&pair.others);
        let asked: Vec<String> = asked.map(|text| text.replace('\u{feff}', "").trim().to_owned()).collect();
        let found: Vec<&str> = unit.phrasings.iter().map(Excerpt::plain).collect();
        assert_eq!(
            (found, folded(unit.text.plain())),
            (asked.iter().map(String::as_str).collect(), folded(&pair.answer))
        );
        assert_eq!(unit.text.span(unit.text.all()).hull(), Some(place.start + 1..place.end - 1));
    }
    dir.faqt(["verify"]).ok();
}

/// A NUL is no text: it goes, or its row goes with it, or the file is named.
#[test]
fn a_nul_in_a_file_of_any_format_is_left_out_or_named() {
    let dir = Dir::new();
    let mut names = Vec::new();
    for shape in markup::SHAPES.iter().filter(|shape| !shape.name.starts_with("yaml/")) {
        let pairs = (0..3).map(|row| Pair {
            question: format!("How is n{row}?"),
            others: Vec::new(),
            answer: format!("So n{row} it\u{1}is."),
        });
        let mut file = markup::file(shape, Numbers::new(3), pairs.collect());
        file.coding = writer::Coding::Utf8;
        let name = format!("corpus/{}", file.name);
        dir.write(&name, file.text.replace('\u{1}', "\0"));
        names.push(name);
    }
    for (name, text) in [
        ("a.csv", "question,answer\nHow?,So\0so.\n"),
        ("a.json", "[{\"question\": \"How?\", \"answer\": \"a\0b\"}]"),
        ("a.jsonl", "{\"question\": \"How?\", \"answer\": \"a\0b\"}\n"),
        ("a.yml", "- question: How?\n  answer: a\0b\n"),
    ] {
        dir.write(format!("corpus/{name}"), text);
        names.push(format!("corpus/{name}"));
    }
    let report = dir.faqt(["index", "--format", "json"]).ok().json();
    let units = units(&dir);
    for name in names {
        let found = units.get(&name).map_or(0, Vec::len);
        assert!(found > 0 || !notes(&report, "skipped", &name).is_empty(), "{name} is silent: {report:#}");
        let texts = units.get(&name).into_iter().flatten().flat_map(Unit::excerpts);
        texts.for_each(|excerpt| assert!(!excerpt.plain().contains('\0'), "{name}: {:?}", excerpt.plain()));
    }
    dir.faqt(["verify"]).ok();
}
