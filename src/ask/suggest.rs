//! Stored questions as one types: every word is whole but those at the end, which may go on.
//!
//! `table` has the phrasings of an index by their words, `typed` reads what was typed, `near` finds words that are
//! spelled almost the same, `rank` puts the phrasings in order, `marks` finds in them what was typed.

mod marks;
mod near;
mod rank;
mod table;
mod typed;

pub(super) use table::Phrasings;

use super::{engine::Engine, filter::Filter, query::LONGEST_QUESTION};
use crate::{
    error::{Error, Result},
    index::{Search, UnitNo, UnitSet},
    model::{Excerpt, UnitKind},
};
use serde::{Deserialize, Serialize};
use typed::Typed;

/// The most suggestions that are given.
pub const MOST_SUGGESTIONS: usize = 50;

/// What was typed, and what is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestOptions {
    /// The text as far as it is typed. If there is none, the first questions of the articles are suggested.
    pub text: String,
    /// How many questions to suggest at most, up to [`MOST_SUGGESTIONS`].
    pub limit: usize,
    /// Conditions that a unit must meet, all of them; see [`crate::ask::filter`].
    pub filters: Vec<String>,
}

impl SuggestOptions {
    /// Eight suggestions for a text, without a filter.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), limit: 8, filters: Vec::new() }
    }
}

/// A stored question that may be the one that is being typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Suggestion {
    /// The id of the unit that answers it.
    pub id: String,
    /// The question or an alternate of it, as it is stored.
    pub question: String,
    /// What of it was typed: first code point and the one behind the last, in order, not touching each other.
    pub matches: Vec<[usize; 2]>,
}

impl Engine {
    /// Suggests stored questions for what is typed so far, the likeliest first: one a unit, and no question twice.
    ///
    /// All words but the last must be whole, the last may go on; words of four letters and more may have errors. First
    /// come the questions that have all the words, of these the ones that begin so, then the ones that have the words in
    /// their order, then the shorter ones, then a unit's question before its alternates.
    ///
    /// # Errors
    /// For a text that is far too long, a filter that is none, or an index that cannot be read.
    pub fn suggest(&self, options: &SuggestOptions) -> Result<Vec<Suggestion>> {
        if options.text.len() > LONGEST_QUESTION {
            let reason = format!(
                "the text has {} bytes, at most {LONGEST_QUESTION} are read: no question begins so",
                options.text.len()
            );
            return Err(Error::Question(reason));
        }
        let allowed = Filter::parse(&options.filters)?.units(&*self.search)?;
        let limit = options.limit.min(MOST_SUGGESTIONS);
        let typed = Typed::read(&options.text);
        if typed.is_empty() {
            return self.examples(allowed.as_ref(), limit);
        }
        let phrasings = self.phrasings();
        let meant = typed.meant(phrasings, self.search.lexicon(), &self.vocabulary);
        let mut suggestions: Vec<Suggestion> = Vec::new();
        let mut units: Vec<UnitNo> = Vec::new();
        for (number, phrasing) in rank::ranked(&meant, phrasings, &*self.search, allowed.as_ref(), limit) {
            if suggestions.len() == limit {
                break;
            }
            if units.contains(&number) {
                continue;
            }
            let unit = self.search.unit(number)?;
            let Some(question) = unit.phrasings.get(phrasing).map(Excerpt::plain) else { continue };
            if suggestions.iter().any(|known| known.question == question) {
                continue;
            }
            units.push(number);
            let matches = marks::marks(question, &meant, phrasings);
            suggestions.push(Suggestion { id: unit.id.clone(), question: question.to_owned(), matches });
        }
        Ok(suggestions)
    }

    /// The first questions of the documents, in the order of the corpus; then their second ones, and so on.
    fn examples(&self, allowed: Option<&UnitSet>, limit: usize) -> Result<Vec<Suggestion>> {
        let example = |number: UnitNo| {
            let unit = self.search.unit(number)?;
            let question = unit.question().unwrap_or_default().to_owned();
            Ok(Suggestion { id: unit.id, question, matches: Vec::new() })
        };
        first_questions(&*self.search, allowed, limit).into_iter().map(example).collect()
    }
}

fn first_questions(search: &dyn Search, allowed: Option<&UnitSet>, limit: usize) -> Vec<UnitNo> {
    let mut by_turn: Vec<Vec<UnitNo>> = vec![Vec::new()];
    let (mut document, mut turn) = (None, 0);
    for unit in 0..search.len() as UnitNo {
        if by_turn.first().is_some_and(|first| first.len() >= limit) {
            break;
        }
        if search.kind(unit) != UnitKind::Qa || allowed.is_some_and(|allowed| !allowed.contains(unit)) {
            continue;
        }
        turn = if document == Some(search.document(unit)) { turn + 1 } else { 0 };
        document = Some(search.document(unit));
        if turn >= limit {
            continue;
        }
        if by_turn.len() <= turn {
            by_turn.push(Vec::new());
        }
        if let Some(units) = by_turn.get_mut(turn) {
            units.push(unit);
        }
    }
    by_turn.into_iter().flatten().take(limit).collect()
}

#[cfg(test)]
mod tests;
