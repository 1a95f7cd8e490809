//! From lines to headings, paragraphs, items and code.

use super::{lines::Line, outline::Heading};
use crate::split::{Role, SectionNames};
use std::collections::{HashMap, HashSet};

/// What marks an item of a list.
const BULLETS: [char; 14] = ['•', '◦', '▪', '▫', '●', '○', '■', '∙', '·', '‣', '⁃', '\u{f0b7}', '\u{f0a7}', '–'];

/// A heading has no more lines, and no more bytes, than this.
const HEADING_LINES: usize = 4;
const HEADING_BYTES: usize = 300;

/// How often a line at the edge of pages repeats before it is no text of theirs.
const REPEATS: usize = 3;

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

/// Takes out what repeats at the top and bottom of pages, and says so.
pub fn drop_running(pages: &mut [Vec<Line>]) -> Option<String> {
    let mut seen: HashMap<(String, i64), usize> = HashMap::new();
    let edges: Vec<Vec<usize>> = pages.iter().map(|page| edges(page)).collect();
    let keys = |line: &Line| {
        let height = (line.y / 4.0).round() as i64;
        [-1, 0, 1].map(|near| (masked(&line.text()), height + near))
    };
    for (page, edges) in pages.iter().zip(&edges) {
        for line in edges.iter().filter_map(|&at| page.get(at)) {
            let [_, key, _] = keys(line);
            *seen.entry(key).or_default() += 1;
        }
    }
    let enough = if pages.len() < REPEATS { pages.len().max(2) } else { REPEATS };
    let repeats = |line: &Line| keys(line).iter().filter_map(|key| seen.get(key)).sum::<usize>() >= enough;
    // Where many pages have a line that repeats, the others have one that names their chapter or section.
    let mut heights: HashMap<i64, usize> = HashMap::new();
    for (page, edges) in pages.iter().zip(&edges) {
        let found: HashSet<i64> = edges
            .iter()
            .filter_map(|&at| page.get(at))
            .filter(|line| repeats(line))
            .map(|line| line.y as i64)
            .collect();
        found.into_iter().for_each(|height| *heights.entry(height).or_default() += 1);
    }
    heights.retain(|_, count| *count >= REPEATS && *count * 10 > pages.len());
    let repeats = |line: &Line| repeats(line) || heights.contains_key(&(line.y as i64));
    let (mut left_out, mut example) = (0, None);
    for (page, edges) in pages.iter_mut().zip(edges) {
        let dropped: HashSet<usize> = edges.into_iter().filter(|&at| page.get(at).is_some_and(repeats)).collect();
        left_out += dropped.len();
        let mut at = 0;
        page.retain(|line| {
            at += 1;
            let dropped = dropped.contains(&(at - 1));
            if dropped && (example.is_none() || example.as_ref().is_some_and(|text: &String| text.len() < 4)) {
                example = Some(line.text().trim().chars().take(60).collect());
            }
            !dropped
        });
    }
    let lines = if left_out == 1 { "line that repeats" } else { "lines that repeat" };
    example.map(|text| format!("{left_out} {lines} at the top or bottom of pages left out, such as `{text}`"))
}

/// The two highest and the two lowest lines of a page, by place in the list.
fn edges(page: &[Line]) -> Vec<usize> {
    let mut heights: Vec<(f64, usize)> = page.iter().enumerate().map(|(at, line)| (line.y, at)).collect();
    heights.sort_by(|(left, _), (right, _)| left.total_cmp(right));
    let levels: Vec<f64> = heights.iter().map(|(y, _)| *y).collect();
    let (Some(&lowest), Some(&highest)) = (levels.first(), levels.last()) else { return Vec::new() };
    let second_lowest = levels.iter().find(|y| **y > lowest + 2.0).copied().unwrap_or(lowest);
    let second_highest = levels.iter().rfind(|y| **y < highest - 2.0).copied().unwrap_or(highest);
    let is_edge = |y: f64| y <= second_lowest + 2.0 || y >= second_highest - 2.0;
    heights.into_iter().filter(|(y, _)| is_edge(*y)).map(|(_, at)| at).collect()
}

