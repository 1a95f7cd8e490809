//! Word documents.

mod body;
pub mod styles;

use super::{
    Reader, Reading, Sink, SourceFile,
    extract::{self, Extract},
    package::{
        Package,
        paragraphs::flow,
        properties::properties,
        resolve,
        xml::{Step, walk},
    },
};
use crate::{error::Result, model::Counted};
use styles::Styles;

/// Reads `.docx`: headings, paragraphs, lists and tables by their styles, and the notes below pages.
pub struct Docx;

impl Reader for Docx {
    fn extensions(&self) -> &'static [&'static str] {
        &["docx", "docm"]
    }

    fn read(&self, file: &SourceFile, reading: &Reading, sink: &mut Sink<'_>) -> Result<()> {
        extract::read(file, reading, sink, Counted::Paragraph, extract)
    }
}

fn extract(bytes: Vec<u8>, reading: &Reading) -> std::result::Result<Extract, String> {
    let mut package = Package::open(bytes, reading.file_limit)?;
    let main = main_part(&mut package)?;
    let Some(document) = package.text(&main)? else {
        return Err(format!("is no Word document (`{main}` is missing): name it as what it is"));
    };
    let mut part = |name: &str| Ok::<_, String>(package.text(&resolve(&main, name))?.unwrap_or_default());
    let styles = Styles::read(&part("styles.xml")?, &part("numbering.xml")?);
    let mut warnings = Vec::new();
    let mut notes = body::notes(&part("footnotes.xml")?, &styles, "footnote");
    notes.extend(body::notes(&part("endnotes.xml")?, &styles, "endnote"));
    let body = body::read(&document, &styles, &notes);
    if let Some(problem) = body.problem {
        warnings.push(format!("breaks off at {problem}; what is behind it is left out: save it again"));
    }
    if body.chunks > 0 {
        warnings.push(format!("has other files in it ({}), which are not read: save it again in Word", body.chunks));
    }
    let about = properties(&package.text("docProps/core.xml")?.unwrap_or_default());
    let (flow, starts) = flow(&body.nodes);
    Ok(Extract { about, flow, starts, warnings })
}

/// The name of the file in the package that the document's text is in.
fn main_part(package: &mut Package) -> std::result::Result<String, String> {
    let mut target = None;
    let relations = package.text("_rels/.rels")?.unwrap_or_default();
    // A broken list of relations names nothing, and then the usual name has to do.
    let _ = walk(&relations, |step| {
        if let Step::Start(_, attributes) = step
            && attributes.get("Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
        {
            target = target.take().or_else(|| attributes.get("Target"));
        }
    });
    Ok(target.map_or_else(|| "word/document.xml".to_owned(), |target| resolve("", &target)))
}

#[cfg(test)]
mod tests;
