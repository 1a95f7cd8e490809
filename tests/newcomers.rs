//! Questions to the sample corpus as newcomers type them: misspelt, terse, chatty, two in one, off topic, in another
//! language. The questions were written without looking at what the program answers.

use crate::harness::{Dir, repository};
use serde_json::Value;
use std::collections::BTreeMap;

/// What has to come out: all of them, or none where the corpus does not say.
struct Asked {
    question: String,
    kind: String,
    /// Each with others that are as good.
    wanted: Vec<Vec<Wanted>>,
}

struct Wanted {
    source: String,
    words: String,
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Wanted {
    fn of(value: &Value) -> Self {
        let text = |key: &str| value[key].as_str().unwrap().to_owned();
        Self { source: text("source"), words: folded(&text("contains")) }
    }

    fn is(&self, answer: &Value) -> bool {
        answer["citations"][0]["source"] == self.source.as_str()
            && folded(answer["text"].as_str().unwrap()).contains(&self.words)
    }
}

fn questions() -> Vec<Asked> {
    let file = std::fs::read_to_string(repository("tests/fixtures/newcomer_questions.jsonl")).unwrap();
    let asked = |line: &str| {
        let row: Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| row[key].as_str().unwrap().to_owned();
        let answers: Vec<&Value> = match (&row["answers"], &row["answer"]) {
            (Value::Array(answers), _) => answers.iter().collect(),
            (_, Value::Null) => Vec::new(),
            (_, answer) => vec![answer],
        };
        let also = |answer: &Value| answer["also"].as_array().cloned().unwrap_or_default();
        let good = |answer: &Value| [answer].into_iter().chain(&also(answer)).map(Wanted::of).collect();
        Asked { question: text("question"), kind: text("kind"), wanted: answers.into_iter().map(good).collect() }
    };
    file.lines().map(asked).collect()
}

/// One answer has to be the first, two have to be among the first three.
fn is_right(asked: &Asked, reply: &Value) -> bool {
    let answers = reply["answers"].as_array().unwrap();
    let shown = if asked.wanted.len() > 1 { answers.len().min(3) } else { answers.len().min(1) };
    if asked.wanted.is_empty() {
        return reply["answered"] == false;
    }
    asked.wanted.iter().all(|good| answers[..shown].iter().any(|answer| good.iter().any(|wanted| wanted.is(answer))))
}

#[test]
fn most_questions_of_newcomers_are_answered_right_and_next_to_none_off_topic() {
    let dir = Dir::of_own_articles();
    let asked = questions();
    let lines: Vec<&str> = asked.iter().map(|asked| asked.question.as_str()).collect();
    let replies = dir.faqt(["ask", "-", "--format", "json"]).input(lines.join("\n")).run().json_lines();
    assert_eq!(replies.len(), asked.len());
    let mut right: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for (asked, reply) in asked.iter().zip(&replies) {
        let counts = right.entry(asked.kind.as_str()).or_default();
        counts[0] += usize::from(is_right(asked, reply));
        counts[1] += 1;
    }
    let all: usize = right.values().map(|counts| counts[0]).sum();
    // What was reached less a few, so that a change has to be worse, not only other, to fail.
    assert!(all >= 72, "{all} of {}: {right:?}", asked.len());
    assert!(right["off-topic"][0] >= 13, "{right:?}");
}
