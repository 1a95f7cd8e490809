//! The tools. All of them only read.

use super::{
    Addresses, DOOR, Faq,
    arguments::{FetchArguments, SearchArguments, SuggestArguments},
    connector::{Document, Found, READ},
    said,
};
use crate::{
    Context, Reply,
    ask::suggest::{MOST_SUGGESTIONS, SuggestOptions, Suggestion},
    grounding::Grounding,
    server::{
        api::{Asked, ContextAsked, Written, reads},
        failure::Failure,
    },
};
use rmcp::{Json, RoleServer, handler::server::wrapper::Parameters, service::RequestContext, tool, tool_router};
use schemars::JsonSchema;
use serde::Serialize;

/// Stored questions for what is typed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Suggestions {
    /// The questions, the likeliest first.
    suggestions: Vec<Suggestion>,
}

#[tool_router(vis = "pub(super)")]
impl Faq {
    /// Answers a question from the articles, word for word, with the lines that each answer stands in.
    #[tool(
        title = "Ask the articles",
        description = "Answer a question from the articles. Each answer in `answers` is quoted word for word, with its \
            confidence and with `citations`: title, source, url, lines and the quote. Quote the answer and name its \
            source. Where `answered` is false the articles have no answer: say so, and offer the `suggestions`, which are \
            the nearest questions that they do answer. Only `question` is needed.",
        annotations(read_only_hint = true, idempotent_hint = true, open_world_hint = false)
    )]
    async fn ask(&self, Parameters(asked): Parameters<Asked>) -> Result<Json<Reply>, String> {
        let asked = Asked { filter: self.filters(asked.filter), ..asked };
        let question = asked.check(&self.app).map_err(|failure| said(&failure))?;
        given(self.app.ask(DOOR, question).await)
    }

    /// Gives what to read before writing in own words.
    #[tool(
        title = "Read up on a question",
        description = "Get the best passages for a question or topic within a budget of tokens, to write from in your own \
            words. `text` has all of them behind markers such as [1]; `blocks` has each with its id, confidence and \
            citation. Put the marker behind each sentence that a block bears out, then check with `verify`. Where \
            `answered` is false the passages may be beside the point.",
        annotations(read_only_hint = true, idempotent_hint = true, open_world_hint = false)
    )]
    async fn context(&self, Parameters(asked): Parameters<ContextAsked>) -> Result<Json<Context>, String> {
        given(self.read_up(asked).await)
    }

    /// Checks a text against its sources.
    #[tool(
        title = "Check a text against its sources",
        description = "Check a text that you wrote from the articles, sentence by sentence, against the sources that its \
            markers name. `verdict` is verbatim, covered, partly, unsupported, uncited or neutral; `missing` has the words \
            that the source does not have. Correct or leave out what is not verbatim or covered.",
        annotations(read_only_hint = true, idempotent_hint = true, open_world_hint = false)
    )]
    async fn verify(&self, Parameters(written): Parameters<Written>) -> Result<Json<Grounding>, String> {
        given(written.check(&self.app).await)
    }

    /// Suggests stored questions.
    #[tool(
        title = "Suggest questions",
        description = "Get questions that the articles answer word for word, for the beginning of a question or some of \
            its words. Useful to show what can be asked. Ask one of them with `ask`, or read it by its id with `fetch`.",
        annotations(read_only_hint = true, idempotent_hint = true, open_world_hint = false)
    )]
    async fn suggest(&self, Parameters(arguments): Parameters<SuggestArguments>) -> Result<Json<Suggestions>, String> {
        let SuggestArguments { text, limit } = arguments;
        let options = SuggestOptions { filters: self.filters(Vec::new()), ..SuggestOptions::new(text) };
        let limit = reads::limit(limit, options.limit, MOST_SUGGESTIONS).map_err(|failure| said(&failure))?;
        let options = SuggestOptions { limit, ..options };
        let suggestions = self.app.run(move |opened| opened.engine.suggest(&options)).await;
        given(suggestions.map(|suggestions| Suggestions { suggestions }))
    }

    /// Finds units, in the shape of `OpenAI`'s connectors.
    #[tool(
        title = "Search the articles",
        description = "Search the articles. Returns `results`, best first, each with id, title and url. Read one with \
            `fetch`. An empty list means that the articles have nothing on this.",
        annotations(read_only_hint = true, idempotent_hint = true, open_world_hint = false)
    )]
    async fn search(
        &self,
        Parameters(SearchArguments { query }): Parameters<SearchArguments>,
        context: RequestContext<RoleServer>,
    ) -> Result<Json<Found>, String> {
        let addresses = Addresses::of(&context, &self.app);
        let Json(context) = given(self.read_up(ContextAsked::new(query, READ)).await)?;
        given(self.app.run(move |opened| Found::of(&opened.engine, &context, &addresses)).await)
    }

    /// Reads a unit, in the shape of `OpenAI`'s connectors.
    #[tool(
        title = "Read an entry",
        description = "Read one entry of the articles in full by the id that `search`, `ask` or `suggest` gave: title, \
            text, url, and metadata with the place that it stands in.",
        annotations(read_only_hint = true, idempotent_hint = true, open_world_hint = false)
    )]
    async fn fetch(
        &self,
        Parameters(FetchArguments { id }): Parameters<FetchArguments>,
        context: RequestContext<RoleServer>,
    ) -> Result<Json<Document>, String> {
        let addresses = Addresses::of(&context, &self.app);
        given(self.app.run(move |opened| Document::of(&opened.engine, &id, &addresses)).await)
    }
}

impl Faq {
    /// The best units for a question, counted as asked.
    pub(super) async fn read_up(&self, asked: ContextAsked) -> Result<Context, Failure> {
        let asked = ContextAsked { filter: self.filters(asked.filter), ..asked };
        let (question, budget) = asked.check(&self.app)?;
        let context = self.app.run(move |opened| opened.engine.context(&question, budget)).await?;
        self.app.considered(DOOR, &context.question, context.answered, &[]);
        Ok(context)
    }
}

/// Structured data, or what is wrong in words that help.
fn given<T>(answered: Result<T, Failure>) -> Result<Json<T>, String> {
    answered.map(Json).map_err(|failure| said(&failure))
}
