//! What repeats at the top and bottom of pages: it is about the pages, and no text of theirs.

use super::lines::Line;
use std::collections::{HashMap, HashSet};

/// How often a line at the edge of pages repeats before it is no text of theirs.
const REPEATS: usize = 3;

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
        for height in found {
            *heights.entry(height).or_default() += 1;
        }
    }
    heights.retain(|_, count| *count >= REPEATS && *count * 10 > pages.len());
    let headers = headers(pages);
    let repeats = |line: &Line| repeats(line) || heights.contains_key(&(line.y as i64));
    let (mut left_out, mut example) = (0, None);
    for ((page, mut edges), header) in pages.iter_mut().zip(edges).zip(headers) {
        if let Some(header) = header {
            edges.retain(|&at| at != header);
        }
        let repeating = edges.into_iter().filter(|&at| page.get(at).is_some_and(repeats));
        let dropped: HashSet<usize> = repeating.chain(header).collect();
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

/// The first line of each page, by place in the list, where most pages have one at the same height, apart from the rest
/// and no larger: it names the chapter or section, and so is seldom the same.
fn headers(pages: &[Vec<Line>]) -> Vec<Option<usize>> {
    let mut sizes: HashMap<i64, usize> = HashMap::new();
    for line in pages.iter().flatten() {
        *sizes.entry((line.size * 10.0) as i64).or_default() += line.text().len();
    }
    let usual = sizes.into_iter().max_by_key(|&(size, count)| (count, -size)).map_or(0, |(size, _)| size) as f64 / 10.0;
    let first = |page: &Vec<Line>| {
        let (at, top) = page.iter().enumerate().max_by(|(_, left), (_, right)| left.y.total_cmp(&right.y))?;
        let next = page.iter().map(|line| line.y).filter(|y| *y < top.y - 1.0).fold(f64::NEG_INFINITY, f64::max);
        (top.size < 1.05 * usual + 0.2 && top.y - next > 1.6 * usual).then_some((at, top.y as i64))
    };
    let firsts: Vec<Option<(usize, i64)>> = pages.iter().map(first).collect();
    let mut heights: HashMap<i64, usize> = HashMap::new();
    for (_, height) in firsts.iter().flatten() {
        *heights.entry(*height).or_default() += 1;
    }
    let usual = heights.into_iter().max_by_key(|&(height, count)| (count, height));
    let usual = usual.filter(|(_, count)| *count > REPEATS && *count * 2 > pages.len()).map(|(height, _)| height);
    firsts.into_iter().map(|first| first.filter(|(_, height)| Some(*height) == usual).map(|(at, _)| at)).collect()
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
