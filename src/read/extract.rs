//! Documents that are no text: what is taken out of them is the text that their citations count in.

use super::{
    Found, Reading, Sink, SourceFile,
    encoding::{Decoded, read_bytes},
    flow::{
        Flow,
        document::{self, Document},
    },
};
use crate::{
    error::Result,
    model::{About, BlockKind, Counted, Lines, SourceText},
};

/// What is taken out of a document.
#[derive(Default)]
pub struct Extract {
    /// What it says about itself; the title only counts where the text has none.
    pub about: About,
    /// Its text. Where that stood is of no use to anybody, so its map is not looked at.
    pub flow: Flow,
    /// Where in the text its paragraphs or pages begin, the first one's place too.
    pub starts: Vec<usize>,
    /// What was read and may not be what its author meant.
    pub warnings: Vec<String>,
}

/// Reads a file that `extract` knows to take the text out of, and in which `counted` things are counted.
///
/// # Errors
/// Whatever `sink` returns.
pub fn read(
    file: &SourceFile,
    reading: &Reading,
    sink: &mut Sink<'_>,
    counted: Counted,
    extract: impl FnOnce(Vec<u8>, &Reading) -> std::result::Result<Extract, String>,
) -> Result<()> {
    let extract = match read_bytes(file, reading).and_then(|bytes| extract(bytes, reading)) {
        Ok(extract) => extract,
        Err(reason) => return sink(Found::Skipped(file.note(None, reason))),
    };
    for warning in extract.warnings {
        sink(Found::Warning(file.note(None, warning)))?;
    }
    let (mut flow, about) = (extract.flow, extract.about);
    let text = SourceText::verbatim(flow.text.plain(), 0);
    flow.text = text.clone();
    let decoded = Decoded { text, lines: Lines::counted_as(counted, extract.starts) };
    let document = Document { about, flow, problems: Vec::new() };
    document::article(file, decoded, document, &reading.sections, &mut |found| {
        sink(match found {
            Found::Article(mut article) => {
                // The heading is what readers see; the title among the properties may be the template's.
                if article.blocks.iter().any(|block| block.kind == BlockKind::Title) {
                    article.about.title = None;
                }
                Found::Article(article)
            }
            other => other,
        })
    })
}
