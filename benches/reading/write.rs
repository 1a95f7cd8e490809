//! Files of every format, of the sizes that people have.

use crate::{
    Result,
    made_up::{Random, Words},
    pages, rows,
};
use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::Path,
};

/// A format and how its files are made.
pub struct Format {
    /// The extension.
    pub name: &'static str,
    /// Whether all is one file: of rows, that is.
    pub one_file: bool,
    /// Writes a page, or a row of a number.
    make: fn(&Text<'_>, &mut Random, usize) -> String,
    /// What stands before, between and after the rows.
    around: [&'static str; 3],
}

const fn pages(name: &'static str, make: fn(&Text<'_>, &mut Random, usize) -> String) -> Format {
    Format { name, one_file: false, make, around: ["", "", ""] }
}

/// The formats that are measured.
pub const FORMATS: &[Format] = &[
    pages("html", pages::html),
    pages("md", pages::markdown),
    Format { name: "csv", one_file: true, make: rows::csv, around: [rows::CSV_HEADER, "", ""] },
    Format { name: "jsonl", one_file: true, make: rows::jsonl, around: ["", "", ""] },
    Format { name: "json", one_file: true, make: rows::json, around: ["[\n", ",\n", "\n]\n"] },
    Format { name: "yml", one_file: false, make: rows::yaml, around: ["", "", ""] },
    pages("rst", pages::rst),
    pages("adoc", pages::asciidoc),
    pages("org", pages::org),
    pages("pod", pages::pod),
    pages("txt", pages::text),
];

/// Writes about `bytes` bytes of a format into a folder.
pub fn write(format: &Format, folder: &Path, bytes: usize) -> Result<()> {
    let words = Words::english();
    let text = Text { words: &words };
    let (mut written, mut number) = (0, 0);
    let path = |number: usize| folder.join(format!("{number:05}.{}", format.name));
    let mut rows = if format.one_file { Some(BufWriter::new(File::create(path(0))?)) } else { None };
    while written < bytes {
        let made = (format.make)(&text, &mut Random(number as u64), number);
        written += made.len();
        match &mut rows {
            Some(rows) => {
                rows.write_all(format.around[usize::from(number > 0)].as_bytes())?;
                rows.write_all(made.as_bytes())?;
            }
            None => fs::write(path(number), made)?,
        }
        number += 1;
    }
    if let Some(rows) = &mut rows {
        rows.write_all(format.around[2].as_bytes())?;
        rows.flush()?;
    }
    Ok(())
}

/// Sentences and what is made of them.
pub struct Text<'a> {
    words: &'a Words,
}

impl Text<'_> {
    /// Some words, the first with a capital.
    pub fn phrase(&self, least: usize, most: usize, random: &mut Random) -> String {
        let text = self.words.text(random.between(least, most), random);
        let first = text.chars().next().map(|c| c.to_ascii_uppercase());
        first.into_iter().chain(text.chars().skip(1)).collect()
    }

    /// A question.
    pub fn question(&self, random: &mut Random) -> String {
        const BEGINNINGS: [&str; 6] = ["How do I", "Can I", "What is", "Why does", "Where can I find", "When will"];
        let beginning = BEGINNINGS[random.between(0, 5)];
        format!("{beginning} {}?", self.words.text(random.between(3, 9), random))
    }

    /// Sentences with what sentences have: commas, numbers, names, accents, quotation marks, abbreviations.
    /// `mark` puts something of the format around some words.
    pub fn sentences(&self, count: usize, random: &mut Random, mark: &dyn Fn(&str, &mut Random) -> String) -> String {
        let mut text = String::new();
        for _ in 0..count {
            for (at, word) in self.phrase(8, 24, random).split(' ').enumerate() {
                if at > 0 {
                    text.push(' ');
                }
                match random.between(0, 99) {
                    0 | 1 => text += &mark(word, random),
                    2 => text += &format!("{word},"),
                    3 => text += &format!("{word} café"),
                    4 => text += &format!("{word}’s"),
                    5 => text += &format!("{} {word}", random.between(2, 4000)),
                    6 => text += &format!("e.g. {word}"),
                    _ => text += word,
                }
            }
            text += ". ";
        }
        text.truncate(text.trim_end().len());
        text
    }
}
