use super::{FeedbackLog, MissList, MissLists, Misses, Record, Said, Verdict, export};
use crate::{BuildOptions, Engine, Silent};
use jiff::Timestamp;
use std::{fs, sync::Arc, time::Instant};

/// An index of two articles.
fn engine() -> (tempfile::TempDir, Engine) {
    let folder = tempfile::tempdir().unwrap();
    let (articles, index) = (folder.path().join("articles"), folder.path().join("index"));
    fs::create_dir(&articles).unwrap();
    let rows = [
        ("hours", "When does the library open?", "The library opens at nine every morning."),
        ("card", "What does a library card cost?", "A card costs twelve euros a year."),
    ];
    let rows = rows.map(|(id, question, answer)| {
        serde_json::json!({"_id": id, "question": question, "answer": answer}).to_string() + "\n"
    });
    fs::write(articles.join("rows.jsonl"), rows.concat()).unwrap();
    let engine = Engine::build(&BuildOptions::new(&articles, &index), &Silent).unwrap();
    (folder, engine)
}

fn record(at: i64, question: &str, said: Said) -> Record {
    let at = Timestamp::from_second(at).unwrap();
    Record { at, ..Record::new(question, said).unwrap() }
}

fn unanswered() -> Said {
    Said::Unanswered { suggestions: Vec::new() }
}

fn told(verdict: Verdict, unit: Option<&str>, right_unit: Option<&str>) -> Said {
    let owned = |id: Option<&str>| id.map(str::to_owned);
    Said::Feedback { verdict, unit: owned(unit), right_unit: owned(right_unit), comment: Some("hm".to_owned()) }
}

#[test]
fn like_questions_are_one_miss_and_the_most_frequent_comes_first() {
    let (_folder, engine) = engine();
    let card = engine.unit_at(1).unwrap().id;
    let records = [
        record(1, "Can I bring my dog?", unanswered()),
        record(2, "Do you deliver parcels to Norway?", unanswered()),
        record(3, "deliver parcel to norway", unanswered()),
        record(4, "Is there parking?", unanswered()),
        record(5, "can I bring my dog", unanswered()),
        record(6, "Delivering parcels: Norway?", told(Verdict::Wrong, None, Some(&card))),
        record(7, "Are there unicorns?", unanswered()),
        record(8, "Are there unicorns?", told(Verdict::NoAnswer, None, None)),
        record(9, "When does the library open?", told(Verdict::Right, Some("x"), None)),
    ];
    let misses = Misses::of(&records, &engine);
    assert_eq!((misses.len(), misses.is_empty()), (3, false));
    let page = misses.page(0..10, &engine).unwrap();
    let seen: Vec<(&str, usize, usize, usize)> =
        page.iter().map(|miss| (miss.question.as_str(), miss.count, miss.unanswered, miss.disliked)).collect();
    assert_eq!(
        seen,
        [
            ("Do you deliver parcels to Norway?", 3, 2, 1),
            ("Can I bring my dog?", 2, 2, 0),
            ("Is there parking?", 1, 1, 0),
        ]
    );
    assert_eq!(page[0].questions.len(), 3);
    assert_eq!((page[0].right_unit.as_ref(), page[0].comments.len()), (Some(&card), 1));
    assert_eq!(page[1].last.as_second(), 5);
    assert!(!page[1].answered_now);
    assert_eq!(misses.page(1..2, &engine).unwrap()[0].question, page[1].question);
}

