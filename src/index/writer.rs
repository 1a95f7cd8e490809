//! Writes a generation: the search index, and the side file with the words of each unit.

use super::{
    NO_DATE, Write,
    arrays::{ArraysWriter, Lists},
    lexicon_builder::LexiconBuilder,
    name_key, phrasing_key,
    postings::Postings,
    reader::{EmbeddedIndex, open_search, searcher},
    schema::{Fields, SPACES, filter_term, schema},
    statistics::{Field, FieldCounts, Statistics},
};
use crate::{
    analyze::words::Words,
    error::{Error, Result},
    model::{Excerpt, Unit, UnitKind},
};
use std::path::Path;
use tantivy::{
    Directory, Index, IndexSettings, Searcher, SingleSegmentIndexWriter, TantivyDocument,
    directory::{MmapDirectory, RamDirectory},
    tokenizer::WhitespaceTokenizer,
};

/// Memory that the search library plans with; it takes more where a corpus is larger. In bytes.
const MEMORY: usize = 128 << 20;

/// The same for what stays in memory, which is small.
const LITTLE_MEMORY: usize = 4 << 20;

/// Units are compressed together until they have so many bytes: to read one of them, all are decompressed.
const STORED_TOGETHER: usize = 4 << 10;

/// Folder of the search index within a generation.
pub const SEARCH_FOLDER: &str = "search";
/// The side file within a generation.
pub const SIDE_FILE: &str = "side";

/// A unit with its words, ready to be added.
#[derive(Debug)]
pub struct AnalyzedUnit {
    /// The unit.
    pub unit: Unit,
    phrasings: Vec<Words>,
    text: Words,
    heading: Words,
    stored: Vec<u8>,
    phrasing_keys: Vec<u64>,
}

impl AnalyzedUnit {
    /// Analyzes a unit that has its id.
    ///
    /// # Errors
    /// When the unit cannot be stored.
    pub fn of(unit: Unit) -> Result<Self> {
        let title = unit.about.title.iter().map(String::as_str);
        let heading = unit.heading.iter().map(String::as_str).chain(title).collect::<Vec<_>>().join("\n");
        let plain = |excerpt: &Excerpt| Words::of(excerpt.plain());
        Ok(Self {
            phrasings: unit.phrasings.iter().map(plain).collect(),
            text: plain(&unit.text),
            heading: Words::of(&heading),
            stored: postcard::to_stdvec(&unit).map_err(|error| Error::Search(error.to_string()))?,
            phrasing_keys: unit.phrasings.iter().map(|phrasing| phrasing_key(phrasing.plain())).collect(),
            unit,
        })
    }

    /// The words of the text.
    #[must_use]
    pub fn text_words(&self) -> &Words {
        &self.text
    }

    /// The key of the main question, see [`phrasing_key`].
    #[must_use]
    pub fn question_key(&self) -> Option<u64> {
        self.phrasing_keys.first().copied()
    }
}

/// The words of all units, and what else is told by number.
#[derive(Default)]
struct Side {
    /// Number of the phrasing behind the last of each unit.
    phrasing_ends: Vec<u32>,
    phrasings: Lists<u32>,
    phrasing_grams: Vec<u32>,
    texts: Lists<u32>,
    text_grams: Vec<u32>,
    headings: Lists<u32>,
    /// Words of each unit by [`Field`], without the last.
    lengths: [Vec<u16>; 3],
    kinds: Vec<u8>,
    days: Vec<i32>,
    documents: Vec<u64>,
    asked: Vec<(u64, u32)>,
    ids: Vec<(u64, u32)>,
}

/// Writes units on tantivy and the side file.
pub struct EmbeddedWriter {
    search: SingleSegmentIndexWriter,
    fields: Fields,
    lexicon: LexiconBuilder,
    side: Side,
    statistics: Statistics,
}

