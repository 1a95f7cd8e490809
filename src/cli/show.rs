//! `faqt show`: a unit in the context of its source.

use super::{
    IndexFlag, ReportFormat,
    terminal::{DIM, LABEL, clean, width, wrap},
};
use anyhow::Result;
use clap::Args;
use faqt::{
    Engine,
    ask::compose::citation,
    config::Config,
    error::EXIT_OK,
    index::generation,
    model::{Excerpt, Unit, reply::OneOrMany},
    read::encoding::decode,
};
use std::{collections::BTreeMap, fs, io::Write, path::Path};

/// Lines of the source that are shown before and after the unit.
const AROUND: usize = 3;

/// The longest line that is shown whole, in characters.
const LONG_LINE: usize = 400;

#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  faqt show $(faqt ask what is an inverted index --format json | jq -r .answers[0].id)")]
pub struct ShowArgs {
    /// The id of the unit, as `faqt ask --format json` prints it
    id: String,
    #[command(flatten)]
    index: IndexFlag,
    /// What it looks like
    #[arg(long, value_enum, default_value = "text")]
    format: ReportFormat,
}

pub fn run(args: &ShowArgs, config: &Config) -> Result<u8> {
    let folder = args.index.folder(config);
    let unit = Engine::open(&folder)?.unit(&args.id)?;
    let mut out = anstream::stdout().lock();
    match args.format {
        ReportFormat::Json => writeln!(out, "{}", serde_json::to_string_pretty(&json(&unit))?)?,
        ReportFormat::Text => write!(out, "{}", text(&unit, &folder))?,
    }
    Ok(EXIT_OK)
}

fn json(unit: &Unit) -> serde_json::Value {
    let phrasings: Vec<&str> = unit.phrasings.iter().map(Excerpt::plain).collect();
    let values = |(key, values): (&String, &Vec<String>)| (key.clone(), OneOrMany::of(values));
    let metadata: BTreeMap<String, OneOrMany> = unit.about.metadata.iter().map(values).collect();
    serde_json::json!({
        "id": unit.id,
        "kind": unit.kind,
        "document": unit.document,
        "question": phrasings.first(),
        "alternates": phrasings.get(1..).unwrap_or(&[]),
        "text": unit.text.plain(),
        "prompts": unit.prompts,
        "language": unit.about.language,
        "metadata": metadata,
        "span": unit.text.span(unit.text.all()).ranges.iter().map(|range| [range.start, range.end]).collect::<Vec<_>>(),
        "citation": citation(unit, unit.text.all()),
    })
}

fn text(unit: &Unit, index: &Path) -> String {
    let cited = citation(unit, unit.text.all());
    let [first, last] = lines_of(unit);
    let path = std::iter::once(&cited.title).chain(&cited.heading).map(String::as_str).collect::<Vec<_>>().join(" › ");
    let mut out = format!("{LABEL}{}{LABEL:#}  {}  {}:{first}-{last}\n", unit.id, unit.kind, clean(&unit.source));
    out += &format!("{}\n\n", wrap(&path, "", width()));
    match context(unit, index, first, last) {
        Ok(context) => out += &context,
        Err(reason) => {
            out += &format!("{DIM}the source cannot be shown ({}); the words as indexed:{DIM:#}\n\n", clean(&reason));
            out += &format!("{}\n", wrap(unit.text.plain(), "  ", width()));
        }
    }
    out
}

/// First and last line of the question and the text.
fn lines_of(unit: &Unit) -> [usize; 2] {
    let lines: Vec<[usize; 2]> = unit.excerpts().map(|excerpt| excerpt.lines(excerpt.all())).collect();
    let first = lines.iter().map(|lines| lines[0]).min().unwrap_or(1);
    [first, lines.iter().map(|lines| lines[1]).max().unwrap_or(first)]
}

/// The lines of the source around the unit, its own marked.
fn context(unit: &Unit, index: &Path, first: usize, last: usize) -> Result<String, String> {
    let corpus = generation::corpus(index).map_err(|error| error.to_string())?;
    let file = corpus.files.iter().find(|file| file.source == unit.source).ok_or("it is not in the corpus")?;
    let bytes = fs::read(&file.path).map_err(|error| error.to_string())?;
    let decoded = decode(&bytes)?;
    let shown = decoded.text.plain().lines().enumerate().map(|(index, line)| (index + 1, line));
    let shown =
        shown.skip_while(|(number, _)| number + AROUND < first).take_while(|(number, _)| *number <= last + AROUND);
    let line = |(number, line): (usize, &str)| {
        let line: String = clean(line).chars().take(LONG_LINE).collect();
        if (first..=last).contains(&number) {
            format!("> {number:5}  {line}\n")
        } else {
            format!("{DIM}  {number:5}  {line}{DIM:#}\n")
        }
    };
    Ok(shown.map(line).collect())
}
