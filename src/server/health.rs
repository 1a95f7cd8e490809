//! Whether a server lives and answers: its own routes, and the question from outside.

use super::{app::App, metrics::OPEN_METRICS};
use crate::error::{Error, Result};
use axum::{
    Json, Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use serde_json::{Value, json};
use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpStream, ToSocketAddrs as _},
    sync::Arc,
    time::Duration,
};

/// How long `faqt health` waits.
const PATIENCE: Duration = Duration::from_secs(5);

/// `/healthz`, `/readyz`, `/metrics`.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/healthz", get(async || Json(json!({"status": "ok"}))))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
}

async fn ready(State(app): State<Arc<App>>) -> (StatusCode, Json<Value>) {
    let opened = app.opened();
    let body = json!({
        "status": if app.is_stopping() { "stopping" } else { "ready" },
        "generation": opened.engine.generation(),
        "units": opened.engine.len(),
        "version": env!("CARGO_PKG_VERSION"),
    });
    (if app.is_stopping() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK }, Json(body))
}

async fn metrics(State(app): State<Arc<App>>) -> Response {
    match app.metrics.text(&app) {
        Ok(text) => ([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response(),
        Err(_) => super::failure::Failure::internal().into_response(),
    }
}

/// Asks a server whether it answers: for containers without a shell. Plain HTTP only; a server with TLS is asked
/// whether it takes connections.
///
/// # Errors
/// [`Error::Config`] with what is wrong with the address or the server.
pub fn check(url: &str) -> Result<()> {
    let wrong = |reason: String| Error::Config { place: url.to_owned(), reason };
    let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let path = if path.len() > 1 { path } else { "/readyz" };
    let named = if authority.rsplit_once(':').is_some_and(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit())) {
        authority.to_owned()
    } else {
        format!("{authority}:{}", if scheme == "https" { 443 } else { 80 })
    };
    let address = named
        .to_socket_addrs()
        .ok()
        .and_then(|mut addresses| addresses.next())
        .ok_or_else(|| wrong("is no address of a server: give one as in http://127.0.0.1:8080".to_owned()))?;
    let silent = |error: std::io::Error| wrong(format!("the server does not answer: {error}"));
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE).map_err(silent)?;
    if scheme == "https" {
        return Ok(());
    }
    stream.set_read_timeout(Some(PATIENCE)).map_err(silent)?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n").map_err(silent)?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).map_err(silent)?;
    match line.split(' ').nth(1) {
        Some("200") => Ok(()),
        _ => Err(wrong(format!("the server is not ready: it says `{}`", line.trim()))),
    }
}
