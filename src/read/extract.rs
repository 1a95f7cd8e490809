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

#[cfg(test)]
pub mod testing {
    //! What the tests of all readers of documents share.

    use crate::{
        model::{Article, Block, BlockKind},
        read::{Found, Reader, Reading, SourceFile},
    };

    /// Reads a file with these bytes: the article, and all that is said of it.
    pub fn read_with(reader: &dyn Reader, bytes: &[u8], reading: &Reading) -> (Option<Article>, Vec<String>) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let file = SourceFile { path: file.path().into(), source: "corpus/x.doc".into(), size: bytes.len() as u64 };
        let (mut found, mut notes) = (None, Vec::new());
        let mut sink = |one| {
            match one {
                Found::Article(article) => found = Some(*article),
                Found::Recognised(note) | Found::Warning(note) | Found::Skipped(note) | Found::Nothing(note) => {
                    notes.push(note.reason);
                }
            }
            Ok(())
        };
        reader.read(&file, reading, &mut sink).unwrap();
        (found, notes)
    }

    /// The same with the usual settings.
    pub fn read(reader: &dyn Reader, bytes: &[u8]) -> (Option<Article>, Vec<String>) {
        read_with(reader, bytes, &Reading::default())
    }

    /// What the blocks are, with their text and the numbers of their paragraphs or pages.
    pub fn blocks(article: &Article) -> Vec<(BlockKind, &str, [usize; 2])> {
        let block = |block: &Block| {
            let excerpt = article.excerpt(block.range.clone());
            (block.kind, article.plain(&block.range), excerpt.lines(excerpt.all()))
        };
        article.blocks.iter().map(block).collect()
    }

    /// Asserts what holds for every file: the map is exact, blocks come in order and say something.
    #[track_caller]
    pub fn assert_sound(reader: &dyn Reader, bytes: &[u8]) {
        let (article, notes) = read(reader, bytes);
        let Some(article) = article else {
            assert!(!notes.is_empty(), "nothing is said of a file without text");
            return;
        };
        assert_eq!(article.text.first_difference(article.text.plain().as_bytes()), None);
        let (mut end, mut before) = (0, 1);
        for block in &article.blocks {
            assert!(block.range.start >= end && !article.plain(&block.range).is_empty());
            end = block.range.end;
            let excerpt = article.excerpt(block.range.clone());
            let [first, last] = excerpt.lines(excerpt.all());
            assert!(before <= first && first <= last, "{before} {first} {last}");
            before = last;
        }
    }
}
