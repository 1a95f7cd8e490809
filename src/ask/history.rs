//! Questions that go on from those before: what they take over, and how well that is borne out.

use super::{
    filter::Filter,
    forms::{Form, Sign, is_small_talk, of_question},
    hits::Hits,
    overlap::{distinct, shared},
    query::{Query, can_be_asked},
    rank::Ranked,
    retrieve::retrieve,
    vocabulary::Vocabulary,
};
use crate::{
    analyze::words::Words,
    error::Result,
    index::{Search, UnitNo, UnitSet, phrasing_key, words_of_unit},
    model::{Turn, Unit},
};
use std::collections::BTreeSet;

/// Turns before these are not looked at.
pub const MOST_TURNS: usize = 10;

/// What a word of the last question counts beside a word of this one.
const SHARE: f64 = 0.7;

/// What a word of an earlier question counts beside one of the question behind it.
const FADING: f64 = 0.5;

/// What a word of the question that was answered last counts: its author's words, where the asker had others.
const ANSWERED: f64 = 0.25;

/// How much a candidate gains that stands in the document of the last answer.
const SAME_DOCUMENT: f64 = 0.3;

/// What is left of the confidence where nothing that a question names stands in the answer, but a word of it stands
/// for something said before.
const UNSUPPORTED: f64 = 0.58;

/// From which share of common words on a text is taken for a unit's.
const SAME_TEXT: f64 = 0.9;

/// What was said before a question.
pub struct Context {
    /// Earlier questions, the last first, and what a word of each counts.
    earlier: Vec<(Query, f64)>,
    /// The unit that answered the last one.
    answered: Option<(UnitNo, Unit)>,
}

impl Context {
    /// What of the earlier turns a question may take over: the last one that stood by itself, and what went on from it.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn of(history: &[Turn], vocabulary: &Vocabulary, search: &dyn Search) -> Result<Self> {
        let mut context = Self { earlier: Vec::new(), answered: None };
        let mut last = None;
        let mut share = SHARE;
        let recent = history.iter().rev().take(MOST_TURNS);
        for turn in recent.filter(|turn| can_be_asked(&turn.question)) {
            let query = Query::of(&turn.question, None, vocabulary, search)?;
            if is_small_talk(&query.words) {
                continue;
            }
            last.get_or_insert(turn);
            let stands_alone = of_question(&query, vocabulary).sign == Sign::None;
            context.earlier.push((query, share));
            share *= FADING;
            if stands_alone {
                break;
            }
        }
        if let Some(turn) = last
            && let Some(unit) = context.unit_of(turn, search)?
        {
            context.answered = Some((unit, search.unit(unit)?));
        }
        if let Some(question) = context.answered.as_ref().and_then(|(_, unit)| unit.question())
            && can_be_asked(question)
        {
            context.earlier.push((Query::of(question, None, vocabulary, search)?, ANSWERED));
        }
        Ok(context)
    }

    /// The unit that answered a turn: the one that it names, or one for its words that has the words of the answer.
    fn unit_of(&self, turn: &Turn, search: &dyn Search) -> Result<Option<UnitNo>> {
        if let Some(unit) = turn.unit.as_deref().and_then(|id| search.unit_no(id)) {
            return Ok(Some(unit));
        }
        let (Some(answer), Some((asked, _))) = (&turn.answer, self.earlier.first()) else { return Ok(None) };
        let said = distinct(Words::of(answer).iter().filter_map(|word| search.lexicon().word(word)));
        let whole = self.earlier[1..].iter().fold(asked.clone(), |mut whole, (earlier, share)| {
            whole.carry(earlier, *share, search.lexicon());
            whole
        });
        let candidates = retrieve(&whole, &Filter::default(), &[], search)?.units;
        // An answer may be a part of a passage; what has the most in common with it is the likeliest.
        let likeness = |&unit: &UnitNo| {
            let text = distinct(search.words(unit).text.iter().copied());
            let shared = shared(&text, &said) as f64;
            let is_same = shared > 0.0 && shared >= SAME_TEXT * text.len().min(said.len()) as f64;
            is_same.then(|| shared / (text.len() + said.len()) as f64)
        };
        let likely = candidates.into_iter().filter_map(|unit| Some((likeness(&unit)?, unit)));
        let best = likely.max_by(|(left, a), (right, b)| left.total_cmp(right).then(b.cmp(a)));
        Ok(best.map(|(_, unit)| unit))
    }

    /// The question with the words that it takes over, and which they are.
    #[must_use]
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
        let Some((answered, _)) = self.answered else { return };
        let document = search.document(answered);
        ranked.iter_mut().filter(|near| near.document == document).for_each(|near| near.score += SAME_DOCUMENT);
        ranked.sort_by(|left, right| right.score.total_cmp(&left.score).then(left.unit.cmp(&right.unit)));
    }

    /// The units of the same source to which the last answer's prompts lead, of those that pass the filter.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn prompted(&self, filter: &Filter, search: &dyn Search) -> Result<Prompted> {
        let mut prompted = Prompted::default();
        let Some((_, unit)) = self.answered.as_ref().filter(|(_, unit)| !unit.prompts.is_empty()) else {
            return Ok(prompted);
        };
        let mut allowed = search.units_with("source", &unit.source)?;
        if let Some(filtered) = filter.units(search)? {
            allowed.intersect(&filtered);
        }
        for prompt in &unit.prompts {
            let key = phrasing_key(&prompt.text);
            let mut units = UnitSet::new(search.len(), false);
            search.units_asked(key).into_iter().for_each(|asked| units.insert(asked));
            if let Some(document) = &prompt.document {
                units = search.units_with("document", document)?;
            }
            units.intersect(&allowed);
            prompted.0.push((key, units.iter().collect()));
        }
        Ok(prompted)
    }
}

