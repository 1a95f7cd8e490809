//! Writes a [`Flow`]: pieces and what stands between them.

use super::{
    Flow, Frame, Part, Piece, Shape,
    slug::{Slugs, Style},
};
use crate::model::{SourceText, article::trim};
use std::ops::Range;

/// Writes a [`Flow`].
pub struct Writer<'a> {
    source: &'a str,
    flow: Flow,
    slugs: Slugs,
    open: Option<Open>,
    /// White space that is text only if more text follows in the same piece.
    gap: Option<Gap>,
    /// Where in the source the last text ended.
    last: usize,
    /// How many bold elements are open, and where the outermost began.
    bold: (usize, usize),
    /// What holds the next piece.
    frames: Vec<Frame>,
    /// The heading, code, table or term that is open and will be ended.
    pub markdown: Option<Shape>,
    /// The same in HTML, where nothing promises an end.
    pub html: Option<Shape>,
    /// Whether the next piece is the summary of `<details>`.
    pub summary: bool,
    /// The fragment that leads to the next piece.
    pub anchor: Option<String>,
    /// Whether what comes is no text, as in `<script>`.
    pub hidden: bool,
}

struct Open {
    shape: Shape,
    start: usize,
    anchor: Option<String>,
}

struct Gap {
    text: &'static str,
    source: Range<usize>,
    line: bool,
}

impl<'a> Writer<'a> {
    /// Writes the flow of `source`; a heading without an anchor gets one as `anchors` says.
    pub fn new(source: &'a str, anchors: Style) -> Self {
        Self {
            source,
            flow: Flow::default(),
            slugs: Slugs::new(anchors),
            open: None,
            gap: None,
            last: 0,
            bold: (0, 0),
            frames: Vec::new(),
            markdown: None,
            html: None,
            summary: false,
            anchor: None,
            hidden: false,
        }
    }

    /// Ends the document.
    pub fn finish(mut self) -> Flow {
        self.close();
        self.flow
    }

    /// Appends text that stands at `source`, or for what stands there.
    pub fn text(&mut self, text: &str, source: Range<usize>) {
        if !self.begin(text) {
            return;
        }
        if self.source.get(source.clone()) == Some(text) {
            self.flow.text.push_verbatim(text, source.start);
        } else {
            self.flow.text.push_replaced(text, source.clone());
        }
        self.last = self.last.max(source.end);
    }

    /// Appends text with its map to the source.
    pub fn mapped(&mut self, part: &SourceText) {
        if self.begin(part.plain()) {
            self.flow.text.push(part);
            self.last = part.span(0..part.len()).hull().map_or(self.last, |hull| hull.end.max(self.last));
        }
    }

    /// Appends what keeps the parts of a piece apart, though one of them be empty.
    pub fn separator(&mut self, text: &str, source: Range<usize>) {
        self.gap = None;
        self.start();
        self.flow.text.push_replaced(text, source);
    }

    /// White space, where text stands before and behind it in the same piece. `line`: the source goes on in a new line.
    pub fn gap(&mut self, text: &'static str, source: Range<usize>, line: bool) {
        if self.open.is_none() {
            return;
        }
        let stronger = |gap: &Gap| gap.text.matches('\n').count() > text.matches('\n').count();
        match &mut self.gap {
            Some(gap) if stronger(gap) => {}
            Some(gap) => {
                let line = line || gap.line;
                *gap = Gap { text, source: gap.source.start.min(source.start)..source.end.max(gap.source.end), line };
            }
            None => self.gap = Some(Gap { text, source, line }),
        }
    }

    /// What the next piece is.
    pub fn shape(&self) -> Shape {
        match (self.summary, self.markdown.or(self.html), self.frames.last()) {
            (true, _, _) => Shape::Summary,
            (false, Some(shape), _) => shape,
            (false, None, Some(Frame::Item)) => Shape::Item,
            (false, None, Some(Frame::Definition)) => Shape::Definition,
            (false, None, None) => Shape::Paragraph,
        }
    }

    /// The empty source range behind what has been written.
    pub fn here(&self) -> Range<usize> {
        self.last..self.last
    }

    /// Length of the text that has been written.
    pub fn len(&self) -> usize {
        self.flow.text.len()
    }

    /// Whether anything but headings has been written.
    pub fn has_text(&self) -> bool {
        let is_text = |part: &Part| !matches!(part, Part::Piece(Piece { shape: Shape::Heading(_), .. }));
        self.open.is_some() || self.flow.parts.iter().any(is_text)
    }

    /// Whether text has been written to the piece that is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Begins a paragraph: the next piece, or within a list item the next part of it.
    pub fn paragraph(&mut self) {
        if self.frames.last() == Some(&Frame::Item) && !self.summary && self.open.is_some() {
            self.gap("\n\n", self.last..self.last, true);
        } else {
            self.close();
        }
    }

