//! `faqt eval`: measure answers on questions whose answers are known.

mod fit;

use super::{IndexFlag, ReportFormat, terminal::clean};
use anyhow::{Context as _, Result};
use clap::Args;
use comfy_table::{Table, presets};
use faqt::{
    Engine,
    config::Config,
    error::EXIT_OK,
    eval::{EvalSet, InForce, Outcome, Report, evaluate, plot, report},
};
use indicatif::ProgressBar;
use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// How many misses the text report shows.
const MISSES: usize = 10;

#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  faqt index questions/corpus.jsonl --index questions/index
  faqt eval --index questions/index --queries questions/queries.jsonl --qrels questions/qrels.tsv

queries.jsonl: {\"_id\", \"text\", \"filter\"?, \"answers\"?} a line.
qrels.tsv: a header, then query, document and score, separated by tabs. A question without a line has no answer.")]
pub struct EvalArgs {
    #[command(flatten)]
    index: IndexFlag,
    /// The questions
    #[arg(long, value_name = "FILE")]
    queries: PathBuf,
    /// The documents that answer them
    #[arg(long, value_name = "FILE")]
    qrels: PathBuf,
    /// Write the ranking of every question, as a TREC run
    #[arg(long, value_name = "FILE")]
    run: Option<PathBuf>,
    /// Write every wrong first answer, the most confident first, as JSON lines
    #[arg(long, value_name = "FILE")]
    misses: Option<PathBuf>,
    /// Write the signals of every candidate of every question, as JSON lines, to fit weights on
    #[arg(long, value_name = "FILE")]
    signals: Option<PathBuf>,
    /// Draw how many questions are answered, and how many of the answers are right, for every threshold, as SVG
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,
    /// Fit weights and confidence to the questions, and write them beside the corpus if that gains anything: the next
    /// `faqt index` takes them in
    #[arg(long, conflicts_with_all = ["run", "misses", "signals", "plot"])]
    fit: bool,
    /// What the report looks like
    #[arg(long, value_enum, default_value = "text")]
    format: ReportFormat,
}

pub fn run(args: &EvalArgs, config: &Config) -> Result<u8> {
    let engine = Engine::open(args.index.folder(config))?;
    let set = EvalSet::read(&args.queries, &args.qrels)?;
    if args.fit {
        return fit::run(&engine, &set, args, config);
    }
    let bar = ProgressBar::new(set.questions.len() as u64);
    let outcomes = evaluate(&engine, &set, |done| bar.set_position(done as u64))?;
    bar.finish_and_clear();
    write_file(args.run.as_deref(), |out| report::write_run(&set, &outcomes, out))?;
    write_file(args.signals.as_deref(), |out| report::write_signals(&set, &outcomes, out))?;
    write_file(args.misses.as_deref(), |out| {
        report::misses(&set, &outcomes).iter().try_for_each(|miss| writeln!(out, "{}", serde_json::to_string(miss)?))
    })?;
    let in_force = InForce { threshold: engine.threshold(), unanswerable: config.learn.unanswerable };
    let report = Report::of(&set, &outcomes, in_force);
    write_file(args.plot.as_deref(), |out| out.write_all(plot::svg(&report).as_bytes()))?;
    let mut out = anstream::stdout().lock();
    match args.format {
        ReportFormat::Json => writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?,
        ReportFormat::Text => {
            writeln!(out, "{}\n", table(&report)?)?;
            write!(out, "{}", plot::text(&report))?;
            write!(out, "{}", worst(&set, &outcomes))?;
        }
    }
    Ok(EXIT_OK)
}

fn write_file(path: Option<&Path>, write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> Result<()> {
    let Some(path) = path else { return Ok(()) };
    let file = File::create(path).with_context(|| format!("cannot write `{}`", path.display()))?;
    let mut out = BufWriter::new(file);
    write(&mut out).and_then(|()| out.flush()).with_context(|| format!("cannot write `{}`", path.display()))
}

fn table(report: &Report) -> Result<Table> {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    let serde_json::Value::Object(figures) = serde_json::to_value(report)? else { return Ok(table) };
    for (name, value) in figures {
        if value.is_array() {
            continue;
        }
        let shown = match value.as_f64() {
            Some(value) if !name.starts_with("quer") && name != "answerable" => format!("{value:.3}"),
            _ if value.is_null() => "-".to_owned(),
            _ => value.to_string(),
        };
        table.add_row([name, shown]);
    }
    Ok(table)
}

fn worst(set: &EvalSet, outcomes: &[Outcome]) -> String {
    let misses = report::misses(set, outcomes);
    let mut text = format!("\n{} wrong first answers", misses.len());
    if misses.is_empty() {
        return text + "\n";
    }
    text += ", the most confident:\n";
    for miss in misses.iter().take(MISSES) {
        let right = if miss.right.is_empty() { "no answer".to_owned() } else { miss.right.join(" or ") };
        let rank = miss.right_rank.map(|rank| format!(" (rank {rank})")).unwrap_or_default();
        let line = format!(
            "  {:.2}  {}: {}  got {}, right is {right}{rank}",
            miss.confidence,
            miss.id,
            miss.text,
            miss.first.unwrap_or("nothing")
        );
        text += &format!("{}\n", clean(&line).replace('\n', " "));
    }
    text
}
