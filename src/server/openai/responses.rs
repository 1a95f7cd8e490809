//! `POST /v1/responses`, in one piece and streamed. Nothing is stored: a client sends the conversation each time.

use super::{
    conversation::{Conversation, Message},
    events::events,
    options::Options,
    seconds,
    spoken::Spoken,
};
use crate::server::{
    app::App,
    extract::Body,
    failure::{Answered, Failure},
    ids,
};
use axum::{
    Json,
    extract::{Path, State},
    http::HeaderMap,
    response::{
        IntoResponse as _, Response,
        sse::{Event, Sse},
    },
};
use futures_util::stream;
use serde::Deserialize;
use serde_json::{Value, json};
use std::{convert::Infallible, sync::Arc, time::SystemTime};

/// What is read of a request; the rest of the convention is for models that make up their words.
#[derive(Debug, Deserialize)]
pub struct Request {
    model: Option<String>,
    input: Input,
    stream: Option<bool>,
    previous_response_id: Option<String>,
    #[serde(default)]
    instructions: Value,
    #[serde(default)]
    metadata: Value,
    faqt: Option<Options>,
}

/// What is asked.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "`input` is neither a text nor a list of messages")]
enum Input {
    Question(String),
    /// Messages, and between them items of other types, which say nothing.
    Messages(Vec<Message>),
}

/// Answers the last message of the user.
pub async fn post(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Body(request): Body<Request>,
) -> Result<Response, Failure> {
    if request.previous_response_id.is_some() {
        let detail = "no response is kept here: send what was said before in `input`, its `output` included";
        let failure = Failure::field("previous_response_id", detail);
        return Err(Failure { code: "previous_response_not_found", ..failure });
    }
    let messages = match request.input {
        Input::Question(text) => vec![Message::of_user(text)],
        Input::Messages(messages) => messages,
    };
    let conversation = Conversation::of(&messages, "input")?;
    let options = request.faqt.unwrap_or_default();
    let spoken = Spoken::of(&app, &headers, conversation, request.model, &options).await?;
    let made = Made::of(spoken, request.instructions, request.metadata);
    if request.stream != Some(true) {
        return Ok(Json(made.complete()).into_response());
    }
    let events = events(&made).into_iter().map(|event| {
        let kind = event["type"].as_str().unwrap_or_default();
        Ok::<_, Infallible>(Event::default().event(kind).data(event.to_string()))
    });
    Ok(Sse::new(stream::iter(events.collect::<Vec<_>>())).into_response())
}

/// A response that was given: none is kept.
pub async fn get(Path(_): Path<String>) -> Answered<Value> {
    let failure = Failure::not_found("no response is kept here: ask again");
    Err(Failure { field: Some("response_id".to_owned()), ..failure })
}

/// A response with its names.
pub struct Made {
    id: String,
    /// The id of its message.
    pub message_id: String,
    created: u64,
    /// What is said.
    pub spoken: Spoken,
    instructions: Value,
    metadata: Value,
}

impl Made {
    fn of(spoken: Spoken, instructions: Value, metadata: Value) -> Self {
        Self {
            id: format!("resp_{}", ids::random()),
            message_id: format!("msg_{}", ids::random()),
            created: seconds(SystemTime::now()),
            spoken,
            instructions,
            metadata: if metadata.is_object() { metadata } else { json!({}) },
        }
    }

    /// The whole response.
    pub fn complete(&self) -> Value {
        let mut response = self.response("completed", &json!([self.message("completed", &json!([self.part()]))]));
        let (asked, said) = (self.spoken.asked_words, self.spoken.said_words);
        response["usage"] = json!({
            "input_tokens": asked,
            "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
            "output_tokens": said,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": asked + said,
        });
        response["faqt"] = serde_json::to_value(&self.spoken.reply).unwrap_or_default();
        response
    }

    /// The response before anything is said.
    pub fn begun(&self) -> Value {
        self.response("in_progress", &json!([]))
    }

    fn response(&self, status: &str, output: &Value) -> Value {
        json!({
            "id": self.id,
            "object": "response",
            "created_at": self.created,
            "status": status,
            "error": null,
            "incomplete_details": null,
            "instructions": self.instructions,
            "metadata": self.metadata,
            "model": self.spoken.model,
            "output": output,
            "parallel_tool_calls": false,
            "previous_response_id": null,
            "store": false,
            "tool_choice": "auto",
            "tools": [],
        })
    }

    /// Its one message.
    pub fn message(&self, status: &str, content: &Value) -> Value {
        json!({
            "id": self.message_id,
            "type": "message",
            "status": status,
            "role": "assistant",
            "content": content,
        })
    }

    /// The text of the message with its citations.
    pub fn part(&self) -> Value {
        let (text, annotations) = (&self.spoken.rendered.text, self.spoken.flat_annotations());
        json!({"type": "output_text", "text": text, "annotations": annotations, "logprobs": []})
    }
}
