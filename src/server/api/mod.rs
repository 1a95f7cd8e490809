//! Our own JSON routes, one file each.

mod articles;
mod ask;
mod batch;
mod context;
mod feedback;
pub(super) mod fields;
mod jobs;
mod misses;
pub mod reads;
mod suggest;
mod units;
mod verify;

pub use ask::Asked;
pub use context::ContextAsked;
pub use verify::Written;

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
        .routes(routes!(context::post))
        .routes(routes!(verify::post))
        .routes(routes!(feedback::post))
        .routes(routes!(misses::get))
        .routes(routes!(jobs::post))
        .routes(routes!(jobs::get))
}
