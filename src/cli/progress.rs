//! Shows on a terminal how far a build has come.

use super::terminal::clean;
use faqt::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::Duration;

/// A progress bar on standard error; hidden where that is no terminal.
pub struct Bar(ProgressBar);

impl Bar {
    /// A bar that has not begun.
    #[must_use]
    pub fn new() -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes}  {wide_msg}") {
            bar.set_style(style);
        }
        Self(bar)
    }
}

impl Progress for Bar {
    fn start(&self, bytes: u64) {
        self.0.set_length(bytes);
        self.0.enable_steady_tick(Duration::from_millis(200));
    }

    fn file(&self, source: &str, bytes: u64) {
        self.0.set_position(bytes);
        self.0.set_message(clean(source));
    }

    fn writing(&self) {
        self.0.set_position(self.0.length().unwrap_or(0));
        self.0.set_message("writing the index");
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
