//! More is asked than can be answered at once: some are told to come back, the others are served, and nothing breaks.

use crate::{
    harness::{Dir, Numbers, generated_rows, timeless},
    jobs::ended,
    server::{PATIENCE, Response, Server},
};
use serde_json::{Value, json};
use std::{
    sync::{
        Barrier,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// A server for generated rows, with settings.
fn server(settings: &str) -> (Dir, Server) {
    let dir = Dir::new();
    dir.write("corpus/rows.jsonl", generated_rows(3_000, 9)).faqt(["index"]).ok();
    dir.write("faqt.toml", format!("[server]\n{settings}\n"));
    let server = Server::start(&dir, []);
    (dir, server)
}

/// Questions that take long: many words, and every signal of every candidate.
fn slow_questions(count: usize) -> Vec<Value> {
    let mut numbers = Numbers::new(4);
    (0..count).map(|_| json!({"question": numbers.words(200), "top": 50, "explain": true})).collect()
}

/// Does something again and again until it is over, or has gone on for so long that the test must have failed elsewhere.
fn until(over: &AtomicBool, mut again: impl FnMut()) {
    let start = Instant::now();
    while !over.load(Ordering::Relaxed) && start.elapsed() < 2 * PATIENCE {
        again();
    }
}

fn is_refused(response: &Response) -> bool {
    let refused = response.status == 503;
    assert!(!refused || response.json()["code"] == "busy", "{}", response.text);
    refused
}

#[test]
fn whoever_does_not_fit_is_told_when_to_come_back_and_the_others_are_served() {
    let (_dir, server) = server("max_waiting = 4");
    let questions = slow_questions(8);
    let replies: Vec<Value> =
        questions.iter().map(|question| timeless(server.post("/v1/ask", question).ok())).collect();
    let (served, refused) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let start = Barrier::new(64);
    let ask = |number: usize| {
        start.wait();
        for (question, reply) in questions.iter().zip(&replies).cycle().skip(number % 8).take(4) {
            let asked = Instant::now();
            let response = server.post("/v1/ask", question);
            if is_refused(&response) {
                assert_eq!(response.header("retry-after"), "1");
                assert!(asked.elapsed() < Duration::from_secs(5), "refused after {:?}", asked.elapsed());
                refused.fetch_add(1, Ordering::Relaxed);
            } else {
                assert_eq!(timeless(response.ok()), *reply);
                served.fetch_add(1, Ordering::Relaxed);
            }
        }
    };
    thread::scope(|scope| {
        (0..64).for_each(|number| drop(scope.spawn(move || ask(number))));
    });
    let (served, refused) = (served.into_inner(), refused.into_inner());
    assert!(served >= 6 && refused > 0 && served + refused == 256, "{served} served, {refused} refused");
    assert_eq!(server.get("/readyz").status, 200);
    assert_eq!(timeless(server.post("/v1/ask", &questions[0]).ok()), replies[0]);
    assert!(!server.log().contains("panicked"), "{}", server.log());
}

#[test]
fn of_a_batch_that_is_taken_nothing_is_lost() {
    let (_dir, server) = server("max_waiting = 0");
    let questions = slow_questions(12);
    let (over, refused) = (AtomicBool::new(false), AtomicUsize::new(0));
    let batch = json!({"questions": questions});
    let ask = || {
        until(&over, || {
            refused.fetch_add(is_refused(&server.post("/v1/ask", &questions[0])).into(), Ordering::Relaxed);
        });
    };
    thread::scope(|scope| {
        (0..8).for_each(|_| drop(scope.spawn(ask)));
        let replies = server.post("/v1/batch", &batch);
        let lines = server.post_with("/v1/batch", &batch.to_string(), &[("accept", "application/x-ndjson")]);
        over.store(true, Ordering::Relaxed);
        let replies = replies.ok()["replies"].as_array().unwrap().clone();
        let lines: Vec<Value> = lines.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for given in [replies, lines] {
            assert_eq!(given.len(), questions.len());
            for (reply, question) in given.iter().zip(&questions) {
                assert_eq!((&reply["question"], &reply["error"]), (&question["question"], &Value::Null));
            }
        }
    });
    assert!(refused.into_inner() > 0, "nobody was refused: that was no overload");
}

#[test]
fn what_a_batch_has_no_time_for_says_so_and_the_rest_is_answered() {
    // Small replies, so that sending them takes no time even where the machine is busy.
    let (_dir, server) = server("timeout_s = 3\nmax_body = 8_000_000\nkeep_replies = 0");
    let mut numbers = Numbers::new(5);
    let questions: Vec<Value> = (0..1_000).map(|_| json!({"question": numbers.words(200), "top": 1})).collect();
    let batch = json!({"questions": questions});
    let replies = server.post("/v1/batch", &batch).ok()["replies"].as_array().unwrap().clone();
    let lines = server.post_with("/v1/batch", &batch.to_string(), &[("accept", "application/x-ndjson")]);
    assert_eq!(lines.status, 200);
    let lines: Vec<Value> = lines.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for given in [replies, lines] {
        assert_eq!(given.len(), questions.len());
        for (reply, question) in given.iter().zip(&questions) {
            assert_eq!(reply["question"], question["question"]);
        }
        let is_late = |reply: &Value| reply["error"]["code"] == "request_timeout" && reply["answered"] == false;
        let late = given.iter().filter(|reply| is_late(reply)).count();
        let done = given.iter().filter(|reply| reply["took_ms"].is_number()).count();
        assert!(late > 0 && done > 0 && late + done == given.len(), "{late} late, {done} done");
        assert!(is_late(&given[given.len() - 1]) && !is_late(&given[0]));
    }
    assert_eq!(server.get("/readyz").status, 200);
}

#[test]
fn the_index_is_built_again_and_again_and_nobody_who_asks_sees_it() {
    let dir = Dir::new();
    dir.write("corpus/rows.jsonl", generated_rows(300, 9)).faqt(["index"]).ok();
    // Each reply is made anew, of whichever index is there.
    dir.write("faqt.toml", "[server]\nkeep_replies = 0\n");
    let server = Server::start(&dir, []);
    let question = json!({"question": Numbers::new(4).words(6)});
    let reply = timeless(server.post("/v1/ask", &question).ok());
    let (over, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    let ask = || {
        until(&over, || {
            assert_eq!(timeless(server.post("/v1/ask", &question).ok()), reply);
            asked.fetch_add(1, Ordering::Relaxed);
        });
    };
    let states: Vec<Value> = thread::scope(|scope| {
        (0..4).for_each(|_| drop(scope.spawn(ask)));
        let build = |_| {
            let job = server.post("/v1/reindex", &json!({"rebuild": true})).ok();
            ended(&server, job["id"].as_str().unwrap())["state"].clone()
        };
        let states = (0..6).map(build).collect();
        over.store(true, Ordering::Relaxed);
        states
    });
    assert_eq!(states, ["done"; 6]);
    assert!(asked.into_inner() > 6);
    // One that answers, and none that was left behind.
    assert!(dir.generations().len() <= 2, "{:?}", dir.generations());
}
