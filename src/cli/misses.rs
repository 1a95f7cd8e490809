//! `faqt misses`: what was asked in vain or answered wrongly.

use super::{IndexFlag, ReportFormat, terminal::clean};
use anyhow::Result;
use clap::Args;
use faqt::{
    Engine,
    config::Config,
    error::EXIT_OK,
    feedback::{EvalFiles, FeedbackLog, Miss, Misses, export},
};
use std::{
    io::{self, Write},
    path::PathBuf,
};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  faqt misses                       what people asked `faqt serve` in vain, the most frequent first
  faqt misses --format json | jq '.misses[].question'
  faqt misses --export set          the questions of which it is known what answers them
  faqt eval --queries set/queries.jsonl --qrels set/qrels.tsv --fit")]
pub struct MissesArgs {
    #[command(flatten)]
    index: IndexFlag,
    /// How many to show
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Write queries.jsonl and qrels.tsv for `faqt eval` into a folder
    #[arg(long, value_name = "DIR")]
    export: Option<PathBuf>,
    /// What the report looks like
    #[arg(long, value_enum, default_value = "text")]
    format: ReportFormat,
}

pub fn run(args: &MissesArgs, config: &Config) -> Result<u8> {
    let index = args.index.folder(config);
    let engine = Engine::open(&index)?;
    let logged = FeedbackLog::of(&index).read()?;
    for place in &logged.broken {
        writeln!(io::stderr(), "faqt: {} is no record: left out", clean(place))?;
    }
    let mut out = anstream::stdout().lock();
    if let Some(folder) = &args.export {
        let files = export(&logged.records, &engine)?;
        files.write(folder)?;
        match args.format {
            ReportFormat::Text => write!(out, "{}", exported(&files, &folder.display().to_string()))?,
            ReportFormat::Json => {
                let EvalFiles { answerable, unanswerable, gone, .. } = &files;
                let json = serde_json::json!({"answerable": answerable, "unanswerable": unanswerable, "gone": gone});
                writeln!(out, "{}", serde_json::to_string_pretty(&json)?)?;
            }
        }
        return Ok(EXIT_OK);
    }
    let misses = Misses::of(&logged.records, &engine);
    let page = misses.page(0..args.limit, &engine)?;
    match args.format {
        ReportFormat::Text => write!(out, "{}", text(&page, misses.len()))?,
        ReportFormat::Json => {
            let json = serde_json::json!({"misses": page, "total": misses.len()});
            writeln!(out, "{}", serde_json::to_string_pretty(&json)?)?;
        }
    }
    Ok(EXIT_OK)
}

fn exported(files: &EvalFiles, folder: &str) -> String {
    let EvalFiles { answerable, unanswerable, gone, .. } = files;
    let mut text = format!("{answerable} questions with an answer, {unanswerable} without one: written to {folder}\n");
    if !gone.is_empty() {
        text += &format!("{} units that were said to be right are not in the index any more\n", gone.len());
    }
    text
}

fn text(misses: &[Miss], total: usize) -> String {
    if total == 0 {
        return "nothing was asked in vain, as far as the log beside the index tells\n".to_owned();
    }
    let mut text = String::new();
    for miss in misses {
        let Miss { question, count, unanswered, disliked, last, .. } = miss;
        text += &format!("{count:>5}  {}\n", clean(question));
        let day = last.to_string();
        let day = day.split('T').next().unwrap_or_default();
        text += &format!("       {unanswered} unanswered, {disliked} disliked, last on {day}");
        text += if miss.answered_now { "; answered now\n" } else { "\n" };
        for other in miss.questions.iter().filter(|other| *other != question).take(3) {
            text += &format!("       also: {}\n", clean(other));
        }
        for near in &miss.suggestions {
            text += &format!("       near: {}\n", clean(near));
        }
        if let Some(right) = &miss.right_unit {
            text += &format!("       right: {}\n", clean(right));
        }
    }
    if total > misses.len() {
        text += &format!("… and {} more\n", total - misses.len());
    }
    text
}
