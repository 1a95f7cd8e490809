//! `faqt ask`: answer a question, or one a line from standard input.

use super::{IndexFlag, build_options, index, progress::Bar, reply, terminal::clean};
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use faqt::{
    Engine, Question, Turn,
    ask::compose::MOST_ANSWERS,
    config::Config,
    error::{EXIT_NO, EXIT_OK},
    index::generation,
};
use serde::Deserialize;
use std::{
    io::{self, BufRead, Write},
    path::Path,
    time::Instant,
};

/// How many answers to give if nothing says otherwise.
const TOP: usize = 3;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  faqt ask \"What is an inverted index?\"
  faqt ask what is an inverted index --top 1 --format json
  faqt ask \"how to enrol\" --filter course=rust --filter kind=qa --filter 'date>=2026-01'
  faqt ask - < questions.txt                one JSON reply a line, in order
  faqt ask \"and snapshots?\" --after \"Is RAID a backup?\"

A line of `-` may be {\"question\": …, \"history\": [what was asked before, …], \"language\": …}.

Filters of one key with several values mean any of them; key!=value means none of them.
Exit status: 0 answered, 1 no answer (with `-`: no question was answered), 2 an error.")]
pub struct AskArgs {
    /// The question; `-` reads one question a line from standard input and writes JSON lines
    #[arg(required = true)]
    question: Vec<String>,
    #[command(flatten)]
    index: IndexFlag,
    #[command(flatten)]
    asking: AskingFlags,
    /// What the reply looks like
    #[arg(long, value_enum, default_value = "text")]
    format: ReplyFormat,
    /// What was asked before; several times, the oldest first. A question that goes on from it is read with it
    #[arg(long, value_name = "TEXT")]
    after: Vec<String>,
    /// Show every signal of every candidate
    #[arg(long)]
    explain: bool,
}

/// How questions are asked.
#[derive(Debug, Args)]
pub struct AskingFlags {
    /// How many answers to give at most [default: 3]
    #[arg(long, value_name = "N", env = "FAQT_TOP", value_parser = clap::value_parser!(u64).range(1..=MOST_ANSWERS as u64))]
    top: Option<u64>,
    /// Ask only units that meet the condition: KEY=VALUE, KEY!=VALUE, date>=DAY, date=FROM..TO
    #[arg(long = "filter", value_name = "KEY=VALUE")]
    filters: Vec<String>,
    /// Give an answer from this confidence on, 0 to 1
    #[arg(long, value_name = "X", env = "FAQT_MIN_CONFIDENCE", value_parser = share)]
    min_confidence: Option<f64>,
    /// The language that questions are in, such as `de`; one that no article is in is ignored
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
}

impl AskingFlags {
    /// The conditions on units, as they are written.
    pub fn filters(&self) -> &[String] {
        &self.filters
    }

    /// The settings, with what the flags say before them.
    #[cfg(feature = "server")]
    pub fn over(&self, config: &Config) -> Config {
        Config {
            top: self.top.map(|top| top as usize).or(config.top),
            min_confidence: self.min_confidence.or(config.min_confidence),
            ..config.clone()
        }
    }

    /// A question with these words, asked by the flags, and where they say nothing by the settings.
    pub fn question(self, text: impl Into<String>, config: &Config) -> Question {
        Question {
            top: self.top.map(|top| top as usize).or(config.top).unwrap_or(TOP),
            filters: self.filters,
            min_confidence: self.min_confidence.or(config.min_confidence),
            language: self.language,
            ..Question::new(text)
        }
    }
}

/// A line of `faqt ask -`: a question, or a JSON object with what was asked before it and its language.
#[derive(Deserialize)]
struct Line {
    question: String,
    #[serde(default)]
    history: Option<Vec<Turn>>,
    #[serde(default)]
    language: Option<String>,
}

impl Line {
    /// What is no such object is a question as it stands.
    fn read(line: &str) -> Self {
        let object = line.starts_with('{').then(|| serde_json::from_str(line).ok()).flatten();
        object.unwrap_or_else(|| Self { question: line.to_owned(), history: None, language: None })
    }
}

/// What a reply looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ReplyFormat {
    /// For people
    Text,
    /// For machines
    Json,
    /// For documents and chats
    Markdown,
}

