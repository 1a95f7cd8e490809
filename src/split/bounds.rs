//! Where sentences may end by the rules of Unicode, found near the marks that can end one.

use unicode_segmentation::UnicodeSegmentation;

/// The inner bounds of `split_sentence_bounds`, in order.
///
/// Between two letters of ASCII nothing ends, and what is on one side tells nothing about the other. So most of
/// a text in a Latin script need not be looked up character by character.
pub fn sentence_bounds(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut bounds = Vec::new();
    let mut done = 0;
    while let Some(mark) = bytes[done..].iter().position(|&byte| may_end(byte)).map(|at| done + at) {
        let start = (done + 1..mark).rev().find(|&at| is_within_word(bytes, at)).unwrap_or(done);
        let end = (mark + 2..bytes.len()).find(|&at| is_within_word(bytes, at)).unwrap_or(bytes.len());
        let pieces = text[start..end].split_sentence_bound_indices();
        bounds.extend(pieces.map(|(at, _)| start + at).filter(|&at| at > start));
        done = end;
    }
    bounds
}

/// Whether a byte may be one of the end of a sentence: what is not ASCII is not looked at closely.
fn may_end(byte: u8) -> bool {
    !byte.is_ascii() || matches!(byte, b'.' | b'?' | b'!' | b'\n' | b'\r')
}

fn is_within_word(bytes: &[u8], at: usize) -> bool {
    bytes[at - 1].is_ascii_alphabetic() && bytes[at].is_ascii_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn assert_same(text: &str) {
        let whole = text.split_sentence_bound_indices().map(|(at, _)| at).filter(|&at| at > 0);
        assert_eq!(sentence_bounds(text), whole.collect::<Vec<_>>(), "{text:?}");
    }

    #[test]
    fn bounds_are_those_of_unicode() {
        for text in [
            "",
            "one",
            "So it is. And so it goes.",
            "It costs 3.50 in the U.S.A. today (really?). Yes.",
            "He said: “Stop!” She did… and went. 然后。他走了。",
            "Wait... what?\r\nNo\nway.",
            "e.g. this,  i.e. that. (Or not.) 3. Third",
        ] {
            assert_same(text);
        }
    }

    proptest! {
        #[test]
        fn bounds_of_any_text_are_those_of_unicode(
            text in r#"([a-cA-C]{1,3}|[ .?!,;:()"'’é。1٠…»\n\r\u{301}\u{85}\u{200d}\u{5d0}ßǅ-]){0,40}"#,
            other in any::<String>()
        ) {
            assert_same(&text);
            assert_same(&other);
            assert_same(&[text, other].concat());
        }
    }
}
