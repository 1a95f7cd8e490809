//! An index of a few articles that lives in memory alone.

use super::{
    Write as _,
    reader::EmbeddedIndex,
    writer::{AnalyzedUnit, EmbeddedWriter},
};
use crate::{
    analyze::{acronyms::Acronyms, synonyms::Rule},
    error::Result,
    model::Article,
    split::{Ids, SectionNames, split},
};
use std::collections::BTreeSet;

/// Articles, ready to be asked.
pub struct Indexed {
    /// Finds their units.
    pub search: EmbeddedIndex,
    /// The languages that they are in.
    pub languages: Vec<String>,
    /// Which words stand for others by what they explain.
    pub rules: Vec<Rule>,
}

/// Splits, analyzes and indexes articles.
///
/// # Errors
/// When the search library refuses.
pub fn index(articles: &[Article]) -> Result<Indexed> {
    let names = SectionNames::default();
    let mut ids = Ids::default();
    let mut acronyms = Acronyms::default();
    let mut languages = BTreeSet::new();
    let mut writer = EmbeddedWriter::in_memory()?;
    for mut unit in articles.iter().flat_map(|article| split(article, &names)) {
        ids.assign(&mut unit);
        unit.excerpts().for_each(|text| acronyms.read(text.plain()));
        languages.extend(unit.about.language.clone());
        writer.add(AnalyzedUnit::of(unit)?)?;
    }
    Ok(Indexed { search: writer.open()?, languages: languages.into_iter().collect(), rules: acronyms.rules() })
}
