//! Lists of misses that are kept: what was read and grouped is used again as long as log and index are the same.

use super::{
    export::{EvalFiles, export_of},
    follow::{Follower, News},
    log::{FeedbackLog, Record},
    misses::{Asks, Misses},
};
use crate::{ask::engine::Engine, error::Result};
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// So many lists are kept: those that somebody may be looking through.
const KEPT: usize = 4;

/// What nobody has asked for in so long a time is not kept any more.
const IDLE: Duration = Duration::from_secs(600);

/// The lists of a log.
#[derive(Debug)]
pub struct MissLists {
    log: FeedbackLog,
    kept: Mutex<Option<Kept>>,
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

/// What is known of a log.
#[derive(Debug)]
struct Kept {
    follower: Follower,
    asks: Asks,
    state: State,
    broken: usize,
    /// The one that was wanted last comes last.
    lists: Vec<Arc<MissList>>,
    used: Instant,
}

impl MissLists {
    /// The lists of a log, of which nothing is read yet.
    #[must_use]
    pub fn of(log: FeedbackLog) -> Self {
        Self { log, kept: Mutex::new(None) }
    }

    /// What was missed until now.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn now(&self, engine: &Engine) -> Result<Arc<MissList>> {
        let mut kept = self.kept();
        let kept = self.refreshed(&mut kept)?;
        let state = kept.state.clone();
        if let Some(list) = kept.list(state.records, engine) {
            return Ok(list);
        }
        let list = MissList::of(&kept.asks, state, kept.broken, engine);
        Ok(kept.keep(list))
    }

    /// What was missed when the log had so many records, as long as it has them still.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn at(&self, records: usize, engine: &Engine) -> Result<Option<Arc<MissList>>> {
        let mut kept = self.kept();
        let kept = self.refreshed(&mut kept)?;
        if let Some(list) = kept.list(records, engine) {
            return Ok(Some(list));
        }
        if records > kept.state.records {
            return Ok(None);
        }
        let logged = self.log.read()?;
        let Some(first) = logged.records.get(..records) else { return Ok(None) };
        let list = MissList::of(&Asks::of(first), State::of(first), logged.broken.len(), engine);
        Ok(Some(kept.keep(list)))
    }

    /// What is known of all questions, as a set for `faqt eval`.
    ///
    /// # Errors
    /// When the log or the index cannot be read.
    pub fn export(&self, engine: &Engine) -> Result<EvalFiles> {
        let asked = self.refreshed(&mut self.kept())?.asks.all().to_vec();
        export_of(&asked, engine)
    }

    /// Lets go what nobody has wanted for a while.
    pub fn forget(&self) {
        // Whoever has it wants it.
        if let Ok(mut kept) = self.kept.try_lock()
            && kept.as_ref().is_some_and(|kept| kept.used.elapsed() > IDLE)
        {
            *kept = None;
        }
    }

    fn kept(&self) -> MutexGuard<'_, Option<Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known of the log as it is now.
    fn refreshed<'k>(&self, kept: &'k mut Option<Kept>) -> Result<&'k mut Kept> {
        let kept = kept.get_or_insert_with(|| Kept::of(Follower::of(self.log.clone())));
        kept.used = Instant::now();
        let news = kept.follower.read_on()?;
        kept.take_in(&news);
        Ok(kept)
    }
}

impl Kept {
    fn of(follower: Follower) -> Self {
        let (asks, state) = (Asks::default(), State::default());
        Self { follower, asks, state, broken: 0, lists: Vec::new(), used: Instant::now() }
    }

    fn take_in(&mut self, news: &News) {
        if news.anew {
            self.asks = Asks::default();
            self.state = State::default();
            self.broken = 0;
        }
        if news.anew || news.broken > 0 {
            self.lists.clear();
        }
        news.records.iter().for_each(|record| self.asks.take_in(record));
        self.broken += news.broken;
        if let Some(last) = news.records.last() {
            self.state = State { records: self.state.records + news.records.len(), last: last.id.clone() };
        }
    }

    /// The list of so many records, if it is kept.
    fn list(&mut self, records: usize, engine: &Engine) -> Option<Arc<MissList>> {
        let generation = engine.generation();
        // A cursor of another index is no good any more.
        self.lists.retain(|list| list.generation == generation);
        let place = self.lists.iter().position(|list| list.state.records == records)?;
        let list = self.lists.remove(place);
        self.lists.push(Arc::clone(&list));
        Some(list)
    }

    fn keep(&mut self, list: MissList) -> Arc<MissList> {
        let list = Arc::new(list);
        self.lists.push(Arc::clone(&list));
        self.lists.drain(..self.lists.len().saturating_sub(KEPT));
        list
    }
}

impl MissList {
    fn of(asks: &Asks, state: State, broken: usize, engine: &Engine) -> Self {
        Self { misses: Misses::grouped(asks, engine), broken, state, generation: engine.generation() }
    }

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
