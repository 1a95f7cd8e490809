//! From outcomes to figures, a run file and the worst misses.

use super::{
    data::{EvalSet, Labelled},
    metrics::{
        CurvePoint, Decision, auroc, average_precision, best_matthews, calibration_error, coverage_curve,
        for_another_share, hit, matthews, mean, ndcg, percentile, recall, reciprocal_rank,
    },
    run::Outcome,
};
use serde::{Deserialize, Serialize};
use std::io::{self, Write};

/// The figures of an evaluation. Shares are 0 to 1; what cannot be measured on a set is `None`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Questions asked.
    pub queries: usize,
    /// Those that have an answer; the rankings are measured on them.
    pub answerable: usize,
    /// Share whose first document is right.
    pub p_at_1: f64,
    /// Mean reciprocal rank of the first right document.
    pub mrr: f64,
    /// Share with a right document among the first five.
    pub hit_at_5: f64,
    /// Mean average precision.
    pub map: f64,
    /// Normalised discounted cumulative gain of the first ten.
    pub ndcg_at_10: f64,
    /// Share of the right documents among the first ten.
    pub recall_at_10: f64,
    /// Share with a right document among the candidates.
    pub candidate_recall: f64,
    /// Of questions with gold strings, the share whose first answer's text has one.
    pub answer_contains: Option<f64>,
    /// Mean length of first answers, in characters.
    pub answer_chars: f64,
    /// Area under the ROC curve of confidence, answerable against not.
    pub auroc: Option<f64>,
    /// Matthews correlation of documents (and none) at the threshold.
    pub mcc: f64,
    /// The same at the best of all thresholds.
    pub best_mcc: f64,
    /// That threshold.
    pub best_threshold: f64,
    /// The threshold in force.
    pub threshold: f64,
    /// Of answerable questions, the share that is answered, and rightly.
    pub in_scope_accuracy: f64,
    /// Of unanswerable questions, the share that is not answered.
    pub oos_recall: Option<f64>,
    /// Expected calibration error, 10 bins.
    pub ece: f64,
    /// The same with the confidence corrected for the set's own share of unanswerable questions.
    pub ece_own_share: f64,
    /// Median time of a reply in milliseconds.
    pub p50_ms: f64,
    /// 99th percentile of the time of a reply in milliseconds.
    pub p99_ms: f64,
    /// What comes of thresholds from high to low.
    pub curve: Vec<CurvePoint>,
}

/// What an index takes for granted when it answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InForce {
    /// From this confidence on it answers.
    pub threshold: f64,
    /// The share of unanswerable questions that its confidence is made for.
    pub unanswerable: f64,
}

/// How many points the curve has.
const CURVE: usize = 20;

impl Report {
    /// Measures outcomes of the questions of a set, in their order.
    #[must_use]
    pub fn of(set: &EvalSet, outcomes: &[Outcome], in_force: InForce) -> Self {
        let all: Vec<(&Labelled, &Outcome)> = set.questions.iter().zip(outcomes).collect();
        let (answerable, unanswerable): (Vec<_>, Vec<_>) =
            all.iter().copied().partition(|(question, _)| !question.relevant.is_empty());
        let over = |measure: &dyn Fn(&Labelled, &Outcome) -> f64| {
            mean(answerable.iter().map(|(question, outcome)| measure(question, outcome)))
        };
        let share = |holds: bool| if holds { 1.0 } else { 0.0 };
        let gold: Vec<_> = all.iter().filter(|(question, _)| !question.answers.is_empty()).collect();
        let contains =
            |question: &Labelled, outcome: &Outcome| question.answers.iter().any(|gold| outcome.text.contains(gold));
        let scope: Vec<(f64, bool)> =
            all.iter().map(|(question, outcome)| (outcome.confidence(), !question.relevant.is_empty())).collect();
        let right: Vec<(f64, bool)> =
            all.iter().map(|(question, outcome)| (outcome.confidence(), outcome.is_right(question))).collect();
        let classes: Vec<(String, String)> = all.iter().map(|(question, outcome)| classes(question, outcome)).collect();
        let decisions: Vec<Decision<&str>> =
            all.iter().map(|(question, outcome)| decision(question, outcome)).collect();
        let best = best_matthews(&decisions, &"");
        let p_at_1 = over(&|question, outcome| share(outcome.is_right(question)));
        let own_share = p_at_1 * answerable.len() as f64 / all.len().max(1) as f64;
        let made_for = p_at_1 * (1.0 - in_force.unanswerable);
        let corrected: Vec<(f64, bool)> = right
            .iter()
            .map(|&(confidence, right)| (for_another_share(confidence, made_for, own_share), right))
            .collect();
        let times: Vec<f64> = outcomes.iter().map(|outcome| outcome.took_ms).collect();
        Self {
            queries: all.len(),
            answerable: answerable.len(),
            p_at_1,
            mrr: over(&|question, outcome| reciprocal_rank(&outcome.documents, &question.relevant)),
            hit_at_5: over(&|question, outcome| share(hit(&outcome.documents, &question.relevant, 5))),
            map: over(&|question, outcome| average_precision(&outcome.documents, &question.relevant)),
            ndcg_at_10: over(&|question, outcome| ndcg(&outcome.documents, &question.relevant, 10)),
            recall_at_10: over(&|question, outcome| recall(&outcome.documents, &question.relevant, 10)),
            candidate_recall: over(&|_, outcome| share(outcome.was_candidate)),
            answer_contains: (!gold.is_empty())
                .then(|| mean(gold.iter().map(|(question, outcome)| share(contains(question, outcome))))),
            answer_chars: mean(outcomes.iter().map(|outcome| outcome.text.chars().count() as f64)),
            auroc: auroc(&scope),
            mcc: matthews(&classes),
            best_mcc: best.mcc,
            best_threshold: best.threshold.min(1.0),
            threshold: in_force.threshold,
            in_scope_accuracy: over(&|question, outcome| share(outcome.answered && outcome.is_right(question))),
            oos_recall: (!unanswerable.is_empty())
                .then(|| mean(unanswerable.iter().map(|(_, outcome)| share(!outcome.answered)))),
            ece: calibration_error(&right, 10),
            ece_own_share: calibration_error(&corrected, 10),
            p50_ms: percentile(&times, 0.5),
            p99_ms: percentile(&times, 0.99),
            curve: coverage_curve(&right, CURVE),
        }
    }
}

