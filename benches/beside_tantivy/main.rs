//! faqt beside plain tantivy, in one run: building, asking, size. Prints ratios, faqt over tantivy.
//!
//! `cargo bench --bench beside_tantivy -- [PAIRS] [FOLDER]`; 200,000 pairs in a temporary folder if nothing is said.

mod corpus;
#[path = "../made_up/mod.rs"]
mod made_up;
mod plain;

use corpus::Generated;
use faqt::{BuildOptions, Engine, Question, Silent};
use plain::PlainTantivy;
use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// How many pairs to index.
const PAIRS: usize = 200_000;
/// How many questions to ask.
const QUESTIONS: usize = 1_000;

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1).filter(|arg| !arg.starts_with("--"));
    let pairs = args.next().map_or(Ok(PAIRS), |pairs| pairs.parse())?;
    let temporary = tempfile::tempdir()?;
    let folder = args.next().map_or_else(|| temporary.path().to_path_buf(), PathBuf::from);
    fs::create_dir_all(&folder)?;
    let file = folder.join("pairs.jsonl");
    let generated = Generated::new(pairs);
    generated.write(&file)?;
    println!("{pairs} pairs, {:.1} MB", fs::metadata(&file)?.len() as f64 / 1e6);

    let start = Instant::now();
    let plain = PlainTantivy::build(&file, &folder.join("plain"))?;
    let plain_build = start.elapsed().as_secs_f64();
    let index = folder.join("index");
    if index.exists() {
        fs::remove_dir_all(&index)?;
    }
    let start = Instant::now();
    faqt::build(&BuildOptions { rebuild: true, ..BuildOptions::new(&file, &index) }, &Silent)?;
    let our_build = start.elapsed().as_secs_f64();
    println!("build   plain {plain_build:6.2} s    faqt {our_build:6.2} s    ratio {:.2}", our_build / plain_build);
    let (plain_size, our_size) = (size(&folder.join("plain"))?, size(&index)?);
    println!("size    plain {plain_size:6.1} MB   faqt {our_size:6.1} MB   ratio {:.2}", our_size / plain_size);

    let engine = Engine::open(&index)?;
    let questions: Vec<String> = (0..QUESTIONS).map(|number| generated.question(number)).collect();
    let mut times = [Vec::new(), Vec::new(), Vec::new()];
    let (mut ours_first, mut plain_first) = (0, 0);
    // In turn, so that both meet the same moods of the machine; the first tenth warms up.
    for (number, question) in questions.iter().enumerate() {
        let (plain_found, plain_time) = timed(|| plain.ask(question))?;
        let (ranking, rank_time) = timed(|| Ok(engine.rank(question, &[])?))?;
        let (_, ask_time) = timed(|| Ok(engine.ask(&Question::new(question))?))?;
        let right = generated.answer_number(number) as u32;
        plain_first += usize::from(plain_found.first() == Some(&u64::from(right)));
        ours_first += usize::from(ranking.ranked.first().is_some_and(|first| first.unit == right));
        if number >= QUESTIONS / 10 {
            times.iter_mut().zip([plain_time, rank_time, ask_time]).for_each(|(times, time)| times.push(time));
        }
    }
    for (name, place) in [("rank", 1), ("ask", 2)] {
        for (share_name, share) in [("median", 0.5), ("p99", 0.99)] {
            let (plain, ours) = (percentile(&times[0], share), percentile(&times[place], share));
            println!("{name:5} {share_name:6} plain {plain:.3} ms   faqt {ours:.3} ms   ratio {:.2}", ours / plain);
        }
    }
    println!("first answer right: plain {plain_first}, faqt {ours_first} of {QUESTIONS}");
    Ok(())
}

fn timed<T>(run: impl FnOnce() -> Result<T>) -> Result<(T, f64)> {
    let start = Instant::now();
    let result = run()?;
    Ok((result, start.elapsed().as_secs_f64() * 1e3))
}

fn percentile(times: &[f64], share: f64) -> f64 {
    faqt::eval::metrics::percentile(times, share)
}

/// Size of the files of a folder in MB.
fn size(folder: &Path) -> Result<f64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        bytes +=
            if entry.file_type()?.is_dir() { (size(&entry.path())? * 1e6) as u64 } else { entry.metadata()?.len() };
    }
    Ok(bytes as f64 / 1e6)
}
