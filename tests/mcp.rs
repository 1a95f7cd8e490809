//! `faqt mcp` and `/mcp`: the same replies as `faqt ask`, through the real clients of the Model Context Protocol.

use crate::{
    clients::{node_tool, python, python_legacy_mcp, repository, succeed},
    harness::{Dir, timeless},
    server::{Response, Server},
};
use serde_json::{Value, json};
use std::{path::PathBuf, process::Command};

const ABOUT: &str = "How many steps does the tower have?";

const QUESTIONS: [&str; 6] = [
    ABOUT,
    "Can I bring my dog up the tower?",
    "How many books may I borrow?",
    "when does the last tour beginn",
    "How do I bake sourdough bread?",
    "Who was the last keeper, and how high is the lighthouse?",
];

/// What `faqt ask` says to the questions, in a file.
fn replies(dir: &Dir) -> PathBuf {
    let replies = QUESTIONS.map(|question| (question.to_owned(), timeless(dir.ask([question]))));
    let replies = Value::Object(replies.into_iter().collect());
    dir.write("replies.json", replies.to_string()).path("replies.json")
}

/// The arguments of a client that starts `faqt mcp` in a folder.
fn over_stdio(dir: &Dir) -> Vec<String> {
    let index = dir.path("index").display().to_string();
    vec![env!("CARGO_BIN_EXE_faqt").to_owned(), "mcp".to_owned(), "--index".to_owned(), index]
}

/// A server with a key, and the arguments of a client that calls it.
fn over_http(dir: &Dir) -> (Server, Vec<String>) {
    let server = Server::start(dir, ["--key", "ask:reader"]);
    let url = format!("{}/mcp", server.url);
    (server, vec![url, "reader".to_owned()])
}

fn checks(mut client: Command, script: &str) -> Command {
    client.arg(repository("tests/clients/python").join(script));
    client
}

#[test]
fn the_python_client_gets_the_replies_of_ask_in_every_mode() {
    let dir = Dir::indexed();
    let (replies, (_server, http)) = (replies(&dir), over_http(&dir));
    for mode in ["2026-07-28", "auto", "legacy"] {
        for target in [&over_stdio(&dir), &http] {
            succeed(checks(python(), "mcp_checks.py").arg(mode).arg(&replies).args(target));
        }
    }
}

#[test]
fn the_python_client_of_2025_gets_them_too() {
    let dir = Dir::indexed();
    let (replies, (_server, http)) = (replies(&dir), over_http(&dir));
    for target in [&over_stdio(&dir), &http] {
        succeed(checks(python_legacy_mcp(), "legacy_mcp_checks.py").arg(&replies).args(target));
    }
}

/// The inspector on a target: its exit status, and what it printed.
fn inspect(target: &[String], era: &str, method: &[&str]) -> (i32, String) {
    let mut inspector = node_tool("mcp-inspector");
    inspector.args(["--cli", "-q", "--format", "json", "--protocol-era", era]);
    match target {
        [url, key] if url.starts_with("http") => {
            inspector.args([url, "--transport", "http", "--header", &format!("Authorization: Bearer {key}")])
        }
        command => inspector.args(command),
    };
    let output = inspector.args(method).output().unwrap();
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    (output.status.code().unwrap_or(-1), said)
}

#[test]
fn the_inspector_finds_nothing_wrong() {
    let dir = Dir::indexed();
    let (_server, http) = over_http(&dir);
    for target in [&over_stdio(&dir), &http] {
        for era in ["modern", "legacy"] {
            let works = |method: &[&str], part: &str| {
                let (status, said) = inspect(target, era, method);
                assert!(status == 0 && said.contains(part), "{era} {method:?}: {status} {said}");
                said
            };
            let listed = works(&["--method", "tools/list", "--strict"], "outputSchema");
            assert!(!listed.to_lowercase().contains("warning"), "{listed}");
            let question = format!("question={ABOUT}");
            let ask = ["--method", "tools/call", "--tool-name", "ask", "--tool-arg", &question];
            works(&ask, "The tower has 213 steps and no lift.");
            let article = "faqt://article/corpus/lighthouse.txt";
            works(&["--method", "resources/read", "--uri", article], "Old Lighthouse");
            let prompt = ["--method", "prompts/get", "--prompt-name", "answer_with_citations", "--prompt-args"];
            works(&[&prompt[..], &[&question]].concat(), "213 steps");
            let (status, said) = inspect(target, era, &["--method", "tools/call", "--tool-name", "ask"]);
            assert_eq!(status, 5, "{era}: {said}");
        }
    }
}

