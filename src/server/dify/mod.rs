//! External knowledge for Dify: `POST /retrieval`.

mod conditions;

use super::{
    api::fields::within,
    app::App,
    extract::Body,
    failure::{Answered, Failure},
    links::Links,
};
use crate::{Question, ask::compose::MOST_ANSWERS, model::Answer};
use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use conditions::Conditions;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::{path::Path, sync::Arc};

/// The name of the knowledge, beside that of the folder of the index.
const KNOWLEDGE: &str = "faqt";

/// The routes of the convention.
pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/retrieval", post(retrieve))
}

#[derive(Debug, Deserialize)]
struct Request {
    knowledge_id: String,
    query: String,
    #[serde(default)]
    retrieval_setting: Setting,
    metadata_condition: Option<Conditions>,
}

#[derive(Debug, Default, Deserialize)]
struct Setting {
    top_k: Option<usize>,
    score_threshold: Option<f64>,
}

#[derive(Debug, Serialize)]
struct Records {
    records: Vec<Record>,
}

#[derive(Debug, Serialize)]
struct Record {
    content: String,
    score: f64,
    title: String,
    metadata: Map<String, Value>,
}

/// The units nearest to a query, those too that would not be given as an answer: the threshold of the request decides,
/// on the confidence.
async fn retrieve(State(app): State<Arc<App>>, headers: HeaderMap, Body(request): Body<Request>) -> Answered<Records> {
    check_knowledge(&request.knowledge_id, &app.build.index)?;
    let Setting { top_k, score_threshold } = request.retrieval_setting;
    within("retrieval_setting.score_threshold", score_threshold, 0.0..=1.0)?;
    let question = app.question(request.query);
    let top = top_k.unwrap_or(question.top);
    if top == 0 {
        return Err(Failure::field("retrieval_setting.top_k", "`top_k` has to be 1 or more"));
    }
    let conditions = request.metadata_condition.map(Conditions::read).transpose()?;
    let question = Question {
        top: top.min(MOST_ANSWERS),
        min_confidence: Some(score_threshold.unwrap_or(0.0)),
        conditions: conditions.into_iter().collect(),
        ..question
    };
    let reply = app.ask("dify", question).await?;
    let links = Links::of(&headers, &app);
    Ok(Json(Records { records: reply.answers.iter().map(|answer| record(answer, &links)).collect() }))
}

/// There is one knowledge; whoever means another has mistyped its name.
fn check_knowledge(id: &str, index: &Path) -> Result<(), Failure> {
    let folder = index.file_name().and_then(|name| name.to_str());
    if id == KNOWLEDGE || Some(id) == folder {
        return Ok(());
    }
    let names: Vec<&str> = [Some(KNOWLEDGE), folder].into_iter().flatten().collect();
    let detail = format!("there is no knowledge of this name: it is {}", names.join(" or "));
    Err(Failure::new(StatusCode::NOT_FOUND, "knowledge_unknown", detail))
}

fn record(answer: &Answer, links: &Links) -> Record {
    let mut metadata: Map<String, Value> = Map::new();
    for (key, values) in &answer.metadata {
        metadata.insert(key.clone(), json!(values));
    }
    let cited = answer.citations.first();
    let proof = [
        ("id", json!(answer.id)),
        ("kind", json!(answer.kind)),
        ("document", json!(answer.document)),
        ("question", json!(answer.question)),
        ("source", json!(cited.map(|citation| &citation.source))),
        ("url", json!(cited.map(|citation| links.citation(citation)))),
        ("published", json!(cited.and_then(|citation| citation.published.as_ref()))),
        ("citations", json!(answer.citations)),
    ];
    for (key, value) in proof.into_iter().filter(|(_, value)| !value.is_null()) {
        // What an author named so stays the author's.
        metadata.entry(key).or_insert(value);
    }
    let title = cited.map_or_else(String::new, |citation| citation.title.clone());
    Record { content: answer.text.clone(), score: answer.confidence, title, metadata }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_knowledge_goes_by_two_names() {
        let index = Path::new("somewhere/handbook");
        assert!(check_knowledge("faqt", index).is_ok() && check_knowledge("handbook", index).is_ok());
        let failure = check_knowledge("other", index).unwrap_err();
        assert!(failure.detail.ends_with("it is faqt or handbook"), "{}", failure.detail);
    }
}
