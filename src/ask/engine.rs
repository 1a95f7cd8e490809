//! The one way from a question to a reply, for every front end.

use super::{
    compose,
    decide::{self, Understood},
    explain::{self, Explanation},
    filter::Filter,
    forms::{self, Form, Forms, Sign},
    history::{self, Context},
    query::Query,
    rank::{Ranked, rank},
    retrieve::{Candidates, retrieve},
    score::Scorer,
    sentences::Matcher,
    signals::Signals,
    vocabulary::Vocabulary,
    weights::Weights,
};
use crate::{
    error::{Error, Result},
    index::{
        Search, UnitNo,
        build::{BuildOptions, Progress, build},
        generation, synonyms,
    },
    learn::{
        classifier::{Classifier, Margins, likeliest},
        features::features,
    },
    model::{Question, Reply, Unit, UnitKind},
};
use std::{path::Path, time::Instant};

/// How many characters of a passage an explanation shows.
const LABEL: usize = 60;

/// An open index that answers questions. It can be shared between threads.
pub struct Engine {
    search: Box<dyn Search>,
    vocabulary: Vocabulary,
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

/// A question as it was read.
struct Reading {
    ranking: Ranking,
    /// The words that it took over from earlier turns.
    carried: Vec<String>,
    /// The question without them, where it took any over and names something itself.
    own_words: Option<Query>,
}

/// What may answer a query, and what the classifiers say.
struct Found {
    candidates: Candidates,
    margins: Margins,
}

impl From<Ranking> for Reading {
    fn from(ranking: Ranking) -> Self {
        Self { ranking, carried: Vec::new(), own_words: None }
    }
}

impl Ranking {
    /// The confidence in the first candidate.
    fn confidence(&self) -> f64 {
        self.confidences.first().copied().unwrap_or(0.0)
    }

    /// Leaves a share of all confidences, by what the first candidate is.
    fn believe(&mut self, share: impl Fn(&Ranked) -> f64) {
        let Some(first) = self.ranked.first() else { return };
        let share = share(first);
        self.confidences.iter_mut().for_each(|confidence| *confidence *= share);
    }

    /// Small talk is answered by what was written for it: a question that says the same, or that learnt to.
    fn believe_small_talk(&mut self) {
        self.believe(|first| {
            let Signals { agreement, classifier, .. } = first.signals;
            let is_meant = first.asked || first.kind == UnitKind::Qa && (agreement >= 0.5 || classifier > 0.5);
            if is_meant { 1.0 } else { 0.0 }
        });
    }
}

impl Engine {
    /// Opens the index in a folder.
    ///
    /// # Errors
    /// [`Error::IndexMissing`], [`Error::IndexVersion`] or [`Error::IndexDamaged`], each with its remedy.
    pub fn open(index: impl AsRef<Path>) -> Result<Self> {
        let (folder, manifest, search) = generation::open(index.as_ref())?;
        let vocabulary = Vocabulary::of(&manifest.languages, synonyms::open(&folder)?);
        let forms = Forms::of(&manifest.languages);
        let (weights, classifier) = match manifest.learned {
            learned if learned.has_classifiers => (learned.weights, Some(Classifier::open(&folder)?)),
            learned => (learned.weights, None),
        };
        Ok(Self { search: Box::new(search), vocabulary, forms, weights, classifier })
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
        let Reading { ranking, carried, own_words } = self.read(question, threshold)?;
        let Ranking { query, ranked, confidences, .. } = &ranking;
        let answered = decide::is_answered(ranked, confidences, threshold);
        let (mut answers, mut suggestions) = (Vec::new(), Vec::new());
        if answered {
            // Which sentence answers is told by the question's own words, if it has any that tell.
            let matcher = Matcher::new(own_words.as_ref().unwrap_or(query), &*self.search);
            answers = compose::answers(ranked, confidences, question.top.max(1), &matcher, &*self.search)?;
            if let Some(least) = question.min_confidence {
                let mut place = 0..;
                answers.retain(|answer| place.next() == Some(0) || answer.confidence >= least);
            }
        } else if !forms::is_small_talk(&query.words) {
            suggestions = compose::suggestions(ranked, &*self.search)?;
        }
        let explanation = if question.explain { Some(self.explain(&ranking, threshold)?) } else { None };
        let took_ms = (start.elapsed().as_secs_f64() * 1e6).round() / 1e3;
        Ok(Reply {
            question: question.text.clone(),
            answered,
            answers,
            suggestions,
            corrections: query.corrections(),
            took_ms,
            carried,
            explanation,
        })
    }

