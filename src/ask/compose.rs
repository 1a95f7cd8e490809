//! From a ranking to answers: their words, their citations, and suggestions where there is none.

use super::{
    newer::Newer,
    overlap::{distinct, jaccard, missing},
    rank::Ranked,
    ranking::Ranking,
    sentences::Matcher,
};
use crate::{
    analyze::{stop_words::is_negation, words::is_number},
    error::Result,
    index::{Search, UnitNo, lexicon::WordNo},
    model::{
        Answer, Citation, Counted, Unit, UnitKind,
        reply::{Highlight, OneOrMany, Superseded},
    },
};
use std::{collections::BTreeSet, ops::Range};

/// The most answers that a reply has.
pub const MOST_ANSWERS: usize = 50;

/// How many candidates are looked at for answers that say the same. Fixed, so that asking for more
/// answers changes none.
pub(super) const DEPTH: usize = 50;

/// From which share of common words on two answers say the same (Jaccard).
const SAME: f64 = 0.9;

/// An answer of more characters has its best sentences marked.
const LONG: usize = 600;

/// What stands for the sentences between two that answer.
const GAP: &str = " … ";

/// How many questions are suggested when there is no answer.
const SUGGESTIONS: usize = 3;

/// A candidate is near enough to be suggested with this share of the best score.
const NEAR: f64 = 0.5;

/// A unit that is to be given as an answer.
#[derive(Clone, Copy)]
pub struct Pick<'a> {
    /// The unit with its score.
    pub ranked: &'a Ranked,
    /// The confidence in it.
    pub confidence: f64,
    /// Finds the words of the question, or of its part.
    pub matcher: &'a Matcher<'a>,
    /// The part of the question that it answers.
    pub part: Option<&'a str>,
}

/// What was asked: the whole question, or a part of it.
pub struct Asked<'a> {
    /// The words of the part.
    pub part: Option<&'a str>,
    /// What may answer it.
    pub ranking: &'a Ranking,
    /// Finds its words.
    pub matcher: Matcher<'a>,
}

