//! From files to articles: one file a format behind the [`Reader`] trait.

pub mod asciidoc;
pub mod csv;
#[cfg(feature = "documents")]
pub mod docx;
pub mod encoding;
#[cfg(feature = "documents")]
pub mod epub;
#[cfg(feature = "documents")]
mod extract;
mod flow;
pub mod front_matter;
pub mod html;
pub mod json;
pub mod json_text;
pub mod jsonl;
mod keys;
pub mod markdown;
mod markup;
#[cfg(feature = "documents")]
pub mod odt;
pub mod org;
#[cfg(feature = "documents")]
pub(crate) mod package;
#[cfg(feature = "documents")]
pub mod pdf;
pub mod pod;
mod rows;
pub mod rst;
#[cfg(test)]
mod testing;
pub mod text;
pub mod walk;
pub mod yaml;

use crate::{error::Result, model::Article, split::SectionNames};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// A file of the corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Where it is on disk.
    pub path: PathBuf,
    /// What citations call it: the path from the corpus root on, prefixed by the root's name.
    pub source: String,
    /// Its size in bytes, as the walk found it.
    pub size: u64,
}

/// What a reader finds in a file, in order.
#[derive(Debug)]
pub enum Found {
    /// A document: the whole file, or one row of it.
    Article(Box<Article>),
    /// A part of the file that could not be read; the rest goes on.
    Skipped(Note),
    /// What the file was taken for, where its form leaves a choice.
    Recognised(Note),
    /// Something that was read and may not be what its author meant.
    Warning(Note),
    /// The file is data of another kind, such as the settings of a program: why no question was found in it.
    Nothing(Note),
}

/// A line of the report: a place in a file and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The file.
    pub source: String,
    /// The line, counted from 1, where one can be named.
    pub line: Option<usize>,
    /// What happened and what to do about it.
    pub reason: String,
}

/// How files are read: limits that keep a hostile file from eating the machine, and the names of sections.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Largest file of a format that is read whole, in bytes.
    pub file_limit: u64,
    /// Largest record of a format that is streamed, in bytes.
    pub record_limit: usize,
    /// The names by which sections are known.
    pub sections: SectionNames,
}

impl Default for Reading {
    fn default() -> Self {
        Self { file_limit: 64 << 20, record_limit: 16 << 20, sections: SectionNames::default() }
    }
}

/// Reads one format.
pub trait Reader: Sync {
    /// The file name extensions that it reads, in lower case, without the dot.
    fn extensions(&self) -> &'static [&'static str];

    /// Hands everything that the file holds to `sink`, in order.
    ///
    /// # Errors
    /// Whatever `sink` returns. Trouble with the file itself is handed on as [`Found::Skipped`].
    fn read(&self, file: &SourceFile, reading: &Reading, sink: &mut Sink<'_>) -> Result<()>;
}

/// Takes what a reader finds.
pub type Sink<'a> = dyn FnMut(Found) -> Result<()> + 'a;

/// Every reader. A new format is one file beside this one, and one line here.
const READERS: &[&dyn Reader] = &[
    &text::PlainText,
    &markdown::Markdown,
    &rst::ReStructuredText,
    &asciidoc::AsciiDoc,
    &org::Org,
    &pod::Pod,
    &html::Html,
    &json::Json,
    &jsonl::JsonLines,
    &csv::Csv,
    &yaml::Yaml,
    #[cfg(feature = "documents")]
    &docx::Docx,
    #[cfg(feature = "documents")]
    &odt::Odt,
    #[cfg(feature = "documents")]
    &epub::Epub,
    #[cfg(feature = "documents")]
    &pdf::Pdf,
];

/// The reader for a file, by the extension of its name.
#[must_use]
pub fn reader_for(file: &SourceFile) -> Option<&'static dyn Reader> {
    let extension = file.path.extension()?.to_str()?.to_lowercase();
    READERS.iter().copied().find(|reader| reader.extensions().contains(&extension.as_str()))
}

impl SourceFile {
    /// Whether it is a page, which may say itself in what encoding it is.
    pub(crate) fn is_page(&self) -> bool {
        let extension = self.path.extension().and_then(|extension| extension.to_str()).map(str::to_lowercase);
        extension.is_some_and(|extension| html::Html.extensions().contains(&extension.as_str()))
    }

    /// A note about this file.
    pub fn note(&self, line: impl Into<Option<usize>>, reason: impl Into<String>) -> Note {
        Note { source: self.source.clone(), line: line.into(), reason: reason.into() }
    }
}

/// The extensions of all known formats, as a person reads them.
#[must_use]
pub fn known_extensions() -> String {
    let extensions = READERS.iter().flat_map(|reader| reader.extensions());
    extensions.map(|extension| format!(".{extension}")).collect::<Vec<_>>().join(", ")
}
