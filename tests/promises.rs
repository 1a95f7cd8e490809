//! The promises about replies that hold whatever else changes.

use crate::harness::{Dir, first, generated_rows, texts, timeless};
use serde_json::{Value, json};

/// More units than are all ranked, so that candidates are really looked for.
const MANY: usize = 2_600;

#[test]
fn asking_for_more_answers_never_changes_the_first() {
    let dir = Dir::indexed();
    let rows = generated_rows(MANY, 7);
    dir.write("many/rows.jsonl", &rows).faqt(["index", "many", "--index", "big"]).ok();
    let known: Value = serde_json::from_str(rows.lines().nth(1_234).unwrap()).unwrap();
    let words: Vec<&str> = known["answer"].as_str().unwrap().split(' ').take(5).collect();
    dir.write("drinks.jsonl", REPEATED).faqt(["index", "drinks.jsonl", "--index", "drinks"]).ok();
    for (index, question) in [
        // Here the first answer has a citation of the second row, however few answers are asked for.
        ("drinks", "how is tea made"),
        ("index", "how hihg is the lighthose"),
        ("index", "tower"),
        ("index", "How many books may I borrow?"),
        ("big", &words.join(" ")),
        ("big", known["question"].as_str().unwrap()),
    ] {
        let ask = |top: &str| {
            let reply = dir.ask([question, "--index", index, "--top", top, "--min-confidence", "0"]);
            reply["answers"].as_array().unwrap().clone()
        };
        let most = ask("50");
        assert!(most.len() > if index == "drinks" { 1 } else { 5 }, "{question}");
        for top in [1, 2, 5, 20] {
            let fewer = ask(&top.to_string());
            assert_eq!(fewer.len(), top.min(most.len()), "{question}");
            assert_eq!(fewer, most[..fewer.len()], "{question}, {top} answers");
        }
    }
}

#[test]
fn a_stored_question_comes_first_and_is_answered_whatever_the_threshold() {
    let dir = Dir::indexed();
    for (question, answer) in [
        ("How high is the lighthouse?", "The gallery is 58"),
        ("how HIGH is the... lighthouse", "The gallery is 58"),
        ("  When is my loan due?  ", "You may keep a book"),
        ("What happens in a storm?", "The ferry stays"),
    ] {
        let reply = dir.ask([question, "--min-confidence", "1"]);
        assert!(first(&reply)["text"].as_str().unwrap().starts_with(answer), "{question}: {reply:#}");
        assert_eq!(texts(&reply).len(), 1, "{question}: the others are under the threshold");
    }
}

#[test]
fn every_stored_question_of_a_large_corpus_finds_its_own_answer() {
    let dir = Dir::new();
    let rows = generated_rows(MANY, 3);
    dir.write("corpus/rows.jsonl", &rows).faqt(["index"]).ok();
    let rows: Vec<Value> = rows.lines().step_by(37).map(|row| serde_json::from_str(row).unwrap()).collect();
    let input = rows.iter().map(|row| row["question"].as_str().unwrap()).collect::<Vec<_>>().join("\n");
    let replies = dir.faqt(["ask", "-", "--min-confidence", "1"]).input(input).ok().json_lines();
    assert_eq!(replies.len(), rows.len());
    for (reply, row) in replies.iter().zip(&rows) {
        assert_eq!(first(reply)["document"], row["_id"], "{reply:#}");
    }
}

