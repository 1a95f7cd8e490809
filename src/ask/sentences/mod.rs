//! Which sentences of a unit answer, and which of its words are the question's.
//!
//! `pieces` cuts a text into sentences and whole lists, `kinds` tells what a question asks for and `offers` what a
//! sentence does, `clues` weighs what speaks for each piece, `choose` takes the best of them.

mod choose;
mod clues;
pub mod kinds;
mod offers;
mod phrases;
mod pieces;

use super::query::{Query, QueryTerm};
use crate::{
    analyze::words::Words,
    index::{
        Search, UnitNo,
        lexicon::{GramNo, WordNo},
        statistics::Field,
    },
    model::Unit,
};
use clues::Piece;
use kinds::{Kind, Table};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// A passage of no more sentences is quoted whole.
const SHORT: usize = 2;

/// The place of the n-grams of texts in [`crate::index::lexicon::GRAM_FIELDS`].
const TEXT_GRAMS: usize = 1;

/// Finds the words of a question in texts of the corpus.
pub struct Matcher<'a> {
    search: &'a dyn Search,
    terms: FxHashMap<WordNo, usize>,
    /// What each term weighs.
    weights: Vec<f64>,
    /// Which terms tell what is asked.
    telling: Vec<bool>,
    /// What each n-gram of the question weighs.
    grams: FxHashMap<GramNo, f64>,
    /// What all n-grams weigh, those too that the corpus does not know.
    all_grams: f64,
    /// The words as they are asked.
    words: FxHashSet<String>,
    asked: Option<Kind>,
    /// The likeliest language of the question.
    language: Option<String>,
}

impl<'a> Matcher<'a> {
    /// A matcher for the words of `query`.
    #[must_use]
    pub fn new(query: &Query, search: &'a dyn Search) -> Self {
        let lexicon = search.lexicon();
        let mut terms = FxHashMap::default();
        for (place, term) in query.terms.iter().enumerate() {
            let stemmed = term.stems.iter().flat_map(|stem| lexicon.words_of_stem(stem.stem).iter().copied());
            for word in stemmed.chain(term.number) {
                terms.entry(word).or_insert(place);
            }
        }
        let weight = |term: &QueryTerm| {
            term.weight * search.statistics().idf(Field::Text, f64::from(term.units(Field::Text, search)))
        };
        let gram_weight = |gram: Option<GramNo>, count: f64| {
            let units = gram.map_or(0.0, |gram| search.units_of_gram(gram, TEXT_GRAMS));
            count * search.statistics().idf(Field::Text, units)
        };
        let words: Vec<&str> = query.words.iter().collect();
        let language = query.languages.first().cloned();
        Self {
            search,
            terms,
            weights: query.terms.iter().map(weight).collect(),
            telling: query.terms.iter().map(QueryTerm::tells).collect(),
            grams: query.grams.iter().filter_map(|&(gram, count)| Some((gram?, gram_weight(gram, count)))).collect(),
            all_grams: query.grams.iter().map(|&(gram, count)| gram_weight(gram, count)).sum(),
            asked: language.as_deref().and_then(Table::of).and_then(|table| table.asked(&words)),
            words: words.into_iter().map(str::to_owned).collect(),
            language,
        }
    }

    /// The term of the question that a word stands for.
    #[must_use]
    pub fn term(&self, word: &str) -> Option<usize> {
        self.terms.get(&self.search.lexicon().word(word)?).copied()
    }

    /// Whether a word stands for one of the question that tells what is asked.
    #[must_use]
    pub fn is_telling(&self, word: &str) -> bool {
        self.term(word).is_some_and(|term| self.telling.get(term) == Some(&true))
    }

    /// The parts of a passage that answer, in order and not touching each other: its best sentences, all of a short
    /// passage.
    #[must_use]
    pub fn answering(&self, unit: &Unit, number: UnitNo) -> Vec<Range<usize>> {
        let pieces = self.pieces(unit, number);
        if pieces.len() <= SHORT {
            return vec![unit.text.all()];
        }
        let chosen = choose::choose(&clues::sums(self, &pieces), &pieces);
        let mut parts: Vec<Range<usize>> = Vec::new();
        let mut before = None;
        for place in chosen.places {
            let range = pieces[place].range.clone();
            match parts.last_mut() {
                Some(last) if before == place.checked_sub(1) => last.end = range.end,
                _ => parts.push(range),
            }
            before = Some(place);
        }
        parts
    }

    /// The best sentences of a long answer, as one part of it; `None` where that is all.
    #[must_use]
    pub fn highlight(&self, unit: &Unit, number: UnitNo) -> Option<Range<usize>> {
        let pieces = self.pieces(unit, number);
        let chosen = choose::choose(&clues::sums(self, &pieces), &pieces);
        let run = chosen.run();
        let part = pieces.get(run.start)?.range.start..pieces.get(run.end.checked_sub(1)?)?.range.end;
        (part != unit.text.all()).then_some(part)
    }

    /// The one sentence, or list, of a unit's text that says most of what is asked.
    #[must_use]
    pub fn best(&self, unit: &Unit, number: UnitNo) -> Range<usize> {
        let pieces = self.pieces(unit, number);
        let best = choose::choose(&clues::sums(self, &pieces), &pieces).best;
        pieces.get(best).map_or(unit.text.all(), |piece| piece.range.clone())
    }

    /// The pieces of a unit's text with what they have to do with the question.
    fn pieces(&self, unit: &Unit, number: UnitNo) -> Vec<Piece> {
        let text = unit.text.plain();
        let ranges = pieces::pieces(text);
        let words: Vec<Words> = ranges.iter().map(|range| Words::of(&text[range.clone()])).collect();
        // The numbers of the words are in the index already, in the same order.
        let known = self.search.words(number).text;
        let is_same = words.iter().map(|words| words.iter().count()).sum::<usize>() == known.len();
        let headings = unit.about.title.iter().chain(&unit.heading).map(String::as_str).chain(unit.question());
        let headed = headings
            .flat_map(|heading| Words::of(heading).iter().filter_map(|word| self.term(word)).collect::<Vec<_>>());
        let headed: FxHashSet<usize> = headed.collect();
        let language = unit.about.language.as_ref().or(self.language.as_ref());
        let table = language.and_then(|language| Table::of(language));
        let mut at = 0;
        let piece = |(range, words): (Range<usize>, &Words)| {
            let words: Vec<&str> = words.iter().collect();
            let numbers = if is_same { known.get(at..at + words.len()) } else { None };
            at += words.len();
            Piece::of(self, text, range, &words, numbers, &headed, table)
        };
        ranges.into_iter().zip(&words).map(piece).collect()
    }
}
