//! The text of an answer as paragraphs and lists, with a part of it marked; `web/text.js` does the same.

use maud::{Markup, html};
use std::ops::Range;

/// A paragraph, or a list with its items; each part is a range of bytes of the text.
#[derive(Debug, PartialEq)]
struct Block {
    /// How the items of a list are marked; `None` for a paragraph.
    list: Option<Marker>,
    parts: Vec<Range<usize>>,
}

impl Block {
    fn new(list: Option<Marker>, part: Range<usize>) -> Self {
        Self { list, parts: vec![part] }
    }
}

/// What stands before an item.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Marker {
    Bullet,
    Number(u16),
}

impl Marker {
    fn is_like(self, other: Self) -> bool {
        matches!(self, Self::Bullet) == matches!(other, Self::Bullet)
    }
}

/// Text without characters that cannot be seen but change what can.
pub fn shown(text: &str) -> String {
    let unseen = |letter: char| {
        matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || (letter.is_control() && !matches!(letter, '\n' | '\t'))
    };
    text.chars().filter(|letter| !unseen(*letter)).collect()
}

/// Elements for a text, with its best part marked if there is one.
pub fn prose(text: &str, best: Option<&str>) -> Markup {
    let best = best.filter(|best| *best != text);
    let mark = best.and_then(|best| text.find(best).map(|at| at..at + best.len())).unwrap_or_default();
    let items = |parts: &[Range<usize>]| html! { @for part in parts { li dir="auto" { (marked(text, part, &mark)) } } };
    html! {
        @for Block { list, parts } in &blocks(text) {
            @match list {
                None => @for part in parts { p dir="auto" { (marked(text, part, &mark)) } },
                Some(Marker::Bullet) => ul dir="auto" { (items(parts)) },
                Some(Marker::Number(first)) => ol dir="auto" start=[Some(first).filter(|first| **first != 1)] { (items(parts)) },
            }
        }
    }
}

/// A part of a text, with what of the mark is in it.
fn marked(text: &str, part: &Range<usize>, mark: &Range<usize>) -> Markup {
    let cut = |from: usize, to: usize| shown(text.get(from..to).unwrap_or_default());
    let (from, to) = (mark.start.max(part.start), mark.end.min(part.end));
    html! {
        @if from < to {
            (cut(part.start, from)) mark { (cut(from, to)) } (cut(to, part.end))
        } @else {
            (cut(part.start, part.end))
        }
    }
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    // Whether the last block may go on.
    let mut is_open = false;
    let mut at = 0;
    for line in text.split('\n') {
        let (start, end) = (at, at + line.len());
        at = end + 1;
        if line.trim().is_empty() {
            is_open = false;
            continue;
        }
        let last = blocks.last_mut().filter(|_| is_open);
        is_open = true;
        match (item(line), last) {
            (Some((marker, skipped)), Some(Block { list: Some(list), parts })) if list.is_like(marker) => {
                parts.push(start + skipped..end);
            }
            (Some((marker, skipped)), _) => {
                blocks.push(Block::new(Some(marker), start + skipped..end));
            }
            // A paragraph goes on in the next line, and an item where that is indented.
            (None, Some(Block { list, parts })) if list.is_none() || line.starts_with(char::is_whitespace) => {
                if let Some(part) = parts.last_mut() {
                    part.end = end;
                }
            }
            (None, _) => blocks.push(Block::new(None, start..end)),
        }
    }
    blocks
}

/// What marks a line as an item, and how many bytes stand before its words.
fn item(line: &str) -> Option<(Marker, usize)> {
    let trimmed = line.trim_start();
    let (marker, rest) = if let Some(rest) = trimmed.strip_prefix(['-', '*', '•', '–']) {
        (Marker::Bullet, rest)
    } else {
        let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = trimmed.split_at_checked(digits).filter(|_| (1..=3).contains(&digits))?;
        (Marker::Number(number.parse().ok()?), rest.strip_prefix(['.', ')'])?)
    };
    let words = rest.trim_start();
    (words.len() < rest.len()).then_some((marker, line.len() - words.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_left_out() {
        assert_eq!(shown("a\u{1b}[31m\u{202e}b\n\tc\u{200f}"), "a[31mb\n\tc\u{200f}");
    }

    #[test]
    fn lists_are_lists_and_the_rest_is_paragraphs() {
        let html = prose("One\ntwo:\n- <a>\n  on\n- b\n\n3. c\n4) d\nend\n-no item 1999. x", None).into_string();
        let expected = "<p dir=\"auto\">One\ntwo:</p><ul dir=\"auto\"><li dir=\"auto\">&lt;a&gt;\n  on</li>\
             <li dir=\"auto\">b</li></ul><ol dir=\"auto\" start=\"3\"><li dir=\"auto\">c</li><li dir=\"auto\">d</li></ol>\
             <p dir=\"auto\">end\n-no item 1999. x</p>";
        assert_eq!(html, expected);
        assert_eq!(prose("", None).into_string(), "");
        assert_eq!(blocks("1999. A year."), [Block::new(None, 0..13)]);
    }

    #[test]
    fn a_mark_may_go_on_in_the_next_block() {
        let html = prose("Say é now.\n- on\n- off", Some("now.\n- on")).into_string();
        assert!(html.contains("Say é <mark>now.</mark></p>"), "{html}");
        assert!(html.contains("<mark>on</mark></li>") && html.contains(">off</li>"), "{html}");
        assert!(!prose("All", Some("All")).into_string().contains("mark"));
        assert!(!prose("All", Some("none")).into_string().contains("mark"));
    }
}