    /// Ends the piece that is open.
    pub fn close(&mut self) {
        self.gap = None;
        self.anchor = None;
        self.end_bold();
        let Some(open) = self.open.take() else { return };
        let text = self.flow.text.plain();
        let range = match open.shape {
            // The indentation of the first line is a part of the code.
            Shape::Code => {
                let code = text[open.start..].trim_start_matches('\n');
                let start = text.len() - code.len();
                start..start + code.trim_end().len()
            }
            _ => trim(text, open.start..text.len()),
        };
        let is_text =
            |part: &str| open.shape != Shape::Table || part.contains(|c: char| !matches!(c, ' ' | '|' | '\n'));
        if range.is_empty() || !is_text(&text[range.clone()]) {
            return;
        }
        let anchor = match (open.shape, open.anchor) {
            (Shape::Heading(_), Some(anchor)) => {
                self.slugs.take(&anchor);
                Some(anchor)
            }
            (Shape::Heading(_), None) => self.slugs.of_text(&text[range.clone()]),
            (_, anchor) => anchor,
        };
        self.summary &= open.shape != Shape::Summary;
        self.flow.parts.push(Part::Piece(Piece { shape: open.shape, range, anchor }));
    }

    /// Begins a piece of a shape of its own.
    pub fn open(&mut self, shape: Shape) {
        self.close();
        self.markdown = Some(shape);
    }

    /// Ends that piece.
    pub fn end(&mut self) {
        self.close();
        self.markdown = None;
    }

    /// Begins what holds pieces.
    pub fn enter(&mut self, frame: Frame) {
        self.close();
        self.frames.push(frame);
        self.flow.parts.push(Part::Enter(frame));
    }

    /// Ends the innermost of those.
    pub fn leave(&mut self) {
        self.close();
        if self.frames.pop().is_some() {
            self.flow.parts.push(Part::Leave);
        }
    }

    /// `<details>` or `</details>`.
    pub fn details(&mut self, part: Part) {
        self.close();
        self.summary = false;
        self.flow.parts.push(part);
    }

    /// Begins bold text.
    pub fn bold(&mut self) {
        if self.bold.0 == 0 {
            self.bold.1 = self.flow.text.len();
        }
        self.bold.0 += 1;
    }

    /// Ends bold text.
    pub fn unbold(&mut self) {
        match self.bold.0 {
            0 => {}
            1 => self.end_bold(),
            _ => self.bold.0 -= 1,
        }
    }

    fn end_bold(&mut self) {
        let range = self.bold.1..self.flow.text.len();
        if self.bold.0 > 0 && !range.is_empty() {
            self.flow.bold.push(range);
        }
        self.bold.0 = 0;
    }

    /// Makes ready for `text`; `false` if it is not to be written.
    fn begin(&mut self, text: &str) -> bool {
        let blank = self.open.is_none() && self.shape() != Shape::Code && text.trim().is_empty();
        if self.hidden || text.is_empty() || blank {
            return false;
        }
        self.start();
        if let Some(gap) = self.gap.take() {
            self.fill(&gap, text);
        }
        true
    }

    /// Begins a piece if none is open, apart from the one before.
    fn start(&mut self) {
        if self.open.is_some() {
            return;
        }
        let shape = self.shape();
        if !self.flow.text.is_empty() {
            let before = self.flow.parts.iter().rev().find_map(|part| match part {
                Part::Piece(piece) => Some(piece.shape),
                _ => None,
            });
            let between = if shape == Shape::Item && before == Some(Shape::Item) { "\n" } else { "\n\n" };
            self.flow.text.push_replaced(between, self.last..self.last);
        }
        self.open = Some(Open { shape, start: self.flow.text.len(), anchor: self.anchor.take() });
    }

    fn fill(&mut self, gap: &Gap, next: &str) {
        let written = &mut self.flow.text;
        let between = (written.plain().chars().next_back(), next.chars().next());
        let broken = || self.source.get(gap.source.clone()).is_some_and(|white| white.contains(['\n', '\r']));
        // A line that is broken in Chinese or Japanese has no space there.
        let joined = gap.text == " "
            && matches!(between, (Some(a), Some(b)) if a.is_whitespace() || is_unspaced(a) && is_unspaced(b) && broken());
        if !joined {
            if self.source.get(gap.source.clone()) == Some(gap.text) {
                written.push_verbatim(gap.text, gap.source.start);
            } else {
                written.push_replaced(gap.text, gap.source.clone());
            }
        }
        if gap.line {
            self.flow.lines.push(written.len());
        }
    }
}

/// Whether a character is of a script that has no spaces between words.
fn is_unspaced(c: char) -> bool {
    matches!(
        u32::from(c),
        0x3000..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0xff00..=0xffef | 0x2_0000..=0x3_ffff
    )
}
