//! The Model Context Protocol: tools, resources and prompts for assistants, over HTTP (`/mcp`) and over standard input
//! and output (`faqt mcp`). The protocol itself, in all its revisions, is `rmcp`'s.

mod arguments;
mod connector;
mod http;
mod prompts;
mod resources;
mod schemas;
mod stdio;
mod tools;

pub use http::routes;
pub use stdio::serve;

use super::{
    app::App,
    failure::Failure,
    links::{Links, PLAIN},
};
use crate::model::Citation;
use axum::http::{HeaderMap, request::Parts};
use percent_encoding::utf8_percent_encode;
use rmcp::{
    ErrorData, RoleServer, ServerHandler,
    handler::server::router::{prompt::PromptRouter, tool::ToolRouter},
    model::{
        CompleteRequestParams, CompleteResult, Implementation, ListResourceTemplatesResult, ListResourcesResult,
        PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities, ServerConfig,
    },
    prompt_handler,
    service::RequestContext,
    tool_handler,
};
use std::sync::Arc;

/// How questions of this door are counted.
const DOOR: &str = "mcp";

/// What an assistant is told about this server before it uses it.
const INSTRUCTIONS: &str = "\
Answers from a collection of articles, word for word, each with a citation of the lines it comes from. \
Call `ask` for a question that the articles may answer: quote its answer and name its source; where `answered` is false \
the articles do not answer it, so say that rather than guess. Call `context` for sources to write from in your own words, \
then `verify` with what you wrote. `search` and `fetch` find and read single entries, `suggest` gives stored questions.";

/// What answers requests of the protocol.
#[derive(Clone)]
struct Faq {
    app: Arc<App>,
    /// The conditions of a call that names none.
    filters: Arc<[String]>,
    tools: Arc<ToolRouter<Self>>,
    prompts: Arc<PromptRouter<Self>>,
}

impl Faq {
    fn new(app: Arc<App>, filters: Vec<String>) -> Self {
        let mut tools = Self::tool_router();
        tools.map.values_mut().for_each(|route| schemas::simplify(&mut route.attr));
        Self { app, filters: filters.into(), tools: Arc::new(tools), prompts: Arc::new(Self::prompt_router()) }
    }

    /// The conditions of a call: its own, else those that were set up.
    fn filters(&self, own: Vec<String>) -> Vec<String> {
        if own.is_empty() { self.filters.to_vec() } else { own }
    }
}

#[tool_handler(router = self.tools)]
#[prompt_handler(router = self.prompts)]
impl ServerHandler for Faq {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_resources()
            .enable_prompts()
            .enable_completions()
            .build();
        let name = Implementation::new("faqt", env!("CARGO_PKG_VERSION")).with_title("faqt: answers with citations");
        ServerConfig::new(capabilities).with_server_info(name).with_instructions(INSTRUCTIONS)
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        self.articles(request.and_then(|request| request.cursor)).await
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        Ok(resources::templates())
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        self.resource(request.uri).await.map(Into::into)
    }

    async fn complete(
        &self,
        request: CompleteRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CompleteResult, ErrorData> {
        self.completions(request).await
    }
}

/// Where things can be read: at addresses of this server, or by the names that its resources have.
enum Addresses {
    Http(Links),
    Resources,
}

impl Addresses {
    /// Over HTTP a client called us by an address; over standard input and output there is one only if it was set up.
    fn of(context: &RequestContext<RoleServer>, app: &App) -> Self {
        match context.extensions.get::<Parts>() {
            Some(parts) => Self::Http(Links::of(&parts.headers, app)),
            None if app.settings.public_url.is_some() => Self::Http(Links::of(&HeaderMap::new(), app)),
            None => Self::Resources,
        }
    }

    /// The address of what a unit says; never empty.
    fn unit(&self, id: &str, citation: &Citation) -> String {
        match (self, &citation.url) {
            (_, Some(url)) => url.clone(),
            (Self::Http(links), None) => links.citation(citation),
            (Self::Resources, None) => unit_uri(id),
        }
    }
}

/// The resource of a unit.
fn unit_uri(id: &str) -> String {
    format!("{}{}", resources::UNIT, utf8_percent_encode(id, PLAIN))
}

/// The resource of an article.
fn article_uri(source: &str) -> String {
    format!("{}{}", resources::ARTICLE, utf8_percent_encode(source, PLAIN))
}

/// A failure, as an assistant reads it.
fn said(failure: &Failure) -> String {
    match &failure.field {
        Some(field) if !failure.detail.contains(&format!("`{field}`")) => format!("`{field}`: {}", failure.detail),
        _ => failure.detail.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_its_field_once() {
        assert_eq!(said(&Failure::field("top", "`top` is not between 1 and 50")), "`top` is not between 1 and 50");
        assert_eq!(said(&Failure::field("filter", "it is none")), "`filter`: it is none");
        assert!(said(&Failure::busy()).contains("waiting"));
    }

    #[test]
    fn a_name_becomes_a_uri_whatever_it_is() {
        assert_eq!(article_uri("a/b c#é.md"), "faqt://article/a/b%20c%23%C3%A9.md");
        assert_eq!(unit_uri("a1?"), "faqt://unit/a1%3F");
    }
}
