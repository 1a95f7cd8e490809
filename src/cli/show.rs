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
    model::{Excerpt, Place, Unit, reply::OneOrMany},
    read::{Found, Reading, SourceFile, encoding::decode, reader_for},
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
        ReportFormat::Text => write!(out, "{}", text(&unit, &folder, &config.reading))?,
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

fn text(unit: &Unit, index: &Path, reading: &Reading) -> String {
    let cited = citation(unit, unit.text.all());
    let place = place_of(unit);
    let path = std::iter::once(&cited.title).chain(&cited.heading).map(String::as_str).collect::<Vec<_>>().join(" › ");
    let [first, last] = place.numbers;
    let numbers = place.line().map_or_else(|| format!(", {place}"), |_| format!(":{first}-{last}"));
    let mut out = format!("{LABEL}{}{LABEL:#}  {}  {}{numbers}\n", unit.id, unit.kind, clean(&unit.source));
    out += &format!("{}\n\n", wrap(&path, "", width()));
    match context(unit, index, place, reading) {
        Ok(context) => out += &context,
        Err(reason) => {
            out += &format!("{DIM}the source cannot be shown ({}); the words as indexed:{DIM:#}\n\n", clean(&reason));
            out += &format!("{}\n", wrap(unit.text.plain(), "  ", width()));
        }
    }
    out
}

/// Where the question and the text are: from the first of them to the last.
fn place_of(unit: &Unit) -> Place {
    let numbers: Vec<[usize; 2]> = unit.excerpts().map(|excerpt| excerpt.lines(excerpt.all())).collect();
    let first = numbers.iter().map(|numbers| numbers[0]).min().unwrap_or(1);
    let last = numbers.iter().map(|numbers| numbers[1]).max().unwrap_or(first);
    Place { counted: unit.text.counted(), numbers: [first, last] }
}

/// The lines of the source around the unit, its own marked.
fn context(unit: &Unit, index: &Path, place: Place, reading: &Reading) -> Result<String, String> {
    let corpus = generation::corpus(index).map_err(|error| error.to_string())?;
    let file = corpus.files.iter().find(|file| file.source == unit.source).ok_or("it is not in the corpus")?;
    if place.line().is_none() {
        let file = SourceFile { path: file.path.clone(), source: file.source.clone(), size: file.bytes };
        return taken_out(unit, &file, reading);
    }
    let [first, last] = place.numbers;
    let bytes = fs::read(&file.path).map_err(|error| error.to_string())?;
    let decoded = decode(&bytes)?;
    let shown = decoded.text.plain().lines().enumerate().map(|(index, line)| (index + 1, line));
    let shown =
        shown.skip_while(|(number, _)| number + AROUND < first).take_while(|(number, _)| *number <= last + AROUND);
    Ok(shown.map(|(number, line)| shown_line(number, line, (first..=last).contains(&number))).collect())
}

fn shown_line(number: usize, line: &str, own: bool) -> String {
    let line: String = clean(line).chars().take(LONG_LINE).collect();
    if own { format!("> {number:5}  {line}\n") } else { format!("{DIM}  {number:5}  {line}{DIM:#}\n") }
}

/// The same for a document that is no text: lines of what its reader takes out of it, by paragraph or page.
fn taken_out(unit: &Unit, file: &SourceFile, reading: &Reading) -> Result<String, String> {
    let reader = reader_for(file).ok_or("no reader knows its kind")?;
    let mut article = None;
    let mut take = |found| {
        if let Found::Article(found) = found {
            article = Some(found);
        }
        Ok(())
    };
    reader.read(file, reading, &mut take).map_err(|error| error.to_string())?;
    let article = article.ok_or("it has no text any more")?;
    let hulls = unit.excerpts().filter_map(|excerpt| excerpt.span(excerpt.all()).hull());
    let own = hulls.reduce(|all, hull| all.start.min(hull.start)..all.end.max(hull.end)).unwrap_or(0..0);
    let mut at = 0;
    let mut lines = Vec::new();
    for line in article.text.plain().split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        if !line.trim().is_empty() {
            lines.push((
                article.lines.at(range.start),
                line.trim_end(),
                range.start < own.end && own.start < range.end,
            ));
        }
    }
    let first = lines.iter().position(|(.., own)| *own).ok_or("it reads otherwise now")?;
    let last = lines.iter().rposition(|(.., own)| *own).unwrap_or(first);
    let shown = lines.iter().take(last + AROUND + 1).skip(first.saturating_sub(AROUND));
    Ok(shown.map(|(number, line, own)| shown_line(*number, line, *own)).collect())
}
