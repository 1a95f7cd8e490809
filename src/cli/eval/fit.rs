//! `faqt eval --fit`: weights for labelled questions, written beside the corpus.

use super::{EvalArgs, ReportFormat};
use anyhow::{Context as _, Result};
use faqt::{
    Engine,
    config::Config,
    error::EXIT_OK,
    eval::{
        EvalSet,
        fit::{Figures, FitReport, fit},
        known::known,
    },
    index::generation,
    learn::fitted::Fitted,
};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

pub fn run(engine: &Engine, set: &EvalSet, args: &EvalArgs, config: &Config) -> Result<u8> {
    let index = args.index.folder(config);
    let manifest = generation::manifest(&index, &generation::current(&index)?)?;
    // Weights that were fitted before are no beginning: they may have seen the same questions.
    let before = manifest.learned.before_fit.unwrap_or(manifest.learned.weights);
    let (fitted, report) = fit(&known(engine, set)?, &before, &config.learn)?;
    let written = match &fitted {
        Some(fitted) => Some(write(fitted, &report, &index)?),
        None => None,
    };
    let mut out = anstream::stdout().lock();
    match args.format {
        ReportFormat::Text => write!(out, "{}", text(&report, written.as_deref()))?,
        ReportFormat::Json => {
            let mut json = serde_json::to_value(&report)?;
            json["written"] = written.map(|path| path.display().to_string()).into();
            writeln!(out, "{}", serde_json::to_string_pretty(&json)?)?;
        }
    }
    Ok(EXIT_OK)
}

fn write(fitted: &Fitted, report: &FitReport, index: &Path) -> Result<PathBuf> {
    let path = Fitted::path(&generation::corpus(index)?.roots).context("the corpus has no folder around it")?;
    let about = format!(
        "Weights that `faqt eval --fit` (faqt {}) fitted to labelled questions on this corpus.\n\
         `faqt index` takes them in before what the corpus teaches. Remove this file to do without.\n\n{}",
        env!("CARGO_PKG_VERSION"),
        figures(report)
    );
    fs::write(&path, fitted.to_toml(&about)).with_context(|| format!("cannot write `{}`", path.display()))?;
    Ok(path)
}

fn text(report: &FitReport, written: Option<&Path>) -> String {
    let mut text = figures(report);
    text += match (report.ranking_gains, report.confidence_gains) {
        (true, true) => "\nthe order of answers and the confidence gain",
        (true, false) => "\nthe order of answers gains; the confidence goes with it",
        (false, true) => "\nonly the confidence gains; the order of answers stays as it is",
        (false, false) => "\nnothing gains more than chance would",
    };
    match written {
        Some(path) => text + &format!(": written to {}\nrun `faqt index` to take it in\n", path.display()),
        None => text + ": the weights stay as they are\n",
    }
}

/// A figure and its name.
type Row = (&'static str, fn(&Figures) -> f64);

/// How many questions there are, and a line for every figure.
fn figures(report: &FitReport) -> String {
    let FitReport { questions, answerable, withheld, before, cross_validated, in_sample, .. } = report;
    let mut text = format!("{questions} questions, {answerable} of them answerable");
    if *withheld > 0 {
        text += &format!("; {withheld} also asked with their answers left out");
    }
    text += &format!("\n\n{:12}{:>10}{:>18}{:>12}\n", "", "before", "cross-validated", "in-sample");
    let rows: [Row; 5] = [
        ("p_at_1", |figures| figures.p_at_1),
        ("mrr", |figures| figures.mrr),
        ("log_loss", |figures| figures.log_loss),
        ("ece", |figures| figures.ece),
        ("best_mcc", |figures| figures.best_mcc),
    ];
    for (name, figure) in rows {
        let [before, cross_validated, in_sample] = [before, cross_validated, in_sample].map(figure);
        text += &format!("{name:12}{before:10.3}{cross_validated:18.3}{in_sample:12.3}\n");
    }
    text
}
