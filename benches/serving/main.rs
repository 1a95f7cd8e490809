//! How much one server answers: the built program under `wrk`, which has to be installed and runs on the same cores.
//!
//! `cargo bench --bench serving -- [PAIRS] [MINUTES]`; 200,000 pairs, and half a minute of memory, if nothing is said.

#[path = "../beside_tantivy/corpus.rs"]
mod corpus;
mod load;
#[path = "../made_up/mod.rs"]
mod made_up;
mod server;

use corpus::Generated;
use load::{Asked, Load, Report};
use server::Server;
use std::{
    fs,
    io::Write as _,
    path::Path,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::Duration,
};

/// What goes wrong ends the benchmark.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// How many pairs to index.
const PAIRS: usize = 200_000;
/// How many different questions are asked.
const QUESTIONS: usize = 200_000;
/// How many of them, where the same are asked again and again.
const SAME: usize = 1_000;
/// How many connections ask at a time.
const CONNECTIONS: usize = 64;
/// How long each load lasts, in seconds.
const SECONDS: u64 = 15;

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1).filter(|arg| !arg.starts_with("--"));
    let pairs = args.next().map_or(Ok(PAIRS), |pairs| pairs.parse())?;
    let minutes: f64 = args.next().map_or(Ok(0.5), |minutes| minutes.parse())?;
    let folder = tempfile::tempdir()?;
    let folder = folder.path();
    let generated = Generated::new(pairs);
    let corpus = folder.join("pairs.jsonl");
    generated.write(&corpus)?;
    let questions: Vec<String> = (0..QUESTIONS).map(|number| generated.question(number)).collect();
    for (asked, count) in [(Asked::New, QUESTIONS), (Asked::Again, SAME)] {
        fs::write(folder.join(asked.file()), questions[..count].join("\n"))?;
    }
    // As many as ask may wait, so that ten times as many are too many.
    let settings = "corpus = \"pairs.jsonl\"\n[server]\naddr = \"127.0.0.1:0\"\n";
    fs::write(folder.join("faqt.toml"), format!("{settings}max_waiting = {CONNECTIONS}\n"))?;

    let server = Server::start(folder)?;
    let load = Load::new(folder, server.url())?;
    println!("{pairs} pairs, {} cores, wrk on the same\n", thread::available_parallelism()?);
    load.run(Asked::New, CONNECTIONS, 3)?;
    println!("{CONNECTIONS} connections:\n  {}", load.run(Asked::New, CONNECTIONS, SECONDS)?);
    println!("ten times as many:\n  {}", load.run(Asked::New, 10 * CONNECTIONS, SECONDS)?);
    load.run(Asked::Again, CONNECTIONS, 3)?;
    println!("{CONNECTIONS} that ask {SAME} questions again:\n  {}", load.run(Asked::Again, CONNECTIONS, SECONDS)?);
    rebuilding(&server, &load, &corpus)?;
    memory(&server, &load, minutes)
}

/// Asks while the index is built again and again.
fn rebuilding(server: &Server, load: &Load, corpus: &Path) -> Result<()> {
    let (over, built) = (AtomicBool::new(false), AtomicUsize::new(0));
    let report = thread::scope(|scope| {
        let builder = scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                rebuild(server, corpus).map_err(|error| error.to_string())?;
                built.fetch_add(1, Ordering::Relaxed);
            }
            Ok::<_, String>(())
        });
        let report = load.run(Asked::New, CONNECTIONS, 4 * SECONDS);
        over.store(true, Ordering::Relaxed);
        builder.join().map_err(|_| "the thread that rebuilds panicked")??;
        report
    })?;
    println!("{CONNECTIONS} connections while the index is rebuilt ({} times):\n  {report}", built.into_inner());
    Ok(())
}

/// Adds a pair, for without a change there would be nothing to build, and builds.
fn rebuild(server: &Server, corpus: &Path) -> Result<()> {
    let mut file = fs::OpenOptions::new().append(true).open(corpus)?;
    writeln!(file, "{{\"question\": \"What is new?\", \"answer\": \"This pair.\"}}")?;
    server.reindex()
}

/// Asks for minutes, and tells how the memory of the server grows.
fn memory(server: &Server, load: &Load, minutes: f64) -> Result<()> {
    println!("memory of the server, without mapped files, while {CONNECTIONS} connections ask for {minutes} minutes:");
    let seconds = (minutes * 60.0) as u64;
    let step = Duration::from_secs((seconds / 10).max(1));
    let report = thread::scope(|scope| -> Result<Report> {
        let asking = scope.spawn(|| load.run(Asked::New, CONNECTIONS, seconds).map_err(|error| error.to_string()));
        let mut sizes = Vec::new();
        while !asking.is_finished() {
            sizes.push(format!("{:.1}", server.own_memory()? as f64 / f64::from(1 << 20)));
            thread::sleep(step);
        }
        println!("  {} MiB", sizes.join(" "));
        Ok(asking.join().map_err(|_| "the thread that asks panicked")??)
    })?;
    println!("  {report}");
    Ok(())
}
