//! Cutting the text of a section into passages: whole sentences, some 60 to 160 words, balanced.

use super::{forms, sentences::sentences, words};
use crate::model::{Block, BlockKind};
use std::ops::Range;

/// A text with no more words is one passage.
const SHORT: usize = 200;
/// A passage of several sentences has no more words.
const LONGEST: usize = 250;
/// A sentence with more words is cut.
const MONSTER: usize = 400;
/// The length that passages aim at, in words.
const AIM: usize = 110;

/// Cost of a cut behind a paragraph or an item; of one within a paragraph; and of one that parts
/// an introduction from its list, or a text from the code or table below it. As much as being off the
/// aim by the square root of it, in words.
const BEHIND_PARAGRAPH: u64 = 0;
const WITHIN_PARAGRAPH: u64 = 4_000;
const BEHIND_COLON: u64 = 6_000;

/// The ranges of the passages that consecutive blocks make, in order.
pub fn passages(text: &str, blocks: &[Block]) -> Vec<Range<usize>> {
    let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else { return Vec::new() };
    let hull = first.range.start..last.range.end;
    if text.get(hull.clone()).is_none_or(|text| words::count(text) <= SHORT) {
        return vec![hull];
    }
    let atoms = atoms(text, blocks);
    cut(&atoms).into_iter().map(|part| atoms[part.start].range.start..atoms[part.end - 1].range.end).collect()
}

/// What is never cut: a sentence, a block of code, a table.
struct Atom {
    range: Range<usize>,
    words: usize,
    /// What a cut behind it costs.
    cost: u64,
}

fn atoms(text: &str, blocks: &[Block]) -> Vec<Atom> {
    let is_whole = |block: &Block| matches!(block.kind, BlockKind::Code | BlockKind::Table);
    let mut atoms: Vec<Atom> = Vec::new();
    for block in blocks {
        let content = text.get(block.range.clone()).unwrap_or_default();
        let mut parts = Vec::new();
        if is_whole(block) {
            parts.push(0..content.len());
            if let Some(before) = atoms.last_mut() {
                before.cost = BEHIND_COLON;
            }
        } else {
            for sentence in sentences(content) {
                pieces(content, sentence, &mut parts);
            }
        }
        for part in parts {
            let words = words::count(&content[part.clone()]);
            let range = block.range.start + part.start..block.range.start + part.end;
            atoms.push(Atom { range, words, cost: WITHIN_PARAGRAPH });
        }
        if let Some(last) = atoms.last_mut() {
            let introduces = !is_whole(block) && forms::without_closers(content).ends_with([':', '：']);
            last.cost = if introduces { BEHIND_COLON } else { BEHIND_PARAGRAPH };
        }
    }
    atoms
}

/// The sentence, cut between words if it is monstrous.
fn pieces(text: &str, sentence: Range<usize>, parts: &mut Vec<Range<usize>>) {
    let content = &text[sentence.clone()];
    let total = words::count(content);
    if total <= MONSTER {
        parts.push(sentence);
        return;
    }
    let most = total.div_ceil(total.div_ceil(AIM));
    let mut start = 0;
    let mut meter = words::Meter::default();
    for (at, mark) in content.char_indices() {
        // A word that never ends is cut where it must be.
        let may_cut = mark.is_whitespace() || words::is_unspaced(mark) || meter.words() > most + AIM;
        if meter.words() >= most && may_cut && at > start {
            parts.extend(trimmed(text, sentence.start + start..sentence.start + at));
            start = at;
            meter = words::Meter::default();
        }
        meter.add(mark);
    }
    parts.extend(trimmed(text, sentence.start + start..sentence.end));
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let range = crate::model::article::trim(text, range);
    (!range.is_empty()).then_some(range)
}

/// The cheapest way to cut the atoms into parts, as ranges of them.
fn cut(atoms: &[Atom]) -> Vec<Range<usize>> {
    // best[end]: the cost of the atoms before `end`, and where the last part begins.
    let mut best: Vec<(u64, usize)> = vec![(0, 0)];
    for end in 1..=atoms.len() {
        let (mut words, mut found) = (0, (u64::MAX, end - 1));
        for start in (0..end).rev() {
            // Even what has no word in it takes room: the loop must end.
            words += atoms[start].words.max(1);
            if words > LONGEST && start + 1 < end {
                break;
            }
            let behind = if end == atoms.len() { 0 } else { atoms[end - 1].cost };
            let cost = best[start].0 + size_cost(words) + behind;
            if cost < found.0 {
                found = (cost, start);
            }
        }
        best.push(found);
    }
    let mut parts = Vec::new();
    let mut end = atoms.len();
    while end > 0 {
        let start = best[end].1;
        parts.push(start..end);
        end = start;
    }
    parts.reverse();
    parts
}

/// What a part of this many words costs: the square of what it is off the aim by.
fn size_cost(words: usize) -> u64 {
    let off = words.abs_diff(AIM) as u64;
    off * off
}
