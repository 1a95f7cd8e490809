//! What a corpus teaches: a classifier of its phrasings, the weights of the signals, and the confidence.
//!
//! A corpus whose questions have alternates is training data. Every phrasing is asked with itself withheld, which is
//! what happens when a person asks in yet other words, and with its whole unit withheld, which is what happens when a
//! person asks for what is not there. No signal has seen the phrasing that it scores.

mod answers;
mod ask;
pub mod classifier;
pub mod confidence;
mod descend;
pub mod features;
pub mod fit_prior;
pub mod fitted;
pub mod known;
pub(crate) mod logistic;
mod margins;
pub mod prior;
mod pupil;
mod rows;
pub(crate) mod softmax;
mod train;
mod withheld;

use crate::{
    ask::{
        rank::{Ranked, score},
        signals::Signals,
        vocabulary::Vocabulary,
        weights::Weights,
    },
    error::Result,
    index::Search,
};
use ask::Asked;
use classifier::Classifier;
use confidence::Judged;
use fitted::Fitted;
use margins::Lessons;
use prior::Prior;
use pupil::{Class, Pupil};
use rows::Rows;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// A corpus with fewer alternates than these teaches nothing.
const LEAST_ALTERNATES: usize = 100;

/// Nor does one whose units with alternates have fewer than these on average: with one withheld, little is left, and
/// what was meant to be unlike the rest tells too little about how people ask.
const LEAST_EACH: usize = 5;

/// How strongly the weights are held to those of the program, counted in questions.
const PULL: f64 = 0.5;

/// How a corpus is learnt from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LearnOptions {
    /// Above this number of phrasings nothing is learnt from them; 0 for never.
    pub most_phrasings: usize,
    /// The share of questions that the corpus has no answer for, as the confidence takes it.
    pub unanswerable: f64,
    /// What a wrong answer costs, counted in right ones.
    pub wrong_costs: f64,
}

impl Default for LearnOptions {
    fn default() -> Self {
        Self { most_phrasings: 20_000, unanswerable: 0.25, wrong_costs: 1.0 }
    }
}

/// What was learnt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Learned {
    /// The weights of the signals and of the confidence.
    pub weights: Weights,
    /// Whether there are classifiers.
    pub has_classifiers: bool,
    /// The weights without those that labelled questions gave, where there are such.
    pub before_fit: Option<Weights>,
}

impl Learned {
    /// Takes in what labelled questions gave: it goes before everything else.
    pub fn take_in(&mut self, fitted: &Fitted) {
        let weights = fitted.apply(&self.weights);
        self.before_fit = Some(std::mem::replace(&mut self.weights, weights));
    }
}

/// What a corpus taught, for people.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LearnReport {
    /// Share of questions that their own answer matches better than 64 others do, if there are enough to tell.
    pub answers_tell: Option<f64>,
    /// Ways to ask for a unit, in all.
    pub phrasings: usize,
    /// What the alternates taught.
    pub alternates: Option<AlternatesReport>,
    /// Why nothing was learnt from alternates.
    pub nothing_learnt: Option<String>,
    /// Whether that is because there are too many for the settings.
    pub too_many: bool,
    /// The file with the weights that labelled questions gave, if there is one beside the corpus.
    pub fitted: Option<String>,
}

/// How well what was learnt does on the phrasings that it was learnt from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct AlternatesReport {
    /// Phrasings asked with themselves withheld.
    pub asked: usize,
    /// Share of them whose first answer was right with the weights of the program.
    pub p_at_1_before: f64,
    /// The same with what was learnt, no signal having seen the phrasing.
    pub p_at_1: f64,
    /// The same with the classifiers having seen the phrasing: how much they only remember.
    pub p_at_1_seen: f64,
    /// From which confidence on an answer is given.
    pub threshold: f64,
    /// Share of the answerable questions that are answered then.
    pub coverage: f64,
    /// Share of those answers that are right, with as many unanswerable questions as assumed.
    pub precision: f64,
}

