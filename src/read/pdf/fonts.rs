//! What the codes of a font stand for, and how wide its letters are.

use super::{codes, content::number};
use lopdf::{Dictionary, Document, Encoding, Object, dictionary};
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// Widths of the letters from space to `~` in Helvetica, for files that count on every program knowing it.
#[rustfmt::skip]
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

/// The same for Times.
#[rustfmt::skip]
const TIMES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889,
    722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500,
    444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480,
    200, 480, 541,
];

/// A font.
pub struct Font {
    /// What the codes stand for, where they have one byte.
    simple: Option<Vec<Option<String>>>,
    /// The same where they have two.
    wide: HashMap<u16, String>,
    widths: HashMap<u16, f64>,
    default_width: f64,
    /// Whether its letters are bold.
    pub bold: bool,
    /// Whether all of them are as wide.
    pub mono: bool,
}

impl Font {
    /// Reads a font; no stream of it may unpack to more than `limit` bytes.
    pub fn read(document: &Document, font: &Dictionary, limit: usize) -> Self {
        let composite = font.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Type0");
        let inner = descendant(document, font).filter(|_| composite).unwrap_or(font);
        let descriptor = document.get_dict_in_dict(inner, b"FontDescriptor").ok();
        let name = font.get(b"BaseFont").and_then(Object::as_name).unwrap_or_default();
        let name = String::from_utf8_lossy(name).to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        let flags = descriptor.and_then(|all| all.get(b"Flags").ok()?.as_i64().ok()).unwrap_or(0);
        let weight = descriptor.and_then(|all| number(all.get(b"FontWeight").ok()?)).unwrap_or(400.0);
        let mut read = Self {
            simple: None,
            wide: HashMap::new(),
            widths: HashMap::new(),
            default_width: 1000.0,
            bold: has(&["bold", "black", "heavy", "demi", "cmbx", "-medi"]) || weight >= 600.0 || flags & 0x4_0000 != 0,
            mono: has(&["mono", "courier", "cmtt", "sftt", "typewriter", "consol", "code", "inconsolata"])
                || flags & 1 != 0 && !has(&["times", "helvetica", "arial"]),
        };
        if composite {
            read.wide = wide(document, font, limit);
            read.wide_widths(document, inner);
        } else {
            read.simple = Some(simple(document, font, descriptor, limit));
            read.simple_widths(document, font, descriptor, &name);
        }
        read
    }

    /// What codes stand for, with the width of each and whether it is a space between words. `None`: nobody knows.
    pub fn letters<'a>(&'a self, codes: &'a [u8]) -> Box<dyn Iterator<Item = (Option<String>, f64, bool)> + 'a> {
        let width = |code: u16| self.widths.get(&code).copied().unwrap_or(self.default_width);
        match &self.simple {
            Some(simple) => Box::new(codes.iter().map(move |&code| {
                let text = simple.get(usize::from(code)).cloned().flatten();
                (text, width(u16::from(code)), code == b' ')
            })),
            None => Box::new(codes.chunks(2).map(move |pair| {
                let code = pair.iter().fold(0, |code, &byte| code << 8 | u16::from(byte));
                (self.wide.get(&code).cloned(), width(code), false)
            })),
        }
    }

    fn wide_widths(&mut self, document: &Document, font: &Dictionary) {
        self.default_width = font.get(b"DW").ok().and_then(number).unwrap_or(1000.0);
        let Some(all) = array(document, font, b"W") else { return };
        let mut rest = all.iter();
        while let Some(first) = rest.next().and_then(number) {
            let first = first as u16;
            match rest.next().and_then(|next| document.dereference(next).ok()) {
                Some((_, Object::Array(widths))) => {
                    let numbered = (first..=u16::MAX).zip(widths.iter().filter_map(number));
                    self.widths.extend(numbered);
                }
                Some((_, last)) => {
                    let (Some(last), Some(width)) = (number(last), rest.next().and_then(number)) else { return };
                    // A file may say this often: what is known already is not counted out again.
                    if self.widths.len() < 1 << 16 {
                        self.widths.extend((first..=last as u16).map(|code| (code, width)));
                    }
                }
                None => return,
            }
        }
    }

    fn simple_widths(&mut self, document: &Document, font: &Dictionary, about: Option<&Dictionary>, name: &str) {
        let missing = about.and_then(|about| number(about.get(b"MissingWidth").ok()?));
        if let Some(all) = array(document, font, b"Widths") {
            let first = font.get(b"FirstChar").ok().and_then(number).unwrap_or(0.0) as u16;
            let widths = all.iter().map(|width| document.dereference(width).ok().and_then(|(_, width)| number(width)));
            // The letters of a font that is drawn have a scale of their own.
            let scale = array(document, font, b"FontMatrix").and_then(|all| number(all.first()?)).unwrap_or(0.001);
            let widths =
                (first..=u16::MAX).zip(widths).filter_map(|(code, width)| Some((code, width? * scale * 1000.0)));
            self.widths.extend(widths);
            self.default_width = missing.unwrap_or(500.0);
            return;
        }
        self.default_width = 600.0;
        let known = if name.contains("times") { &TIMES } else { &HELVETICA };
        if !name.contains("courier") {
            let wider = if self.bold { 1.06 } else { 1.0 };
            self.widths.extend((32..).zip(known.iter().map(|&width| f64::from(width) * wider)));
            self.default_width = 556.0;
        }
    }
}

