//! An open generation on tantivy and the side file.

use super::{
    PhrasingWords, Search, SearchTerm, UnitNo, UnitSet, UnitWords,
    arrays::{Array, Arrays, ListsAt},
    guard::guarded,
    lexicon::Lexicon,
    name_key,
    postings::Postings,
    read_only::ReadOnly,
    schema::{Fields, filter_term, schema},
    statistics::{Field, Statistics},
    writer::{SEARCH_FOLDER, SIDE_FILE, kind_of, register_tokenizers},
};
use crate::{
    error::{Error, Result},
    model::{Unit, UnitKind},
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tantivy::{
    DocAddress, Index, ReloadPolicy, Searcher, TantivyDocument, directory::MmapDirectory, schema::OwnedValue,
};

/// Where all units together have no more words, every unit is a candidate; where there are more, the best are, until
/// they have so many words. That bounds what a question costs.
const CANDIDATE_WORDS: usize = 16_000;

/// So many units are candidates however many words they have.
const LEAST_CANDIDATES: usize = 20;

/// A generation that is open for questions.
pub struct EmbeddedIndex {
    arrays: Arc<Arrays>,
    lexicon: Lexicon,
    statistics: Statistics,
    searcher: Searcher,
    fields: Fields,
    postings: Option<Postings>,
    parts: Parts,
    /// The folder of the search index, to name it in errors.
    folder: PathBuf,
}

/// Where in the side file the words of the units are.
struct Parts {
    phrasing_ends: Array,
    phrasings: ListsAt,
    phrasing_grams: Array,
    texts: ListsAt,
    text_grams: Array,
    headings: ListsAt,
    /// By [`Field`], without the last.
    lengths: [Array; 3],
    kinds: Array,
    days: Array,
    documents: Array,
    asked: (Array, Array),
    ids: (Array, Array),
}

impl EmbeddedIndex {
    /// Opens the generation in `folder`, whose manifest has these counts.
    ///
    /// # Errors
    /// [`Error::IndexDamaged`] for a file that is missing or not whole.
    pub fn open(folder: &Path, statistics: Statistics) -> Result<Self> {
        let arrays = Arrays::open(&folder.join(SIDE_FILE))?;
        let folder = folder.join(SEARCH_FOLDER);
        let searcher = guarded(&folder, || open_search(&folder))?;
        Self::of(arrays, searcher, statistics, folder)
    }

    /// Opens an index that is in memory.
    ///
    /// # Errors
    /// When the search library refuses.
    pub fn in_memory(arrays: Arrays, searcher: Searcher, statistics: Statistics) -> Result<Self> {
        Self::of(arrays, searcher, statistics, PathBuf::new())
    }

    fn of(arrays: Arrays, searcher: Searcher, statistics: Statistics, folder: PathBuf) -> Result<Self> {
        let arrays = Arc::new(arrays);
        let (fields, postings) = guarded(&folder, || {
            let (_, fields) = schema();
            let segment = searcher.segment_readers().first();
            let postings = segment.map(|segment| Postings::open(segment, &fields, &statistics)).transpose()?;
            Ok((fields, postings))
        })?;
        let (lexicon, parts) = (Lexicon::open(&arrays)?, Parts::find(&arrays)?);
        Ok(Self { arrays, lexicon, statistics, searcher, fields, postings, parts, folder })
    }

    fn stored(&self, unit: UnitNo) -> Result<Unit> {
        let damaged = |reason: String| Error::IndexDamaged { path: self.folder.clone(), reason };
        let document: TantivyDocument = self
            .searcher
            .doc(DocAddress::new(0, unit))
            .map_err(|error| damaged(format!("has no unit {unit} that can be read ({error})")))?;
        let stored = document.get_first(self.fields.unit).map(OwnedValue::from);
        let Some(OwnedValue::Bytes(stored)) = stored else {
            return Err(damaged(format!("has no unit {unit}")));
        };
        postcard::from_bytes(&stored)
            .map_err(|error| damaged(format!("has a unit {unit} that makes no sense ({error})")))
    }

    fn phrasings_of(&self, unit: UnitNo) -> std::ops::Range<usize> {
        let ends: &[u32] = self.arrays.get(self.parts.phrasing_ends);
        let end = |unit: usize| ends.get(unit).map_or(0, |&end| end as usize);
        let unit = unit as usize;
        unit.checked_sub(1).map_or(0, end)..end(unit)
    }

    fn lengths(&self, field: Field) -> &[u16] {
        self.parts.lengths.get(field as usize).map_or(&[], |&lengths| self.arrays.get(lengths))
    }

    /// Words of all fields of a unit.
    fn word_count(&self, unit: UnitNo) -> usize {
        let length = |&field: &Field| self.lengths(field).get(unit as usize).map_or(0, |&length| usize::from(length));
        [Field::Phrasings, Field::Text, Field::Heading].iter().map(length).sum()
    }

    fn number_of(&self, (keys, numbers): (Array, Array), key: u64) -> &[u32] {
        let keys: &[u64] = self.arrays.get(keys);
        let found = keys.partition_point(|&known| known < key)..keys.partition_point(|&known| known <= key);
        self.arrays.get(numbers).get(found).unwrap_or(&[])
    }
}

/// Opens the search index in a folder, and writes nothing there.
///
/// # Errors
/// [`Error::IndexDamaged`].
pub fn open_search(folder: &Path) -> Result<Searcher> {
    let damaged = |error: tantivy::TantivyError| Error::IndexDamaged {
        path: folder.to_path_buf(),
        reason: format!("cannot be opened ({error})"),
    };
    let directory = MmapDirectory::open(folder).map_err(|error| damaged(error.into()))?;
    Index::open(ReadOnly::new(directory)).and_then(searcher).map_err(damaged)
}

/// Opens a search index as it is now.
///
/// # Errors
/// When the search library refuses.
pub fn searcher(mut index: Index) -> tantivy::Result<Searcher> {
    let mut tokenizers = index.tokenizers().clone();
    register_tokenizers(&mut tokenizers);
    index.set_tokenizers(tokenizers);
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    Ok(reader.searcher())
}

impl Search for EmbeddedIndex {
    fn len(&self) -> usize {
        self.arrays.get::<u8>(self.parts.kinds).len()
    }

    fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    fn statistics(&self) -> &Statistics {
        &self.statistics
    }

    fn candidates(&self, terms: &[SearchTerm], allowed: Option<&UnitSet>, limit: usize) -> Result<Vec<UnitNo>> {
        if self.statistics.field(Field::All).words <= CANDIDATE_WORDS as u64 {
            let all = 0..self.len() as UnitNo;
            return Ok(all.filter(|&unit| allowed.is_none_or(|allowed| allowed.contains(unit))).collect());
        }
        let lengths = |field| self.lengths(field);
        let Some(postings) = &self.postings else { return Ok(Vec::new()) };
        let mut best =
            guarded(&self.folder, || postings.best(terms, &self.lexicon, &self.statistics, &lengths, allowed, limit))?;
        let mut words = 0;
        let mut within = best.iter().take_while(|&&unit| {
            words += self.word_count(unit);
            words <= CANDIDATE_WORDS
        });
        let enough = within.by_ref().count().max(LEAST_CANDIDATES);
        best.truncate(enough);
        Ok(best)
    }

    fn units_asked(&self, phrasing: u64) -> Vec<UnitNo> {
        self.number_of(self.parts.asked, phrasing).to_vec()
    }

    fn units_with(&self, key: &str, value: &str) -> Result<UnitSet> {
        match &self.postings {
            Some(postings) => guarded(&self.folder, || postings.units_with(&filter_term(key, value))),
            None => Ok(UnitSet::default()),
        }
    }

    fn units_where(&self, key: &str, passes: &dyn Fn(&str) -> bool) -> Result<UnitSet> {
        match &self.postings {
            Some(postings) => guarded(&self.folder, || postings.units_where(&filter_term(key, ""), passes)),
            None => Ok(UnitSet::default()),
        }
    }

    fn days(&self) -> &[i32] {
        self.arrays.get(self.parts.days)
    }

    fn words(&self, unit: UnitNo) -> UnitWords<'_> {
        let place = unit as usize;
        UnitWords {
            heading: self.arrays.list(self.parts.headings, place),
            text: self.arrays.list(self.parts.texts, place),
            text_grams: self.arrays.get(self.parts.text_grams).get(place).copied().unwrap_or(0),
        }
    }

    fn phrasing_count(&self, unit: UnitNo) -> usize {
        self.phrasings_of(unit).len()
    }

    fn phrasing(&self, unit: UnitNo, phrasing: usize) -> PhrasingWords<'_> {
        let place = self.phrasings_of(unit).start + phrasing;
        PhrasingWords {
            words: self.arrays.list(self.parts.phrasings, place),
            grams: self.arrays.get(self.parts.phrasing_grams).get(place).copied().unwrap_or(0),
        }
    }

    fn document(&self, unit: UnitNo) -> u64 {
        self.arrays.get(self.parts.documents).get(unit as usize).copied().unwrap_or(0)
    }

    fn kind(&self, unit: UnitNo) -> UnitKind {
        kind_of(self.arrays.get(self.parts.kinds).get(unit as usize).copied().unwrap_or(0))
    }

    fn unit(&self, unit: UnitNo) -> Result<Unit> {
        guarded(&self.folder, || self.stored(unit))
    }

    fn unit_no(&self, id: &str) -> Option<UnitNo> {
        let found = self.number_of(self.parts.ids, name_key(id)).first().copied()?;
        self.unit(found).is_ok_and(|unit| unit.id == id).then_some(found)
    }

    fn ids(&self) -> (&[u64], &[UnitNo]) {
        (self.arrays.get(self.parts.ids.0), self.arrays.get(self.parts.ids.1))
    }
}

impl Parts {
    fn find(arrays: &Arrays) -> Result<Self> {
        Ok(Self {
            phrasing_ends: arrays.find("units.phrasings")?,
            phrasings: arrays.find_lists("phrasings.words")?,
            phrasing_grams: arrays.find("phrasings.grams")?,
            texts: arrays.find_lists("texts.words")?,
            text_grams: arrays.find("texts.grams")?,
            headings: arrays.find_lists("headings.words")?,
            lengths: [
                arrays.find("units.lengths.0")?,
                arrays.find("units.lengths.1")?,
                arrays.find("units.lengths.2")?,
            ],
            kinds: arrays.find("units.kinds")?,
            days: arrays.find("units.days")?,
            documents: arrays.find("units.documents")?,
            asked: (arrays.find("asked.keys")?, arrays.find("asked.units")?),
            ids: (arrays.find("ids.keys")?, arrays.find("ids.units")?),
        })
    }
}
