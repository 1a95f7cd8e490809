//! `/v1/articles`: the sources of the index, page by page, and each with what is cited in it, as data or as a page.

mod page;

use super::reads::{Paged, Tag, paged};
use crate::{
    browse::{ArticleView, Mark, SourceView},
    model::{Counted, Place},
    server::{
        app::App,
        extract::Params,
        failure::Failure,
        openapi::{Problem, Unchanged},
        page::secure,
    },
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use serde::{Deserialize, Serialize};
use std::{ops::Range, sync::Arc};
use utoipa::{IntoParams, OpenApi, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes. A source has slashes, which only the second path takes; the description names its parameter alone.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(Described::openapi())
        .routes(routes!(list))
        .route("/v1/articles/{*path}", axum::routing::get(one))
}

#[derive(OpenApi)]
#[openapi(paths(one))]
struct Described;

paged! {
    /// Which articles are wanted.
    pub struct Wanted {
        /// How many articles a page has at most.
        limit,
    }
}

/// Some of the articles, in the order of the corpus.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleList {
    /// The articles.
    articles: Vec<ArticleView>,
    /// The cursor of the next page, if there is one.
    next: Option<String>,
    /// How many articles there are.
    total: usize,
}

/// What is to be marked in a source: one of these, or nothing.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Marked {
    /// The `bytes` of a citation: the first and the one behind the last.
    #[param(pattern = "^[0-9]{1,15}-[0-9]{1,15}$", example = "0-80")]
    bytes: Option<String>,
    /// The id of a unit of the source.
    unit: Option<String>,
    /// The `paragraph` of a citation: the first and the last.
    #[param(pattern = "^[0-9]{1,15}-[0-9]{1,15}$")]
    paragraph: Option<String>,
    /// The `page` of a citation: the first and the last.
    #[param(pattern = "^[0-9]{1,15}-[0-9]{1,15}$")]
    page: Option<String>,
}

/// Lists the articles.
#[utoipa::path(get, path = "/v1/articles", operation_id = "list_articles", tag = "browse", params(Wanted), responses(
    (status = 200, description = "A page of articles", body = ArticleList, links(
        ("article" = (operation_id = "get_article", parameters(("path" = "$response.body#/articles/0/source")))),
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
    app.run(move |opened| {
        let generation = opened.engine.generation();
        let list = Paged::of(&generation, "articles", []);
        let after = list.after(wanted.cursor.as_deref())?;
        Tag::of(&generation).answer(&headers, || {
            let page = opened.engine.articles_page(after, limit)?;
            let next = page.next.map(|next| list.cursor(next));
            Ok::<_, Failure>(axum::Json(ArticleList { articles: page.articles, next, total: page.total }))
        })
    })
    .await
}

/// Shows a source as it is now, with what is cited marked: as JSON, or as a page for those who would rather have HTML.
#[utoipa::path(get, path = "/v1/articles/{path}", operation_id = "get_article", tag = "browse",
    params(("path" = String, Path, description = "The source, as citations name it", example = "corpus/git-basics.md"), Marked),
    responses(
        (status = 200, description = "The article", content((SourceView = "application/json"), (String = "text/html"))),
        Unchanged,
        Problem,
    ),
)]
pub async fn one(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path(source): Path<String>,
    Params(marked): Params<Marked>,
) -> Result<Response, Failure> {
    let mark = marked.mark()?;
    let as_page = prefers_html(&headers);
    let shared = Arc::clone(&app);
    app.run(move |opened| {
        let view = opened.engine.article(&source, mark.as_ref(), &shared.build.reading)?;
        let (kind, body) = if as_page {
            ("text/html; charset=utf-8", page::html(&view))
        } else {
            ("application/json", serde_json::to_string(&view).map_err(|_| Failure::internal())?)
        };
        // A file may change within a generation: what is shown tells best whether it has.
        let tag = Tag::of(&blake3::hash(body.as_bytes()).to_hex()[..32]);
        let mut response = tag.answer(&headers, || Ok::<_, Failure>(([(header::CONTENT_TYPE, kind)], body)))?;
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept"));
        if as_page {
            secure(&mut response);
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(page::POLICY));
        }
        Ok::<_, Failure>(response)
    })
    .await
}

