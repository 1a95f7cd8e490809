//! `faqt serve`: our own routes, and what is around all of them.

use crate::{
    harness::{Dir, first, timeless},
    server::{Server, eventually},
};
use serde_json::json;

#[test]
fn the_same_reply_comes_through_every_way_of_asking() {
    let (dir, server) = Server::of_samples();
    let expected = timeless(dir.ask(["How many books may I borrow?"]));
    let posted = server.post("/v1/ask", &json!({"question": "How many books may I borrow?"})).ok();
    assert_eq!(timeless(posted), expected);
    assert_eq!(timeless(server.get("/v1/ask?q=How+many+books+may%20I+borrow%3F").ok()), expected);
    let batch = server.post("/v1/batch", &json!({"questions": ["How many books may I borrow?"]})).ok();
    assert_eq!(timeless(batch["replies"][0].clone()), expected);
}

#[test]
fn how_a_question_is_asked_is_told_in_body_and_query() {
    let (_dir, server) = Server::of_samples();
    let asked = json!({"question": "how long may I keep a book", "top": 1, "filter": ["kind=qa"], "explain": true});
    let reply = server.post("/v1/ask", &asked).ok();
    assert_eq!(reply["answers"].as_array().unwrap().len(), 1);
    assert!(reply["explanation"]["ranking"].is_array());
    let reply = server.get("/v1/ask?q=lighthouse&filter=kind%3Dpassage&filter=lang%3Den&min_confidence=0").ok();
    assert_eq!(first(&reply)["kind"], "passage");
    let history = json!({"question": "and magazines?", "history": ["How many books may I borrow?"]});
    assert!(server.post("/v1/ask", &history).ok()["carried"].is_array(), "nothing carried");
}

#[test]
fn a_batch_keeps_its_order_and_its_bad_questions_apart() {
    let (_dir, server) = Server::of_samples();
    let questions = "How long may I keep a book?\n{\"question\": \" \"}\n\n{\"question\": \"What does a library card cost?\", \"top\": 1}\n";
    let lines = [("content-type", "application/x-ndjson"), ("accept", "application/x-ndjson")];
    let response = server.post_with("/v1/batch", questions, &lines);
    assert_eq!(response.header("content-type"), "application/x-ndjson");
    let replies: Vec<serde_json::Value> =
        response.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(replies.len(), 3);
    assert_eq!(replies[0]["question"], "How long may I keep a book?");
    assert_eq!(replies[1]["error"]["code"], "question_invalid");
    assert_eq!(first(&replies[2])["question"], "What does a library card cost?");
}

#[test]
fn whatever_is_wrong_is_a_problem_that_names_the_field() {
    let (_dir, server) = Server::of_samples();
    let wrong = |response: crate::server::Response, status: u16, code: &str, part: &str| {
        assert_eq!(response.status, status, "{}", response.text);
        assert_eq!(response.header("content-type"), "application/problem+json");
        assert_ne!(response.header("x-request-id"), "");
        let problem = response.json();
        assert_eq!((problem["status"].as_u64(), problem["code"].as_str()), (Some(status.into()), Some(code)));
        assert!(response.text.contains(part), "no {part} in {}", response.text);
    };
    wrong(server.post("/v1/ask", &json!({"question": ""})), 400, "question_invalid", "empty");
    wrong(server.post("/v1/ask", &json!({"question": "x", "topp": 1})), 400, "request_invalid", "\"field\":\"topp\"");
    wrong(server.post("/v1/ask", &json!({"question": "x", "top": 51})), 400, "request_invalid", "between 1 and 50");
    wrong(server.post("/v1/ask", &json!({"question": "x", "filter": ["no"]})), 422, "filter_invalid", "filter");
    wrong(server.post_with("/v1/ask", "{\"question\": ", &[]), 400, "request_invalid", "line 1");
    wrong(server.post_with("/v1/ask", "", &[]), 400, "request_invalid", "empty");
    wrong(server.get("/v1/ask"), 400, "request_invalid", "`q`");
    wrong(server.get("/v1/ask?q=x&top=many"), 400, "request_invalid", "top");
    wrong(server.get("/nothing"), 404, "not_found", "/docs");
    wrong(server.get("/v1/batch"), 405, "method_not_allowed", "Allow");
    assert_eq!(server.get("/v1/batch").header("allow"), "POST");
    wrong(server.post("/v1/batch", &json!({"questions": []})), 400, "request_invalid", "no question");
    wrong(server.post_with("/v1/ask", &" ".repeat((1 << 20) + 1), &[]), 413, "request_too_large", "max_body");
}

