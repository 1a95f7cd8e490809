//! Names with numbers, found by either.

use super::{
    arrays::{Array, Arrays, ArraysWriter, Lists, ListsAt},
    hash_table::{find, slots},
};
use crate::{analyze::fnv::fnv1a, error::Result};

/// Names of the side file.
#[derive(Debug)]
pub struct Names {
    text: ListsAt,
    slots: Array,
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
        side.add(&format!("{of}.slots"), &slots(names.iter().map(|name| fnv1a(name.bytes()))))
    }

    /// Finds the names in the side file.
    ///
    /// # Errors
    /// When a part is missing.
    pub fn open(arrays: &Arrays, of: &str) -> Result<Self> {
        Ok(Self { text: arrays.find_lists(&format!("{of}.text"))?, slots: arrays.find(&format!("{of}.slots"))? })
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self, arrays: &Arrays) -> usize {
        arrays.list_count(self.text)
    }

    /// The name with this number.
    #[must_use]
    pub fn name<'a>(&self, arrays: &'a Arrays, number: u32) -> &'a str {
        std::str::from_utf8(arrays.list(self.text, number as usize)).unwrap_or_default()
    }

    /// The number of a name.
    #[must_use]
    pub fn find(&self, arrays: &Arrays, name: &str) -> Option<u32> {
        let is_it = |number| arrays.list::<u8>(self.text, number as usize) == name.as_bytes();
        find(arrays.get(self.slots), fnv1a(name.bytes()), is_it)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
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