impl Marked {
    /// What to mark.
    fn mark(self) -> Result<Option<Mark>, Failure> {
        let place = |counted, field, text: &str| {
            range(field, text).map(|range| Mark::Place(Place { counted, numbers: [range.start, range.end] }))
        };
        let marks = [
            self.bytes.map(|text| range("bytes", &text).map(Mark::Bytes)),
            self.unit.map(|unit| Ok(Mark::Unit(unit))),
            self.paragraph.map(|text| place(Counted::Paragraph, "paragraph", &text)),
            self.page.map(|text| place(Counted::Page, "page", &text)),
        ];
        let mut marks = marks.into_iter().flatten();
        let mark = marks.next().transpose()?;
        if marks.next().is_some() {
            return Err(Failure::meaningless(
                "bytes",
                "only one of `bytes`, `unit`, `paragraph` and `page` can be marked",
            ));
        }
        Ok(mark)
    }
}

/// How many digits a number of a range has at most.
const MOST_DIGITS: usize = 15;

/// `A-B`.
fn range(field: &str, text: &str) -> Result<Range<usize>, Failure> {
    let number = |text: &str| {
        let is_short = text.len() <= MOST_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<usize>().ok().filter(|_| is_short)
    };
    let numbers = text.split_once('-').and_then(|(from, to)| Some((number(from)?, number(to)?)));
    match numbers {
        Some((from, to)) if from <= to => Ok(from..to),
        Some(_) => Err(Failure::meaningless(field, format!("`{field}` ends before it begins"))),
        None => Err(Failure::field(field, format!("`{field}` is not of the form FIRST-LAST, as in 120-164"))),
    }
}

/// Whether a client would rather have a page than data (RFC 9110, 12.5.1): a browser does, and what takes all alike does
/// not.
fn prefers_html(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let accepted: Vec<&str> = accepted.flat_map(|value| value.split(',')).map(str::trim).collect();
    let quality = |kinds: &[&str]| {
        let of_kind = |kind: &&str| {
            let of = |entry: &&str| entry.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(kind);
            accepted.iter().find(|entry| of(entry)).map(|entry| quality(entry))
        };
        kinds.iter().find_map(of_kind).unwrap_or(0.0)
    };
    quality(&["text/html"]) > quality(&["application/json", "application/*", "*/*"])
}

/// The `q` of an entry of `Accept`.
fn quality(entry: &str) -> f64 {
    let weight = entry.split(';').skip(1).find_map(|part| part.trim().strip_prefix("q="));
    weight.map_or(1.0, |weight| weight.trim().parse().unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_a_page_and_a_program_data() {
        let prefers = |accept: &str| prefers_html(&HeaderMap::from_iter([(header::ACCEPT, accept.parse().unwrap())]));
        assert!(prefers("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"));
        assert!(prefers("text/html") && prefers("application/json;q=0.5, Text/HTML"));
        for accept in
            ["*/*", "application/json", "application/json, text/html", "text/html;q=0.1, */*;q=0.5", "text/html;q=x"]
        {
            assert!(!prefers(accept), "{accept}");
        }
        assert!(!prefers_html(&HeaderMap::new()));
    }

    #[test]
    fn a_range_has_two_numbers() {
        assert_eq!(range("bytes", "3-14").unwrap(), 3..14);
        for wrong in ["", "3", "-3", "14-3", "+3-4", "3-4-5", "a-b", "99999999999999999999999-1"] {
            assert_eq!(range("bytes", wrong).unwrap_err().field.as_deref(), Some("bytes"), "{wrong}");
        }
    }
}
