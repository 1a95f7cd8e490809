//! Names with numbers, found by a hash of the name.

use super::arrays::{Array, Arrays, ArraysWriter, Lists, ListsAt};
use crate::{analyze::grams::hash, error::Result};

/// Names of the side file.
#[derive(Debug)]
pub struct Names {
    text: ListsAt,
    /// Hashes of the names, ascending.
    hashes: Array,
    /// Beside each hash the number of its name.
    numbers: Array,
}

impl Names {
    /// Writes names in the order of their numbers.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(names: &[Box<str>], of: &str, side: &mut ArraysWriter) -> Result<()> {
        let mut text = Lists::default();
        for name in names {
            text.values.extend_from_slice(name.as_bytes());
            text.end();
        }
        side.add_lists(&format!("{of}.text"), &text)?;
        let mut hashed: Vec<(u64, u32)> = (0..).zip(names).map(|(number, name)| (hash(name.chars()), number)).collect();
        hashed.sort_unstable();
        let (hashes, numbers): (Vec<u64>, Vec<u32>) = hashed.into_iter().unzip();
        side.add(&format!("{of}.hashes"), &hashes)?;
        side.add(&format!("{of}.numbers"), &numbers)
    }

    /// Finds the names in the side file.
    ///
    /// # Errors
    /// When a part is missing.
    pub fn open(arrays: &Arrays, of: &str) -> Result<Self> {
        Ok(Self {
            text: arrays.find_lists(&format!("{of}.text"))?,
            hashes: arrays.find(&format!("{of}.hashes"))?,
            numbers: arrays.find(&format!("{of}.numbers"))?,
        })
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self, arrays: &Arrays) -> usize {
        arrays.get::<u32>(self.numbers).len()
    }

    /// The name with this number.
    #[must_use]
    pub fn name<'a>(&self, arrays: &'a Arrays, number: u32) -> &'a str {
        std::str::from_utf8(arrays.list(self.text, number as usize)).unwrap_or_default()
    }

    /// The number of a name.
    #[must_use]
    pub fn find(&self, arrays: &Arrays, name: &str) -> Option<u32> {
        let (hashes, numbers) = (arrays.get::<u64>(self.hashes), arrays.get::<u32>(self.numbers));
        let hash = hash(name.chars());
        let place = place_of_hash(hashes, hash)?;
        // Two names may have the same hash, though that hardly ever comes.
        let same = |place: &usize| hashes.get(*place) == Some(&hash);
        let all = (0..=place).rev().take_while(same).chain((place + 1..).take_while(same));
        let is_it = |number: &u32| arrays.list::<u8>(self.text, *number as usize) == name.as_bytes();
        all.filter_map(|place| numbers.get(place).copied()).find(is_it)
    }
}

/// Where a hash stands among others, ascending. They are spread evenly, so its size tells about where: less is read than by
/// halving all of them.
#[must_use]
pub fn place_of_hash(hashes: &[u64], hash: u64) -> Option<usize> {
    let guess = ((u128::from(hash) * hashes.len() as u128) >> u64::BITS) as usize;
    let (mut start, mut end, mut step) = (guess, guess, 64);
    while start > 0 && hashes.get(start).is_none_or(|&known| known > hash) {
        start = start.saturating_sub(step);
        step *= 2;
    }
    while hashes.get(end).is_some_and(|&known| known < hash) {
        end = (end + step).min(hashes.len());
        step *= 2;
    }
    let within = start..(end + 1).min(hashes.len());
    hashes.get(within)?.binary_search(&hash).ok().map(|place| start + place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn a_hash_is_found_where_it_stands(
            hashes in prop::collection::btree_set(any::<u64>(), 0..2000),
            crowded in prop::collection::btree_set(0..5000_u64, 0..2000),
            other in any::<u64>(),
        ) {
            let hashes: Vec<u64> = hashes.union(&crowded).copied().collect::<BTreeSet<_>>().into_iter().collect();
            for hash in hashes.iter().copied().chain([other, 0, 1, u64::MAX]) {
                prop_assert_eq!(place_of_hash(&hashes, hash), hashes.binary_search(&hash).ok());
            }
        }

        #[test]
        fn each_name_has_its_number(names in prop::collection::btree_set("\\PC{0,12}", 0..200), other in "\\PC{0,12}") {
            let names: Vec<Box<str>> = names.into_iter().map(Into::into).collect();
            let mut side = ArraysWriter::in_memory();
            Names::write(&names, "words", &mut side).unwrap();
            let arrays = side.open().unwrap();
            let found = Names::open(&arrays, "words").unwrap();
            for (number, name) in names.iter().enumerate() {
                prop_assert_eq!(found.find(&arrays, name), Some(number as u32));
                prop_assert_eq!(found.name(&arrays, number as u32), &**name);
            }
            prop_assert_eq!(found.find(&arrays, &other).is_some(), names.iter().any(|name| **name == *other));
            prop_assert_eq!(found.len(&arrays), names.len());
        }
    }
}