#[test]
fn keys_open_what_their_scope_says() {
    let dir = Dir::indexed();
    dir.write("keys", "ask:reader\nadmin:boss\n");
    let server = Server::start(&dir, ["--keys-file", "keys"]);
    let status = |path: &str, header: (&str, &str)| server.get_with(path, &[header]).status;
    for (path, header, expected) in [
        ("/v1/ask?q=books", ("x-nothing", "x"), 401),
        ("/v1/ask?q=books", ("authorization", "Bearer wrong"), 401),
        ("/v1/ask?q=books", ("authorization", "Bearer reader"), 200),
        ("/v1/ask?q=books", ("x-api-key", "boss"), 200),
        ("/metrics", ("x-api-key", "reader"), 403),
        ("/metrics", ("x-api-key", "boss"), 200),
        ("/healthz", ("x-nothing", "x"), 200),
        ("/openapi.json", ("x-nothing", "x"), 200),
    ] {
        assert_eq!(status(path, header), expected, "{path} {header:?}");
    }
    let refused = server.get("/v1/ask?q=books");
    assert_eq!(refused.header("www-authenticate"), "Bearer");
    // A new key is good, and an old one no longer, without a restart.
    dir.write("keys", "# rotated\nask:newer\n");
    eventually("the new key", || (status("/v1/ask?q=books", ("x-api-key", "newer")) == 200).then_some(()));
    assert_eq!(status("/v1/ask?q=books", ("x-api-key", "reader")), 401);
    // A file that cannot be read changes nothing, and is told of once.
    std::fs::remove_file(dir.path("keys")).unwrap();
    let told = || server.log().matches("the keys stay as they were").count();
    eventually("the line of the log", || (told() > 0).then_some(()));
    std::thread::sleep(std::time::Duration::from_secs(3));
    assert_eq!((told(), status("/v1/ask?q=books", ("x-api-key", "newer"))), (1, 200));
    dir.write("keys", "ask:newest\n");
    eventually("the newest key", || (status("/v1/ask?q=books", ("x-api-key", "newest")) == 200).then_some(()));
    assert!(!server.log().contains("reader") && !server.log().contains("newer"));
}

#[test]
fn everybody_may_ask_a_public_server_and_only_administrators_do_more() {
    let dir = Dir::indexed();
    let server = Server::start(&dir, ["--public", "--key", "boss"]);
    assert_eq!(server.get("/v1/ask?q=books").status, 200);
    assert_eq!(server.get("/metrics").status, 401);
    assert_eq!(server.get_with("/v1/ask?q=books", &[("x-api-key", "any")]).status, 200);
    let keyless = Server::start(&dir, ["--public"]);
    assert_eq!((keyless.get("/v1/ask?q=books").status, keyless.get("/metrics").status), (200, 401));
}

#[test]
fn another_address_than_loopback_needs_a_key() {
    let dir = Dir::indexed();
    dir.faqt(["serve", "--addr", "0.0.0.0:0"]).fails_with(&["no key", "--keys-file", "127.0.0.1"]);
    dir.faqt(["serve", "--tls-cert", "a.pem"]).fails_with(&["--tls-key"]);
    dir.faqt(["serve", "--key", "a b"]).fails_with(&["key"]);
}

#[test]
fn names_and_pages_that_are_not_listed_are_refused() {
    let dir = Dir::indexed();
    let server = Server::start(&dir, ["--cors", "https://shop.example", "--allowed-host", "faq.example"]);
    let status = |header| server.get_with("/v1/ask?q=books", &[header]).status;
    assert_eq!(status(("host", "evil.example")), 403);
    assert_eq!(status(("host", "faq.example")), 200);
    assert_eq!(status(("origin", "https://evil.example")), 403);
    assert_eq!(status(("origin", "null")), 403);
    let own = server.url.clone();
    assert_eq!(status(("origin", &own)), 200);
    let listed = server.get_with("/v1/ask?q=books", &[("origin", "https://shop.example")]);
    assert_eq!((listed.status, listed.header("access-control-allow-origin")), (200, "https://shop.example"));
}

