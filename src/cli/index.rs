//! `faqt index`: build the index from a corpus.

use super::{IndexFlag, ReportFormat, build_options, listing, progress::Bar, report};
use anyhow::Result;
use clap::Args;
use faqt::{
    BuildOptions, Built,
    config::Config,
    error::EXIT_OK,
    index::survey::{Survey, survey},
};
use std::{
    io::Write,
    path::PathBuf,
    time::{Duration, Instant},
};

/// How many units of each kind a dry run shows of a file.
const SAMPLE: usize = 2;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  faqt index                                indexes ./corpus into ./index
  faqt index docs faq.jsonl --index /srv/faq
  faqt index docs --dry-run                 what would come of it, with a sample of each file
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
    /// Leave out the weights beside the corpus that `faqt eval --fit` wrote
    #[arg(long)]
    no_fit: bool,
    /// Read everything and show what would come of it, but write nothing
    #[arg(long, conflicts_with = "rebuild")]
    dry_run: bool,
    /// Go on, and build again whenever a file changes
    #[cfg(feature = "server")]
    #[arg(long, conflicts_with = "dry_run")]
    watch: bool,
    /// What the report looks like
    #[arg(long, value_enum, default_value = "text")]
    format: ReportFormat,
}

pub fn run(args: IndexArgs, config: &Config) -> Result<u8> {
    let start = Instant::now();
    let mut options = build_options(args.corpus, args.index.folder(config), config);
    options.rebuild = args.rebuild;
    options.fitted = !args.no_fit;
    if args.dry_run {
        write!(anstream::stdout(), "{}", dry_run(&options, args.format, start)?)?;
        return Ok(EXIT_OK);
    }
    #[cfg(feature = "server")]
    if args.watch {
        return watch(&options, args.format);
    }
    build(&options, args.format)?;
    Ok(EXIT_OK)
}

/// Builds the index and prints the report.
fn build(options: &BuildOptions, format: ReportFormat) -> Result<()> {
    let start = Instant::now();
    let built = faqt::build(options, &Bar::new())?;
    let text = match format {
        ReportFormat::Json => json(&built, start.elapsed())?,
        ReportFormat::Text => text(&built, start.elapsed(), &options.index.display().to_string()),
    };
    write!(anstream::stdout(), "{text}")?;
    Ok(())
}

/// Builds the index again and again. What is wrong with a change is told, and the next is waited for.
#[cfg(feature = "server")]
fn watch(options: &BuildOptions, format: ReportFormat) -> Result<u8> {
    // Watched first: what changes while the index is built is built too.
    let watch = faqt::watch::Watch::new(&options.corpus, &options.index)?;
    build(options, format)?;
    while watch.wait() {
        // Whoever asked for a rebuild has it.
        let again = BuildOptions { rebuild: false, ..options.clone() };
        if let Err(error) = build(&again, format) {
            let message = super::terminal::clean(&format!("faqt: {error:#}"));
            writeln!(anstream::stderr(), "{message}")?;
        }
    }
    Ok(EXIT_OK)
}

fn json(built: &Built, took: Duration) -> Result<String> {
    let mut report = serde_json::to_value(&built.summary)?;
    report["unchanged"] = built.unchanged.into();
    report["took_ms"] = (took.as_millis() as u64).into();
    Ok(serde_json::to_string_pretty(&report)? + "\n")
}

/// The report for people.
pub fn text(built: &Built, took: Duration, index: &str) -> String {
    let first = if built.unchanged { "unchanged" } else { "indexed" };
    let found = report::found(&built.summary);
    let mut text = format!("{first}: {found} into {index} in {:.1} s\n", took.as_secs_f64());
    text += &report::totals(&built.summary);
    if !built.unchanged && built.summary.by_file.len() > 1 {
        text += &report::files(&built.summary);
    }
    text + &report::notes(&built.summary)
}

/// What a build would find, with a sample of every file.
fn dry_run(options: &BuildOptions, format: ReportFormat, start: Instant) -> Result<String> {
    let survey = survey(options, SAMPLE, &Bar::new())?;
    let took = start.elapsed();
    match format {
        ReportFormat::Json => {
            let mut report = serde_json::to_value(&survey.summary)?;
            report["samples"] = survey
                .samples
                .iter()
                .map(|(source, units)| (source.clone(), units.iter().map(listing::json).collect()))
                .collect::<serde_json::Map<_, _>>()
                .into();
            report["took_ms"] = (took.as_millis() as u64).into();
            Ok(serde_json::to_string_pretty(&report)? + "\n")
        }
        ReportFormat::Text => Ok(dry_text(&survey, took)),
    }
}

fn dry_text(survey: &Survey, took: Duration) -> String {
    let found = report::found(&survey.summary);
    let mut text = format!("dry run: {found} in {:.1} s, nothing written\n", took.as_secs_f64());
    text += &report::totals(&survey.summary);
    text += &report::notes(&survey.summary);
    for file in &survey.summary.by_file {
        text += &format!("\n{}\n", report::file(file));
        let sample = survey.samples.get(&file.source).map_or(&[][..], Vec::as_slice);
        text += &listing::lines(sample);
        let units: usize = file.units.values().sum();
        if units > sample.len() {
            text += &format!("  … and {} more\n", units - sample.len());
        }
    }
    text
}
