//! The one way from a question to a reply, for every front end.

use super::{
    compose,
    decide::{self, Understood},
    explain::{self, Explanation},
    filter::Filter,
    forms::{self, Forms, Sign},
    history::Context,
    query::{Languages, Query},
    rank::{Ranked, rank},
    retrieve::retrieve,
    score::Scorer,
    sentences::Matcher,
    weights::Weights,
};
use crate::{
    error::{Error, Result},
    index::{
        Search, UnitNo,
        build::{BuildOptions, Progress, build},
        generation,
    },
    learn::{
        classifier::{Classifier, Margins},
        features::features,
    },
    model::{Question, Reply, Unit},
};
use std::{path::Path, time::Instant};

/// How many characters of a passage an explanation shows.
const LABEL: usize = 60;

/// An open index that answers questions. It can be shared between threads.
pub struct Engine {
    search: Box<dyn Search>,
    languages: Languages,
    forms: Forms,
    weights: Weights,
    classifier: Option<Classifier>,
}

/// Every candidate of a question, best first, with its confidence.
pub struct Ranking {
    /// The question as it was understood.
    pub query: Query,
    /// What the question is to the corpus.
    pub understood: Understood,
    /// The candidates.
    pub ranked: Vec<Ranked>,
    /// The confidence in each.
    pub confidences: Vec<f64>,
}

impl Engine {
    /// Opens the index in a folder.
    ///
    /// # Errors
    /// [`Error::IndexMissing`], [`Error::IndexVersion`] or [`Error::IndexDamaged`], each with its remedy.
    pub fn open(index: impl AsRef<Path>) -> Result<Self> {
        let (folder, manifest, search) = generation::open(index.as_ref())?;
        let languages = Languages::of(&manifest.languages);
        let forms = Forms::of(&manifest.languages);
        let (weights, classifier) = match manifest.learned {
            learned if learned.has_classifiers => (learned.weights, Some(Classifier::open(&folder)?)),
            learned => (learned.weights, None),
        };
        Ok(Self { search: Box::new(search), languages, forms, weights, classifier })
    }

    /// Builds the index, if its corpus has changed, and opens it.
    ///
    /// # Errors
    /// As [`build()`](crate::build()) and [`Engine::open`].
    pub fn build(options: &BuildOptions, progress: &dyn Progress) -> Result<Self> {
        build(options, progress)?;
        Self::open(&options.index)
    }

    /// Answers a question, or says honestly that there is no answer.
    ///
    /// # Errors
    /// For a question that is empty or far too long, a filter that is none, or an index that cannot be read.
    pub fn ask(&self, question: &Question) -> Result<Reply> {
        let start = Instant::now();
        let threshold = question.min_confidence.unwrap_or(self.threshold());
        let (ranking, carried) = self.read(question)?;
        let Ranking { query, ranked, confidences, .. } = &ranking;
        let answered = decide::is_answered(ranked, confidences, threshold);
        let (mut answers, mut suggestions) = (Vec::new(), Vec::new());
        if answered {
            let matcher = Matcher::new(&query.as_counted(), &*self.search);
            answers = compose::answers(ranked, confidences, question.top.max(1), &matcher, &*self.search)?;
            if let Some(least) = question.min_confidence {
                let mut place = 0..;
                answers.retain(|answer| place.next() == Some(0) || answer.confidence >= least);
            }
        } else {
            suggestions = compose::suggestions(ranked, &*self.search)?;
        }
        let explanation = if question.explain { Some(self.explain(&ranking, threshold)?) } else { None };
        let took_ms = (start.elapsed().as_secs_f64() * 1e6).round() / 1e3;
        Ok(Reply { question: question.text.clone(), answered, answers, suggestions, took_ms, carried, explanation })
    }

    /// Ranks all candidates for a question.
    ///
    /// # Errors
    /// As [`Engine::ask`].
    pub fn rank(&self, question: &str, filters: &[String]) -> Result<Ranking> {
        let filter = Filter::parse(filters)?;
        let query = Query::of(question, &self.languages, &*self.search)?;
        self.rank_query(query, &filter, None)
    }

