//! PDF: the letters of pages put together again to lines, paragraphs and headings.

mod codes;
mod content;
mod fonts;
mod layout;
mod lines;
mod outline;
mod running;
mod write;

use super::{
    Reader, Reading, Sink, SourceFile,
    extract::{self, Extract},
    jsonl::check_date,
    package::properties::is_title,
};
use crate::{
    analyze::language,
    error::Result,
    model::{About, Counted},
    split::SectionNames,
};
use lopdf::{Dictionary, Document, LoadOptions, Object};
use std::thread;

/// Stack of the thread that reads a file: the library goes down into what files nest.
const STACK: usize = 64 << 20;

/// Reads `.pdf`: text by pages, with headings by the outline or the size of letters.
pub struct Pdf;

impl Reader for Pdf {
    fn extensions(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn read(&self, file: &SourceFile, reading: &Reading, sink: &mut Sink<'_>) -> Result<()> {
        extract::read(file, reading, sink, Counted::Page, apart)
    }
}

/// Reads a file in a thread of its own: whatever a broken one does to the library, the next file is read.
fn apart(bytes: Vec<u8>, reading: &Reading) -> std::result::Result<Extract, String> {
    let (limit, names) = (reading.file_limit, reading.sections.clone());
    let reader = thread::Builder::new().name("pdf".to_owned()).stack_size(STACK);
    let reader =
        reader.spawn(move || extract(&bytes, limit, &names)).map_err(|error| format!("cannot be read: {error}"))?;
    reader.join().unwrap_or_else(|_| Err("is damaged so that it cannot be read: save it again".to_owned()))
}

fn extract(bytes: &[u8], limit: u64, names: &SectionNames) -> std::result::Result<Extract, String> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let options = LoadOptions { max_decompressed_size: Some(limit), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword => protected(),
        error => format!("is no PDF that can be read ({error}): save it again"),
    })?;
    if document.is_encrypted() {
        return Err(protected());
    }
    let mut pages = Vec::new();
    let mut drawing = content::Drawing::new(&document, limit);
    for (_, page) in document.get_pages() {
        pages.push(lines::lines(drawing.page(page)?));
    }
    if pages.is_empty() {
        return Err("has no pages: save it again".to_owned());
    }
    let letters: usize = pages.iter().flatten().map(|line| line.text().trim().len()).sum();
    if letters == 0 && drawing.unknown > 0 {
        return Err(
            "has text whose fonts do not say which letters they are: put it through text recognition (OCR)".to_owned()
        );
    }
    if letters == 0 {
        let pages = pages.len();
        return Err(format!("has no text on its {pages} pages, only pictures: put it through text recognition (OCR)"));
    }
    let mut warnings = Vec::new();
    if drawing.unknown > 0 {
        warnings.push(format!("{} letters are of fonts that do not say what they are, and left out", drawing.unknown));
    }
    if drawing.problems > 0 {
        warnings.push(format!("{} pages or drawings are damaged in part: save it again", drawing.problems));
    }
    if let Some(warning) = running::drop_running(&mut pages) {
        warnings.push(warning);
    }
    let parts = layout::parts(&pages, &outline::outline(&document), names);
    let (flow, starts) = write::flow(&parts, pages.len());
    Ok(Extract { about: about(&document), flow, starts, warnings })
}

fn protected() -> String {
    "is protected by a password: save it without one".to_owned()
}

/// What a file says about itself.
fn about(document: &Document) -> About {
    let info = document.trailer.get(b"Info").and_then(|info| document.dereference(info));
    let info = info.and_then(|(_, info)| info.as_dict()).ok();
    let text = |key: &[u8]| text_of(document, info?, key);
    let mut about = About { title: text(b"Title").filter(|title| is_title(title)), ..About::default() };
    about.published = text(b"CreationDate").or_else(|| text(b"ModDate")).and_then(|date| day(&date));
    let tag = document.catalog().ok().and_then(|catalog| text_of(document, catalog, b"Lang"));
    about.language = tag.map(|tag| language::of_tag(&tag)).filter(|code| !code.is_empty());
    let mut set = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            about.metadata.insert(key.to_owned(), vec![value]);
        }
    };
    set("author", text(b"Author"));
    set("subject", text(b"Subject"));
    let words = text(b"Keywords").unwrap_or_default();
    let words: Vec<String> = words.split([',', ';']).map(|word| word.trim().to_owned()).collect();
    let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
    if !words.is_empty() {
        about.metadata.insert("keywords".to_owned(), words);
    }
    about
}

/// The value of a key that is text, white space folded.
fn text_of(document: &Document, dictionary: &Dictionary, key: &[u8]) -> Option<String> {
    let (_, value) = document.dereference(dictionary.get(key).ok()?).ok()?;
    let text = match value {
        Object::String(..) => lopdf::decode_text_string(value).ok()?,
        Object::Name(name) => String::from_utf8_lossy(name).into_owned(),
        _ => return None,
    };
    let text = text.replace('\0', "").split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty() && text.len() < 1 << 10).then_some(text)
}

/// `D:20260314…` as a day.
fn day(date: &str) -> Option<String> {
    let digits = date.strip_prefix("D:").unwrap_or(date);
    let (year, month, day) = (digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?);
    check_date(&format!("{year}-{month}-{day}")).ok()
}

#[cfg(test)]
mod tests;
