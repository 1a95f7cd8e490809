//! The parts of the report on a corpus, for people.

use super::terminal::{clean, counted};
use faqt::{
    index::report::{FileReport, Summary},
    learn::LearnReport,
    read::Note,
};
use std::collections::BTreeMap;

/// How many files, or notes of a kind, are shown.
const SHOWN: usize = 20;

/// `3 files, 12 articles`.
pub fn found(summary: &Summary) -> String {
    format!("{}, {}", counted(summary.files, "file"), counted(summary.articles, "article"))
}

/// Units, languages and repetitions.
pub fn totals(summary: &Summary) -> String {
    let languages: Vec<String> = summary.languages.iter().map(|(code, count)| format!("{code} {count}")).collect();
    let mut text = format!("  units      {}\n", kinds(&summary.units));
    text += &format!("  languages  {}\n", languages.join(", "));
    if summary.duplicates > 0 {
        text += &format!("  repeated   {} units say the same as one before\n", summary.duplicates);
    }
    let synonyms = [(summary.synonyms, "synonym"), (summary.acronyms, "acronym")];
    let synonyms: Vec<String> =
        synonyms.into_iter().filter(|&(count, _)| count > 0).map(|(count, what)| counted(count, what)).collect();
    if !synonyms.is_empty() {
        text += &format!("  synonyms   {}\n", synonyms.join(", "));
    }
    text += &learned(&summary.learned);
    if let Some(file) = &summary.learned.fitted {
        text += &clean(&format!("  weights    of {file}\n"));
    }
    text
}

/// What the corpus taught; a small corpus has nothing to teach, and that is no news.
fn learned(report: &LearnReport) -> String {
    match (&report.alternates, &report.nothing_learnt) {
        (Some(learnt), _) => format!(
            "  learnt     from {} phrasings: {:.0} % of those withheld are answered right, {:.0} % before\n",
            report.phrasings,
            100.0 * learnt.p_at_1,
            100.0 * learnt.p_at_1_before
        ),
        (None, Some(reason)) if report.too_many => format!("  learnt     nothing: {reason}\n"),
        _ => String::new(),
    }
}

fn kinds(units: &BTreeMap<String, usize>) -> String {
    let kinds: Vec<String> = units.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    if kinds.is_empty() { "no unit".to_owned() } else { kinds.join(", ") }
}

/// A line for every file.
pub fn files(summary: &Summary) -> String {
    list("files", &summary.by_file, file)
}

/// What one file gave.
pub fn file(report: &FileReport) -> String {
    let mut parts = vec![kinds(&report.units)];
    if report.rows > 1 {
        parts.insert(0, counted(report.rows, "row"));
    }
    if report.skipped > 0 {
        parts.push(format!("{} skipped", report.skipped));
    }
    if report.warnings > 0 {
        parts.push(counted(report.warnings, "warning"));
    }
    clean(&format!("{}: {}", report.source, parts.join(", ")))
}

/// What files were taken for, what was skipped, and what may not be meant so.
pub fn notes(summary: &Summary) -> String {
    let lists = [("recognised", &summary.recognised), ("skipped", &summary.skipped), ("warnings", &summary.warnings)];
    lists.map(|(title, notes)| list(title, notes, note)).concat()
}

fn note(note: &Note) -> String {
    let line = note.line.map(|line| format!(":{line}")).unwrap_or_default();
    let place = if note.source.is_empty() { String::new() } else { format!("{}{line}: ", note.source) };
    clean(&format!("{place}{}", note.reason)).replace('\n', " ")
}

fn list<T>(title: &str, items: &[T], show: impl Fn(&T) -> String) -> String {
    if items.is_empty() {
        return String::new();
    }
    let mut text = format!("  {title}  {}\n", items.len());
    for item in items.iter().take(SHOWN) {
        text += &format!("    {}\n", show(item));
    }
    if items.len() > SHOWN {
        text += &format!("    … and {} more: `faqt index --format json` has all\n", items.len() - SHOWN);
    }
    text
}
