//! Fields that several requests have: what the document says of them, and the same checked. Lengths are in code points, as
//! JSON Schema counts.

use crate::server::failure::Failure;
use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::Number;
use std::{fmt::Display, ops::RangeInclusive};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, Type},
};

/// The longest question that is taken.
pub const LONGEST_QUESTION: usize = 4096;

/// How many earlier turns are taken.
pub const MOST_TURNS: usize = 100;

/// The longest name of a language that is taken (RFC 5646, 4.4.1).
pub const LONGEST_LANGUAGE: usize = 35;

/// Up to here a double counts without gaps.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// The question in plain words.
pub struct QuestionText;

impl PartialSchema for QuestionText {
    fn schema() -> RefOr<Schema> {
        // Something in it is neither white space nor a control character.
        let text = ObjectBuilder::new().schema_type(Type::String).pattern(Some(r"[^\s\x00-\x1F\x7F-\x9F]"));
        text.min_length(Some(1)).max_length(Some(LONGEST_QUESTION)).examples(["Is RAID a backup?"]).into()
    }
}

impl ToSchema for QuestionText {}

/// A condition: `key=value`, `key!=value`, or of dates also `date>=2026-01`.
pub struct Condition;

impl PartialSchema for Condition {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[^=]+=")).examples(["kind=qa"]).into()
    }
}

impl ToSchema for Condition {}

/// Reads a number of things. JSON has no integers: `10.0` is one too.
///
/// # Errors
/// For what is no whole number from 0 on.
pub fn whole<'de, D: Deserializer<'de>>(reader: D) -> Result<Option<usize>, D::Error> {
    let Some(number) = Option::<Number>::deserialize(reader)? else { return Ok(None) };
    let float = number.as_f64().filter(|float| float.fract() == 0.0 && (0.0..=LARGEST_WHOLE).contains(float));
    let whole = number.as_u64().or(float.map(|float| float as u64)).and_then(|whole| usize::try_from(whole).ok());
    whole.map(Some).ok_or_else(|| D::Error::custom(format!("`{number}` is no whole number from 0 on")))
}

/// Reads a value of a query: `limit=` gives an empty one, which is no number.
///
/// # Errors
/// For what is no such value.
pub fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(reader: D) -> Result<Option<T>, D::Error> {
    T::deserialize(reader).map(Some)
}

/// Refuses what is not within its limits.
///
/// # Errors
/// 400 with the field.
pub fn within<T: PartialOrd + Display>(field: &str, value: Option<T>, range: RangeInclusive<T>) -> Result<(), Failure> {
    match value {
        Some(value) if !range.contains(&value) => {
            Err(Failure::field(field, format!("`{field}` is not between {} and {}", range.start(), range.end())))
        }
        _ => Ok(()),
    }
}

/// Refuses a text that is too long.
///
/// # Errors
/// 400 with the field.
pub fn at_most(field: &str, text: Option<&str>, most: usize) -> Result<(), Failure> {
    // A character has at most four bytes: most texts need no counting.
    match text {
        Some(text) if text.len() > most && text.chars().count() > most => {
            Err(Failure::field(field, format!("`{field}` has more than {most} characters: shorten it")))
        }
        _ => Ok(()),
    }
}

/// Refuses a question that is too long.
///
/// # Errors
/// 400 with the field, and the code of questions that cannot be asked.
pub fn question(field: &str, text: &str) -> Result<(), Failure> {
    at_most(field, Some(text), LONGEST_QUESTION).map_err(|failure| Failure { code: "question_invalid", ..failure })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_and_not_bytes() {
        assert!(at_most("q", Some("äöü"), 3).is_ok() && at_most("q", None, 3).is_ok());
        assert_eq!(at_most("q", Some("äöüß"), 3).unwrap_err().field.as_deref(), Some("q"));
        assert_eq!(question("q", &"ä".repeat(LONGEST_QUESTION + 1)).unwrap_err().code, "question_invalid");
    }

    #[test]
    fn a_whole_number_may_be_written_as_a_float() {
        let read = |text: &str| whole(&mut serde_json::Deserializer::from_str(text));
        assert_eq!([read("7").unwrap(), read("7.0").unwrap(), read("null").unwrap()], [Some(7), Some(7), None]);
        for wrong in ["7.5", "-1", "1e300", "\"7\"", "[7]"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn limits_are_named() {
        assert!(within("top", Some(50), 1..=50).is_ok());
        assert_eq!(within("top", Some(51), 1..=50).unwrap_err().detail, "`top` is not between 1 and 50");
        assert!(within("least", Some(f64::NAN), 0.0..=1.0).is_err());
    }
}