#[test]
fn only_what_is_known_of_a_question_is_exported() {
    let (_folder, engine) = engine();
    let [hours, card] = [0, 1].map(|unit| engine.unit_at(unit).unwrap().id);
    let records = [
        record(1, "opening times?", told(Verdict::Right, Some(&hours), None)),
        record(2, "how much for a \"card\"", told(Verdict::Wrong, Some(&hours), Some(&card))),
        record(3, "merely missed?", unanswered()),
        record(4, "merely wrong?", told(Verdict::Wrong, Some(&hours), None)),
        record(5, "unicorns?", told(Verdict::Right, Some(&hours), None)),
        record(6, "unicorns?", told(Verdict::NoAnswer, None, None)),
        record(7, "long gone?", told(Verdict::Right, Some("gone"), None)),
        record(8, "taken back?", told(Verdict::Right, Some(&hours), None)),
        record(9, "Taken back", told(Verdict::Wrong, Some(&hours), None)),
    ];
    let files = export(&records, &engine).unwrap();
    assert_eq!((files.answerable, files.unanswerable, files.gone.len()), (2, 1, 1));
    let texts: Vec<String> = files
        .queries
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["text"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(texts, ["opening times?", "how much for a \"card\"", "unicorns?"]);
    let documents: Vec<&str> = files.qrels.lines().skip(1).map(|line| line.split('\t').nth(1).unwrap()).collect();
    assert_eq!(documents, ["hours", "card"]);
}

#[test]
fn a_large_log_is_grouped_quickly_and_always_alike() {
    let (_folder, engine) = engine();
    let topics = ["parcel", "invoice", "garden", "sauna", "bicycle", "printer"];
    let question = |number: i64| {
        format!("Where is the {} w{} by x{}?", topics[(number % 6) as usize], number % 9_973, number % 1_009)
    };
    let records: Vec<Record> = (0..100_000).map(|number| record(number, &question(number), unanswered())).collect();
    let start = Instant::now();
    let misses = Misses::of(&records, &engine);
    let took = start.elapsed();
    // Far less without the checks of a debug build, and on one core of any machine.
    assert!(took.as_secs() < 60, "{took:?}");
    assert!(misses.len() > 1_000, "{}", misses.len());
    let page = || Misses::of(&records[..5_000], &engine).page(0..5, &engine).unwrap();
    assert_eq!(page(), page());
}

#[test]
fn the_log_of_an_index_stands_beside_it() {
    let (folder, _engine) = engine();
    let log = FeedbackLog::of(&folder.path().join("index"));
    log.append(&record(1, "How?", unanswered())).unwrap();
    assert!(folder.path().join("index/feedback.jsonl").exists());
}

#[test]
fn a_list_is_made_once_and_stays_as_it_was() {
    let (folder, engine) = engine();
    let log = FeedbackLog::of(&folder.path().join("index"));
    let mut lists = MissLists::of(log.clone());
    let shown = |list: &MissList| list.misses.page(0..10, &engine).unwrap();
    assert!(lists.now(&engine).unwrap().misses.is_empty());
    log.append(&record(1, "Is there parking?", unanswered())).unwrap();
    log.append(&record(2, "Can I bring my dog?", unanswered())).unwrap();
    let first = lists.now(&engine).unwrap();
    let before = shown(&first);
    assert_eq!((first.records(), before.len()), (2, 2));
    assert!(Arc::ptr_eq(&first, &lists.now(&engine).unwrap()));
    let questions = ["Is there parking?", "Do you deliver parcels?", "Where is the sauna?", "Who feeds the cat?"];
    for (second, question) in (3..).zip(questions) {
        log.append(&record(second, question, unanswered())).unwrap();
        assert_eq!(
            shown(&lists.now(&engine).unwrap()),
            Misses::of(&log.read().unwrap().records, &engine).page(0..10, &engine).unwrap()
        );
        let again = lists.at(2, &engine).unwrap().unwrap();
        assert!(Arc::ptr_eq(&first, &again), "a list that is wanted is kept");
    }
    assert_eq!(shown(&first), before);
    let others = (3..=6).map(|records| shown(&lists.at(records, &engine).unwrap().unwrap())).collect::<Vec<_>>();
    assert_eq!(others[3], shown(&lists.now(&engine).unwrap()));
    let again = lists.at(2, &engine).unwrap().unwrap();
    assert!(!Arc::ptr_eq(&first, &again), "a list that is not kept is made again");
    assert_eq!((shown(&again), again.last()), (before, first.last()));
    assert!(lists.at(7, &engine).unwrap().is_none());
    fs::write(log.path(), "no record\n").unwrap();
    assert!(lists.at(2, &engine).unwrap().is_none());
    let last = lists.now(&engine).unwrap();
    assert_eq!((last.misses.len(), last.broken), (0, 1));
}
