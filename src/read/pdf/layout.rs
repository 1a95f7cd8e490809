//! From lines to headings, paragraphs, items and code.

use super::{lines::Line, outline::Heading};
use crate::split::{Role, SectionNames};
use std::collections::HashMap;

/// What marks an item of a list.
const BULLETS: [char; 14] = ['•', '◦', '▪', '▫', '●', '○', '■', '∙', '·', '‣', '⁃', '\u{f0b7}', '\u{f0a7}', '–'];

/// A heading has no more lines, and no more bytes, than this.
const HEADING_LINES: usize = 4;
const HEADING_BYTES: usize = 300;

/// A part of the text.
#[derive(Debug)]
pub struct Part<'a> {
    /// What it is.
    pub kind: Kind,
    /// Its lines, each with the number of its page, counted from 0.
    pub lines: Vec<(usize, &'a Line)>,
}

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A heading; 1 is the highest level.
    Heading(u8),
    /// A paragraph.
    Text,
    /// An item of a list.
    Item,
    /// Code.
    Code,
}

/// The parts of a document.
pub fn parts<'a>(pages: &'a [Vec<Line>], outline: &[Heading], names: &SectionNames) -> Vec<Part<'a>> {
    let measures = Measures::of(pages);
    let mut headings = by_outline(pages, outline);
    // An outline that leads to hardly any of its headings is that of another text.
    let outlined = headings.values().filter(|(_, first)| *first).count() * 2 > outline.len();
    if !outlined {
        headings.clear();
    }
    let mut parts: Vec<Part<'a>> = Vec::new();
    for (page, lines) in pages.iter().enumerate() {
        let contents = contents(lines);
        for (at, line) in lines.iter().enumerate() {
            let text = line.text();
            let text = text.trim();
            // The mark of a note, drawn behind its line.
            let is_mark = || line.size < 0.85 * measures.size && text.len() < 4 && text.chars().all(char::is_numeric);
            if text.is_empty() || contents.contains(&at) || is_mark() {
                continue;
            }
            let heading = headings.get(&(page, at));
            let kind = match heading {
                Some((level, _)) => Kind::Heading(level.saturating_add(1)),
                None if line.mono => Kind::Code,
                None if text.starts_with(BULLETS) && is_bullet(text) => Kind::Item,
                None => Kind::Text,
            };
            let goes_on = |part: &Part<'_>| match kind {
                Kind::Heading(_) => part.kind == kind && heading.is_some_and(|(_, first)| !first),
                Kind::Code => part.kind == kind,
                Kind::Item => false,
                Kind::Text => matches!(part.kind, Kind::Text | Kind::Item) && measures.goes_on(part, (page, line)),
            };
            match parts.last_mut() {
                Some(part) if goes_on(part) => part.lines.push((page, line)),
                _ => parts.push(Part { kind, lines: vec![(page, line)] }),
            }
        }
    }
    measures.headings(&mut parts, outlined, names);
    parts
}

/// The lines of a page that are a table of contents: from the first to the last with dots that lead to a page, and
/// those around them that end with its number.
fn contents(lines: &[Line]) -> std::ops::Range<usize> {
    let is_entry = |line: &Line| has_leaders(&line.text());
    let first = lines.iter().position(is_entry).unwrap_or(0);
    let end = lines.iter().rposition(is_entry).map_or(0, |last| last + 1);
    if lines.iter().filter(|line| is_entry(line)).count() < 3 {
        return 0..0;
    }
    let numbered = |line: &&Line| line.text().trim_end().ends_with(|c: char| c.is_ascii_digit());
    let before = lines.iter().take(first).rev().take_while(numbered).count();
    first - before..end + lines.iter().skip(end).take_while(numbered).count()
}

/// Whether a line is of a table of contents: dots lead to the number of a page.
fn has_leaders(text: &str) -> bool {
    let text = text.trim_end();
    let dots = text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, 'i' | 'v' | 'x'));
    let dots = if dots.len() < text.len() { dots.trim_end() } else { return false };
    dots.ends_with("...") || dots.ends_with(". . .") || dots.ends_with("…") || dots.ends_with(". .")
}

fn is_bullet(text: &str) -> bool {
    text.chars().nth(1).is_some_and(char::is_whitespace)
}

/// Letters and digits alone, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How many lines are compared with headings of the outline in all, and over how many pages one is looked for.
const COMPARED: usize = 20_000_000;
const PAGES: usize = 60;

