//! Text of a page and the bytes that it stands for: entities decoded, NUL left out.

use crate::model::SourceText;
use html5gum::{Token, Tokenizer};
use std::{borrow::Cow, ops::Range};

/// No entity has more characters behind its `&`.
const LONGEST_ENTITY: usize = 40;

/// A run of text between tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Where it stands.
    pub range: Range<usize>,
    /// What it says, where that is not what stands there.
    pub value: Option<Box<str>>,
}

impl Text {
    /// The text that the tokenizer read at a range of `source`.
    pub fn new(source: &str, range: Range<usize>, value: &[u8]) -> Self {
        let same = source.as_bytes().get(range.clone()) == Some(value) && !value.contains(&0);
        let value = (!same).then(|| String::from_utf8_lossy(value).into_owned().into_boxed_str());
        Self { range, value }
    }

    /// What it says.
    pub fn plain<'a>(&'a self, source: &'a str) -> &'a str {
        self.value.as_deref().unwrap_or_else(|| source.get(self.range.clone()).unwrap_or_default())
    }

    /// The text with its map.
    pub fn mapped(&self, source: &str) -> SourceText {
        let raw = source.get(self.range.clone()).unwrap_or_default();
        match &self.value {
            None => SourceText::verbatim(raw, self.range.start),
            Some(value) => align(raw, self.range.start, value),
        }
    }
}

/// `value` was read out of `raw`, which begins at `at`: entities and carriage returns differ.
fn align(raw: &str, at: usize, value: &str) -> SourceText {
    let mut text = SourceText::default();
    let (mut raw_done, mut done) = (0, 0);
    while let Some(rest) = raw.get(raw_done..).filter(|rest| !rest.is_empty()) {
        let same = rest.find(['&', '\r', '\0']).unwrap_or(rest.len());
        let left = value.get(done..).unwrap_or_default();
        if !left.starts_with(&rest[..same]) {
            break;
        }
        text.push_verbatim(&rest[..same], at + raw_done);
        (raw_done, done) = (raw_done + same, done + same);
        let (rest, left) = (&rest[same..], &left[same..]);
        let Some((decoded, length)) = special(rest) else { continue };
        // A NUL is no text in a browser, and U+FFFD where it stands in a title.
        if rest.starts_with('\0') {
            done += left.chars().next().filter(|c| matches!(c, '\0' | '\u{fffd}')).map_or(0, char::len_utf8);
        } else if !left.starts_with(decoded.as_ref()) {
            break;
        } else {
            done += decoded.len();
            let place = at + raw_done..at + raw_done + length;
            if rest.get(..length) == Some(decoded.as_ref()) {
                text.push_verbatim(&decoded, place.start);
            } else {
                text.push_replaced(&decoded, place);
            }
        }
        raw_done += length;
    }
    // What cannot be told apart stands for the rest as a whole.
    if let Some(left) = value.get(done..) {
        text.push_replaced(&left.replace('\0', ""), at + raw_done..at + raw.len());
    }
    text
}

/// What the special character at the beginning stands for, and how much of the source that takes.
fn special(rest: &str) -> Option<(Cow<'static, str>, usize)> {
    match rest.as_bytes().first()? {
        b'\r' => Some((Cow::Borrowed("\n"), if rest.starts_with("\r\n") { 2 } else { 1 })),
        b'\0' => Some((Cow::Borrowed(""), 1)),
        _ => Some(entity(rest)),
    }
}

/// What the `&` at the beginning of `text` stands for, and the length of the entity.
pub fn entity(text: &str) -> (Cow<'static, str>, usize) {
    const USUAL: &[(&str, &str)] = &[
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&rsquo;", "’"),
    ];
    if let Some((entity, decoded)) = USUAL.iter().find(|(entity, _)| text.starts_with(entity)) {
        return (Cow::Borrowed(*decoded), entity.len());
    }
    let name =
        text.bytes().skip(1).take(LONGEST_ENTITY).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#');
    let mut length = 1 + name.count();
    length += usize::from(text.as_bytes().get(length) == Some(&b';'));
    let raw = text.get(..length).unwrap_or("&");
    let decoded = decode(raw);
    if decoded == raw {
        return (Cow::Borrowed("&"), 1);
    }
    // `&ltb` is `<b`: what is left of the name at the end is text.
    let mut rest = decoded.bytes().rev().zip(raw.bytes().rev()).take_while(|(a, b)| a == b).count();
    while rest >= decoded.len() || !decoded.is_char_boundary(decoded.len() - rest) {
        rest -= 1;
    }
    (Cow::Owned(decoded[..decoded.len() - rest].to_owned()), length - rest)
}

fn decode(raw: &str) -> String {
    let mut text = String::new();
    for token in Tokenizer::new(raw).flatten() {
        if let Token::String(part) = token {
            text.push_str(&String::from_utf8_lossy(&part));
        }
    }
    text
}

/// A stretch of text that is white space to be folded, or goes into a line as it is.
pub struct Stretch {
    /// Where it stands.
    pub range: Range<usize>,
    /// Whether it is white space.
    pub white: bool,
}

/// Takes text apart where white space is more than a space between words.
pub fn stretches(text: &str) -> impl Iterator<Item = Stretch> + '_ {
    let bytes = text.as_bytes();
    let is_white = |at: usize| bytes.get(at).is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 12));
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= bytes.len() {
            return None;
        }
        let (start, white) = (at, is_white(at));
        if white {
            while is_white(at) {
                at += 1;
            }
        } else {
            while at < bytes.len()
                && (!is_white(at) || (bytes[at] == b' ' && at + 1 < bytes.len() && !is_white(at + 1)))
            {
                at += 1;
            }
        }
        Some(Stretch { range: start..at, white })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn entities_know_their_length() {
        for (text, decoded, length) in [
            ("&amp;x", "&", 5),
            ("&auml;x", "ä", 6),
            ("&auml x", "ä", 5),
            ("&ltb", "<", 3),
            ("&notit;", "¬", 4),
            ("&#233;", "é", 6),
            ("&#xe9;", "é", 6),
            ("&#x41g", "A", 5),
            ("&semi;", ";", 6),
            ("&#59;", ";", 5),
            ("&nope;", "&", 1),
            ("& x", "&", 1),
            ("&", "&", 1),
            ("&NotEqualTilde;", "≂̸", 15),
        ] {
            assert_eq!(entity(text), (Cow::Borrowed(decoded), length), "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_is_aligned_piece_by_piece(
            source in "([a-c é中;#]|&amp;|&auml;?|&lt|&#0{0,4}6[5-9];|&#x1F600;|&NotEqualTilde;|&nope;|&|\r\n|\r|\n|\u{0}){0,20}"
        ) {
            for token in crate::read::html::page::tokens(&source) {
                if let Token::String(string) = token {
                    let text = Text::new(&source, string.span.start..string.span.end, &string);
                    let mapped = text.mapped(&source);
                    prop_assert_eq!(mapped.plain(), text.plain(&source).replace('\0', ""));
                    prop_assert_eq!(mapped.first_difference(source.as_bytes()), None);
                    // No run is longer than an entity, so nothing was given up.
                    for (at, c) in mapped.plain().char_indices() {
                        let range = mapped.span(at..at + c.len_utf8()).hull().unwrap();
                        prop_assert!(range.len() <= 15, "{source:?} {c:?} {range:?}");
                    }
                }
            }
        }
    }
}
