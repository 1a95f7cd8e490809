//! What is thrown at the server: slow, broken, huge and sly requests. It refuses them, and answers the others.

use crate::{
    harness::{Dir, Numbers},
    server::{PATIENCE, Server},
};
use serde_json::json;
use std::{
    io::{Read as _, Write as _},
    net::{Shutdown, TcpStream},
    process::Stdio,
    time::{Duration, Instant},
};

/// A server that loses its patience soon.
fn impatient() -> (Dir, Server) {
    let dir = Dir::indexed();
    dir.write("faqt.toml", "[server]\nidle_timeout_s = 1\ntimeout_s = 2\nmax_connections = 1500\n");
    let server = Server::start(&dir, []);
    (dir, server)
}

fn connect(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(server.authority()).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Sends bytes, and gives all that comes back until the server closes or `wait` is over.
fn exchange(server: &Server, bytes: &[u8], wait: Duration) -> String {
    let mut stream = connect(server);
    stream.set_read_timeout(Some(wait)).unwrap();
    // A server that has refused already takes no more.
    let _ = stream.write_all(bytes);
    let mut back = Vec::new();
    let mut part = [0; 4096];
    while let Ok(count @ 1..) = stream.read(&mut part) {
        back.extend_from_slice(&part[..count]);
    }
    String::from_utf8_lossy(&back).into_owned()
}

#[track_caller]
fn still_answers(server: &Server) {
    assert_eq!(server.get("/v1/ask?q=How+many+books+may+I+borrow%3F").ok()["answered"], true);
}

#[test]
fn connections_that_say_nothing_or_too_little_are_dropped() {
    let (_dir, server) = impatient();
    let head = "POST /v1/ask HTTP/1.1\r\nHost: localhost\r\n";
    for (name, sent) in [
        ("silent", String::new()),
        ("half a head", head.to_owned()),
        ("idle behind a request", "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned()),
        ("half a body", format!("{head}Content-Length: 50\r\n\r\n{{\"question")),
        ("half a chunk", format!("{head}Transfer-Encoding: chunked\r\n\r\n20\r\n{{\"question")),
    ] {
        let mut stream = connect(&server);
        stream.write_all(sent.as_bytes()).unwrap();
        let start = Instant::now();
        let mut back = String::new();
        // A reset is as good as an end.
        let _ = stream.read_to_string(&mut back);
        assert!(start.elapsed() < Duration::from_secs(8), "{name}: open for {:?}", start.elapsed());
        if name == "half a body" {
            assert!(back.starts_with("HTTP/1.1 408") && back.contains("problem+json"), "{back}");
        }
    }
    still_answers(&server);
}

#[test]
fn a_thousand_idle_connections_do_not_keep_others_out() {
    let (_dir, server) = impatient();
    let idle: Vec<TcpStream> = (0..1000).map(|_| connect(&server)).collect();
    still_answers(&server);
    drop(idle);
    still_answers(&server);
}

#[test]
fn more_connections_than_may_be_are_closed_at_once_and_room_comes_back() {
    let dir = Dir::indexed();
    dir.write("faqt.toml", "[server]\nmax_connections = 2\nidle_timeout_s = 1\n");
    let server = Server::start(&dir, []);
    let _taken = [connect(&server), connect(&server)];
    std::thread::sleep(Duration::from_millis(200));
    let mut third = connect(&server);
    let mut byte = [0];
    assert!(matches!(third.read(&mut byte), Ok(0) | Err(_)));
    std::thread::sleep(Duration::from_millis(1500));
    still_answers(&server);
}

#[test]
fn what_could_be_read_as_two_requests_is_refused() {
    let (_dir, server) = impatient();
    let hidden = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for (name, headers, body) in [
        ("two lengths", "Content-Length: 5\r\nContent-Length: 6", "hello"),
        ("a negative length", "Content-Length: -1", ""),
        ("a signed length", "Content-Length: +5", "hello"),
        ("a length that is none", "Content-Length: 5, 6", "hello"),
        ("an unknown coding", "Transfer-Encoding: xchunked", "0\r\n\r\n"),
        ("chunked, and then not", "Transfer-Encoding: chunked, identity", "0\r\n\r\n"),
        ("a space before the colon", "Transfer-Encoding : chunked", "0\r\n\r\n"),
        ("a name with a line break", "X-A: b\rTransfer-Encoding: chunked", "0\r\n\r\n"),
        ("a chunk size that is none", "Transfer-Encoding: chunked", "zz\r\nhello\r\n0\r\n\r\n"),
        ("a chunk size too large", "Transfer-Encoding: chunked", "fffffffffffffffff\r\nhello\r\n0\r\n\r\n"),
    ] {
        let request = format!("POST /v1/ask HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n\r\n{body}{hidden}");
        let back = exchange(&server, request.as_bytes(), Duration::from_secs(4));
        assert!(back.starts_with("HTTP/1.1 4"), "{name}: {back}");
        assert!(!back.contains("# EOF"), "{name}: the hidden request was answered: {back}");
    }
    // With both, the chunks count, and the connection ends behind them.
    let both = format!(
        "POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{hidden}"
    );
    let back = exchange(&server, both.as_bytes(), Duration::from_secs(4));
    assert!(back.starts_with("HTTP/1.1 4") && !back.contains("# EOF"), "{back}");
    still_answers(&server);
}

#[test]
fn large_heads_and_bodies_are_refused_however_they_come() {
    let (_dir, server) = impatient();
    let long = "a".repeat(1 << 20);
    let wait = Duration::from_secs(4);
    let head = "POST /v1/ask HTTP/1.1\r\nHost: localhost\r\n";
    let header = exchange(&server, format!("{head}X-Long: {long}\r\n\r\n").as_bytes(), wait);
    assert!(header.is_empty() || header.starts_with("HTTP/1.1 431"), "{header}");
    let many: String = "X-Many: 1\r\n".repeat(1000);
    let headers = exchange(&server, format!("{head}{many}\r\n").as_bytes(), wait);
    assert!(headers.starts_with("HTTP/1.1 431"), "{headers}");
    let chunk = format!("{:x}\r\n{long}\r\n", long.len());
    let chunked = format!("{head}Transfer-Encoding: chunked\r\n\r\n{chunk}{chunk}0\r\n\r\n");
    let chunked = exchange(&server, chunked.as_bytes(), wait);
    assert!(chunked.starts_with("HTTP/1.1 413") && chunked.contains("max_body"), "{chunked}");
    // A client that sends all before it looks at the response gets it too.
    let huge = " ".repeat(32 << 20);
    assert_eq!(server.post_with("/v1/ask", &huge, &[]).status, 413);
    let deep = format!("{{\"question\": {}", "[".repeat(100_000));
    assert_eq!(server.post_with("/v1/ask", &deep, &[]).status, 400);
    let question = json!({"question": "a ".repeat(20_000)});
    assert_eq!(server.post("/v1/ask", &question).json()["code"], "question_invalid");
    still_answers(&server);
}

#[test]
fn ten_thousand_malformed_requests_do_no_harm() {
    let (_dir, server) = impatient();
    let mut numbers = Numbers::new(7);
    let whole = "POST /v1/ask?top=1 HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 41\r\n\r\n{\"question\": \"How many books?\", \"top\": 1}";
    let mut refused = 0;
    for _ in 0..10_000 {
        let mut bytes = whole.as_bytes().to_vec();
        for _ in 0..=numbers.below(6) {
            let at = numbers.below(bytes.len().max(1));
            match numbers.below(4) {
                0 if at < bytes.len() => bytes[at] = numbers.below(256) as u8,
                1 if bytes.len() > 1 => drop(bytes.remove(at)),
                2 => bytes.insert(at, numbers.below(256) as u8),
                _ => bytes.truncate(at.max(1)),
            }
        }
        let mut stream = connect(&server);
        let _ = stream.write_all(&bytes);
        let _ = stream.shutdown(Shutdown::Write);
        let mut back = Vec::new();
        let _ = stream.read_to_end(&mut back);
        let back = String::from_utf8_lossy(&back);
        assert!(!back.starts_with("HTTP/1.1 5"), "{back} for {}", String::from_utf8_lossy(&bytes));
        refused += usize::from(!back.starts_with("HTTP/1.1 2"));
    }
    assert!(refused > 5_000, "only {refused} were refused");
    still_answers(&server);
    assert!(!server.log().contains("panicked"), "{}", server.log());
}

#[test]
fn a_caller_that_asks_too_often_is_told_when_to_come_back() {
    let dir = Dir::indexed();
    let server = Server::start(&dir, ["--rate", "5", "--public", "--key", "boss"]);
    let refused = (0..50).map(|_| server.get("/v1/ask?q=books")).find(|response| response.status == 429).unwrap();
    assert_eq!(refused.json()["code"], "rate_limited");
    assert!((1..=2).contains(&refused.header("retry-after").parse::<u64>().unwrap()));
    // Another caller is not concerned.
    assert_eq!(server.get_with("/v1/ask?q=books", &[("x-api-key", "boss")]).status, 200);
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
#[cfg(target_os = "linux")]
fn a_log_that_nobody_can_write_stops_nothing() {
    let dir = Dir::indexed();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let addr = format!("127.0.0.1:{port}");
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_faqt"))
        .args(["serve", "--addr", &addr])
        .current_dir(dir.path("."))
        .stderr(Stdio::from(full))
        .spawn()
        .unwrap();
    crate::server::eventually("a ready server", || {
        dir.faqt(["health", &format!("http://{addr}")]).run().code.eq(&0).then_some(())
    });
    let agent = ureq::Agent::new_with_defaults();
    for _ in 0..200 {
        let reply = agent.get(format!("http://{addr}/v1/ask?q=books")).call().unwrap();
        assert_eq!(reply.status(), 200);
    }
    assert!(child.try_wait().unwrap().is_none());
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn over_tls_the_same_answers_come() {
    let dir = Dir::indexed();
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    dir.write("cert.pem", made.cert.pem()).write("key.pem", made.signing_key.serialize_pem());
    let server = Server::start(&dir, ["--tls-cert", "cert.pem", "--tls-key", "key.pem"]);
    let root = ureq::tls::Certificate::from_pem(made.cert.pem().as_bytes()).unwrap();
    let roots = ureq::tls::RootCerts::Specific(std::sync::Arc::new(vec![root]));
    let tls = ureq::tls::TlsConfig::builder().root_certs(roots).build();
    let agent: ureq::Agent = ureq::Agent::config_builder().tls_config(tls).build().into();
    let port = server.authority().rsplit(':').next().unwrap();
    let url = format!("https://localhost:{port}/v1/ask?q=How+many+books+may+I+borrow%3F");
    let reply: serde_json::Value = agent.get(&url).call().unwrap().body_mut().read_json().unwrap();
    assert_eq!(reply["answered"], true);
    // A handshake that never comes is dropped as a silent connection is; plain HTTP gets nothing.
    let back = exchange(&server, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", Duration::from_secs(3));
    assert!(!back.contains("HTTP/1.1 200"), "{back}");
    dir.write("key.pem", "no key");
    dir.faqt(["serve", "--addr", "127.0.0.1:0", "--tls-cert", "cert.pem", "--tls-key", "key.pem"])
        .fails_with(&["key.pem", "TLS"]);
}
