//! What people say of replies, what they ask in vain, and what becomes of it.

use crate::{
    harness::{Dir, first, generated_rows},
    server::{Server, eventually},
};
use serde_json::{Value, json};
use std::fs;

const ROWS: &str = r#"{"_id": "hours", "question": "When does the library open?", "answer": "At nine every morning."}
{"_id": "card", "question": "What does a library card cost?", "answer": "A card costs twelve euros a year."}
"#;

fn library() -> Dir {
    Dir::of([("rows.jsonl", ROWS)])
}

/// The misses once there are so many.
#[track_caller]
fn misses(server: &Server, total: u64) -> Value {
    eventually("misses", || {
        let misses = server.get("/v1/misses").ok();
        (misses["total"].as_u64() == Some(total)).then_some(misses)
    })
}

#[test]
fn what_is_not_answered_is_listed_whichever_door_it_came_through() {
    let dir = library();
    let server = Server::start(&dir, []);
    server.post("/v1/ask", &json!({"question": "Can I bring my giraffe?"})).ok();
    server.get("/v1/ask?q=bring+a+giraffe").ok();
    server.post("/v1/batch", &json!({"questions": ["Do unicorns exist?", "When does the library open?"]})).ok();
    server.post("/v1/context", &json!({"question": "can I bring my giraffe"})).ok();
    server.post("/v1/ask", &json!({"question": "Hello!"})).ok();
    let listed = eventually("all of them", || {
        let listed = misses(&server, 2);
        (listed["misses"][0]["count"] == 3).then_some(listed)
    });
    let miss = &listed["misses"][0];
    assert_eq!((&miss["question"], &miss["unanswered"]), (&json!("Can I bring my giraffe?"), &json!(3)));
    assert_eq!(miss["questions"].as_array().unwrap().len(), 3);
    assert!(miss["last"].as_str().unwrap().ends_with('Z') && miss["answered_now"] == false);
    let page = server.get("/v1/misses?limit=1").ok();
    let next = server.get(&format!("/v1/misses?limit=1&cursor={}", page["next"].as_str().unwrap())).ok();
    assert_eq!((&next["misses"][0]["question"], &next["next"]), (&json!("Do unicorns exist?"), &Value::Null));
    let text = dir.faqt(["misses"]).ok().stdout;
    assert!(text.contains("    3  Can I bring my giraffe?"), "{text}");
    assert_eq!(dir.faqt(["misses", "--format", "json"]).ok().json()["total"], 2);
}

#[test]
fn nothing_is_kept_where_the_settings_say_so() {
    let dir = library();
    dir.write("faqt.toml", "[server]\nlog_misses = false\n");
    let mut server = Server::start(&dir, []);
    server.post("/v1/ask", &json!({"question": "Can I bring my giraffe?"})).ok();
    server.signal("TERM");
    assert_eq!(server.ended(), 0);
    assert!(!dir.path("index/feedback.jsonl").exists());
    assert!(dir.faqt(["misses"]).ok().stdout.contains("nothing was asked in vain"));
}

#[test]
fn feedback_needs_what_it_names_and_an_administrator_for_no_answer() {
    let dir = library();
    let server = Server::start(&dir, ["--key", "ask:a", "--key", "admin:b"]);
    let post = |key: &str, body: Value| {
        server.post_with("/v1/feedback", &body.to_string(), &[("authorization", &format!("Bearer {key}"))])
    };
    assert_eq!(post("a", json!({"question": "q?", "verdict": "wrong"})).status, 201);
    assert_eq!(post("a", json!({"question": "q?", "verdict": "no_answer"})).status, 403);
    assert_eq!(post("b", json!({"question": "q?", "verdict": "no_answer"})).status, 201);
    assert_eq!(
        post("a", json!({"question": "q?", "verdict": "wrong", "right_unit": "x"})).json()["code"],
        "unit_unknown"
    );
    assert_eq!(post("a", json!({"question": "  ", "verdict": "right"})).json()["code"], "feedback_invalid");
    assert_eq!(post("a", json!({"question": "q?", "verdict": "maybe"})).json()["field"], "verdict");
    let listed = |key: &str| server.get_with("/v1/misses", &[("authorization", &format!("Bearer {key}"))]);
    assert_eq!((listed("a").status, listed("b").status), (403, 200));
}

