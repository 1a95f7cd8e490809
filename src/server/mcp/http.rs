//! Streamable HTTP: `/mcp`, without sessions.

use super::Faq;
use crate::server::{app::App, extract::body_bytes};
use axum::{
    Json, Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse as _, Response},
};
use rmcp::{
    model::ErrorCode,
    transport::{
        StreamableHttpServerConfig, StreamableHttpService, streamable_http_server::session::never::NeverSessionManager,
    },
};
use serde_json::{Value, json};
use std::sync::Arc;

/// `/mcp`.
pub fn routes(app: &Arc<App>) -> Router<Arc<App>> {
    // Names and pages are checked for all routes alike, before a request comes here.
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(app.settings.max_body)
        .disable_allowed_hosts()
        .disable_allowed_origins();
    let faq = Faq::new(Arc::clone(app), Vec::new());
    let service = StreamableHttpService::new(move || Ok(faq.clone()), Arc::new(NeverSessionManager::default()), config);
    Router::new().route_service("/mcp", service).layer(from_fn_with_state(Arc::clone(app), prepare))
}

/// Says what is wrong with a body that is no message, and lets clients be that do not say what they accept: all replies
/// are plain JSON.
async fn prepare(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let bytes = match body_bytes(Request::from_parts(parts.clone(), body), &app).await {
        Ok(bytes) => bytes,
        Err(failure) => return failure.into_response(),
    };
    match serde_json::from_slice::<Value>(&bytes) {
        Err(error) => return refused(ErrorCode::PARSE_ERROR, &format!("the body is not JSON: {error}")),
        Ok(Value::Object(_)) => {}
        Ok(Value::Array(_)) => {
            return refused(ErrorCode::INVALID_REQUEST, "batches are not taken: send each message by itself");
        }
        Ok(_) => return refused(ErrorCode::INVALID_REQUEST, "the body is no message: it has to be a JSON object"),
    }
    let accepted = HeaderValue::from_static("application/json, text/event-stream");
    parts.headers.insert(header::ACCEPT, accepted);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    next.run(Request::from_parts(parts, Body::from(bytes))).await
}

fn refused(code: ErrorCode, message: &str) -> Response {
    let body = json!({"jsonrpc": "2.0", "id": null, "error": {"code": code.0, "message": message}});
    (StatusCode::BAD_REQUEST, Json(body)).into_response()
}
