//! Resources: units and articles, to be read by their URIs.

use super::{Faq, article_uri};
use crate::{
    ask::suggest::SuggestOptions,
    browse::{ArticleView, SourceView},
    server::failure::Failure,
};
use percent_encoding::percent_decode_str;
use rmcp::{
    ErrorData,
    model::{
        CompleteRequestParams, CompleteResult, CompletionInfo, ListResourceTemplatesResult, ListResourcesResult,
        ReadResourceResult, Reference, Resource, ResourceContents, ResourceTemplate,
    },
};

/// What the URIs of units begin with.
pub const UNIT: &str = "faqt://unit/";

/// What the URIs of articles begin with.
pub const ARTICLE: &str = "faqt://article/";

/// How many articles a page of the list has.
const PAGE: usize = 100;

/// How many completions are given.
const COMPLETIONS: usize = 10;

/// The kinds of resources.
pub fn templates() -> ListResourceTemplatesResult {
    let unit = ResourceTemplate::new(format!("{UNIT}{{id}}"), "unit")
        .with_title("Entry")
        .with_description("One entry by its id: question, answer, source, lines, address, metadata")
        .with_mime_type("application/json");
    // With `+`, for sources have slashes.
    let article = ResourceTemplate::new(format!("{ARTICLE}{{+path}}"), "article")
        .with_title("Article")
        .with_description("The text of an article by its source, as citations name it")
        .with_mime_type("text/plain");
    ListResourceTemplatesResult::with_all_items(vec![unit, article])
}

impl Faq {
    /// A page of the articles.
    pub(super) async fn articles(&self, cursor: Option<String>) -> Result<ListResourcesResult, ErrorData> {
        let after = match cursor.as_deref().map(str::parse::<usize>) {
            Some(Err(_)) => {
                let reason = "the cursor is none of this server: begin again without one";
                return Err(ErrorData::invalid_params(reason, None));
            }
            after => after.and_then(Result::ok),
        };
        let page = self
            .app
            .run(move |opened| opened.engine.articles_page(after, PAGE))
            .await
            .map_err(|failure| wrong(&failure))?;
        let mut list = ListResourcesResult::with_all_items(page.articles.into_iter().map(listed).collect());
        list.next_cursor = page.next.map(|next| next.to_string());
        Ok(list)
    }

    /// What a URI stands for.
    pub(super) async fn resource(&self, uri: String) -> Result<ReadResourceResult, ErrorData> {
        let decoded = |rest: &str| percent_decode_str(rest).decode_utf8_lossy().into_owned();
        let contents = if let Some(id) = uri.strip_prefix(UNIT) {
            self.unit(&uri, decoded(id)).await?
        } else if let Some(source) = uri.strip_prefix(ARTICLE) {
            self.article(&uri, decoded(source)).await?
        } else {
            let reason = format!("resources here begin with `{UNIT}` or `{ARTICLE}`");
            return Err(ErrorData::resource_not_found(reason, None));
        };
        Ok(ReadResourceResult::new(vec![contents]))
    }

    async fn unit(&self, uri: &str, id: String) -> Result<ResourceContents, ErrorData> {
        let view = self.app.run(move |opened| opened.engine.view(&opened.engine.unit(&id)?)).await;
        let view = view.map_err(|failure| wrong(&failure))?;
        let text = serde_json::to_string_pretty(&view).map_err(|_| wrong(&Failure::internal()))?;
        Ok(ResourceContents::text(text, uri).with_mime_type("application/json"))
    }

    async fn article(&self, uri: &str, source: String) -> Result<ResourceContents, ErrorData> {
        let reading = self.app.build.reading.clone();
        let view = self.app.run(move |opened| opened.engine.article(&source, None, &reading)).await;
        let SourceView { text, .. } = view.map_err(|failure| wrong(&failure))?;
        Ok(ResourceContents::text(text, uri))
    }

    /// Completes what is typed: for a prompt with stored questions, for an article with sources. Nobody types the id of a
    /// unit.
    pub(super) async fn completions(&self, request: CompleteRequestParams) -> Result<CompleteResult, ErrorData> {
        let typed = request.argument.value;
        let values = match request.r#ref {
            Reference::Prompt(_) => self.questions(typed).await,
            Reference::Resource(article) if article.uri.starts_with(ARTICLE) => {
                self.app.run(move |opened| opened.engine.sources_with(&typed, COMPLETIONS)).await
            }
            _ => Ok(Vec::new()),
        };
        let values = values.map_err(|failure| wrong(&failure))?;
        CompletionInfo::new(values).map(CompleteResult::new).map_err(|error| ErrorData::internal_error(error, None))
    }

    async fn questions(&self, typed: String) -> Result<Vec<String>, Failure> {
        let filters = self.filters(Vec::new());
        let options = SuggestOptions { limit: COMPLETIONS, filters, ..SuggestOptions::new(typed) };
        let suggestions = self.app.run(move |opened| opened.engine.suggest(&options)).await?;
        Ok(suggestions.into_iter().map(|suggestion| suggestion.question).collect())
    }
}

fn listed(article: ArticleView) -> Resource {
    let ArticleView { source, title, units, bytes, .. } = article;
    let entries = if units == 1 { "entry" } else { "entries" };
    Resource::new(article_uri(&source), source)
        .with_title(title)
        .with_description(format!("An article with {units} {entries}"))
        .with_mime_type("text/plain")
        .with_size(bytes)
}

/// A failure as one of the protocol; `rmcp` gives "not found" the code of the client's revision.
pub(super) fn wrong(failure: &Failure) -> ErrorData {
    let reason = failure.detail.clone();
    match failure.status.as_u16() {
        404 => ErrorData::resource_not_found(reason, None),
        400..=499 => ErrorData::invalid_params(reason, None),
        _ => ErrorData::internal_error(reason, None),
    }
}
