//! The flow of a document: lines joined, words that were broken at their ends whole again.

use super::{
    layout::{Kind, Part},
    lines::Line,
};
use crate::read::flow::{Flow, Frame, Shape, slug::Style, writer::Writer};
use std::collections::HashSet;

/// The flow of a document of so many pages, and where in its text each page begins.
pub fn flow(parts: &[Part<'_>], pages: usize) -> (Flow, Vec<usize>) {
    let mut steps = Steps { writer: Writer::new("", Style::Chosen), starts: Vec::new(), words: words(parts) };
    for part in parts {
        match part.kind {
            Kind::Heading(level) => steps.writer.open(Shape::Heading(level)),
            Kind::Code => steps.writer.open(Shape::Code),
            Kind::Item => steps.writer.enter(Frame::Item),
            Kind::Text => steps.writer.close(),
        }
        if part.kind == Kind::Code {
            steps.code(part);
        } else {
            steps.lines(part);
        }
        match part.kind {
            Kind::Item => steps.writer.leave(),
            _ => steps.writer.end(),
        }
    }
    let end = steps.writer.len();
    steps.starts.resize(pages.max(1), end);
    let flow = steps.writer.finish();
    (flow, steps.starts)
}

/// The words of a document as they stand within lines, in lower case.
fn words(parts: &[Part<'_>]) -> HashSet<String> {
    let mut words = HashSet::new();
    for (_, line) in parts.iter().flat_map(|part| &part.lines) {
        let text = line.text().to_lowercase();
        let inner: Vec<&str> = text.split_whitespace().collect();
        words.extend(inner.iter().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()));
    }
    words
}

struct Steps {
    writer: Writer<'static>,
    starts: Vec<usize>,
    words: HashSet<String>,
}

impl Steps {
    /// Notes that what follows is of a page.
    fn begin_page(&mut self, page: usize) {
        while self.starts.len() <= page {
            self.starts.push(self.writer.len());
        }
    }

    fn lines(&mut self, part: &Part<'_>) {
        for (index, (page, line)) in part.lines.iter().enumerate() {
            self.begin_page(*page);
            let next = part.lines.get(index + 1).map(|(_, next)| next.text());
            let joint = next.and_then(|next| self.joint(&line.text(), next.trim()));
            let mark = index == 0 && part.kind == Kind::Item;
            self.line(line, mark, joint.unwrap_or(0));
            if joint.is_none() {
                self.writer.gap(" ", 0..0, true);
            }
        }
    }

    /// Writes a line without its mark, and without the bytes at its end that a joint takes.
    fn line(&mut self, line: &Line, mark: bool, joint: usize) {
        let text = line.text();
        let from = if mark { text.trim_start().chars().next().map_or(0, char::len_utf8) } else { 0 };
        let from = from + (text.len() - text.trim_start().len());
        let to = text.trim_end().len().saturating_sub(joint);
        let mut at = 0;
        for (run, bold) in &line.runs {
            let range = from.clamp(at, at + run.len()) - at..to.clamp(at, at + run.len()) - at;
            at += run.len();
            let Some(part) = run.get(range).filter(|part| !part.is_empty()) else { continue };
            if *bold {
                self.writer.bold();
            }
            for piece in part.split_inclusive(' ') {
                let word = piece.trim_end_matches(' ');
                self.writer.text(word, 0..0);
                if word.len() < piece.len() {
                    self.writer.gap(" ", 0..0, false);
                }
            }
            if *bold {
                self.writer.unbold();
            }
        }
    }

    /// How much of the end of a line goes, where its last word goes on in the next; `None` if it does not.
    fn joint(&self, line: &str, next: &str) -> Option<usize> {
        let line = line.trim_end();
        let hyphen = line.chars().next_back().filter(|c| matches!(c, '-' | '\u{ad}' | '\u{2010}'))?;
        let before = line.strip_suffix(hyphen)?;
        if !before.ends_with(char::is_alphanumeric) || !next.starts_with(char::is_alphanumeric) {
            return None;
        }
        if hyphen == '\u{ad}' {
            return Some(hyphen.len_utf8());
        }
        let last = |c: char| !c.is_alphanumeric() && c != '-';
        let first = before.rsplit(last).next().unwrap_or_default().to_lowercase();
        let second = next.split(last).next().unwrap_or_default().to_lowercase();
        let whole = self.words.contains(&format!("{first}{second}"));
        let hyphened = self.words.contains(&format!("{first}-{second}"));
        let breaks = next.starts_with(char::is_lowercase) && !first.contains('-') && (whole || !hyphened);
        // A hyphen of the word itself stays, and no space comes behind it.
        Some(if breaks { hyphen.len_utf8() } else { 0 })
    }

    /// Writes lines as they are; their indentation is told by where they begin.
    fn code(&mut self, part: &Part<'_>) {
        let left = part.lines.iter().map(|(_, line)| line.x[0]).fold(f64::INFINITY, f64::min);
        for (index, (page, line)) in part.lines.iter().enumerate() {
            self.begin_page(*page);
            if index > 0 {
                self.writer.text("\n", 0..0);
            }
            let indent = ((line.x[0] - left) / (0.6 * line.size.max(1.0))).round().clamp(0.0, 200.0) as usize;
            self.writer.text(&" ".repeat(indent), 0..0);
            self.writer.text(line.text().trim(), 0..0);
        }
    }
}
