//! How places in a text are counted.

use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation as _;

/// What is counted; named as in the convention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum StringIndexType {
    /// Characters as people see them.
    #[serde(rename = "TextElements_v8", alias = "TextElement_V8")]
    TextElements,
    /// As Python counts.
    UnicodeCodePoint,
    /// As JavaScript, Java and .NET count.
    Utf16CodeUnit,
}

impl StringIndexType {
    /// The length of a text.
    pub fn length(self, text: &str) -> usize {
        match self {
            Self::TextElements => text.graphemes(true).count(),
            Self::UnicodeCodePoint => text.chars().count(),
            Self::Utf16CodeUnit => text.encode_utf16().count(),
        }
    }

    /// The place at a byte of a text.
    pub fn place(self, text: &str, byte: usize) -> usize {
        self.length(text.get(..byte).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::StringIndexType::{TextElements, UnicodeCodePoint, Utf16CodeUnit};

    #[test]
    fn a_family_is_one_element_several_code_points_and_more_units() {
        let text = "👨‍👩‍👧 é";
        assert_eq!([TextElements, UnicodeCodePoint, Utf16CodeUnit].map(|kind| kind.length(text)), [3, 7, 10]);
        assert_eq!(UnicodeCodePoint.place("äb", 2), 1);
        assert_eq!(UnicodeCodePoint.place("äb", 1), 0);
    }
}
