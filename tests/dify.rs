//! External knowledge for Dify, by requests as Dify sends them.

use crate::{
    harness::Dir,
    server::{Response, Server},
};
use serde_json::{Value, json};

const KEY: (&str, &str) = ("authorization", "Bearer a-key-0123456789");

/// Five books, each with metadata of its own.
const BOOKS: &str = r#"{"_id": "a", "question": "Where is the book of birds?", "answer": "The birds stand on shelf one.", "metadata": {"author": "Ada Lark", "pages": 90, "tags": ["old", "rare"]}, "date": "2024-05-01"}
{"_id": "b", "question": "Where is the book of bees?", "answer": "The bees stand on shelf two.", "metadata": {"author": "Ben Lark", "pages": 120, "due": "2026-01-15"}, "date": "2025-05-01"}
{"_id": "c", "question": "Where is the book of bears?", "answer": "The bears stand on shelf three.", "metadata": {"author": "Ada Wolf", "pages": 300}, "date": "2026-05-01"}
{"_id": "d", "question": "Where is the book of boats?", "answer": "The boats stand on shelf four.", "metadata": {"author": "Cy", "pages": 1000}}
{"_id": "e", "question": "Where is the book of bread?", "answer": "The bread stands on shelf five."}
"#;

fn books() -> (Dir, Server) {
    let dir = Dir::of([("books.jsonl", BOOKS)]);
    let server = Server::start(&dir, ["--key", "a-key-0123456789"]);
    (dir, server)
}

fn retrieve(server: &Server, body: &Value) -> Response {
    server.post_with("/retrieval", &body.to_string(), &[KEY, ("content-type", "application/json")])
}

fn asked(query: &str, top_k: usize, threshold: f64) -> Value {
    let setting = json!({"top_k": top_k, "score_threshold": threshold});
    json!({"knowledge_id": "faqt", "query": query, "retrieval_setting": setting})
}

/// The documents of the records, in the order of their names.
fn documents(reply: &Value) -> String {
    let records = reply["records"].as_array().unwrap();
    let mut names: Vec<&str> = records.iter().map(|record| record["metadata"]["document"].as_str().unwrap()).collect();
    names.sort_unstable();
    names.concat()
}

#[test]
fn as_many_records_come_as_are_wanted_and_pass_the_threshold() {
    let (_dir, server) = books();
    for (top, query) in [(1, "bees"), (3, "Where is the book of bees?"), (5, "something else altogether")] {
        let reply = retrieve(&server, &asked(query, top, 0.0)).ok();
        assert_eq!(reply["records"].as_array().unwrap().len(), top, "{reply}");
    }
    let reply = retrieve(&server, &asked("Where is the book of bees?", 5, 0.9)).ok();
    let [record] = reply["records"].as_array().unwrap().as_slice() else { panic!("{reply}") };
    assert_eq!(record["content"], "The bees stand on shelf two.");
    assert!(record["score"].as_f64().unwrap() >= 0.9);
    assert_eq!(record["metadata"]["author"], "Ben Lark");
    assert_eq!(record["metadata"]["citations"][0]["quote"], record["content"]);
    assert!(record["metadata"]["url"].as_str().unwrap().starts_with(&server.url));
    let nothing = retrieve(&server, &asked("How do I bake a cake?", 3, 0.99)).ok();
    assert_eq!(nothing, json!({"records": []}));
}

#[test]
fn every_operator_holds_for_exactly_the_units_that_meet_it() {
    let (_dir, server) = books();
    let met = |name: Value, operator: &str, value: Value| {
        let mut body = asked("Where is the book?", 10, 0.0);
        let one = match value {
            Value::Null => json!({"name": name, "comparison_operator": operator}),
            value => json!({"name": name, "comparison_operator": operator, "value": value}),
        };
        body["metadata_condition"] = json!({"logical_operator": "and", "conditions": [one]});
        documents(&retrieve(&server, &body).ok())
    };
    for (name, operator, value, expected) in [
        ("author", "contains", json!("LARK"), "ab"),
        ("author", "not contains", json!("lark"), "cde"),
        ("author", "start with", json!("Ada"), "ac"),
        ("author", "end with", json!("wolf"), "c"),
        ("author", "is", json!("cy"), "d"),
        ("author", "is not", json!("Cy"), "abce"),
        ("tags", "in", json!(["rare", "new"]), "a"),
        ("author", "in", json!("Cy, Ada Wolf"), "cd"),
        ("author", "not in", json!(["Cy", "Ada Wolf"]), "abe"),
        ("author", "empty", Value::Null, "e"),
        ("author", "not empty", Value::Null, "abcd"),
        ("pages", "=", json!(120), "b"),
        ("pages", "≠", json!(120.0), "acde"),
        ("pages", ">", json!(120), "cd"),
        ("pages", "<", json!("120"), "a"),
        ("pages", "≥", json!(120), "bcd"),
        ("pages", "≤", json!(120), "ab"),
        ("due", "before", json!("2026-01-16"), "b"),
        ("due", "after", json!("2026-01-15"), ""),
        ("date", "after", json!("2025-05-01"), "c"),
        // The first of May 2025 at noon.
        ("date", "before", json!(1_746_100_800), "a"),
        ("date", "empty", Value::Null, "de"),
        ("document", "is", json!("b"), "b"),
        ("kind", "is", json!("qa"), "abcde"),
    ] {
        assert_eq!(met(json!(name), operator, value.clone()), expected, "{name} {operator} {value}");
    }
    assert_eq!(met(json!(["author", "tags"]), "contains", json!("r")), "ab");
}

#[test]
fn conditions_are_joined_as_is_said() {
    let (_dir, server) = books();
    let mut body = asked("Where is the book?", 10, 0.0);
    let conditions = json!([
        {"name": "author", "comparison_operator": "start with", "value": "ada"},
        {"name": "pages", "comparison_operator": ">", "value": 100},
    ]);
    for (operator, expected) in [("and", "c"), ("or", "abcd")] {
        body["metadata_condition"] = json!({"logical_operator": operator, "conditions": conditions});
        assert_eq!(documents(&retrieve(&server, &body).ok()), expected);
    }
}

#[test]
fn what_is_wrong_has_the_status_and_the_code_that_dify_reads() {
    let (_dir, server) = books();
    let wrong = |response: Response, status: u16, code: u64| {
        assert_eq!(
            (response.status, response.json()["error_code"].as_u64()),
            (status, Some(code)),
            "{}",
            response.text
        );
        assert!(!response.json()["error_msg"].as_str().unwrap().is_empty());
    };
    // When a knowledge is registered, Dify sends nothing but the key.
    wrong(server.post_with("/retrieval", "", &[KEY]), 400, 400);
    wrong(server.post_with("/retrieval", "", &[("authorization", "Bearer wrong")]), 403, 1002);
    wrong(server.post_with("/retrieval", "", &[("authorization", "wrong")]), 401, 1001);
    wrong(server.post_with("/retrieval", "", &[]), 401, 1001);
    let mut other = asked("bees", 1, 0.0);
    other["knowledge_id"] = "other".into();
    wrong(retrieve(&server, &other), 404, 2001);
    wrong(retrieve(&server, &json!({"knowledge_id": "faqt"})), 400, 400);
    wrong(retrieve(&server, &asked(" ", 1, 0.0)), 400, 400);
    wrong(retrieve(&server, &asked("bees", 0, 0.0)), 400, 400);
    wrong(retrieve(&server, &asked("bees", 1, 1.5)), 400, 400);
}
