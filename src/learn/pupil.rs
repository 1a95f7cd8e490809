//! The units that can teach: those with questions.

use super::{features::features, rows::Rows};
use crate::{
    analyze::{stems::Stems, words::Words},
    error::Result,
    index::{Search, UnitNo, name_key, phrasing_key},
    model::Excerpt,
};

/// A unit with its phrasings.
#[derive(Debug)]
pub struct Pupil {
    /// The unit.
    pub unit: UnitNo,
    /// Its language.
    pub language: Option<String>,
    /// Its phrasings.
    pub phrasings: Vec<Phrasing>,
    /// A number for its id.
    id: u64,
}

/// One way to ask for a unit.
#[derive(Debug)]
pub struct Phrasing {
    /// As it is written.
    pub text: String,
    /// Names its words; see [`phrasing_key`].
    pub key: u64,
}

/// Reads all units with phrasings.
///
/// # Errors
/// When the index cannot be read.
pub fn pupils(search: &dyn Search) -> Result<Vec<Pupil>> {
    let mut pupils = Vec::new();
    for number in (0..search.len() as UnitNo).filter(|&unit| search.phrasing_count(unit) > 0) {
        let unit = search.unit(number)?;
        let phrasing = |excerpt: &Excerpt| {
            let text = excerpt.plain().to_owned();
            Phrasing { key: phrasing_key(&text), text }
        };
        let phrasings = unit.phrasings.iter().map(phrasing).collect();
        pupils.push(Pupil { unit: number, language: unit.about.language, phrasings, id: name_key(&unit.id) });
    }
    Ok(pupils)
}

/// The phrasings of all pupils as rows, in order.
#[must_use]
pub fn rows(pupils: &[Pupil]) -> Rows {
    let mut rows = Rows::default();
    for pupil in pupils {
        let stemmer = Stems::of(pupil.language.as_deref());
        for phrasing in &pupil.phrasings {
            let words = Words::of(&phrasing.text);
            let stems: Vec<String> = words.iter().map(|word| stemmer.stem(word)).collect();
            let features = features(&words, stems.iter().map(String::as_str));
            rows.add(pupil.unit, phrasing.key, pupil.id, &features);
        }
    }
    rows
}
