//! `:query-text`: answers from the texts that come with the question.

use super::{AnswerSpan, offsets::StringIndexType};
use crate::{
    Engine, Question, Reply,
    error::{Error, Result as EngineResult},
    model::{Answer, Article, Citation, Unit},
    read::{encoding::decode, text::article},
    server::{app::App, failure::Failure, phrases::Phrases},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The service takes no more texts.
const MOST_RECORDS: usize = 5;

/// Nor more characters in all of them.
const MOST_CHARACTERS: usize = 125_000;

/// How many answers are given at most.
const TOP: usize = 3;

/// A question with the texts that may answer it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    question: String,
    records: Vec<Record>,
    language: Option<String>,
    #[serde(default = "text_elements")]
    string_index_type: StringIndexType,
}

/// As the service does where nothing is said.
fn text_elements() -> StringIndexType {
    StringIndexType::TextElements
}

#[derive(Debug, Deserialize)]
struct Record {
    id: String,
    text: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct TextAnswer {
    answer: String,
    confidence_score: f64,
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer_span: Option<AnswerSpan>,
    offset: usize,
    length: usize,
}

/// Answers a request.
///
/// # Errors
/// 400 for too many texts, or too much text.
pub async fn answer(app: &App, request: Request) -> Result<Value, Failure> {
    let characters: usize = request.records.iter().map(|record| record.text.chars().count()).sum();
    if !(1..=MOST_RECORDS).contains(&request.records.len()) || characters > MOST_CHARACTERS {
        let detail = format!("`records` has to have 1 to {MOST_RECORDS} texts of {MOST_CHARACTERS} characters in all");
        return Err(Failure::field("records", detail));
    }
    let (answers, reply) = app.run(move |_| answers(&request)).await?;
    // It was asked of texts of its own, so no article lacks its answer: it is counted, and never a miss.
    app.counted("azure_text", &reply.question, reply.answered);
    Ok(json!({ "answers": answers }))
}

/// The answers, and the reply that they were made of.
fn answers(request: &Request) -> EngineResult<(Vec<TextAnswer>, Reply)> {
    let engine = Engine::of_articles(&articles(&request.records)?)?;
    let question = Question { top: TOP, language: request.language.clone(), ..Question::new(&request.question) };
    let reply = engine.ask(&question)?;
    let mut answers = Vec::new();
    for answer in &reply.answers {
        let best = engine.best_sentence(&request.question, &answer.id)?;
        answers.extend(request.place(answer, &engine.unit(&answer.id)?, &best));
    }
    if answers.is_empty() {
        answers.push(no_answer(&reply, request.language.as_deref()));
    }
    Ok((answers, reply))
}

/// The texts as articles, each named by its place: ids may be the same.
fn articles(records: &[Record]) -> EngineResult<Vec<Article>> {
    let written = records.iter().enumerate().filter(|(_, record)| !record.text.trim().is_empty());
    let read = |(place, record): (usize, &Record)| {
        let decoded = decode(record.text.as_bytes()).map_err(Error::Question)?;
        Ok(article(&place.to_string(), decoded))
    };
    written.map(read).collect()
}

impl Request {
    /// An answer with its place in its record: the whole unit, and in it its `best` sentence.
    fn place(&self, answer: &Answer, unit: &Unit, best: &Citation) -> Option<TextAnswer> {
        let record = self.records.get(unit.source.parse::<usize>().ok()?)?;
        let whole = unit.text.span(unit.text.all()).hull()?;
        let text = record.text.get(whole.clone())?;
        let counted = self.string_index_type;
        let span = best.bytes.and_then(|[start, end]| {
            let part = record.text.get(start..end)?;
            let start = start.checked_sub(whole.start)?;
            Some(AnswerSpan {
                text: part.to_owned(),
                confidence_score: answer.confidence,
                offset: counted.place(text, start),
                length: counted.length(part),
            })
        });
        Some(TextAnswer {
            answer: text.to_owned(),
            confidence_score: answer.confidence,
            id: record.id.clone(),
            answer_span: span,
            offset: counted.place(&record.text, whole.start),
            length: counted.length(text),
        })
    }
}

/// One answer without confidence, as for a question of the corpus.
fn no_answer(reply: &Reply, language: Option<&str>) -> TextAnswer {
    TextAnswer {
        answer: Phrases::of(&reply.question, language).no_answer.to_owned(),
        confidence_score: 0.0,
        id: "-1".to_owned(),
        answer_span: None,
        offset: 0,
        length: 0,
    }
}