/// The true and the given document of a question; empty for none. Any of several right ones is right.
fn classes(question: &Labelled, outcome: &Outcome) -> (String, String) {
    let given = if outcome.answered { outcome.documents.first().cloned().unwrap_or_default() } else { String::new() };
    let truth = if question.relevant.contains(&given) { Some(&given) } else { question.relevant.first() };
    (truth.cloned().unwrap_or_default(), given)
}

/// The true and the first document of a question, whatever the threshold; empty for none.
fn decision<'a>(question: &'a Labelled, outcome: &'a Outcome) -> Decision<&'a str> {
    let given = outcome.documents.first().map_or("", String::as_str);
    let truth =
        if question.relevant.contains(given) { given } else { question.relevant.first().map_or("", String::as_str) };
    Decision { confidence: outcome.confidence(), truth, given }
}

/// Writes a TREC run: query, `Q0`, document, rank, score, `faqt`, separated by tabs.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_run(set: &EvalSet, outcomes: &[Outcome], out: &mut impl Write) -> io::Result<()> {
    for (question, outcome) in set.questions.iter().zip(outcomes) {
        for (place, (document, confidence)) in outcome.ranking.iter().enumerate() {
            writeln!(out, "{}\tQ0\t{document}\t{}\t{confidence:.6}\tfaqt", question.id, place + 1)?;
        }
    }
    Ok(())
}

/// A question whose first answer is wrong.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Miss<'a> {
    /// Name of the question.
    pub id: &'a str,
    /// The question.
    pub text: &'a str,
    /// The confidence in the wrong answer.
    pub confidence: f64,
    /// The document that came first.
    pub first: Option<&'a str>,
    /// The documents that are right; none: there is no answer.
    pub right: Vec<&'a str>,
    /// The rank of the first right one, counted from 1.
    pub right_rank: Option<usize>,
}

/// The wrong first answers, the most confident first. For an unanswerable question, one that was answered.
#[must_use]
pub fn misses<'a>(set: &'a EvalSet, outcomes: &'a [Outcome]) -> Vec<Miss<'a>> {
    let wrong = |(question, outcome): &(&Labelled, &Outcome)| {
        if question.relevant.is_empty() { outcome.answered } else { !outcome.is_right(question) }
    };
    let miss = |(question, outcome): (&'a Labelled, &'a Outcome)| Miss {
        id: &question.id,
        text: &question.text,
        confidence: outcome.confidence(),
        first: outcome.documents.first().map(String::as_str),
        right: question.relevant.iter().map(String::as_str).collect(),
        right_rank: outcome
            .documents
            .iter()
            .position(|document| question.relevant.contains(document))
            .map(|place| place + 1),
    };
    let mut misses: Vec<Miss<'a>> = set.questions.iter().zip(outcomes).filter(wrong).map(miss).collect();
    misses.sort_by(|left, right| right.confidence.total_cmp(&left.confidence).then(left.id.cmp(right.id)));
    misses
}

/// Writes one JSON object a question: its candidates with their signals, and which are right.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_signals(set: &EvalSet, outcomes: &[Outcome], out: &mut impl Write) -> io::Result<()> {
    for (question, outcome) in set.questions.iter().zip(outcomes) {
        let candidate = |candidate: &super::run::Candidate| {
            let right = question.relevant.contains(&candidate.document);
            serde_json::json!({"kind": candidate.kind, "asked": candidate.asked, "right": right, "signals": candidate.signals.values()})
        };
        let candidates: Vec<_> = outcome.candidates.iter().map(candidate).collect();
        let line = serde_json::json!({"id": question.id, "answerable": !question.relevant.is_empty(), "known": outcome.understood.known, "words": outcome.understood.words, "candidates": candidates});
        writeln!(out, "{line}")?;
    }
    Ok(())
}
