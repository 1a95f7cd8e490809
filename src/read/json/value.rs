//! A JSON value that knows where it stands.

use super::super::json_text::{RawObject, offset_in, string_text, value_strings};
use crate::model::SourceText;
use serde_json::value::RawValue;
use std::{borrow::Cow, ops::Range};

/// A value within a JSON text.
#[derive(Clone, Copy)]
pub struct Value<'a> {
    input: &'a str,
    raw: &'a RawValue,
    /// Where the input begins in the text that spans point to.
    base: usize,
}

/// The members of an object in their order.
pub struct Object<'a>(pub Vec<(Cow<'a, str>, Value<'a>)>);

impl<'a> Value<'a> {
    /// A value parsed out of `input`, which begins at `base`.
    #[must_use]
    pub fn new(input: &'a str, raw: &'a RawValue, base: usize) -> Self {
        Self { input, raw, base }
    }

    /// Where it stands.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        let start = self.base + offset_in(self.input, self.raw);
        start..start + self.raw.get().len()
    }

    /// How it is written.
    #[must_use]
    pub fn written(&self) -> &'a str {
        self.raw.get()
    }

    /// Whether it is an object.
    #[must_use]
    pub fn is_object(&self) -> bool {
        self.written().starts_with('{')
    }

    /// Whether it is a list.
    #[must_use]
    pub fn is_list(&self) -> bool {
        self.written().starts_with('[')
    }

    /// Whether it is a string.
    #[must_use]
    pub fn is_string(&self) -> bool {
        self.written().starts_with('"')
    }

    /// Whether it is a number or a truth value.
    #[must_use]
    pub fn is_scalar(&self) -> bool {
        !self.is_object() && !self.is_list() && !self.is_null()
    }

    /// Whether there is nothing.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.written() == "null"
    }

    /// Its members.
    ///
    /// # Errors
    /// The reason, where it is no object or a key comes twice.
    pub fn object(&self) -> Result<Object<'a>, String> {
        let object: RawObject<'a> = serde_json::from_str(self.written()).map_err(|error| reason(&error))?;
        let value = |raw| Value { input: self.input, raw, base: self.base };
        Ok(Object(object.0.into_iter().map(|(key, raw)| (key, value(raw))).collect()))
    }

    /// Its items; none if it is no list.
    #[must_use]
    pub fn items(&self) -> Vec<Self> {
        let raw: Vec<&'a RawValue> = serde_json::from_str(self.written()).unwrap_or_default();
        raw.into_iter().map(|raw| Value { input: self.input, raw, base: self.base }).collect()
    }

    /// Its items, or itself if it is no list.
    #[must_use]
    pub fn items_or_self(&self) -> Vec<Self> {
        if self.is_list() { self.items() } else { vec![*self] }
    }

    /// The text of a string; `None` if there is only white space in it, or nothing.
    ///
    /// # Errors
    /// The reason, where it is no string or has a lone surrogate.
    pub fn text(&self) -> Result<Option<SourceText>, String> {
        if self.is_null() {
            return Ok(None);
        }
        let text = string_text(self.written(), self.range().start)?;
        Ok((!text.plain().trim().is_empty()).then_some(text))
    }

    /// A string, number or truth value, or the first of a list of them.
    ///
    /// # Errors
    /// The reason, where it cannot be read.
    pub fn scalar(&self) -> Result<Option<String>, String> {
        Ok(self.scalars()?.into_iter().find(|text| !text.trim().is_empty()))
    }

    /// The strings, numbers and truth values of a list, or its own.
    ///
    /// # Errors
    /// The reason, where they cannot be read.
    pub fn scalars(&self) -> Result<Vec<String>, String> {
        let value =
            serde_json::from_str(self.written()).map_err(|error| format!("cannot be read: {}", reason(&error)))?;
        Ok(value_strings(&value))
    }
}

impl<'a> Object<'a> {
    /// The first member with one of these names, in whatever case.
    #[must_use]
    pub fn get(&self, names: &[&str]) -> Option<Value<'a>> {
        let find = |name: &&str| self.0.iter().find(|(key, value)| key.eq_ignore_ascii_case(name) && !value.is_null());
        names.iter().find_map(find).map(|(_, value)| *value)
    }

    /// The object that is the first member with one of these names.
    #[must_use]
    pub fn object(&self, names: &[&str]) -> Option<Self> {
        self.get(names)?.object().ok()
    }

    /// The list that is a member with this name.
    #[must_use]
    pub fn items(&self, name: &str) -> Vec<Value<'a>> {
        self.get(&[name]).map(|list| list.items()).unwrap_or_default()
    }

    /// The text of a member with this name.
    #[must_use]
    pub fn text(&self, names: &[&str]) -> Option<SourceText> {
        self.get(names)?.text().ok().flatten()
    }
}

/// The message of `serde_json` without its line, which counts from the value and not from the file.
fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    match error.column() {
        column if error.line() == 1 && column > 0 => format!("{message} at column {column}"),
        _ => message.to_owned(),
    }
}
