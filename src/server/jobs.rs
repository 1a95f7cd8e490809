//! Building the index in the background: one job at a time, while the old generation answers.

use super::{app::App, ids};
use crate::{BuildOptions, Progress, build};
use jiff::Timestamp;
use serde::Serialize;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};
use utoipa::ToSchema;

/// So many jobs are remembered.
const REMEMBERED: usize = 100;

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It has not begun.
    Queued,
    /// It is at work.
    Running,
    /// The new generation answers, or nothing had changed.
    Done,
    /// It failed; the old generation goes on answering.
    Failed,
}

/// What a job is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Files are looked for.
    Walking,
    /// Files are read.
    Reading,
    /// The index is written.
    Writing,
    /// The new generation is opened.
    Opening,
    /// Nothing more.
    Ended,
}

/// A build of the index.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Job {
    /// Names the job.
    id: String,
    /// How far it is.
    state: State,
    /// What it is at.
    phase: Phase,
    /// Bytes of the corpus that are read.
    done: u64,
    /// Bytes of the corpus in all; 0 as long as that is not known.
    total: u64,
    /// The file that is read.
    file: Option<String>,
    /// When it began.
    #[schema(value_type = Option<String>, format = DateTime)]
    started: Option<Timestamp>,
    /// When it ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    finished: Option<Timestamp>,
    /// What was found, as `faqt index --format json` reports it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>, required = false)]
    report: Option<serde_json::Value>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    error: Option<JobError>,
}

/// Why a job failed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JobError {
    /// The stable name of the failure.
    code: String,
    /// What is wrong and what helps.
    message: String,
}

impl Job {
    /// Names the job.
    pub fn id(&self) -> &str {
        &self.id
    }

    fn is_open(&self) -> bool {
        matches!(self.state, State::Queued | State::Running)
    }
}

/// The jobs of a server, the newest last.
#[derive(Default)]
pub struct Jobs(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    jobs: VecDeque<Job>,
    /// Something has changed since the running job began to read.
    again: bool,
}

impl Jobs {
    /// The job with an id.
    pub fn get(&self, id: &str) -> Option<Job> {
        self.lock().jobs.iter().find(|job| job.id == id).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the newest job, which is the one that runs.
    fn update(&self, change: impl FnOnce(&mut Job)) {
        if let Some(job) = self.lock().jobs.back_mut() {
            change(job);
        }
    }

    /// A new job, or the one that is not done yet.
    fn queue(&self) -> (Job, bool) {
        let mut inner = self.lock();
        if let Some(job) = inner.jobs.back().filter(|job| job.is_open()) {
            return (job.clone(), false);
        }
        let job = Job {
            id: ids::random(),
            state: State::Queued,
            phase: Phase::Walking,
            done: 0,
            total: 0,
            file: None,
            started: None,
            finished: None,
            report: None,
            error: None,
        };
        inner.again = false;
        inner.jobs.push_back(job.clone());
        if inner.jobs.len() > REMEMBERED {
            inner.jobs.pop_front();
        }
        (job, true)
    }
}

/// Builds the index in a thread of its own, unless a job does so already: then that one is given.
pub fn reindex(app: &Arc<App>, rebuild: bool) -> Job {
    let (job, is_new) = app.jobs.queue();
    if is_new {
        let options = BuildOptions { rebuild, ..app.build.clone() };
        let app = Arc::clone(app);
        thread::spawn(move || run(&app, &options));
    }
    job
}

/// Builds the index because something has changed: once more behind a job that has begun already.
pub fn changed(app: &Arc<App>) {
    let is_running = {
        let mut inner = app.jobs.lock();
        inner.again = true;
        inner.jobs.back().is_some_and(Job::is_open)
    };
    if !is_running {
        reindex(app, false);
    }
}

fn run(app: &Arc<App>, options: &BuildOptions) {
    let jobs = &app.jobs;
    jobs.update(|job| {
        job.state = State::Running;
        job.started = Some(Timestamp::now());
    });
    let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| built(app, options)));
    let ended = ended
        .unwrap_or_else(|_| Err(JobError { code: "internal".to_owned(), message: "the build panicked".to_owned() }));
    if let Err(JobError { code, message }) = &ended {
        tracing::error!(code, "the index was not built: {message}");
    }
    let again = {
        let mut inner = jobs.lock();
        if let Some(job) = inner.jobs.back_mut() {
            job.finished = Some(Timestamp::now());
            (job.phase, job.file) = (Phase::Ended, None);
            match ended {
                Ok(report) => (job.state, job.report) = (State::Done, Some(report)),
                Err(error) => (job.state, job.error) = (State::Failed, Some(error)),
            }
        }
        inner.again
    };
    if again {
        reindex(app, false);
    }
}

/// Builds, and takes the new generation over.
fn built(app: &App, options: &BuildOptions) -> Result<serde_json::Value, JobError> {
    let failed = |error: crate::Error| JobError { code: error.code().to_owned(), message: error.to_string() };
    let built = build(options, &Told(&app.jobs)).map_err(failed)?;
    app.jobs.update(|job| job.phase = Phase::Opening);
    app.reload().map_err(failed)?;
    let mut report = serde_json::to_value(&built.summary).unwrap_or_default();
    if let Some(report) = report.as_object_mut() {
        report.insert("unchanged".to_owned(), built.unchanged.into());
    }
    Ok(report)
}

/// Tells the running job how far the build has come.
struct Told<'a>(&'a Jobs);

impl Progress for Told<'_> {
    fn start(&self, bytes: u64) {
        self.0.update(|job| (job.phase, job.total) = (Phase::Reading, bytes));
    }

    fn file(&self, source: &str, bytes: u64) {
        self.0.update(|job| (job.file, job.done) = (Some(source.to_owned()), bytes));
    }

    fn writing(&self) {
        self.0.update(|job| (job.phase, job.file, job.done) = (Phase::Writing, None, job.total));
    }
}
