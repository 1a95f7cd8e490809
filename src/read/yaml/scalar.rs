//! The text of a scalar, mapped to how it is written: plain, quoted, folded or literal.

use crate::model::SourceText;
use saphyr_parser::ScalarStyle;

/// `value` as the text that is written as `raw` at `start`.
///
/// The two are held side by side, from the first word on. Where they do not fit, the text is mapped as a whole to all of `raw`.
pub fn mapped(value: &str, style: ScalarStyle, raw: &str, start: usize) -> SourceText {
    let raw = raw.trim_end();
    let from = |skip: usize| aligned(value, style, raw, start, skip);
    // The parser gives a block from its first word on, or from its tag on.
    let found = match style {
        ScalarStyle::Plain => from(0),
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => from(1),
        ScalarStyle::Literal | ScalarStyle::Folded => from(0).or_else(|| from(raw.find('\n')? + 1)),
    };
    found.unwrap_or_else(|| {
        let mut whole = SourceText::default();
        whole.push_replaced(value, start..start + raw.len());
        whole
    })
}

fn aligned(value: &str, style: ScalarStyle, raw: &str, start: usize, skip: usize) -> Option<SourceText> {
    let mut sides = Sides { value, raw, start, done: 0, at: skip, text: SourceText::default() };
    while sides.done < value.len() {
        match style {
            ScalarStyle::Literal | ScalarStyle::Folded => sides.block()?,
            _ => sides.flow(style)?,
        }
    }
    Some(sides.text)
}

/// A value and how it is written, side by side.
struct Sides<'a> {
    value: &'a str,
    raw: &'a str,
    start: usize,
    /// How much of the value has been found.
    done: usize,
    /// Where in `raw` the rest begins.
    at: usize,
    text: SourceText,
}

impl Sides<'_> {
    /// Takes the next part of a block: the rest of a line, or the white space behind it.
    fn block(&mut self) -> Option<()> {
        let (value, raw) = (&self.value[self.done..], self.raw.get(self.at..)?);
        let blank = |text: &str| text.len() - text.trim_start_matches([' ', '\n', '\t']).len();
        let (white, written) = (blank(value), blank(raw));
        if white == value.len() {
            // What ends the block is cut from `raw`.
            let end = self.start + self.at..self.start + self.at;
            self.text.push_replaced(value, end);
        } else if value[..white] == raw[..written] {
            self.text.push_verbatim(&raw[..written], self.start + self.at);
        } else {
            let source = self.start + self.at..self.start + self.at + written;
            self.text.push_replaced(&value[..white], source);
        }
        self.done += white;
        self.at += written;
        let (value, raw) = (&self.value[self.done..], &self.raw[self.at..]);
        let line = value.find([' ', '\n', '\t']).unwrap_or(value.len());
        if !raw.starts_with(&value[..line]) {
            return None;
        }
        self.same(line);
        Some(())
    }

    /// Takes what is the same on both sides.
    fn same(&mut self, length: usize) {
        self.text.push_verbatim(&self.value[self.done..self.done + length], self.start + self.at);
        self.done += length;
        self.at += length;
    }

    /// Takes `length` of the value for `written` of how it is written.
    fn other(&mut self, length: usize, written: usize) {
        let source = self.start + self.at..self.start + self.at + written;
        self.text.push_replaced(&self.value[self.done..self.done + length], source);
        self.done += length;
        self.at += written;
    }

    /// Takes the next part of a plain or quoted text.
    fn flow(&mut self, style: ScalarStyle) -> Option<()> {
        let (value, raw) = (&self.value[self.done..], self.raw.get(self.at..)?);
        let first = value.chars().next()?;
        let blank = raw.len() - raw.trim_start_matches([' ', '\t', '\n']).len();
        let breaks = raw[..blank].matches('\n').count();
        if breaks > 0 {
            let folded = if breaks == 1 { " ".to_owned() } else { "\n".repeat(breaks - 1) };
            let length = if value.starts_with(&folded) { folded.len() } else { return None };
            self.other(length, blank);
        } else if style == ScalarStyle::DoubleQuoted && raw.starts_with('\\') {
            self.escape(raw, first)?;
        } else if style == ScalarStyle::SingleQuoted && raw.starts_with("''") && first == '\'' {
            self.other(1, 2);
        } else {
            let special = |c: char| matches!(c, ' ' | '\t' | '\n' | '\'' | '\\');
            let length = value.find(special).unwrap_or(value.len());
            let length = if length == 0 { first.len_utf8() } else { length };
            let same = value.bytes().zip(raw.bytes()).take(length).take_while(|(a, b)| a == b).count();
            let same = (0..=same).rev().find(|&length| value.is_char_boundary(length)).filter(|&same| same > 0)?;
            self.same(same);
        }
        Some(())
    }

    fn escape(&mut self, raw: &str, decoded: char) -> Option<()> {
        let letter = raw[1..].chars().next()?;
        if letter == '\n' {
            // The line goes on in the next one, without a space.
            let behind = &raw[2..];
            self.at += 2 + (behind.len() - behind.trim_start_matches([' ', '\t']).len());
            return Some(());
        }
        let digits = match letter {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let written = 1 + letter.len_utf8() + digits;
        if !raw.is_char_boundary(written) {
            return None;
        }
        self.other(decoded.len_utf8(), written);
        Some(())
    }
}
