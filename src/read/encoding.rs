//! From bytes to text: UTF-8, UTF-16, or a guess; and what is no text at all.

use super::{Reading, SourceFile};
use crate::model::{Lines, SourceText};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::{fs::File, io::Read};

/// How many bytes tell what encoding a file has.
const HEAD: usize = 64 << 10;

/// UTF-16 takes a map entry for every character, so such files have a limit of their own.
const UTF_16_LIMIT: u64 = 16 << 20;

/// A whole file as text, line breaks as `\n`, mapped to its bytes.
#[derive(Debug)]
pub struct Decoded {
    /// The text.
    pub text: SourceText,
    /// The lines of the file.
    pub lines: Lines,
}

/// Reads a whole file as text.
///
/// # Errors
/// The reason for the report: too large, not readable, no text.
pub fn read_whole(file: &SourceFile, reading: &Reading) -> Result<Decoded, String> {
    decode(&read_bytes(file, reading)?)
}

/// Reads the bytes of a whole file.
///
/// # Errors
/// The reason for the report: too large, or not readable.
pub fn read_bytes(file: &SourceFile, reading: &Reading) -> Result<Vec<u8>, String> {
    if file.size > reading.file_limit {
        return Err(too_large(file.size, reading.file_limit));
    }
    let mut bytes = Vec::new();
    let read = File::open(&file.path).and_then(|file| file.take(reading.file_limit + 1).read_to_end(&mut bytes));
    read.map_err(|error| format!("cannot be read: {error}"))?;
    if bytes.len() as u64 > reading.file_limit {
        return Err(too_large(bytes.len() as u64, reading.file_limit));
    }
    Ok(bytes)
}

/// Decodes the bytes of a file.
///
/// # Errors
/// The reason for the report, where the bytes are no text.
pub fn decode(bytes: &[u8]) -> Result<Decoded, String> {
    let (encoding, bom) = encoding_of(bytes)?;
    decode_as(bytes, encoding, bom)
}

/// Decodes the bytes of a file that is known to be in an encoding; `bom` is the length of its byte order mark.
///
/// # Errors
/// The reason for the report: bytes that are not of the encoding (UTF-8), or too many of them (UTF-16).
pub fn decode_as(bytes: &[u8], encoding: &'static Encoding, bom: usize) -> Result<Decoded, String> {
    let body = bytes.get(bom..).unwrap_or_default();
    if encoding == UTF_8 {
        let text = std::str::from_utf8(body).map_err(|error| error.to_string())?;
        return Ok(utf8(text, bom));
    }
    if bytes.len() as u64 > UTF_16_LIMIT && (encoding == UTF_16LE || encoding == UTF_16BE) {
        let size = bytes.len();
        return Err(format!("has {size} bytes in UTF-16, the limit is {UTF_16_LIMIT}: save it as UTF-8, or split it"));
    }
    Ok(stepwise(body, bom, encoding))
}

/// The encoding of a file by its beginning, and the length of its byte order mark.
///
/// # Errors
/// The reason for the report, where the bytes are no text.
pub fn encoding_of(bytes: &[u8]) -> Result<(&'static Encoding, usize), String> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Ok((encoding, length));
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    if let Some(encoding) = utf16_by_zeros(head) {
        return Ok((encoding, 0));
    }
    if let Some(what) = binary(head) {
        return Err(format!("is no text ({what}): convert it, or name it in .faqtignore"));
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok((UTF_8, 0));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Ok((detector.guess(None, Utf8Detection::Deny), 0))
}

/// UTF-16 without a mark: text that is mostly Latin has a zero in every other byte.
fn utf16_by_zeros(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.chunks_exact(2);
    let count = pairs.len();
    let (mut high, mut low) = (0, 0);
    for pair in pairs {
        high += usize::from(pair[0] == 0 && pair[1] != 0);
        low += usize::from(pair[0] != 0 && pair[1] == 0);
    }
    match count {
        0 => None,
        _ if low * 10 > count * 7 && high == 0 => Some(UTF_16LE),
        _ if high * 10 > count * 7 && low == 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// What the bytes are, if they are no text.
fn binary(head: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 6] = [
        (b"PK\x03\x04", "a ZIP archive"),
        (b"%PDF-", "a PDF"),
        (b"\x1f\x8b", "gzip data"),
        (b"\x89PNG", "a PNG image"),
        (b"\xff\xd8\xff", "a JPEG image"),
        (b"\x7fELF", "a program"),
    ];
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(what);
    }
    let controls = head.iter().filter(|&&byte| byte < 32 && !matches!(byte, b'\t' | b'\n' | b'\r' | 12 | 27)).count();
    (head.contains(&0) || controls * 50 > head.len()).then_some("binary data")
}

fn utf8(text: &str, bom: usize) -> Decoded {
    let (mut mapped, mut starts) = (SourceText::default(), Vec::new());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        if let Some(content) = line.strip_suffix("\r\n") {
            mapped.push_verbatim(content, bom + at);
            mapped.push_replaced("\n", bom + end - 2..bom + end);
        } else {
            mapped.push_verbatim(line, bom + at);
        }
        if line.ends_with('\n') {
            starts.push(bom + end);
        }
        at = end;
    }
    Decoded { text: mapped, lines: Lines::new(1, starts) }
}