/// A line without what differs from page to page: numbers, be they Roman.
fn masked(text: &str) -> String {
    let is_roman = |word: &str| !word.is_empty() && word.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l'));
    let mask = |word: &str| if is_roman(word) { "#".to_owned() } else { word.replace(|c: char| c.is_numeric(), "#") };
    let words = text.to_lowercase();
    let words = words.split_whitespace().map(mask).map(|word| {
        let short = word.trim_matches('#');
        if short.len() < word.len() { format!("{short}#") } else { word }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The parts of a document.
pub fn parts<'a>(pages: &'a [Vec<Line>], outline: &[Heading], names: &SectionNames) -> Vec<Part<'a>> {
    let measures = Measures::of(pages);
    let headings = by_outline(pages, outline);
    // An outline that leads to hardly any of its headings is that of another text.
    let outlined = headings.len() * 2 > outline.len() && !outline.is_empty();
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
            let heading = headings.get(&(page, at)).copied().filter(|_| outlined);
            let last = parts.last().and_then(|part| part.lines.last().map(|&(page, line)| (part, page, line)));
            let kind = match heading {
                Some(level) => Kind::Heading(level.saturating_add(1)),
                None if line.mono => Kind::Code,
                None if text.starts_with(BULLETS) && is_bullet(text) => Kind::Item,
                None => Kind::Text,
            };
            let goes_on = match (kind, last) {
                (_, None) => false,
                (Kind::Heading(_), Some((part, before, last))) => {
                    part.kind == kind
                        && before == page
                        && last.y - line.y < 2.0 * line.size
                        && last.y > line.y
                        && headings.get(&(page, at)).is_some()
                        && at > 0
                        && !starts_entry(outline, text)
                }
                (Kind::Code, Some((part, ..))) => part.kind == Kind::Code,
                (Kind::Item, _) => false,
                (Kind::Text, Some((part, before, last))) => {
                    !matches!(part.kind, Kind::Heading(_) | Kind::Code)
                        && measures.goes_on(part, (before, last), (page, line))
                }
            };
            match parts.last_mut() {
                Some(part) if goes_on => part.lines.push((page, line)),
                _ => parts.push(Part { kind, lines: vec![(page, line)] }),
            }
        }
    }
    measures.headings(&mut parts, outlined, names);
    parts
}

/// Whether a heading of the outline begins as this line does: then it is not the rest of the one before.
fn starts_entry(outline: &[Heading], text: &str) -> bool {
    let text = letters(text);
    outline.iter().any(|heading| letters(&heading.title) == text)
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

/// The lines that are headings of the outline, with their levels.
fn by_outline(pages: &[Vec<Line>], outline: &[Heading]) -> HashMap<(usize, usize), u8> {
    let mut found = HashMap::new();
    let mut from = (0, 0);
    for heading in outline {
        let wanted = letters(&heading.title);
        let first = heading.page.unwrap_or(from.0);
        let last = heading.page.map_or(pages.len(), |page| page + 2).min(pages.len());
        let place = (first..last).find_map(|page| {
            let lines = pages.get(page)?;
            let start = if page == from.0 { from.1 } else { 0 };
            (start..lines.len()).find_map(|at| Some((page, at, covers(lines.get(at..)?, &wanted)?)))
        });
        if let Some((page, at, count)) = place {
            found.extend((at..at + count).map(|at| ((page, at), heading.level)));
            from = (page, at + count);
        }
    }
    found
}

/// How many lines, from the first on, are a heading; a number may stand before it.
fn covers(lines: &[Line], wanted: &str) -> Option<usize> {
    let mut text = String::new();
    // A number on a line of its own is that of a note or page sooner than that of the heading below.
    let number = |line: &Line| line.text().trim().chars().all(char::is_numeric);
    if let [first, second, ..] = lines
        && number(first)
        && (first.size - second.size).abs() > 0.5
    {
        return None;
    }
    for (index, line) in lines.iter().take(HEADING_LINES).enumerate() {
        text += &letters(&line.text());
        if text.len() > wanted.len() + 16 || wanted.is_empty() {
            return None;
        }
        let is_number = |rest: &str| {
            let rest = rest.trim_start_matches("chapter").trim_start_matches("appendix");
            rest.len() < 8 && rest.chars().all(|c| c.is_numeric() || rest.len() == 1)
        };
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
    fn goes_on(&self, part: &Part<'_>, (before, last): (usize, &Line), (page, line): (usize, &Line)) -> bool {
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
