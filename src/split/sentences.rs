//! Where sentences begin and end.

use super::{
    abbreviations,
    bounds::sentence_bounds,
    forms::{self, bullet},
    words,
};
use crate::model::article::trim;
use std::ops::Range;

/// A line that is broken by hand is at least this long, in characters; scripts without spaces half.
const NARROW: usize = 40;
/// A longer line is a paragraph.
const WIDE: usize = 120;
/// Thai and Lao put a space between sentences, but elsewhere too: a piece with more characters is
/// cut at one.
const LONG_THAI: usize = 200;
/// And the parts have at least this many.
const SHORT_THAI: usize = 80;

/// The sentences of a text, in order, without the white space around them. Everything that is not
/// blank is in exactly one.
#[must_use]
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for stretch in stretches(text) {
        if stretch.code {
            found.push(stretch.range);
        } else {
            in_stretch(text, stretch.range, &mut found);
        }
    }
    found
}

/// A part of the text across whose ends no sentence goes.
struct Stretch {
    range: Range<usize>,
    code: bool,
}

fn stretches(text: &str) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let (mut at, mut fenced, mut open, mut before) = (0, false, false, "");
    for line in text.split_inclusive('\n') {
        let range = trim(text, at..at + line.len());
        at += line.len();
        let content = &text[range.clone()];
        if content.is_empty() {
            open = false;
            continue;
        }
        let fence = forms::is_fence(content);
        let code = fence || fenced || is_code(content);
        fenced ^= fence;
        match stretches.last_mut() {
            Some(last) if open && !code && !last.code && goes_on(before, line) => last.range.end = range.end,
            _ => stretches.push(Stretch { range, code }),
        }
        (open, before) = (true, line);
    }
    stretches
}

/// Whether a line looks like code or the row of a table.
fn is_code(line: &str) -> bool {
    const INSIDE: &[&str] = &[" = ", "=>", "();", "->", "</", " == ", " && ", " || "];
    let last = line.bytes().next_back();
    let ends = matches!(last, Some(b'{' | b'}' | b'\\')) || (last == Some(b';') && line.is_ascii());
    let starts = line.starts_with("$ ") || line.starts_with("> ") || line.starts_with(">>> ") || line.starts_with("#!");
    let short = line.len() <= WIDE;
    forms::is_table(line) || (short && (ends || starts || INSIDE.iter().any(|part| line.contains(part))))
}

/// Whether a sentence may go on from one line to the next.
fn goes_on(before: &str, line: &str) -> bool {
    let (above, content) = (before.trim(), line.trim_start());
    if bullet(content).is_some() {
        return false;
    }
    let lower = content.chars().find(|mark| mark.is_alphabetic()).is_some_and(char::is_lowercase);
    if lower || forms::ends_sentence(above) {
        return true;
    }
    // A list item goes on in lines that are indented as it is.
    if bullet(above).is_some() && line.len() == content.len() {
        return false;
    }
    let wide = above.chars().take(WIDE + 1).map(|mark| if words::is_unspaced(mark) { 2 } else { 1 }).sum::<usize>();
    (NARROW..=WIDE).contains(&wide)
}

fn in_stretch(text: &str, stretch: Range<usize>, found: &mut Vec<Range<usize>>) {
    let mut current: Option<Range<usize>> = None;
    let mut start = stretch.start;
    let bounds = sentence_bounds(&text[stretch.clone()]).into_iter().map(|at| stretch.start + at);
    for end in bounds.chain([stretch.end]) {
        let piece = trim(text, start..end);
        start = end;
        if piece.is_empty() {
            continue;
        }
        current = match current {
            Some(open) if ends_between(&text[open.clone()], &text[piece.clone()]) => {
                push(text, open, found);
                Some(piece)
            }
            Some(open) => Some(open.start..piece.end),
            None => Some(piece),
        };
    }
    if let Some(open) = current {
        push(text, open, found);
    }
}

/// Whether a sentence ends between two pieces.
fn ends_between(before: &str, after: &str) -> bool {
    let has_word = |text: &str| text.contains(char::is_alphanumeric);
    let last = before.trim_end_matches(forms::is_closer);
    let Some(mark) = last.chars().next_back().filter(|&mark| forms::is_end(mark)) else { return false };
    if !has_word(after) || !before.chars().rev().skip(1).any(char::is_alphanumeric) {
        return false;
    }
    match mark {
        '.' => !abbreviations::goes_on(&last[..last.len() - 1], after),
        // “Why?” he asked.
        '!' | '?' | '…' => !after.starts_with(char::is_lowercase),
        _ => true,
    }
}

