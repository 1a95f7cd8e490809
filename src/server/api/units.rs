//! `/v1/units`: what is in the index, page by page, and each unit by its id.

use super::{
    fields::Condition,
    reads::{Paged, Tag, paged},
};
use crate::{
    browse::{UnitView, UnitsOptions},
    error::Error,
    server::{
        app::App,
        extract::Params,
        failure::Failure,
        openapi::{Problem, Unchanged},
    },
};
use axum::{
    Json,
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

paged! {
    /// Which units are wanted.
    pub struct Wanted {
        /// How many units a page has at most.
        limit,
        /// A condition that a unit must meet; may be given several times.
        #[serde(default)]
        #[param(value_type = Vec<Condition>)]
        filter: Vec<String>,
        /// The source that a unit must be of, as citations name it.
        source: Option<String>,
    }
}

/// Some of the units, in the order of the corpus.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitList {
    /// The units.
    units: Vec<UnitView>,
    /// The cursor of the next page, if there is one.
    next: Option<String>,
    /// How many units meet the conditions.
    total: usize,
}

/// Lists units.
#[utoipa::path(get, path = "/v1/units", operation_id = "list_units", tag = "browse", params(Wanted), responses(
    (status = 200, description = "A page of units", body = UnitList, links(
        ("unit" = (operation_id = "get_unit", parameters(("id" = "$response.body#/units/0/id")))),
    )),
    Unchanged,
    Problem,
))]
pub async fn list(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Params(wanted): Params<Wanted>,
) -> Result<Response, Failure> {
    let limit = wanted.limit()?;
    let mut filters = wanted.filter;
    filters.extend(wanted.source.map(|source| format!("source={source}")));
    app.run(move |opened| {
        let generation = opened.engine.generation();
        let list = Paged::of(&generation, "units", filters.iter().map(String::as_str));
        let after = list.after(wanted.cursor.as_deref())?.and_then(|after| after.try_into().ok());
        Tag::of(&generation).answer(&headers, || {
            let page = opened.engine.units(&UnitsOptions { filters, after, limit })?;
            let next = page.next.map(|next| list.cursor(next as usize));
            Ok::<_, Failure>(Json(UnitList { units: page.units, next, total: page.total }))
        })
    })
    .await
}

/// Shows a unit.
#[utoipa::path(get, path = "/v1/units/{id}", operation_id = "get_unit", tag = "browse",
    params(("id" = String, Path, description = "The id of the unit", example = "0123456789abcdef")),
    responses(
        (status = 200, description = "The unit", body = UnitView),
        Unchanged,
        Problem,
    ),
)]
pub async fn one(State(app): State<Arc<App>>, headers: HeaderMap, Path(id): Path<String>) -> Result<Response, Failure> {
    app.run(move |opened| {
        let view = opened.engine.view(&opened.engine.unit(&id)?)?;
        Tag::of(&opened.engine.generation()).answer(&headers, || Ok::<_, Error>(Json(view)))
    })
    .await
}
