//! HTML inside Markdown: tags apart from text, each with its place.

use pulldown_cmark::{Event, Parser};
use std::ops::Range;

/// Elements whose content is no text.
const RAW: [&str; 3] = ["script", "style", "svg"];

/// A piece of HTML. Comments, declarations and the content of scripts are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// Text, entities as they are written.
    Text(Range<usize>),
    /// An opening or closing tag.
    Tag(Tag),
}

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The name of the element in lower case.
    pub name: String,
    /// Whether it closes the element.
    pub closing: bool,
    /// Where it stands.
    pub range: Range<usize>,
    /// Where its attributes stand.
    attributes: Range<usize>,
}

/// Whether the content of an element is no text.
pub fn is_raw(name: &str) -> bool {
    RAW.contains(&name)
}

/// Takes HTML apart.
pub fn tokens(html: &str) -> Vec<Token> {
    let (mut tokens, mut at, mut text) = (Vec::new(), 0, 0);
    let last_close = html.rfind('>').unwrap_or(0);
    while let Some(open) = html[at..].find('<').map(|offset| at + offset) {
        let Some((tag, end)) = markup(html, open, last_close) else {
            at = open + 1;
            continue;
        };
        if text < open {
            tokens.push(Token::Text(text..open));
        }
        at = end;
        if let Some(tag) = tag {
            if is_raw(&tag.name) && !tag.closing {
                at = raw_end(html, end, &tag.name);
            }
            tokens.push(Token::Tag(tag));
        }
        text = at;
    }
    if text < html.len() {
        tokens.push(Token::Text(text..html.len()));
    }
    tokens
}

/// What `<` at `open` begins, and where that ends; `None` if it is text.
fn markup(html: &str, open: usize, last_close: usize) -> Option<(Option<Tag>, usize)> {
    let rest = &html[open..];
    let behind = |mark: &str| rest.find(mark).map_or(html.len(), |at| open + at + mark.len());
    if rest.starts_with("<!--") {
        let end = rest[2..].find("-->").map_or(html.len(), |at| open + 2 + at + 3);
        return Some((None, end));
    }
    if rest.starts_with("<![CDATA[") {
        return Some((None, behind("]]>")));
    }
    if rest.starts_with("<!") || rest.starts_with("<?") {
        return Some((None, behind(">")));
    }
    let closing = rest.starts_with("</");
    let name_at = open + 1 + usize::from(closing);
    let name = &html[name_at..];
    // Without the second, a text full of `<a` would be read to its end for each of them.
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || last_close < open {
        return None;
    }
    let name_end = name_at + name.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(name.len());
    let close = name_end + tag_end(&html[name_end..])?;
    let name = html[name_at..name_end].to_ascii_lowercase();
    let tag = Tag { name, closing, range: open..close + 1, attributes: name_end..close };
    Some((Some(tag), close + 1))
}

/// Where the `>` of a tag is, past those in quotes unless a quote never ends.
fn tag_end(attributes: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in attributes.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    attributes.find('>')
}

/// Where the closing tag of a raw element begins.
fn raw_end(html: &str, from: usize, name: &str) -> usize {
    let mut closings = html[from..].match_indices("</").map(|(at, _)| from + at);
    let closes =
        |at: &usize| html.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
    closings.find(closes).unwrap_or(html.len())
}

impl Tag {
    /// Where the value of an attribute stands in the HTML that the tag was read from.
    pub fn attribute(&self, html: &str, wanted: &str) -> Option<Range<usize>> {
        let mut at = self.attributes.start;
        loop {
            let is_name = |c: char| !(c.is_whitespace() || matches!(c, '/' | '='));
            at += html[at..self.attributes.end].find(is_name)?;
            let rest = &html[at..self.attributes.end];
            let name = &rest[..rest.find(|c: char| !is_name(c)).unwrap_or(rest.len())];
            at += name.len();
            let Some(value) = html[at..self.attributes.end].trim_start().strip_prefix('=') else { continue };
            let value = value.trim_start();
            let start = self.attributes.end - value.len();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let value = if let Some(quote) = quote {
                start + 1..start + value[1..].find(quote).map_or(value.len(), |end| end + 1)
            } else {
                start..start + value.find(char::is_whitespace).unwrap_or(value.len())
            };
            if name.eq_ignore_ascii_case(wanted) {
                return Some(value);
            }
            at = (value.end + quote.map_or(0, char::len_utf8)).min(self.attributes.end);
        }
    }
}

/// What the entity at the beginning of `text` stands for, and its length.
pub fn entity(text: &str) -> Option<(String, usize)> {
    let end = text.bytes().take(40).position(|byte| byte == b';')?;
    let raw = &text[..=end];
    if !raw[1..end].bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#') {
        return None;
    }
    let mut decoded = String::new();
    for event in Parser::new(raw) {
        if let Event::Text(text) = event {
            decoded.push_str(&text);
        }
    }
    (decoded != raw && !decoded.is_empty()).then_some((decoded, raw.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain(html: &str) -> String {
        let texts = tokens(html).into_iter().filter_map(|token| match token {
            Token::Text(range) => Some(&html[range]),
            Token::Tag(_) => None,
        });
        texts.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn tags_comments_and_scripts_are_no_text() {
        assert_eq!(plain("a<b class='>'>c</b><!-- <i> -->d"), "a|c|d");
        assert_eq!(plain("<script>if (a < b) { '<p>' }</SCRIPT>x<style>y"), "x");
        assert_eq!(plain("1 < 2 and <3 <p"), "1 < 2 and <3 <p");
        assert_eq!(plain("<p title=\"x>y</p>z"), "y|z");
        assert_eq!(plain("<!-->x--><!doctype html>y<?php z ?>"), "x-->|y");
    }

    #[test]
    fn attributes_are_found_by_name() {
        let html = "<img hidden src=a/b.png ALT = \"An image\" id='x' title=>";
        let Token::Tag(tag) = &tokens(html)[0] else { panic!("no tag") };
        let value = |name| tag.attribute(html, name).map(|range| &html[range]);
        assert_eq!(value("alt"), Some("An image"));
        assert_eq!(value("src"), Some("a/b.png"));
        assert_eq!(value("id"), Some("x"));
        assert_eq!(value("title"), Some(""));
        assert_eq!(value("hidden"), None);
    }

    #[test]
    fn entities_are_decoded() {
        let cases = [
            ("&amp;x", Some(("&", 5))),
            ("&#233;", Some(("é", 6))),
            ("&auml;", Some(("ä", 6))),
            ("&x y;", None),
            ("&nope;", None),
        ];
        for (text, expected) in cases {
            assert_eq!(entity(text), expected.map(|(decoded, length)| (decoded.to_owned(), length)), "{text}");
        }
    }

    proptest! {
        #[test]
        fn tokens_are_in_order_and_on_characters(html in "([<>!/a-c\"'= é-]|<!--|-->|</script>|<script>|<p id=){0,30}") {
            let mut at = 0;
            for token in tokens(&html) {
                let range = match token {
                    Token::Text(range) => range,
                    Token::Tag(tag) => {
                        if let Some(value) = tag.attribute(&html, "id") {
                            prop_assert!(html.get(value).is_some());
                        }
                        tag.range
                    }
                };
                prop_assert!(range.start >= at && html.get(range.clone()).is_some());
                at = range.end;
            }
        }
    }
}
