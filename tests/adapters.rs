//! The adapters of `examples/adapters`: each answers its platform's requests out of a running server.

use crate::{
    clients::{node, pytest, repository, succeed},
    harness::Dir,
    server::Server,
};
use serde_json::{Value, json};
use std::process::Command;

#[test]
fn rasa_dialogflow_and_slack_are_answered_as_they_ask() {
    let (dir, server) = keyed();
    let tests = repository("tests/clients/python/test_adapters.py");
    succeed(pytest(&dir).arg(tests).env("FAQT_URL", &server.url).env("FAQT_KEY", KEY));
}

#[test]
fn a_card_of_botpress_is_filled_with_the_answer() {
    let (_dir, server) = keyed();
    let said =
        ["How many books may I borrow?", "How high is the lighthouse?", "and the steps?", "How do I bake bread?"];
    let turns = card(&said, &server.url);
    let answer = "You may borrow twelve books at a time. Magazines do not count.\n\n\
                  Source: library.jsonl, https://example.com/library#loans";
    assert_eq!(turns[0]["faqtAnswer"], answer);
    assert_eq!(turns[0]["faqtAnswered"], true);
    assert!(turns[0]["faqtConfidence"].as_f64().unwrap() > 0.9);
    assert!(turns[2]["faqtAnswer"].as_str().unwrap().contains("steps"), "{}", turns[2]);
    assert!(turns[3]["faqtAnswer"].as_str().unwrap().starts_with("Sorry, I have no answer"), "{}", turns[3]);
    let history = turns[3]["faqtHistory"].as_array().unwrap();
    assert_eq!(history.iter().map(|turn| turn["question"].as_str().unwrap()).collect::<Vec<_>>(), said);
}

#[test]
fn a_card_of_botpress_says_when_nobody_answers() {
    let turns = card(&["How many books may I borrow?"], "http://127.0.0.1:9");
    assert_eq!(turns[0]["faqtAnswer"], "Sorry, I cannot look that up at the moment.");
    assert_eq!(turns[0]["faqtSuggestions"], json!([]));
}

const KEY: &str = "a-key-for-asking-0123456789";

/// The sample articles, and a server that wants a key.
fn keyed() -> (Dir, Server) {
    let dir = Dir::indexed();
    let server = Server::start(&dir, ["--key", KEY]);
    (dir, server)
}

/// The variables of the bot after each of these messages.
fn card(said: &[&str], url: &str) -> Vec<Value> {
    let mut command: Command = node("botpress.mjs");
    command.arg(repository("examples/adapters/botpress.js")).args(said).env("FAQT_URL", url).env("FAQT_KEY", KEY);
    succeed(&mut command).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
