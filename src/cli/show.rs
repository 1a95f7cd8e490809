//! `faqt show`: a unit in the context of its source, or how a file is split.

use super::{
    IndexFlag, ReportFormat, listing, report,
    terminal::{DIM, LABEL, clean, width, wrap},
};
use anyhow::Result;
use clap::Args;
use faqt::{
    Engine, Silent,
    ask::compose::citation,
    config::Config,
    error::EXIT_OK,
    index::{generation, survey::survey_files},
    model::{Place, Unit},
    read::{Reading, SourceFile},
};
use std::{io::Write, ops::Range, path::Path};

/// Lines of the source that are shown before and after the unit.
const AROUND: usize = 3;

/// The longest line that is shown whole, in characters.
const LONG_LINE: usize = 400;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  faqt show $(faqt ask what is an inverted index --format json | jq -r .answers[0].id)
  faqt show corpus/git-basics.md        its units, with their lines; it need not be indexed")]
pub struct ShowArgs {
    /// The id of a unit, as `faqt ask --format json` prints it, or a file
    #[arg(value_name = "ID|FILE")]
    what: String,
    #[command(flatten)]
    index: IndexFlag,
    /// What it looks like
    #[arg(long, value_enum, default_value = "text")]
    format: ReportFormat,
}

pub fn run(args: &ShowArgs, config: &Config) -> Result<u8> {
    let folder = args.index.folder(config);
    let text = if let Some(file) = file_named(&args.what, &folder) {
        split(file, args.format, config)?
    } else {
        let engine = Engine::open(&folder)?;
        let unit = engine.unit(&args.what)?;
        match args.format {
            ReportFormat::Json => serde_json::to_string_pretty(&listing::json(&unit))? + "\n",
            ReportFormat::Text => text(&engine, &unit, &config.reading),
        }
    };
    write!(anstream::stdout().lock(), "{text}")?;
    Ok(EXIT_OK)
}

/// The file of this path, or the one that citations call so. An indexed file keeps the name that it has there.
fn file_named(name: &str, index: &Path) -> Option<SourceFile> {
    let path = Path::new(name).canonicalize().ok().filter(|path| path.is_file());
    let files = generation::corpus(index).map_or_else(|_| Vec::new(), |corpus| corpus.files);
    let indexed = files.into_iter().find(|file| Some(&file.path) == path.as_ref() || file.source == name);
    if let Some(file) = indexed {
        return Some(SourceFile { path: file.path, source: file.source, size: file.bytes });
    }
    let path = path?;
    let size = path.metadata().map_or(0, |metadata| metadata.len());
    Some(SourceFile { source: path.file_name()?.to_string_lossy().into_owned(), path, size })
}

/// How a file is split, as it is on disk now.
fn split(file: SourceFile, format: ReportFormat, config: &Config) -> Result<String> {
    let mut survey = survey_files(&[file], &config.reading, usize::MAX, &Silent)?;
    let units = survey.samples.pop_first().map_or_else(Vec::new, |(_, units)| units);
    match format {
        ReportFormat::Json => {
            let mut report = serde_json::to_value(&survey.summary)?;
            report["split"] = units.iter().map(listing::json).collect();
            Ok(serde_json::to_string_pretty(&report)? + "\n")
        }
        ReportFormat::Text => {
            let files: Vec<String> = survey.summary.by_file.iter().map(report::file).collect();
            let languages: Vec<&str> = survey.summary.languages.keys().map(String::as_str).collect();
            let first = format!("{}; language {}\n", files.join("\n"), languages.join(", "));
            Ok(first + &report::notes(&survey.summary) + &listing::lines(&units))
        }
    }
}

fn text(engine: &Engine, unit: &Unit, reading: &Reading) -> String {
    let cited = citation(unit, unit.text.all());
    let place = listing::place_of(unit);
    let path = std::iter::once(&cited.title).chain(&cited.heading).map(String::as_str).collect::<Vec<_>>().join(" › ");
    let [first, last] = place.numbers;
    let numbers = place.line().map_or_else(|| format!(", {place}"), |_| format!(":{first}-{last}"));
    let mut out = format!("{LABEL}{}{LABEL:#}  {}  {}{numbers}\n", unit.id, unit.kind, clean(&unit.source));
    out += &format!("{}\n\n", wrap(&path, "", width()));
    match context(engine, unit, place, reading) {
        Ok(context) => out += &context,
        Err(error) => {
            out += &format!("{DIM}{}; the words as indexed:{DIM:#}\n\n", clean(&error.to_string()));
            out += &format!("{}\n", wrap(unit.text.plain(), "  ", width()));
        }
    }
    out
}

/// The lines of the source around the unit, its own marked: those of a file, or those in the paragraphs or pages of a
/// document that is no text.
fn context(engine: &Engine, unit: &Unit, place: Place, reading: &Reading) -> faqt::Result<String> {
    let source = engine.source_of(unit, reading)?;
    let [first, last] = place.numbers;
    let own = |number: usize, plain: &Range<usize>| match place.line() {
        Some(_) => (first..=last).contains(&number),
        None => source.holds(unit, plain),
    };
    let plain = source.text.plain();
    let lines =
        source.numbered().filter(|(_, range)| place.line().is_some() || !plain[range.clone()].trim().is_empty());
    let lines: Vec<(usize, &str, bool)> =
        lines.map(|(number, range)| (number, plain[range.clone()].trim_end(), own(number, &range))).collect();
    let Some(first) = lines.iter().position(|(.., own)| *own) else {
        let reason = "it reads otherwise now".to_owned();
        return Err(faqt::Error::ArticleUnreadable { source_name: unit.source.clone(), reason });
    };
    let last = lines.iter().rposition(|(.., own)| *own).unwrap_or(first);
    let shown = lines.iter().take(last + AROUND + 1).skip(first.saturating_sub(AROUND));
    Ok(shown.map(|(number, line, own)| shown_line(*number, line, *own)).collect())
}

fn shown_line(number: usize, line: &str, own: bool) -> String {
    let line: String = clean(line).chars().take(LONG_LINE).collect();
    if own { format!("> {number:5}  {line}\n") } else { format!("{DIM}  {number:5}  {line}{DIM:#}\n") }
}
