//! Whether the lines of a text are broken by hand at some width, or each is a paragraph.

use super::{
    forms::{self, bullet},
    lines::{Line, is_rule},
    words,
};

/// Lines broken at a width are at least this wide, all but the last of a paragraph.
const NARROW: usize = 40;
/// And at most this wide.
const WIDE: usize = 100;
/// A line wider than this is a paragraph of its own.
const PARAGRAPH: usize = 120;

/// How the lines of a text are broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wrap(Option<usize>);

impl Wrap {
    /// Finds out from the lines of the whole text.
    pub fn of(lines: &[Line<'_>]) -> Self {
        let (mut lower, mut upper, mut caseless, mut long, mut width) = (0_usize, 0, 0, 0, 0);
        for (index, line) in lines.iter().enumerate() {
            let wide = columns(line.text);
            long += usize::from(wide > PARAGRAPH);
            if wide <= WIDE {
                width = width.max(wide);
            }
            let Some(next) = lines.get(index + 1).filter(|next| goes_on(line.text, wide, next.text)) else { continue };
            match next.text.chars().find(|mark| mark.is_alphabetic()) {
                Some(mark) if mark.is_lowercase() => lower += 1,
                Some(mark) if mark.is_uppercase() => upper += 1,
                _ => caseless += 1,
            }
        }
        // In running text most lines begin within a sentence; where every line is a paragraph, none
        // does. Scripts without cases do not tell: there, the lines must all be of the one kind.
        let by_case = lower > long && lower * 2 >= upper;
        let without_case = lower + upper == 0 && caseless >= 3 && long == 0;
        Self((by_case || without_case).then_some(width))
    }

    /// The width at which lines are broken, if they are.
    pub fn width(self) -> Option<usize> {
        self.0
    }

    /// Whether the first word of `next` would have found room on `line`: then the break is meant.
    pub fn is_broken_early(line: &str, next: &str, width: usize) -> bool {
        let word = next.split_whitespace().next().map_or(0, columns);
        (columns(line) + 1 + word.min(width / 4)) * 10 < width * 6
    }
}

/// Whether a line looks as if its sentence went on in the next.
fn goes_on(line: &str, wide: usize, next: &str) -> bool {
    let plain = !next.is_empty() && !is_rule(next) && bullet(next).is_none();
    plain && (NARROW..=WIDE).contains(&wide) && columns(next) <= WIDE && !forms::ends_sentence(line)
}

/// How wide a line is; characters of East Asian scripts take two columns.
fn columns(line: &str) -> usize {
    line.chars().map(|mark| if words::is_unspaced(mark) && mark >= '\u{3000}' { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrap(text: &str) -> Option<usize> {
        let lines: Vec<_> = text.lines().map(|text| Line { range: 0..text.len(), text, indent: 0 }).collect();
        Wrap::of(&lines).width()
    }

    #[test]
    fn broken_lines_are_told_from_paragraphs() {
        let wrapped = "For forty years nobody had tended the garden behind the lighthouse. In\nthe spring it was cut.";
        assert_eq!(wrap(wrapped), Some(70));
        let paragraphs = "A title that has more than forty characters, as titles have\nA paragraph that is short.";
        assert_eq!(wrap(paragraphs), None);
        assert_eq!(wrap(""), None);
        assert!(Wrap::is_broken_early("Short line", "and more", 70));
        assert!(!Wrap::is_broken_early("A line that goes on for some fifty columns or so", "and more", 70));
    }
}