#[test]
fn of_several_that_hold_a_question_the_newest_comes_first_and_then_by_id() {
    let dir = Dir::new();
    let row = |id: &str, date: Value, answer: &str, place: &str| {
        json!({"_id": id, "question": "Who is the mayor?", "answer": answer, "date": date, "metadata": {"place": place}}).to_string()
    };
    let rows = [
        row("old", json!("2019-05-01"), "Anna Blom governs since the spring.", "harbour"),
        row("undated", Value::Null, "Nobody knows for certain yet.", "harbour"),
        row("new", json!("2024-05-01"), "Carl Dahl won the last vote.", "harbour"),
        row("middle", json!("2021-05-01"), "Eva Falk took over for two terms.", "village"),
    ];
    dir.write("corpus/mayors.jsonl", rows.join("\n")).faqt(["index"]).ok();
    let order = |filters: &[&str]| {
        let mut args = vec!["who is the mayor", "--top", "9", "--min-confidence", "0"];
        args.extend(filters.iter().flat_map(|filter| ["--filter", filter]));
        let reply = dir.ask(args);
        let documents =
            reply["answers"].as_array().unwrap().iter().map(|answer| answer["document"].as_str().unwrap().to_owned());
        documents.collect::<Vec<_>>()
    };
    assert_eq!(order(&[]), ["new", "middle", "old", "undated"]);
    assert_eq!(order(&["place=harbour"]), ["new", "old", "undated"]);
    assert_eq!(order(&["date<=2022"]), ["middle", "old"]);
    assert_eq!(order(&["place=village"]), ["middle"]);

    let same_day = |id: &str, answer: &str| row(id, json!("2024-01-01"), answer, "x");
    dir.write(
        "corpus/mayors.jsonl",
        [same_day("a", "The first of them."), same_day("b", "Quite another person.")].join("\n"),
    );
    dir.faqt(["index"]).ok();
    let reply = dir.ask(["who is the mayor"]);
    let ids: Vec<&str> =
        reply["answers"].as_array().unwrap().iter().map(|answer| answer["id"].as_str().unwrap()).collect();
    assert!(ids.len() == 2 && ids[0] < ids[1], "{ids:?}");
}

#[test]
fn no_answer_is_a_normal_reply_and_no_error() {
    let dir = Dir::indexed();
    for question in ["How do I bake sourdough bread?", "zzzz qqqq", "?!", "什么是编码", "ฉันจะยืมหนังสือได้อย่างไร", "🦀"]
    {
        let run = dir.faqt(["ask", question, "--format", "json"]).ends_with(1);
        assert_eq!(run.stderr, "", "{question}");
        let reply = run.json();
        assert_eq!(
            (&reply["question"], &reply["answered"], &reply["answers"]),
            (&json!(question), &json!(false), &json!([]))
        );
    }
}

/// Two rows say nearly the same, a third something else.
const REPEATED: &str = r#"{"_id": "first", "question": "How is tea made?", "answer": "Pour boiling water over the leaves, wait three minutes, then take the leaves out and add milk, sugar, lemon or honey as you like it best of all."}
{"_id": "second", "question": "What is the way to make tea?", "answer": "Pour boiling water over the leaves, wait three minutes, then take the leaves out, and add milk, sugar, lemon or honey as you like it best of all!"}
{"_id": "third", "question": "How is coffee made?", "answer": "Grind the beans, fill the filter and let the machine do the rest."}
"#;

#[test]
fn answers_that_say_the_same_become_one_with_several_citations() {
    let dir = Dir::of([("drinks.jsonl", REPEATED)]);
    let reply = dir.ask(["how is tea made", "--top", "9", "--min-confidence", "0"]);
    let documents: Vec<&str> =
        reply["answers"].as_array().unwrap().iter().map(|answer| answer["document"].as_str().unwrap()).collect();
    assert_eq!(documents, ["first", "third"]);
    let lines: Vec<&Value> =
        first(&reply)["citations"].as_array().unwrap().iter().map(|citation| &citation["lines"]).collect();
    assert_eq!(lines, [&json!([1, 1]), &json!([2, 2])]);
    // The one that is asked for comes first.
    assert_eq!(first(&dir.ask(["What is the way to make tea?"]))["document"], "second");
}

#[test]
fn collapsing_takes_no_document_out_of_the_list_of_an_evaluation() {
    let dir = Dir::of([("drinks.jsonl", REPEATED)]);
    dir.write("queries.jsonl", "{\"_id\": \"q\", \"text\": \"how is tea made\"}\n");
    dir.write("qrels.tsv", "query-id\tcorpus-id\tscore\nq\tsecond\t1\n");
    dir.faqt(["eval", "--queries", "queries.jsonl", "--qrels", "qrels.tsv", "--run", "run.tsv"]).ok();
    let run = String::from_utf8(dir.read("run.tsv")).unwrap();
    let mut documents: Vec<&str> = run.lines().map(|line| line.split('\t').nth(2).unwrap()).collect();
    assert_eq!(documents[0], "first");
    documents.sort_unstable();
    assert_eq!(documents, ["first", "second", "third"]);
}

#[test]
fn replies_do_not_change_with_what_was_asked_before() {
    let dir = Dir::indexed();
    let input = "tower\nHow long may I keep a book?\ntower\n";
    let replies = dir.faqt(["ask", "-"]).input(input).run().json_lines();
    assert_eq!(timeless(replies[0].clone()), timeless(replies[2].clone()));
}
