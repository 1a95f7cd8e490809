use super::*;
use crate::{BuildOptions, Engine, Silent, read::Reading};
use std::{fs, path::PathBuf};

/// A corpus with its index.
struct Indexed {
    _folder: tempfile::TempDir,
    corpus: PathBuf,
    engine: Engine,
}

fn indexed(files: &[(&str, &[u8])]) -> Indexed {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().canonicalize().unwrap().join("corpus");
    fs::create_dir(&corpus).unwrap();
    for (name, bytes) in files {
        fs::write(corpus.join(name), bytes).unwrap();
    }
    let engine = Engine::build(&BuildOptions::new(&corpus, folder.path().join("index")), &Silent).unwrap();
    Indexed { _folder: folder, corpus, engine }
}

const HOURS: &str = "Opening hours\n\nFAQ\nQ: Wann ist geöffnet?\nA: Von neun bis fünf Uhr.\nQ: And on Sunday?\nA: No, never on a Sunday.\n";

impl Indexed {
    fn article(&self, source: &str, mark: Option<&Mark>) -> crate::Result<SourceView> {
        self.engine.article(source, mark, &Reading::default())
    }

    /// The units of a source, first to last.
    fn units(&self, source: &str) -> Vec<UnitView> {
        let filters = vec![format!("source={source}")];
        self.engine.units(&UnitsOptions { filters, after: None, limit: 1000 }).unwrap().units
    }
}

/// The marked parts of a text.
fn marked(view: &SourceView) -> Vec<String> {
    let part = |mark: &MarkView| view.text.chars().skip(mark.start).take(mark.end - mark.start).collect();
    view.marks.iter().map(part).collect()
}

