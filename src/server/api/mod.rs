//! Our own JSON routes, one file each.

mod ask;
mod batch;

pub use ask::Asked;

use super::app::App;
use std::sync::Arc;
use utoipa_axum::{router::OpenApiRouter, routes};

/// All of them, with their description.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(ask::post, ask::get)).routes(routes!(batch::post))
}
