//! `/v1/misses`: what was asked in vain or answered wrongly.

use super::reads::{Paged, cursor_invalid, paged};
use crate::{
    feedback::{Miss, MissList, MissLists},
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
use tokio::sync::OwnedMutexGuard;
use utoipa::ToSchema;

paged! {
    /// Which misses, and in which form.
    pub struct Wanted {
        /// How many to give at most; 50 if it is not given.
        limit,
        /// `json`, or a file for `faqt eval`: `queries` or `qrels`.
        #[serde(default)]
        #[param(inline)]
        format: Format,
    }
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

/// Lists what was asked in vain or answered wrongly, in groups of like questions; or exports what is known of questions. Pages
/// go on in the list as it was when the first was given, whatever is missed meanwhile.
#[utoipa::path(get, path = "/v1/misses", operation_id = "list_misses", tag = "admin", params(Wanted), responses(
    (status = 200, description = "The misses", content((Page = "application/json"), (String = "application/x-ndjson"), (String = "text/tab-separated-values"))),
    Problem,
))]
pub async fn get(State(app): State<Arc<App>>, Params(wanted): Params<Wanted>) -> Result<Response, Failure> {
    let limit = wanted.limit()?;
    let mut lists = Arc::clone(&app.misses).lock_owned().await;
    if wanted.format == Format::Json {
        let page = app.run(move |opened| page(lists, opened, wanted.cursor.as_deref(), limit)).await?;
        return Ok(Json(page).into_response());
    }
    let files = app.run(move |opened| lists.export(&opened.engine)).await?;
    let (kind, text) = match wanted.format {
        Format::Qrels => ("text/tab-separated-values; charset=utf-8", files.qrels),
        _ => ("application/x-ndjson", files.queries),
    };
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}

fn page(
    mut lists: OwnedMutexGuard<MissLists>,
    opened: &Opened,
    cursor: Option<&str>,
    limit: usize,
) -> Result<Page, Failure> {
    let (list, start) = match cursor {
        None => (lists.now(&opened.engine)?, 0),
        Some(cursor) => begun(&mut lists, opened, cursor)?,
    };
    drop(lists);
    let total = list.misses.len();
    let end = start.saturating_add(limit);
    Ok(Page {
        misses: list.misses.page(start..end, &opened.engine)?,
        next: (end < total).then(|| format!("{:x}-{}", list.records(), paged(&list).cursor(end - 1))),
        total,
        broken: list.broken,
    })
}

/// The list that a cursor is of, and where in it a page begins. What comes to the log while one goes through the pages
/// moves the misses about, so a cursor names the number of records that its list was made of.
fn begun(lists: &mut MissLists, opened: &Opened, cursor: &str) -> Result<(Arc<MissList>, usize), Failure> {
    let (records, after) = cursor.split_once('-').ok_or_else(cursor_invalid)?;
    let records = usize::from_str_radix(records, 16).map_err(|_| cursor_invalid())?;
    let list = lists.at(records, &opened.engine)?.ok_or_else(cursor_invalid)?;
    let start = paged(&list).after(Some(after))?.map_or(0, |after| after + 1);
    Ok((list, start))
}

fn paged(list: &MissList) -> Paged {
    Paged::of(list.generation(), "misses", [list.last()])
}
