//! Questions that go on from those before: which words they take over, and whether they are read with them.

use super::{
    forms::{Form, Forms, Sign},
    hits::Hits,
    query::{Languages, Query},
    rank::Ranked,
};
use crate::{
    error::Result,
    index::{Search, UnitNo, statistics::Field},
    model::Turn,
};

/// Turns before these are not looked at.
pub const MOST_TURNS: usize = 10;

pub fn tune(name: &str, default: f64) -> f64 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
}

/// What was said before a question.
pub struct Context {
    /// Earlier questions, the last first, and how much a word of each counts.
    earlier: Vec<(Query, f64)>,
    /// The unit that answered the last one.
    pub answered: Option<UnitNo>,
}

impl Context {
    /// What of the earlier turns a question may take over: the last one that stood by itself, and what went on from it.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn of(history: &[Turn], forms: &Forms, languages: &Languages, search: &dyn Search) -> Result<Self> {
        let mut earlier = Vec::new();
        let mut share = tune("T_SHARE", 0.5);
        for turn in history.iter().rev().take(MOST_TURNS) {
            if !super::query::can_be_asked(&turn.question) {
                continue;
            }
            let query = Query::of(&turn.question, languages, search)?;
            if super::forms::is_small_talk(&query.words) {
                continue;
            }
            let Form { sign, .. } = forms.of_question(&query);
            earlier.push((query, share));
            share *= tune("T_DECAY", 0.5);
            if sign == Sign::None {
                break;
            }
        }
        if let Some(unit) = history.last().and_then(|turn| search.unit_no(turn.unit.as_deref()?))
            && tune("T_ANS", 0.0) > 0.0
            && let Some(question) = search.unit(unit)?.question()
        {
            earlier.push((Query::of(question, languages, search)?, tune("T_ANS", 0.0)));
        }
        let answered = history.last().and_then(|turn| search.unit_no(turn.unit.as_deref()?));
        Ok(Self { earlier, answered })
    }

    /// The question with the words of those before, and which they are.
    pub fn carry(&self, query: &Query, search: &dyn Search) -> (Query, Vec<String>) {
        let mut whole = query.clone();
        let mut carried = Vec::new();
        for (earlier, share) in &self.earlier {
            carried.extend(whole.carry(earlier, *share, search.lexicon()));
        }
        (whole, carried)
    }

    /// Prefers what stands where the last answer stood.
    pub fn prefer(&self, ranked: &mut [Ranked], search: &dyn Search) {
        let Some(answered) = self.answered else { return };
        let document = search.document(answered);
        for candidate in ranked.iter_mut() {
            if candidate.document == document {
                candidate.score += tune("T_DOC", 0.3);
            }
            if candidate.unit == answered {
                candidate.score += tune("T_UNIT", 0.0);
            }
        }
        ranked.sort_by(|left, right| right.score.total_cmp(&left.score).then(left.unit.cmp(&right.unit)));
    }
}

/// How much of what a question names stands in a unit: by idf, 0 to 1. It is 1 where it names nothing.
pub fn support(query: &Query, names: &[bool], unit: UnitNo, search: &dyn Search) -> f64 {
    let mut hits = Hits::new(query, search.lexicon());
    let mut found = vec![false; query.terms.len()];
    let words = search.words(unit);
    let phrasings = (0..search.phrasing_count(unit)).flat_map(|place| search.phrasing(unit, place).words);
    for &word in words.heading.iter().chain(words.text).chain(phrasings) {
        if let Some(found) = hits.of(word).term.and_then(|term| found.get_mut(term as usize)) {
            *found = true;
        }
    }
    let counts = search.statistics();
    let mut shares = (0.0, 0.0);
    for ((term, found), _) in query.terms.iter().zip(found).zip(names).filter(|&(_, &names)| names) {
        let units = term.stems.iter().map(|&stem| search.units_of_stem(stem, Field::All)).max().unwrap_or(0);
        let idf = counts.idf(Field::All, f64::from(units));
        shares.0 += if found { idf } else { 0.0 };
        shares.1 += idf;
    }
    if shares.1 > 0.0 { shares.0 / shares.1 } else { 1.0 }
}