impl EmbeddedWriter {
    /// Begins a generation in an empty folder.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn create(folder: &Path) -> Result<Self> {
        let search = folder.join(SEARCH_FOLDER);
        std::fs::create_dir_all(&search).map_err(Error::io("cannot create", &search))?;
        Self::on(MmapDirectory::open(&search).map_err(search_error)?, MEMORY)
    }

    /// Begins an index that stays in memory.
    ///
    /// # Errors
    /// When the search library refuses.
    pub fn in_memory() -> Result<Self> {
        Self::on(RamDirectory::create(), LITTLE_MEMORY)
    }

    fn on(directory: impl Into<Box<dyn Directory>>, memory: usize) -> Result<Self> {
        let (schema, fields) = schema();
        let mut tokenizers = tantivy::tokenizer::TokenizerManager::default();
        register_tokenizers(&mut tokenizers);
        let search = Index::builder()
            .schema(schema)
            .settings(IndexSettings { docstore_blocksize: STORED_TOGETHER, ..IndexSettings::default() })
            .tokenizers(tokenizers)
            .single_segment_index_writer(directory, memory)
            .map_err(search_error)?;
        let (lexicon, side) = (LexiconBuilder::default(), Side::default());
        Ok(Self { search, fields, lexicon, side, statistics: Statistics::default() })
    }

    /// Ends the generation and returns its counts.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn finish(self, folder: &Path) -> Result<Statistics> {
        let side = ArraysWriter::create(&folder.join(SIDE_FILE))?;
        // To read what was just written by itself would leave a lock behind.
        let (_, statistics, writer) = self.end(side, |_| open_search(&folder.join(SEARCH_FOLDER)))?;
        writer.finish()?;
        Ok(statistics)
    }

    /// Ends an index that stays in memory, and opens it.
    ///
    /// # Errors
    /// When the search library refuses.
    pub fn open(self) -> Result<EmbeddedIndex> {
        let (searcher, statistics, writer) =
            self.end(ArraysWriter::in_memory(), |index| searcher(index).map_err(search_error))?;
        EmbeddedIndex::in_memory(writer.open()?, searcher, statistics)
    }

    /// Ends the search index, which `open` opens, and writes the side file with what is only known then.
    fn end(
        self,
        mut side: ArraysWriter,
        open: impl FnOnce(Index) -> Result<Searcher>,
    ) -> Result<(Searcher, Statistics, ArraysWriter)> {
        let searcher = open(self.search.finalize().map_err(search_error)?)?;
        let most = match searcher.segment_readers().first() {
            Some(segment) => Postings::open(segment, &self.fields, &self.statistics)?.most_of_stems(
                self.lexicon.stem_count(),
                &|stem| self.lexicon.stem_number(stem),
                &|field| &self.side.lengths[field as usize],
            )?,
            None => Vec::new(),
        };
        self.lexicon.write(&self.statistics, &most, &mut side)?;
        self.side.write(&mut side)?;
        Ok((searcher, self.statistics, side))
    }

    fn count(&mut self, field: Field, words: usize, grams: u32) {
        if words > 0 {
            self.statistics.fields[field as usize].count(words, grams);
        }
    }

    /// Numbers the words of the unit and returns the stems of its fields for the search index.
    fn add_words(&mut self, analyzed: &AnalyzedUnit) -> [String; 4] {
        let language = self.lexicon.next_unit(analyzed.unit.about.language.as_deref());
        let (mut question, mut alternates, mut text, mut heading) = Default::default();
        let (mut phrasing_words, mut phrasing_grams) = (0, 0);
        for (place, phrasing) in analyzed.phrasings.iter().enumerate() {
            let stems = if place == 0 { &mut question } else { &mut alternates };
            let before = self.side.phrasings.values.len();
            let fields = [Field::Phrasings, Field::All];
            let grams = self.lexicon.add(phrasing, language, &fields, &mut self.side.phrasings.values, stems);
            self.side.phrasings.end();
            self.side.phrasing_grams.push(grams);
            let words = self.side.phrasings.values.len() - before;
            self.statistics.single.count(words, grams);
            phrasing_words += words;
            phrasing_grams += grams;
        }
        let before = (self.side.texts.values.len(), self.side.headings.values.len());
        let fields = [Field::Text, Field::All];
        let text_grams = self.lexicon.add(&analyzed.text, language, &fields, &mut self.side.texts.values, &mut text);
        let fields = [Field::Heading, Field::All];
        let heading_grams =
            self.lexicon.add(&analyzed.heading, language, &fields, &mut self.side.headings.values, &mut heading);
        let text_words = self.side.texts.values.len() - before.0;
        let heading_words = self.side.headings.values.len() - before.1;
        self.count(Field::Phrasings, phrasing_words, phrasing_grams);
        self.count(Field::Text, text_words, text_grams);
        self.count(Field::Heading, heading_words, heading_grams);
        self.count(
            Field::All,
            phrasing_words + text_words + heading_words,
            phrasing_grams + text_grams + heading_grams,
        );
        self.side.text_grams.push(text_grams);
        for (lengths, words) in self.side.lengths.iter_mut().zip([phrasing_words, text_words, heading_words]) {
            lengths.push(u16::try_from(words).unwrap_or(u16::MAX));
        }
        [question, alternates, text, heading]
    }

    fn document(&self, analyzed: &AnalyzedUnit, stems: [String; 4]) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        let Fields { question, alternates, text, heading, filter, unit } = self.fields;
        for (field, stems) in [question, alternates, text, heading].into_iter().zip(stems) {
            if !stems.is_empty() {
                document.add_text(field, stems);
            }
        }
        let (known, about) = (&analyzed.unit, &analyzed.unit.about);
        document.add_text(filter, filter_term("kind", known.kind.name()));
        document.add_text(filter, filter_term("document", &known.document));
        document.add_text(filter, filter_term("source", &known.source));
        if let Some(language) = &about.language {
            document.add_text(filter, filter_term("lang", language));
        }
        for (key, value) in about.metadata.iter().flat_map(|(key, values)| values.iter().map(move |value| (key, value)))
        {
            document.add_text(filter, filter_term(key, value));
        }
        document.add_bytes(unit, &analyzed.stored);
        document
    }
}

