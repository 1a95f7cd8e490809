//! A running server to talk to: the built program on loopback.

use crate::harness::Dir;
use serde_json::Value;
use std::{
    io::{BufRead as _, BufReader, Read as _},
    process::{Child, ChildStderr},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

/// How long a test waits for what must come.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// `faqt serve` on a free port; it is killed in the end.
pub struct Server {
    child: Child,
    /// As in `http://127.0.0.1:40001`.
    pub url: String,
    log: Arc<Mutex<String>>,
}

/// A response with its body.
pub struct Response {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    pub text: String,
}

impl Server {
    /// Starts it in a folder, with more flags.
    pub fn start<'a>(dir: &Dir, args: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all = vec!["serve", "--addr", "127.0.0.1:0"];
        all.extend(args);
        let mut child = dir.faqt(all).spawn();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        let url = loop {
            let mut line = String::new();
            assert!(stderr.read_line(&mut line).unwrap() > 0, "the server ended: {said}");
            said += &line;
            if let Some(url) = line.trim().strip_prefix("faqt: listening on ") {
                break url.to_owned();
            }
        };
        let log = Arc::new(Mutex::new(said));
        thread::spawn({
            let log = Arc::clone(&log);
            move || keep(stderr, &log)
        });
        Self { child, url, log }
    }

    /// A folder with the sample articles, and the server for it.
    pub fn of_samples() -> (Dir, Self) {
        let dir = Dir::indexed();
        let server = Self::start(&dir, []);
        (dir, server)
    }

    /// `127.0.0.1:PORT`.
    pub fn authority(&self) -> &str {
        self.url.split_once("://").unwrap().1
    }

    /// What it has written to standard error until now.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    pub fn get(&self, path: &str) -> Response {
        self.get_with(path, &[])
    }

    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Response {
        let mut request = agent().get(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Response::of(request.call().unwrap())
    }

    pub fn post(&self, path: &str, body: &Value) -> Response {
        self.post_with(path, &body.to_string(), &[("content-type", "application/json")])
    }

    pub fn post_with(&self, path: &str, body: &str, headers: &[(&str, &str)]) -> Response {
        let mut request = agent().post(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Response::of(request.send(body).unwrap())
    }

    /// Sends a signal, `TERM` or `INT`.
    #[cfg(unix)]
    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(std::process::Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
    }

    /// Waits for its end, and gives the exit status.
    pub fn ended(&mut self) -> i32 {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code().unwrap_or(-1);
            }
            assert!(start.elapsed() < PATIENCE, "the server does not end: {}", self.log());
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Response {
    fn of(mut response: ureq::http::Response<ureq::Body>) -> Self {
        let text = response.body_mut().read_to_string().unwrap();
        Self { status: response.status().as_u16(), headers: response.headers().clone(), text }
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.text))
    }

    /// The body of a success.
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert!((200..300).contains(&self.status), "{} {}", self.status, self.text);
        self.json()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// Waits until something is so.
#[track_caller]
pub fn eventually<T>(what: &str, mut check: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = check() {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "never came: {what}");
        thread::sleep(Duration::from_millis(50));
    }
}

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(PATIENCE));
    config.build().into()
}

/// Keeps what the server writes, so that it never waits for its reader.
fn keep(mut stderr: BufReader<ChildStderr>, log: &Mutex<String>) {
    let mut part = [0; 4096];
    while let Ok(count @ 1..) = stderr.read(&mut part) {
        log.lock().unwrap().push_str(&String::from_utf8_lossy(&part[..count]));
    }
}
