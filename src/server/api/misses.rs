//! `/v1/misses`: what was asked in vain or answered wrongly.

use crate::{
    Error,
    feedback::{FeedbackLog, Miss, Misses, export},
    server::{
        app::{App, Opened},
        extract::Params,
        failure::Failure,
        openapi::Problem,
    },
};
use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse as _, Response},
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// How many groups a page has, if nothing says otherwise, and at most.
const PAGE: usize = 50;
const MOST: usize = 200;

/// Which misses, and in which form.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// How many to give at most; 50 if it is not given.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// `json`, or a file for `faqt eval`: `queries` or `qrels`.
    #[serde(default)]
    format: Format,
}

/// The forms of misses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// A page of misses.
    #[default]
    Json,
    /// `queries.jsonl`: all questions of which it is known what answers them.
    Queries,
    /// `qrels.tsv`: the documents that do.
    Qrels,
}

/// A page of misses, the most frequent first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page {
    /// The misses.
    misses: Vec<Miss>,
    /// The `cursor` of the next page; null on the last.
    next: Option<String>,
    /// How many there are in all.
    total: usize,
    /// How many lines of the log cannot be read.
    broken: usize,
}

/// Lists what was asked in vain or answered wrongly, in groups of like questions; or exports what is known of questions.
#[utoipa::path(get, path = "/v1/misses", tag = "admin", params(Wanted), responses(
    (status = 200, content((Page = "application/json"), (String = "application/x-ndjson"), (String = "text/tab-separated-values"))),
    (status = "default", description = "Not listed", body = Problem, content_type = "application/problem+json"),
))]
pub async fn get(State(app): State<Arc<App>>, Params(wanted): Params<Wanted>) -> Result<Response, Failure> {
    let limit = wanted.limit.unwrap_or(PAGE);
    if !(1..=MOST).contains(&limit) {
        return Err(Failure::field("limit", format!("`limit` is not between 1 and {MOST}")));
    }
    let start = match &wanted.cursor {
        Some(cursor) => cursor.parse().map_err(|_| Failure::field("cursor", "`cursor` is not the `next` of a page"))?,
        None => 0,
    };
    let log = FeedbackLog::of(&app.build.index);
    if wanted.format == Format::Json {
        return app.run(move |opened| page(&log, opened, start, limit)).await.map(|page| Json(page).into_response());
    }
    let files = app.run(move |opened| export(&log.read()?.records, &opened.engine)).await?;
    let (kind, text) = match wanted.format {
        Format::Qrels => ("text/tab-separated-values; charset=utf-8", files.qrels),
        _ => ("application/x-ndjson", files.queries),
    };
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}

fn page(log: &FeedbackLog, opened: &Opened, start: usize, limit: usize) -> Result<Page, Error> {
    let logged = log.read()?;
    let misses = Misses::of(&logged.records, &opened.engine);
    let end = start.saturating_add(limit);
    Ok(Page {
        misses: misses.page(start..end, &opened.engine)?,
        next: (end < misses.len()).then(|| end.to_string()),
        total: misses.len(),
        broken: logged.broken.len(),
    })
}
