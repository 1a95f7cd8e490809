//! Phrasings in the order in which they are suggested.

use super::{
    table::{PhrasingNo, Phrasings, SpellingNo},
    typed::Meant,
};
use crate::index::{Search, UnitNo, UnitSet};
use std::cmp::Reverse;

/// The share of what could be gained that a phrasing must have, and of what the best one gains.
const NEEDED: f64 = 0.5;
const BESIDE_BEST: f64 = 0.7;

/// How many phrasings are looked at closely. Their order is that of their length, so that the first are the best.
const CLOSELY: usize = 1_000;

/// How many that may begin as typed are looked at for whether they do.
const BEGINNINGS: usize = 5_000;

/// A gain stands in the lower bits of a number, behind the place of the word that gave the last of it.
const GAIN_BITS: u32 = 24;

/// Units with their phrasings, the likeliest first; several phrasings of a unit may come. There are far more than `limit`
/// where there are so many: enough for as many units, unless these have alternates by the hundred.
pub fn ranked(
    meant: &[Meant],
    phrasings: &Phrasings,
    search: &dyn Search,
    allowed: Option<&UnitSet>,
    limit: usize,
) -> Vec<(UnitNo, usize)> {
    let gains = gains(meant, phrasings);
    let needed = (meant.iter().map(|word| f64::from(word.weight)).sum::<f64>() * NEEDED) as u32;
    let is_allowed = |number: PhrasingNo| allowed.is_none_or(|allowed| allowed.contains(phrasings.place(number).0));
    let gained = |least: u32| {
        let all = gains.iter().enumerate().map(|(number, &gain)| (number as PhrasingNo, gain & ((1 << GAIN_BITS) - 1)));
        all.filter(move |&(number, gain)| gain >= least && is_allowed(number))
    };
    let Some(best) = gained(needed.max(1)).map(|(_, gain)| gain).max() else { return Vec::new() };
    let of_best = || gained(best);
    let close = Close { meant, phrasings, search };
    let begin_alike =
        of_best().filter(|&(number, _)| meant.first().is_some_and(|word| word.may_be(phrasings.first(number))));
    let begin_alike = begin_alike.take(BEGINNINGS).filter(|&(number, _)| close.nearness(number) == Nearness::Begins);
    let mut pool: Vec<(PhrasingNo, u32)> = begin_alike.take(CLOSELY.max(limit)).collect();
    let mut others: Vec<(PhrasingNo, u32)> = of_best().take(CLOSELY).collect();
    if others.len() < CLOSELY {
        others = gained(needed.max((f64::from(best) * BESIDE_BEST) as u32)).collect();
        let order = |&(number, gain): &(PhrasingNo, u32)| (Reverse(gain), number);
        if others.len() > CLOSELY {
            others.select_nth_unstable_by_key(CLOSELY, order);
            others.truncate(CLOSELY);
        }
    }
    pool.append(&mut others);
    pool.sort_by_cached_key(|&(number, gain)| (Reverse(gain), close.nearness(number), number));
    pool.dedup();
    let place = |(number, _)| {
        let (unit, phrasing) = phrasings.place(number);
        (unit, phrasing as usize)
    };
    pool.into_iter().map(place).collect()
}

/// What each phrasing gains by the words that it has, each counted once.
fn gains(meant: &[Meant], phrasings: &Phrasings) -> Vec<u32> {
    let mut gains = vec![0u32; phrasings.len()];
    for (place, word) in meant.iter().enumerate() {
        let mark = (place as u32 + 1) << GAIN_BITS;
        for (spellings, weight) in &word.spellings {
            for &number in phrasings.having(spellings) {
                if let Some(gain) =
                    gains.get_mut(number as usize).filter(|gain| **gain >> GAIN_BITS != mark >> GAIN_BITS)
                {
                    *gain = mark | ((*gain & ((1 << GAIN_BITS) - 1)) + weight);
                }
            }
        }
    }
    gains
}

/// How near a phrasing comes to what was typed, beside the words that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// It begins so, word by word.
    Begins,
    /// It has the words in their order.
    InOrder,
    /// It has the words.
    Has,
}

/// Looks at phrasings closely.
struct Close<'a> {
    meant: &'a [Meant],
    phrasings: &'a Phrasings,
    search: &'a dyn Search,
}

impl Close<'_> {
    fn nearness(&self, number: PhrasingNo) -> Nearness {
        let (unit, phrasing) = self.phrasings.place(number);
        let words = self.search.phrasing(unit, phrasing as usize).words;
        let spellings: Vec<SpellingNo> = words.iter().filter_map(|&word| self.phrasings.spelling_of(word)).collect();
        let begins = spellings.len() >= self.meant.len()
            && self.meant.iter().zip(&spellings).all(|(word, &spelling)| word.may_be(spelling));
        if begins {
            return Nearness::Begins;
        }
        // Words that it has not do not break the order.
        let has = |word: &&Meant| spellings.iter().any(|&spelling| word.may_be(spelling));
        let mut rest = spellings.iter();
        let is_in_order = self.meant.iter().filter(has).all(|word| rest.any(|&spelling| word.may_be(spelling)));
        if is_in_order { Nearness::InOrder } else { Nearness::Has }
    }
}