fn push(text: &str, sentence: Range<usize>, found: &mut Vec<Range<usize>>) {
    let is_thai = |mark: char| matches!(mark, '\u{e00}'..='\u{eff}');
    let content = &text[sentence.clone()];
    if content.len() <= LONG_THAI || !content.contains(is_thai) {
        found.push(sentence);
        return;
    }
    let mut left = content.chars().count();
    let (mut start, mut chars, mut thai) = (0, 0, 0);
    for (at, mark) in content.char_indices() {
        let cut = mark.is_whitespace() && chars >= SHORT_THAI && left >= SHORT_THAI && thai * 2 > chars;
        if cut && left + chars > LONG_THAI {
            found.push(trim(text, sentence.start + start..sentence.start + at));
            (start, chars, thai) = (at, 0, 0);
        }
        left -= 1;
        chars += 1;
        thai += usize::from(is_thai(mark));
    }
    found.push(trim(text, sentence.start + start..sentence.end));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    /// Checks a text whose sentences are parted by `|`.
    #[track_caller]
    fn check(marked: &str) {
        let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
        assert_eq!(split(&marked.replace('|', "")), expected);
    }

    #[test]
    fn a_full_stop_does_not_always_end_a_sentence() {
        check("Dr. Smith met J. R. Jones at 3 p.m. | They spoke.");
        check("It runs on e.g. Linux, i.e. Unix. | Version 3.11 is out. | No. 5 is alive.");
        check("See Fig. 3 and pp. 4 to 6. | It was on Jan. 5, 2024. | Approx. 40 came.");
        check("The U.S. Senate voted. | He lives in the U.S. | The end.");
        check("Das gilt z. B. Montags. | Am 3. Oktober ist frei. | Usw. usf.");
        check("Rust vs. Go etc. are compared. | Nothing else.");
        check("“Why?” he asked. | “Because!” | She left.");
        check("Wait... what? | Yes!");
        check("It is he and I. | Then we went.");
        check("1. Open the door. | Walk in.");
        check("Acme Inc. | The firm is old.");
        check("St. John lives on Main St. | The house is in Sacramento, CA. | It is 5 mm. | Then it ends.");
    }

    #[test]
    fn other_scripts_have_their_own_marks() {
        check("你好。|这是什么？|好！");
        check("「行きます。」|彼は言った。");
        check("यह पहला है। | यह दूसरा है।");
        check("ما هذا؟ | هذا كتاب.");
        check("នេះជាប្រយោគ។ | នេះជាប្រយោគទីពីរ។");
        check("Սա առաջինն է։ | Սա երկրորդն է։");
    }

    #[test]
    fn lines_end_sentences_only_where_they_must() {
        check("A wrapped paragraph that goes on\nin the next line. | And ends.");
        check("For forty years nobody had tended the garden of the\nLighthouse Keeper.");
        check("A heading\n\n| A paragraph");
        check("Short line\n| Next line");
        check("Do this:\n| - one thing\n| - another\n  that goes on\n| 3. third");
        check("Run it:\n| let x = 1;\n| let y = 2;\n| Done.");
        check("```\n| a. B\n| c. D\n| ```\n| Out. | In.");
    }

    #[test]
    fn thai_is_cut_at_spaces_when_it_is_long() {
        let part = "ก".repeat(90);
        assert_eq!(split(&format!("{part} {part}")).len(), 1);
        assert_eq!(split(&format!("{part} {part} {part}")).len(), 2);
    }

    proptest! {
        #[test]
        fn everything_is_in_exactly_one_sentence(text in "([A-Za-z.!?。\n ำก\\-0-9`|;(\"]{0,8}[ \n]?){0,20}|\\PC{0,60}") {
            let found = sentences(&text);
            let mut at = 0;
            for range in &found {
                prop_assert!(range.start >= at && !range.is_empty());
                prop_assert!(text[at..range.start].trim().is_empty());
                prop_assert_eq!(text[range.clone()].trim(), &text[range.clone()]);
                at = range.end;
            }
            prop_assert!(text[at..].trim().is_empty());
            prop_assert_eq!(&found, &sentences(&text));
        }
    }
}