/// Learns from the corpus of an index that is being built, and writes classifiers to its folder.
///
/// # Errors
/// When the index cannot be read or the folder not be written.
pub fn learn(
    search: &dyn Search,
    folder: &Path,
    vocabulary: &Vocabulary,
    options: &LearnOptions,
) -> Result<(Learned, LearnReport)> {
    let Class { pupils, phrasings, alternates } = pupil::class(search, options.most_phrasings)?;
    let answers_tell = answers::answers_tell(&pupils, search, vocabulary)?;
    let weights = Prior::shipped()?.weights(answers_tell);
    let mut report = LearnReport { answers_tell, phrasings, ..LearnReport::default() };
    let taught = pupils.iter().filter(|pupil| pupil.phrasings.len() > 1).count();
    if alternates < LEAST_ALTERNATES.max(LEAST_EACH * taught) {
        report.nothing_learnt = Some(format!("{alternates} alternate questions are too few to learn from"));
        return Ok((Learned { weights, has_classifiers: false, before_fit: None }, report));
    }
    if phrasings > options.most_phrasings {
        let most = options.most_phrasings;
        report.too_many = most > 0;
        report.nothing_learnt = Some(format!(
            "{phrasings} phrasings are more than {most}: raise `most_phrasings` in faqt.toml to learn from them"
        ));
        return Ok((Learned { weights, has_classifiers: false, before_fit: None }, report));
    }
    let (weights, alternates) = alternates_teach(&pupils, search, folder, vocabulary, &weights, options)?;
    report.alternates = Some(alternates);
    Ok((Learned { weights, has_classifiers: true, before_fit: None }, report))
}

/// Learns weights and confidence from questions with alternates, and writes their classifiers.
fn alternates_teach(
    pupils: &[Pupil],
    search: &dyn Search,
    folder: &Path,
    vocabulary: &Vocabulary,
    prior: &Weights,
    options: &LearnOptions,
) -> Result<(Weights, AlternatesReport)> {
    let rows = pupil::rows(pupils);
    let mut asked = ask::ask(pupils, search, vocabulary, prior)?;
    let p_at_1_before = p_at_1(&asked, pupils);
    let lessons = Lessons::new(pupils, &rows, &asked);
    let (penalty, weights) = ranker(&mut asked, &lessons, pupils, prior);
    let (classifiers, idf) = lessons.train(penalty);
    classifier::write(folder, &rows.hashes, &idf, &classifiers)?;
    let p_at_1_withheld = p_at_1(&asked, pupils);
    let (confidence, at_threshold) = confidence::fit(&judged(&asked, pupils, options), &weights.confidence, options);
    let weights = Weights { confidence, ..weights };
    fill_seen(&mut asked, &lessons, &rows, &Classifier::open(folder)?);
    rank_again(&mut asked, &weights);
    let report = AlternatesReport {
        asked: asked.iter().filter(|asked| !asked.unit_withheld).count(),
        p_at_1_before,
        p_at_1: p_at_1_withheld,
        p_at_1_seen: p_at_1(&asked, pupils),
        threshold: weights.confidence.threshold,
        coverage: at_threshold.coverage,
        precision: at_threshold.precision,
    };
    Ok((weights, report))
}

impl Asked {
    /// Whether a candidate is right.
    fn is_right(&self, candidate: &Ranked, pupils: &[Pupil]) -> bool {
        !self.unit_withheld && candidate.unit == pupils[self.pupil].unit
    }

    fn first_is_right(&self, pupils: &[Pupil]) -> bool {
        self.ranked.first().is_some_and(|first| self.is_right(first, pupils))
    }
}

/// Share of the questions with their phrasing withheld whose first candidate is right.
fn p_at_1(asked: &[Asked], pupils: &[Pupil]) -> f64 {
    let answerable: Vec<&Asked> = asked.iter().filter(|asked| !asked.unit_withheld).collect();
    let right = answerable.iter().filter(|asked| asked.first_is_right(pupils)).count();
    right as f64 / answerable.len().max(1) as f64
}

