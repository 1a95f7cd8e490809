//! What a phrasing is made of, for the classifier: words, stems, pairs of words, and n-grams within words.

use crate::analyze::{fnv::fnv1a, grams::grams, words::Words};
use std::collections::BTreeMap;

/// The two highest bits of a hash tell n-grams and pairs from words and stems.
const GRAM: u64 = 1 << 63;
const PAIR: u64 = 1 << 62;

/// The kinds of features that are weighed apart.
pub const KINDS: usize = 3;

/// A feature by its hash, and `1 + ln` of how often it comes (sublinear term frequency, Manning, Raghavan,
/// Schütze 2008, section 6.4.1).
pub type Feature = (u64, f32);

/// The features of a phrasing or question, by hash. `stems` are those of its words, in any order.
#[must_use]
pub fn features<'a>(words: &'a Words, stems: impl IntoIterator<Item = &'a str>) -> Vec<Feature> {
    let mut counts: BTreeMap<u64, f32> = BTreeMap::new();
    let mut add = |hash: u64| *counts.entry(hash).or_default() += 1.0;
    let mut before: Option<&str> = None;
    for word in words.iter() {
        add(hash(b'w', &[word]));
        if let Some(before) = before {
            add(hash(b'p', &[before, word]) | PAIR);
        }
        before = Some(word);
        for gram in grams(word) {
            add(gram & !PAIR | GRAM);
        }
    }
    stems.into_iter().for_each(|stem| add(hash(b's', &[stem])));
    counts.into_iter().map(|(hash, count)| (hash, 1.0 + count.ln())).collect()
}

/// The kind of a feature, below [`KINDS`]: words and stems are one, pairs another, n-grams the third.
#[must_use]
pub fn kind(hash: u64) -> usize {
    match (hash & GRAM != 0, hash & PAIR != 0) {
        (true, _) => 2,
        (false, true) => 1,
        (false, false) => 0,
    }
}

fn hash(kind: u8, texts: &[&str]) -> u64 {
    let bytes = texts.iter().flat_map(|text| text.bytes().chain([b' ']));
    fnv1a(std::iter::once(kind).chain(bytes)) & !(GRAM | PAIR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_makes_pairs_and_repetition_weighs_less_than_double() {
        let of = |text: &str| features(&Words::of(text), []);
        let (there, back) = (of("red fox"), of("fox red"));
        let shared = there.iter().filter(|feature| back.contains(feature)).count();
        assert_eq!(shared, there.len() - 1);
        let most = |features: &[Feature]| features.iter().map(|feature| feature.1).fold(0.0, f32::max);
        assert!(most(&of("ha ha")) < 2.0 && most(&of("ha")) < 1.01);
    }
}
