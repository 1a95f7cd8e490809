//! `/v1/reindex` and `/v1/jobs/{id}`: the index is built in the background.

use crate::server::{
    app::App,
    extract::{body_bytes, json},
    failure::{Answered, Failure},
    jobs::{Job, reindex},
    openapi::Problem,
};
use axum::{
    Json,
    extract::{Path, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// How the index is to be built.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reindex {
    /// Build even if nothing has changed.
    #[serde(default)]
    rebuild: bool,
}

/// Builds the index from the corpus in the background; the body may be empty. While a job runs, that one is given.
#[utoipa::path(post, path = "/v1/reindex", operation_id = "reindex", tag = "admin", request_body = Option<Reindex>, responses(
    (status = 202, description = "The job, whose address is in `Location`", body = Job, links(
        ("job" = (operation_id = "get_job", parameters(("id" = "$response.body#/id")))),
    )),
    Problem,
))]
pub async fn post(State(app): State<Arc<App>>, request: Request) -> Result<Response, Failure> {
    let body = body_bytes(request, &app).await?;
    let is_empty = body.is_empty() || &*body == b"null";
    let Reindex { rebuild } = if is_empty { Reindex::default() } else { json(&body)? };
    let job = reindex(&app, rebuild);
    let location = [(header::LOCATION, format!("/v1/jobs/{}", job.id()))];
    Ok((StatusCode::ACCEPTED, location, Json(job)).into_response())
}

/// How far a job is.
#[utoipa::path(get, path = "/v1/jobs/{id}", operation_id = "get_job", tag = "admin", params(("id" = String, Path, description = "As `/v1/reindex` gave it")), responses(
    (status = 200, description = "The job", body = Job),
    Problem,
))]
pub async fn get(State(app): State<Arc<App>>, Path(id): Path<String>) -> Answered<Job> {
    let unknown = || Failure::not_found("no job has this id: the last hundred are remembered, until the server stops");
    app.jobs.get(&id).map(Json).ok_or_else(unknown)
}