    fn read(&self, question: &Question) -> Result<(Ranking, Vec<String>)> {
        let alone = self.rank(&question.text, &question.filters)?;
        let is_asked = alone.ranked.first().is_some_and(|first| first.asked);
        if question.history.is_empty() || is_asked || forms::is_small_talk(&alone.query.words) {
            return Ok((alone, Vec::new()));
        }
        let context = Context::of(&question.history, &self.forms, &self.languages, &*self.search)?;
        let (query, carried) = context.carry(&alone.query, &*self.search);
        if carried.is_empty() && context.answered.is_none() {
            return Ok((alone, Vec::new()));
        }
        let filter = Filter::parse(&question.filters)?;
        let mut within = self.rank_query(query, &filter, Some(&context))?;
        let forms::Form { sign, names } = self.forms.of_question(&alone.query);
        let first = |ranking: &Ranking| ranking.ranked.first().map(|first| first.unit);
        let own = first(&within).map_or(0.0, |unit| super::history::support(&alone.query, &names, unit, &*self.search));
        let conf = |ranking: &Ranking| ranking.confidences.first().copied().unwrap_or(0.0);
        let tune = super::history::tune;
        let prior = match sign {
            Sign::Bare => tune("T_BARE", 0.95),
            Sign::Joined => tune("T_JOINED", 0.9),
            Sign::Pronoun => tune("T_PRONOUN", 0.85),
            Sign::LatePronoun => tune("T_LATE", 0.6),
            Sign::Terse => tune("T_TERSE", 0.6),
            Sign::None => tune("T_NONE", 0.15),
        };
        let support = own.powf(tune("T_SUP", 0.5));
        let (c_alone, c_within) = (conf(&alone) * (1.0 - prior), conf(&within) * prior * support);
        let threshold = question.min_confidence.unwrap_or(self.threshold());
        let agree =
            first(&alone) == first(&within) && decide::is_answered(&alone.ranked, &alone.confidences, threshold);
        let take = c_within > c_alone && !agree;
        if std::env::var_os("T_DEBUG").is_some() {
            let label = |ranking: &Ranking| {
                let unit = ranking.ranked.first().map(|first| self.search.unit(first.unit));
                unit.transpose().map(|unit| {
                    unit.map(|unit| {
                        format!(
                            "{}: {}",
                            unit.source,
                            unit.question()
                                .unwrap_or(unit.text.plain())
                                .chars()
                                .take(50)
                                .collect::<String>()
                                .replace('\n', " ")
                        )
                    })
                })
            };
            eprintln!(
                "{:?}\t{:?}\talone {:.2} {:?}\twithin {:.2} {:?}\town {own:.2} names {names:?} take {take} carried {carried:?}",
                question.text,
                sign,
                conf(&alone),
                label(&alone)?,
                conf(&within),
                label(&within)?,
            );
        }
        within.confidences.iter_mut().for_each(|confidence| *confidence *= support);
        if take { Ok((within, carried)) } else { Ok((alone, Vec::new())) }
    }

    fn rank_query(&self, query: Query, filter: &Filter, context: Option<&Context>) -> Result<Ranking> {
        let candidates = retrieve(&query, filter, &*self.search)?;
        let (mut ranked, understood) = {
            let mut scorer = Scorer::new(&query, &*self.search).with_margins(self.margins(&query));
            (rank(&candidates, &mut scorer, &self.weights, &*self.search), scorer.understood(&query))
        };
        if let Some(context) = context {
            context.prefer(&mut ranked, &*self.search);
        }
        let confidences = decide::confidences(&ranked, understood, &self.weights.confidence);
        Ok(Ranking { query, understood, ranked, confidences })
    }

    fn margins(&self, query: &Query) -> Margins {
        let margins = |classifier: &Classifier| {
            classifier.margins(&features(&query.words, query.stems.iter().map(String::as_str)))
        };
        self.classifier.as_ref().map_or_else(Margins::default, margins)
    }

    /// The confidence from which on an answer is given, if a question does not say.
    #[must_use]
    pub fn threshold(&self) -> f64 {
        self.weights.confidence.threshold
    }

    /// The number of units in the index.
    #[must_use]
    pub fn len(&self) -> usize {
        self.search.len()
    }

    /// Whether there is no unit in the index.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.search.is_empty()
    }

    /// The unit with an id.
    ///
    /// # Errors
    /// [`Error::UnitUnknown`].
    pub fn unit(&self, id: &str) -> Result<Unit> {
        let number = self.search.unit_no(id).ok_or_else(|| Error::UnitUnknown(id.to_owned()))?;
        self.search.unit(number)
    }

    /// The unit with a number.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn unit_at(&self, number: UnitNo) -> Result<Unit> {
        self.search.unit(number)
    }

    /// Finds the question's words in texts, to show them.
    ///
    /// # Errors
    /// As [`Engine::ask`].
    pub fn matcher(&self, question: &str) -> Result<Matcher<'_>> {
        let query = Query::of(question, &self.languages, &*self.search)?;
        Ok(Matcher::new(&query, &*self.search))
    }

    fn explain(&self, ranking: &Ranking, threshold: f64) -> Result<Explanation> {
        let mut explained = Vec::new();
        for (candidate, &confidence) in ranking.ranked.iter().zip(&ranking.confidences) {
            let unit = self.search.unit(candidate.unit)?;
            let label = unit.question().unwrap_or_else(|| unit.text.plain()).chars().take(LABEL).collect();
            explained.push(explain::candidate(candidate, confidence, unit.id, label, &self.weights));
        }
        Ok(Explanation {
            terms: explain::terms(&ranking.query, &*self.search),
            candidates: ranking.ranked.len(),
            ranking: explained,
            threshold,
        })
    }
}
