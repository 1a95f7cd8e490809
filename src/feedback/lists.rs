//! Lists of misses that are kept: what was read and grouped is used again as long as log and index are the same.

use super::{
    export::{EvalFiles, export_of},
    follow::Follower,
    group::Topics,
    log::{FeedbackLog, Record},
    misses::{Asks, Misses},
};
use crate::{ask::engine::Engine, error::Result};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// So many lists are kept: those that somebody may be looking through.
const KEPT: usize = 4;

/// What nobody has asked for in so long a time is not kept any more.
const IDLE: Duration = Duration::from_secs(600);

/// What is known of a log, and lists that were made of it.
pub struct MissLists {
    log: FeedbackLog,
    follower: Follower,
    asks: Asks,
    state: State,
    broken: usize,
    topics: Topics,
    /// The one that was wanted last comes last.
    lists: Vec<Arc<MissList>>,
    used: Instant,
}

/// The misses of the first records of a log, to one index.
#[derive(Debug)]
pub struct MissList {
    /// The misses.
    pub misses: Misses,
    /// How many lines of the log are no records.
    pub broken: usize,
    state: State,
    generation: String,
}

/// What tells one state of a log from another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct State {
    records: usize,
    last: String,
}

impl MissLists {
    /// The lists of a log, of which nothing is read yet.
    #[must_use]
    pub fn of(log: FeedbackLog) -> Self {
        Self {
            follower: Follower::of(log.clone()),
            log,
            asks: Asks::default(),
            state: State::default(),
            broken: 0,
            topics: Topics::default(),
            lists: Vec::new(),
            used: Instant::now(),
        }
    }

    /// What was missed until now.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn now(&mut self, engine: &Engine) -> Result<Arc<MissList>> {
        self.refresh()?;
        if let Some(list) = self.kept(self.state.records, engine) {
            return Ok(list);
        }
        let misses = Misses::grouped(&self.asks, &mut self.topics, engine);
        Ok(self.keep(misses, self.state.clone(), engine))
    }

    /// What was missed when the log had so many records, as long as it has them still.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn at(&mut self, records: usize, engine: &Engine) -> Result<Option<Arc<MissList>>> {
        self.refresh()?;
        if let Some(list) = self.kept(records, engine) {
            return Ok(Some(list));
        }
        if records > self.state.records {
            return Ok(None);
        }
        let logged = self.log.read()?;
        let Some(first) = logged.records.get(..records) else { return Ok(None) };
        let misses = Misses::grouped(&Asks::of(first), &mut self.topics, engine);
        Ok(Some(self.keep(misses, State::of(first), engine)))
    }

    /// What is known of all questions, as a set for `faqt eval`.
    ///
    /// # Errors
    /// When the log or the index cannot be read.
    pub fn export(&mut self, engine: &Engine) -> Result<EvalFiles> {
        self.refresh()?;
        export_of(self.asks.all(), engine)
    }

    /// Lets go what nobody has wanted for a while.
    pub fn forget(&mut self) {
        if self.used.elapsed() > IDLE {
            *self = Self::of(self.log.clone());
        }
    }

    /// Takes in what has come to the log.
    fn refresh(&mut self) -> Result<()> {
        self.used = Instant::now();
        let news = self.follower.read_on()?;
        if news.anew {
            self.asks = Asks::default();
            self.state = State::default();
            self.broken = 0;
            self.topics = Topics::default();
            self.lists.clear();
        }
        if news.broken > 0 {
            self.broken += news.broken;
            self.lists.clear();
        }
        for record in &news.records {
            self.asks.take_in(record);
        }
        if let Some(last) = news.records.last() {
            self.state = State { records: self.state.records + news.records.len(), last: last.id.clone() };
        }
        Ok(())
    }

    /// The list of so many records, if it is kept.
    fn kept(&mut self, records: usize, engine: &Engine) -> Option<Arc<MissList>> {
        let generation = engine.generation();
        // A cursor of another index is no good any more.
        self.lists.retain(|list| list.generation == generation);
        let place = self.lists.iter().position(|list| list.state.records == records)?;
        let list = self.lists.remove(place);
        self.lists.push(Arc::clone(&list));
        Some(list)
    }

    fn keep(&mut self, misses: Misses, state: State, engine: &Engine) -> Arc<MissList> {
        let list = Arc::new(MissList { misses, broken: self.broken, state, generation: engine.generation() });
        self.lists.push(Arc::clone(&list));
        self.lists.drain(..self.lists.len().saturating_sub(KEPT));
        list
    }
}

impl MissList {
    /// Of how many records it is.
    #[must_use]
    pub fn records(&self) -> usize {
        self.state.records
    }

    /// The id of the last of them, which tells the log from others.
    #[must_use]
    pub fn last(&self) -> &str {
        &self.state.last
    }

    /// The index that it was made with.
    #[must_use]
    pub fn generation(&self) -> &str {
        &self.generation
    }
}

impl State {
    fn of(records: &[Record]) -> Self {
        Self { records: records.len(), last: records.last().map(|record| record.id.clone()).unwrap_or_default() }
    }
}
