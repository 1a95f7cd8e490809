//! Texts in `OpenDocument`, which `LibreOffice` and others write.

mod body;
mod styles;

use super::{
    Reader, Reading, Sink, SourceFile,
    extract::{self, Extract},
    package::{Package, paragraphs::flow, properties::properties},
};
use crate::{error::Result, model::Counted};
use styles::Styles;

/// Reads `.odt`: headings, paragraphs, lists and tables by their styles, and the notes below pages.
pub struct Odt;

impl Reader for Odt {
    fn extensions(&self) -> &'static [&'static str] {
        &["odt", "ott"]
    }

    fn read(&self, file: &SourceFile, reading: &Reading, sink: &mut Sink<'_>) -> Result<()> {
        extract::read(file, reading, sink, Counted::Paragraph, extract)
    }
}

fn extract(bytes: Vec<u8>, reading: &Reading) -> std::result::Result<Extract, String> {
    let mut package = Package::open(bytes, reading.file_limit)?;
    // What is protected is in a package like any other, and its files are noise.
    let manifest = package.text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err("is protected by a password: save it without one".to_owned());
    }
    let Some(content) = package.text("content.xml")? else {
        return Err("is no OpenDocument text (`content.xml` is missing): name it as what it is".to_owned());
    };
    let mut styles = Styles::default();
    styles.read(&package.text("styles.xml")?.unwrap_or_default());
    styles.read(&content);
    let body = body::read(&content, &styles);
    let mut warnings = Vec::new();
    if let Some(problem) = body.problem {
        warnings.push(format!("breaks off at {problem}; what is behind it is left out: save it again"));
    }
    let about = properties(&package.text("meta.xml")?.unwrap_or_default());
    let (flow, starts) = flow(&body.nodes);
    Ok(Extract { about, flow, starts, warnings })
}

#[cfg(test)]
mod tests;