fn array<'a>(document: &'a Document, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Vec<Object>> {
    let (_, value) = document.dereference(dictionary.get(key).ok()?).ok()?;
    value.as_array().ok()
}

fn descendant<'a>(document: &'a Document, font: &'a Dictionary) -> Option<&'a Dictionary> {
    let (_, inner) = document.dereference(array(document, font, b"DescendantFonts")?.first()?).ok()?;
    inner.as_dict().ok()
}

/// The table of the letters of a font.
fn table(document: &Document, font: &Dictionary, limit: usize) -> Option<Vec<u8>> {
    let (_, table) = document.dereference(font.get(b"ToUnicode").ok()?).ok()?;
    table.as_stream().ok()?.get_plain_content_with_limit(limit).ok()
}

/// A dictionary of a font that has only what says which letters there are.
fn told(font: &Dictionary, key: &str) -> Option<Dictionary> {
    let value = font.get(key.as_bytes()).ok()?.clone();
    let mut told = dictionary! { "Type" => "Font" };
    told.set(key, value);
    Some(told)
}

fn wide(document: &Document, font: &Dictionary, limit: usize) -> HashMap<u16, String> {
    let mut wide = HashMap::new();
    if let Some(table) = table(document, font, limit) {
        wide.extend(codes::letters(&table).into_iter().map(|(code, text)| (code, plain(&text))));
    } else if let Some(told) = told(font, "Encoding")
        && let Ok(encoding @ Encoding::SimpleEncoding(_)) = told.get_font_encoding_with_limit(document, limit)
    {
        for code in 0..=u16::MAX {
            if let Ok(text) = encoding.bytes_to_string(&code.to_be_bytes()) {
                wide.insert(code, plain(&text));
            }
        }
    }
    wide
}

fn simple(
    document: &Document,
    font: &Dictionary,
    descriptor: Option<&Dictionary>,
    limit: usize,
) -> Vec<Option<String>> {
    let named = font.get(b"Encoding").ok().and_then(|found| document.dereference(found).ok()).map(|(_, found)| found);
    let own = named.and_then(|named| named.as_dict().ok());
    let base = match (named, own) {
        (Some(Object::Name(name)), _) => Some(name.as_slice()),
        (_, Some(own)) => own.get(b"BaseEncoding").and_then(Object::as_name).ok(),
        _ => None,
    };
    let symbolic = descriptor.is_some_and(|all| all.get(b"Flags").and_then(Object::as_i64).is_ok_and(|f| f & 4 != 0));
    let base = base.filter(|name| name.ends_with(b"Encoding")).unwrap_or(b"WinAnsiEncoding");
    let base = dictionary! { "Type" => "Font", "Encoding" => Object::Name(base.to_vec()) };
    let base = base.get_font_encoding(document).ok();
    let letter = |code: u8| base.as_ref()?.bytes_to_string(&[code]).ok().filter(|text| !text.is_empty());
    // A font of signs means something else by its codes, unless it says what.
    let is_text = |code: &u8| !symbolic || code.is_ascii_graphic() || *code == b' ';
    let mut letters: Vec<_> =
        (0..=u8::MAX).map(|code| Some(code).filter(is_text).and_then(letter).map(|text| plain(&text))).collect();
    let differences = own.and_then(|own| array(document, own, b"Differences"));
    let mut code = 0_usize;
    for difference in differences.into_iter().flatten() {
        match difference {
            Object::Integer(number) => code = usize::try_from(*number).unwrap_or(usize::MAX),
            Object::Name(name) => {
                if let Some(letter) = letters.get_mut(code) {
                    *letter = named_letter(document, &String::from_utf8_lossy(name));
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    if let Some(table) = table(document, font, limit) {
        for (code, text) in codes::letters(&table).into_iter().filter(|(_, text)| !text.contains('\0')) {
            if let Some(letter) = letters.get_mut(usize::from(code)) {
                *letter = Some(plain(&text));
            }
        }
    }
    letters
}

/// The letter of a name: `eacute`, `f_f_i`, `uni00E9`, `a.alt`.
fn named_letter(document: &Document, name: &str) -> Option<String> {
    let name = name.split('.').next().filter(|name| !name.is_empty()).unwrap_or(name);
    if let "ff" | "fi" | "fl" | "ffi" | "ffl" = name {
        return Some(name.to_owned());
    }
    let difference = Object::Array(vec![Object::Integer(65), Object::Name(name.as_bytes().to_vec())]);
    let encoding = Object::Dictionary(dictionary! { "Differences" => difference });
    let font = dictionary! { "Type" => "Font", "Encoding" => encoding };
    if let Ok(encoding @ Encoding::Differences(_)) = font.get_font_encoding(document) {
        return encoding.bytes_to_string(b"A").ok().map(|text| plain(&text));
    }
    let hex = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'));
    let code = hex.filter(|hex| (4..=6).contains(&hex.len())).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    if let Some(letter) = code.and_then(char::from_u32) {
        return Some(letter.to_string());
    }
    let parts: Vec<&str> = name.split('_').collect();
    if parts.len() < 2 || parts.len() > 4 {
        return None;
    }
    parts.into_iter().map(|part| named_letter(document, part)).collect()
}

/// A text with its ligatures taken apart, and without what is no text.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{fb00}'..='\u{fb06}' => plain.extend(letter.nfkc()),
            '\u{fffd}' | '\u{feff}' | '\u{200b}' => {}
            letter if letter.is_control() => plain.push(' '),
            letter => plain.push(letter),
        }
    }
    plain
}
