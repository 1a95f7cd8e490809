//! The one way from a question to a reply, for every front end.

use super::{
    clauses::clauses,
    compose,
    considered::Considered,
    decide,
    explain::{self, Explanation},
    filter::Filter,
    forms, history,
    newer::{Newer, newer_first},
    query::{Query, can_be_asked},
    rank::rank,
    ranking::Ranking,
    retrieve::{Candidates, retrieve},
    score::Scorer,
    sentences::Matcher,
    suggest::Phrasings,
    vocabulary::Vocabulary,
    weights::Weights,
};
use crate::{
    browse::{Articles, Numbers},
    error::{Error, Result},
    index::{
        Search, UnitNo,
        build::{BuildOptions, Progress, build},
        generation,
        memory::{self, Indexed},
        synonyms,
    },
    learn::{
        LearnOptions,
        classifier::{Classifier, Margins, likeliest},
        features::features,
        learn,
    },
    model::{Answer, Article, Citation, Question, Reply, Unit},
};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::OnceLock,
    time::{Instant, SystemTime},
};

/// From so many words on a question that nothing answers is asked by its clauses too.
const LONG: usize = 12;

/// What a clause is answered by must be among so many of the first units for the whole question.
const LIKELY: usize = 3;

/// How far a clause is believed beside a question: the best of several tries is right less often than one.
const CLAUSE: f64 = 0.85;

/// A clause with fewer words that tell what is asked says too little by itself.
const TELLING: usize = 3;

/// How many characters of a passage an explanation shows.
const LABEL: usize = 60;

/// An open index that answers questions. It can be shared between threads.
pub struct Engine {
    pub(crate) search: Box<dyn Search>,
    pub(crate) vocabulary: Vocabulary,
    /// The folder of the generation.
    pub(crate) folder: PathBuf,
    /// The size of its files.
    bytes: u64,
    /// What is made when it is first needed.
    pub(crate) tables: Tables,
    weights: Weights,
    classifier: Option<Classifier>,
}

/// Tables that few front ends need.
#[derive(Default)]
pub(crate) struct Tables {
    phrasings: OnceLock<Phrasings>,
    pub(crate) numbers: OnceLock<Numbers>,
    pub(crate) articles: OnceLock<Articles>,
}

/// What may answer a query, and what the classifiers say.
pub(super) struct Found {
    pub(super) candidates: Candidates,
    pub(super) margins: Margins,
}

impl Engine {
    /// Opens the index in a folder.
    ///
    /// # Errors
    /// [`Error::IndexMissing`], [`Error::IndexVersion`] or [`Error::IndexDamaged`], each with its remedy.
    pub fn open(index: impl AsRef<Path>) -> Result<Self> {
        let (folder, manifest, search) = generation::open(index.as_ref())?;
        let vocabulary = Vocabulary::of(&manifest.languages, search.lexicon(), synonyms::open(&folder)?);
        let (weights, classifier) = match manifest.learned {
            learned if learned.has_classifiers => (learned.weights, Some(Classifier::open(&folder)?)),
            learned => (learned.weights, None),
        };
        let bytes = manifest.files.iter().map(|file| file.bytes).sum();
        let (search, tables) = (Box::new(search), Tables::default());
        Ok(Self { search, vocabulary, folder, bytes, tables, weights, classifier })
    }

    /// An engine for a few articles, which has no index on disk. Nothing is learnt from them.
    ///
    /// # Errors
    /// When the search library refuses.
    pub fn of_articles(articles: &[Article]) -> Result<Self> {
        let Indexed { search, languages, rules } = memory::index(articles)?;
        let vocabulary = Vocabulary::of(&languages, search.lexicon(), rules);
        let nothing = LearnOptions { most_phrasings: 0, ..LearnOptions::default() };
        let folder = PathBuf::new();
        let (learned, _) = learn(&search, &folder, &vocabulary, &nothing)?;
        Ok(Self {
            search: Box::new(search),
            vocabulary,
            folder,
            tables: Tables::default(),
            weights: learned.weights,
            classifier: None,
            bytes: 0,
        })
    }

    /// The name of the generation that is in force in a folder; it may be newer than the one that is open.
    ///
    /// # Errors
    /// As [`Engine::open`].
    pub fn published(index: &Path) -> Result<String> {
        generation::current(index).map(|folder| generation::name(&folder))
    }

    /// The name of the generation that is open.
    #[must_use]
    pub fn generation(&self) -> String {
        generation::name(&self.folder)
    }

    /// The size of the generation on disk, in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// When the build of the generation began.
    #[must_use]
    pub fn built(&self) -> SystemTime {
        generation::begun(&self.folder)
    }

    /// Builds the index, if its corpus has changed, and opens it.
    ///
    /// # Errors
    /// As [`build()`](crate::build()) and [`Engine::open`].
    pub fn build(options: &BuildOptions, progress: &dyn Progress) -> Result<Self> {
        build(options, progress)?;
        Self::open(&options.index)
    }

