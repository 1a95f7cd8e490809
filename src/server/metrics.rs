//! What is counted, as OpenMetrics.

use super::app::App;
use axum::http::StatusCode;
use prometheus_client::{
    encoding::text::encode,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram, info::Info},
    registry::{Registry, Unit},
};
use std::{fmt, time::Duration};

/// The content type of [`Metrics::text`].
pub const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Upper ends of the classes of latencies, in seconds: answers take well under a millisecond.
const LATENCIES: [f64; 14] =
    [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

type Labels<const N: usize> = [(&'static str, String); N];

/// The counts of a server.
pub struct Metrics {
    registry: Registry,
    requests: Family<Labels<3>, Counter>,
    latencies: Family<Labels<1>, Histogram, fn() -> Histogram>,
    questions: Family<Labels<2>, Counter>,
    replies: Family<Labels<1>, Counter>,
    waiting: Gauge,
    units: Gauge,
    index_bytes: Gauge,
    index_age: Gauge<f64, std::sync::atomic::AtomicU64>,
}

impl Metrics {
    /// Counts that begin at nothing.
    pub fn new() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("faqt"),
            requests: Family::default(),
            latencies: Family::new_with_constructor(|| Histogram::new(LATENCIES)),
            questions: Family::default(),
            replies: Family::default(),
            waiting: Gauge::default(),
            units: Gauge::default(),
            index_bytes: Gauge::default(),
            index_age: Gauge::default(),
        };
        let Self { registry, requests, latencies, questions, replies, waiting, units, index_bytes, index_age } =
            &mut metrics;
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The program", version);
        registry.register("requests", "Requests by route, method and status", requests.clone());
        let about = "How long requests took";
        registry.register_with_unit("request_duration", about, Unit::Seconds, latencies.clone());
        registry.register("questions", "Questions by door, answered or not", questions.clone());
        registry.register("replies", "Replies, kept from the same question before or not", replies.clone());
        registry.register("queue_waiting", "Jobs that wait for a thread", waiting.clone());
        registry.register("index_units", "Units of the index in force", units.clone());
        registry.register_with_unit("index_size", "The index in force", Unit::Bytes, index_bytes.clone());
        let about = "Time since the index in force was built";
        registry.register_with_unit("index_age", about, Unit::Seconds, index_age.clone());
        metrics
    }

    /// Counts a request. `route` is the pattern of the path, so that there are few.
    pub fn request(&self, route: &str, method: &str, status: StatusCode, took: Duration) {
        let labels =
            [("route", route.to_owned()), ("method", method.to_owned()), ("status", status.as_str().to_owned())];
        self.requests.get_or_create(&labels).inc();
        self.latencies.get_or_create(&[("route", route.to_owned())]).observe(took.as_secs_f64());
    }

    /// Counts a question.
    pub fn answered(&self, door: &str, answered: bool) {
        self.questions.get_or_create(&[("door", door.to_owned()), ("answered", answered.to_string())]).inc();
    }

    /// Counts a reply that was kept, or one that was not and is made.
    pub fn replied(&self, kept: bool) {
        self.replies.get_or_create(&[("kept", kept.to_string())]).inc();
    }

    /// All counts, as OpenMetrics text.
    ///
    /// # Errors
    /// Never in fact: text is written to a string.
    pub fn text(&self, app: &App) -> Result<String, fmt::Error> {
        let opened = app.opened();
        self.waiting.set(app.waiting().cast_signed() as i64);
        self.units.set(opened.engine.len().cast_signed() as i64);
        self.index_bytes.set(opened.engine.bytes().cast_signed());
        self.index_age.set(opened.engine.built().elapsed().unwrap_or_default().as_secs_f64());
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}
