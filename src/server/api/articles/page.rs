//! A source as a page: it works without scripts, and its style and colours are those of the other pages.

use crate::browse::{MarkView, SourceView, UnitPlace};

/// What the page may load: its style, and the script that switches between light and dark. It can ask nothing.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; \
                          form-action 'self'; frame-ancestors 'none'";

/// The page.
pub fn html(view: &SourceView) -> String {
    let language = view.language.as_deref().map(|code| format!(" lang=\"{}\"", escaped(code))).unwrap_or_default();
    let title = escaped(&view.title);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"/assets/icon.svg\">\n\
         <link rel=\"stylesheet\" href=\"/assets/style.css\">\n<script src=\"/assets/theme.js\"></script>\n</head>\n\
         <body class=\"article\">\n\
         <header class=\"top\"><a class=\"brand\" href=\"/\"><img src=\"/assets/icon.svg\" alt=\"\" width=\"28\" height=\"28\"> \
         Ask the articles</a>\n<button type=\"button\" id=\"theme\" class=\"quiet\" hidden></button></header>\n<main>\n\
         <h1 dir=\"auto\"{language}>{title}</h1>\n<p class=\"about\">{}</p>\n",
        about(view)
    );
    if view.changed {
        page += "<p class=\"warn\" role=\"status\">This file is another one than when it was indexed: only what still stands \
                 in its place is marked.</p>\n";
    }
    if view.cut {
        let from = view.first_line.map(|line| format!(", from line {line} on")).unwrap_or_default();
        page += &format!("<p class=\"note\">This is a part of the file{from}.</p>\n");
    }
    page += &format!("<pre dir=\"auto\" class=\"source\" tabindex=\"0\"{language}>\n{}</pre>\n", marked(view));
    page += &units(&view.units);
    page + "</main>\n</body>\n</html>\n"
}

/// The file, where it came from, and what is cited.
fn about(view: &SourceView) -> String {
    let mut parts = vec![format!("<code dir=\"auto\">{}</code>", escaped(&view.source))];
    parts.extend(view.published.as_deref().map(escaped));
    parts.extend(view.url.as_deref().map(link));
    if let (Some(first), Some(last)) = (view.marks.first(), view.marks.last()) {
        let place = places([first.lines, first.paragraph, first.page], [last.lines, last.paragraph, last.page]);
        parts.push(format!("<a href=\"#cited\">{place}</a>"));
    }
    parts.join(" · ")
}

/// A link; an address that would do something else than lead somewhere is shown as text.
fn link(url: &str) -> String {
    let shown = escaped(url);
    if ["https://", "http://"].iter().any(|start| url.starts_with(start)) {
        return format!("<a href=\"{shown}\" rel=\"noopener noreferrer\">{shown}</a>");
    }
    shown
}

/// The numbers of lines, paragraphs or pages from the first place to the last, as people write them.
fn places(first: [Option<[usize; 2]>; 3], last: [Option<[usize; 2]>; 3]) -> String {
    let mut names = ["line", "paragraph", "page"].into_iter().zip(first.into_iter().zip(last));
    let place = names.find_map(|(name, (first, last))| Some((name, first?[0], last?[1])));
    match place {
        Some((name, first, last)) if first == last => format!("{name} {first}"),
        Some((name, first, last)) => format!("{name}s {first}–{last}"),
        None => "cited".to_owned(),
    }
}

/// The text with its marks; the first has the fragment that links lead to.
fn marked(view: &SourceView) -> String {
    let mut out = String::with_capacity(view.text.len() + 256);
    let mut letters = view.text.chars();
    let (mut at, mut tag) = (0, "<mark id=\"cited\">");
    for MarkView { start, end, .. } in &view.marks {
        let start = (*start).max(at);
        if start >= *end {
            continue;
        }
        letters.by_ref().take(start - at).for_each(|letter| push_escaped(&mut out, letter));
        out += std::mem::replace(&mut tag, "<mark>");
        letters.by_ref().take(end - start).for_each(|letter| push_escaped(&mut out, letter));
        out += "</mark>";
        at = *end;
    }
    letters.for_each(|letter| push_escaped(&mut out, letter));
    out
}

/// The questions that are answered here, each with the way to its place.
fn units(units: &[UnitPlace]) -> String {
    let items = units.iter().filter_map(|unit| {
        let place = places([unit.lines, unit.paragraph, unit.page], [unit.lines, unit.paragraph, unit.page]);
        let question = escaped(unit.question.as_deref()?);
        Some(format!("<li><a dir=\"auto\" href=\"?unit={}#cited\">{question}</a> {place}</li>\n", escaped(&unit.id)))
    });
    let items: String = items.collect();
    if items.is_empty() {
        return items;
    }
    format!(
        "<details>\n<summary>Questions that are answered here</summary>\n<ul class=\"answered\">\n{items}</ul>\n</details>\n"
    )
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|letter| push_escaped(&mut out, letter));
    out
}

/// Nothing of a text can be markup. What would turn the direction of what stands around it, and control characters, are
/// shown as a replacement character.
fn push_escaped(out: &mut String, letter: char) {
    match letter {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        '\n' | '\t' => out.push(letter),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push('\u{fffd}'),
        letter if letter.is_control() => out.push('\u{fffd}'),
        letter => out.push(letter),
    }
}
