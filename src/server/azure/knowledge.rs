//! `:query-knowledgebases`: answers from the corpus.

use super::{AnswerSpan, filters::Filters, offsets::StringIndexType};
use crate::{
    Engine, Question, Reply, Turn,
    ask::{
        compose::{MOST_ANSWERS, citation},
        condition::Condition,
    },
    browse::UnitView,
    error::{Error, Result as EngineResult},
    model::{Answer, Citation, reply::OneOrMany},
    server::{api::fields::within, app::App, failure::Failure, links::Links, phrases::Phrases},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// How many answers the convention gives if nothing says otherwise; and how many of them have their span marked.
const TOP: usize = 1;

/// What is read of a request. The project and the deployment of the query, and the user, play no part.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    question: Option<String>,
    qna_id: Option<i64>,
    top: Option<usize>,
    confidence_score_threshold: Option<f64>,
    context: Option<Context>,
    ranker_type: Option<Ranker>,
    filters: Option<Filters>,
    #[serde(rename = "answerSpanRequest")]
    spans: Option<SpanRequest>,
    include_unstructured_sources: Option<bool>,
    string_index_type: Option<StringIndexType>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Context {
    previous_qna_id: Option<i64>,
    previous_user_query: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
enum Ranker {
    Default,
    QuestionOnly,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct SpanRequest {
    enable: bool,
    confidence_score_threshold: Option<f64>,
    #[serde(rename = "topAnswersWithSpan")]
    top: Option<usize>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct KnowledgeAnswer {
    questions: Vec<String>,
    answer: String,
    confidence_score: f64,
    id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    metadata: BTreeMap<String, String>,
    dialog: Dialog,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer_span: Option<AnswerSpan>,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Dialog {
    is_context_only: bool,
    prompts: Vec<Prompt>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Prompt {
    display_order: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    qna_id: Option<i64>,
    display_text: String,
}

/// Answers a request: by the number of a unit, or by a question.
///
/// # Errors
/// 400 for options that make no sense; as [`App::ask`].
pub async fn answer(app: &App, links: Links, request: Request) -> Result<Value, Failure> {
    let answers = match (request.qna_id, request.question.as_deref()) {
        (Some(id), _) => app.run(move |opened| by_number(&opened.engine, id, &links)).await?,
        (None, None) => return Err(Failure::field("question", "there is neither a `question` nor a `qnaId`")),
        (None, Some(text)) => {
            let question = app.question(text);
            let question = request.ask(app, question).await?;
            let spans = Spans::of(&request, &question)?;
            let reply = app.ask("azure", question).await?;
            app.run(move |opened| dressed(&opened.engine, &reply, &spans, &links)).await?
        }
    };
    Ok(json!({ "answers": answers }))
}

impl Request {
    /// The question as it is asked of the engine.
    async fn ask(&self, app: &App, question: Question) -> Result<Question, Failure> {
        let top = self.top.unwrap_or(TOP);
        if top == 0 {
            return Err(Failure::field("top", "`top` has to be 1 or more"));
        }
        let least = self.confidence_score_threshold;
        within("confidenceScoreThreshold", least, 0.0..=1.0)?;
        let mut conditions: Vec<Condition> = self.filters.as_ref().and_then(Filters::read).into_iter().collect();
        let only_pairs =
            self.include_unstructured_sources == Some(false) || self.ranker_type == Some(Ranker::QuestionOnly);
        if only_pairs {
            conditions.push(Condition::Is("kind".to_owned(), "qa".to_owned()));
        }
        let history = match &self.context {
            Some(context) => context.turn(app).await?.into_iter().collect(),
            None => Vec::new(),
        };
        let min_confidence = least.or(question.min_confidence);
        Ok(Question { top: top.min(MOST_ANSWERS), min_confidence, conditions, history, ..question })
    }
}

impl Context {
    /// The turn before: what was asked, and the unit that answered.
    async fn turn(&self, app: &App) -> Result<Option<Turn>, Failure> {
        let number = self.previous_qna_id.and_then(|id| u32::try_from(id).ok());
        let asked = self.previous_user_query.clone().filter(|asked| !asked.trim().is_empty());
        let Some(number) = number else { return Ok(asked.map(Turn::new)) };
        let unit = app.run(move |opened| known(opened.engine.unit_numbered(number))).await?;
        let Some(unit) = unit else { return Ok(asked.map(Turn::new)) };
        let asked = asked.or_else(|| unit.question().map(str::to_owned));
        Ok(asked.map(|asked| Turn { unit: Some(unit.id), ..Turn::new(asked) }))
    }
}

/// A unit, or nothing where there is none of the number.
fn known<T>(found: EngineResult<T>) -> EngineResult<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Error::UnitUnknown(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Which answers have their best sentence marked, and how places are counted.
struct Spans {
    first: usize,
    least: f64,
    counted: StringIndexType,
    question: String,
}

impl Spans {
    fn of(request: &Request, question: &Question) -> Result<Self, Failure> {
        let wanted = request.spans.as_ref().filter(|wanted| wanted.enable);
        let least = wanted.and_then(|wanted| wanted.confidence_score_threshold);
        within("answerSpanRequest.confidenceScoreThreshold", least, 0.0..=1.0)?;
        Ok(Self {
            first: wanted.map_or(0, |wanted| wanted.top.unwrap_or(TOP)),
            least: least.unwrap_or(0.0),
            counted: request.string_index_type.unwrap_or(StringIndexType::UnicodeCodePoint),
            question: question.text.clone(),
        })
    }

    /// The best sentence of an answer.
    fn mark(&self, answer: &Answer, engine: &Engine) -> EngineResult<AnswerSpan> {
        let best = engine.best_sentence(&self.question, &answer.id)?.quote;
        // An answer out of a passage leaves out what is around it.
        let (start, text) = answer.text.find(&best).map_or_else(|| (0, answer.text.clone()), |start| (start, best));
        Ok(AnswerSpan {
            confidence_score: answer.confidence,
            offset: self.counted.place(&answer.text, start),
            length: self.counted.length(&text),
            text,
        })
    }
}

fn by_number(engine: &Engine, id: i64, links: &Links) -> EngineResult<Vec<KnowledgeAnswer>> {
    let unit = match u32::try_from(id) {
        Ok(number) => known(engine.unit_numbered(number))?,
        Err(_) => None,
    };
    let Some(unit) = unit else { return Ok(vec![no_answer(Phrases::of("", None), &[])]) };
    let citation = citation(&unit, unit.text.all());
    let answer = KnowledgeAnswer {
        answer: unit.text.plain().to_owned(),
        confidence_score: 1.0,
        ..frame(engine, &engine.view(&unit)?, &[citation], links)?
    };
    Ok(vec![answer])
}

fn dressed(engine: &Engine, reply: &Reply, spans: &Spans, links: &Links) -> EngineResult<Vec<KnowledgeAnswer>> {
    if reply.answers.is_empty() {
        return Ok(vec![no_answer(Phrases::of(&reply.question, None), &reply.suggestions)]);
    }
    let mut answers = Vec::new();
    for (place, answer) in reply.answers.iter().enumerate() {
        let marked = place < spans.first && answer.confidence >= spans.least;
        // A generation that was published since may not have the unit any more.
        let Some(unit) = known(engine.unit(&answer.id))? else { continue };
        answers.push(KnowledgeAnswer {
            answer: answer.text.clone(),
            confidence_score: answer.confidence,
            answer_span: if marked { Some(spans.mark(answer, engine)?) } else { None },
            ..frame(engine, &engine.view(&unit)?, &answer.citations, links)?
        });
    }
    Ok(answers)
}

/// An answer without its words.
fn frame(engine: &Engine, unit: &UnitView, citations: &[Citation], links: &Links) -> EngineResult<KnowledgeAnswer> {
    let mut prompts = Vec::new();
    for (display_order, prompt) in unit.prompts.iter().enumerate() {
        let number = prompt.id.as_deref().map(|id| engine.number_of(id)).transpose()?;
        let display_text = prompt.text.clone();
        prompts.push(Prompt { display_order, qna_id: number.map(i64::from), display_text });
    }
    Ok(KnowledgeAnswer {
        questions: unit.questions.clone(),
        answer: String::new(),
        confidence_score: 0.0,
        id: i64::from(unit.number),
        source: Some(unit.source.clone()),
        metadata: metadata(unit, citations, links),
        dialog: Dialog { is_context_only: false, prompts },
        answer_span: None,
    })
}

/// What the author said of the unit, and its citations: the convention has no other place for them.
fn metadata(unit: &UnitView, citations: &[Citation], links: &Links) -> BTreeMap<String, String> {
    let joined = |values: &OneOrMany| match values {
        OneOrMany::One(value) => value.clone(),
        OneOrMany::Many(values) => values.join(", "),
    };
    let mut metadata: BTreeMap<String, String> =
        unit.metadata.iter().map(|(key, values)| (key.clone(), joined(values))).collect();
    let range = |[first, last]: [usize; 2]| format!("{first}-{last}");
    let cited = citations.first();
    let proof = [
        ("faqt_id", Some(unit.id.clone())),
        ("faqt_kind", Some(unit.kind.name().to_owned())),
        ("faqt_title", Some(unit.title.clone())),
        ("faqt_url", cited.map(|citation| links.citation(citation))),
        ("faqt_quote", cited.map(|citation| citation.quote.clone())),
        ("faqt_lines", cited.and_then(|citation| citation.lines).map(range)),
        ("faqt_bytes", cited.and_then(|citation| citation.bytes).map(range)),
        ("faqt_citations", serde_json::to_string(citations).ok()),
    ];
    metadata.extend(proof.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))));
    metadata
}

/// One answer with the id -1 and no confidence: so the service says that it has none. The nearest questions are offered
/// as prompts.
fn no_answer(phrases: Phrases, suggestions: &[String]) -> KnowledgeAnswer {
    let prompt =
        |(display_order, text): (usize, &String)| Prompt { display_order, qna_id: None, display_text: text.clone() };
    let prompts = suggestions.iter().enumerate().map(prompt).collect();
    KnowledgeAnswer {
        questions: Vec::new(),
        answer: phrases.no_answer.to_owned(),
        confidence_score: 0.0,
        id: -1,
        source: None,
        metadata: BTreeMap::new(),
        dialog: Dialog { is_context_only: false, prompts },
        answer_span: None,
    }
}
