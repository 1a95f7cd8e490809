//! Units as a list: how a file was split.

use super::terminal::{DIM, LABEL, clean, width};
use faqt::{
    ask::compose::citation,
    model::{Counted, Excerpt, Place, Unit, reply::OneOrMany},
};
use std::collections::BTreeMap;

/// Everything about a unit, for machines.
pub fn json(unit: &Unit) -> serde_json::Value {
    let phrasings: Vec<&str> = unit.phrasings.iter().map(Excerpt::plain).collect();
    let values = |(key, values): (&String, &Vec<String>)| (key.clone(), OneOrMany::of(values));
    let metadata: BTreeMap<String, OneOrMany> = unit.about.metadata.iter().map(values).collect();
    serde_json::json!({
        "id": unit.id,
        "kind": unit.kind,
        "document": unit.document,
        "question": phrasings.first(),
        "alternates": phrasings.get(1..).unwrap_or(&[]),
        "text": unit.text.plain(),
        "prompts": unit.prompts,
        "language": unit.about.language,
        "metadata": metadata,
        "span": unit.text.span(unit.text.all()).ranges.iter().map(|range| [range.start, range.end]).collect::<Vec<_>>(),
        "citation": citation(unit, unit.text.all()),
    })
}

/// The units in order, each with its lines, kind, id and beginning; headings where they change.
pub fn lines(units: &[Unit]) -> String {
    let mut text = String::new();
    let mut above = (None, [].as_slice());
    for unit in units {
        let path = (unit.about.title.as_deref(), unit.heading.as_slice());
        if above.0 != path.0 {
            text += &format!("  {LABEL}{}{LABEL:#}\n", shortened(path.0.unwrap_or_default(), room(2)));
        }
        if above != path && !path.1.is_empty() {
            text += &format!("    {LABEL}{}{LABEL:#}\n", shortened(&path.1.join(" › "), room(4)));
        }
        above = path;
        text += &line(unit);
    }
    text
}

fn line(unit: &Unit) -> String {
    let Place { counted, numbers: [first, last] } = place_of(unit);
    let sign = match counted {
        Counted::Line => "",
        Counted::Paragraph => "¶ ",
        Counted::Page => "p. ",
    };
    let lines = if first == last { format!("{sign}{first}") } else { format!("{sign}{first}-{last}") };
    let indent = " ".repeat(16);
    let mut text = format!("      {lines:<9} {:<8}  {DIM}{}{DIM:#}\n", unit.kind, unit.id);
    let alternates = unit.phrasings.len().saturating_sub(1);
    if let Some(question) = unit.question() {
        let more = if alternates > 0 { format!(" (+{alternates})") } else { String::new() };
        text += &format!("{indent}{}{more}\n", shortened(question, room(indent.len() + more.len())));
    }
    text + &format!("{indent}{}\n", shortened(unit.text.plain(), room(indent.len())))
}

/// How many columns are left beside so many.
fn room(taken: usize) -> usize {
    width().saturating_sub(taken)
}

/// Where the question and the text are: from the first of them to the last.
pub fn place_of(unit: &Unit) -> Place {
    let numbers: Vec<[usize; 2]> = unit.excerpts().map(|excerpt| excerpt.lines(excerpt.all())).collect();
    let first = numbers.iter().map(|numbers| numbers[0]).min().unwrap_or(1);
    let last = numbers.iter().map(|numbers| numbers[1]).max().unwrap_or(first);
    Place { counted: unit.text.counted(), numbers: [first, last] }
}

/// The beginning of a text, in one line of at most `room` characters.
fn shortened(text: &str, room: usize) -> String {
    let line = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(room) {
        None => line,
        Some(_) => line.chars().take(room.saturating_sub(1)).chain(['…']).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn a_long_text_is_cut_to_its_beginning() {
        assert_eq!(shortened("one\n two", 7), "one two");
        assert_eq!(shortened("one two", 6), "one t…");
        assert_eq!(shortened("äöü", 0), "…");
    }
}
