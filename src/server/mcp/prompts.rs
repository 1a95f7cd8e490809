//! Prompts: what a person picks in an assistant to have it write from the articles.

use super::{
    Addresses, Faq,
    arguments::{QuestionArgument, TopicArgument},
    resources::wrong,
};
use crate::{Context, server::api::ContextAsked};
use rmcp::{
    ErrorData, RoleServer,
    handler::server::wrapper::Parameters,
    model::{PromptMessage, Role},
    prompt, prompt_router,
    service::RequestContext,
};

/// How much is read for an answer, and how much for a text, in tokens.
const FOR_AN_ANSWER: usize = 2000;
const FOR_A_TEXT: usize = 6000;

#[prompt_router(vis = "pub(super)")]
impl Faq {
    /// Asks for an answer from the articles, with their passages.
    #[prompt(
        title = "Answer with citations",
        description = "Answer a question from the articles alone, each sentence with its source"
    )]
    async fn answer_with_citations(
        &self,
        Parameters(QuestionArgument { question }): Parameters<QuestionArgument>,
        context: RequestContext<RoleServer>,
    ) -> Result<Vec<PromptMessage>, ErrorData> {
        let task = format!(
            "Answer this question from the sources below, and from nothing else:\n\n{question}\n\n\
             Keep to their words where you can. Put the marker of the source, such as [1], behind each sentence, and list \
             the sources that you used in the end, each with its place and address. If the sources do not answer the \
             question, say so."
        );
        self.messages(task, question, FOR_AN_ANSWER, &context).await
    }

    /// Asks for a text on a topic from the articles, with their passages.
    #[prompt(
        title = "Write from the sources",
        description = "Write about a topic from the articles alone, checked sentence by sentence"
    )]
    async fn write_from_sources(
        &self,
        Parameters(TopicArgument { topic }): Parameters<TopicArgument>,
        context: RequestContext<RoleServer>,
    ) -> Result<Vec<PromptMessage>, ErrorData> {
        let task = format!(
            "Write about this topic from the sources below, and from nothing else:\n\n{topic}\n\n\
             Put the marker of the source, such as [1], behind each sentence. Call the tool `context` if you need more \
             sources. Then call `verify` with the text, and with the marker and id of each source; correct or leave out \
             what it does not find supported. List the sources that you used in the end, each with its place and address."
        );
        self.messages(task, topic, FOR_A_TEXT, &context).await
    }
}

impl Faq {
    /// A task, with what the articles have for it.
    async fn messages(
        &self,
        task: String,
        question: String,
        budget: usize,
        context: &RequestContext<RoleServer>,
    ) -> Result<Vec<PromptMessage>, ErrorData> {
        let addresses = Addresses::of(context, &self.app);
        let read = self.read_up(ContextAsked::new(question, budget)).await.map_err(|failure| wrong(&failure))?;
        Ok(vec![PromptMessage::new_text(Role::User, format!("{task}\n\n{}", sources(&read, &addresses)))])
    }
}

/// The passages, and then where each of them stands.
fn sources(context: &Context, addresses: &Addresses) -> String {
    if context.blocks.is_empty() {
        return "Sources: none. The articles have nothing on this.".to_owned();
    }
    let place = |block: &crate::ask::context::Block| {
        let address = addresses.unit(&block.id, &block.citation);
        format!("[{}] id {}, {}, {address}", block.marker, block.id, block.citation.place())
    };
    let places: Vec<String> = context.blocks.iter().map(place).collect();
    format!("Sources:\n\n{}\n\nWhere they stand:\n\n{}", context.text, places.join("\n"))
}
