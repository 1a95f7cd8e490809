//! The side file of a generation: named flat arrays, memory-mapped.
//!
//! Layout, little-endian: the arrays one behind the other, each aligned to 8 bytes; a JSON directory
//! (name, offset, bytes); its length as `u64`; the mark. Reading never trusts a number in it.

use crate::error::{Error, Result};
use bytemuck::Pod;
use memmap2::{Mmap, MmapMut};
use serde::{Deserialize, Serialize};
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

const MARK: &[u8; 8] = b"faqtside";

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    name: String,
    offset: usize,
    bytes: usize,
}

/// Writes the side file.
#[derive(Debug)]
pub struct ArraysWriter {
    out: Out,
    path: std::path::PathBuf,
    offset: usize,
    entries: Vec<Entry>,
}

/// Where the arrays go.
#[derive(Debug)]
enum Out {
    File(BufWriter<File>),
    Memory(Vec<u8>),
}

impl ArraysWriter {
    /// Begins the file at `path`.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn create(path: &Path) -> Result<Self> {
        let file = File::create(path).map_err(Error::io("cannot write", path))?;
        Ok(Self { out: Out::File(BufWriter::new(file)), path: path.to_path_buf(), offset: 0, entries: Vec::new() })
    }

    /// Begins arrays that stay in memory.
    #[must_use]
    pub fn in_memory() -> Self {
        Self { out: Out::Memory(Vec::new()), path: std::path::PathBuf::new(), offset: 0, entries: Vec::new() }
    }

    /// Adds an array.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn add<T: Pod>(&mut self, name: &str, values: &[T]) -> Result<()> {
        let bytes: &[u8] = bytemuck::cast_slice(values);
        self.entries.push(Entry { name: name.to_owned(), offset: self.offset, bytes: bytes.len() });
        self.write(bytes)?;
        let padding = bytes.len().next_multiple_of(8) - bytes.len();
        self.write(&[0; 8][..padding])
    }

    /// Adds a list of lists, as two arrays.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn add_lists<T: Pod>(&mut self, name: &str, lists: &Lists<T>) -> Result<()> {
        self.add(&format!("{name}.ends"), &lists.ends)?;
        self.add(name, &lists.values)
    }

    /// Ends the file and hands it over to be synced.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn finish(mut self) -> Result<()> {
        let directory = serde_json::to_vec(&self.entries).unwrap_or_default();
        self.write(&directory)?;
        self.write(&(directory.len() as u64).to_le_bytes())?;
        self.write(MARK)?;
        match &mut self.out {
            Out::File(file) => file.flush().map_err(Error::io("cannot write", &self.path)),
            Out::Memory(_) => Ok(()),
        }
    }

    /// Ends arrays that stay in memory, and opens them.
    ///
    /// # Errors
    /// [`Error::Io`] where there is no memory for them.
    pub fn open(self) -> Result<Arrays> {
        let Self { out, path, entries, .. } = self;
        let bytes = match out {
            Out::Memory(bytes) => bytes,
            Out::File(_) => Vec::new(),
        };
        // A map of no bytes is none.
        let map = MmapMut::map_anon(bytes.len().max(1)).and_then(|mut map| {
            map.iter_mut().zip(&bytes).for_each(|(place, byte)| *place = *byte);
            map.make_read_only()
        });
        Ok(Arrays { map: map.map_err(Error::io("cannot get memory for", &path))?, entries, path })
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.offset += bytes.len();
        match &mut self.out {
            Out::File(file) => file.write_all(bytes).map_err(Error::io("cannot write", &self.path)),
            Out::Memory(memory) => {
                memory.extend_from_slice(bytes);
                Ok(())
            }
        }
    }
}

/// Lists of numbers while they grow: where each ends, and all of them one behind the other.
#[derive(Debug, Clone, Default)]
pub struct Lists<T> {
    /// The end of each list among the values.
    pub ends: Vec<u32>,
    /// The values of all lists.
    pub values: Vec<T>,
}

impl<T> Lists<T> {
    /// Ends the list that `values` has been pushed to.
    pub fn end(&mut self) {
        self.ends.push(u32::try_from(self.values.len()).unwrap_or(u32::MAX));
    }
}

/// The side file, open.
#[derive(Debug)]
pub struct Arrays {
    map: Mmap,
    entries: Vec<Entry>,
    path: std::path::PathBuf,
}

/// A place in the side file: where an array begins and how many bytes it has.
#[derive(Debug, Clone, Copy, Default)]
pub struct Array {
    offset: usize,
    bytes: usize,
}

/// A list of lists in the side file.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListsAt {
    ends: Array,
    values: Array,
}

