//! The index is built in the background, and when the corpus changes.

use crate::{
    harness::{Dir, first, generated_rows},
    server::{Server, eventually},
};
use serde_json::{Value, json};
use std::{io::Read as _, thread, time::Duration};

const HOURS: &str = "{\"_id\": \"hours\", \"question\": \"When does it open?\", \"answer\": \"At nine.\"}\n";

fn shop() -> Dir {
    Dir::of([("rows.jsonl", HOURS)])
}

/// The job once it has ended.
#[track_caller]
pub fn ended(server: &Server, id: &str) -> Value {
    eventually("the end of the job", || {
        let job = server.get(&format!("/v1/jobs/{id}")).ok();
        job["finished"].is_string().then_some(job)
    })
}

fn answer(server: &Server) -> String {
    let reply = server.get("/v1/ask?q=When+does+it+open%3F").ok();
    first(&reply)["text"].as_str().unwrap().to_owned()
}

#[test]
fn a_reindex_takes_in_what_has_changed() {
    let dir = shop();
    let server = Server::start(&dir, []);
    dir.edit("corpus/rows.jsonl", "At nine.", "At eleven.");
    assert_eq!(answer(&server), "At nine.");
    let response = server.post_with("/v1/reindex", "", &[]);
    assert_eq!(response.status, 202);
    let job = response.json();
    let id = job["id"].as_str().unwrap();
    assert_eq!(response.header("location"), format!("/v1/jobs/{id}"));
    let done = ended(&server, id);
    assert_eq!(
        (&done["state"], &done["phase"], &done["report"]["unchanged"]),
        (&json!("done"), &json!("ended"), &json!(false))
    );
    assert_eq!(done["done"], done["total"]);
    assert_eq!(answer(&server), "At eleven.");
    let again = server.post("/v1/reindex", &json!({})).ok();
    assert_eq!(ended(&server, again["id"].as_str().unwrap())["report"]["unchanged"], true);
    let rebuilt = server.post("/v1/reindex", &json!({"rebuild": true})).ok();
    assert_eq!(ended(&server, rebuilt["id"].as_str().unwrap())["report"]["unchanged"], false);
    assert_eq!(server.get("/v1/jobs/none").status, 404);
    assert_eq!(server.post("/v1/reindex", &json!({"rebuild": 1})).json()["field"], "rebuild");
}

#[test]
fn one_job_runs_at_a_time_and_the_old_generation_answers_meanwhile() {
    let dir = shop();
    let server = Server::start(&dir, []);
    dir.write("corpus/more.jsonl", generated_rows(8_000, 3));
    let job = server.post("/v1/reindex", &json!({"rebuild": true})).ok();
    let second = server.post("/v1/reindex", &json!({})).ok();
    assert_eq!(job["id"], second["id"]);
    let id = job["id"].as_str().unwrap();
    let mut seen = Vec::new();
    let mut answered = 0;
    while server.get(&format!("/v1/jobs/{id}")).ok()["finished"].is_null() {
        assert_eq!(answer(&server), "At nine.");
        answered += 1;
        let phase = server.get(&format!("/v1/jobs/{id}")).ok()["phase"].as_str().unwrap().to_owned();
        if seen.last() != Some(&phase) {
            seen.push(phase);
        }
    }
    assert!(answered > 0 && seen.contains(&"writing".to_owned()), "{seen:?}");
    assert_eq!(ended(&server, id)["state"], "done");
    assert_eq!(answer(&server), "At nine.");
}

#[test]
fn a_failure_is_kept_with_its_reason_and_the_old_generation_stays() {
    let dir = shop();
    let server = Server::start(&dir, []);
    std::fs::remove_file(dir.path("corpus/rows.jsonl")).unwrap();
    let job = server.post("/v1/reindex", &json!({})).ok();
    let failed = ended(&server, job["id"].as_str().unwrap());
    assert_eq!((&failed["state"], &failed["error"]["code"]), (&json!("failed"), &json!("corpus_empty")));
    assert!(failed["error"]["message"].as_str().unwrap().contains("nothing to index"));
    assert_eq!(answer(&server), "At nine.");
}

#[test]
fn jobs_are_for_administrators() {
    let dir = shop();
    let server = Server::start(&dir, ["--key", "ask:a", "--key", "admin:b"]);
    let reindex = |key: &str| server.post_with("/v1/reindex", "", &[("x-api-key", key)]).status;
    assert_eq!((reindex("a"), reindex("b")), (403, 202));
    assert_eq!(server.get_with("/v1/jobs/x", &[("x-api-key", "a")]).status, 403);
}

#[test]
fn a_watching_server_takes_in_changes_and_does_not_go_round_in_circles() {
    let dir = Dir::new();
    dir.write("corpus/rows.jsonl", HOURS);
    // The index within the corpus: writing it is no change.
    dir.faqt(["index", "--index", "corpus/index"]).ok();
    let server = Server::start(&dir, ["--watch", "--index", "corpus/index"]);
    dir.write("corpus/.rows.jsonl.swp", "x").write("corpus/rows.jsonl~", HOURS);
    dir.edit("corpus/rows.jsonl", "At nine.", "At ten.");
    eventually("the new answer", || (answer(&server) == "At ten.").then_some(()));
    let generation = || dir.read("corpus/index/CURRENT");
    let before = generation();
    thread::sleep(Duration::from_secs(2));
    assert_eq!(generation(), before);
    dir.write("corpus/rows.jsonl.new", HOURS.replace("At nine.", "At six."));
    std::fs::rename(dir.path("corpus/rows.jsonl.new"), dir.path("corpus/rows.jsonl")).unwrap();
    eventually("the newest answer", || (answer(&server) == "At six.").then_some(()));
}

#[test]
fn index_watches_until_it_is_stopped() {
    let dir = shop();
    let mut child = dir.faqt(["index", "--watch"]).spawn();
    let mut stdout = child.stdout.take().unwrap();
    let mut said = String::new();
    let mut read = |part: &str| {
        let mut bytes = [0; 4096];
        while !said.contains(part) {
            let count = stdout.read(&mut bytes).unwrap();
            assert!(count > 0, "it ended: {said}");
            said += &String::from_utf8_lossy(&bytes[..count]);
        }
    };
    read("unchanged: 1 file");
    dir.edit("corpus/rows.jsonl", "At nine.", "At ten.");
    read("indexed: 1 file");
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(first(&dir.ask(["When does it open?"]))["text"], "At ten.");
}
