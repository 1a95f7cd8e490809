//! Finds numbers by hash: an open-addressed table (Knuth, *The Art of Computer Programming* 3, 6.4), which the side file
//! keeps as a flat array.

/// A slot that holds no number.
const FREE: u32 = u32::MAX;

/// The table of things whose numbers count from 0, by the hash of each. At least half of the slots are free.
#[must_use]
pub fn slots(hashes: impl ExactSizeIterator<Item = u64>) -> Vec<u32> {
    let mut slots = vec![FREE; (hashes.len() * 2).next_power_of_two()];
    for (number, hash) in (0..).zip(hashes) {
        if let Some(free) = probes(slots.len(), hash).find(|&slot| slots[slot] == FREE) {
            slots[free] = number;
        }
    }
    slots
}

/// The number that has this hash and `is_it`: different things may have the same.
#[must_use]
pub fn find(slots: &[u32], hash: u64, is_it: impl Fn(u32) -> bool) -> Option<u32> {
    let numbers = probes(slots.len(), hash).map_while(|slot| slots.get(slot).copied());
    numbers.take_while(|&number| number != FREE).find(|&number| is_it(number))
}

/// The slots to be looked at, one after the other.
fn probes(slots: usize, hash: u64) -> impl Iterator<Item = usize> {
    let first = (hash ^ hash >> 32) as usize;
    (0..slots).map(move |step| first.wrapping_add(step) & (slots - 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_hash_is_found_and_no_other(
            spread in prop::collection::btree_set(any::<u64>(), 0..500),
            crowded in prop::collection::btree_set(0..400_u64, 0..200),
            other in any::<u64>(),
        ) {
            let hashes: Vec<u64> = spread.union(&crowded).copied().collect();
            let slots = slots(hashes.iter().copied());
            let number = |hash: u64| find(&slots, hash, |number| hashes[number as usize] == hash);
            for (place, &hash) in hashes.iter().enumerate() {
                prop_assert_eq!(number(hash), Some(place as u32));
            }
            prop_assert_eq!(number(other).is_some(), hashes.contains(&other));
        }

        #[test]
        fn a_table_that_is_none_finds_nothing_that_is_not_there(table in prop::collection::vec(any::<u32>(), 0..9), hash in any::<u64>()) {
            prop_assert_eq!(find(&table, hash, |_| false), None);
        }
    }

    #[test]
    fn things_with_the_same_hash_are_told_apart() {
        let slots = slots([7, 7, 7].into_iter());
        assert_eq!(find(&slots, 7, |number| number == 2), Some(2));
        assert_eq!(find(&slots, 7, |number| number == 3), None);
    }
}