fn share(text: &str) -> Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| "is not a number".to_owned())?;
    if (0.0..=1.0).contains(&value) { Ok(value) } else { Err("is not between 0 and 1".to_owned()) }
}

pub fn run(args: AskArgs, config: &Config) -> Result<u8> {
    let engine = open(&args.index.folder(config), config)?;
    let question = Question {
        explain: args.explain,
        history: args.after.into_iter().map(Turn::new).collect(),
        ..args.asking.question(args.question.join(" "), config)
    };
    if question.text == "-" { ask_lines(&engine, &question) } else { ask_one(&engine, &question, args.format) }
}

/// Opens the index, and builds it first if there is none.
pub fn open(folder: &Path, config: &Config) -> Result<Engine> {
    build_if_missing(folder, config)?;
    Ok(Engine::open(folder)?)
}

/// Builds the index of the default corpus if there is none.
pub fn build_if_missing(folder: &Path, config: &Config) -> Result<()> {
    if generation::exists(folder) { Ok(()) } else { build_first(folder, config) }
}

/// Builds the index of the default corpus, and says so.
fn build_first(folder: &Path, config: &Config) -> Result<()> {
    let options = build_options(Vec::new(), folder.to_path_buf(), config);
    let corpus: Vec<String> = options.corpus.iter().map(|root| root.display().to_string()).collect();
    let (shown, corpus) = (folder.display().to_string(), corpus.join(", "));
    if !options.corpus.iter().any(|root| root.exists()) {
        bail!(
            "no index in `{shown}`, and no `{corpus}` to build it from: run `faqt index` with the folder of your articles"
        );
    }
    // That nobody listens on standard error is no reason not to answer.
    let tell = |text: &str| drop(writeln!(io::stderr(), "{}", clean(text)));
    tell(&format!("no index in {shown} yet: building it from {corpus}"));
    let start = Instant::now();
    let built = faqt::build(&options, &Bar::new())?;
    tell(&index::text(&built, start.elapsed(), &shown));
    Ok(())
}

fn ask_one(engine: &Engine, question: &Question, format: ReplyFormat) -> Result<u8> {
    let reply = engine.ask(question)?;
    let mut out = anstream::stdout().lock();
    match format {
        ReplyFormat::Json => writeln!(out, "{}", serde_json::to_string_pretty(&reply)?)?,
        ReplyFormat::Markdown => write!(out, "{}", reply::markdown(&reply))?,
        ReplyFormat::Text => write!(out, "{}", reply::text(&reply, &engine.matcher(&question.text)?))?,
    }
    out.flush()?;
    Ok(if reply.answered { EXIT_OK } else { EXIT_NO })
}

/// What stands in place of a reply to what cannot be asked.
pub fn refused(question: &str, error: &faqt::Error) -> serde_json::Value {
    let error = serde_json::json!({"code": error.code(), "message": error.to_string()});
    serde_json::json!({"question": question, "answered": false, "error": error})
}

/// A line that cannot be asked gives an object with `error`, so that lines of input and output stay in step.
fn ask_lines(engine: &Engine, settings: &Question) -> Result<u8> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut any = false;
    let mut input = io::stdin().lock();
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line).trim_end_matches(['\n', '\r']).to_owned();
        let Line { question: text, history, language } = Line::read(&text);
        let history = history.unwrap_or_else(|| settings.history.clone());
        let language = language.or_else(|| settings.language.clone());
        match engine.ask(&Question { text: text.clone(), history, language, ..settings.clone() }) {
            Ok(reply) => {
                any |= reply.answered;
                writeln!(out, "{}", serde_json::to_string(&reply)?)?;
            }
            Err(error @ faqt::Error::Question(_)) => {
                writeln!(out, "{}", refused(&text, &error))?;
            }
            Err(error) => return Err(error.into()),
        }
        out.flush()?;
        line.clear();
    }
    Ok(if any { EXIT_OK } else { EXIT_NO })
}
