//! All routes, and the layers around them.

use super::{
    api, app::App, auth, azure, dify, failure::Failure, health, limits, linger, mcp, observe, openai, openapi, page,
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
};
use std::{any::Any, sync::Arc};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    cors::{AllowOrigin, CorsLayer},
    limit::RequestBodyLimitLayer,
    timeout::TimeoutLayer,
};
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

/// Paths that nobody needs a key for, beside the files of pages.
const PUBLIC_PATHS: [&str; 4] = ["/", "/healthz", "/readyz", "/openapi.json"];

/// Whether a path is open to everybody: pages are, what they ask for is not.
pub fn is_public(path: &str) -> bool {
    PUBLIC_PATHS.contains(&path) || page::ASSETS.iter().any(|asset| asset.path == path)
}

/// Whose clients call a path, and so what they read when something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Convention {
    /// Our own.
    Own,
    /// The OpenAI API.
    OpenAi,
    /// Azure question answering.
    Azure,
    /// Dify's external knowledge.
    Dify,
}

impl Convention {
    /// The convention of a path.
    pub fn of(path: &str) -> Self {
        let first = |count| path.split('/').skip(1).take(count).collect::<Vec<_>>().join("/");
        match first(2).as_str() {
            "v1/chat" | "v1/responses" | "v1/models" => Self::OpenAi,
            "retrieval" => Self::Dify,
            _ if first(1) == "language" => Self::Azure,
            _ => Self::Own,
        }
    }
}

/// Our own JSON routes with their description.
fn described() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(openapi::frame()).merge(api::routes())
}

/// The description of our own routes, as OpenAPI 3.1.
pub fn document() -> OpenApi {
    described().into_openapi()
}

/// Everything that the server answers.
pub fn router(app: Arc<App>) -> Router {
    let (own, document) = described().split_for_parts();
    let settings = &app.settings;
    let routes = own
        .merge(health::routes())
        .merge(openapi::routes(&document))
        .merge(mcp::routes(&app))
        .merge(openai::routes())
        .merge(azure::routes())
        .merge(dify::routes())
        .merge(page::routes())
        .method_not_allowed_fallback(async || StatusCode::METHOD_NOT_ALLOWED)
        .fallback(async || StatusCode::NOT_FOUND)
        // From here on the last is the outermost.
        .route_layer(from_fn(observe::note_route))
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(settings.max_body))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, settings.timeout()))
        .layer(from_fn_with_state(Arc::clone(&app), auth::authorize))
        .layer(from_fn_with_state(Arc::clone(&app), limits::limit))
        .layer(from_fn_with_state(Arc::clone(&app), auth::guard))
        .layer(cors(&settings.cors))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(Arc::clone(&app), observe::observe))
        .layer(from_fn(linger::linger))
        .layer(CompressionLayer::new());
    routes.with_state(app)
}

// The layer hands the cause over as a box.
#[allow(clippy::needless_pass_by_value)]
fn panicked(cause: Box<dyn Any + Send + 'static>) -> axum::response::Response {
    let said =
        cause.downcast_ref::<&str>().map(ToString::to_string).or_else(|| cause.downcast_ref::<String>().cloned());
    tracing::error!("a handler panicked: {}", said.unwrap_or_default());
    axum::response::IntoResponse::into_response(Failure::internal())
}

/// What pages of other origins may do: nothing, unless they are listed.
fn cors(pages: &[String]) -> CorsLayer {
    let layer = CorsLayer::new()
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            HeaderName::from_static("x-api-key"),
            HeaderName::from_static("mcp-protocol-version"),
            HeaderName::from_static("mcp-method"),
            HeaderName::from_static("mcp-name"),
        ])
        .expose_headers([super::failure::REQUEST_ID, header::RETRY_AFTER]);
    if pages.iter().any(|page| page == "*") {
        return layer.allow_origin(AllowOrigin::any());
    }
    let listed = pages.iter().filter_map(|page| HeaderValue::from_str(page.trim_end_matches('/')).ok());
    layer.allow_origin(AllowOrigin::list(listed))
}

#[cfg(test)]
mod tests {
    use super::Convention;

    #[test]
    fn a_path_tells_its_convention() {
        for (path, convention) in [
            ("/v1/chat/completions", Convention::OpenAi),
            ("/v1/models", Convention::OpenAi),
            ("/v1/responses/a", Convention::OpenAi),
            ("/language/:query-text", Convention::Azure),
            ("/retrieval", Convention::Dify),
            ("/v1/ask", Convention::Own),
            ("/", Convention::Own),
            ("", Convention::Own),
        ] {
            assert_eq!(Convention::of(path), convention, "{path}");
        }
    }
}
