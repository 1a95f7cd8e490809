//! The units that can teach: those with questions.

use super::{features::features, rows::Rows};
use crate::{
    analyze::{stems::Stems, words::Words},
    ask::query::can_be_asked,
    error::Result,
    index::{Search, UnitNo, name_key, phrasing_key},
    model::Excerpt,
};

/// How many units tell enough about a corpus that is too large to learn from.
const SAMPLE: usize = 1_000;

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

impl Pupil {
    /// Whether a phrasing can be asked: a table may hold a whole page where a question should be.
    #[must_use]
    pub fn can_ask(&self, phrasing: usize) -> bool {
        self.phrasings.get(phrasing).is_some_and(|phrasing| can_be_asked(&phrasing.text))
    }
}

/// One way to ask for a unit.
#[derive(Debug)]
pub struct Phrasing {
    /// As it is written.
    pub text: String,
    /// Names its words; see [`phrasing_key`].
    pub key: u64,
}

/// The units of a corpus that have phrasings.
#[derive(Debug)]
pub struct Class {
    /// The units, or a sample of them where there is too much to learn from.
    pub pupils: Vec<Pupil>,
    /// Phrasings in the whole corpus.
    pub phrasings: usize,
    /// Phrasings beyond the first of each unit.
    pub alternates: usize,
}

/// Reads the units with phrasings: all of them, or a sample if they have more than `most_phrasings`.
///
/// # Errors
/// When the index cannot be read.
pub fn class(search: &dyn Search, most_phrasings: usize) -> Result<Class> {
    let units: Vec<UnitNo> = (0..search.len() as UnitNo).filter(|&unit| search.phrasing_count(unit) > 0).collect();
    let phrasings: usize = units.iter().map(|&unit| search.phrasing_count(unit)).sum();
    let most = if phrasings > most_phrasings { SAMPLE } else { usize::MAX };
    let pupils = spread(units.len(), most, 0).into_iter().map(|place| pupil(units[place], search));
    let pupils = pupils.collect::<Result<Vec<_>>>()?;
    Ok(Class { pupils, phrasings, alternates: phrasings - units.len() })
}

fn pupil(number: UnitNo, search: &dyn Search) -> Result<Pupil> {
    let unit = search.unit(number)?;
    let phrasing = |excerpt: &Excerpt| {
        let text = excerpt.plain().to_owned();
        Phrasing { key: phrasing_key(&text), text }
    };
    let phrasings = unit.phrasings.iter().map(phrasing).collect();
    Ok(Pupil { unit: number, language: unit.about.language, phrasings, id: name_key(&unit.id) })
}

/// Up to `most` of so many places, evenly spread, beginning elsewhere for every `turn`.
#[must_use]
pub fn spread(count: usize, most: usize, turn: usize) -> Vec<usize> {
    if count <= most {
        return (0..count).collect();
    }
    (0..most).map(|step| (step * count / most + turn) % count).collect()
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
