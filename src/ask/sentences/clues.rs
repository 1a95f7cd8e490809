//! What speaks for a piece of a text, and how much.

use super::{Matcher, kinds::Table, offers::offers};
use crate::index::lexicon::WordNo;
use rustc_hash::{FxHashMap, FxHashSet};
use std::{borrow::Cow, ops::Range};

/// What each clue weighs, in the order of [`sums`]. A softmax over the sentences of passages, fitted so that the ones
/// with the answer are likeliest.
const WEIGHTS: [f64; 7] = [3.4, 1.1, 2.3, 2.2, 1.0, 1.8, -0.6];

/// A part of the question by number, a term or an n-gram, and what it weighs.
pub type Weighed = (u32, f64);

/// A piece of a text and what it has to do with the question.
#[derive(Debug, Clone, Default)]
pub struct Piece {
    /// Where it stands.
    pub range: Range<usize>,
    /// How long it is, in letters of a script with spaces.
    pub width: usize,
    /// Whether it begins with a word that needs the piece before it.
    pub points_back: bool,
    /// The terms that stand there.
    pub terms: Vec<Weighed>,
    /// The n-grams.
    pub grams: Vec<Weighed>,
    /// Weight of the terms that a heading has too.
    pub headed: f64,
    /// Whether it offers what is asked for.
    pub offers: bool,
}

impl Piece {
    /// Looks for the question in a part of `text`; `numbers` are those of its words where they are known.
    pub fn of(
        matcher: &Matcher<'_>,
        text: &str,
        range: Range<usize>,
        words: &[&str],
        numbers: Option<&[WordNo]>,
        headed: &FxHashSet<usize>,
        table: Option<&Table>,
    ) -> Self {
        let lexicon = matcher.search.lexicon();
        let looked_up = || words.iter().filter_map(|word| lexicon.word(word)).collect::<Vec<WordNo>>();
        let numbers = numbers.map_or_else(|| Cow::Owned(looked_up()), Cow::Borrowed);
        let term = |number: &WordNo| matcher.terms.get(number).map(|&term| (term as u32, matcher.weights[term]));
        let mut terms: Vec<Weighed> = numbers.iter().filter_map(term).collect();
        let grams = numbers.iter().flat_map(|&number| lexicon.grams_of_word(number));
        let mut grams: Vec<Weighed> =
            grams.filter_map(|gram| matcher.grams.get(gram).map(|&weight| (*gram, weight))).collect();
        in_order(&mut terms);
        in_order(&mut grams);
        let part = &text[range.clone()];
        Self {
            width: part.chars().map(width).sum(),
            points_back: table.is_some_and(|table| table.points_back(words)),
            headed: terms.iter().filter(|(term, _)| headed.contains(&(*term as usize))).map(|(_, weight)| weight).sum(),
            offers: matcher.asked.is_some_and(|kind| offers(kind, part, words, &matcher.words, table)),
            range,
            terms,
            grams,
        }
    }
}

/// A letter of a script in which one says about as much as three do elsewhere counts as three.
fn width(letter: char) -> usize {
    if letter >= '\u{2e80}' { 3 } else { 1 }
}

/// What speaks for each piece, as the logarithm of its odds.
#[must_use]
pub fn sums(matcher: &Matcher<'_>, pieces: &[Piece]) -> Vec<f64> {
    let terms = Rarity::of(pieces.iter().map(|piece| &piece.terms), matcher.weights.iter().sum());
    let grams = Rarity::of(pieces.iter().map(|piece| &piece.grams), matcher.all_grams);
    let best = pieces.iter().map(|piece| grams.share(&piece.grams)).fold(0.0, f64::max);
    let sum = |(place, piece): (usize, &Piece)| {
        let own = terms.share(&piece.terms);
        let with =
            |other: Option<&Piece>| other.map_or(0.0, |other| terms.share(&union(&piece.terms, &other.terms)) - own);
        let in_grams = grams.share(&piece.grams);
        let clues = [
            own,
            in_grams,
            share(in_grams, best),
            with(place.checked_sub(1).and_then(|before| pieces.get(before))),
            with(pieces.get(place + 1)),
            f64::from(u8::from(piece.offers)),
            share(piece.headed, terms.whole),
        ];
        clues.iter().zip(WEIGHTS).map(|(clue, weight)| clue * weight).sum()
    };
    pieces.iter().enumerate().map(sum).collect()
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

fn union(left: &[Weighed], right: &[Weighed]) -> Vec<Weighed> {
    let mut both = [left, right].concat();
    in_order(&mut both);
    both
}

fn in_order(parts: &mut Vec<Weighed>) {
    parts.sort_unstable_by_key(|part| part.0);
    parts.dedup_by_key(|part| part.0);
}

/// How much parts of the question (terms or n-grams) tell of the pieces of one text: what stands in all of them,
/// little.
struct Rarity {
    /// By part, what it tells: `ln((pieces + 1) / pieces with it) / ln(pieces + 1)`.
    tells: FxHashMap<u32, f64>,
    /// What the whole question weighs, and what of it when each part counts for what it tells.
    whole: f64,
    telling: f64,
}

impl Rarity {
    fn of<'a>(pieces: impl ExactSizeIterator<Item = &'a Vec<Weighed>> + Clone, whole: f64) -> Self {
        let most = (pieces.len() as f64 + 1.0).ln();
        let mut counts: FxHashMap<u32, f64> = FxHashMap::default();
        pieces.clone().flatten().for_each(|&(part, _)| *counts.entry(part).or_default() += 1.0);
        let tells: FxHashMap<u32, f64> =
            counts.into_iter().map(|(part, count)| (part, 1.0 - count.ln() / most)).collect();
        let mut found: Vec<Weighed> = pieces.flatten().copied().collect();
        in_order(&mut found);
        let untold: f64 = found.iter().map(|(part, weight)| weight * (1.0 - tells[part])).sum();
        Self { tells, whole, telling: whole - untold }
    }

    /// The share of the question that a piece with these parts has.
    fn share(&self, parts: &[Weighed]) -> f64 {
        let told = parts.iter().map(|(part, weight)| weight * self.tells.get(part).copied().unwrap_or(0.0));
        share(told.sum(), self.telling)
    }
}
