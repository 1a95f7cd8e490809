//! From text to words: one pipeline for corpus, question and highlight.
//!
//! A *word* is what stands in the text, normalised and in lower case; its *stem* is what it shares with
//! its other forms. Everything is indexed; what weighs little or much is told when a question is asked.

pub mod acronyms;
mod codes;
pub mod compounds;
pub mod fnv;
pub mod fold;
pub mod grams;
pub mod language;
pub mod normal;
pub mod number_words;
pub mod opposites;
pub mod stems;
pub mod stop_words;
pub mod synonyms;
pub mod words;

/// Names the analysis; an index made by another one cannot be read. Raise it with every change of words,
/// stems, folding or grams.
pub const FINGERPRINT: &str = "words 3, stems 2, grams 2";