#[test]
fn an_index_that_is_built_meanwhile_answers_without_a_restart() {
    let (dir, server) = Server::of_samples();
    let before = server.get("/readyz").ok();
    dir.write("corpus/new.txt", "Kiln\nFAQ\nQ: How hot is the zorbic kiln?\nA: The zorbic kiln is 900 degrees hot.\n");
    dir.faqt(["index"]).ok();
    let after = eventually("the new generation", || {
        let ready = server.get("/readyz").ok();
        (ready["generation"] != before["generation"]).then_some(ready)
    });
    assert!(after["units"].as_u64() > before["units"].as_u64());
    let reply = server.get("/v1/ask?q=How+hot+is+the+zorbic+kiln%3F").ok();
    assert_eq!(first(&reply)["text"], "The zorbic kiln is 900 degrees hot.");
}

#[test]
fn who_asks_the_same_again_gets_the_kept_reply_until_there_is_a_new_index() {
    let (dir, server) = Server::of_samples();
    let question = "How hot is the zorbic kiln?";
    let ask = || timeless(server.post("/v1/ask", &json!({ "question": question })).ok());
    let counted = |kept: bool, count: usize| {
        let text = server.get("/metrics").text;
        assert!(text.contains(&format!("faqt_replies_total{{kept=\"{kept}\"}} {count}\n")), "{text}");
    };
    let none = ask();
    assert_eq!((none["answered"].as_bool(), ask()), (Some(false), none));
    counted(false, 1);
    counted(true, 1);
    // Asked otherwise it is another question, and it is missed as often as it is asked.
    server.post("/v1/ask", &json!({"question": question, "top": 1})).ok();
    counted(false, 2);
    let missed = server.get("/v1/misses").ok();
    assert_eq!(missed["misses"][0]["count"], 3, "{missed}");

    dir.write("corpus/new.txt", "Kiln\nFAQ\nQ: How hot is the zorbic kiln?\nA: The zorbic kiln is 900 degrees hot.\n");
    dir.faqt(["index"]).ok();
    let answered = eventually("the new index", || {
        let reply = ask();
        (reply["answered"] == true).then_some(reply)
    });
    assert_eq!(first(&answered)["text"], "The zorbic kiln is 900 degrees hot.");
    assert_eq!(ask(), answered);
}

#[test]
fn what_happens_is_counted_and_logged_without_what_was_asked() {
    let dir = Dir::indexed();
    let server = Server::start(&dir, ["--log", "json"]);
    server.get_with("/v1/ask?q=How+long+may+I+keep+a+book%3F", &[("x-request-id", "my-id-1")]).ok();
    server.get("/v1/ask?q=How+do+I+bake+sourdough+bread%3F").ok();
    let text = server.get("/metrics").text;
    for part in [
        r#"faqt_questions_total{door="ask",answered="true"} 1"#,
        r#"faqt_questions_total{door="ask",answered="false"} 1"#,
        r#"faqt_requests_total{route="/v1/ask",method="GET",status="200"} 2"#,
        r#"faqt_request_duration_seconds_count{route="/v1/ask"} 2"#,
        "faqt_index_units ",
        "# EOF",
    ] {
        assert!(text.contains(part), "no {part} in {text}");
    }
    let line = eventually("the line of the request", || {
        server.log().lines().find(|line| line.contains("my-id-1")).map(str::to_owned)
    });
    let line: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!((line["path"].as_str(), line["status"].as_u64()), (Some("/v1/ask"), Some(200)));
    assert!(!server.log().contains("sourdough") && !server.log().contains("keep"));
}

#[test]
#[cfg(unix)]
fn a_server_that_is_told_to_stop_ends_well() {
    let (dir, mut server) = Server::of_samples();
    dir.faqt(["health", &server.url]).ok();
    server.signal("TERM");
    assert_eq!(server.ended(), 0, "{}", server.log());
    dir.faqt(["health", &server.url]).fails_with(&["does not answer"]);
}
