//! The character set of a page: its byte order mark, what it says itself, or a guess.

use crate::read::encoding::{Decoded, decode_as, encoding_of};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// How much of a page is searched for what it says of its character set. Browsers look at 1,024 bytes.
const HEAD: usize = 4096;

/// Decodes a page.
///
/// # Errors
/// The reason for the report, where the bytes are no text.
pub fn decode(bytes: &[u8]) -> Result<Decoded, String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(bytes, encoding, mark);
    }
    let named = named(bytes);
    // What is right as UTF-8 and is no mere ASCII is UTF-8, whatever else it says.
    let is_utf8 = std::str::from_utf8(bytes).is_ok();
    match named {
        Some(encoding) if !is_utf8 && encoding != UTF_8 => decode_as(bytes, encoding, 0),
        Some(encoding) if encoding == ISO_2022_JP && bytes.contains(&27) => decode_as(bytes, encoding, 0),
        _ if is_utf8 && is_page(bytes) => decode_as(bytes, UTF_8, 0),
        _ => encoding_of(bytes).and_then(|(encoding, mark)| decode_as(bytes, encoding, mark)),
    }
}

/// Whether a file begins as a page does: then a NUL in it is a mistake and no sign of binary data.
fn is_page(bytes: &[u8]) -> bool {
    let head = bytes[..bytes.len().min(HEAD)].to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let start = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\0');
    start.starts_with('<')
        && ["<!doctype", "<html", "<head", "<body", "<meta", "<title", "<?xml", "<p", "<div"]
            .iter()
            .any(|tag| head.contains(tag))
}

/// The encoding that a page names: `<meta charset>`, `http-equiv`, or the XML declaration.
fn named(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let lower = head.to_ascii_lowercase();
    let declared = lower.starts_with(b"<?xml").then(|| {
        let end = find(&lower, b"?>").unwrap_or(lower.len());
        find(&lower[..end], b"encoding").and_then(|at| label(&lower[at + b"encoding".len()..end]))
    });
    let encoding = declared.flatten().or_else(|| of_meta(&lower))?;
    // A page that can be searched like this is not in UTF-16.
    Some(if encoding == UTF_16BE || encoding == UTF_16LE { UTF_8 } else { encoding })
}

fn of_meta(lower: &[u8]) -> Option<&'static Encoding> {
    let mut at = 0;
    while let Some(found) = find(&lower[at..], b"<meta") {
        let start = at + found;
        let end = find(&lower[start..], b">").map_or(lower.len(), |end| start + end);
        let tag = &lower[start..end];
        if let Some(encoding) = find(tag, b"charset").and_then(|at| label(&tag[at + b"charset".len()..])) {
            return Some(encoding);
        }
        at = end;
    }
    None
}

/// The encoding in `= "label"`.
fn label(text: &[u8]) -> Option<&'static Encoding> {
    let is_mark = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'"' | b'\'');
    let start = text.iter().position(|byte| !is_mark(byte))?;
    let label = &text[start..];
    let is_end = |byte: &u8| is_mark(byte) || matches!(byte, b';' | b'>' | b'/' | b'?' | b',');
    let end = label.iter().position(is_end).unwrap_or(label.len());
    Encoding::for_label(&label[..end])
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};

    #[test]
    fn a_page_names_its_character_set() {
        for (head, encoding) in [
            ("<meta charset=windows-1251>", Some(WINDOWS_1251)),
            ("<META CHARSET = 'Shift_JIS' />", Some(SHIFT_JIS)),
            ("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-1\">", Some(WINDOWS_1252)),
            ("<meta name=x content=y><meta charset=\"utf-8\">", Some(UTF_8)),
            ("<?xml version=\"1.0\" encoding=\"windows-1251\"?><html>", Some(WINDOWS_1251)),
            ("<meta charset=utf-16>", Some(UTF_8)),
            ("<meta charset=nonsense>", None),
            ("<p>charset=utf-8", None),
        ] {
            assert_eq!(named(head.as_bytes()), encoding, "{head}");
        }
    }

    #[test]
    fn bytes_are_read_as_they_are_named_unless_they_are_utf8() {
        let page = |charset: &str| format!("<meta charset={charset}><p>Привет, мир");
        let page_1251 = page("windows-1251");
        let (bytes, _, _) = WINDOWS_1251.encode(&page_1251);
        let decoded = decode(&bytes).unwrap();
        assert!(decoded.text.plain().ends_with("Привет, мир"), "{}", decoded.text.plain());
        assert_eq!(decoded.text.first_difference(&bytes), None);
        assert!(decode(page("iso-8859-1").as_bytes()).unwrap().text.plain().ends_with("Привет, мир"));
        // What is named is not there: a guess.
        assert!(decode(b"<meta charset=utf-8><p>caf\xe9 cr\xe8me").unwrap().text.plain().ends_with("café crème"));
        let (bytes, _, _) = ISO_2022_JP.encode("<meta charset=iso-2022-jp><p>こんにちは");
        assert_eq!(decode(&bytes).unwrap().text.plain(), "<meta charset=iso-2022-jp><p>こんにちは");
    }

    #[test]
    fn a_nul_does_not_make_a_page_binary() {
        assert!(decode(b"<!DOCTYPE html><p>a\0b").is_ok());
        assert!(decode(b"\0\x01\x02<html>").is_err());
    }
}
