//! Questions thrown at the server by `wrk`.

use crate::Result;
use serde::Deserialize;
use std::{
    fmt, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Each thread of `wrk` begins elsewhere in the list of questions, and at every run; what came of it is said as JSON in the
/// last line.
const SCRIPT: &str = r#"
local started = 0
function setup(thread)
   thread:set("share", started / 2)
   started = started + 1
end
function init(args)
   questions = {}
   for line in io.lines(args[1]) do questions[#questions + 1] = line end
   math.randomseed(os.time())
   at = math.random(#questions) + math.floor(share * #questions)
end
function request()
   at = at % #questions + 1
   return wrk.format("POST", "/v1/ask", {["content-type"] = "application/json"}, '{"question": "' .. questions[at] .. '"}')
end
function done(summary, latency)
   local errors = summary.errors
   io.write(string.format(
      '{"seconds": %f, "responses": %d, "refused": %d, "broken": %d, "median_ms": %f, "p99_ms": %f, "most_ms": %f}\n',
      summary.duration / 1e6, summary.requests, errors.status,
      errors.connect + errors.read + errors.write + errors.timeout,
      latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
end
"#;

/// `wrk` with its script.
pub struct Load {
    script: PathBuf,
    folder: PathBuf,
    url: String,
}

/// What is asked: a file of questions, one a line.
#[derive(Clone, Copy)]
pub enum Asked {
    /// More different questions than the server keeps replies of.
    New,
    /// A few, again and again.
    Again,
}

impl Asked {
    pub fn file(self) -> &'static str {
        match self {
            Self::New => "new.txt",
            Self::Again => "again.txt",
        }
    }
}

/// What came of a run.
#[derive(Deserialize)]
pub struct Report {
    seconds: f64,
    responses: u64,
    /// Responses that are no success.
    refused: u64,
    /// Connections that failed, and requests without a response.
    broken: u64,
    median_ms: f64,
    p99_ms: f64,
    most_ms: f64,
}

impl Load {
    pub fn new(folder: &Path, url: &str) -> Result<Self> {
        let script = folder.join("ask.lua");
        fs::write(&script, SCRIPT)?;
        Ok(Self { script, folder: folder.to_path_buf(), url: url.to_owned() })
    }

    pub fn run(&self, asked: Asked, connections: usize, seconds: u64) -> Result<Report> {
        let mut wrk = Command::new("wrk");
        wrk.args(["-t2", &format!("-c{connections}"), &format!("-d{seconds}s"), "-s"]).arg(&self.script);
        let output = wrk.arg(&self.url).arg("--").arg(self.folder.join(asked.file())).output();
        let output = output.map_err(|error| format!("wrk cannot be run (Debian's package is `wrk`): {error}"))?;
        let said = String::from_utf8_lossy(&output.stdout);
        let last = said.lines().last().unwrap_or_default();
        serde_json::from_str(last).map_err(|error| format!("{error}: {said}").into())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let a_second = |count: u64| count as f64 / self.seconds;
        let answered = a_second(self.responses - self.refused);
        write!(
            out,
            "{answered:.0} answered a second, {:.0} refused, {} broken; a response took {:.1} ms (median), {:.1} (p99), \
             {:.1} (most)",
            a_second(self.refused),
            self.broken,
            self.median_ms,
            self.p99_ms,
            self.most_ms
        )
    }
}
