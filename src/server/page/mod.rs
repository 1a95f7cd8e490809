//! The pages for people: to ask, for administrators, the reference of the routes, and the script of the chat bubble.
//!
//! What they consist of is in `web/` and is compiled in; `reply.rs` is for browsers that run no scripts.

mod assets;
mod reply;
mod text;

use super::{api::Asked, app::App, auth, extract::Params, failure::Failure};
use crate::model::Turn;
use axum::{
    Router,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use serde::Deserialize;
use std::sync::Arc;

pub use assets::{ASSETS, secure};

/// The page to ask, with places that are filled in.
const PAGE: &str = include_str!("../../../web/index.html");

/// So many questions are kept to be sent along; `web/page.js` has the same.
const TURNS: usize = 10;

/// `/`, `/admin`, `/docs`, `/widget.js`, and what they load.
pub fn routes() -> Router<Arc<App>> {
    assets::routes().route("/", get(page))
}

/// A question in the address of the page. Other parameters are none of ours: pages get them from all sides.
#[derive(Debug, Default, Deserialize)]
struct InAddress {
    #[serde(default)]
    q: String,
    #[serde(default)]
    filter: Vec<String>,
    /// What was asked before, the oldest first: the form sends it where no script keeps it.
    #[serde(default)]
    after: Vec<String>,
}

/// The page; with a question in its address, with the reply in it too.
async fn page(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Params(asked): Params<InAddress>,
) -> Result<Response, Failure> {
    if asked.q.trim().is_empty() {
        return Ok(assets::respond(
            &headers,
            "text/html; charset=utf-8",
            fill(&InAddress::default(), "").into_bytes().into(),
        ));
    }
    let given = if auth::may_ask(&app, &headers) {
        let history = last(&asked.after).iter().map(Turn::new).collect();
        let question = Asked { filter: asked.filter.clone(), history, ..Asked::new(asked.q.clone()) }.check(&app);
        match async { app.ask("page", question?).await }.await {
            Ok(reply) => reply::page_part(&reply, &asked.filter),
            Err(failure) if failure.status == StatusCode::BAD_REQUEST => reply::refused(&failure),
            Err(failure) => return Err(failure),
        }
    } else {
        reply::needs_key()
    };
    let html = fill(&asked, &given.into_string());
    let mut response = ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    assets::secure(&mut response);
    Ok(response)
}

/// The last of the questions that were asked before.
fn last(questions: &[String]) -> &[String] {
    questions.get(questions.len().saturating_sub(TURNS)..).unwrap_or_default()
}

/// The page with what was asked, and the part below it.
fn fill(asked: &InAddress, reply: &str) -> String {
    let has_asked = !asked.q.trim().is_empty();
    let question = reply::escaped(&asked.q);
    let mut before = asked.after.clone();
    before.extend(has_asked.then(|| asked.q.clone()));
    let hidden = reply::hidden(&asked.filter, last(&before)).into_string();
    let state = if has_asked { "asked" } else { "" };
    // One way through the template, so that what is filled in is never taken for a place.
    let mut out = String::with_capacity(PAGE.len() + question.len() + reply.len());
    let mut rest = PAGE;
    for (place, text) in [("{state}", state), ("{question}", &question), ("{hidden}", &hidden), ("{reply}", reply)] {
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
        let before: Vec<String> = (0..20).map(|at| format!("q{at}")).collect();
        let asked = InAddress { q: "{reply}\"<b>".to_owned(), filter: vec!["a=\"".to_owned()], after: before };
        let html = fill(&asked, "R");
        assert!(html.contains("value=\"{reply}&quot;&lt;b&gt;\""), "{html}");
        assert!(html.contains("value=\"a=&quot;\""), "{html}");
        assert!(!html.contains("\"q10\"") && html.matches("name=\"after\"").count() == TURNS, "{html}");
        let empty = fill(&InAddress::default(), "");
        assert!(!empty.contains('{') && empty.ends_with("</html>\n"), "{empty}");
    }
}