    /// Makes the tables that are else made when a suggestion, a number or a list of articles is first asked for.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn prepare(&self) -> Result<()> {
        self.phrasings();
        self.numbers();
        self.articles()?;
        Ok(())
    }

    /// The phrasings by their words.
    pub(super) fn phrasings(&self) -> &Phrasings {
        self.tables.phrasings.get_or_init(|| Phrasings::of(&*self.search))
    }

    /// Answers a question, or says honestly that there is no answer.
    ///
    /// # Errors
    /// For a question that is empty or far too long, a filter that is none, or an index that cannot be read.
    pub fn ask(&self, question: &Question) -> Result<Reply> {
        let start = Instant::now();
        let considered = self.consider(question)?;
        let Considered { reading, answered, .. } = &considered;
        let (ranking, answered) = (&reading.ranking, *answered);
        let (mut answers, mut suggestions) = (Vec::new(), Vec::new());
        if answered {
            answers = self.compose(question, &considered)?;
            if let Some(least) = question.min_confidence {
                let mut place = 0..;
                answers.retain(|answer| place.next() == Some(0) || answer.confidence >= least);
            }
        } else if !forms::is_small_talk(&ranking.query.words) {
            suggestions = compose::suggestions(&ranking.ranked, &*self.search)?;
        }
        let explanation =
            if question.explain { Some(self.explain(ranking, self.threshold_of(question))?) } else { None };
        let corrections = ranking.query.corrections();
        Ok(Reply {
            question: question.text.clone(),
            answered,
            answers,
            suggestions,
            corrections,
            took_ms: Reply::milliseconds(start.elapsed()),
            carried: considered.reading.carried,
            explanation,
        })
    }

    /// The answers: the first to each part of the question, then those to the whole.
    fn compose(&self, question: &Question, considered: &Considered<'_>) -> Result<Vec<Answer>> {
        let asked = self.asked_parts(considered);
        let picks = compose::picks(&asked, considered.parts.len());
        let newer: BTreeSet<Newer> = asked.iter().flat_map(|asked| asked.ranking.newer.iter().copied()).collect();
        compose::answers(&picks, &newer, question.top.max(1), &*self.search)
    }

    /// Ranks all candidates for a question.
    ///
    /// # Errors
    /// As [`Engine::ask`].
    pub fn rank(&self, question: &str, filters: &[String]) -> Result<Ranking> {
        self.rank_in(None, question, &Filter::parse(filters)?)
    }

    /// The same for a question in a language that is known, see [`Question::language`].
    pub(super) fn rank_in(&self, language: Option<&str>, question: &str, filter: &Filter) -> Result<Ranking> {
        let whole = self.rank_text(language, question, filter)?;
        if whole.query.order.len() < LONG || whole.confidence() >= self.threshold() {
            return Ok(whole);
        }
        self.rank_by_clause(language, question, filter, whole)
    }

    fn rank_text(&self, language: Option<&str>, question: &str, filter: &Filter) -> Result<Ranking> {
        let query = Query::of(question, language, &self.vocabulary, &*self.search)?;
        let found = self.find(&query, filter)?;
        self.rank_found(query, found, None)
    }

    /// The ranking for the clause of a long question that is answered most surely, if that is one of the units that the
    /// whole leads to; else that for the whole.
    fn rank_by_clause(
        &self,
        language: Option<&str>,
        question: &str,
        filter: &Filter,
        whole: Ranking,
    ) -> Result<Ranking> {
        let likely: Vec<UnitNo> = whole.ranked.iter().take(LIKELY).map(|ranked| ranked.unit).collect();
        let spoken = whole.query.languages.first().map(String::as_str);
        let mut best = None;
        let mut surest = whole.confidence();
        for clause in clauses(question, spoken) {
            let Some(clause) = question.get(clause).filter(|clause| can_be_asked(clause)) else { continue };
            let mut ranking = self.rank_text(language, clause, filter)?;
            ranking.believe(|_| CLAUSE);
            let is_likely = ranking.ranked.first().is_some_and(|first| likely.contains(&first.unit));
            let tells = ranking.query.terms.iter().filter(|term| term.tells()).count() >= TELLING;
            if is_likely && tells && ranking.confidence() > surest {
                surest = ranking.confidence();
                best = Some(ranking);
            }
        }
        Ok(best.unwrap_or(whole))
    }

    /// Finds the candidates for a query.
    pub(super) fn find(&self, query: &Query, filter: &Filter) -> Result<Found> {
        let margins = self.margins(query);
        let candidates = retrieve(query, filter, &likeliest(&margins), &*self.search)?;
        Ok(Found { candidates, margins })
    }

    /// Ranks what was found, some of it preferred for what was said before.
    pub(super) fn rank_found(&self, query: Query, found: Found, context: Option<&history::Context>) -> Result<Ranking> {
        let (mut ranked, understood) = {
            let scorer = Scorer::new(&query, &*self.search).with_margins(found.margins);
            let mut scorer = scorer.for_units(&found.candidates.units);
            (rank(&found.candidates, &mut scorer, &self.weights, &*self.search), scorer.understood(&query))
        };
        if let Some(context) = context {
            context.prefer(&mut ranked, &*self.search);
        }
        let confidences = decide::confidences(&ranked, understood, &self.weights.confidence);
        // The confidence is in what is said at a place of the ranking, whoever says it last.
        let newer = newer_first(&mut ranked, &*self.search)?;
        let mut ranking = Ranking { query, understood, ranked, confidences, newer };
        if forms::is_small_talk(&ranking.query.words) {
            ranking.believe_small_talk();
        }
        Ok(ranking)
    }

    /// The margins of the classifiers; none where there are no classifiers.
    pub(super) fn margins(&self, query: &Query) -> Margins {
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
        let query = Query::of(question, None, &self.vocabulary, &*self.search)?;
        Ok(Matcher::new(&query, &*self.search))
    }

    /// Cites the sentence of a unit's text that says most of what is asked.
    ///
    /// # Errors
    /// [`Error::UnitUnknown`], and as [`Engine::ask`].
    pub fn best_sentence(&self, question: &str, id: &str) -> Result<Citation> {
        let number = self.search.unit_no(id).ok_or_else(|| Error::UnitUnknown(id.to_owned()))?;
        let unit = self.search.unit(number)?;
        let best = self.matcher(question)?.best(&unit, number);
        Ok(compose::citation(&unit, best))
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
