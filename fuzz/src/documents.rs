//! Files for the readers of documents: what is tried is their text, packed as it would be in a file, so that not
//! every try ends at a wrong checksum. What begins as a file of the format does is one.

#[path = "../../src/read/package/testing.rs"]
#[allow(dead_code, reason = "the tests of the readers use the rest")]
mod packing;

use std::borrow::Cow;

/// The file to read for what the fuzzer made up.
pub fn packed<'a>(extension: &str, bytes: &'a [u8]) -> Cow<'a, [u8]> {
    if bytes.starts_with(b"PK") || bytes.starts_with(b"%PDF") {
        return Cow::Borrowed(bytes);
    }
    let text = || String::from_utf8_lossy(bytes);
    match extension {
        "docx" => Cow::Owned(packing::docx(&text())),
        "odt" => Cow::Owned(packing::odt(&text())),
        "epub" => Cow::Owned(packing::epub("A book", &[("Chapter", &text())])),
        "pdf" => Cow::Owned(page(&text())),
        _ => Cow::Borrowed(bytes),
    }
}

/// A document of one page that is drawn so.
fn page(drawn: &str) -> Vec<u8> {
    packing::assembled(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> \
         /XObject << /Fm0 6 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{drawn}\nendstream", drawn.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << /XObject << /Fm0 6 0 R >> >> /Length 7 >>\n\
         stream\n/Fm0 Do\nendstream"
            .to_owned(),
    ])
}
