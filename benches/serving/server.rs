//! The built program, serving a folder.

use crate::Result;
use serde_json::Value;
use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

/// `faqt serve`; it is killed in the end.
pub struct Server {
    child: Child,
    url: String,
}

impl Server {
    /// Starts it in a folder that has its `faqt.toml`.
    pub fn start(folder: &Path) -> Result<Self> {
        let mut program = Command::new(env!("CARGO_BIN_EXE_faqt"));
        let mut child =
            program.arg("serve").current_dir(folder).env("FAQT_LOG", "info").stderr(Stdio::piped()).spawn()?;
        let mut said = BufReader::new(child.stderr.take().ok_or("no standard error")?);
        let mut line = String::new();
        while !line.contains("listening on") {
            line.clear();
            if said.read_line(&mut line)? == 0 {
                return Err("the server ended".into());
            }
        }
        let url = line.rsplit(' ').next().unwrap_or_default().trim().to_owned();
        // What it logs is read, as a service manager would.
        thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        Ok(Self { child, url })
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// Builds the index again, and waits for its end.
    pub fn reindex(&self) -> Result<()> {
        let mut job = json(ureq::post(format!("{}/v1/reindex", self.url)).send_empty()?)?;
        let path = format!("{}/v1/jobs/{}", self.url, job["id"].as_str().unwrap_or_default());
        while job["state"] == "queued" || job["state"] == "running" {
            thread::sleep(Duration::from_millis(200));
            job = json(ureq::get(&path).call()?)?;
        }
        if job["state"] == "done" { Ok(()) } else { Err(job.to_string().into()) }
    }

    /// How much memory of its own it holds, in bytes (on Linux): without the files of the index that it maps.
    pub fn own_memory(&self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).ok_or("no RssAnon")?;
        Ok(line.trim_end_matches("kB").trim().parse::<u64>()? * 1024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn json(mut response: ureq::http::Response<ureq::Body>) -> Result<Value> {
    Ok(response.body_mut().read_json()?)
}
