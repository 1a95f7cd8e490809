//! Anchors of headings, as the programs make them by which a markup is usually shown.

use std::collections::HashMap;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The program whose anchors are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// GitHub's Markdown: lower case, hyphens for spaces; `-1` behind the second.
    GitHub,
    /// docutils and Sphinx: ASCII letters and digits, hyphens for the rest; the second has a number by chance.
    Docutils,
    /// Asciidoctor: underscores, one in front; `_2` behind the second.
    Asciidoctor,
    /// Perl's `Pod::Simple`: hyphens for what is no letter, digit or usual mark; `1` behind the second.
    Pod,
    /// None but those that the author chose.
    Chosen,
}

/// Makes anchors that are unique within a document.
pub struct Slugs {
    style: Style,
    /// How often each anchor has been asked for.
    seen: HashMap<String, usize>,
}

impl Slugs {
    /// Makes anchors as `style` says.
    pub fn new(style: Style) -> Self {
        Self { style, seen: HashMap::new() }
    }

    /// The anchor of a heading with this text, if it has one.
    pub fn of_text(&mut self, heading: &str) -> Option<String> {
        let slug = match self.style {
            Style::GitHub => github(heading),
            Style::Docutils => docutils(heading),
            Style::Asciidoctor => asciidoctor(heading),
            Style::Pod => pod(heading),
            Style::Chosen => String::new(),
        };
        let (separator, first) = match self.style {
            Style::GitHub => ("-", 1),
            Style::Asciidoctor => ("_", 2),
            Style::Pod if !slug.is_empty() => ("", 1),
            Style::Docutils if !slug.is_empty() => {
                let is_new = self.seen.insert(slug.clone(), 0).is_none();
                return is_new.then_some(slug);
            }
            _ => return None,
        };
        Some(self.unique(&slug, separator, first)).filter(|slug| !slug.is_empty())
    }

    fn unique(&mut self, slug: &str, separator: &str, first: usize) -> String {
        let mut unique = slug.to_owned();
        while self.seen.contains_key(&unique) {
            let count = self.seen.entry(slug.to_owned()).or_default();
            unique = format!("{slug}{separator}{}", *count + first);
            *count += 1;
        }
        self.seen.insert(unique.clone(), 0);
        unique
    }

    /// Keeps an anchor that the author chose from being made again.
    pub fn take(&mut self, anchor: &str) {
        self.seen.entry(anchor.to_owned()).or_default();
    }
}

/// In lower case, without punctuation, hyphens for spaces.
fn github(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || is_combining_mark(*c) || matches!(c, '-' | '_' | ' ');
    let lower = heading.trim().to_lowercase();
    lower.chars().filter(kept).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// The id that docutils makes of a name: of a heading's text, or of a label.
pub fn docutils(name: &str) -> String {
    let lower = name.to_lowercase();
    let letters = lower.chars().flat_map(|c| {
        let ascii = match c {
            'ß' => "sz",
            'æ' => "ae",
            'œ' => "oe",
            'ø' => "o",
            'ł' => "l",
            'đ' => "d",
            'ı' => "i",
            _ => "",
        };
        ascii.chars().chain(ascii.is_empty().then_some(c))
    });
    let ascii: String = letters.nfkd().filter(char::is_ascii).collect();
    let slug = squeezed(&ascii, |c| c.is_ascii_alphanumeric(), '-');
    slug.trim_start_matches(|c: char| c == '-' || c.is_ascii_digit()).trim_end_matches('-').to_owned()
}

fn asciidoctor(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || is_combining_mark(*c) || matches!(c, '_' | '-' | '.' | ' ');
    let lower: String = heading.trim().to_lowercase().chars().filter(kept).collect();
    let slug = squeezed(&lower, |c| !matches!(c, ' ' | '-' | '.' | '_'), '_');
    format!("_{}", slug.trim_matches('_'))
}

fn pod(heading: &str) -> String {
    let text = heading.trim().trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    let slug = squeezed(text, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'), '-');
    slug.trim_end_matches(['-', ':', '.']).to_owned()
}

/// Every run of other characters than those `kept` as one `mark`.
fn squeezed(text: &str, kept: impl Fn(char) -> bool, mark: char) -> String {
    let mut slug = String::with_capacity(text.len());
    let mut marked = false;
    for c in text.chars() {
        if kept(c) {
            slug.push(c);
        } else if !marked {
            slug.push(mark);
        }
        marked = !kept(c);
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_anchors(style: Style, expected: &[(&str, &str)]) {
        let mut slugs = Slugs::new(style);
        for (heading, anchor) in expected {
            assert_eq!(slugs.of_text(heading).unwrap_or_default(), *anchor, "{heading}");
        }
    }

    #[test]
    fn anchors_are_those_of_github() {
        let expected = [
            ("How do I pay?", "how-do-i-pay"),
            ("How do I pay", "how-do-i-pay-1"),
            ("how do i pay 1", "how-do-i-pay-1-1"),
            ("How, do I pay?!", "how-do-i-pay-2"),
            ("C++ & Rust", "c--rust"),
            ("Größe_2 – 中文", "größe_2--中文"),
            ("?", ""),
            ("!", "-1"),
        ];
        assert_anchors(Style::GitHub, &expected);
        let mut slugs = Slugs::new(Style::GitHub);
        slugs.take("mine");
        assert_eq!(slugs.of_text("Mine").as_deref(), Some("mine-1"));
    }

    #[test]
    fn anchors_are_those_of_docutils() {
        assert_anchors(Style::Docutils, &[("How do I pay?", "how-do-i-pay"), ("How do I pay", ""), ("中文", "")]);
        assert_eq!(docutils("2. Größe_1"), "grosze-1");
    }

    #[test]
    fn anchors_are_those_of_asciidoctor_and_pod() {
        let expected =
            [("How do I pay?", "_how_do_i_pay"), ("How do I pay", "_how_do_i_pay_2"), ("C++ 1.5-x", "_c_1_5_x")];
        assert_anchors(Style::Asciidoctor, &expected);
        let expected =
            [("Why doesn't & work?", "Why-doesn-t-work"), ("Why doesn't & work", "Why-doesn-t-work1"), ("1: $x", "x")];
        assert_anchors(Style::Pod, &expected);
        assert_anchors(Style::Chosen, &[("How?", "")]);
    }
}
