//! Plain text with the map back to the bytes of the file that it was read from.

use super::span::Span;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A text as a person reads it, and for each part of it where in the source it stands.
///
/// The text is made of runs, one behind the other. A *verbatim* run is byte for byte what the source
/// has at its range; a *replaced* run stands for a source range that says the same in other bytes
/// (an entity, an escape, folded white space, a character of another encoding) and is never split.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceText {
    plain: String,
    runs: Vec<Run>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Run {
    /// Where the run begins in the plain text; it ends where the next begins.
    start: usize,
    source: Range<usize>,
    verbatim: bool,
}

impl SourceText {
    /// A text that stands byte for byte in its source, from offset `at` on.
    #[must_use]
    pub fn verbatim(text: impl Into<String>, at: usize) -> Self {
        let plain = text.into();
        let runs = match plain.len() {
            0 => Vec::new(),
            len => vec![Run { start: 0, source: at..at + len, verbatim: true }],
        };
        Self { plain, runs }
    }

    /// The text as a person reads it.
    #[must_use]
    pub fn plain(&self) -> &str {
        &self.plain
    }

    /// Length of the plain text in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.plain.len()
    }

    /// Whether the plain text is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.plain.is_empty()
    }

    /// Appends what stands byte for byte in the source at offset `at`.
    pub fn push_verbatim(&mut self, text: &str, at: usize) {
        if text.is_empty() {
            return;
        }
        match self.runs.last_mut() {
            Some(last) if last.verbatim && last.source.end == at => last.source.end += text.len(),
            _ => self.runs.push(Run { start: self.plain.len(), source: at..at + text.len(), verbatim: true }),
        }
        self.plain.push_str(text);
    }

    /// Appends a text that stands for the source range `source`.
    pub fn push_replaced(&mut self, text: &str, source: Range<usize>) {
        if text.is_empty() {
            return;
        }
        self.runs.push(Run { start: self.plain.len(), source, verbatim: false });
        self.plain.push_str(text);
    }

    /// Appends another text with its map.
    pub fn push(&mut self, other: &Self) {
        for (text, run) in other.runs_in(0..other.len()) {
            if run.verbatim {
                self.push_verbatim(text, run.source.start);
            } else {
                self.push_replaced(text, run.source);
            }
        }
    }

    /// Where in the source the last piece of the text ends.
    #[must_use]
    pub fn source_end(&self) -> usize {
        self.runs.last().map_or(0, |run| run.source.end)
    }

    /// Where the plain range stands in the source. A replaced run that the range touches counts whole.
    #[must_use]
    pub fn span(&self, plain: Range<usize>) -> Span {
        let mut span = Span::default();
        for (_, run) in self.runs_in(plain) {
            span.push(run.source);
        }
        span
    }

    /// The part of the plain text that stands at a range of the source, if that is a text whose parts come in the order
    /// of the source. A replaced run that the range touches counts whole.
    #[must_use]
    pub fn plain_at(&self, source: &Range<usize>) -> Option<Range<usize>> {
        let first = self.runs.partition_point(|run| run.source.end <= source.start);
        let behind = self.runs.partition_point(|run| run.source.start < source.end);
        let (from, to) = (self.runs.get(first)?, self.runs.get(behind.checked_sub(1)?)?);
        let inside = |run: &Run, at: usize| run.start + at.clamp(run.source.start, run.source.end) - run.source.start;
        let start = if from.verbatim { inside(from, source.start) } else { from.start };
        let run_end = self.runs.get(behind).map_or(self.plain.len(), |next| next.start);
        let end = if to.verbatim { inside(to, source.end) } else { run_end };
        let plain = self.on_boundaries(start..end);
        (first < behind && !plain.is_empty()).then_some(plain)
    }

    /// The part of the text at `plain`, with its map.
    ///
    /// The range is narrowed to character boundaries of the plain text.
    #[must_use]
    pub fn slice(&self, plain: Range<usize>) -> Self {
        let mut part = Self::default();
        for (text, run) in self.runs_in(plain) {
            part.runs.push(Run { start: part.plain.len(), source: run.source, verbatim: run.verbatim });
            part.plain.push_str(text);
        }
        part
    }

    /// The same text mapped one step further: `self` was read out of the plain text of `outer`.
    #[must_use]
    pub fn through(&self, outer: &Self) -> Self {
        let mut text = Self::default();
        for (part, run) in self.runs_in(0..self.len()) {
            if run.verbatim {
                text.push(&outer.slice(run.source));
            } else {
                // What stands for nothing (a separator between blocks) keeps its place.
                let at = outer.span(run.source.clone()).hull().unwrap_or_else(|| outer.offset_of(run.source.start));
                text.push_replaced(part, at);
            }
        }
        text
    }

    /// Moves the map by `bytes`: the text was read out of a part that begins there in the file.
    pub fn shift(&mut self, bytes: usize) {
        for run in &mut self.runs {
            run.source = run.source.start + bytes..run.source.end + bytes;
        }
    }

    /// The first verbatim run that is not what `source` has at its range, as that range.
    #[must_use]
    pub fn first_difference(&self, source: &[u8]) -> Option<Range<usize>> {
        self.runs_in(0..self.len())
            .find(|(text, run)| run.verbatim && source.get(run.source.clone()) != Some(text.as_bytes()))
            .map(|(_, run)| run.source)
    }

    /// The runs that overlap `plain`, each with its text, verbatim ones cut to the range.
    fn runs_in(&self, plain: Range<usize>) -> impl Iterator<Item = (&str, Run)> {
        let plain = self.on_boundaries(plain);
        let first = self.runs.partition_point(|run| run.start <= plain.start).saturating_sub(1);
        self.runs[first.min(self.runs.len())..].iter().enumerate().map_while(move |(index, run)| {
            let run_end = self.runs.get(first + index + 1).map_or(self.plain.len(), |next| next.start);
            let part = run.start.max(plain.start)..run_end.min(plain.end);
            if run.start >= plain.end || part.is_empty() {
                return None;
            }
            let mut run = run.clone();
            if run.verbatim {
                let shift = part.start - run.start;
                run.source = run.source.start + shift..run.source.start + shift + part.len();
            }
            Some((&self.plain[part], run))
        })
    }

    /// The empty source range at which the plain offset stands.
    fn offset_of(&self, plain: usize) -> Range<usize> {
        let index = self.runs.partition_point(|run| run.start <= plain).saturating_sub(1);
        let at = self.runs.get(index).map_or(0, |run| {
            let inside = if run.verbatim { plain.saturating_sub(run.start) } else { 0 };
            run.source.start + inside
        });
        at..at
    }

    fn on_boundaries(&self, plain: Range<usize>) -> Range<usize> {
        let mut start = plain.start.min(self.plain.len());
        while !self.plain.is_char_boundary(start) {
            start += 1;
        }
        let mut end = plain.end.min(self.plain.len());
        while !self.plain.is_char_boundary(end) {
            end -= 1;
        }
        start..end.max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Pieces of a made-up source: what stands there, and the text that replaces it, if any.
    fn pieces() -> impl Strategy<Value = Vec<(String, Option<String>)>> {
        let verbatim = "[a-zé中 \n]{1,6}".prop_map(|text| (text, None));
        let entity = prop_oneof![
            Just(("&amp;".to_owned(), Some("&".to_owned()))),
            Just(("\\u00e9".to_owned(), Some("é".to_owned()))),
            Just(("<b>".to_owned(), Some(String::new()))),
            Just(("\r\n".to_owned(), Some("\n".to_owned()))),
        ];
        prop::collection::vec(prop_oneof![verbatim, entity], 0..12)
    }

    fn build(pieces: &[(String, Option<String>)]) -> (String, SourceText) {
        let (mut source, mut text) = (String::new(), SourceText::default());
        for (raw, replacement) in pieces {
            match replacement {
                None => text.push_verbatim(raw, source.len()),
                Some(plain) => text.push_replaced(plain, source.len()..source.len() + raw.len()),
            }
            source.push_str(raw);
        }
        (source, text)
    }

    proptest! {
        #[test]
        fn every_part_maps_to_where_it_stands(pieces in pieces(), a in 0usize..60, b in 0usize..60) {
            let (source, text) = build(&pieces);
            prop_assert_eq!(text.first_difference(source.as_bytes()), None);
            let part = text.slice(a.min(b)..a.max(b));
            prop_assert_eq!(part.first_difference(source.as_bytes()), None);
            prop_assert!(text.plain().contains(part.plain()));
            // The part's own span is that of its range in the whole.
            prop_assert_eq!(part.span(0..part.len()), text.span(a.min(b)..a.max(b)));
            // What the hull holds, read again, holds the part.
            if let Some(hull) = part.span(0..part.len()).hull() {
                prop_assert!(hull.end <= source.len());
                prop_assert!(source.is_char_boundary(hull.start) && source.is_char_boundary(hull.end));
            }
        }

        #[test]
        fn a_map_through_a_map_is_the_map_of_both(pieces in pieces(), a in 0usize..60, b in 0usize..60) {
            let (source, outer) = build(&pieces);
            let range = outer.on_boundaries(a.min(b)..a.max(b));
            let mut inner = SourceText::verbatim(&outer.plain()[range.clone()], range.start);
            inner.push_replaced("¶", range.end..range.end);
            let both = inner.through(&outer);
            prop_assert_eq!(both.plain(), inner.plain());
            prop_assert_eq!(both.first_difference(source.as_bytes()), None);
            let expected = outer.span(range);
            prop_assert_eq!(both.span(0..both.len() - "¶".len()), expected);
        }
    }

    #[test]
    fn a_changed_byte_is_found() {
        let text = SourceText::verbatim("hello", 3);
        assert_eq!(text.first_difference(b"   hello"), None);
        assert_eq!(text.first_difference(b"   hullo"), Some(3..8));
        assert_eq!(text.first_difference(b"   hell"), Some(3..8));
    }
}