/// The lines that are headings of the outline, with their levels, and whether the heading begins there.
fn by_outline(pages: &[Vec<Line>], outline: &[Heading]) -> HashMap<(usize, usize), (u8, bool)> {
    let said: Vec<Vec<Said>> = pages.iter().map(|page| page.iter().map(Said::of).collect()).collect();
    let mut found = HashMap::new();
    let (mut from, mut left) = ((0, 0), COMPARED);
    for heading in outline {
        let wanted = letters(&heading.title);
        let first = heading.page.unwrap_or(from.0);
        let last = heading.page.map_or(from.0 + PAGES, |page| page + 2).min(pages.len());
        let place = (first..last).find_map(|page| {
            let lines = said.get(page)?;
            let start = if page == from.0 { from.1 } else { 0 };
            (start..lines.len()).find_map(|at| {
                left = left.checked_sub(1)?;
                Some((page, at, covers(lines.get(at..)?, &wanted)?))
            })
        });
        if let Some((page, at, count)) = place {
            found.extend((at..at + count).map(|line| ((page, line), (heading.level, line == at))));
            from = (page, at + count);
        }
    }
    found
}

/// What a line says, as far as a heading of the outline must say the same.
struct Said {
    letters: String,
    size: f64,
    is_number: bool,
}

impl Said {
    fn of(line: &Line) -> Self {
        let letters = letters(&line.text());
        Self { is_number: letters.chars().all(char::is_numeric), letters, size: line.size }
    }
}

/// How many lines, from the first on, are a heading; a number may stand before it.
fn covers(lines: &[Said], wanted: &str) -> Option<usize> {
    // A number on a line of its own is that of a note or page sooner than that of the heading below.
    if let [first, second, ..] = lines
        && first.is_number
        && (first.size - second.size).abs() > 0.5
    {
        return None;
    }
    let is_number = |rest: &str| {
        let rest = rest.trim_start_matches("chapter").trim_start_matches("appendix");
        rest.len() < 8 && rest.chars().all(|c| c.is_numeric() || rest.len() == 1)
    };
    let mut text = String::new();
    for (index, line) in lines.iter().take(HEADING_LINES).enumerate() {
        text += &line.letters;
        if text.len() > wanted.len() + 16 || wanted.is_empty() {
            return None;
        }
        let numbered = text.strip_suffix(wanted).is_some_and(is_number);
        if numbered || wanted.strip_suffix(text.as_str()).is_some_and(|rest| !text.is_empty() && is_number(rest)) {
            return Some(index + 1);
        }
    }
    None
}

/// What is usual in a document.
struct Measures {
    /// The size of most letters.
    size: f64,
    /// The height of most lines, in sizes.
    leading: f64,
    /// Where lines end at most, for each page.
    right: Vec<f64>,
    left: Vec<f64>,
}

impl Measures {
    fn of(pages: &[Vec<Line>]) -> Self {
        let mut sizes: HashMap<i64, usize> = HashMap::new();
        for line in pages.iter().flatten() {
            *sizes.entry((line.size * 2.0).round() as i64).or_default() += line.text().len();
        }
        let size =
            sizes.into_iter().max_by_key(|&(size, count)| (count, -size)).map_or(10.0, |(size, _)| size as f64 / 2.0);
        let mut steps: Vec<f64> = Vec::new();
        for page in pages {
            let pairs = page.windows(2).filter_map(|pair| match pair {
                [upper, lower] if (upper.size - lower.size).abs() < 0.6 => {
                    Some((upper.y - lower.y) / lower.size.max(1.0))
                }
                _ => None,
            });
            steps.extend(pairs.filter(|step| (0.9..2.2).contains(step)));
        }
        steps.sort_by(f64::total_cmp);
        // Lines within paragraphs are more than those between, and closer.
        let leading = steps.get(steps.len() / 3).copied().unwrap_or(1.2);
        let edge = |page: &Vec<Line>, of: fn(&Line) -> f64, share: f64| {
            let mut ends: Vec<f64> = page.iter().map(of).collect();
            ends.sort_by(f64::total_cmp);
            ends.get(((ends.len() as f64 - 1.0) * share).max(0.0) as usize).copied().unwrap_or(0.0)
        };
        let right = pages.iter().map(|page| edge(page, |line| line.x[1], 0.95)).collect();
        let left = pages.iter().map(|page| edge(page, |line| line.x[0], 0.05)).collect();
        Self { size, leading, right, left }
    }

