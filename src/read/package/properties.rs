//! What documents of packages say about themselves: the Dublin Core elements, and what stands beside them.

use super::xml::{Step, walk};
use crate::{analyze::language, model::About, read::jsonl::check_date};

/// Longest value that is kept, in bytes.
const LONGEST: usize = 1 << 10;

/// What a document with properties in it says of itself. What is broken in it says nothing.
#[must_use]
pub fn properties(source: &str) -> About {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut open: Option<(String, String)> = None;
    // Where it breaks off, what was said before still counts.
    let _ = walk(source, |step| match step {
        Step::Start(name, _) => {
            let local = name.rsplit(':').next().unwrap_or(name);
            open = Some((local.to_owned(), String::new()));
        }
        Step::Text(text) => {
            if let Some((_, value)) = &mut open
                && value.len() < LONGEST
            {
                value.push_str(text);
            }
        }
        Step::End(_) => {
            if let Some((name, value)) = open.take() {
                let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
                if !value.is_empty() && value.len() <= LONGEST {
                    found.push((name, value));
                }
            }
        }
    });
    let all = |names: &'static [&'static str]| {
        let of = |name: &'static str| found.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.clone());
        names.iter().copied().flat_map(of).collect::<Vec<_>>()
    };
    let mut about = About { title: all(&["title"]).into_iter().find(|title| is_title(title)), ..About::default() };
    let tag = all(&["language"]).into_iter().next();
    about.language = tag.map(|tag| language::of_tag(&tag)).filter(|code| code.len() > 1);
    let days = all(&["created", "creation-date", "date", "modified"]);
    about.published = days.iter().find_map(|day| check_date(day).ok());
    // An author who is named wrote it; who saved it last may be anybody.
    let authors = Some(all(&["initial-creator"])).filter(|authors| !authors.is_empty());
    set(&mut about, "author", authors.unwrap_or_else(|| all(&["creator"])));
    let keywords = all(&["keywords", "keyword"]);
    let keywords = keywords.iter().flat_map(|words| words.split([',', ';'])).map(|word| word.trim().to_owned());
    set(&mut about, "keywords", keywords.collect());
    set(&mut about, "subject", all(&["subject"]));
    set(&mut about, "description", all(&["description"]));
    about
}

fn set(about: &mut About, key: &str, values: Vec<String>) {
    let values: Vec<String> = values.into_iter().filter(|value| !value.is_empty()).collect();
    if !values.is_empty() {
        about.metadata.insert(key.to_owned(), values);
    }
}

/// What programs write when they are told nothing is no title.
#[must_use]
pub fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let title = lower.trim();
    !matches!(title, "" | "untitled" | "unknown" | "document" | "document1" | "title" | "[title]")
        && !title.starts_with("microsoft word -")
}
