//! Makes `src/learn/prior.toml`, the weights that every corpus begins with:
//!
//! ```sh
//! cargo run --release --example fit_prior -- SET… [--write]
//! ```
//!
//! A SET is a folder with `queries.jsonl`, `qrels.tsv`, and `corpus.jsonl` or a folder `corpus`; or `CORPUS=QUESTIONS`,
//! a corpus and a file with a question a line: `{"question", "answer": {"source", "contains"}}`, without an `answer`
//! where there is none. Each set counts the same. The weights go to standard output, or with `--write` to their file;
//! the report, with each set left out in turn, goes to standard error.

use faqt::{
    BuildOptions, Engine, Silent,
    eval::{
        EvalSet,
        known::{Asked, known, known_by},
    },
    learn::{
        LearnOptions,
        fit_prior::{KnownSet, fit},
        known::Known,
        prior::Prior,
    },
    model::Unit,
};
use serde_json::Value;
use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let mut names: Vec<String> = env::args().skip(1).collect();
    let write = names.iter().any(|name| name == "--write");
    names.retain(|name| name != "--write");
    if names.is_empty() {
        return Err("name the folders of some sets, each with corpus.jsonl, queries.jsonl and qrels.tsv".into());
    }
    let before = Prior::shipped()?;
    let sets = names.iter().map(|name| read_set(name)).collect::<Result<Vec<KnownSet>>>()?;
    let (prior, without) = fit(&sets, &before);
    eprint!("{}", report(&sets, &before, &prior, &without));
    if write {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/learn/prior.toml");
        fs::write(&path, prior.to_toml())?;
        eprintln!("written to {}: build again, and run `faqt index --rebuild`", path.display());
    } else {
        print!("{}", prior.to_toml());
    }
    Ok(())
}

/// First answers that are right: with the weights before, with those fitted, and with those fitted on the other sets.
fn report(sets: &[KnownSet], before: &Prior, fitted: &Prior, without: &[Prior]) -> String {
    let mut text = format!("{:24} {:>9} {:>8} {:>8} {:>8}\n", "P@1", "questions", "before", "fitted", "left out");
    let mut sums = [0.0; 3];
    for (set, without) in sets.iter().zip(without) {
        let figures = [before, fitted, without].map(|prior| set.p_at_1(prior));
        sums.iter_mut().zip(figures).for_each(|(sum, figure)| *sum += figure / sets.len() as f64);
        text += &line(&set.name, &set.questions.len().to_string(), figures);
    }
    text + &line("mean", "", sums)
}

fn line(name: &str, questions: &str, [before, fitted, without]: [f64; 3]) -> String {
    format!("{name:24} {questions:>9} {before:8.3} {fitted:8.3} {without:8.3}\n")
}

fn read_set(name: &str) -> Result<KnownSet> {
    let (corpus, questions) = match name.split_once('=') {
        Some((corpus, questions)) => (PathBuf::from(corpus), Some(PathBuf::from(questions))),
        None => (corpus_of(Path::new(name)), None),
    };
    let index = tempfile::tempdir()?;
    let mut options = BuildOptions::new(corpus, index.path());
    // What a corpus would learn is no part of what it begins with.
    options.learn = LearnOptions { most_phrasings: 0, ..LearnOptions::default() };
    options.fitted = false;
    let built = faqt::build(&options, &Silent)?;
    let engine = Engine::open(index.path())?;
    let questions = if let Some(path) = questions {
        described(&engine, &path)?
    } else {
        let folder = Path::new(name);
        known(&engine, &EvalSet::read(&folder.join("queries.jsonl"), &folder.join("qrels.tsv"))?)?
    };
    let short = Path::new(name).file_name().map_or_else(|| name.to_owned(), |name| name.to_string_lossy().into_owned());
    Ok(KnownSet { name: short, answers_tell: built.summary.learned.answers_tell, questions })
}

fn corpus_of(folder: &Path) -> PathBuf {
    let file = folder.join("corpus.jsonl");
    if file.exists() { file } else { folder.join("corpus") }
}

/// Where an answer stands, and words that it has.
struct Described {
    source: String,
    words: String,
}

impl Described {
    fn is(&self, unit: &Unit) -> bool {
        unit.source == self.source && folded(unit.text.plain()).contains(&self.words)
    }
}

/// Asks questions whose answers are described.
fn described(engine: &Engine, path: &Path) -> Result<Vec<Known>> {
    let (mut asked, mut right) = (Vec::new(), Vec::new());
    for line in fs::read_to_string(path)?.lines().filter(|line| !line.trim().is_empty()) {
        let row: Value = serde_json::from_str(line)?;
        let answers: Vec<&Value> = match (&row["answers"], &row["answer"]) {
            (Value::Array(answers), _) => answers.iter().collect(),
            (_, Value::Null) => Vec::new(),
            (_, answer) => vec![answer],
        };
        let good = answers
            .iter()
            .flat_map(|answer| std::iter::once(*answer).chain(answer["also"].as_array().into_iter().flatten()));
        let good = good.map(|answer| {
            let text = |key: &str| answer[key].as_str().ok_or(format!("{}: an answer has no `{key}`", path.display()));
            Ok(Described { source: text("source")?.to_owned(), words: folded(text("contains")?) })
        });
        right.push(good.collect::<Result<Vec<Described>>>()?);
        let text = row["question"].as_str().ok_or(format!("{}: a line has no `question`", path.display()))?;
        asked.push(Asked { text: text.to_owned(), filters: Vec::new(), answerable: !answers.is_empty() });
    }
    Ok(known_by(engine, &asked, |place, unit| right[place].iter().any(|described| described.is(unit)))?)
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
