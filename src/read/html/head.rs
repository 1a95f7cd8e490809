//! What a page says about itself.

use super::{
    content::Content,
    page::{Node, Page},
};
use crate::{analyze::language, model::About, read::jsonl::check_date};

/// Names of a `<meta>` with the day of publication, by preference.
#[rustfmt::skip]
const DATES: &[&str] = &[
    "article:published_time", "datepublished", "date", "dc.date", "dcterms.date", "dc.date.issued",
    "dcterms.created", "publish-date", "pubdate", "article:modified_time", "last-modified",
];

/// Names of a `<meta>` that become metadata, with its key.
const METADATA: &[(&str, &str)] = &[
    ("keywords", "keywords"),
    ("description", "description"),
    ("og:description", "description"),
    ("author", "author"),
    ("article:section", "section"),
    ("article:tag", "tags"),
];

/// Longest value of metadata that is kept, in bytes.
const LONGEST: usize = 1 << 10;

/// What a page says of itself, and what of that is of no use: where, and why.
pub fn about(page: &Page<'_>, content: &Content) -> (About, Vec<(usize, String)>) {
    let mut about = About { language: declared_language(page), ..About::default() };
    let mut dates: Vec<(usize, u32, String)> = Vec::new();
    let mut graph = (None, None);
    for element in page.all() {
        let filled = |name| page.filled(element, name);
        match page.name(element) {
            "title"
                if about.title.is_none() && !page.around(element).take(3).any(|above| page.name(above) == "svg") =>
            {
                about.title = title(page, element);
            }
            "link" if page.has_word(element, "rel", "canonical") => {
                about.url = about.url.or_else(|| filled("href").filter(|url| is_absolute(url)).map(str::to_owned));
            }
            "meta" => {
                let Some(value) = filled("content") else { continue };
                let names = [filled("property"), filled("name"), filled("itemprop"), filled("http-equiv")];
                let Some(name) = names.into_iter().flatten().next().map(str::to_ascii_lowercase) else { continue };
                match name.as_str() {
                    "og:url" if is_absolute(value) => graph.0 = Some(value.to_owned()),
                    "og:title" => graph.1 = Some(value.to_owned()),
                    "content-language" | "og:locale" => set_language(&mut about, value),
                    _ => note(&mut about, &name, value),
                }
                if let Some(rank) = DATES.iter().position(|known| *known == name) {
                    dates.push((rank, element, value.to_owned()));
                }
            }
            "time" if !content.is_skipped(element) => {
                let is_day = page.has_word(element, "itemprop", "datePublished") || filled("pubdate").is_some();
                if let Some(value) = filled("datetime") {
                    dates.push((if is_day { 1 } else { DATES.len() }, element, value.to_owned()));
                }
            }
            _ => {}
        }
    }
    about.url = about.url.or(graph.0);
    about.title = about.title.or(graph.1);
    let problems = set_date(page, &mut about, dates);
    (about, problems)
}

fn declared_language(page: &Page<'_>) -> Option<String> {
    let root = page.all().take(64).find(|&element| matches!(page.name(element), "html" | "body"))?;
    let tag = page.filled(root, "lang").or_else(|| page.filled(root, "xml:lang"))?;
    Some(language::of_tag(tag)).filter(|code| !code.is_empty())
}

fn set_language(about: &mut About, tag: &str) {
    let code = language::of_tag(tag);
    if about.language.is_none() && !code.is_empty() {
        about.language = Some(code);
    }
}

fn title(page: &Page<'_>, element: u32) -> Option<String> {
    let nodes = page.elements[element as usize].nodes.clone();
    let parts = page.nodes[nodes].iter().filter_map(|node| match node {
        Node::Text(text) => Some(text.plain(page.source)),
        _ => None,
    });
    let title = parts.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    (!title.is_empty() && title.len() <= LONGEST).then_some(title)
}

fn note(about: &mut About, name: &str, value: &str) {
    let Some((_, key)) = METADATA.iter().find(|(known, _)| *known == name) else { return };
    if value.len() > LONGEST || (*key == "description" && about.metadata.contains_key("description")) {
        return;
    }
    let values = about.metadata.entry((*key).to_owned()).or_default();
    if *key == "keywords" {
        values.extend(value.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned));
    } else {
        values.push(value.to_owned());
    }
}

/// The best of the dates that is one: of several in one place, the first.
fn set_date(page: &Page<'_>, about: &mut About, mut dates: Vec<(usize, u32, String)>) -> Vec<(usize, String)> {
    let mut problems = Vec::new();
    dates.sort_by_key(|(rank, element, _)| (*rank, *element));
    for (rank, element, date) in dates {
        match check_date(&date) {
            Ok(day) => {
                about.published = Some(day);
                break;
            }
            // A time of day is no date and no mistake either.
            Err(_) if rank == DATES.len() => {}
            Err(reason) => {
                problems.push((page.elements[element as usize].tag.start, format!("the date of publication {reason}")));
            }
        }
    }
    problems
}

fn is_absolute(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://")) && !url.contains(char::is_whitespace)
}
