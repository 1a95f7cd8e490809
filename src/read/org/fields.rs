//! What a document says about itself: keywords and drawers.

use super::blocks::{Blocks, stars};
use crate::read::{
    flow::inline::Line,
    front_matter::{Entry, Problem},
};

impl<'a> Blocks<'a> {
    /// Passes over what is planned and kept below a heading; returns the anchor that is among it.
    pub fn properties(&mut self) -> Option<String> {
        let mut anchor = None;
        while let Some(line) = self.lines.get(self.at) {
            let text = self.text(line);
            if ["SCHEDULED:", "DEADLINE:", "CLOSED:"].iter().any(|planned| text.starts_with(planned)) {
                self.at += 1;
            } else if text.eq_ignore_ascii_case(":PROPERTIES:") {
                let end = self.end_of_drawer();
                for line in &self.lines[self.at..end] {
                    let text = self.text(line);
                    if text.get(..11).is_some_and(|key| key.eq_ignore_ascii_case(":custom_id:")) {
                        anchor = Some(text[11..].trim().to_owned()).filter(|id| !id.is_empty());
                    }
                }
                self.at = end;
            } else {
                break;
            }
        }
        anchor
    }

    /// The line behind the drawer at hand, or the next line if it does not end.
    fn end_of_drawer(&mut self) -> usize {
        let (from, stop, _) = self.drawer;
        if !(from..stop).contains(&self.at) {
            let is_end = |line: &Line| self.text(line).eq_ignore_ascii_case(":END:");
            let stops = |line: &Line| is_end(line) || (line.indent == 0 && stars(self.text(line)).is_some());
            let stop =
                self.lines[self.at + 1..].iter().position(stops).map_or(self.lines.len(), |stop| self.at + 1 + stop);
            self.drawer = (self.at, stop, self.lines.get(stop).is_some_and(is_end));
        }
        let (_, stop, ends) = self.drawer;
        if ends { stop + 1 } else { self.at + 1 }
    }

    /// Properties and logs are left out, any other drawer is text.
    pub fn drawer(&mut self, text: &str) {
        let hidden = [":PROPERTIES:", ":LOGBOOK:", ":CLOCK:"].iter().any(|name| text.eq_ignore_ascii_case(name));
        self.at = if hidden { self.end_of_drawer() } else { self.at + 1 };
    }

    pub fn keyword(&mut self, line: Line, keyword: &'a str) {
        let name = keyword.split([':', ' ', '[']).next().unwrap_or_default();
        let value = keyword[name.len()..].trim_start_matches(':').trim();
        let lower = name.to_lowercase();
        if let Some(block) = lower.strip_prefix("begin_") {
            return self.block(line, block);
        }
        self.at += 1;
        match lower.as_str() {
            "title" => {
                let joins = |entry: &&mut Entry| entry.key == "title";
                match self.fields.iter_mut().find(joins) {
                    Some(title) => title.value = format!("{} {value}", title.value),
                    None => self.fields.push(Entry { key: lower, value: value.to_owned(), line: self.at }),
                }
            }
            "date" | "language" | "keywords" | "author" | "subtitle" | "description" | "category" | "url"
            | "link_home" => {
                let value = value.trim_matches(['<', '>', '[', ']']).to_owned();
                self.fields.push(Entry { key: lower, value, line: self.at });
            }
            "filetags" => {
                let tags = value.split([':', ' ']).filter(|tag| !tag.is_empty()).collect::<Vec<_>>().join(",");
                self.fields.push(Entry { key: "tags".to_owned(), value: tags, line: self.at });
            }
            "todo" | "seq_todo" | "typ_todo" => {
                let word = |word: &'a str| word.split('(').next().unwrap_or_default();
                self.todo.extend(value.split_whitespace().map(word).filter(|word| !matches!(*word, "|" | "")));
                self.todo.truncate(100);
            }
            "include" => self.leave_out("#+INCLUDE", line),
            _ => {}
        }
    }

    pub fn leave_out(&mut self, what: &str, line: Line) {
        if !self.left_out.iter().any(|known| known == what) {
            self.left_out.push(what.to_owned());
            let number = self.lines.partition_point(|other| other.start < line.start) + 1;
            let reason = format!("`{what}` is not read and left out, here and below");
            self.problems.push(Problem { line: number, reason });
        }
    }
}
