//! `/v1/misses`: what was asked in vain or answered wrongly.

use super::{
    fields::given,
    reads::{LARGEST_PAGE, PAGE, cursor_invalid, limit},
};
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

/// Which misses, and in which form.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// How many to give at most; 50 if it is not given.
    #[serde(default, deserialize_with = "given")]
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// `json`, or a file for `faqt eval`: `queries` or `qrels`.
    #[serde(default)]
    #[param(inline)]
    format: Format,
}

/// The forms of misses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = MissesFormat)]
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
#[schema(as = MissesPage)]
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
#[utoipa::path(get, path = "/v1/misses", operation_id = "list_misses", tag = "admin", params(Wanted), responses(
    (status = 200, description = "The misses", content((Page = "application/json"), (String = "application/x-ndjson"), (String = "text/tab-separated-values"))),
    Problem,
))]
pub async fn get(State(app): State<Arc<App>>, Params(wanted): Params<Wanted>) -> Result<Response, Failure> {
    let limit = limit(wanted.limit, PAGE, LARGEST_PAGE)?;
    let start = match &wanted.cursor {
        Some(cursor) => cursor.parse().map_err(|_| cursor_invalid())?,
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
