//! From a query to the units that may answer.

use super::{filter::Filter, query::Query};
use crate::{
    error::Result,
    index::{Search, UnitNo},
};

/// How many candidates are ranked where a corpus is too large to rank every unit.
pub const MOST_CANDIDATES: usize = 80;

/// What retrieval found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Candidates {
    /// The units, each once.
    pub units: Vec<UnitNo>,
    /// Those of them that hold the question word for word, the one to be given first at the front.
    pub asked: Vec<UnitNo>,
}

/// Finds the candidates for a query, those among them that `likely` names: how many answers are wanted plays no part.
///
/// # Errors
/// When the index cannot be read.
pub fn retrieve(query: &Query, filter: &Filter, likely: &[UnitNo], search: &dyn Search) -> Result<Candidates> {
    let allowed = filter.units(search)?;
    let mut units = search.candidates(&query.search_terms(), allowed.as_ref(), MOST_CANDIDATES)?;
    let mut asked = search.units_asked(query.key);
    asked.retain(|&unit| allowed.as_ref().is_none_or(|allowed| allowed.contains(unit)));
    sort_asked(&mut asked, search)?;
    units.extend(asked.iter().copied());
    units.extend(likely.iter().copied().filter(|&unit| allowed.as_ref().is_none_or(|allowed| allowed.contains(unit))));
    units.sort_unstable();
    units.dedup();
    Ok(Candidates { units, asked })
}

/// The newest first, then by id.
fn sort_asked(asked: &mut [UnitNo], search: &dyn Search) -> Result<()> {
    if asked.len() < 2 {
        return Ok(());
    }
    let mut keyed = Vec::with_capacity(asked.len());
    for &unit in asked.iter() {
        keyed.push((std::cmp::Reverse(search.day(unit)), search.unit(unit)?.id, unit));
    }
    keyed.sort();
    asked.iter_mut().zip(keyed).for_each(|(place, (_, _, unit))| *place = unit);
    Ok(())
}
