//! Plain tantivy: one segment, `SimpleTokenizer`, lower case, English stems, no stop words, frequencies
//! without positions, both texts stored; an OR of the words, top 10, documents fetched.

use super::Result;
use rust_stemmers::{Algorithm, Stemmer};
use serde::Deserialize;
use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    path::Path,
    sync::Arc,
};
use tantivy::{
    Index, Searcher, TantivyDocument, Term,
    collector::TopDocs,
    query::{BooleanQuery, Occur, Query, TermQuery},
    schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value},
    tokenizer::{LowerCaser, SimpleTokenizer, TextAnalyzer, Token, TokenFilter, TokenStream, Tokenizer},
};

const MEMORY: usize = 256 << 20;

#[derive(Deserialize)]
struct Pair {
    #[serde(rename = "_id")]
    id: String,
    question: String,
    answer: String,
}

pub struct PlainTantivy {
    searcher: Searcher,
    analyzer: TextAnalyzer,
    id: Field,
    texts: [Field; 2],
}

impl PlainTantivy {
    pub fn build(file: &Path, folder: &Path) -> Result<Self> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
        let mut schema = Schema::builder();
        let indexing =
            TextFieldIndexing::default().set_tokenizer("stems").set_index_option(IndexRecordOption::WithFreqs);
        let text = TextOptions::default().set_indexing_options(indexing).set_stored();
        let id = schema.add_u64_field("id", STORED);
        let texts = [schema.add_text_field("question", text.clone()), schema.add_text_field("answer", text)];
        let index = Index::builder().schema(schema.build());
        let tokenizers = tantivy::tokenizer::TokenizerManager::default();
        let analyzer = TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser).filter(Stems).build();
        tokenizers.register("stems", analyzer.clone());
        let directory = tantivy::directory::MmapDirectory::open(folder)?;
        let mut writer = index.tokenizers(tokenizers).single_segment_index_writer(directory, MEMORY)?;
        for line in BufReader::new(File::open(file)?).lines() {
            let pair: Pair = serde_json::from_str(&line?)?;
            let mut document = TantivyDocument::new();
            document.add_u64(id, pair.id.parse()?);
            document.add_text(texts[0], pair.question);
            document.add_text(texts[1], pair.answer);
            writer.add_document(document)?;
        }
        let index = writer.finalize()?;
        Ok(Self { searcher: index.reader()?.searcher(), analyzer, id, texts })
    }

    /// The ids of the ten best pairs.
    pub fn ask(&self, question: &str) -> Result<Vec<u64>> {
        let mut analyzer = self.analyzer.clone();
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let mut words = analyzer.token_stream(question);
        while let Some(word) = words.next() {
            for field in self.texts {
                let term = Term::from_field_text(field, &word.text);
                clauses.push((Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))));
            }
        }
        let query = BooleanQuery::new(clauses);
        let mut ids = Vec::new();
        for (_, address) in self.searcher.search(&query, &TopDocs::with_limit(10).order_by_score())? {
            let document: TantivyDocument = self.searcher.doc(address)?;
            ids.extend(document.get_first(self.id).and_then(|id| id.as_u64()));
        }
        Ok(ids)
    }
}

/// English stems. tantivy's own filter wraps the same library; its feature is off here.
#[derive(Clone)]
struct Stems;

#[derive(Clone)]
struct StemTokenizer<T> {
    inner: T,
    stemmer: Arc<Stemmer>,
}

struct StemStream<T> {
    inner: T,
    stemmer: Arc<Stemmer>,
}

impl TokenFilter for Stems {
    type Tokenizer<T: Tokenizer> = StemTokenizer<T>;

    fn transform<T: Tokenizer>(self, inner: T) -> StemTokenizer<T> {
        StemTokenizer { inner, stemmer: Arc::new(Stemmer::create(Algorithm::English)) }
    }
}

impl<T: Tokenizer> Tokenizer for StemTokenizer<T> {
    type TokenStream<'a> = StemStream<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        StemStream { inner: self.inner.token_stream(text), stemmer: self.stemmer.clone() }
    }
}

impl<T: TokenStream> TokenStream for StemStream<T> {
    fn advance(&mut self) -> bool {
        if !self.inner.advance() {
            return false;
        }
        let stem = self.stemmer.stem(&self.inner.token().text);
        if *stem != self.inner.token().text {
            let stem = stem.into_owned();
            self.inner.token_mut().text = stem;
        }
        true
    }

    fn token(&self) -> &Token {
        self.inner.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.inner.token_mut()
    }
}
