//! Questions that a page has in its text and in JSON-LD are given once: where a reader sees them.

use super::json_ld::Faq;
use crate::{
    model::{Block, BlockKind, SourceText},
    split::labels::ends_with_question_mark,
};
use std::collections::{HashMap, HashSet};

/// How many places of the text are tried for a question.
const PLACES: usize = 4;

/// The questions that the text does not have. For the others, the blocks of the text become question and answer.
pub fn missing(text: &str, blocks: &mut [Block], faqs: Vec<Faq>) -> Vec<Faq> {
    if faqs.is_empty() {
        return faqs;
    }
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, block) in blocks.iter().enumerate() {
        let words = words(&text[block.range.clone()]);
        if !words.is_empty() && words.len() <= 2 << 10 {
            places.entry(words).or_default().push(at);
        }
    }
    let mut known = HashSet::new();
    let is_missing = |faq: &Faq| {
        let asked = words(faq.questions.first().map_or("", SourceText::plain));
        let answers: Vec<String> = faq.answers.iter().map(|answer| words(answer.plain())).collect();
        let found = places.get(&asked).into_iter().flatten().take(PLACES);
        for &at in found {
            if let Some(end) = answered(text, blocks, at, &answers) {
                mark(text, blocks, at, end);
                return false;
            }
        }
        known.insert((asked, answers))
    };
    faqs.into_iter()
        .filter({
            let mut is_missing = is_missing;
            move |faq| is_missing(faq)
        })
        .collect()
}

/// The words of a text in lower case.
fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The block behind the last that is needed to say what all answers say, if the blocks behind a question do.
fn answered(text: &str, blocks: &[Block], question: usize, answers: &[String]) -> Option<usize> {
    let level = match blocks[question].kind {
        BlockKind::Heading(level) => level,
        BlockKind::Title => 1,
        _ => 6,
    };
    let needed: usize = answers.iter().map(String::len).sum();
    let mut said = String::from(" ");
    for (at, block) in blocks.iter().enumerate().skip(question + 1) {
        let ends = match block.kind {
            BlockKind::Heading(other) => other <= level,
            BlockKind::Title | BlockKind::Question => true,
            _ => false,
        };
        if ends || said.len() > needed * 2 + (4 << 10) {
            break;
        }
        said.push_str(&words(&text[block.range.clone()]));
        said.push(' ');
        if said.len() >= needed && answers.iter().all(|answer| said.contains(&format!(" {answer} "))) {
            return Some(at + 1);
        }
    }
    None
}

/// Makes the blocks question and answer, where their form does not say so already.
fn mark(text: &str, blocks: &mut [Block], question: usize, end: usize) {
    let asks = ends_with_question_mark(&text[blocks[question].range.clone()]);
    match blocks[question].kind {
        BlockKind::Title | BlockKind::Question => return,
        BlockKind::Heading(_) if asks => return,
        _ => blocks[question].kind = BlockKind::Question,
    }
    for block in &mut blocks[question + 1..end] {
        block.kind = BlockKind::Answer;
    }
}
