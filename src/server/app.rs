//! What all requests share: the generation in force, the workers, the keys, the counts.

use super::{
    failure::Failure,
    jobs::Jobs,
    keys::Keys,
    limits::Rates,
    metrics::Metrics,
    recorder::Recorder,
    replies::Replies,
    workers::{BatchTurn, Workers},
};
use crate::{
    BuildOptions, Engine, Question, Reply,
    config::{Config, server::ServerSettings},
    error::{Error, Result},
    feedback::{FeedbackLog, MissLists},
};
use arc_swap::ArcSwap;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use tokio::sync::Mutex;

/// How many answers are given if nothing says otherwise.
const TOP: usize = 3;

/// The state of the server.
pub struct App {
    /// How it was set up.
    pub settings: ServerSettings,
    /// What `/v1/reindex` builds, and where.
    pub build: BuildOptions,
    /// Who may do what.
    pub keys: Keys,
    /// How much each caller has asked for.
    pub rates: Rates,
    /// What is counted.
    pub metrics: Metrics,
    /// Builds of the index.
    pub jobs: Jobs,
    /// Keeps what was not answered.
    pub recorder: Recorder,
    /// Lists it, for one at a time: whoever waits does not wait on a thread that others need.
    pub misses: Arc<Mutex<MissLists>>,
    top: usize,
    min_confidence: Option<f64>,
    current: ArcSwap<Opened>,
    workers: Workers,
    stopping: AtomicBool,
}

/// A generation that answers.
pub struct Opened {
    /// What answers.
    pub engine: Engine,
    /// What it answered lately.
    replies: Replies,
}

impl Opened {
    fn open(build: &BuildOptions, settings: &ServerSettings) -> Result<Self> {
        let engine = Engine::open(&build.index)?;
        // Now, so that nobody waits for it who types.
        engine.prepare()?;
        Ok(Self { engine, replies: Replies::new(settings.keep_replies) })
    }

    fn ask(&self, question: &Question) -> Result<Reply> {
        let reply = self.engine.ask(question)?;
        self.replies.keep(question, &reply);
        Ok(reply)
    }
}

impl App {
    /// Opens the index that `build` names.
    ///
    /// # Errors
    /// As [`Engine::open`], and for keys that cannot be read.
    pub fn open(config: &Config, settings: ServerSettings, build: BuildOptions) -> Result<Self> {
        let current = ArcSwap::from_pointee(Opened::open(&build, &settings)?);
        let workers = Workers::new(settings.max_waiting);
        Ok(Self {
            keys: Keys::open(&settings)?,
            rates: Rates::new(settings.rate),
            metrics: Metrics::new(),
            jobs: Jobs::default(),
            recorder: Recorder::new(settings.log_misses.then(|| FeedbackLog::of(&build.index))),
            misses: Arc::new(Mutex::new(MissLists::of(FeedbackLog::of(&build.index)))),
            top: config.top.unwrap_or(TOP),
            min_confidence: config.min_confidence,
            workers: workers.map_err(Error::io("cannot start threads to answer from", &build.index))?,
            stopping: AtomicBool::new(false),
            settings,
            build,
            current,
        })
    }

    /// The generation in force.
    pub fn opened(&self) -> Arc<Opened> {
        self.current.load_full()
    }

    /// Takes over the generation that was published last, if it is another than the one in force.
    ///
    /// # Errors
    /// As [`Engine::open`]; the one in force stays so.
    pub fn reload(&self) -> Result<bool> {
        let published = Engine::published(&self.build.index)?;
        if published == self.opened().engine.generation() {
            return Ok(false);
        }
        self.current.store(Arc::new(Opened::open(&self.build, &self.settings)?));
        Ok(true)
    }

    /// From now on this server is not ready any more.
    pub fn stopping(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Whether the server takes no more requests.
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// How many jobs wait for a thread.
    pub fn waiting(&self) -> usize {
        self.workers.waiting()
    }

    /// A question with the settings of the server.
    pub fn question(&self, text: impl Into<String>) -> Question {
        Question { top: self.top, min_confidence: self.min_confidence, ..Question::new(text) }
    }

    /// Runs what needs the engine when its turn comes.
    ///
    /// # Errors
    /// What the work fails with; 503 where too much waits.
    pub async fn run<T, E>(&self, work: impl FnOnce(&Opened) -> Result<T, E> + Send + 'static) -> Result<T, Failure>
    where
        T: Send + 'static,
        E: Into<Failure> + Send + 'static,
    {
        let opened = self.opened();
        self.workers.run(move || work(&opened)).await?.map_err(Into::into)
    }

    /// Answers a question that came through a door.
    ///
    /// # Errors
    /// As [`Engine::ask`]; 503 where too much waits.
    pub async fn ask(&self, door: &'static str, question: Question) -> Result<Reply, Failure> {
        let reply = if let Some(kept) = self.kept(&question) {
            kept
        } else {
            self.run(move |opened| opened.ask(&question)).await?
        };
        self.answered(door, &reply);
        Ok(reply)
    }

    /// The reply to a question that was asked before: it needs not wait for its turn.
    fn kept(&self, question: &Question) -> Option<Reply> {
        let reply = self.current.load().replies.get(question);
        self.metrics.replied(reply.is_some());
        reply
    }

    /// Waits for the turn of a batch.
    ///
    /// # Errors
    /// 503 where too much waits.
    pub async fn batch(&self) -> Result<BatchTurn, Failure> {
        self.workers.batch().await
    }

    /// Answers a question of a batch that has its turn.
    ///
    /// # Errors
    /// As [`Engine::ask`].
    pub async fn ask_of_batch(&self, turn: &BatchTurn, question: Question) -> Result<Reply, Failure> {
        let reply = if let Some(kept) = self.kept(&question) {
            kept
        } else {
            let opened = self.opened();
            self.workers.run_of_batch(turn, move || opened.ask(&question)).await??
        };
        self.answered("batch", &reply);
        Ok(reply)
    }

    /// Counts a reply.
    pub fn answered(&self, door: &'static str, reply: &Reply) {
        self.considered(door, &reply.question, reply.answered, &reply.suggestions);
    }

    /// Counts a question, and keeps it if it was not answered.
    pub fn considered(&self, door: &'static str, question: &str, answered: bool, suggestions: &[String]) {
        self.counted(door, question, answered);
        if !answered {
            self.recorder.missed(question, suggestions);
        }
    }

    /// Counts a question.
    pub fn counted(&self, door: &'static str, question: &str, answered: bool) {
        self.metrics.answered(door, answered);
        if self.settings.log_questions {
            tracing::info!(door, question, answered, "asked");
        }
    }
}
