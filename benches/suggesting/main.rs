//! How fast questions are suggested while one types: every beginning of stored questions, some with an error, and words
//! in the wrong order.
//!
//! `cargo bench --bench suggesting -- [PAIRS] [FOLDER]`; 200,000 pairs in a temporary folder if nothing is said.

#[path = "../beside_tantivy/corpus.rs"]
mod corpus;
#[path = "../made_up/mod.rs"]
mod made_up;

use corpus::Generated;
use faqt::{BuildOptions, Engine, Silent, ask::suggest::SuggestOptions, eval::metrics::percentile};
use made_up::Random;
use std::{path::PathBuf, time::Instant};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// How many pairs to index.
const PAIRS: usize = 200_000;
/// How many questions to type.
const QUESTIONS: usize = 300;

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1).filter(|arg| !arg.starts_with("--"));
    let pairs = args.next().map_or(Ok(PAIRS), |pairs| pairs.parse())?;
    let temporary = tempfile::tempdir()?;
    let folder = args.next().map_or_else(|| temporary.path().to_path_buf(), PathBuf::from);
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("pairs.jsonl");
    let generated = Generated::new(pairs);
    generated.write(&file)?;
    faqt::build(&BuildOptions::new(&file, folder.join("index")), &Silent)?;
    let engine = Engine::open(folder.join("index"))?;
    let start = Instant::now();
    engine.prepare()?;
    println!("{pairs} pairs; the tables take {:.0} ms once", start.elapsed().as_secs_f64() * 1e3);

    let stored = |number: usize| -> Result<String> {
        let unit = engine.unit_at(generated.answer_number(number) as u32)?;
        Ok(unit.question().unwrap_or_default().to_owned())
    };
    let (mut as_stored, mut wrong, mut turned) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..QUESTIONS {
        let question = stored(number)?;
        as_stored.extend(beginnings(&question));
        wrong.extend(beginnings(&with_error(&question, number)));
        turned.extend(beginnings(&generated.question(number)));
    }
    for (name, texts) in [("as stored", &as_stored), ("with an error", &wrong), ("turned round", &turned)] {
        let mut times = Vec::new();
        let (mut found, mut slowest) = (0, (0.0, ""));
        for text in texts {
            let start = Instant::now();
            found += usize::from(!engine.suggest(&SuggestOptions::new(text))?.is_empty());
            let time = start.elapsed().as_secs_f64() * 1e3;
            times.push(time);
            if time > slowest.0 {
                slowest = (time, text);
            }
        }
        let [median, p99, most] = [0.5, 0.99, 1.0].map(|share| percentile(&times, share));
        let share = found as f64 / texts.len() as f64;
        println!(
            "{name:14} {:6} texts, {share:.2} with suggestions: median {median:.3} ms, p99 {p99:.3} ms, most {most:.3} ms \
             (`{}`)",
            texts.len(),
            slowest.1
        );
    }
    Ok(())
}

/// The text after every key.
fn beginnings(text: &str) -> Vec<String> {
    text.char_indices().map(|(at, letter)| text[..at + letter.len_utf8()].to_owned()).collect()
}

/// The same with two neighbouring letters changed, or one left out.
fn with_error(text: &str, seed: usize) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let mut random = Random(seed as u64);
    let at = random.between(1, letters.len().saturating_sub(3).max(1));
    if random.share() < 0.5 {
        letters.swap(at, at + 1);
    } else {
        letters.remove(at);
    }
    letters.into_iter().collect()
}
