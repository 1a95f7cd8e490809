//! Keeps unanswered questions in the log beside the index, behind the back of whoever asked.

use crate::{
    analyze::words::Words,
    ask::forms::is_small_talk,
    feedback::{FeedbackLog, Record, Said},
};
use std::{
    sync::{
        Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread::{self, JoinHandle},
};

/// So many wait to be written; more are let go, for an answer never waits for a disk.
const WAITING: usize = 1024;

/// Writes what was not answered, one after the other, in a thread of its own.
pub struct Recorder(Mutex<Option<Writer>>);

struct Writer {
    records: SyncSender<Record>,
    thread: JoinHandle<()>,
}

impl Recorder {
    /// A recorder for a log; one that keeps nothing where there is none.
    pub fn new(log: Option<FeedbackLog>) -> Self {
        let writer = log.map(|log| {
            let (records, received) = sync_channel(WAITING);
            Writer { records, thread: thread::spawn(move || write(&log, &received)) }
        });
        Self(Mutex::new(writer))
    }

    /// Keeps a question that was not answered. Small talk is no question.
    pub fn missed(&self, question: &str, suggestions: &[String]) {
        let writer = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(writer) = &*writer else { return };
        if is_small_talk(&Words::of(question)) {
            return;
        }
        let Ok(record) = Record::new(question, Said::Unanswered { suggestions: suggestions.to_vec() }) else { return };
        if let Err(TrySendError::Full(_)) = writer.records.try_send(record) {
            tracing::warn!("an unanswered question is not kept: the disk is too slow for so many");
        }
    }

    /// Writes what still waits, and keeps nothing from then on.
    pub fn finish(&self) {
        let writer = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(Writer { records, thread }) = writer {
            drop(records);
            // It does not panic, and has nothing to tell.
            let _ = thread.join();
        }
    }
}

fn write(log: &FeedbackLog, records: &Receiver<Record>) {
    let mut fails = false;
    for record in records {
        let written = log.append(&record);
        match &written {
            // Once for a run of failures: a full disk is no better for a log full of it.
            Err(error) if !fails => tracing::error!(code = error.code(), "unanswered questions are not kept: {error}"),
            Ok(()) if fails => tracing::info!("unanswered questions are kept again"),
            _ => {}
        }
        fails = written.is_err();
    }
}
