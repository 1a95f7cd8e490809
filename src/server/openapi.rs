//! The description of our own routes: `/openapi.json`.

use super::app::App;
use axum::{Router, http::header, routing::get};
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};
use utoipa::{
    IntoResponses, OpenApi as _, ToSchema,
    openapi::{
        Content, OpenApi, Ref, RefOr, Response, ResponseBuilder,
        security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme},
    },
};

/// What stands around the routes of the document.
#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "faqt",
        description = "Answers from your own articles, word for word, each with a citation of the lines it came from.",
    ),
    components(schemas(Problem))
)]
struct Frame;

/// What is wrong with a request (RFC 9457).
#[derive(Serialize, ToSchema)]
pub struct Problem {
    /// Names the kind of failure: `urn:faqt:error:` and its code.
    r#type: String,
    /// The name of the status.
    title: String,
    /// The status of the response.
    status: u16,
    /// The stable name of the failure.
    code: String,
    /// What is wrong and what helps.
    detail: String,
    /// The field of the request that is wrong.
    #[schema(required = false)]
    field: Option<String>,
}

/// Every route may answer with a problem.
impl IntoResponses for Problem {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        BTreeMap::from([("default".to_owned(), Ref::from_response_name("Problem").into())])
    }
}

/// What reading routes answer where nothing has changed.
pub struct Unchanged;

impl IntoResponses for Unchanged {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        BTreeMap::from([("304".to_owned(), Ref::from_response_name("Unchanged").into())])
    }
}

/// The document without its routes.
pub fn frame() -> OpenApi {
    let mut document = Frame::openapi();
    let components = document.components.get_or_insert_default();
    let problem = Content::new(Some(Ref::from_schema_name("Problem")));
    let problem = ResponseBuilder::new().description("Not answered").content("application/problem+json", problem);
    let unchanged = ResponseBuilder::new().description("As the client has it");
    for (name, response) in [("Problem", problem), ("Unchanged", unchanged)] {
        components.responses.insert(name.to_owned(), response.into());
    }
    components.add_security_scheme("key", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    // A key, or none: whether one is needed is a setting.
    document.security = Some(vec![SecurityRequirement::default(), SecurityRequirement::new("key", [""; 0])]);
    document
}

/// `/openapi.json`.
pub fn routes(document: &OpenApi) -> Router<Arc<App>> {
    let text: Arc<str> = document.to_pretty_json().unwrap_or_default().into();
    let json = [(header::CONTENT_TYPE, "application/json")];
    Router::new().route("/openapi.json", get(async move || (json, text.to_string())))
}