    /// Whether a line reaches to the right edge of its page, nearly.
    fn is_full(&self, page: usize, line: &Line) -> bool {
        let (right, left) = (self.right.get(page).copied().unwrap_or(0.0), self.left.get(page).copied().unwrap_or(0.0));
        line.x[1] > right - 0.12 * (right - left)
    }

    /// Whether a line is one more of a paragraph or item.
    fn goes_on(&self, part: &Part<'_>, (page, line): (usize, &Line)) -> bool {
        let Some(&(before, last)) = part.lines.last() else { return false };
        if (line.size - last.size).abs() > 0.12 * line.size.max(last.size) {
            return false;
        }
        let ended = last.text().trim_end().ends_with(['.', '!', '?', ':', '。', '！', '？', '”', '"', ')']);
        let full = self.is_full(before, last);
        let down = last.y - line.y;
        if page != before || down <= 0.0 {
            // On the next page or in the next column, where nothing but the text itself can tell.
            return !ended && full && !line.bold();
        }
        if down > 1.25 * self.leading.max(1.0) * line.size || ended && !full {
            return false;
        }
        let (first, indent) = (part.lines.first().map_or(last.x[0], |(_, first)| first.x[0]), line.x[0] - last.x[0]);
        match part.kind {
            Kind::Item => line.x[0] > first + 0.3 * line.size,
            _ if part.lines.len() == 1 => indent < 0.8 * line.size || !ended,
            _ => indent.abs() < 0.8 * line.size,
        }
    }

    /// Makes headings of parts whose letters or words tell that they are, and of the title.
    fn headings(&self, parts: &mut [Part<'_>], outlined: bool, names: &SectionNames) {
        let is_large = |part: &Part<'_>| {
            let size = part.lines.first().map_or(0.0, |(_, line)| line.size);
            size > 1.12 * self.size
                && matches!(part.kind, Kind::Text)
                && text_of(part).len() < HEADING_BYTES
                && part.lines.len() <= HEADING_LINES
        };
        let key = |part: &Part<'_>| part.lines.first().map_or(0, |(_, line)| (line.size * 2.0).round() as i64);
        if outlined {
            self.title(parts, &is_large);
            return;
        }
        let mut sizes: Vec<i64> = parts.iter().filter(|part| is_large(part)).map(key).collect();
        sizes.sort_unstable_by(|left, right| right.cmp(left));
        sizes.dedup();
        let level_of = |size: i64| sizes.iter().position(|known| *known == size).map_or(7, |at| at.min(6) as u8 + 1);
        let lowest = sizes.len().min(6) as u8 + 1;
        for part in parts {
            let text = text_of(part);
            let words = text.trim_end();
            let is_label = part.kind == Kind::Text && part.lines.len() <= 2 && words.len() < 120;
            let is_line = !words.ends_with(['.', ',', ';', ':', '?', '!']) && words.contains(char::is_alphabetic);
            let role = names.role_of_heading(words);
            if is_large(part) {
                part.kind = Kind::Heading(level_of(key(part)));
            } else if is_label && is_line && (part.lines.iter().all(|(_, line)| line.bold()) || role == Some(Role::Faq))
            {
                part.kind = Kind::Heading(lowest);
            }
        }
    }

    /// The largest text before the first heading of the outline is the title.
    fn title(&self, parts: &mut [Part<'_>], is_large: &dyn Fn(&Part<'_>) -> bool) {
        let before = parts.iter_mut().take_while(|part| !matches!(part.kind, Kind::Heading(_)));
        let largest = before
            .filter(|part| {
                is_large(part)
                    && part.lines.first().is_some_and(|(page, line)| *page < 2 && line.size > 1.3 * self.size)
            })
            .max_by(|left, right| {
                let size = |part: &Part<'_>| part.lines.first().map_or(0.0, |(_, line)| line.size);
                // Of several as large, the first.
                size(left).total_cmp(&size(right)).then(std::cmp::Ordering::Greater)
            });
        if let Some(title) = largest {
            title.kind = Kind::Heading(1);
        }
    }
}

/// The text of a part.
fn text_of(part: &Part<'_>) -> String {
    part.lines.iter().map(|(_, line)| line.text().trim().to_owned()).collect::<Vec<_>>().join(" ")
}
