//! The articles of an index, page by page.

use crate::{
    Engine,
    error::{Error, Result},
    index::{
        UnitNo,
        manifest::{CORPUS_FILE, Corpus, CorpusFile, read_json},
    },
    model::{About, Unit},
};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// The files of a corpus that have units, each with these: made of the list that a generation keeps.
#[derive(Debug, Default)]
pub struct Articles {
    listed: Vec<Listed>,
    by_source: FxHashMap<String, usize>,
}

/// A file with its units.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) file: CorpusFile,
    pub(super) units: Range<UnitNo>,
}

/// Some of the articles, in the order of the corpus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticlesPage {
    /// The articles.
    pub articles: Vec<ArticleView>,
    /// What the next page begins behind; `None` for the last page.
    pub next: Option<usize>,
    /// How many articles there are.
    pub total: usize,
}

/// What an index knows of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct ArticleView {
    /// The file, as citations name it.
    pub source: String,
    /// The title; the name of a file that has none, or has a document a row.
    pub title: String,
    /// The language, as an ISO 639-1 code where it has one.
    pub language: Option<String>,
    /// How many units were made of it.
    pub units: usize,
    /// Its size when it was indexed, in bytes.
    pub bytes: u64,
    /// The day of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// Its address.
    pub url: Option<String>,
}

impl Articles {
    /// The report counts the units of every file, and units are in the order of the files.
    fn of(corpus: Corpus) -> Self {
        let mut files: FxHashMap<String, CorpusFile> =
            corpus.files.into_iter().map(|file| (file.source.clone(), file)).collect();
        let mut articles = Self::default();
        let mut first = 0;
        for report in corpus.summary.by_file {
            let units = first..first + report.units.values().sum::<usize>() as UnitNo;
            first = units.end;
            if let Some(file) = files.remove(&report.source).filter(|_| !units.is_empty()) {
                articles.by_source.insert(report.source, articles.listed.len());
                articles.listed.push(Listed { file, units });
            }
        }
        articles
    }
}

impl Engine {
    /// A page of at most `limit` articles, behind number `after` of them (as the page before says in `next`).
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn articles_page(&self, after: Option<usize>, limit: usize) -> Result<ArticlesPage> {
        let all = &self.articles()?.listed;
        let start = after.map_or(0, |after| after.saturating_add(1)).min(all.len());
        let end = start.saturating_add(limit).min(all.len());
        let page = all.get(start..end).unwrap_or_default();
        let articles = page.iter().map(|listed| self.article_view(listed)).collect::<Result<_>>()?;
        let next = (end < all.len() && end > start).then(|| end - 1);
        Ok(ArticlesPage { articles, next, total: all.len() })
    }

    /// At most `limit` sources whose names have these letters, those first that begin with them.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn sources_with(&self, letters: &str, limit: usize) -> Result<Vec<String>> {
        let letters = letters.to_lowercase();
        let sources = self.articles()?.listed.iter().map(|listed| &listed.file.source);
        let mut found: Vec<(usize, &String)> =
            sources.filter_map(|source| Some((source.to_lowercase().find(&letters)?, source))).collect();
        found.sort_by_key(|(place, _)| *place > 0);
        Ok(found.into_iter().take(limit).map(|(_, source)| source.clone()).collect())
    }

    pub(super) fn article_view(&self, listed: &Listed) -> Result<ArticleView> {
        let first: Unit = self.unit_at(listed.units.start)?;
        let source = listed.file.source.clone();
        // Where documents are rows, what one says of itself is not true of the file.
        let is_one = first.document == source;
        let about = if is_one { first.about } else { About::default() };
        let file_name = source.rsplit('/').next().unwrap_or(&source).to_owned();
        Ok(ArticleView {
            title: about.title.unwrap_or(file_name),
            language: about.language,
            units: listed.units.len(),
            bytes: listed.file.bytes,
            published: about.published,
            url: about.url,
            source,
        })
    }

    /// The file that citations call so.
    pub(super) fn listed(&self, source: &str) -> Result<&Listed> {
        let articles = self.articles()?;
        let found = articles.by_source.get(source).and_then(|&place| articles.listed.get(place));
        found.ok_or_else(|| Error::ArticleUnknown(source.to_owned()))
    }

    pub(crate) fn articles(&self) -> Result<&Articles> {
        if let Some(made) = self.tables.articles.get() {
            return Ok(made);
        }
        let made = Articles::of(read_json(&self.folder.join(CORPUS_FILE))?);
        Ok(self.tables.articles.get_or_init(|| made))
    }
}