impl Write for EmbeddedWriter {
    fn add(&mut self, analyzed: AnalyzedUnit) -> Result<()> {
        let stems = self.add_words(&analyzed);
        let document = self.document(&analyzed, stems);
        self.search.add_document(document).map_err(search_error)?;
        self.side.add(&analyzed);
        Ok(())
    }
}

impl Side {
    fn add(&mut self, analyzed: &AnalyzedUnit) {
        let number = self.kinds.len() as u32;
        self.phrasing_ends.push(self.phrasings.ends.len() as u32);
        self.texts.end();
        self.headings.end();
        self.kinds.push(analyzed.unit.kind as u8);
        self.days.push(analyzed.unit.about.published.as_deref().and_then(day).unwrap_or(NO_DATE));
        self.documents.push(name_key(&analyzed.unit.document));
        self.asked.extend(analyzed.phrasing_keys.iter().map(|&key| (key, number)));
        self.ids.push((name_key(&analyzed.unit.id), number));
    }

    fn write(mut self, writer: &mut ArraysWriter) -> Result<()> {
        writer.add("units.phrasings", &self.phrasing_ends)?;
        writer.add_lists("phrasings.words", &self.phrasings)?;
        writer.add("phrasings.grams", &self.phrasing_grams)?;
        writer.add_lists("texts.words", &self.texts)?;
        writer.add("texts.grams", &self.text_grams)?;
        writer.add_lists("headings.words", &self.headings)?;
        for (field, lengths) in self.lengths.iter().enumerate() {
            writer.add(&format!("units.lengths.{field}"), lengths)?;
        }
        writer.add("units.kinds", &self.kinds)?;
        writer.add("units.days", &self.days)?;
        writer.add("units.documents", &self.documents)?;
        write_pairs(&mut self.asked, "asked", writer)?;
        write_pairs(&mut self.ids, "ids", writer)
    }
}

/// Writes keys in their order, and beside them the numbers.
fn write_pairs(pairs: &mut Vec<(u64, u32)>, name: &str, writer: &mut ArraysWriter) -> Result<()> {
    pairs.sort_unstable();
    pairs.dedup();
    let (keys, numbers): (Vec<u64>, Vec<u32>) = pairs.iter().copied().unzip();
    writer.add(&format!("{name}.keys"), &keys)?;
    writer.add(&format!("{name}.units"), &numbers)
}

impl FieldCounts {
    fn count(&mut self, words: usize, grams: u32) {
        self.units += 1;
        self.words += words as u64;
        self.grams += u64::from(grams);
    }
}

/// A date as days since 1970-01-01.
#[must_use]
pub fn day(date: &str) -> Option<i32> {
    let date: jiff::civil::Date = date.parse().ok()?;
    let epoch = jiff::civil::date(1970, 1, 1);
    Some(epoch.until(date).ok()?.get_days())
}

/// The kind that the side file keeps as a number.
#[must_use]
pub fn kind_of(number: u8) -> UnitKind {
    UnitKind::ALL.into_iter().find(|kind| *kind as u8 == number).unwrap_or(UnitKind::Passage)
}

pub(super) fn register_tokenizers(tokenizers: &mut tantivy::tokenizer::TokenizerManager) {
    tokenizers.register(SPACES, WhitespaceTokenizer::default());
}

pub(super) fn search_error(error: impl std::fmt::Display) -> Error {
    Error::Search(error.to_string())
}
