//! The log: lines on standard error, text or JSON.

use crate::config::server::LogFormat;
use std::io;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::{EnvFilter, Layer as _, fmt, layer::SubscriberExt as _, util::SubscriberInitExt as _};

/// Which lines are written if `FAQT_LOG` says nothing.
const DEFAULT: &str = "faqt=info,warn";

/// Begins to log. What is behind lines up in memory, and is lost where that is full: a stopped disk or reader never
/// stops the server. Keep what comes back: the last lines are written when it goes.
pub fn start(format: LogFormat) -> WorkerGuard {
    let (writer, guard) = tracing_appender::non_blocking(io::stderr());
    let filter = EnvFilter::try_from_env("FAQT_LOG").unwrap_or_else(|_| EnvFilter::new(DEFAULT));
    // What the protocol of assistants logs of its own has questions in it.
    let filter = match "rmcp=error".parse() {
        Ok(quiet) => filter.add_directive(quiet),
        Err(_) => filter,
    };
    // A writer that fails is nothing to write about.
    let lines = fmt::layer().with_writer(writer).log_internal_errors(false).with_target(false);
    let lines = match format {
        LogFormat::Text => lines.with_ansi(false).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    // A program that embeds this one may have a log of its own.
    let _ = tracing_subscriber::registry().with(filter).with(lines).try_init();
    guard
}
