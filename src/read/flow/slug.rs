//! Anchors of headings, as GitHub makes them.

use std::collections::HashMap;
use unicode_normalization::char::is_combining_mark;

/// Makes anchors that are unique within a document.
#[derive(Default)]
pub struct Slugs {
    /// How often each anchor has been asked for.
    seen: HashMap<String, usize>,
}

impl Slugs {
    /// The anchor of a heading with this text: in lower case, without punctuation, hyphens for spaces.
    pub fn of_text(&mut self, heading: &str) -> String {
        let kept = |c: &char| c.is_alphanumeric() || is_combining_mark(*c) || matches!(c, '-' | '_' | ' ');
        let lower = heading.trim().to_lowercase();
        let slug: String = lower.chars().filter(kept).map(|c| if c == ' ' { '-' } else { c }).collect();
        let mut unique = slug.clone();
        while self.seen.contains_key(&unique) {
            let count = self.seen.entry(slug.clone()).or_default();
            *count += 1;
            unique = format!("{slug}-{count}");
        }
        self.seen.insert(unique.clone(), 0);
        unique
    }

    /// Keeps an anchor that the author chose from being made again.
    pub fn take(&mut self, anchor: &str) {
        self.seen.entry(anchor.to_owned()).or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_those_of_github() {
        let mut slugs = Slugs::default();
        for (heading, anchor) in [
            ("How do I pay?", "how-do-i-pay"),
            ("How do I pay", "how-do-i-pay-1"),
            ("how do i pay 1", "how-do-i-pay-1-1"),
            ("How, do I pay?!", "how-do-i-pay-2"),
            ("C++ & Rust", "c--rust"),
            ("Größe_2 – 中文", "größe_2--中文"),
            ("?", ""),
            ("!", "-1"),
        ] {
            assert_eq!(slugs.of_text(heading), anchor);
        }
        slugs.take("mine");
        assert_eq!(slugs.of_text("Mine"), "mine-1");
    }
}
