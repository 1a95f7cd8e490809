//! The phrasings of an index by their words: made when a suggestion is first asked for.

use crate::{
    analyze::fold::fold,
    index::{Search, UnitNo, lexicon::WordNo},
};
use std::ops::Range;

/// Number of a spelling: of a word without its accents, in the order of all of them.
pub type SpellingNo = u32;

/// Number of a phrasing: the shorter ones first, questions before alternates, then in the order of the units.
pub type PhrasingNo = u32;

/// What no word has as its spelling.
const NONE: SpellingNo = SpellingNo::MAX;

/// All phrasings of an index.
pub struct Phrasings {
    /// The unit of each phrasing, and which of its phrasings it is.
    places: Vec<(UnitNo, u32)>,
    /// The spelling of the first word of each.
    firsts: Vec<SpellingNo>,
    /// The spellings, one behind the other, and where each ends.
    text: String,
    ends: Vec<u32>,
    /// The spelling of each word of the lexicon; [`NONE`] for one that no phrasing has.
    by_word: Vec<SpellingNo>,
    /// The phrasings that have each spelling, ascending, one list behind the other, and where each list ends.
    lists: Vec<PhrasingNo>,
    list_ends: Vec<u32>,
}

impl Phrasings {
    /// Collects the phrasings of an index.
    #[must_use]
    pub fn of(search: &dyn Search) -> Self {
        let places = places(search);
        let words = |&(unit, phrasing): &(UnitNo, u32)| search.phrasing(unit, phrasing as usize).words;
        let (text, ends, by_word) = spellings(search, places.iter().flat_map(words).copied());
        let spelling = |word: &WordNo| by_word.get(*word as usize).copied().unwrap_or(NONE);
        let mut pairs: Vec<u64> = Vec::new();
        for (number, place) in places.iter().enumerate() {
            pairs.extend(words(place).iter().map(|word| u64::from(spelling(word)) << 32 | number as u64));
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut list_ends = vec![0; ends.len()];
        for pair in &pairs {
            if let Some(end) = list_ends.get_mut((pair >> 32) as usize) {
                *end += 1;
            }
        }
        let mut sum = 0;
        for end in &mut list_ends {
            sum += *end;
            *end = sum;
        }
        Self {
            firsts: places.iter().map(|place| words(place).first().map_or(NONE, spelling)).collect(),
            lists: pairs.into_iter().map(|pair| pair as PhrasingNo).collect(),
            places,
            text,
            ends,
            by_word,
            list_ends,
        }
    }

    /// How many phrasings there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// The unit of a phrasing, and which of its phrasings it is.
    #[must_use]
    pub fn place(&self, phrasing: PhrasingNo) -> (UnitNo, u32) {
        self.places.get(phrasing as usize).copied().unwrap_or_default()
    }

    /// The spelling of the first word of a phrasing.
    #[must_use]
    pub fn first(&self, phrasing: PhrasingNo) -> SpellingNo {
        self.firsts.get(phrasing as usize).copied().unwrap_or(NONE)
    }

    /// How many spellings there are.
    #[must_use]
    pub fn spellings(&self) -> SpellingNo {
        self.ends.len() as SpellingNo
    }

    /// The spelling with this number.
    #[must_use]
    pub fn spelling(&self, number: SpellingNo) -> &str {
        let end = |number: SpellingNo| self.ends.get(number as usize).map_or(0, |&end| end as usize);
        self.text.get(number.checked_sub(1).map_or(0, end)..end(number)).unwrap_or_default()
    }

    /// The spelling of a word of the lexicon, if a phrasing has the word.
    #[must_use]
    pub fn spelling_of(&self, word: WordNo) -> Option<SpellingNo> {
        self.by_word.get(word as usize).copied().filter(|&spelling| spelling != NONE)
    }

    /// The spelling that is just so.
    #[must_use]
    pub fn exactly(&self, folded: &str) -> Option<SpellingNo> {
        let number = self.partition(0..self.spellings(), |spelling| spelling < folded);
        (self.spelling(number) == folded && number < self.spellings()).then_some(number)
    }

    /// The spellings that begin so.
    #[must_use]
    pub fn beginning(&self, folded: &str) -> Range<SpellingNo> {
        let start = self.partition(0..self.spellings(), |spelling| spelling < folded);
        start..self.end_of(start, folded)
    }

    /// The first spelling from `start` on that does not begin so. Most runs are short: steps of growing length.
    #[must_use]
    pub fn end_of(&self, start: SpellingNo, folded: &str) -> SpellingNo {
        let (mut from, mut step) = (start, 1);
        while from + step < self.spellings() && self.spelling(from + step).starts_with(folded) {
            from += step;
            step *= 2;
        }
        let end = (from + step).min(self.spellings());
        self.partition(from..end, |spelling| spelling.starts_with(folded))
    }

    /// The phrasings that have a spelling of the range, each list by itself ascending.
    #[must_use]
    pub fn having(&self, spellings: &Range<SpellingNo>) -> &[PhrasingNo] {
        let end = |number: SpellingNo| self.list_ends.get(number as usize).map_or(0, |&end| end as usize);
        let before = |number: SpellingNo| number.checked_sub(1).map_or(0, end);
        self.lists.get(before(spellings.start)..before(spellings.end)).unwrap_or(&[])
    }

    fn partition(&self, within: Range<SpellingNo>, is_before: impl Fn(&str) -> bool) -> SpellingNo {
        let (mut from, mut to) = (within.start, within.end);
        while from < to {
            let middle = from + (to - from) / 2;
            if is_before(self.spelling(middle)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        from
    }
}

/// Where the phrasings are, in the order of their numbers.
fn places(search: &dyn Search) -> Vec<(UnitNo, u32)> {
    let units = 0..search.len() as UnitNo;
    let all = units.flat_map(|unit| (0..search.phrasing_count(unit) as u32).map(move |phrasing| (unit, phrasing)));
    let mut places: Vec<(UnitNo, u32)> = all.collect();
    places.sort_by_cached_key(|&(unit, phrasing)| {
        (search.phrasing(unit, phrasing as usize).words.len(), phrasing > 0, unit, phrasing)
    });
    places
}

/// The different spellings of these words in their order, one behind the other, where each ends, and which is whose.
fn spellings(search: &dyn Search, words: impl Iterator<Item = WordNo>) -> (String, Vec<u32>, Vec<SpellingNo>) {
    let mut by_word = vec![NONE; search.lexicon().word_count()];
    let mut spelled: Vec<(String, WordNo)> = Vec::new();
    for word in words {
        if let Some(spelling) = by_word.get_mut(word as usize).filter(|spelling| **spelling == NONE) {
            *spelling = 0;
            spelled.push((fold(search.lexicon().word_name(word)), word));
        }
    }
    spelled.sort_unstable();
    let (mut text, mut ends): (String, Vec<u32>) = (String::new(), Vec::new());
    let mut last: Option<&str> = None;
    for (spelling, word) in &spelled {
        if last != Some(spelling.as_str()) {
            text.push_str(spelling);
            ends.push(text.len() as u32);
            last = Some(spelling);
        }
        if let Some(number) = by_word.get_mut(*word as usize) {
            *number = ends.len() as SpellingNo - 1;
        }
    }
    (text, ends, by_word)
}
