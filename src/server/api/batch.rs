//! `/v1/batch`: many questions, their replies in the same order. What is not answered in time says so in its place, and
//! costs the others nothing.

use super::ask::Asked;
use crate::{
    Reply,
    server::{
        app::App,
        extract::{body_bytes, json},
        failure::Failure,
        openapi::Problem,
        workers::BatchTurn,
    },
};
use axum::{
    Json,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use futures_util::{StreamExt as _, stream};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::{convert::Infallible, sync::Arc, time::Duration};
use tokio::time::{Instant, timeout_at};
use utoipa::ToSchema;

/// One object or question a line.
const NDJSON: &str = "application/x-ndjson";

/// How many questions of a batch are asked at the same time: others want to be answered too.
const AT_A_TIME: usize = 4;

/// So much of the time for a request is left for sending the replies, and never more than a tenth of it: with the request
/// they would be lost.
const SENDING: Duration = Duration::from_secs(1);

/// Questions, each by itself or with how it is to be answered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// The questions.
    #[schema(min_items = 1)]
    questions: Vec<OneOfBatch>,
}

/// A question of a batch: the question in plain words, or an object as for `/v1/ask`. What is wrong with one is said in the
/// place of its reply.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum OneOfBatch {
    /// The question in plain words. One that cannot be asked is no reason to refuse the others.
    #[schema(example = "Is RAID a backup?")]
    Words(String),
    /// As for `/v1/ask`.
    #[schema(value_type = Object, example = json!({"question": "Is RAID a backup?", "top": 1}))]
    Asked(Map<String, Value>),
}

/// The replies to a batch, in the order of its questions.
#[derive(Debug, Serialize, ToSchema)]
pub struct Replies {
    /// A reply, or why there is none, for each question; `request_timeout` where the time for the batch was over.
    replies: Vec<OneReply>,
}

/// What a question of a batch got.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum OneReply {
    /// The reply.
    Reply(Box<Reply>),
    /// Why it was not answered.
    Refused(Refused),
}

/// A question that could not be asked, or not in time.
#[derive(Debug, Serialize, ToSchema)]
pub struct Refused {
    /// The question.
    question: String,
    /// Always false.
    answered: bool,
    /// Why.
    error: Reason,
}

/// Why a question was not answered.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reason {
    /// The stable name of the failure.
    code: String,
    /// What is wrong and what helps.
    message: String,
}

/// Answers many questions. With `Content-Type: application/x-ndjson` the body is a question, or an object as for
/// `/v1/ask`, a line; with `Accept: application/x-ndjson` each reply comes in a line of its own as soon as it is there. The status is 200
/// also where some could not be asked, or not within the time for a request: each says so in its place.
#[utoipa::path(post, path = "/v1/batch", operation_id = "batch", tag = "ask", request_body = Batch, responses(
    (status = 200, description = "The replies", content((Replies = "application/json"), (OneReply = "application/x-ndjson"))),
    Problem,
))]
pub async fn post(State(app): State<Arc<App>>, request: Request) -> Result<Response, Failure> {
    let deadline = Deadline::of(app.settings.timeout());
    let names = |headers: &HeaderMap, name| {
        headers.get(name).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains(NDJSON))
    };
    let (in_lines, out_lines) =
        (names(request.headers(), header::CONTENT_TYPE), names(request.headers(), header::ACCEPT));
    let body = body_bytes(request, &app).await?;
    let questions = if in_lines { lines(&String::from_utf8_lossy(&body)) } else { json::<Batch>(&body)?.questions };
    let most = app.settings.max_batch;
    if questions.is_empty() {
        return Err(Failure::field("questions", "there is no question in the batch"));
    }
    if questions.len() > most {
        return Err(Failure::field(
            "questions",
            format!("the batch has {} questions, at most {most} are taken", questions.len()),
        ));
    }
    let turn = Arc::new(app.batch().await?);
    let replies = stream::iter(questions).map(move |one| answer(Arc::clone(&app), Arc::clone(&turn), deadline, one));
    let replies = replies.buffered(AT_A_TIME);
    if out_lines {
        let lines = replies.map(|reply| {
            let line = serde_json::to_string(&reply).unwrap_or_default() + "\n";
            Ok::<_, Infallible>(line)
        });
        return Ok(([(header::CONTENT_TYPE, NDJSON)], Body::from_stream(lines)).into_response());
    }
    Ok(Json(Replies { replies: replies.collect().await }).into_response())
}

/// A question a line; what is no object of a question is a question as it stands.
fn lines(text: &str) -> Vec<OneOfBatch> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| serde_json::from_str(line).unwrap_or_else(|_| OneOfBatch::Words(line.to_owned()))).collect()
}

/// When the last reply has to be there.
#[derive(Debug, Clone, Copy)]
struct Deadline {
    at: Instant,
    limit: Duration,
}

impl Deadline {
    /// That of a request which begins now and may take so long.
    fn of(limit: Duration) -> Self {
        Self { at: Instant::now() + limit - SENDING.min(limit / 10), limit }
    }

    /// What is done in time. Nothing is begun behind the deadline.
    async fn keep<T>(self, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
        let late = || {
            let detail = format!(
                "the batch took longer than the {} s that a request may take (`timeout_s`): ask this again, in a smaller batch",
                self.limit.as_secs()
            );
            Failure::new(StatusCode::REQUEST_TIMEOUT, "request_timeout", detail)
        };
        if self.at <= Instant::now() {
            return Err(late());
        }
        timeout_at(self.at, work).await.unwrap_or_else(|_| Err(late()))
    }
}

async fn answer(app: Arc<App>, turn: Arc<BatchTurn>, deadline: Deadline, one: OneOfBatch) -> OneReply {
    let (question, asked) = match one {
        OneOfBatch::Words(question) => (question.clone(), Ok(Asked::new(question))),
        OneOfBatch::Asked(fields) => {
            let question = fields.get("question").and_then(Value::as_str).unwrap_or_default();
            (question.to_owned(), Asked::from_fields(fields))
        }
    };
    let checked = asked.and_then(|asked| asked.check(&app));
    let reply = match checked {
        Ok(question) => deadline.keep(app.ask_of_batch(&turn, question)).await,
        Err(failure) => Err(failure),
    };
    match reply {
        Ok(reply) => OneReply::Reply(Box::new(reply)),
        Err(failure) => {
            let error = Reason { code: failure.code.to_owned(), message: failure.detail };
            OneReply::Refused(Refused { question, answered: false, error })
        }
    }
}
