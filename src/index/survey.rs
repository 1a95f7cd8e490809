//! Reads a corpus as a build would, and writes nothing.

use super::{
    build::{BuildOptions, Progress},
    intake::Intake,
    report::Summary,
};
use crate::{
    error::Result,
    model::Unit,
    read::{Reading, SourceFile, walk::walk},
};
use std::collections::BTreeMap;

/// What a build would find.
#[derive(Debug)]
pub struct Survey {
    /// What was found in the corpus.
    pub summary: Summary,
    /// The first units of each file, by its source.
    pub samples: BTreeMap<String, Vec<Unit>>,
}

/// Reads the corpus and keeps the first `sample` units of each kind of each file. The index is neither read nor written.
///
/// # Errors
/// When the corpus cannot be walked.
pub fn survey(options: &BuildOptions, sample: usize, progress: &dyn Progress) -> Result<Survey> {
    let walk = walk(&options.corpus, &options.index)?;
    let mut survey = survey_files(&walk.files, &options.reading, sample, progress)?;
    survey.summary.skipped.splice(0..0, walk.skipped);
    Ok(survey)
}

/// Reads these files and keeps the first `sample` units of each kind of each.
///
/// # Errors
/// When a unit cannot be analyzed.
pub fn survey_files(files: &[SourceFile], reading: &Reading, sample: usize, progress: &dyn Progress) -> Result<Survey> {
    let mut samples: BTreeMap<String, Vec<Unit>> = BTreeMap::new();
    let mut keep = |analyzed: super::writer::AnalyzedUnit| {
        let kept = samples.entry(analyzed.unit.source.clone()).or_default();
        if kept.iter().filter(|unit| unit.kind == analyzed.unit.kind).count() < sample {
            kept.push(analyzed.unit);
        }
        Ok(())
    };
    let summary = Intake::new(reading, &mut keep).run(files, progress, |_| ())?;
    Ok(Survey { summary, samples })
}
