//! Asks every question of a set and keeps what came of it.

use super::data::{EvalSet, Labelled};
use crate::{
    ask::{decide::Understood, engine::Engine, signals::Signals},
    error::Result,
    index::UnitNo,
    model::{Question, UnitKind},
};
use std::{collections::BTreeSet, time::Instant};

/// How many distinct documents of a ranking are kept.
pub const DEPTH: usize = 100;

/// What came of one question.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The distinct documents, best first, with the confidence in each.
    pub ranking: Vec<(String, f64)>,
    /// The documents alone.
    pub documents: Vec<String>,
    /// Whether a relevant document was among the candidates.
    pub was_candidate: bool,
    /// Whether the reply was an answer.
    pub answered: bool,
    /// The words of the first answer, whatever the threshold.
    pub text: String,
    /// How long the reply took, in milliseconds.
    pub took_ms: f64,
    /// What the question is to the corpus.
    pub understood: Understood,
    /// The candidates with their signals, best first.
    pub candidates: Vec<Candidate>,
}

/// A candidate of a question, for fitting weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Its document.
    pub document: String,
    /// Its kind.
    pub kind: UnitKind,
    /// Whether the question stands there word for word.
    pub asked: bool,
    /// Its signals.
    pub signals: Signals,
}

impl Outcome {
    /// The confidence in the first document; 0 if there is none.
    #[must_use]
    pub fn confidence(&self) -> f64 {
        self.ranking.first().map_or(0.0, |first| first.1)
    }

    /// Whether the first document is right.
    #[must_use]
    pub fn is_right(&self, question: &Labelled) -> bool {
        self.documents.first().is_some_and(|first| question.relevant.contains(first))
    }
}

/// Asks every question of the set; `done` is told after each.
///
/// # Errors
/// When the index cannot be read. A question that cannot be asked (an empty one) has no answer.
pub fn evaluate(engine: &Engine, set: &EvalSet, mut done: impl FnMut(usize)) -> Result<Vec<Outcome>> {
    let documents =
        (0..engine.len()).map(|unit| Ok(engine.unit_at(unit as UnitNo)?.document)).collect::<Result<Vec<_>>>()?;
    let mut outcomes = Vec::with_capacity(set.questions.len());
    for question in &set.questions {
        outcomes.push(ask(engine, question, &documents)?);
        done(outcomes.len());
    }
    Ok(outcomes)
}

fn ask(engine: &Engine, labelled: &Labelled, documents: &[String]) -> Result<Outcome> {
    let question = Question { top: 1, filters: labelled.filters.clone(), ..Question::new(&labelled.text) };
    let start = Instant::now();
    let reply = match engine.ask(&question) {
        Err(crate::Error::Question(_)) => return Ok(Outcome::none()),
        reply => reply?,
    };
    let took_ms = start.elapsed().as_secs_f64() * 1e3;
    let (answered, mut first) = (reply.answered, reply.answers);
    if !answered {
        first = engine.ask(&Question { min_confidence: Some(0.0), ..question })?.answers;
    }
    let ranking = engine.rank(&labelled.text, &labelled.filters)?;
    let document = |unit: UnitNo| documents.get(unit as usize).map_or("", String::as_str);
    let mut distinct: Vec<(String, f64)> = Vec::new();
    let mut seen = BTreeSet::new();
    for (candidate, &confidence) in ranking.ranked.iter().zip(&ranking.confidences) {
        let document = document(candidate.unit);
        if distinct.len() < DEPTH && seen.insert(document) {
            distinct.push((document.to_owned(), confidence));
        }
    }
    let candidates = ranking.ranked.iter().map(|candidate| Candidate {
        document: document(candidate.unit).to_owned(),
        kind: candidate.kind,
        asked: candidate.asked,
        signals: candidate.signals,
    });
    let candidates: Vec<Candidate> = candidates.collect();
    Ok(Outcome {
        was_candidate: candidates.iter().any(|candidate| labelled.relevant.contains(&candidate.document)),
        documents: distinct.iter().map(|(document, _)| document.clone()).collect(),
        ranking: distinct,
        answered,
        text: first.into_iter().next().map(|answer| answer.text).unwrap_or_default(),
        took_ms,
        understood: ranking.understood,
        candidates,
    })
}

impl Outcome {
    fn none() -> Self {
        Self {
            ranking: Vec::new(),
            documents: Vec::new(),
            was_candidate: false,
            answered: false,
            text: String::new(),
            took_ms: 0.0,
            understood: Understood::default(),
            candidates: Vec::new(),
        }
    }
}
