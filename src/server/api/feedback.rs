//! `/v1/feedback`: what a reply was worth.

use super::fields::{self, QuestionText};
use crate::{
    feedback::{FeedbackLog, Record, Said, Verdict},
    server::{app::App, auth, extract::Body, failure::Failure, openapi::Problem},
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// The longest id of a unit, and the longest comment, that are taken.
const LONGEST_ID: usize = 100;
const LONGEST_COMMENT: usize = 1024;

/// What somebody says of a reply.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// The question as it was asked.
    #[schema(value_type = QuestionText)]
    question: String,
    /// `right`, `wrong`, or `no_answer`: that nothing should answer it, which only an administrator may say.
    verdict: Verdict,
    /// The id of the unit that was shown.
    #[schema(max_length = 100)]
    unit: Option<String>,
    /// The id of the unit that would have been right.
    #[schema(max_length = 100)]
    right_unit: Option<String>,
    /// Anything else.
    #[schema(max_length = 1024)]
    comment: Option<String>,
}

/// Where the feedback is kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct Kept {
    /// Names the record.
    id: String,
}

/// Keeps what somebody says of a reply, in a log beside the index.
#[utoipa::path(post, path = "/v1/feedback", operation_id = "give_feedback", tag = "feedback", request_body = Told, responses(
    (status = 201, description = "It is kept", body = Kept),
    Problem,
))]
pub async fn post(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Body(told): Body<Told>,
) -> Result<(StatusCode, Json<Kept>), Failure> {
    let Told { question, verdict, unit, right_unit, comment } = told;
    fields::question("question", &question)?;
    fields::at_most("unit", unit.as_deref(), LONGEST_ID)?;
    fields::at_most("right_unit", right_unit.as_deref(), LONGEST_ID)?;
    fields::at_most("comment", comment.as_deref(), LONGEST_COMMENT)?;
    if verdict == Verdict::NoAnswer && !auth::is_admin(&app, &headers) {
        return Err(Failure::forbidden("only an administrator may say that nothing should answer a question"));
    }
    let log = FeedbackLog::of(&app.build.index);
    let kept = move |opened: &crate::server::Opened| {
        // A unit that was shown may be gone since; one that is right has to be there.
        if let Some(id) = &right_unit {
            opened.engine.unit(id)?;
        }
        let unit = unit.filter(|id| !id.is_empty());
        let record = Record::new(&question, Said::Feedback { verdict, unit, right_unit, comment })?;
        log.append(&record)?;
        Ok::<_, crate::Error>(Kept { id: record.id })
    };
    Ok((StatusCode::CREATED, Json(app.run(kept).await?)))
}
