//! The recipes of `docs/recipes.md`, run as they stand there.

use crate::{
    clients::{node, python, repository, succeed},
    harness::Dir,
    server::Server,
};
use serde_json::{Value, json};
use std::{fs, process::Command};

const ADDRESS: &str = "http://127.0.0.1:8080";

/// A server for the sample articles of the repository.
fn server() -> (Dir, Server) {
    let dir = Dir::new();
    for entry in fs::read_dir(repository("corpus")).unwrap() {
        let path = entry.unwrap().path();
        dir.write(format!("corpus/{}", path.file_name().unwrap().to_str().unwrap()), fs::read(&path).unwrap());
    }
    let server = Server::start(&dir, []);
    (dir, server)
}

/// The fenced blocks of the page in these languages, each with its language.
fn blocks(page: &str, languages: &[&str]) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut open = None;
    for line in page.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => open = Some((language.to_owned(), String::new())),
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some((_, text)), None) => *text += &format!("{line}\n"),
            (None, None) => {}
        }
    }
    found.retain(|(language, _)| languages.contains(&language.as_str()));
    found
}

/// Whether all that is shown is in what came.
fn is_within(shown: &Value, came: &Value) -> bool {
    match (shown, came) {
        (Value::Object(shown), Value::Object(came)) => {
            shown.iter().all(|(key, value)| came.get(key).is_some_and(|came| is_within(value, came)))
        }
        (Value::Array(shown), Value::Array(came)) => {
            shown.len() == came.len() && shown.iter().zip(came).all(|(shown, came)| is_within(shown, came))
        }
        _ => shown == came,
    }
}

fn values(text: &str) -> Vec<Value> {
    serde_json::Deserializer::from_str(text).into_iter().map(Result::unwrap).collect()
}

#[test]
fn curl_prints_what_the_page_shows() {
    let (_dir, server) = server();
    let page = fs::read_to_string(repository("docs/recipes.md")).unwrap();
    let blocks = blocks(&page, &["sh", "json"]);
    let (pairs, rest) = blocks.as_chunks::<2>();
    assert!(pairs.len() >= 5 && rest.is_empty(), "every command is followed by what it prints");
    for [(sh, command), (json, shown)] in pairs {
        assert!(sh == "sh" && json == "json", "{command}{shown}");
        let printed = succeed(Command::new("sh").arg("-c").arg(command.replace(ADDRESS, &server.url)));
        let (shown, printed) = (values(shown), values(&printed));
        assert!(is_within(&json!(shown), &json!(printed)), "{command}\n{shown:#?}\n{printed:#?}");
    }
}

#[test]
fn the_component_for_haystack_gives_documents() {
    let (dir, server) = server();
    let page = fs::read_to_string(repository("docs/recipes.md")).unwrap();
    let [(_, example)] = blocks(&page, &["python"]).try_into().unwrap();
    dir.write("recipe.py", example.replace(ADDRESS, &server.url));
    let printed = succeed(python().arg(dir.path("recipe.py")));
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines.len(), 3, "{printed}");
    assert!(lines[0].contains("No. RAID keeps") && lines[0].ends_with("corpus/backups.jsonl"), "{printed}");
}

#[test]
fn the_workflow_for_n8n_makes_an_answer_of_a_chat_message() {
    let (_dir, server) = server();
    let say = |text: &str| -> Value {
        let mut replay = node("n8n.mjs");
        replay.arg(repository("examples/n8n/faqt.json")).arg(json!({"chatInput": text}).to_string());
        serde_json::from_str(&succeed(replay.env("FAQT_URL", &server.url).env("FAQT_KEY", "none"))).unwrap()
    };
    let answer = say("Is RAID a backup?");
    let output = answer["output"].as_str().unwrap();
    assert!(output.starts_with("No. RAID keeps"), "{output}");
    assert!(output.ends_with("Source: backups.jsonl, https://example.com/faq/backups#raid"), "{output}");
    assert!(answer["confidence"].as_f64().unwrap() > 0.9);
    let none = say("How do I \"bake\" sourdough bread?");
    assert!(none["output"].as_str().unwrap().starts_with("Sorry"), "{none}");
}