#[test]
fn what_people_say_becomes_a_set_that_weights_are_fitted_to() {
    let dir = Dir::new();
    dir.write("corpus/rows.jsonl", generated_rows(80, 5)).faqt(["index"]).ok();
    let server = Server::start(&dir, []);
    for row in String::from_utf8(dir.read("corpus/rows.jsonl")).unwrap().lines().take(60) {
        let row: Value = serde_json::from_str(row).unwrap();
        let question = row["question"].as_str().unwrap();
        let reply = server.post("/v1/ask", &json!({"question": question})).ok();
        let (shown, asked) = (&first(&reply)["id"], question.rsplit_once(' ').unwrap().0);
        server.post("/v1/feedback", &json!({"question": asked, "verdict": "right", "unit": shown})).ok();
    }
    server.post("/v1/feedback", &json!({"question": "xylophone qwertz?", "verdict": "no_answer"})).ok();
    server.post("/v1/feedback", &json!({"question": "merely wrong?", "verdict": "wrong"})).ok();
    let run = dir.faqt(["misses", "--export", "set"]).ok();
    assert!(run.stdout.starts_with("60 questions with an answer, 1 without one"), "{run}");
    assert_eq!(server.get("/v1/misses?format=queries").text.as_bytes(), dir.read("set/queries.jsonl"));
    assert_eq!(server.get("/v1/misses?format=qrels").text.as_bytes(), dir.read("set/qrels.tsv"));
    let set = ["--queries", "set/queries.jsonl", "--qrels", "set/qrels.tsv", "--format", "json"];
    let fitted = dir.faqt(["eval", "--fit"].into_iter().chain(set)).ok().json();
    assert_eq!((&fitted["questions"], &fitted["answerable"]), (&json!(61), &json!(60)));
}

/// A log that cannot be written costs no answer, and is named.
#[test]
fn a_log_that_cannot_be_written_costs_no_answer() {
    let dir = library();
    fs::create_dir(dir.path("index/feedback.jsonl")).unwrap();
    let server = Server::start(&dir, []);
    assert_eq!(server.post("/v1/ask", &json!({"question": "Can I bring my giraffe?"})).ok()["answered"], false);
    assert_eq!(server.post("/v1/feedback", &json!({"question": "q?", "verdict": "right"})).status, 500);
    eventually("the log names the file", || {
        let log = server.log();
        (log.contains("not kept") && log.matches("feedback.jsonl").count() > 1).then_some(())
    });
}

#[test]
fn a_broken_line_is_told_and_the_rest_counts() {
    let dir = library();
    let good =
        r#"{"id":"1","at":"2026-01-01T00:00:00Z","question":"Is there tea?","kind":"unanswered","suggestions":[]}"#;
    dir.write("index/feedback.jsonl", format!("{good}\n{{\"id\":\"2\n"));
    let run = dir.faqt(["misses"]).ok();
    assert!(run.stderr.contains("feedback.jsonl:2 is no record"), "{run}");
    insta::assert_snapshot!(run.stdout);
}

/// A line of the log.
fn missed(number: usize, question: &str) -> String {
    let at = format!("2026-01-01T00:{:02}:{:02}Z", number / 60 % 60, number % 60);
    json!({"id": format!("{number:016x}"), "at": at, "question": question, "kind": "unanswered", "suggestions": []})
        .to_string()
        + "\n"
}

#[test]
fn what_is_missed_between_two_pages_moves_nothing_in_them() {
    let dir = library();
    let things = ["sauna", "printer", "parking", "garden", "cinema", "elevator", "swimming", "fountain", "balcony"];
    let log: String = things.iter().enumerate().map(|(number, thing)| missed(number, thing)).collect();
    dir.write("index/feedback.jsonl", log);
    let server = Server::start(&dir, []);
    let names = |page: &Value| -> Vec<String> {
        page["misses"].as_array().unwrap().iter().map(|miss| miss["question"].as_str().unwrap().to_owned()).collect()
    };
    let page = |cursor: &Value| server.get(&format!("/v1/misses?limit=2&cursor={}", cursor.as_str().unwrap()));
    let mut last = server.get("/v1/misses?limit=2").ok();
    let first_cursor = last["next"].clone();
    let mut seen = names(&last);
    while last["next"].is_string() {
        // The last of the list comes to its front, and another one is new.
        for question in ["sauna", &format!("telescope{}", seen.len())] {
            server.post("/v1/feedback", &json!({"question": question, "verdict": "wrong"})).ok();
        }
        last = page(&last["next"]).ok();
        assert_eq!(last["total"], things.len());
        seen.extend(names(&last));
    }
    assert_eq!(seen, things.into_iter().rev().collect::<Vec<_>>());
    let now = server.get("/v1/misses?limit=2").ok();
    assert_eq!((&now["total"], &now["misses"][0]["question"]), (&json!(things.len() + 4), &json!("sauna")));
    for wrong in ["x", "2", "9-1", "ffff-1-0123456789abcdef", "%F0%9F%98%80"] {
        let response = page(&json!(wrong));
        assert_eq!((response.status, &response.json()["code"]), (422, &json!("cursor_invalid")), "{wrong}");
    }
    // Another process writes to the same log, and then there is another log.
    let mut log = dir.read("index/feedback.jsonl");
    log.extend(missed(99, "sauna").bytes());
    dir.write("index/feedback.jsonl", &log);
    assert_eq!(server.get("/v1/misses?limit=2").ok()["misses"][0]["count"], 6);
    assert_eq!(page(&first_cursor).ok()["misses"].as_array().unwrap().len(), 2);
    dir.write("index/feedback.jsonl", missed(1, "balcony"));
    assert_eq!(page(&first_cursor).json()["code"], "cursor_invalid");
    assert_eq!(names(&server.get("/v1/misses").ok()), ["balcony"]);
}
