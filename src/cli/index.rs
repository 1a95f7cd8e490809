//! `faqt index`: build the index from a corpus.

use super::{
    IndexFlag, ReportFormat, build_options,
    progress::Bar,
    terminal::{clean, counted},
};
use anyhow::Result;
use clap::Args;
use faqt::{Built, config::Config, error::EXIT_OK, read::Note};
use std::{
    io::Write,
    path::PathBuf,
    time::{Duration, Instant},
};

/// How many notes of a kind the text report shows.
const SHOWN: usize = 20;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  faqt index                                indexes ./corpus into ./index
  faqt index docs faq.jsonl --index /srv/faq
  faqt index --format json | jq .skipped    what was not read, and why

A second run with nothing changed does nothing. Files named in .gitignore or .faqtignore are left out.")]
pub struct IndexArgs {
    /// Files and folders with articles [default: corpus]
    corpus: Vec<PathBuf>,
    #[command(flatten)]
    index: IndexFlag,
    /// Build even if nothing has changed
    #[arg(long)]
    rebuild: bool,
    /// What the report looks like
    #[arg(long, value_enum, default_value = "text")]
    format: ReportFormat,
}

pub fn run(args: IndexArgs, config: &Config) -> Result<u8> {
    let start = Instant::now();
    let mut options = build_options(args.corpus, args.index.folder(config), config);
    options.rebuild = args.rebuild;
    let built = faqt::build(&options, &Bar::new())?;
    let mut out = anstream::stdout().lock();
    match args.format {
        ReportFormat::Json => writeln!(out, "{}", json(&built, start.elapsed())?)?,
        ReportFormat::Text => write!(out, "{}", text(&built, start.elapsed(), &options.index.display().to_string()))?,
    }
    Ok(EXIT_OK)
}

fn json(built: &Built, took: Duration) -> Result<String> {
    let mut report = serde_json::to_value(&built.summary)?;
    report["unchanged"] = built.unchanged.into();
    report["took_ms"] = (took.as_millis() as u64).into();
    Ok(serde_json::to_string_pretty(&report)?)
}

/// The report for people.
pub fn text(built: &Built, took: Duration, index: &str) -> String {
    let summary = &built.summary;
    let units: Vec<String> = summary.units.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    let languages: Vec<String> = summary.languages.iter().map(|(code, count)| format!("{code} {count}")).collect();
    let mut report = String::new();
    let first = if built.unchanged { "unchanged" } else { "indexed" };
    report += &format!(
        "{first}: {}, {} into {index} in {:.1} s\n",
        counted(summary.files, "file"),
        counted(summary.articles, "article"),
        took.as_secs_f64()
    );
    report += &format!("  units      {}\n", units.join(", "));
    report += &format!("  languages  {}\n", languages.join(", "));
    if summary.duplicates > 0 {
        report += &format!("  repeated   {} units say the same as one before\n", summary.duplicates);
    }
    report += &notes("recognised", &summary.recognised);
    report += &notes("skipped", &summary.skipped);
    report += &notes("warnings", &summary.warnings);
    report
}

fn notes(title: &str, notes: &[Note]) -> String {
    if notes.is_empty() {
        return String::new();
    }
    let mut text = format!("  {title}  {}\n", notes.len());
    for note in notes.iter().take(SHOWN) {
        let line = note.line.map(|line| format!(":{line}")).unwrap_or_default();
        let place = if note.source.is_empty() { String::new() } else { format!("{}{line}: ", note.source) };
        text += &format!("    {}\n", clean(&format!("{place}{}", note.reason)).replace('\n', " "));
    }
    if notes.len() > SHOWN {
        text += &format!("    … and {} more: `faqt index --rebuild --format json` has all\n", notes.len() - SHOWN);
    }
    text
}
