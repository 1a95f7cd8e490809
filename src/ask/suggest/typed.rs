//! What was typed: its words, and the spellings that each may be meant for.

use super::{
    near::near,
    table::{Phrasings, SpellingNo},
};
use crate::{
    analyze::{fold::fold, stems::Stems, words::Words},
    ask::vocabulary::Vocabulary,
    index::lexicon::Lexicon,
};
use std::ops::Range;

/// Words behind these are not looked at.
const MOST_WORDS: usize = 32;

/// What a word counts that is another form of the one typed.
const OTHER_FORM: f64 = 0.9;

/// What a word counts that is as typed but for one error; for two, the square of it.
const ERROR: f64 = 0.7;

/// What a word counts that says little, such as *how* and *the*.
const STOP_WORD: f64 = 0.25;

/// How a weight becomes an integer, so that sums have no order.
const SCALE: f64 = 1000.0;

/// A text that is being typed.
pub struct Typed {
    text: String,
    words: Vec<TypedWord>,
}

struct TypedWord {
    word: String,
    /// Without its accents.
    folded: String,
    /// Whether it may go on: it is part of what stands behind the last space.
    goes_on: bool,
}

/// The spellings that a typed word may be meant for.
pub struct Meant {
    /// The word without its accents.
    pub folded: String,
    /// Whether the word may go on.
    pub goes_on: bool,
    /// The spellings, the likeliest first, and what a phrasing with one of them gains.
    pub spellings: Vec<(Range<SpellingNo>, u32)>,
    /// What a phrasing can gain at most.
    pub weight: u32,
}

impl Meant {
    /// Whether the word may be meant for the spelling.
    #[must_use]
    pub fn may_be(&self, spelling: SpellingNo) -> bool {
        self.spellings.iter().any(|(spellings, _)| spellings.contains(&spelling))
    }
}

impl Typed {
    /// Reads a text.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let end =
            text.rfind(char::is_whitespace).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let (whole, last) = text.split_at(end);
        let mut words = Vec::new();
        for (part, goes_on) in [(whole, false), (last, true)] {
            let word = |word: &str| TypedWord { word: word.to_owned(), folded: fold(word), goes_on };
            words.extend(Words::of(part).iter().map(word));
        }
        words.truncate(MOST_WORDS);
        Self { text: text.to_owned(), words }
    }

    /// Whether there is no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// What each word may be meant for.
    #[must_use]
    pub fn meant(&self, phrasings: &Phrasings, lexicon: &Lexicon, vocabulary: &Vocabulary) -> Vec<Meant> {
        let languages = vocabulary.languages_of(&self.text, None);
        let stemmers: Vec<Stems> = languages.iter().copied().map(Some).chain([None]).map(Stems::of).collect();
        let meant = |word: &TypedWord| {
            let is_stop_word = !word.goes_on && vocabulary.is_stop_word(&word.word, &languages);
            word.meant(phrasings, lexicon, &stemmers, if is_stop_word { STOP_WORD } else { 1.0 })
        };
        self.words.iter().map(meant).collect()
    }
}

impl TypedWord {
    fn meant(&self, phrasings: &Phrasings, lexicon: &Lexicon, stemmers: &[Stems], share: f64) -> Meant {
        let mut found: Vec<(Range<SpellingNo>, f64)> = Vec::new();
        if self.goes_on {
            found.extend(
                Some(phrasings.beginning(&self.folded)).filter(|range| !range.is_empty()).map(|range| (range, 1.0)),
            );
        } else {
            found.extend(phrasings.exactly(&self.folded).map(|spelling| (spelling..spelling + 1, 1.0)));
            found.extend(self.other_forms(phrasings, lexicon, stemmers).map(|form| (form..form + 1, OTHER_FORM)));
        }
        if found.is_empty() {
            let near = near(&self.folded, self.goes_on, phrasings);
            found.extend(near.into_iter().map(|(range, errors)| (range, ERROR.powi(i32::from(errors)))));
        }
        // A word that nothing has is the rarest of all.
        let all = phrasings.len() as f64;
        let having: usize = found.iter().map(|(range, _)| phrasings.having(range).len()).sum();
        let weight = (1.0 + all / having.clamp(1, phrasings.len().max(1)) as f64).ln() * share * SCALE;
        let spellings = found.into_iter().map(|(range, share)| (range, (weight * share) as u32)).collect();
        Meant { folded: self.folded.clone(), goes_on: self.goes_on, spellings, weight: weight as u32 }
    }

    /// The other forms of the word in one of the languages, in their order.
    fn other_forms(
        &self,
        phrasings: &Phrasings,
        lexicon: &Lexicon,
        stemmers: &[Stems],
    ) -> impl Iterator<Item = SpellingNo> + use<> {
        let stems = stemmers.iter().filter_map(|stems| lexicon.stem(&stems.stem(&self.word)));
        let words = stems.flat_map(|stem| lexicon.words_of_stem(stem));
        let mut forms: Vec<SpellingNo> = words.filter_map(|&word| phrasings.spelling_of(word)).collect();
        forms.sort_unstable();
        forms.dedup();
        forms.into_iter()
    }
}
