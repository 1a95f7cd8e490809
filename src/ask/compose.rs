//! From a ranking to answers: their words, their citations, and suggestions where there is none.

use super::{rank::Ranked, sentences::Matcher};
use crate::{
    error::Result,
    index::{Search, UnitNo},
    model::{
        Answer, Citation, Counted, Unit, UnitKind,
        reply::{Highlight, OneOrMany},
    },
};
use std::{collections::BTreeSet, ops::Range};

/// The most answers that a reply has.
pub const MOST_ANSWERS: usize = 50;

/// How many candidates are looked at for answers that say the same. Fixed, so that asking for more
/// answers changes none.
const DEPTH: usize = 50;

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

/// The answers out of a ranking, best first, at most `top`. Answers that say the same become one.
///
/// # Errors
/// When the index cannot be read.
pub fn answers(
    ranked: &[Ranked],
    confidences: &[f64],
    top: usize,
    matcher: &Matcher<'_>,
    search: &dyn Search,
) -> Result<Vec<Answer>> {
    let mut answers: Vec<Answer> = Vec::new();
    let mut said: Vec<BTreeSet<u32>> = Vec::new();
    let top = top.min(MOST_ANSWERS);
    for (candidate, &confidence) in ranked.iter().zip(confidences).take(DEPTH) {
        let words = words_of(candidate.unit, search);
        if let Some(place) = said.iter().position(|known| say_the_same(known, &words)) {
            if let Some(answer) = answers.get_mut(place) {
                answer
                    .citations
                    .extend(answer_of(&search.unit(candidate.unit)?, candidate, confidence, matcher).citations);
            }
            continue;
        }
        said.push(words);
        if answers.len() < top {
            answers.push(answer_of(&search.unit(candidate.unit)?, candidate, confidence, matcher));
        }
    }
    Ok(answers)
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

fn words_of(unit: UnitNo, search: &dyn Search) -> BTreeSet<u32> {
    search.words(unit).text.iter().copied().collect()
}

fn say_the_same(left: &BTreeSet<u32>, right: &BTreeSet<u32>) -> bool {
    let (smaller, larger) = (left.len().min(right.len()), left.len().max(right.len()));
    if smaller == 0 || (smaller as f64) < SAME * larger as f64 {
        return false;
    }
    let shared = left.intersection(right).count();
    shared as f64 >= SAME * (left.len() + right.len() - shared) as f64
}

fn answer_of(unit: &Unit, candidate: &Ranked, confidence: f64, matcher: &Matcher<'_>) -> Answer {
    let plain = unit.text.plain();
    let parts = match unit.kind {
        UnitKind::Passage => matcher.answering(unit, candidate.unit),
        UnitKind::Qa | UnitKind::Takeaway => vec![unit.text.all()],
    };
    let is_long = unit.kind == UnitKind::Qa && plain.chars().nth(LONG).is_some();
    let highlight = if is_long { matcher.highlight(unit, candidate.unit) } else { None };
    let values = |(key, values): (&String, &Vec<String>)| (key.clone(), OneOrMany::of(values));
    Answer {
        id: unit.id.clone(),
        kind: unit.kind,
        document: unit.document.clone(),
        question: unit.question().map(str::to_owned),
        text: parts.iter().map(|part| &plain[part.clone()]).collect::<Vec<_>>().join(GAP),
        highlight: highlight.map(|part| highlighted(unit, part)),
        confidence: rounded(confidence),
        score: rounded(candidate.score),
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
fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_the_same_words_say_the_same() {
        let set = |words: &[u32]| words.iter().copied().collect::<BTreeSet<u32>>();
        assert!(say_the_same(&set(&[1, 2, 3]), &set(&[1, 2, 3])));
        assert!(!say_the_same(&set(&[1, 2, 3]), &set(&[1, 2, 4])));
        assert!(!say_the_same(&set(&[]), &set(&[])));
        let long: Vec<u32> = (0..100).collect();
        assert!(say_the_same(&set(&long), &set(&long[..95])));
        assert!(!say_the_same(&set(&long), &set(&long[..80])));
    }
}