/// Decodes byte by byte, so that every character knows its bytes.
fn stepwise(body: &[u8], bom: usize, encoding: &'static Encoding) -> Decoded {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let (mut text, mut starts) = (SourceText::default(), Vec::new());
    let mut letters = String::with_capacity(64);
    // Where the bytes of the character under way begin; a carriage return waits for its line feed.
    let (mut begin, mut carriage) = (0, None);
    for at in 0..body.len() {
        let last = at + 1 == body.len();
        let (_, _, _) = decoder.decode_to_string(&body[at..=at], &mut letters, last);
        if letters.is_empty() {
            continue;
        }
        let source = bom + begin..bom + at + 1;
        push_decoded(&mut text, &letters, &source, &body[begin..=at], &mut carriage);
        if letters.ends_with('\n') {
            starts.push(source.end);
        }
        letters.clear();
        begin = at + 1;
    }
    if let Some(carriage) = carriage {
        text.push_replaced("\r", carriage);
    }
    Decoded { text, lines: Lines::new(1, starts) }
}

fn push_decoded(
    text: &mut SourceText,
    decoded: &str,
    source: &std::ops::Range<usize>,
    raw: &[u8],
    carriage: &mut Option<std::ops::Range<usize>>,
) {
    match (carriage.take(), decoded) {
        (Some(before), "\n") => return text.push_replaced("\n", before.start..source.end),
        (Some(before), _) => text.push_replaced("\r", before),
        (None, _) => {}
    }
    if decoded == "\r" {
        *carriage = Some(source.clone());
    } else if raw == decoded.as_bytes() {
        text.push_verbatim(decoded, source.start);
    } else {
        text.push_replaced(decoded, source.clone());
    }
}

/// The message for a file over its limit.
#[must_use]
pub fn too_large(size: u64, limit: u64) -> String {
    format!("has {size} bytes, the limit is {limit}: split it, or raise `max_file_bytes` in faqt.toml")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let mark = if big { vec![0xfe, 0xff] } else { vec![0xff, 0xfe] };
        let units = text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
        mark.into_iter().chain(units).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text_and_lines() {
        let text = "Größe\r\nnaïve 中文\nend";
        let with_mark = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
        for bytes in [text.as_bytes().to_vec(), with_mark, utf16(text, false), utf16(text, true)] {
            let decoded = decode(&bytes).unwrap();
            assert_eq!(decoded.text.plain(), "Größe\nnaïve 中文\nend");
            let at = decoded.text.plain().find("end").unwrap();
            let hull = decoded.text.span(at..at + 3).hull().unwrap();
            assert_eq!(decoded.lines.of(&hull), [3, 3]);
            assert_eq!(hull.end, bytes.len());
        }
    }

    #[test]
    fn an_old_code_page_is_guessed_and_mapped() {
        let text = "Die Größe der Datei können Sie später ändern. Überall übliche Wörter für die Prüfung.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        let decoded = decode(&bytes).unwrap();
        assert_eq!(decoded.text.plain(), text);
        assert_eq!(decoded.text.first_difference(&bytes), None);
        let at = text.find("Datei").unwrap();
        let hull = decoded.text.span(at..at + 5).hull().unwrap();
        assert_eq!(&bytes[hull], b"Datei");
    }

    #[test]
    fn what_is_no_text_is_told_by_name() {
        assert!(decode(b"PK\x03\x04\x14\x00").unwrap_err().contains("ZIP"));
        assert!(decode(&[1, 2, 3, 0, 5]).unwrap_err().contains("binary"));
        assert_eq!(decode(b"").unwrap().text.plain(), "");
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic_and_map_into_the_file(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            if let Ok(decoded) = decode(&bytes) {
                prop_assert_eq!(decoded.text.first_difference(&bytes), None);
                if let Some(hull) = decoded.text.span(0..decoded.text.len()).hull() {
                    prop_assert!(hull.end <= bytes.len());
                }
            }
        }
    }
}
