//! `POST /v1/chat/completions`, in one piece and streamed.

use super::{
    conversation::{Conversation, Message},
    options::Options,
    seconds,
    spoken::Spoken,
};
use crate::server::{app::App, extract::Body, failure::Failure, ids};
use axum::{
    Json,
    extract::State,
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
    messages: Vec<Message>,
    stream: Option<bool>,
    stream_options: Option<StreamOptions>,
    faqt: Option<Options>,
}

#[derive(Debug, Deserialize)]
struct StreamOptions {
    include_usage: Option<bool>,
}

/// Answers the last message of the user.
pub async fn post(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Body(request): Body<Request>,
) -> Result<Response, Failure> {
    let conversation = Conversation::of(&request.messages, "messages")?;
    let options = request.faqt.unwrap_or_default();
    let spoken = Spoken::of(&app, &headers, conversation, request.model, &options).await?;
    let head = Head { id: format!("chatcmpl-{}", ids::random()), created: seconds(SystemTime::now()) };
    if request.stream != Some(true) {
        return Ok(Json(completion(&head, &spoken)).into_response());
    }
    let with_usage = request.stream_options.is_some_and(|options| options.include_usage == Some(true));
    let chunks = chunks(&head, &spoken, with_usage).into_iter().map(|chunk| chunk.to_string());
    let events = chunks.chain(["[DONE]".to_owned()]).map(|data| Ok::<_, Infallible>(Event::default().data(data)));
    Ok(Sse::new(stream::iter(events.collect::<Vec<_>>())).into_response())
}

/// What is the same in a completion and in all its chunks.
struct Head {
    id: String,
    created: u64,
}

fn completion(head: &Head, spoken: &Spoken) -> Value {
    json!({
        "id": head.id,
        "object": "chat.completion",
        "created": head.created,
        "model": spoken.model,
        "choices": [{
            "index": 0,
            "message": {
                "role": "assistant",
                "content": spoken.rendered.text,
                "refusal": null,
                "annotations": spoken.nested_annotations(),
            },
            "logprobs": null,
            "finish_reason": "stop",
        }],
        "usage": usage(spoken),
        "faqt": spoken.reply,
    })
}

fn usage(spoken: &Spoken) -> Value {
    let (asked, said) = (spoken.asked_words, spoken.said_words);
    json!({"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said})
}

/// The chunks of a stream: the role, the text by sentences, all citations in one (clients lose those of a second), the
/// end, and the usage where it is asked for.
fn chunks(head: &Head, spoken: &Spoken, with_usage: bool) -> Vec<Value> {
    let chunk = |choices: Value| {
        json!({
            "id": head.id,
            "object": "chat.completion.chunk",
            "created": head.created,
            "model": spoken.model,
            "choices": choices,
        })
    };
    let delta = |delta: Value, finish_reason: Option<&str>| {
        chunk(json!([{"index": 0, "delta": delta, "logprobs": null, "finish_reason": finish_reason}]))
    };
    let mut chunks = vec![delta(json!({"role": "assistant", "content": ""}), None)];
    chunks.extend(spoken.deltas().map(|text| delta(json!({"content": text}), None)));
    let annotations = spoken.nested_annotations();
    if !annotations.is_empty() {
        chunks.push(delta(json!({"annotations": annotations}), None));
    }
    let mut end = delta(json!({}), Some("stop"));
    end["faqt"] = serde_json::to_value(&spoken.reply).unwrap_or_default();
    chunks.push(end);
    if with_usage {
        let mut last = chunk(json!([]));
        last["usage"] = usage(spoken);
        chunks.push(last);
    }
    chunks
}
