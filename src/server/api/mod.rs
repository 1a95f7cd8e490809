//! Our own JSON routes, one file each.

mod articles;
mod ask;
mod batch;
pub mod reads;
mod suggest;
mod units;

use super::app::App;
use std::sync::Arc;
use utoipa_axum::{router::OpenApiRouter, routes};

/// All of them, with their description.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(ask::post, ask::get))
        .routes(routes!(batch::post))
        .routes(routes!(suggest::get))
        .routes(routes!(units::list))
        .routes(routes!(units::one))
        .merge(articles::routes())
}