/// A message by hand, as of a client of 2025 that says no more than it must.
fn send(server: &Server, body: &str, headers: &[(&str, &str)]) -> Response {
    server.post_with("/mcp", body, headers)
}

fn call(tool: &str, arguments: &Value) -> String {
    json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": arguments}})
        .to_string()
}

#[test]
fn plain_requests_are_answered_and_bad_ones_told_why() {
    let (dir, server) = Server::of_samples();
    let asked = call("ask", &json!({"question": ABOUT}));
    // Plain curl says what it sends wrongly, and accepts everything.
    for headers in [&[][..], &[("accept", "*/*"), ("content-type", "application/x-www-form-urlencoded")]] {
        let reply = send(&server, &asked, headers).ok();
        assert_eq!(timeless(reply["result"]["structuredContent"].clone()), timeless(dir.ask([ABOUT])));
    }
    for (body, code, part) in [
        ("{\"jsonrpc\": ", -32700, "not JSON"),
        ("", -32700, "not JSON"),
        ("[]", -32600, "batches"),
        (&format!("[{asked},{asked}]"), -32600, "batches"),
        ("7", -32600, "object"),
    ] {
        let response = send(&server, body, &[]);
        let error = &response.json()["error"];
        assert_eq!((response.status, error["code"].as_i64()), (400, Some(code)), "{body}: {}", response.text);
        assert!(response.text.contains(part), "no {part} in {}", response.text);
    }
    let unknown = send(&server, r#"{"jsonrpc": "2.0", "id": 1, "method": "no/such"}"#, &[]);
    assert_eq!(unknown.json()["error"]["code"], -32601, "{}", unknown.text);
    assert!((400..500).contains(&send(&server, "{}", &[]).status));
    let unspoken = send(&server, &asked, &[("mcp-protocol-version", "1999-01-01")]);
    assert_eq!(unspoken.status, 400, "{}", unspoken.text);
    let read = server.get("/mcp");
    assert_eq!((read.status, read.header("allow")), (405, "POST"));
    let metrics = server.get("/metrics").text;
    assert!(metrics.contains(r#"faqt_questions_total{door="mcp",answered="true"} 2"#), "{metrics}");
    assert!(!server.log().contains("steps"), "{}", server.log());
}

#[test]
fn arguments_are_the_fields_of_the_api() {
    let (_dir, server) = Server::of_samples();
    let listed = send(&server, r#"{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}"#, &[]).ok();
    let fields = |name: &str| {
        let tool = listed["result"]["tools"].as_array().unwrap().iter().find(|tool| tool["name"] == name).unwrap();
        tool["inputSchema"]["properties"].as_object().unwrap().keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(fields("ask"), ["filter", "history", "language", "min_confidence", "question", "top"]);
    assert_eq!(fields("context"), ["budget", "filter", "history", "language", "min_confidence", "question", "top"]);
    assert_eq!(fields("verify"), ["sources", "text"]);
    // JSON has no integers, and a turn may be its question alone.
    let history = json!(["When does the last tour begin?"]);
    let asked = call("ask", &json!({"question": "And in July?", "top": 1.0, "history": history}));
    let reply = send(&server, &asked, &[]).ok()["result"]["structuredContent"].clone();
    assert_eq!(reply["answers"].as_array().unwrap().len(), 1, "{reply}");
    assert!(!reply["carried"].as_array().unwrap().is_empty(), "{reply}");
    let suggested = send(&server, &call("suggest", &json!({"text": "how", "limit": 2.0})), &[]).ok();
    assert_eq!(
        suggested["result"]["structuredContent"]["suggestions"].as_array().map(Vec::len),
        Some(2),
        "{suggested}"
    );
    let long = send(&server, &call("verify", &json!({"text": "x".repeat(16_385), "sources": []})), &[]).ok();
    let said = long["result"]["content"][0]["text"].as_str().unwrap();
    assert!(long["result"]["isError"] == true && said.contains("more than 16384"), "{said}");
}

#[test]
fn too_large_a_body_is_refused() {
    let dir = Dir::indexed();
    dir.write("faqt.toml", "[server]\nmax_body = 4096\n");
    let server = Server::start(&dir, []);
    let large = send(&server, &call("ask", &json!({"question": "x".repeat(4096)})), &[]);
    assert_eq!((large.status, large.json()["code"].as_str()), (413, Some("request_too_large")));
}

#[test]
fn articles_come_page_by_page_and_questions_are_completed() {
    let dir = Dir::new();
    for number in 0..101 {
        let text = format!("Kiln {number}\nFAQ\nQ: How hot is kiln {number}?\nA: Kiln {number} is hot.\n");
        dir.write(format!("corpus/a kiln/{number:03}.txt"), text);
    }
    dir.faqt(["index"]).ok();
    let server = Server::start(&dir, []);
    let sent = |method: &str, params: Value| {
        let message = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        send(&server, &message.to_string(), &[]).ok()["result"].clone()
    };
    let first = sent("resources/list", json!({}));
    let rest = sent("resources/list", json!({"cursor": first["nextCursor"]}));
    let uris = |page: &Value| -> Vec<String> {
        let resources = page["resources"].as_array().unwrap();
        resources.iter().map(|resource| resource["uri"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!((uris(&first).len(), uris(&rest)), (100, vec!["faqt://article/corpus/a%20kiln/100.txt".to_owned()]));
    assert!(rest.get("nextCursor").is_none_or(Value::is_null));
    // With the space as it is in the name, and as it is in a URI.
    for uri in ["faqt://article/corpus/a kiln/100.txt", "faqt://article/corpus/a%20kiln/100.txt"] {
        let read = sent("resources/read", json!({"uri": uri}));
        assert!(read["contents"][0]["text"].as_str().unwrap().starts_with("Kiln 100"), "{read}");
    }
    let prompt = json!({"type": "ref/prompt", "name": "answer_with_citations"});
    let typed = json!({"ref": prompt, "argument": {"name": "question", "value": "how hot is kiln 42"}});
    assert_eq!(sent("completion/complete", typed)["completion"]["values"][0], "How hot is kiln 42?");
    let completed = |template: &str, typed: &str| {
        let argument = json!({"name": "path", "value": typed});
        let sent = sent(
            "completion/complete",
            json!({"ref": {"type": "ref/resource", "uri": template}, "argument": argument}),
        );
        sent["completion"]["values"].as_array().unwrap().clone()
    };
    assert_eq!(completed("faqt://article/{+path}", "Kiln/04").len(), 10);
    assert_eq!(completed("faqt://article/{+path}", "042"), ["corpus/a kiln/042.txt"]);
    assert!(completed("faqt://unit/{id}", "0").is_empty());
}

#[test]
fn keys_names_and_pages_are_checked_as_everywhere() {
    let dir = Dir::indexed();
    let server = Server::start(&dir, ["--key", "ask:reader", "--cors", "https://shop.example"]);
    let asked = call("ask", &json!({"question": ABOUT}));
    let key = ("authorization", "Bearer reader");
    for (headers, status, code) in [
        (&[][..], 401, "key_invalid"),
        (&[("authorization", "Bearer wrong")], 401, "key_invalid"),
        (&[key, ("host", "evil.example")], 403, "host_refused"),
        (&[key, ("origin", "https://evil.example")], 403, "origin_refused"),
        (&[key, ("origin", "null")], 403, "origin_refused"),
    ] {
        let response = send(&server, &asked, headers);
        assert_eq!((response.status, response.json()["code"].as_str()), (status, Some(code)), "{headers:?}");
    }
    assert_eq!(send(&server, &asked, &[key, ("origin", "https://shop.example")]).status, 200);
}

#[test]
fn a_full_queue_is_an_error_that_an_assistant_can_read() {
    let dir = Dir::indexed();
    dir.write("faqt.toml", "[server]\nmax_waiting = 0\nkeep_replies = 0\n");
    let server = Server::start(&dir, []);
    let asked = call("ask", &json!({"question": ABOUT}));
    let busy = std::thread::scope(|scope| {
        let askers: Vec<_> = (0..16)
            .map(|_| {
                scope.spawn(|| {
                    let mut replies = (0..50).map(|_| send(&server, &asked, &[]).ok());
                    replies.find(|reply| reply["result"]["isError"] == true)
                })
            })
            .collect();
        askers.into_iter().find_map(|asker| asker.join().unwrap())
    });
    let busy = busy.expect("the queue was never full");
    assert!(busy["result"]["content"][0]["text"].as_str().unwrap().contains("waiting"), "{busy}");
}

#[test]
fn links_lead_where_the_client_can_read_them() {
    let dir = Dir::indexed();
    let url = |reply: &Value| {
        let results = reply["result"]["structuredContent"]["results"].as_array().unwrap().clone();
        results[0]["url"].as_str().unwrap().to_owned()
    };
    let search = call("search", &json!({"query": ABOUT}));
    let server = Server::start(&dir, []);
    let over_http = url(&send(&server, &search, &[]).ok());
    assert!(over_http.starts_with(&format!("{}/v1/articles/corpus/lighthouse.txt?bytes=", server.url)), "{over_http}");
    let spoken = |args: &[&str]| {
        let lines = format!("{GREETING}\n{search}\n");
        let run = dir.faqt([&["mcp"], args].concat()).input(lines).ok();
        let reply = run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).find(|r| r["id"] == 1);
        url(&reply.unwrap())
    };
    assert!(spoken(&[]).starts_with("faqt://unit/"));
    assert!(spoken(&["--public-url", "https://faq.example"]).starts_with("https://faq.example/v1/articles/"));
}

const GREETING: &str = concat!(
    r#"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"#,
    r#""clientInfo":{"name":"test","version":"1"}}}"#,
    "\n",
    r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#
);

#[test]
fn nothing_but_the_protocol_comes_on_standard_output() {
    // There is no index yet: it is built first.
    let dir = Dir::with_corpus();
    let asked = call("ask", &json!({"question": ABOUT}));
    let lines = format!("{GREETING}\nthis is no JSON\n\n{{\"a\": 1}}\n{asked}\n");
    let run = dir.faqt(["mcp"]).env("FAQT_LOG", "debug").input(lines).ok();
    let replies: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(replies.iter().all(|reply| reply["jsonrpc"] == "2.0"), "{run}");
    let reply = replies.iter().find(|reply| reply["id"] == 1).unwrap();
    assert_eq!(timeless(reply["result"]["structuredContent"].clone()), timeless(dir.ask([ABOUT])));
    assert!(run.stderr.contains("building it") && !run.stderr.contains("steps"), "{run}");
}

#[test]
fn input_that_ends_at_once_is_no_error() {
    let dir = Dir::indexed();
    for input in ["", "\n", "no JSON\n"] {
        assert_eq!(dir.faqt(["mcp"]).input(input).ok().stdout, "");
    }
    Dir::new().faqt(["mcp"]).fails_with(&["no index", "faqt index"]);
    dir.faqt(["mcp", "--filter", "no"]).fails_with(&["filter"]);
    dir.faqt(["mcp", "--public-url", "faq.example"]).fails_with(&["http://"]);
}

#[test]
fn what_the_docs_say_is_no_nonsense() {
    let docs = std::fs::read_to_string(repository("docs/mcp.md")).unwrap();
    let blocks = |kind: &'static str| {
        let parts = docs.split("```").skip(1).step_by(2);
        parts.filter_map(move |part| part.strip_prefix(kind).and_then(|block| block.strip_prefix('\n')))
    };
    assert!(blocks("json").count() > 4);
    for block in blocks("json") {
        serde_json::from_str::<Value>(block).unwrap_or_else(|error| panic!("{error}: {block}"));
    }
    // The call by curl works as it stands.
    let call = blocks("sh").find_map(|block| block.split_once("/mcp -d '")?.1.split_once('\'')).unwrap().0;
    let (_dir, server) = Server::of_samples();
    let reply = send(&server, call, &[("content-type", "application/x-www-form-urlencoded")]).ok();
    assert_eq!(reply["result"]["structuredContent"]["answered"], true, "{reply}");
}

#[test]
fn flags_are_the_defaults_of_calls() {
    let dir = Dir::indexed();
    let answers = |arguments: &Value| {
        let lines = format!("{GREETING}\n{}\n", call("ask", arguments));
        let run =
            dir.faqt(["mcp", "--top", "1", "--filter", "kind=passage", "--min-confidence", "0"]).input(lines).ok();
        let reply: Value = serde_json::from_str(run.stdout.lines().last().unwrap()).unwrap();
        let answers = reply["result"]["structuredContent"]["answers"].as_array().unwrap().clone();
        answers.iter().map(|answer| answer["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(answers(&json!({"question": "How high is the lighthouse?"})), ["passage"]);
    assert_eq!(answers(&json!({"question": "How high is the lighthouse?", "filter": ["kind=qa"]})), ["qa"]);
}
