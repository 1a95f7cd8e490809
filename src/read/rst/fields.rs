//! Fields: what a document says about itself.

use super::blocks::{Blocks, Holds, Place};
use crate::read::{flow::inline::Line, front_matter::Entry};

impl Blocks<'_> {
    /// A field about the document, or a paragraph that begins with its name.
    pub fn field(&mut self, place: Place, length: usize) {
        let body = self.indented(place);
        let rest = self.rest(place);
        let name = rest[1..length].trim_end_matches(':');
        let own = self.run(place.line + 1, |line| !line.is_blank() && line.indent > place.column);
        if self.is_at_top() {
            let value = self.text_to(Place { start: place.start + length, ..place }, own);
            let value = value.plain().split_whitespace().collect::<Vec<_>>().join(" ");
            // `|today|` is known only when the document is made.
            if !(value.starts_with('|') && value.ends_with('|')) {
                let value = without_keyword(&value);
                self.fields.push(Entry { key: name.to_lowercase(), value, line: place.line + 1 });
            }
            self.at = body.end;
            return;
        }
        let text = self.text_to(Place { start: place.start + 1, ..place }, own);
        self.paragraph(&text);
        self.at = own;
        let next = self.run(own, Line::is_blank);
        if let Some(line) = self.lines.get(next).filter(|_| next < body.end) {
            self.hold(place.column + 1, line.indent, Holds::Plain);
        }
    }
}

/// `$Date: 2024-03-05 $` is what a version control system writes.
fn without_keyword(value: &str) -> String {
    let inner = value.strip_prefix('$').and_then(|rest| rest.strip_suffix('$'));
    let inner = inner.and_then(|rest| rest.split_once(':')).map_or(value, |(_, value)| value);
    inner.trim().to_owned()
}