/// Units that prompts lead to, by the key of the prompt's words.
#[derive(Debug, Default)]
pub struct Prompted(Vec<(u64, Vec<UnitNo>)>);

impl Prompted {
    /// The units of the prompt that says this.
    #[must_use]
    pub fn named(&self, key: u64) -> &[UnitNo] {
        self.0.iter().find(|(prompt, _)| *prompt == key).map_or(&[], |(_, units)| units)
    }

    /// All units, each once.
    #[must_use]
    pub fn all(&self) -> Vec<UnitNo> {
        distinct(self.0.iter().flat_map(|(_, units)| units.iter().copied()))
    }
}

/// How likely a question with this sign goes on from the one before.
#[must_use]
pub fn likelihood(sign: Sign) -> f64 {
    match sign {
        Sign::Bare => 0.95,
        Sign::Joined => 0.9,
        Sign::Pronoun => 0.85,
        Sign::LatePronoun => 0.6,
        Sign::Terse => 0.5,
        Sign::None => 0.0,
    }
}

/// What is left of the confidence in a unit when a question that takes over words is answered by it: the words taken
/// over are no proof, those of the question itself are.
#[must_use]
pub fn borne_out(query: &Query, form: &Form, unit: UnitNo, search: &dyn Search) -> f64 {
    let least = match form.sign {
        Sign::Terse | Sign::None => 0.0,
        _ => UNSUPPORTED,
    };
    least + (1.0 - least) * found(query, &form.names, unit, search)
}

/// The share of some terms of a question that stands in a unit; 1 of none.
#[must_use]
pub fn found(query: &Query, which: &[bool], unit: UnitNo, search: &dyn Search) -> f64 {
    let mut hits = Hits::new(query, search.lexicon());
    let terms: BTreeSet<u16> = words_of_unit(search, unit)
        .flat_map(|word| {
            let hit = hits.of(word);
            hits.terms(hit).iter().map(|hit| hit.term).collect::<Vec<_>>()
        })
        .collect();
    let wanted = which.iter().filter(|&&wanted| wanted).count();
    let found = terms.iter().filter(|&&term| which.get(term as usize) == Some(&true)).count();
    if wanted == 0 { 1.0 } else { found as f64 / wanted as f64 }
}
