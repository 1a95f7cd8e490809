//! Every door gives the same answer: fifty questions through each of them.

use crate::{
    harness::{Dir, repository, timeless},
    server::Server,
};
use serde_json::{Value, json};

/// How many questions are asked.
const QUESTIONS: usize = 50;

fn questions() -> Vec<String> {
    let file = std::fs::read_to_string(repository("tests/fixtures/newcomer_questions.jsonl")).unwrap();
    let text = |line: &str| serde_json::from_str::<Value>(line).unwrap()["question"].as_str().unwrap().to_owned();
    // Every kind of question is among them, for the file goes by kind.
    let all: Vec<String> = file.lines().map(text).collect();
    let questions: Vec<String> = all.iter().step_by(all.len() / QUESTIONS).take(QUESTIONS).cloned().collect();
    assert_eq!(questions.len(), QUESTIONS);
    questions
}

/// What `faqt ask` says, a reply a question.
fn asked(dir: &Dir, questions: &[String]) -> Vec<Value> {
    let run = dir.faqt(["ask", "-"]).input(questions.join("\n")).run();
    run.json_lines().into_iter().map(timeless).collect()
}

/// The texts of the first answer: of both parts, where a question has two.
fn said(reply: &Value) -> Vec<&str> {
    let answers = reply["answers"].as_array().unwrap();
    let parts = answers.iter().filter(|answer| answer.get("part").is_some()).count();
    answers.iter().take(parts.max(1)).map(|answer| answer["text"].as_str().unwrap()).collect()
}

fn mcp(server: &Server, question: &str) -> Value {
    let call = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call",
        "params": {"name": "ask", "arguments": {"question": question}}});
    let accept = [("content-type", "application/json"), ("accept", "application/json, text/event-stream")];
    server.post_with("/mcp", &call.to_string(), &accept).ok()["result"]["structuredContent"].clone()
}

#[test]
fn fifty_questions_get_the_same_answers_through_every_door() {
    let dir = Dir::of_own_articles();
    let server = Server::start(&dir, []);
    let questions = questions();
    let batch = server.post("/v1/batch", &json!({"questions": questions})).ok();
    let replies = asked(&dir, &questions);
    assert!(replies.iter().filter(|reply| reply["answered"] == true).count() > 30);
    assert!(replies.iter().any(|reply| reply["answered"] == false));
    for (place, (question, expected)) in questions.iter().zip(&replies).enumerate() {
        let posted = server.post("/v1/ask", &json!({"question": question})).ok();
        assert_eq!(&timeless(posted), expected, "{question}");
        assert_eq!(&timeless(batch["replies"][place].clone()), expected, "{question}");
        assert_eq!(&timeless(mcp(&server, question)), expected, "{question}");

        let messages = json!({"model": "faqt", "messages": [{"role": "user", "content": question}]});
        let chat = server.post("/v1/chat/completions", &messages).ok();
        assert_eq!(&timeless(chat["faqt"].clone()), expected, "{question}");
        let response = server.post("/v1/responses", &json!({"model": "faqt", "input": question})).ok();
        assert_eq!(&timeless(response["faqt"].clone()), expected, "{question}");
        let knowledge = "/language/:query-knowledgebases?projectName=p&deploymentName=d&api-version=2021-10-01";
        let azure = server.post(knowledge, &json!({"question": question})).ok();
        let setting = json!({"top_k": 3, "score_threshold": 0.0});
        let dify = json!({"knowledge_id": "faqt", "query": question, "retrieval_setting": setting});
        let dify = server.post("/retrieval", &dify).ok();
        // Dify asks for the best units, whether they answer or not.
        let best = server.post("/v1/ask", &json!({"question": question, "min_confidence": 0})).ok();
        let texts = |answers: &Value, key: &str| -> Vec<Value> {
            answers.as_array().unwrap().iter().map(|answer| answer[key].clone()).collect()
        };
        assert_eq!(texts(&dify["records"], "content"), texts(&best["answers"], "text"), "{question}");

        if expected["answered"] == false {
            assert_eq!(azure["answers"][0]["id"], -1, "{question}");
            assert_eq!(chat["choices"][0]["message"]["annotations"], json!([]), "{question}");
            continue;
        }
        let spoken = [&chat["choices"][0]["message"]["content"], &response["output"][0]["content"][0]["text"]];
        for text in said(expected) {
            assert!(spoken.iter().all(|spoken| spoken.as_str().unwrap().contains(text)), "{question}: {spoken:?}");
        }
        let first = &expected["answers"][0];
        assert_eq!(azure["answers"][0]["answer"], first["text"], "{question}");
        assert_eq!(azure["answers"][0]["source"], first["citations"][0]["source"], "{question}");
    }
}
