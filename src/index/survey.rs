//! Reads a corpus as a build would, and writes nothing.

use super::{
    build::{BuildOptions, Progress, files_of},
    intake::Intake,
    report::Summary,
};
use crate::{
    error::Result,
    model::Unit,
    read::{Reading, SourceFile, walk::Walk},
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
    let walk = files_of(options)?;
    let mut survey = survey_walk(&walk, &options.reading, sample, progress)?;
    survey.summary.skipped.splice(0..0, walk.skipped);
    Ok(survey)
}

/// Reads these files and keeps the first `sample` units of each kind of each.
///
/// # Errors
/// When a unit cannot be analyzed.
pub fn survey_files(files: &[SourceFile], reading: &Reading, sample: usize, progress: &dyn Progress) -> Result<Survey> {
    let walk = Walk { files: files.to_vec(), ..Walk::default() };
    survey_walk(&walk, reading, sample, progress)
}

fn survey_walk(walk: &Walk, reading: &Reading, sample: usize, progress: &dyn Progress) -> Result<Survey> {
    let mut samples: BTreeMap<String, Vec<Unit>> = BTreeMap::new();
    let mut keep = |analyzed: super::writer::AnalyzedUnit| {
        let kept = samples.entry(analyzed.unit.source.clone()).or_default();
        if kept.iter().filter(|unit| unit.kind == analyzed.unit.kind).count() < sample {
            kept.push(analyzed.unit);
        }
        Ok(())
    };
    let (summary, _) = Intake::new(reading, &mut keep).run(&walk.files, &walk.synonyms, progress, |_| ())?;
    Ok(Survey { summary, samples })
}
