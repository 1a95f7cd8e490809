//! `/v1/suggest`: stored questions as one types.

use crate::{harness::Dir, server::Server};
use serde_json::json;

fn shop() -> (Dir, Server) {
    let dir = Dir::of([
        (
            "a.txt",
            "Shop\nFAQ\nQ: How do I reset my password?\nA: By the link.\nQ: How long does delivery take?\nA: A day.\n",
        ),
        ("b.txt", "Laden\nFAQ\nQ: Wie ändere ich die Größe?\nA: Im Korb.\n"),
    ]);
    let server = Server::start(&dir, []);
    (dir, server)
}

#[test]
fn questions_come_as_one_types_with_what_was_typed_marked() {
    let (dir, server) = shop();
    let found = server.get("/v1/suggest?q=how+do+i+res").ok();
    assert_eq!(found["query"], "how do i res");
    let first = &found["suggestions"][0];
    assert_eq!(first["question"], "How do I reset my password?");
    assert_eq!(first["matches"], json!([[0, 3], [4, 6], [7, 8], [9, 12]]));
    let unit = dir.faqt(["show", first["id"].as_str().unwrap(), "--format", "json"]).ok().json();
    assert_eq!(unit["question"], first["question"]);
    for (typed, question) in [
        ("pasw", "How do I reset my password?"),
        ("delviery", "How long does delivery take?"),
        ("grosse", "Wie ändere ich die Größe?"),
        ("Gro%C3%9F", "Wie ändere ich die Größe?"),
    ] {
        let found = server.get(&format!("/v1/suggest?q={typed}")).ok();
        assert_eq!(found["suggestions"][0]["question"], question, "{typed}");
    }
    assert_eq!(server.get("/v1/suggest?q=zebra").ok()["suggestions"], json!([]));
}

#[test]
fn every_stored_question_is_suggested_long_before_its_end() {
    let (_dir, server) = Server::of_samples();
    let units = server.get("/v1/units?limit=200&filter=kind%3Dqa").ok();
    for unit in units["units"].as_array().unwrap() {
        let question = unit["questions"][0].as_str().unwrap();
        let typed: String = question.chars().take(question.chars().count() * 2 / 3).collect();
        let typed = typed.replace(' ', "+").replace('&', "%26");
        let found = server.get(&format!("/v1/suggest?q={typed}&limit=20")).ok();
        assert!(
            found["suggestions"].as_array().unwrap().iter().any(|one| one["question"] == question),
            "{question}: {found:#}"
        );
    }
}

#[test]
fn without_a_text_there_are_examples_and_filters_and_limits_hold() {
    let (_dir, server) = shop();
    let found = server.get("/v1/suggest").ok();
    assert_eq!(found["suggestions"].as_array().unwrap().len(), 3);
    assert_eq!(found["suggestions"][1]["question"], "Wie ändere ich die Größe?");
    let found = server.get("/v1/suggest?q=how&limit=1").ok();
    assert_eq!(found["suggestions"].as_array().unwrap().len(), 1);
    assert_eq!(server.get("/v1/suggest?q=how&filter=source%3Dcorpus/b.txt").ok()["suggestions"], json!([]));
    let long = format!("/v1/suggest?q={}", "a".repeat(1001));
    for (path, field) in [
        ("/v1/suggest?limit=0", "limit"),
        ("/v1/suggest?limit=51", "limit"),
        ("/v1/suggest?limit=x", "limit"),
        (&long, "q"),
    ] {
        let refused = server.get(path);
        assert_eq!((refused.status, refused.json()["field"].as_str()), (400, Some(field)), "{path}");
    }
    assert_eq!(server.get("/v1/suggest?q=a&filter=b").json()["code"], "filter_invalid");
    assert_eq!(server.get("/v1/suggest?nonsense=1").status, 400);
}
