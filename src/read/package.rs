//! ZIP packages of XML, which `.docx`, `.odt` and `.epub` are: opening them, and what keeps them from eating the machine.

pub mod paragraphs;
pub mod properties;
pub mod xml;

use super::encoding::decode;
use std::io::{Cursor, Read};
use zip::{ZipArchive, result::ZipError};

/// No document has more files in it than this.
const MOST_ENTRIES: usize = 20_000;

/// What the files begin with that Word protects by a password, and those of old versions.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// An opened package.
pub struct Package {
    archive: ZipArchive<Cursor<Vec<u8>>>,
    /// How many more bytes may be unpacked, and the limit.
    left: u64,
    limit: u64,
}

impl Package {
    /// Opens a package, out of which no more than `limit` bytes are unpacked in all.
    ///
    /// # Errors
    /// The reason for the report.
    pub fn open(bytes: Vec<u8>, limit: u64) -> Result<Self, String> {
        if bytes.starts_with(OLE) {
            let reason = "is protected by a password, or of an old version: save it without a password as what its \
                          name says";
            return Err(reason.to_owned());
        }
        if bytes.is_empty() {
            return Err("is empty".to_owned());
        }
        let archive = ZipArchive::new(Cursor::new(bytes));
        let archive =
            archive.map_err(|error| format!("is no package that can be unpacked ({error}): save it again"))?;
        if archive.len() > MOST_ENTRIES {
            return Err(format!("has {} files in it, the limit is {MOST_ENTRIES}: split it", archive.len()));
        }
        Ok(Self { archive, left: limit, limit })
    }

    /// Unpacks a file of the package; `None` if there is none of that name.
    ///
    /// # Errors
    /// The reason for the report: damage, a password, or too much of it.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let entry = match self.archive.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err("is protected by a password: save it without one".to_owned());
            }
            Err(error) => return Err(format!("is damaged (`{name}`: {error}): save it again")),
        };
        let mut bytes = Vec::new();
        let read = entry.take(self.left + 1).read_to_end(&mut bytes);
        read.map_err(|error| format!("is damaged (`{name}`: {error}): save it again"))?;
        let Some(left) = self.left.checked_sub(bytes.len() as u64) else {
            let limit = self.limit;
            return Err(format!(
                "unpacks to more than {limit} bytes: split it, or raise `max_file_bytes` in faqt.toml"
            ));
        };
        self.left = left;
        Ok(Some(bytes))
    }

    /// A file of the package as text.
    ///
    /// # Errors
    /// The reason for the report.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, String> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        let decoded = decode(&bytes).map_err(|reason| format!("is damaged (`{name}` {reason})"))?;
        Ok(Some(decoded.text.plain().to_owned()))
    }
}

/// The path that `target` has within a package, seen from the file `from`; `/` at its beginning is the package's root.
#[must_use]
pub fn resolve(from: &str, target: &str) -> String {
    let mut parts: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => from.rsplit_once('/').map_or("", |(folder, _)| folder).split('/').collect(),
    };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}

#[cfg(test)]
pub mod testing;
#[cfg(test)]
mod tests;
