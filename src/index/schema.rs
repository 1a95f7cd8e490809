//! The fields of the search index: one document a unit.

use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use unicode_normalization::UnicodeNormalization;

/// Name of the tokenizer that splits at the spaces which the analysis put there.
pub const SPACES: &str = "spaces";

/// The fields, by what they hold.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// Stems of the main question.
    pub question: Field,
    /// Stems of the alternate questions: with the field above all phrasings, each word once.
    pub alternates: Field,
    /// Stems of answer, takeaway or passage.
    pub text: Field,
    /// Stems of headings and title.
    pub heading: Field,
    /// Keys with values, see [`filter_term`].
    pub filter: Field,
    /// The stored unit.
    pub unit: Field,
}

/// The schema and its fields.
#[must_use]
pub fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let stems = TextFieldIndexing::default()
        .set_tokenizer(SPACES)
        .set_index_option(IndexRecordOption::WithFreqs)
        .set_fieldnorms(false);
    let exact = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    let stems = TextOptions::default().set_indexing_options(stems);
    let fields = Fields {
        question: schema.add_text_field("question", stems.clone()),
        alternates: schema.add_text_field("alternates", stems.clone()),
        text: schema.add_text_field("text", stems.clone()),
        heading: schema.add_text_field("heading", stems),
        filter: schema.add_text_field("filter", TextOptions::default().set_indexing_options(exact)),
        unit: schema.add_bytes_field("unit", tantivy::schema::STORED),
    };
    (schema.build(), fields)
}

/// A key with a value as the filter field has it: case and ways of encoding a letter do not matter.
#[must_use]
pub fn filter_term(key: &str, value: &str) -> String {
    format!("{}\u{1f}{}", filter_text(key), filter_text(value))
}

/// A key or a value as the filter field has it.
#[must_use]
pub fn filter_text(text: &str) -> String {
    text.trim().nfkc().collect::<String>().to_lowercase()
}
