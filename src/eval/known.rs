//! Asks labelled questions to fit weights on what comes of them.

use super::data::EvalSet;
use crate::{
    ask::{engine::Engine, rank::Ranked},
    error::{Error, Result},
    index::{UnitNo, phrasing_key},
    learn::known::Known,
    model::Unit,
};
use rayon::prelude::*;

/// A question to fit weights on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The question.
    pub text: String,
    /// Filters, as `ask` takes them.
    pub filters: Vec<String>,
    /// Whether the corpus has an answer.
    pub answerable: bool,
}

/// Asks the questions of a set; one that cannot be asked is left out.
///
/// # Errors
/// When the index cannot be read.
pub fn known(engine: &Engine, set: &EvalSet) -> Result<Vec<Known>> {
    let asked = set.questions.iter().map(|question| Asked {
        text: question.text.clone(),
        filters: question.filters.clone(),
        answerable: !question.relevant.is_empty(),
    });
    let asked: Vec<Asked> = asked.collect();
    known_by(engine, &asked, |place, unit| set.questions[place].relevant.contains(&unit.document))
}

/// Asks these questions, each by its place; `is_right` says which units answer it. One that cannot be asked is left out.
///
/// # Errors
/// When the index cannot be read.
pub fn known_by(
    engine: &Engine,
    asked: &[Asked],
    is_right: impl Fn(usize, &Unit) -> bool + Sync,
) -> Result<Vec<Known>> {
    let units = (0..engine.len()).map(|unit| engine.unit_at(unit as UnitNo)).collect::<Result<Vec<Unit>>>()?;
    let ask = |(place, question): (usize, &Asked)| {
        let ranking = match engine.rank(&question.text, &question.filters) {
            Err(Error::Question(_)) => return Ok(None),
            ranking => ranking?,
        };
        let is_right =
            |candidate: &Ranked| units.get(candidate.unit as usize).is_some_and(|unit| is_right(place, unit));
        let key = phrasing_key(&question.text);
        Ok(Some(Known::new(key, question.answerable, ranking.understood, &ranking.ranked, is_right)))
    };
    let known: Vec<Result<Option<Known>>> = asked.par_iter().enumerate().map(ask).collect();
    known.into_iter().filter_map(Result::transpose).collect()
}
