//! JSON with places: objects whose values know their offset, and strings mapped byte for byte.

use crate::model::SourceText;
use serde::{
    Deserialize, Deserializer,
    de::{Error as _, MapAccess, Visitor},
};
use serde_json::{Value, value::RawValue};
use std::{borrow::Cow, collections::HashSet, fmt};

/// From this many members on, an object's keys are hashed.
const MANY: usize = 16;

/// An object's members in their order, values as they stand in the input. A key that comes twice is an error.
#[derive(Debug)]
pub struct RawObject<'a>(pub Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for RawObject<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = RawObject<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members: Vec<(Cow<'de, str>, &'de RawValue)> = Vec::new();
                let mut seen: HashSet<Cow<'de, str>> = HashSet::new();
                while let Some(Key(key)) = map.next_key()? {
                    // A few keys are compared one by one; many would take quadratic time.
                    let twice = match members.len() {
                        0..MANY => members.iter().any(|(known, _)| *known == key),
                        MANY => {
                            seen.extend(members.iter().map(|(known, _)| known.clone()));
                            !seen.insert(key.clone())
                        }
                        _ => !seen.insert(key.clone()),
                    };
                    if twice {
                        return Err(A::Error::custom(format!("the key `{key}` comes twice")));
                    }
                    members.push((key, map.next_value()?));
                }
                Ok(RawObject(members))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

/// A key, borrowed where it has no escapes.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

/// Offset of `value` in `input`, out of which it was parsed.
#[must_use]
pub fn offset_in(input: &str, value: &RawValue) -> usize {
    (value.get().as_ptr() as usize).saturating_sub(input.as_ptr() as usize)
}

/// The text of a JSON string literal that begins at offset `at` in its source.
///
/// # Errors
/// The reason, where the literal is no string or has a lone surrogate.
pub fn string_text(literal: &str, at: usize) -> Result<SourceText, String> {
    let inner = literal.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).ok_or("is not a string")?;
    let mut text = SourceText::default();
    let mut rest = inner;
    let mut place = at + 1;
    while let Some(escape) = rest.find('\\') {
        text.push_verbatim(&rest[..escape], place);
        let (decoded, length) = unescape(&rest[escape..])?;
        text.push_replaced(decoded.encode_utf8(&mut [0; 4]), place + escape..place + escape + length);
        rest = &rest[escape + length..];
        place += escape + length;
    }
    text.push_verbatim(rest, place);
    Ok(text)
}

/// The character of the escape that `text` begins with, and the length of the escape in bytes.
fn unescape(text: &str) -> Result<(char, usize), String> {
    let simple = match text.as_bytes().get(1) {
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'u') => return unescape_unit(text),
        Some(&byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
        Some(_) => return Err("has an unknown escape".to_owned()),
        None => return Err("ends within an escape".to_owned()),
    };
    Ok((simple, 2))
}

fn unescape_unit(text: &str) -> Result<(char, usize), String> {
    let unit = |at: usize| text.get(at..at + 4).and_then(|digits| u16::from_str_radix(digits, 16).ok());
    let high = unit(2).ok_or("has a broken \\u escape")?;
    if let Some(single) = char::from_u32(u32::from(high)) {
        return Ok((single, 6));
    }
    let low = if text.get(6..8) == Some("\\u") { unit(8) } else { None };
    let pair = low.and_then(|low| char::decode_utf16([high, low]).next()?.ok());
    pair.map(|pair| (pair, 12)).ok_or_else(|| format!("has a lone surrogate \\u{high:04x}"))
}

/// The strings of a metadata value: of a list each, of a number or truth value its name.
#[must_use]
pub fn value_strings(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::String(text) => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(value_strings).collect(),
        other => vec![other.to_string()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_string_decodes_as_serde_does_and_maps_back(text in any::<String>(), before in 0usize..9) {
            for literal in [serde_json::to_string(&text).unwrap(), escape_all(&text)] {
                let mapped = string_text(&literal, before).unwrap();
                prop_assert_eq!(mapped.plain(), &text);
                let source = [" ".repeat(before), literal].concat();
                prop_assert_eq!(mapped.first_difference(source.as_bytes()), None);
            }
        }

        #[test]
        fn arbitrary_literals_never_panic(literal in any::<String>()) {
            let _ = string_text(&literal, 0);
            let _ = string_text(&format!("\"\\{literal}\""), 0);
        }
    }

    fn escape_all(text: &str) -> String {
        let units = text.encode_utf16().map(|unit| format!("\\u{unit:04X}"));
        format!("\"{}\"", units.collect::<String>())
    }

    #[test]
    fn a_lone_surrogate_and_a_double_key_are_errors() {
        assert!(string_text("\"\\®\"", 0).unwrap_err().contains("unknown escape"));
        assert!(string_text("\"\\ud800x\"", 0).unwrap_err().contains("lone surrogate"));
        let twice = serde_json::from_str::<RawObject<'_>>(r#"{"a": 1, "a": 2}"#);
        assert!(twice.unwrap_err().to_string().contains("`a` comes twice"));
    }

    #[test]
    fn nested_values_know_their_offset() {
        let input = r#"{"a": {"deep": "x"}, "é": ["y"]}"#;
        let object: RawObject<'_> = serde_json::from_str(input).unwrap();
        let (_, list) = &object.0[1];
        assert_eq!(&input[offset_in(input, list)..], r#"["y"]}"#);
    }
}