/// The units that may be given, best first: the first for each of the `parts` that come first, then those for the
/// whole.
#[must_use]
pub fn picks<'a>(asked: &'a [Asked<'_>], parts: usize) -> Vec<Pick<'a>> {
    let mut picks: Vec<Pick<'_>> = Vec::new();
    for Asked { part, ranking, matcher } in asked {
        let most = if part.is_some() { 1 } else { ranking.ranked.len() };
        for (ranked, &confidence) in ranking.ranked.iter().zip(&ranking.confidences).take(most) {
            if !picks.iter().take(parts).any(|pick| pick.ranked.unit == ranked.unit) {
                picks.push(Pick { ranked, confidence, matcher, part: *part });
            }
        }
    }
    picks
}

/// The answers out of what was picked, in that order, at most `top`. Answers that say the same become one.
///
/// # Errors
/// When the index cannot be read.
pub fn answers(picks: &[Pick<'_>], newer: &BTreeSet<Newer>, top: usize, search: &dyn Search) -> Result<Vec<Answer>> {
    let mut answers: Vec<Answer> = Vec::new();
    let mut said: Vec<Vec<WordNo>> = Vec::new();
    let top = top.min(MOST_ANSWERS);
    for pick in picks.iter().take(DEPTH) {
        let unit = pick.ranked.unit;
        let text = search.words(unit).text;
        if answers.len() == top && said.iter().all(|known| differ_plainly(known, text)) {
            continue;
        }
        let words = distinct(text.iter().copied());
        let same = said.iter().position(|known| say_the_same(known, &words, search));
        if let Some(answer) = same.and_then(|place| answers.get_mut(place)) {
            answer.citations.extend(answer_of(&search.unit(unit)?, pick).citations);
        } else if answers.len() < top {
            said.push(words);
            let answer = answer_of(&search.unit(unit)?, pick);
            answers.push(with_dates(answer, unit, newer, search)?);
        }
    }
    Ok(answers)
}

/// Names the answers that say otherwise and are older, or newer.
fn with_dates(mut answer: Answer, unit: UnitNo, newer: &BTreeSet<Newer>, search: &dyn Search) -> Result<Answer> {
    for pair in newer.iter().filter(|pair| pair.unit == unit) {
        let older = search.unit(pair.older)?;
        let citation = citation(&older, older.text.all());
        answer.supersedes.push(Superseded { id: older.id, published: older.about.published, citation });
    }
    answer.supersedes.sort_by(|left, right| right.published.cmp(&left.published).then(left.id.cmp(&right.id)));
    if let Some(pair) = newer.iter().filter(|pair| pair.older == unit).max_by_key(|pair| search.day(pair.unit)) {
        answer.superseded_by = Some(search.unit(pair.unit)?.id);
    }
    Ok(answer)
}

/// The nearest questions, each once; where the candidates are no questions, the titles and headings of them.
///
/// # Errors
/// When the index cannot be read.
pub fn suggestions(ranked: &[Ranked], search: &dyn Search) -> Result<Vec<String>> {
    let least = ranked.first().map_or(0.0, |first| first.score * NEAR);
    let near: Vec<&Ranked> = ranked.iter().take(DEPTH).take_while(|candidate| candidate.score >= least).collect();
    let (asked, told): (Vec<&Ranked>, Vec<&Ranked>) = near.into_iter().partition(|near| near.kind == UnitKind::Qa);
    let mut suggestions: Vec<String> = Vec::new();
    for candidate in if asked.is_empty() { told } else { asked } {
        let unit = search.unit(candidate.unit)?;
        let suggestion = match unit.question() {
            Some(question) => question.to_owned(),
            None => unit.about.title.iter().chain(&unit.heading).cloned().collect::<Vec<_>>().join(" › "),
        };
        if !suggestion.is_empty() && !suggestions.contains(&suggestion) {
            suggestions.push(suggestion);
        }
        if suggestions.len() == SUGGESTIONS {
            break;
        }
    }
    Ok(suggestions)
}

/// Whether nearly all words are the same, and all numbers and negations.
pub(super) fn say_the_same(left: &[WordNo], right: &[WordNo], search: &dyn Search) -> bool {
    let decides = |word: &WordNo| {
        let name = search.lexicon().word_name(*word);
        is_number(name) || is_negation(name)
    };
    have_the_same_words(left, right) && !missing(left, right).chain(missing(right, left)).any(decides)
}

/// Whether a text has more words that are not `known` than two that say the same may have: nearly always a few words
/// are enough to tell.
fn differ_plainly(known: &[WordNo], text: &[WordNo]) -> bool {
    let most = (known.len() as f64 * (1.0 / SAME - 1.0)).ceil() as usize;
    let mut others: Vec<WordNo> = Vec::new();
    text.iter().filter(|word| known.binary_search(word).is_err()).any(|word| {
        if !others.contains(word) {
            others.push(*word);
        }
        others.len() > most
    })
}

fn have_the_same_words(left: &[WordNo], right: &[WordNo]) -> bool {
    let (smaller, larger) = if left.len() < right.len() { (left, right) } else { (right, left) };
    // Most differ so much in length that nothing has to be compared.
    smaller.len() as f64 >= SAME * larger.len() as f64 && jaccard(smaller, larger) >= SAME
}

fn answer_of(unit: &Unit, pick: &Pick<'_>) -> Answer {
    let Pick { ranked, confidence, matcher, part } = *pick;
    let plain = unit.text.plain();
    let parts = match unit.kind {
        UnitKind::Passage => matcher.answering(unit, ranked.unit),
        UnitKind::Qa | UnitKind::Takeaway => vec![unit.text.all()],
    };
    let is_long = unit.kind == UnitKind::Qa && plain.chars().nth(LONG).is_some();
    let highlight = if is_long { matcher.highlight(unit, ranked.unit) } else { None };
    let values = |(key, values): (&String, &Vec<String>)| (key.clone(), OneOrMany::of(values));
    Answer {
        id: unit.id.clone(),
        kind: unit.kind,
        document: unit.document.clone(),
        question: unit.question().map(str::to_owned),
        text: parts.iter().map(|part| &plain[part.clone()]).collect::<Vec<_>>().join(GAP),
        highlight: highlight.map(|part| highlighted(unit, part)),
        part: part.map(str::to_owned),
        supersedes: Vec::new(),
        superseded_by: None,
        confidence: rounded(confidence),
        score: rounded(ranked.score),
        metadata: unit.about.metadata.iter().map(values).collect(),
        citations: parts.into_iter().map(|part| citation(unit, part)).collect(),
    }
}

fn highlighted(unit: &Unit, part: Range<usize>) -> Highlight {
    let Citation { lines, bytes, paragraph, page, quote, .. } = citation(unit, part);
    Highlight { text: quote, lines, bytes, paragraph, page }
}

/// Cites a part of the unit's text.
#[must_use]
pub fn citation(unit: &Unit, part: Range<usize>) -> Citation {
    let place = unit.text.place(part.clone());
    let hull = unit.text.span(part.clone()).hull().unwrap_or(0..0);
    let url = unit.about.url.as_ref().map(|url| match &unit.anchor {
        Some(anchor) if !url.contains('#') => format!("{url}#{anchor}"),
        _ => url.clone(),
    });
    let file_name = unit.source.rsplit('/').next().unwrap_or(&unit.source);
    Citation {
        title: unit.about.title.clone().unwrap_or_else(|| file_name.to_owned()),
        source: unit.source.clone(),
        url,
        heading: unit.heading.clone(),
        lines: place.of(Counted::Line),
        bytes: (place.counted == Counted::Line).then_some([hull.start, hull.end]),
        paragraph: place.of(Counted::Paragraph),
        page: place.of(Counted::Page),
        quote: unit.text.plain()[part].to_owned(),
        published: unit.about.published.clone(),
    }
}

/// Four places behind the point: more would tell nothing.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_the_same_words_have_the_same_words() {
        assert!(have_the_same_words(&[1, 2, 3], &[1, 2, 3]));
        assert!(!have_the_same_words(&[1, 2, 3], &[1, 2, 4]));
        assert!(!have_the_same_words(&[], &[]));
        let long: Vec<WordNo> = (0..100).collect();
        assert!(have_the_same_words(&long, &long[..95]));
        assert!(!have_the_same_words(&long, &long[..80]));
    }

    #[test]
    fn texts_that_may_say_the_same_do_not_differ_plainly() {
        let long: Vec<WordNo> = (0..100).collect();
        let other: Vec<WordNo> = (0..100).chain((100..111).flat_map(|word| [word; 3])).collect();
        assert!(have_the_same_words(&long, &distinct(other.iter().copied())));
        assert!(!differ_plainly(&long, &other));
        assert!(differ_plainly(&long, &(50..200).collect::<Vec<_>>()));
        assert!(!differ_plainly(&[], &[]) && differ_plainly(&[], &[1]));
    }
}
