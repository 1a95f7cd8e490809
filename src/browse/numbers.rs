//! Integers as names of units, for programs that want no strings.

use crate::{
    Engine,
    error::{Error, Result},
    index::{UnitNo, name_key},
    model::Unit,
};

/// The greatest number: it fits a signed integer of 32 bits.
const GREATEST: u32 = i32::MAX as u32;

/// The numbers of all units, in the order of the names of their ids.
///
/// A number is the first 31 bits of the hash of the id: it survives rebuilds and another order of the corpus. Where two
/// units of an index would have the same, or it is 0, the one whose whole hash is greater takes the next one that is free:
/// its number changes only when the other unit comes or goes. Of 200,000 units about ten are such.
#[derive(Debug)]
pub struct Numbers(Vec<u32>);

impl Numbers {
    /// The numbers for ids whose names are these, ascending; see [`name_key`].
    #[must_use]
    pub fn of(keys: &[u64]) -> Self {
        let mut numbers: Vec<u32> = Vec::with_capacity(keys.len());
        let mut last = 0;
        for key in keys {
            last = ((key >> 33) as u32).max(last + 1);
            numbers.push(last);
        }
        // Those that ran over the greatest number go back.
        let mut most = GREATEST;
        for number in numbers.iter_mut().rev() {
            if *number <= most {
                break;
            }
            *number = most;
            most -= 1;
        }
        Self(numbers)
    }
}

impl Engine {
    /// The number of the unit with an id: from 1 to 2³¹ - 1, and the same in every index in which the unit is.
    ///
    /// # Errors
    /// [`Error::UnitUnknown`].
    pub fn number_of(&self, id: &str) -> Result<u32> {
        let place = self.search.ids().0.binary_search(&name_key(id)).ok();
        let number = place.and_then(|place| self.numbers().0.get(place).copied());
        number.ok_or_else(|| Error::UnitUnknown(id.to_owned()))
    }

    /// The unit with a number, see [`Engine::number_of`].
    ///
    /// # Errors
    /// [`Error::UnitUnknown`], or when the index cannot be read.
    pub fn unit_numbered(&self, number: u32) -> Result<Unit> {
        let place = self.numbers().0.binary_search(&number).ok();
        let unit: Option<UnitNo> = place.and_then(|place| self.search.ids().1.get(place).copied());
        self.unit_at(unit.ok_or_else(|| Error::UnitUnknown(number.to_string()))?)
    }

    pub(crate) fn numbers(&self) -> &Numbers {
        self.tables.numbers.get_or_init(|| Numbers::of(self.search.ids().0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(hashes: &[u32]) -> Vec<u32> {
        Numbers::of(&hashes.iter().map(|&hash| u64::from(hash) << 33 | 5).collect::<Vec<_>>()).0
    }

    #[test]
    fn a_number_is_the_hash_unless_another_unit_has_it() {
        assert_eq!(numbers(&[3, 7, 9]), [3, 7, 9]);
        assert_eq!(numbers(&[3, 3, 4, 9]), [3, 4, 5, 9]);
        assert_eq!(numbers(&[0, 0, 5]), [1, 2, 5]);
    }

    #[test]
    fn no_number_is_too_great_or_comes_twice() {
        assert_eq!(numbers(&[8, GREATEST - 1, GREATEST, GREATEST]), [8, GREATEST - 2, GREATEST - 1, GREATEST]);
        assert_eq!(numbers(&[GREATEST; 3]), [GREATEST - 2, GREATEST - 1, GREATEST]);
        assert!(numbers(&[]).is_empty());
    }
}
