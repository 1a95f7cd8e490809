//! What an answer is made of: sentences, and lists and tables as wholes.

use crate::split::{bullet, is_table, sentences};
use std::ops::Range;

/// A line without a mark is the item of a list only up to so many characters.
const LONGEST_ITEM: usize = 160;

/// The pieces of a text, in order: a list, a table or a block of lines with what introduces it, or a sentence.
#[must_use]
pub fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut lines: Vec<Range<usize>> = Vec::new();
    for sentence in sentences(text) {
        match lines.last_mut() {
            Some(line) if !text[line.end..sentence.start].contains('\n') => line.end = sentence.end,
            _ => lines.push(sentence.clone()),
        }
        pieces.push(sentence);
    }
    for list in lists(text, &lines) {
        let first = pieces.partition_point(|piece| piece.start < list.start);
        let end = pieces.partition_point(|piece| piece.start < list.end);
        let introduced = first > 0 && text[..pieces[first - 1].end].ends_with([':', '：']);
        let first = first - usize::from(introduced);
        let whole = pieces[first].start..pieces[end - 1].end;
        pieces.splice(first..end, [whole]);
    }
    pieces
}

/// Runs of lines that are items of a list or rows of a table.
fn lists(text: &str, lines: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut lists: Vec<Range<usize>> = Vec::new();
    let mut items = 0;
    for pair in lines.windows(2) {
        let (above, below) = (&text[pair[0].clone()], &text[pair[1].clone()]);
        let apart = text[pair[0].end..pair[1].start].matches('\n').count() > 1;
        let marked = is_marked(above) && is_marked(below);
        let together = marked || (!apart && is_item(above) && is_item(below));
        match lists.last_mut() {
            Some(list) if together && items > 0 => list.end = pair[1].end,
            _ if together => lists.push(pair[0].start..pair[1].end),
            _ => {}
        }
        items = if together { items + 1 } else { 0 };
    }
    lists
}

fn is_marked(line: &str) -> bool {
    bullet(line).is_some() || is_table(line)
}

/// Whether a line may be an item: marked, or short and no introduction.
fn is_item(line: &str) -> bool {
    is_marked(line) || (!line.ends_with([':', '：']) && line.chars().take(LONGEST_ITEM + 1).count() <= LONGEST_ITEM)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Checks a text whose pieces are parted by `¦`.
    #[track_caller]
    fn check(marked: &str) {
        let text = marked.replace('¦', "");
        let found: Vec<&str> = pieces(&text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, marked.split('¦').map(str::trim).collect::<Vec<_>>());
    }

    #[test]
    fn lists_and_tables_are_whole_and_sentences_are_not() {
        check("One. ¦Two is\nwrapped over a line that is as long as lines are. ¦Three.");
        check("Before. ¦Do this:\n\n1. Open it. Wait.\n2. Press it.\n\n¦After. ¦The end.");
        check("Before.\n\n¦Open it. Wait.\nPress it.\n\n¦After. ¦The end.");
        check("The sizes:\n| small | 3 |\n| large | 5 |\n\n¦After.");
        check("- one\n\n- two\n\n¦After.");
        let long = "A paragraph of a line that goes on and on and on. ".repeat(4);
        check(&format!("{}\n¦{}", long.trim().replace(". ", ". ¦"), long.trim().replace(". ", ". ¦")));
    }

    proptest! {
        #[test]
        fn pieces_have_every_sentence_whole(text in "([A-Za-z.:。\\-0-9|]{0,8}[ \n]?){0,20}|\\PC{0,60}") {
            let found = pieces(&text);
            prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
            for sentence in sentences(&text) {
                prop_assert!(found.iter().any(|piece| piece.start <= sentence.start && sentence.end <= piece.end));
            }
        }
    }
}
