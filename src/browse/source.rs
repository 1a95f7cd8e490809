//! A source as it is on disk now: only files that the index lists are ever opened.

use crate::{
    error::{Error, Result},
    index::manifest::{CorpusFile, checksum, modified},
    model::{Article, Counted, Lines, SourceText, Unit},
    read::{
        Found, Reading, SourceFile,
        encoding::{Decoded, decode, decode_as, encoding_of},
        html::charset,
        reader_for,
    },
};
use encoding_rs::UTF_8;
use std::{
    fs::{self, File},
    io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom},
    ops::Range,
    path::PathBuf,
};

/// So much of a file that is too large to be read whole is read around a place. In bytes.
const AROUND: usize = 512 << 10;

/// A place in a file: the offset of a byte, and the line that it is in.
pub(super) type Anchor = (usize, usize);

/// The text of a source, or a part of one that is too large to be read whole.
#[derive(Debug)]
pub struct OpenSource {
    /// The text, mapped to the bytes of the file. Of a document that is no text: what its reader takes out of it.
    pub text: SourceText,
    /// The lines of the file, or the paragraphs or pages of the document.
    pub lines: Lines,
    /// Whether the file is another one than when it was indexed.
    pub changed: bool,
    /// Whether this is all of the file.
    pub whole: bool,
    /// What offsets count in, where it was read whole: to prove what is said of it.
    pub(super) bytes: Option<Vec<u8>>,
}

impl OpenSource {
    /// The lines of the text: the number of each, and where it stands in the plain text.
    pub fn numbered(&self) -> impl Iterator<Item = (usize, Range<usize>)> {
        let mut end = 0;
        self.text.plain().split_inclusive('\n').map(move |line| {
            let range = end..end + line.len();
            end = range.end;
            (self.line_at(range.start), range)
        })
    }

    /// The line, paragraph or page in which a character of the plain text stands.
    #[must_use]
    pub fn line_at(&self, plain: usize) -> usize {
        let end = self.text.plain().get(plain..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        self.text.span(plain..plain + end).hull().map_or(self.lines.first().max(1), |hull| self.lines.at(hull.start))
    }

    /// Whether a unit has something of a part of the plain text.
    #[must_use]
    pub fn holds(&self, unit: &Unit, plain: &Range<usize>) -> bool {
        let (own, part) = (unit.hull(), self.text.span(plain.clone()).hull().unwrap_or(0..0));
        part.start < own.end && own.start < part.end
    }

    /// Opens a file of the corpus, all of it or, if it is too large, what stands around `place`; `anchor` is a place near
    /// it whose line is known.
    pub(super) fn open(
        file: &CorpusFile,
        counted: Counted,
        reading: &Reading,
        place: &Range<usize>,
        anchor: Anchor,
    ) -> Result<Self> {
        let unreadable = |reason: String| Error::ArticleUnreadable { source_name: file.source.clone(), reason };
        let on_disk = OnDisk::find(file).map_err(unreadable)?;
        if on_disk.size > reading.file_limit {
            return on_disk.open_part(place, anchor).map_err(unreadable);
        }
        let opened = match counted {
            Counted::Line => on_disk.open_text(reading),
            Counted::Paragraph | Counted::Page => on_disk.open_document(reading),
        };
        opened.map_err(unreadable)
    }
}

/// A file that the index lists, found where it was.
struct OnDisk<'a> {
    file: &'a CorpusFile,
    path: PathBuf,
    /// Whether the path has become, or always was, one that leads over a link.
    linked: bool,
    size: u64,
}

impl<'a> OnDisk<'a> {
    fn find(file: &'a CorpusFile) -> Result<Self, String> {
        let path = file.path.canonicalize().map_err(|error| error.to_string())?;
        let metadata = fs::symlink_metadata(&path).map_err(|error| error.to_string())?;
        if !metadata.is_file() {
            return Err("it is no file any more".to_owned());
        }
        Ok(Self { file, linked: path != file.path, size: metadata.len(), path })
    }

    /// Whether the file is another one, by its checksum. A link may lead to any file, so through one only what was indexed
    /// can be read.
    fn changed(&self, checksum: &str) -> Result<bool, String> {
        let changed = self.file.blake3 != checksum;
        if changed && self.linked {
            return Err("it is reached by a link, and is not what was indexed: run `faqt index`".to_owned());
        }
        Ok(changed)
    }

    fn open_text(&self, reading: &Reading) -> Result<OpenSource, String> {
        let (bytes, changed) = self.read(reading)?;
        let is_page = self.named().is_page();
        let Decoded { text, lines } = if is_page { charset::decode(&bytes) } else { decode(&bytes) }?;
        Ok(OpenSource { text, lines, changed, whole: true, bytes: Some(bytes) })
    }