impl Arrays {
    /// Opens the side file.
    ///
    /// # Errors
    /// [`Error::IndexDamaged`] if it is missing or not whole.
    pub fn open(path: &Path) -> Result<Self> {
        let damaged = |reason: String| Error::IndexDamaged { path: path.to_path_buf(), reason };
        let file = File::open(path).map_err(|error| damaged(format!("cannot be read ({error})")))?;
        let map = map(&file).map_err(|error| damaged(format!("cannot be mapped ({error})")))?;
        let entries = directory(&map).ok_or_else(|| damaged("is not whole".to_owned()))?;
        Ok(Self { map, entries, path: path.to_path_buf() })
    }

    /// Finds an array by name.
    ///
    /// # Errors
    /// [`Error::IndexDamaged`] if there is none.
    pub fn find(&self, name: &str) -> Result<Array> {
        let entry = self.entries.iter().find(|entry| entry.name == name);
        let entry =
            entry.ok_or_else(|| Error::IndexDamaged { path: self.path.clone(), reason: format!("lacks `{name}`") })?;
        Ok(Array { offset: entry.offset, bytes: entry.bytes })
    }

    /// Finds a list of lists by name.
    ///
    /// # Errors
    /// [`Error::IndexDamaged`] if there is none.
    pub fn find_lists(&self, name: &str) -> Result<ListsAt> {
        Ok(ListsAt { ends: self.find(&format!("{name}.ends"))?, values: self.find(name)? })
    }

    /// The values of an array; empty if they do not fit the type.
    #[must_use]
    pub fn get<T: Pod>(&self, array: Array) -> &[T] {
        let bytes = array.offset.checked_add(array.bytes).and_then(|end| self.map.get(array.offset..end));
        bytes.and_then(|bytes| bytemuck::try_cast_slice(bytes).ok()).unwrap_or(&[])
    }

    /// List number `index`; empty if there is none.
    #[must_use]
    pub fn list<T: Pod>(&self, lists: ListsAt, index: usize) -> &[T] {
        self.get(lists.values).get(self.bounds(lists, index)).unwrap_or(&[])
    }

    /// How many lists there are.
    #[must_use]
    pub fn list_count(&self, lists: ListsAt) -> usize {
        self.get::<u32>(lists.ends).len()
    }

    /// Where list number `index` stands among the values of all lists.
    #[must_use]
    pub fn bounds(&self, lists: ListsAt, index: usize) -> std::ops::Range<usize> {
        let ends: &[u32] = self.get(lists.ends);
        let end = ends.get(index).map_or(0, |&end| end as usize);
        let start = index.checked_sub(1).and_then(|before| ends.get(before)).map_or(0, |&start| start as usize);
        start..end
    }
}

fn directory(map: &[u8]) -> Option<Vec<Entry>> {
    let body = map.strip_suffix(MARK)?;
    let (rest, length) = body.split_last_chunk::<8>()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let directory = rest.get(rest.len().checked_sub(length)?..)?;
    serde_json::from_slice(directory).ok()
}

/// Maps a file of a generation.
#[allow(unsafe_code)]
fn map(file: &File) -> std::io::Result<Mmap> {
    // SAFETY: a generation is never written again once it is published, and a file that is removed
    // stays mapped. A foreign process that cuts the file short can still raise a bus error, as with
    // every mapped file, the search library's own among them.
    unsafe { Mmap::map(file) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_come_back_and_damage_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("side");
        let mut writer = ArraysWriter::create(&path).unwrap();
        writer.add("bytes", b"abc").unwrap();
        let mut lists = Lists::default();
        for list in [&[1u32, 2][..], &[], &[3]] {
            lists.values.extend_from_slice(list);
            lists.end();
        }
        writer.add_lists("lists", &lists).unwrap();
        writer.finish().unwrap();

        let arrays = Arrays::open(&path).unwrap();
        assert_eq!(arrays.get::<u8>(arrays.find("bytes").unwrap()), b"abc");
        let lists = arrays.find_lists("lists").unwrap();
        assert_eq!(arrays.list::<u32>(lists, 0), [1, 2]);
        assert!(arrays.list::<u32>(lists, 1).is_empty() && arrays.list::<u32>(lists, 9).is_empty());
        assert_eq!(arrays.list::<u32>(lists, 2), [3]);
        assert!(arrays.find("none").unwrap_err().to_string().contains("lacks `none`"));

        let bytes = std::fs::read(&path).unwrap();
        std::fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
        assert_eq!(Arrays::open(&path).unwrap_err().code(), "index_damaged");
    }
}
