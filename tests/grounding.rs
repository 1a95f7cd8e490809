//! What an assistant reads before it writes, and what its writing is worth.

use crate::{harness::Dir, server::Server};
use serde_json::json;

fn library() -> Dir {
    Dir::of([(
        "library.md",
        "# The library\n\n## FAQ\n\n### When does the library open?\n\nThe library opens at 9 every morning. It is not open on Sundays.\n\n### What does a card cost?\n\nA card costs 12 euros a year.\n",
    )])
}

#[test]
fn an_answer_is_written_from_the_context_and_verified() {
    let dir = library();
    let server = Server::start(&dir, []);
    let asked = json!({"question": "When does the library open?", "budget": 300});
    let context = server.post("/v1/context", &asked).ok();
    assert_eq!(context["answered"], true);
    assert!(context["tokens"].as_u64().unwrap() <= 300);
    let block = &context["blocks"][0];
    assert_eq!(
        block["text"],
        "When does the library open?\nThe library opens at 9 every morning. It is not open on Sundays."
    );
    assert!(context["text"].as_str().unwrap().starts_with("[1] The library"));
    assert_eq!(block["citation"]["lines"], json!([7, 7]));
    let sources: Vec<_> = context["blocks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|block| json!({"marker": block["marker"], "id": block["id"]}))
        .collect();
    let verify = |text: &str| server.post("/v1/verify", &json!({"text": text, "sources": sources})).ok();
    let good = verify("Every morning the library opens at 9 [1]. **It is not open on Sundays** [1].");
    assert_eq!((&good["supported"], &good["share"]), (&json!(true), &json!(1.0)));
    assert_eq!(good["sentences"][0]["verdict"], "covered");
    let quoted = &good["sentences"][1];
    assert_eq!((&quoted["verdict"], &quoted["citation"]["lines"]), (&json!("verbatim"), &json!([7, 7])));
    // The bytes that are cited are the words that are quoted.
    let bytes = &quoted["citation"]["bytes"];
    let range = bytes[0].as_u64().unwrap() as usize..bytes[1].as_u64().unwrap() as usize;
    assert_eq!(&dir.read("corpus/library.md")[range], quoted["citation"]["quote"].as_str().unwrap().as_bytes());
    let bad = verify("The library opens at 8 [1]. It is open on Sundays [1].");
    assert_eq!((&bad["supported"], &bad["share"]), (&json!(false), &json!(0.0)));
    assert_eq!(
        (&bad["sentences"][0]["contradicts"], &bad["sentences"][0]["missing"]),
        (&json!("number"), &json!(["8"]))
    );
    assert_eq!(bad["sentences"][1]["contradicts"], "negation");
}

#[test]
fn what_cannot_be_used_is_named() {
    let dir = library();
    let server = Server::start(&dir, []);
    let field = |path: &str, body| server.post(path, &body).json()["field"].clone();
    assert_eq!(field("/v1/context", json!({"question": "x?", "budget": 0})), "budget");
    for path in ["/v1/context", "/v1/ask"] {
        assert_eq!(field(path, json!({"question": "x?", "top": 51})), "top");
        assert_eq!(field(path, json!({"question": "x?", "tops": 3})), "tops");
        assert_eq!(field(path, json!({"question": "x?", "history": ["y?", 1]})), "history[1]");
    }
    let code = |body| server.post("/v1/verify", &body).json()["code"].clone();
    assert_eq!(code(json!({"text": "x", "sources": [{"marker": "1", "id": "none"}]})), "unit_unknown");
    assert_eq!(code(json!({"text": "x".repeat(70_000), "sources": []})), "request_invalid");
}

#[test]
fn brackets_without_end_take_no_longer_than_other_text() {
    let server = Server::start(&library(), []);
    for [open, close] in [["[", "]"], ["【", "】"]] {
        let text = open.repeat(16_000) + "1" + close;
        let checked = server.post("/v1/verify", &json!({"text": text, "sources": []})).ok();
        assert_eq!(checked["sentences"].as_array().map(Vec::len), Some(1), "{checked}");
    }
}

#[test]
fn the_routes_are_described() {
    let server = Server::start(&library(), []);
    let document = server.get("/openapi.json").ok();
    for path in ["/v1/context", "/v1/verify", "/v1/feedback", "/v1/misses", "/v1/reindex", "/v1/jobs/{id}"] {
        assert!(document["paths"][path].is_object(), "{path}");
    }
    // Two things of one name would be one in the document.
    let schemas = &document["components"]["schemas"];
    assert!(schemas["GroundingVerdict"].to_string().contains("verbatim"), "{schemas:#}");
    assert!(schemas["FeedbackVerdict"].to_string().contains("no_answer"), "{schemas:#}");
}