/// The penalty for the classifiers, and the weights of the signals, that do best on the questions asked, which are
/// left with their margins and scores.
fn ranker(asked: &mut [Asked], lessons: &Lessons<'_>, pupils: &[Pupil], prior: &Weights) -> (f32, Weights) {
    let questions = asked.iter().filter(|asked| !asked.unit_withheld).count().max(1);
    let mut attempt = |penalty: f32| {
        lessons.fill(asked, penalty);
        let weights = Weights { qa: fitted(asked, pupils, prior), ..prior.clone() };
        rank_again(asked, &weights);
        (p_at_1(asked, pupils), penalty, weights)
    };
    let (first, other) = lessons.penalties();
    let mut best = attempt(first);
    if let Some(other) = other {
        let tried = attempt(other);
        // Half the standard error of the share: less is chance.
        let chance = (best.0 * (1.0 - best.0) / questions as f64).sqrt() / 2.0;
        best = if tried.0 > best.0 + chance { tried } else { attempt(first) };
    }
    (best.1, best.2)
}

/// The questions as the confidence is fitted on them. Those with their unit withheld have no answer, and are counted
/// twice: as they are, near to what the corpus answers, and without the nearest candidates, as questions on another
/// subject are.
fn judged<'a>(asked: &'a [Asked], pupils: &[Pupil], options: &LearnOptions) -> Vec<Judged<'a>> {
    let judged = |question: &'a Asked| Judged {
        ranked: &question.ranked,
        understood: question.understood,
        answerable: !question.unit_withheld,
        right: question.first_is_right(pupils),
        weight: 1.0,
    };
    let mut judged: Vec<Judged<'a>> = asked.iter().map(judged).collect();
    let far = judged.iter().filter(|question| !question.answerable && question.ranked.len() > confidence::NEAREST);
    let far = far.map(|question| Judged { ranked: &question.ranked[confidence::NEAREST..], ..question.clone() });
    judged.extend(far.collect::<Vec<_>>());
    confidence::weigh(&mut judged, options.unanswerable);
    judged
}

/// The weights that put the right candidates first.
fn fitted(asked: &[Asked], pupils: &[Pupil], prior: &Weights) -> Signals {
    let question = |question: &Asked| {
        let candidate = |candidate: &Ranked| softmax::Candidate {
            signals: candidate.signals.values(),
            kind: candidate.kind,
            right: question.is_right(candidate, pupils),
        };
        question.ranked.iter().map(candidate).collect()
    };
    let questions: Vec<Vec<softmax::Candidate>> =
        asked.iter().filter(|question| !question.unit_withheld).map(question).collect();
    let pull = PULL / questions.len().max(1) as f64;
    let before = prior.qa.values();
    let lesson = softmax::Lesson { questions: &questions, weight: 1.0, qa: &[1.0], passage: &[0.0] };
    let weights = softmax::fit(&[lesson], &before, &before, pull);
    Signals::from_values(&softmax::kept_in_size(&weights, &before, &questions))
}

/// Scores and orders the candidates by other weights.
fn rank_again(asked: &mut [Asked], weights: &Weights) {
    for question in asked {
        for candidate in &mut question.ranked {
            candidate.score = score(&candidate.signals, candidate.kind, weights);
        }
        question.ranked.sort_by(known::in_order);
    }
}

/// Gives every candidate the margin of the classifiers of the index, which have seen the phrasing.
fn fill_seen(asked: &mut [Asked], lessons: &Lessons<'_>, rows: &Rows, classifier: &Classifier) {
    for question in asked.iter_mut().filter(|question| !question.unit_withheld) {
        let features = &rows.all[lessons.row(question)].features;
        let features: Vec<_> = features.iter().map(|&(number, count)| (rows.hashes[number as usize], count)).collect();
        let margins = classifier.margins(&features);
        for candidate in &mut question.ranked {
            candidate.signals.classifier = margins.get(&candidate.unit).copied().unwrap_or(0.0);
        }
    }
}
