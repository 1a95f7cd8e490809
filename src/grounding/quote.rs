//! Looks for a sentence in a text word for word, white space, quotes and emphasis aside.

use crate::{analyze::words::is_unspaced, split::ends_sentence};
use std::ops::Range;

/// A text without white space, quotes and emphasis, in lower case, with the way back.
pub struct Plain {
    text: String,
    /// For each character that is left: where it begins here, and where it stands in the original.
    places: Vec<(usize, Range<usize>)>,
}

impl Plain {
    /// Reads a text.
    #[must_use]
    pub fn of(original: &str) -> Self {
        let (mut text, mut places) = (String::with_capacity(original.len()), Vec::new());
        for (at, letter) in original.char_indices().filter(|&(_, letter)| !is_left_out(letter)) {
            places.push((text.len(), at..at + letter.len_utf8()));
            text.extend(letter.to_lowercase());
        }
        Self { text, places }
    }

    /// Where a sentence stands in the original, at the bounds of words.
    #[must_use]
    pub fn find(&self, original: &str, sentence: &str) -> Option<Range<usize>> {
        let mut wanted = Self::of(sentence).text;
        while ends_sentence(&wanted) && wanted.pop().is_some() {}
        if wanted.is_empty() {
            return None;
        }
        let found = self.text.match_indices(&wanted).filter_map(|(start, _)| {
            let first = self.places.binary_search_by_key(&start, |place| place.0).ok()?;
            let behind = self.places.partition_point(|place| place.0 < start + wanted.len());
            let last = self.places.get(behind.checked_sub(1)?)?;
            Some(self.places.get(first)?.1.start..last.1.end)
        });
        found.into_iter().find(|range| is_whole(original, range)).map(|range| with_end(original, range))
    }
}

fn is_left_out(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(letter, '"' | '\'' | '`' | '*' | '_' | '“'..='‟' | '‘'..='‛' | '«' | '»' | '‹' | '›' | '「' | '」' | '『' | '』')
}

/// Whether no word is cut.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let cut = |left: Option<char>, right: Option<char>| {
        let is_letter =
            |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() && !is_unspaced(letter));
        is_letter(left) && is_letter(right)
    };
    let (before, within, behind) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
    !cut(before.chars().next_back(), within.chars().next()) && !cut(within.chars().next_back(), behind.chars().next())
}

/// With the mark that ends the sentence.
fn with_end(text: &str, range: Range<usize>) -> Range<usize> {
    let mark = text[range.end..].chars().next().filter(|&mark| ends_sentence(mark.encode_utf8(&mut [0; 4])));
    range.start..range.end + mark.map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::Plain;

    fn find<'a>(text: &'a str, sentence: &str) -> Option<&'a str> {
        Plain::of(text).find(text, sentence).map(|range| &text[range])
    }

    #[test]
    fn white_space_quotes_and_case_are_no_matter() {
        let text = "Doors:\nThe “library” opens\n at 9. It’s free.";
        assert_eq!(find(text, "The library opens at 9."), Some("The “library” opens\n at 9."));
        assert_eq!(find(text, "it's free!"), Some("It’s free."));
        assert_eq!(find(text, "brary opens at 9"), None);
        assert_eq!(find(text, "The library opens at 90."), None);
        assert_eq!(find("图书馆每天早上九点开门。", "早上 九点开门"), Some("早上 九点开门").map(|_| "早上九点开门。"));
        assert_eq!(find(text, "…"), None);
    }
}