#[test]
fn pages_have_every_unit_once_in_the_order_of_the_corpus() {
    let indexed = indexed(&[("a.txt", HOURS.as_bytes()), ("b.txt", HOURS.as_bytes())]);
    let (mut after, mut ids) = (None, Vec::new());
    loop {
        let page = indexed.engine.units(&UnitsOptions { filters: Vec::new(), after, limit: 3 }).unwrap();
        assert_eq!(page.total, indexed.engine.len());
        ids.extend(page.units.iter().map(|unit| unit.id.clone()));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let all: Vec<String> = (0..indexed.engine.len()).map(|at| indexed.engine.unit_at(at as u32).unwrap().id).collect();
    assert_eq!(ids, all);
    let none = UnitsOptions { filters: vec!["kind!=qa".to_owned()], after: None, limit: 50 };
    let page = indexed.engine.units(&none).unwrap();
    assert_eq!(page.total, page.units.len());
    assert!(page.total < all.len());
}

#[test]
fn a_number_leads_to_its_unit_and_survives_another_order() {
    let one = indexed(&[("a.txt", HOURS.as_bytes())]);
    let two = indexed(&[("0.txt", b"Other\n\nAnother text stands here.\n"), ("a.txt", HOURS.as_bytes())]);
    for unit in one.units("corpus/a.txt") {
        assert!(unit.number > 0 && i32::try_from(unit.number).is_ok());
        assert_eq!(one.engine.unit_numbered(unit.number).unwrap().id, unit.id);
        assert_eq!(two.engine.number_of(&unit.id).unwrap(), unit.number);
    }
    assert_eq!(one.engine.unit_numbered(0).unwrap_err().code(), "unit_unknown");
    assert_eq!(one.engine.number_of("none").unwrap_err().code(), "unit_unknown");
}

#[test]
fn articles_are_listed_with_what_they_say_of_themselves() {
    let front = "---\ntitle: Paying\nlang: de\ndate: 2026-02-03\nurl: https://x.example/pay\n---\n\n# Paying\n\nMan zahlt bar.\n";
    let rows = "{\"_id\": \"1\", \"title\": \"One\", \"question\": \"Is it?\", \"answer\": \"It is.\"}\n\
                {\"_id\": \"2\", \"question\": \"Was it?\", \"answer\": \"It was.\"}\n";
    let indexed = indexed(&[
        ("a.md", front.as_bytes()),
        ("empty.md", b""),
        ("rows.jsonl", rows.as_bytes()),
        ("z.txt", HOURS.as_bytes()),
    ]);
    let first = indexed.engine.articles_page(None, 2).unwrap();
    assert_eq!((first.total, first.next), (3, Some(1)));
    let [paying, rows] = &first.articles[..] else { panic!("{first:?}") };
    assert_eq!((paying.source.as_str(), paying.title.as_str(), paying.units), ("corpus/a.md", "Paying", 1));
    assert_eq!(paying.language.as_deref(), Some("de"));
    assert_eq!(paying.published.as_deref(), Some("2026-02-03"));
    assert_eq!(paying.url.as_deref(), Some("https://x.example/pay"));
    assert_eq!(paying.bytes, front.len() as u64);
    assert_eq!((rows.title.as_str(), rows.units), ("rows.jsonl", 2));
    let second = indexed.engine.articles_page(first.next, 2).unwrap();
    assert_eq!((second.articles[0].source.as_str(), second.next), ("corpus/z.txt", None));
}

#[test]
fn what_a_citation_points_at_is_marked_in_every_encoding() {
    let page = "<html><head><meta charset=windows-1252></head><body><h1>Bücher</h1><p>Drei B\u{fc}cher &amp; \
                <b>mehr</b> darf man f\u{fc}r einen Monat ausleihen.</p></body></html>";
    let (page, ..) = encoding_rs::WINDOWS_1252.encode(page);
    let marked_utf8 = [b"\xef\xbb\xbf".as_slice(), HOURS.replace('\n', "\r\n").as_bytes()].concat();
    let indexed = indexed(&[("a.txt", HOURS.as_bytes()), ("b.txt", &marked_utf8), ("c.html", &page)]);
    for source in ["corpus/a.txt", "corpus/b.txt", "corpus/c.html"] {
        for unit in indexed.units(source) {
            let [from, to] = unit.bytes.unwrap();
            let view = indexed.article(source, Some(&Mark::Bytes(from..to))).unwrap();
            let [mark] = &view.marks[..] else { panic!("{view:?}") };
            assert_eq!(mark.lines, unit.lines);
            let text = marked(&view)[0].replace("&amp;", "&").replace("<b>", "").replace("</b>", "");
            assert_eq!(text, unit.text, "{source}");
            let by_id = indexed.article(source, Some(&Mark::Unit(unit.id.clone()))).unwrap();
            assert!(by_id.marks.contains(mark));
            assert_eq!(by_id.marks.len(), 1 + unit.questions.len());
            assert!(by_id.units.iter().any(|place| place.id == unit.id && place.lines == unit.lines));
            assert!(!view.changed && !view.cut && view.first_line == Some(1));
        }
    }
}

#[cfg(feature = "documents")]
#[test]
fn of_a_document_what_its_reader_takes_out_is_shown() {
    use crate::{
        model::{Counted, Place},
        read::package::testing::{docx, word},
    };
    let body = [
        word("Heading1", "Fees"),
        word("Normal", "The ticket costs five euros."),
        word("Normal", "You pay at the door."),
    ];
    let indexed = indexed(&[("a.docx", &docx(&body.concat()))]);
    let unit = &indexed.units("corpus/a.docx")[0];
    let view = indexed.article("corpus/a.docx", Some(&Mark::Unit(unit.id.clone()))).unwrap();
    assert_eq!(marked(&view), [unit.text.as_str()]);
    assert_eq!((view.first_line, view.marks[0].lines, view.marks[0].paragraph), (None, None, unit.paragraph));
    let place = Place { counted: Counted::Paragraph, numbers: unit.paragraph.unwrap() };
    assert_eq!(marked(&indexed.article("corpus/a.docx", Some(&Mark::Place(place))).unwrap()), [unit.text.as_str()]);
    let pages = Place { counted: Counted::Page, numbers: [1, 1] };
    assert!(indexed.article("corpus/a.docx", Some(&Mark::Place(pages))).unwrap().marks.is_empty());
    assert!(indexed.article("corpus/a.docx", Some(&Mark::Bytes(0..5))).unwrap().marks.is_empty());
}

#[test]
fn a_file_that_changed_is_marked_only_where_its_words_still_stand() {
    let indexed = indexed(&[("a.txt", HOURS.as_bytes())]);
    let units = indexed.units("corpus/a.txt");
    let unit = |question: &str| units.iter().find(|unit| unit.questions.iter().any(|one| one == question)).unwrap();
    let (before, behind) = (unit("Wann ist geöffnet?"), unit("And on Sunday?"));
    fs::write(indexed.corpus.join("a.txt"), HOURS.replace("on Sunday?", "on all Sundays?")).unwrap();
    for (unit, marks) in [(before, 2), (behind, 0)] {
        let view = indexed.article("corpus/a.txt", Some(&Mark::Unit(unit.id.clone()))).unwrap();
        assert!(view.changed);
        assert_eq!(view.marks.len(), marks, "{view:?}");
        let [from, to] = unit.bytes.unwrap();
        let view = indexed.article("corpus/a.txt", Some(&Mark::Bytes(from..to))).unwrap();
        assert_eq!(view.marks.len(), marks / 2);
    }
}

#[test]
fn of_a_long_text_the_lines_around_the_mark_are_shown() {
    let row = |row: usize| {
        format!(
            "{{\"_id\": \"{row}\", \"question\": \"Is row {row} ö?\", \"answer\": \"Row {row}: {}\"}}\n",
            "ö ".repeat(400)
        )
    };
    let rows: String = (0..2000).map(row).collect();
    let indexed = indexed(&[("rows.jsonl", rows.as_bytes())]);
    let whole = Reading::default();
    let part = Reading { file_limit: 1000, ..Reading::default() };
    for number in [0, 1, 1234, 1999] {
        let unit = indexed.engine.view(&indexed.engine.unit_at(number).unwrap()).unwrap();
        let [from, to] = unit.bytes.unwrap();
        for (reading, mark) in
            [(&whole, Mark::Bytes(from..to)), (&part, Mark::Bytes(from..to)), (&part, Mark::Unit(unit.id.clone()))]
        {
            let view = indexed.engine.article("corpus/rows.jsonl", Some(&mark), reading).unwrap();
            assert!(
                marked(&view).iter().any(|text| format!("{text} ") == unit.text || *text == unit.text),
                "{:?}",
                marked(&view)
            );
            assert_eq!(view.marks.last().unwrap().lines, unit.lines);
            assert!(view.cut && view.text.len() < 300 << 10);
            let first = view.first_line.unwrap();
            let before: String = view.text.chars().take(view.marks[0].start).collect();
            assert_eq!(first + before.matches('\n').count(), number as usize + 1);
            assert!(view.units.iter().any(|place| place.id == unit.id));
        }
    }
}

#[test]
fn marks_that_make_no_sense_mark_nothing() {
    let indexed = indexed(&[("a.txt", HOURS.as_bytes())]);
    for bytes in [0..0, 9_999..10_000, usize::MAX - 1..usize::MAX] {
        for limit in [10, 1 << 20] {
            let reading = Reading { file_limit: limit, ..Reading::default() };
            let view = indexed.engine.article("corpus/a.txt", Some(&Mark::Bytes(bytes.clone())), &reading).unwrap();
            assert!(view.marks.is_empty(), "{view:?}");
        }
    }
    let unknown = indexed.article("corpus/a.txt", Some(&Mark::Unit("0".repeat(16)))).unwrap_err();
    assert_eq!(unknown.code(), "unit_unknown");
}

#[test]
fn only_files_of_the_index_are_opened() {
    let indexed = indexed(&[("a.txt", HOURS.as_bytes())]);
    let secret = indexed.corpus.with_file_name("secret.txt");
    fs::write(&secret, "secret").unwrap();
    for source in
        ["", "secret.txt", "corpus/../secret.txt", "corpus/./a.txt", "/etc/passwd", "corpus/a.txt\0", "../corpus/a.txt"]
    {
        assert_eq!(indexed.article(source, None).unwrap_err().code(), "article_unknown", "{source}");
    }
    assert_eq!(indexed.article(secret.to_str().unwrap(), None).unwrap_err().code(), "article_unknown");
    fs::remove_file(indexed.corpus.join("a.txt")).unwrap();
    assert_eq!(indexed.article("corpus/a.txt", None).unwrap_err().code(), "article_unreadable");
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_file_leads_nowhere_else() {
    use std::os::unix::fs::symlink;
    let indexed = indexed(&[("a.txt", HOURS.as_bytes())]);
    let (path, secret) = (indexed.corpus.join("a.txt"), indexed.corpus.with_file_name("secret.txt"));
    fs::write(&secret, "secret").unwrap();
    fs::remove_file(&path).unwrap();
    for target in [secret.as_path(), std::path::Path::new("/dev/zero"), std::path::Path::new("/etc")] {
        symlink(target, &path).unwrap();
        for limit in [1, 1 << 20] {
            let reading = Reading { file_limit: limit, ..Reading::default() };
            let error = indexed.engine.article("corpus/a.txt", None, &reading).unwrap_err();
            assert_eq!(error.code(), "article_unreadable");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
        fs::remove_file(&path).unwrap();
    }
    // One that leads to the same words is as good as the file.
    fs::write(&secret, HOURS).unwrap();
    symlink(&secret, &path).unwrap();
    assert!(!indexed.article("corpus/a.txt", None).unwrap().changed);
}