    /// Ranks all candidates for a question.
    ///
    /// # Errors
    /// As [`Engine::ask`].
    pub fn rank(&self, question: &str, filters: &[String]) -> Result<Ranking> {
        let filter = Filter::parse(filters)?;
        let query = Query::of(question, &self.vocabulary, &*self.search)?;
        let found = self.find(&query, &filter)?;
        Ok(self.rank_found(query, found, None))
    }

    /// Reads a question by itself, or with what was said before where that is the likelier reading.
    fn read(&self, question: &Question, threshold: f64) -> Result<Reading> {
        let alone = self.rank(&question.text, &question.filters)?;
        if question.history.is_empty() || forms::is_small_talk(&alone.query.words) {
            return Ok(alone.into());
        }
        let context = Context::of(&question.history, &self.forms, &self.vocabulary, &*self.search)?;
        let filter = Filter::parse(&question.filters)?;
        let form = self.forms.of_question(&alone.query);
        if let Some(prompted) = self.prompted(&alone.query, &form, &context, &filter, threshold)? {
            return Ok(prompted.into());
        }
        let is_asked = alone.ranked.first().is_some_and(|first| first.asked);
        if is_asked || form.sign == Sign::None {
            return Ok(alone.into());
        }
        let (query, carried) = context.carry(&alone.query, &*self.search);
        let found = self.find(&query, &filter)?;
        let mut within = self.rank_found(query, found, Some(&context));
        within.believe(|first| history::borne_out(&alone.query, &form, first.unit, &*self.search));
        let likelihood = history::likelihood(form.sign);
        if within.confidence() * likelihood <= alone.confidence() * (1.0 - likelihood) {
            return Ok(alone.into());
        }
        let own_words = (form.sign != Sign::Bare).then_some(alone.query);
        Ok(Reading { ranking: within, carried, own_words })
    }

    /// The ranking of the units that the last answer's prompts lead to, if one of them answers.
    fn prompted(
        &self,
        query: &Query,
        form: &Form,
        context: &Context,
        filter: &Filter,
        threshold: f64,
    ) -> Result<Option<Ranking>> {
        let prompted = context.prompted(filter, &*self.search)?;
        let named = prompted.named(query.key).to_vec();
        if !named.is_empty() {
            let candidates = Candidates { units: named.clone(), asked: named };
            return Ok(Some(self.rank_found(query.clone(), Found { candidates, margins: self.margins(query) }, None)));
        }
        let candidates = Candidates { units: prompted.all(), asked: Vec::new() };
        // One that names nothing asks on about the answer itself.
        if candidates.units.is_empty() || matches!(form.sign, Sign::Bare | Sign::None) {
            return Ok(None);
        }
        let found = Found { candidates, margins: self.margins(query) };
        let mut ranking = self.rank_found(query.clone(), found, None);
        ranking.believe(|first| history::found(query, &form.names, first.unit, &*self.search));
        Ok(decide::is_answered(&ranking.ranked, &ranking.confidences, threshold).then_some(ranking))
    }

    /// Finds the candidates for a query.
    fn find(&self, query: &Query, filter: &Filter) -> Result<Found> {
        let margins = self.margins(query);
        let candidates = retrieve(query, filter, &likeliest(&margins), &*self.search)?;
        Ok(Found { candidates, margins })
    }

    fn rank_found(&self, query: Query, found: Found, context: Option<&Context>) -> Ranking {
        let (mut ranked, understood) = {
            let mut scorer = Scorer::new(&query, &*self.search).with_margins(found.margins);
            (rank(&found.candidates, &mut scorer, &self.weights, &*self.search), scorer.understood(&query))
        };
        if let Some(context) = context {
            context.prefer(&mut ranked, &*self.search);
        }
        let confidences = decide::confidences(&ranked, understood, &self.weights.confidence);
        let mut ranking = Ranking { query, understood, ranked, confidences };
        if forms::is_small_talk(&ranking.query.words) {
            ranking.believe_small_talk();
        }
        ranking
    }

    /// The margins of the classifiers; none where there are no classifiers.
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
        let query = Query::of(question, &self.vocabulary, &*self.search)?;
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