    fn open_document(&self, reading: &Reading) -> Result<OpenSource, String> {
        let (_, changed) = self.read(reading)?;
        let reader = reader_for(&self.named()).ok_or("no reader knows its kind")?;
        let mut article: Option<Box<Article>> = None;
        let mut take = |found| {
            if let Found::Article(found) = found {
                article = Some(found);
            }
            Ok(())
        };
        let file = SourceFile { path: self.path.clone(), ..self.named() };
        reader.read(&file, reading, &mut take).map_err(|error| error.to_string())?;
        let Article { text, lines, .. } = *article.ok_or("it has no text any more")?;
        let bytes = Some(text.plain().as_bytes().to_vec());
        Ok(OpenSource { text, lines, changed, whole: true, bytes })
    }

    /// The file by the name that it was indexed under, which tells its kind.
    fn named(&self) -> SourceFile {
        SourceFile { path: self.file.path.clone(), source: self.file.source.clone(), size: self.size }
    }

    fn read(&self, reading: &Reading) -> Result<(Vec<u8>, bool), String> {
        let file = SourceFile { path: self.path.clone(), ..self.named() };
        let bytes = crate::read::encoding::read_bytes(&file, reading)?;
        let changed = self.changed(blake3::hash(&bytes).to_hex().as_str())?;
        Ok((bytes, changed))
    }

    /// What stands around a place. Size and time tell whether so large a file has changed.
    fn open_part(&self, place: &Range<usize>, anchor: Anchor) -> Result<OpenSource, String> {
        let said = |error: std::io::Error| error.to_string();
        let mut changed = self.size != self.file.bytes || modified(&self.path) != self.file.modified;
        if changed || self.linked {
            let (_, checksum) = checksum(&self.path).map_err(|error| error.to_string())?;
            changed = self.changed(&checksum)?;
        }
        let size = self.size as usize;
        let place = place.start.min(size)..place.end.clamp(place.start, place.start.saturating_add(AROUND)).min(size);
        let range = place.start.saturating_sub(AROUND)..place.end.saturating_add(AROUND).min(size);
        let mut file = File::open(&self.path).map_err(said)?;
        file.seek(SeekFrom::Start(range.start as u64)).map_err(said)?;
        let mut bytes = Vec::new();
        file.take(range.len() as u64).read_to_end(&mut bytes).map_err(said)?;
        let (start, part) = part_of(&bytes, range.start)?;
        // In a file that has changed, no line is where it was.
        let (known, line) = if changed { (0, 1) } else { anchor };
        let first = if known <= start {
            line + self.breaks(known..start).map_err(said)?
        } else {
            line.saturating_sub(self.breaks(start..known).map_err(said)?).max(1)
        };
        let Decoded { mut text, .. } = decode_as(part, UTF_8, 0)?;
        let starts = (0..part.len()).filter(|&at| part[at] == b'\n').map(|at| start + at + 1).collect();
        text.shift(start);
        Ok(OpenSource { text, lines: Lines::new(first, starts), changed, whole: false, bytes: None })
    }

    /// How many lines end within a range of the file.
    fn breaks(&self, range: Range<usize>) -> std::io::Result<usize> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(range.start as u64))?;
        let mut input = BufReader::with_capacity(256 << 10, file.take(range.len() as u64));
        let mut count = 0;
        loop {
            let bytes = input.fill_buf()?;
            if bytes.is_empty() {
                return Ok(count);
            }
            count += bytes.split(|&byte| byte == b'\n').count() - 1;
            let length = bytes.len();
            input.consume(length);
        }
    }
}

/// The part without the halves of characters at its ends, and where in the file it begins.
fn part_of(bytes: &[u8], at: usize) -> Result<(usize, &[u8]), String> {
    let (_, mark) = if at == 0 { encoding_of(bytes).unwrap_or((UTF_8, 0)) } else { (UTF_8, 0) };
    let halves = bytes[mark..].iter().take(3).take_while(|&&byte| byte & 0xc0 == 0x80).count();
    let start = mark + halves;
    let part = &bytes[start..];
    match std::str::from_utf8(part) {
        Ok(_) => Ok((at + start, part)),
        Err(error) if error.error_len().is_none() => Ok((at + start, &part[..error.valid_up_to()])),
        Err(_) => Err("it is too large to be read whole, and is not UTF-8: save it as UTF-8, or split it".to_owned()),
    }
}
