//! A question with its answer, as tables and lists have it.

use crate::{made_up::Random, write::Text};

pub const CSV_HEADER: &str = "id,question,answer,alternatives,category,url,updated\n";

fn plain(word: &str, _: &mut Random) -> String {
    word.to_owned()
}

/// Answers of a sentence or two, and some of a paragraph and more.
fn answer(text: &Text<'_>, random: &mut Random) -> String {
    let sentences = if random.between(0, 9) == 0 { random.between(6, 20) } else { random.between(1, 4) };
    text.sentences(sentences, random, &plain)
}

pub fn csv(text: &Text<'_>, random: &mut Random, number: usize) -> String {
    let question = text.question(random);
    let mut answer = answer(text, random);
    if random.between(0, 4) == 0 {
        answer = format!("{answer}\n\nPlease say \"\"{}\"\" first.", text.phrase(1, 3, random));
    }
    let alternatives = if random.between(0, 2) == 0 { text.question(random) } else { String::new() };
    let (category, day) = (text.phrase(1, 2, random), random.between(1, 28));
    format!(
        "{number},{question},\"{answer}\",{alternatives},{category},https://example.org/faq/{number},2026-03-{day:02}\n"
    )
}

pub fn json(text: &Text<'_>, random: &mut Random, number: usize) -> String {
    let (question, mut answer) = (text.question(random), answer(text, random));
    if random.between(0, 4) == 0 {
        answer += &format!("\\n\\nPlease say \\\"{}\\\" first.", text.phrase(1, 3, random));
    }
    let (other, category) = (text.question(random), text.phrase(1, 2, random));
    format!(
        "{{\"_id\": \"{number}\", \"question\": \"{question}\", \"alternates\": [\"{other}\"], \"answer\": \"{answer}\", \
         \"url\": \"https://example.org/faq/{number}\", \"metadata\": {{\"category\": \"{category}\", \"page\": {}}}}}",
        random.between(1, 900)
    )
}

pub fn jsonl(text: &Text<'_>, random: &mut Random, number: usize) -> String {
    json(text, random, number) + "\n"
}

/// A list of twenty to a hundred.
pub fn yaml(text: &Text<'_>, random: &mut Random, _: usize) -> String {
    let mut list = String::new();
    for _ in 0..random.between(20, 100) {
        let (question, category) = (text.question(random), text.phrase(1, 2, random));
        let answer = answer(text, random);
        list += &match random.between(0, 2) {
            0 => format!("- question: {question}\n  answer: \"{answer}\"\n  category: {category}\n"),
            1 => format!("- question: {question}\n  category: {category}\n  answer: |\n    {answer}\n"),
            _ => format!("- question: \"{question}\"\n  answer: >-\n    {answer}\n\n    Thank you.\n"),
        };
    }
    list
}
