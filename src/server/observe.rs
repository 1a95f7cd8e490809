//! Around every request: its id, its line in the log, its counts, and the dress of its failure.

use super::{
    app::App,
    failure::{REQUEST_ID, dress},
    routes::Convention,
};
use axum::{
    body::HttpBody as _,
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, Version, header},
    middleware::Next,
    response::Response,
};
use std::{sync::Arc, time::Instant};
use tracing::Instrument as _;

/// The longest id of a client that is taken over.
const LONGEST_ID: usize = 64;

/// The route of what has none, for counting.
const NO_ROUTE: &str = "none";

/// What is refused so was not read to its end, and its connection ends where the rest has not come yet. Clients have to be
/// told: they would send their next request into it.
const REFUSED_UNREAD: [StatusCode; 6] = [
    StatusCode::UNAUTHORIZED,
    StatusCode::FORBIDDEN,
    StatusCode::NOT_FOUND,
    StatusCode::METHOD_NOT_ALLOWED,
    StatusCode::PAYLOAD_TOO_LARGE,
    StatusCode::TOO_MANY_REQUESTS,
];

/// The pattern of the path that a request took, left in its response by [`note_route`].
#[derive(Clone)]
struct Route(MatchedPath);

/// Observes a request.
pub async fn observe(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let start = Instant::now();
    let id = request_id(request.headers());
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let has_body = request.version() < Version::HTTP_2 && !request.body().is_end_stream();
    let span = tracing::info_span!("request", id = id.to_str().unwrap_or_default());
    let mut response = next.run(request).instrument(span.clone()).await;
    let route = response.extensions_mut().remove::<Route>();
    let mut response = dress(response, Convention::of(&path));
    response.headers_mut().insert(REQUEST_ID, id);
    let took = start.elapsed();
    let status = response.status();
    if has_body && REFUSED_UNREAD.contains(&status) {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    app.metrics.request(
        route.as_ref().map_or(NO_ROUTE, |route| route.0.as_str()),
        method_label(method.as_str()),
        status,
        took,
    );
    let took_ms = (took.as_secs_f64() * 1e6).round() / 1e3;
    span.in_scope(|| tracing::info!(%method, path, status = status.as_u16(), took_ms, "answered"));
    response
}

/// Leaves the pattern of the path in the response: a layer around the routes knows it, the outermost does not.
pub async fn note_route(request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    if let Some(matched) = matched {
        response.extensions_mut().insert(Route(matched));
    }
    response
}

/// Methods that nobody knows are counted as one: a label must not grow with what is thrown at the server.
fn method_label(method: &str) -> &str {
    if ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].contains(&method) { method } else { "other" }
}

/// The id that the client gave, if it is one, else a new one.
fn request_id(headers: &HeaderMap) -> HeaderValue {
    let fits = |id: &&HeaderValue| {
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
        (1..=LONGEST_ID).contains(&id.len()) && id.as_bytes().iter().all(plain)
    };
    if let Some(id) = headers.get(REQUEST_ID).filter(fits) {
        return id.clone();
    }
    HeaderValue::from_str(&super::ids::random()).unwrap_or(HeaderValue::from_static("none"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_taken_over_if_it_cannot_do_harm() {
        let of = |id: &str| request_id(&HeaderMap::from_iter([(REQUEST_ID, id.parse().unwrap())]));
        assert_eq!(of("abc-1"), "abc-1");
        assert_ne!(of("a b"), "a b");
        assert_ne!(of(""), of(""));
    }
}
