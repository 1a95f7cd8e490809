//! The pages for people: to ask, for administrators, the reference of the routes, and the script of the chat bubble.
//!
//! What they consist of is in `web/` and is compiled in; `reply.rs` is for browsers that run no scripts.

mod assets;
mod reply;

use super::{api::Asked, app::App, auth, extract::Params, failure::Failure};
use axum::{
    Router,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use serde::Deserialize;
use std::sync::Arc;

pub use assets::ASSETS;

/// The page to ask, with two places that are filled in.
const PAGE: &str = include_str!("../../../web/index.html");

/// `/`, `/admin`, `/docs`, `/widget.js`, and what they load.
pub fn routes() -> Router<Arc<App>> {
    assets::routes().route("/", get(page))
}

/// A question in the address of the page. Other parameters are none of ours: pages get them from all sides.
#[derive(Debug, Deserialize)]
struct InAddress {
    #[serde(default)]
    q: String,
    #[serde(default)]
    filter: Vec<String>,
}

/// The page; with a question in its address, with the reply in it too.
async fn page(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Params(asked): Params<InAddress>,
) -> Result<Response, Failure> {
    if asked.q.trim().is_empty() {
        return Ok(assets::respond(&headers, "text/html; charset=utf-8", fill("", &[], "").into_bytes().into()));
    }
    let given = if auth::may_ask(&app, &headers) {
        let question = Asked { filter: asked.filter.clone(), ..Asked::new(asked.q.clone()) }.check(&app);
        match async { app.ask("page", question?).await }.await {
            Ok(reply) => reply::page_part(&reply),
            Err(failure) if failure.status == StatusCode::BAD_REQUEST => reply::refused(&failure),
            Err(failure) => return Err(failure),
        }
    } else {
        reply::needs_key()
    };
    let html = fill(&asked.q, &asked.filter, &given.into_string());
    let mut response = ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    assets::secure(&mut response);
    Ok(response)
}

/// The page with what was asked, and the part below it.
fn fill(question: &str, filters: &[String], reply: &str) -> String {
    let question = reply::escaped(question);
    let filters = reply::hidden(filters).into_string();
    // One way through the template, so that what is filled in is never taken for a place.
    let mut out = String::with_capacity(PAGE.len() + question.len() + reply.len());
    let mut rest = PAGE;
    for (place, text) in [("{question}", question.as_str()), ("{filters}", &filters), ("{reply}", reply)] {
        let (before, behind) = rest.split_once(place).unwrap_or((rest, ""));
        out.push_str(before);
        out.push_str(text);
        rest = behind;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_no_place() {
        let html = fill("{reply}\"<b>", &["a=\"".to_owned()], "R");
        assert!(html.contains("value=\"{reply}&quot;&lt;b&gt;\""), "{html}");
        assert!(html.contains("value=\"a=&quot;\""), "{html}");
        assert!(!fill("", &[], "").contains('{'));
        assert!(fill("", &[], "").ends_with("</html>\n"));
    }
}
