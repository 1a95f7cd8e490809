//! From letters to lines: in the order in which they are drawn, which is nearly always that of reading.

use super::content::Letter;

/// A gap between letters that is wider than this, in sizes of the letters, is a space.
const SPACE: f64 = 0.16;

/// A line of a page.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Its text, and whether that is bold.
    pub runs: Vec<(String, bool)>,
    /// Where it begins and ends.
    pub x: [f64; 2],
    /// Its height above the bottom of the page.
    pub y: f64,
    /// The size of most of its letters.
    pub size: f64,
    /// Whether all of its letters are as wide as each other.
    pub mono: bool,
    turn: u8,
}

impl Line {
    /// Its text.
    pub fn text(&self) -> String {
        self.runs.iter().map(|(text, _)| text.as_str()).collect()
    }

    /// Whether all of it is bold.
    pub fn bold(&self) -> bool {
        self.runs.iter().all(|(text, bold)| *bold || text.trim().is_empty())
    }

    fn push(&mut self, text: &str, bold: bool) {
        match self.runs.last_mut() {
            Some((last, is)) if *is == bold => last.push_str(text),
            _ => self.runs.push((text.to_owned(), bold)),
        }
    }
}

/// The lines of a page.
pub fn lines(letters: Vec<Letter>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut open: Vec<Letter> = Vec::new();
    for letter in letters {
        if letter.size < 0.5 {
            continue;
        }
        if let Some(last) = open.last() {
            // Bold is drawn by drawing twice.
            let same = last.text == letter.text && (last.y - letter.y).abs() < 0.1 * letter.size;
            if same && (last.x[0] - letter.x[0]).abs() < 0.12 * letter.size {
                continue;
            }
            if !goes_on(&open, &letter) {
                // A space that stands elsewhere is between no words.
                if letter.text.trim().is_empty() {
                    continue;
                }
                lines.extend(line(&open));
                open.clear();
            }
        }
        open.push(letter);
    }
    lines.extend(line(&open));
    // Text that is turned, such as along the edge, comes last.
    let turned = |turn: u8| lines.iter().filter(|line| line.turn == turn).count();
    let usual = (0..4).max_by_key(|&turn| (turned(turn), 4 - turn)).unwrap_or(0);
    lines.sort_by_key(|line| line.turn != usual);
    lines
}

/// Whether a letter is on the same line as those before.
fn goes_on(open: &[Letter], letter: &Letter) -> bool {
    let (Some(first), Some(last)) = (open.first(), open.last()) else { return false };
    let size = last.size.max(letter.size);
    let apart = (letter.y - last.y).abs();
    let raised = apart < 0.6 * size && (letter.size < 0.85 * first.size || last.size < 0.85 * letter.size);
    letter.turn == last.turn && (apart < 0.25 * size || raised) && letter.x[0] > last.x[1] - 0.7 * size
}

fn line(letters: &[Letter]) -> Option<Line> {
    let first = letters.first()?;
    let mut line = Line { turn: first.turn, x: [first.x[0], first.x[1]], mono: true, ..Line::default() };
    let mut before: Option<&Letter> = None;
    for letter in letters {
        if let Some(before) = before {
            let size = before.size.max(letter.size);
            let touches = before.text.ends_with(' ') || letter.text.starts_with(' ');
            if letter.x[0] - before.x[1] > SPACE * size && !touches {
                line.push(" ", before.bold && letter.bold);
            }
        }
        line.push(&letter.text, letter.bold);
        if !letter.text.trim().is_empty() {
            line.mono &= letter.mono;
            line.x[1] = line.x[1].max(letter.x[1]);
        }
        before = Some(letter);
    }
    let mut sizes: Vec<(i64, usize, f64)> = Vec::new();
    for letter in letters.iter().filter(|letter| !letter.text.trim().is_empty()) {
        let key = (letter.size * 10.0).round() as i64;
        match sizes.iter_mut().find(|(known, ..)| *known == key) {
            Some((_, count, _)) => *count += 1,
            None => sizes.push((key, 1, letter.y)),
        }
    }
    let (size, _, y) = sizes.into_iter().max_by_key(|(size, count, _)| (*count, *size))?;
    (line.size, line.y) = (size as f64 / 10.0, y);
    Some(line)
}
