//! Asks the phrasings of a corpus with themselves, or with their whole unit, withheld.

use super::{
    pupil::Pupil,
    withheld::{UnitFacts, Withheld},
};
use crate::{
    ask::{
        decide::Understood,
        filter::Filter,
        query::Query,
        rank::{Ranked, rank},
        retrieve::retrieve,
        score::Scorer,
        vocabulary::Vocabulary,
        weights::Weights,
    },
    error::Result,
    index::Search,
    model::UnitKind,
};
use rayon::prelude::*;

/// How many phrasings are asked, at most: more would tell no more about some twenty weights.
const MOST_ASKED: usize = 3_000;

/// One of so many is asked with its whole unit withheld too.
const UNITS_EVERY: usize = 2;

/// How many candidates of a question are kept.
const KEPT: usize = 50;

/// What came of a question.
#[derive(Debug)]
pub struct Asked {
    /// Its place among the pupils.
    pub pupil: usize,
    /// Its number among the phrasings of the unit.
    pub phrasing: usize,
    /// Whether its whole unit was withheld: then nothing is right.
    pub unit_withheld: bool,
    /// The candidates, best first.
    pub ranked: Vec<Ranked>,
    /// What the question is to the rest of the corpus.
    pub understood: Understood,
}

/// Asks a selection of the phrasings, the same every time, and as many of every unit.
///
/// # Errors
/// When the index cannot be read.
pub fn ask(pupils: &[Pupil], search: &dyn Search, vocabulary: &Vocabulary, weights: &Weights) -> Result<Vec<Asked>> {
    let chosen = chosen(pupils);
    // Once for each unit, not for each of its phrasings: there may be thousands.
    let facts = |pupil: &Pupil| UnitFacts::of(pupil.unit, pupil.language.as_deref(), search);
    let facts: Vec<UnitFacts> = pupils.par_iter().map(facts).collect();
    let asked = chosen.par_iter().enumerate().map(|(turn, &(pupil, phrasing))| {
        let question = Question { pupil, phrasing, pupils, facts: &facts[pupil], search, vocabulary, weights };
        let mut asked = vec![question.ask(false)?];
        if turn % UNITS_EVERY == 0 {
            asked.push(question.ask(true)?);
        }
        Ok(asked)
    });
    let asked: Vec<Result<Vec<Asked>>> = asked.collect();
    Ok(asked.into_iter().collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
}

/// The phrasings to ask: of every unit with alternates the first by hash, then the second, until there are enough.
fn chosen(pupils: &[Pupil]) -> Vec<(usize, usize)> {
    let taught = pupils.iter().enumerate().filter(|(_, pupil)| pupil.phrasings.len() > 1);
    let mut queue: Vec<(usize, u64, usize, usize)> = taught
        .flat_map(|(place, pupil)| {
            let mut order: Vec<usize> = (0..pupil.phrasings.len()).filter(|&number| pupil.can_ask(number)).collect();
            order.sort_by_key(|&number| (pupil.phrasings[number].key, number));
            // Equal phrasings would be withheld together, and asked twice.
            order.dedup_by_key(|&mut number| pupil.phrasings[number].key);
            order.into_iter().enumerate().map(move |(turn, number)| (turn, pupil.phrasings[number].key, place, number))
        })
        .collect();
    queue.sort_unstable();
    queue.into_iter().take(MOST_ASKED).map(|(_, _, place, number)| (place, number)).collect()
}

struct Question<'a> {
    pupil: usize,
    phrasing: usize,
    pupils: &'a [Pupil],
    facts: &'a UnitFacts,
    search: &'a dyn Search,
    vocabulary: &'a Vocabulary,
    weights: &'a Weights,
}

impl Question<'_> {
    fn ask(&self, unit_withheld: bool) -> Result<Asked> {
        let pupil = &self.pupils[self.pupil];
        let asked = &pupil.phrasings[self.phrasing];
        let without = if unit_withheld {
            Withheld::unit(self.facts, self.search)
        } else {
            let same = (0..pupil.phrasings.len()).filter(|&other| pupil.phrasings[other].key == asked.key);
            Withheld::phrasings(self.facts, &same.collect::<Vec<_>>(), self.search)
        };
        let query = Query::of(&asked.text, None, self.vocabulary, &without)?;
        let candidates = retrieve(&query, &Filter::default(), &[], &without)?;
        let mut scorer = Scorer::new(&query, &without);
        let understood = scorer.understood(&query);
        let mut ranked = rank(&candidates, &mut scorer, self.weights, &without);
        // What an article says of the same thing in other words is not wrong.
        ranked.retain(|candidate| candidate.kind == UnitKind::Qa);
        let right = ranked.iter().position(|candidate| candidate.unit == pupil.unit);
        if let Some(place) = right.filter(|&place| place >= KEPT) {
            ranked.swap(KEPT - 1, place);
        }
        ranked.truncate(KEPT);
        Ok(Asked { pupil: self.pupil, phrasing: self.phrasing, unit_withheld, ranked, understood })
    }
}
