//! The header of a document: its title, and attributes with their values.

use super::{
    blocks::Blocks,
    marks::{attribute, fence, section, underlined},
};
use crate::read::front_matter::Entry;
use std::collections::HashMap;

/// A value that is longer is not set in where its name stands. In bytes.
const LONGEST: usize = 200;

/// How much text values may make in a document. In bytes.
const BUDGET: usize = 1 << 20;

/// Characters that have names.
const CHARACTERS: &[(&str, &str)] = &[
    ("nbsp", "\u{a0}"),
    ("zwsp", "\u{200b}"),
    ("wj", "\u{2060}"),
    ("empty", ""),
    ("blank", ""),
    ("sp", " "),
    ("lt", "<"),
    ("gt", ">"),
    ("amp", "&"),
    ("plus", "+"),
    ("cpp", "C++"),
    ("asterisk", "*"),
    ("tilde", "~"),
    ("caret", "^"),
    ("vbar", "|"),
    ("startsb", "["),
    ("endsb", "]"),
    ("backslash", "\\"),
    ("backtick", "`"),
    ("apos", "'"),
    ("quot", "\""),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
];

/// Attributes that say how a page looks, and nothing of its text.
const LOOKS: &[&str] = &[
    "toc",
    "toclevels",
    "toc-title",
    "icons",
    "iconsdir",
    "sectnums",
    "sectlinks",
    "sectanchors",
    "source-highlighter",
    "imagesdir",
    "experimental",
    "doctype",
    "idprefix",
    "idseparator",
    "stylesheet",
    "linkcss",
    "nofooter",
    "numbered",
    "table-caption",
];

/// The attributes of a document.
#[derive(Default)]
pub struct Attributes {
    values: HashMap<String, String>,
    spent: usize,
    /// Those of the header, as entries about the document.
    pub entries: Vec<Entry>,
}

impl Attributes {
    /// Sets an attribute; `line` is where it is set in the header.
    pub fn set(&mut self, name: &str, value: &str, line: Option<usize>) {
        let name = name.to_lowercase();
        if name.contains('!') {
            self.values.remove(name.trim_matches('!'));
            return;
        }
        if let Some(line) = line.filter(|_| !LOOKS.contains(&name.as_str())) {
            let key = match name.as_str() {
                "revdate" | "docdate" => "date",
                "authors" => "author",
                other => other,
            };
            self.entries.push(Entry { key: key.to_owned(), value: value.to_owned(), line });
        }
        self.values.insert(name, value.to_owned());
    }

    /// The text of `{name}`.
    pub fn get(&mut self, name: &str) -> Option<String> {
        let character = CHARACTERS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text);
        let value = character.or_else(|| self.values.get(&name.to_lowercase()).map(String::as_str));
        let value = value.filter(|value| value.len() <= LONGEST && self.spent + value.len() <= BUDGET)?;
        self.spent += value.len();
        Some(value.to_owned())
    }
}

/// The version and the day of a line like `v1.0, 2024-03-05: Remark`.
fn revision(line: &str) -> Option<(Option<&str>, Option<&str>)> {
    let (front, behind) = line.split_once(',').unwrap_or(("", line));
    let front = front.trim();
    let day = behind.split(':').next().unwrap_or_default().trim();
    let version =
        front.strip_prefix('v').or(Some(front)).filter(|front| front.starts_with(|c: char| c.is_ascii_digit()));
    let is_day = day.len() >= 10 && day.as_bytes().iter().take(10).all(|byte| byte.is_ascii_digit() || *byte == b'-');
    let only = line.strip_prefix('v').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    match (version, is_day) {
        (version, true) => Some((version, Some(&day[..10]))),
        (Some(version), false) => Some((Some(version), None)),
        (None, false) => only.map(|version| (Some(version.split(':').next().unwrap_or(version)), None)),
    }
}

impl Blocks<'_> {
    /// Comments, the title with what is right below it, and attributes.
    pub fn header(&mut self) {
        let mut titled = false;
        while let Some(&line) = self.lines.get(self.at) {
            let text = self.text(line);
            if line.is_blank() {
                if titled {
                    return;
                }
            } else if let Some((name, value)) = attribute(text) {
                self.attributes.set(name, value, Some(self.at + 1));
            } else if text.starts_with("//") && fence(text).is_none() {
            } else if titled {
                self.author_or_revision(text);
            } else if let Some((1, length)) = section(text) {
                titled = true;
                self.section(line, 1, length);
                self.at -= 1;
            } else if let Some(1) = self.underlined() {
                titled = true;
                self.section(line, 1, 0);
            } else {
                return;
            }
            self.at += 1;
        }
    }

    /// The level of the title at hand, if the next line tells that it is one.
    pub fn underlined(&self) -> Option<usize> {
        let (title, below) = (self.lines.get(self.at)?, self.lines.get(self.at + 1)?);
        (below.indent == 0).then(|| underlined(self.text(*title), self.text(*below))).flatten()
    }

    fn author_or_revision(&mut self, text: &str) {
        let line = Some(self.at + 1);
        if let Some((version, day)) = revision(text) {
            if let Some(version) = version {
                self.attributes.set("revnumber", version, line);
            }
            if let Some(day) = day {
                self.attributes.set("revdate", day, line);
            }
        } else {
            for author in text.split(';') {
                let name = author.split('<').next().unwrap_or_default().trim();
                self.attributes.set("author", name, line);
            }
        }
    }
}
