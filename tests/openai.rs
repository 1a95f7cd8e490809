//! The OpenAI API, asked with the `openai` packages of Python and npm.

use crate::{
    clients::{node, python, repository, succeed},
    harness::Dir,
    server::Server,
};
use serde_json::json;

const KEY: &str = "a-key-0123456789";

fn server() -> (Dir, Server) {
    let dir = Dir::indexed();
    let server = Server::start(&dir, ["--key", KEY]);
    (dir, server)
}

#[test]
fn the_python_package_gets_answers_with_citations_that_stand_in_their_files() {
    let (dir, server) = server();
    let script = repository("tests/clients/python/openai_checks.py");
    succeed(python().arg(script).args([&server.url, KEY]).arg(dir.path("corpus")));
}

#[test]
fn the_npm_package_gets_the_same() {
    let (_dir, server) = server();
    succeed(node("openai.mjs").args([&server.url, KEY]));
}

#[test]
fn what_an_author_wrote_is_neither_escaped_nor_run_and_stays_where_it_is_cited() {
    let hostile = "Click <script>alert(1)</script> or [here](javascript:alert(2)) \u{1F600} \u{202E}now\u{202C}.";
    let dir = Dir::of([("kiln.txt", &format!("Kiln](javascript:x)\nFAQ\nQ: How hot is the kiln?\nA: {hostile}\n"))]);
    let server = Server::start(&dir, []);
    let asked = json!({"model": "faqt-sources", "messages": [{"role": "user", "content": "How hot is the kiln?"}]});
    let reply = server.post("/v1/chat/completions", &asked).ok();
    let text = reply["choices"][0]["message"]["content"].as_str().unwrap();
    let (answer, source) = text.split_once("\n\nSource: ").unwrap();
    assert_eq!(answer, hostile);
    assert!(source.starts_with(r"[Kiln\](javascript:x)](http://"), "{source}");
    let cited = &reply["choices"][0]["message"]["annotations"][0]["url_citation"];
    let place = |name: &str| usize::try_from(cited[name].as_u64().unwrap()).unwrap();
    let (start, end) = (place("start_index"), place("end_index"));
    assert_eq!(text.chars().skip(start).take(end - start).collect::<String>(), hostile);
}

#[test]
fn a_stream_is_one_of_events_and_ends_as_clients_expect() {
    let (_dir, server) = Server::of_samples();
    let asked = json!({"messages": [{"role": "user", "content": "Can I bring my dog?"}], "stream": true});
    let response = server.post("/v1/chat/completions", &asked);
    assert_eq!((response.status, response.header("content-type")), (200, "text/event-stream"));
    assert!(response.text.starts_with("data: {") && response.text.ends_with("\n\ndata: [DONE]\n\n"));
    let asked = json!({"input": "Can I bring my dog?", "stream": true});
    let response = server.post("/v1/responses", &asked);
    assert!(response.text.starts_with("event: response.created\ndata: {"), "{}", response.text);
}

#[test]
fn a_conversation_may_go_on_for_as_long_as_people_like() {
    let (_dir, server) = Server::of_samples();
    let turn =
        |_| [json!({"role": "user", "content": "Can I bring my dog?"}), json!({"role": "assistant", "content": "No."})];
    let mut messages: Vec<_> = (0..150).flat_map(turn).collect();
    messages.push(json!({"role": "user", "content": "How many books may I borrow?"}));
    for (path, field) in [("/v1/chat/completions", "messages"), ("/v1/responses", "input")] {
        let reply = server.post(path, &json!({field: messages})).ok();
        assert_eq!(reply["faqt"]["answered"], true, "{reply}");
    }
}

/// What the README shows is the whole way from `faqt serve` to an answer.
#[test]
fn three_lines_of_the_readme_are_enough() {
    let dir = Dir::of_own_articles();
    let server = Server::start(&dir, []);
    let readme = std::fs::read_to_string(repository("README.md")).unwrap();
    let (_, behind) = readme.split_once("```python\n").unwrap();
    let (script, _) = behind.split_once("```").unwrap();
    assert_eq!(script.lines().count(), 3);
    let script = script.replace("http://127.0.0.1:8080", &server.url);
    let printed = succeed(python().args(["-c", &script]));
    assert!(printed.starts_with("No. RAID keeps a system running"), "{printed}");
}
