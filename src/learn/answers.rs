//! How well the answers of a corpus tell which question they answer: what a match in an answer is worth.
//!
//! Each question is asked of the answers alone. Where most find their own, a question in other words finds it by the
//! answer too; where the answers of a corpus all say the same words, a match there misleads.

use super::pupil::{Pupil, spread};
use crate::{
    ask::{query::Query, score::Scorer, vocabulary::Vocabulary},
    error::Result,
    index::Search,
};
use rayon::prelude::*;

/// Questions asked, at most.
const MOST_ASKED: usize = 500;
/// Answers that each is held against, at most.
const MOST_RIVALS: usize = 256;
/// The share is of questions whose own answer would be the best of so many others and itself, so that corpora of all
/// sizes can be compared.
const OF_SO_MANY: i32 = 64;
/// With fewer questions the share is left to chance.
const LEAST: usize = 20;

/// The share of questions whose own answer matches them better than 64 others do. `None` if there are too few to tell.
///
/// # Errors
/// When the index cannot be read.
pub fn answers_tell(pupils: &[Pupil], search: &dyn Search, vocabulary: &Vocabulary) -> Result<Option<f64>> {
    let mut asked = spread(pupils.len(), MOST_ASKED, 0);
    asked.retain(|&place| pupils[place].can_ask(0));
    if asked.len() < LEAST {
        return Ok(None);
    }
    let chances: Vec<Result<f64>> =
        asked.into_par_iter().map(|place| chance(place, pupils, search, vocabulary)).collect();
    let chances = chances.into_iter().collect::<Result<Vec<f64>>>()?;
    Ok(Some(chances.iter().sum::<f64>() / chances.len() as f64))
}

/// The chance that a question's own answer beats so many others, if each is beaten as often as those tried.
fn chance(place: usize, pupils: &[Pupil], search: &dyn Search, vocabulary: &Vocabulary) -> Result<f64> {
    let Some(question) = pupils[place].phrasings.first() else { return Ok(0.0) };
    let query = Query::of(&question.text, None, vocabulary, search)?;
    let mut scorer = Scorer::new(&query, search);
    let own = scorer.text(pupils[place].unit);
    let rivals = spread(pupils.len(), MOST_RIVALS, place);
    let mut beaten = 0.0f64;
    let mut tried = 0.0;
    for rival in rivals.into_iter().filter(|&rival| rival != place) {
        let score = scorer.text(pupils[rival].unit);
        tried += 1.0;
        beaten += if own > score {
            1.0
        } else if own < score {
            0.0
        } else {
            0.5
        };
    }
    Ok(if tried > 0.0 { (beaten / tried).powi(OF_SO_MANY) } else { 0.0 })
}
