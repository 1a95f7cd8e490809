//! Replies of the generation in force, kept for those who ask the same again: many do, and most of all by what was suggested.

use crate::{Question, Reply};
use quick_cache::{Weighter, sync::Cache};
use std::{sync::Arc, time::Instant};

/// About how many bytes a reply has, to begin with.
const USUAL: u64 = 4 << 10;

/// The replies asked for lately, as many as fit into the memory that they may take.
pub struct Replies(Option<Cache<Asked, Arc<Kept>, Bytes>>);

/// What a reply depends on, beside the index.
#[derive(PartialEq, Eq, Hash)]
struct Asked {
    text: String,
    top: usize,
    filters: Vec<String>,
    /// As bits, which can be compared.
    min_confidence: Option<u64>,
    language: Option<String>,
}

struct Kept {
    reply: Reply,
    bytes: u64,
}

#[derive(Clone)]
struct Bytes;

impl Weighter<Asked, Arc<Kept>> for Bytes {
    fn weight(&self, _: &Asked, kept: &Arc<Kept>) -> u64 {
        kept.bytes
    }
}

impl Replies {
    /// Room for replies in so many bytes; for 0, none is kept.
    pub fn new(bytes: usize) -> Self {
        let bytes = bytes as u64;
        Self((bytes > 0).then(|| Cache::with_weighter((bytes / USUAL) as usize, bytes, Bytes)))
    }

    /// The reply to a question that was asked before.
    pub fn get(&self, question: &Question) -> Option<Reply> {
        let start = Instant::now();
        let kept = self.0.as_ref()?.get(&Asked::of(question)?)?;
        Some(Reply { took_ms: Reply::milliseconds(start.elapsed()), ..kept.reply.clone() })
    }

    /// Keeps a reply.
    pub fn keep(&self, question: &Question, reply: &Reply) {
        if let (Some(cache), Some(asked)) = (&self.0, Asked::of(question)) {
            let letters = serde_json::to_vec(&(reply, &asked.filters)).map_or(0, |json| json.len());
            // Many short texts take about as much beside their letters.
            let kept = Kept { reply: reply.clone(), bytes: 2 * letters as u64 };
            cache.insert(asked, Arc::new(kept));
        }
    }
}

impl Asked {
    /// Nothing for a question that hardly anybody asks again: one with a history, or out of the ordinary.
    fn of(question: &Question) -> Option<Self> {
        let Question { text, top, filters, conditions, min_confidence, explain, history, language } = question;
        (conditions.is_empty() && !explain && history.is_empty()).then(|| Self {
            text: text.clone(),
            top: *top,
            filters: filters.clone(),
            min_confidence: min_confidence.map(f64::to_bits),
            language: language.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(question: &str) -> Reply {
        let (answers, suggestions, corrections, carried) = Default::default();
        let question = question.to_owned();
        Reply { question, answered: true, answers, suggestions, corrections, took_ms: 1.0, carried, explanation: None }
    }

    #[test]
    fn a_reply_is_kept_for_the_same_question_alone() {
        let replies = Replies::new(1 << 20);
        let asked = Question::new("Where?");
        replies.keep(&asked, &reply("Where?"));
        assert_eq!(replies.get(&asked).unwrap().question, "Where?");
        for other in [
            Question::new("When?"),
            Question { top: 1, ..asked.clone() },
            Question { filters: vec!["a=b".to_owned()], ..asked.clone() },
            Question { min_confidence: Some(0.5), ..asked.clone() },
            Question { language: Some("en".to_owned()), ..asked.clone() },
            Question { explain: true, ..asked.clone() },
            Question { history: vec![crate::Turn::new("Who?")], ..asked.clone() },
        ] {
            assert_eq!(replies.get(&other), None, "{other:?}");
        }
    }

    #[test]
    fn no_more_is_kept_than_there_is_room_for() {
        let long = |number: usize| Question::new(format!("{number} {}", "x".repeat(1000)));
        let filtered = |number: usize| Question {
            filters: vec![format!("tag={}", "x".repeat(1000))],
            ..Question::new(number.to_string())
        };
        for asked in [long, filtered] {
            let replies = Replies::new(64 << 10);
            for question in (0..1000).map(asked) {
                replies.keep(&question, &reply(&question.text));
            }
            let kept = (0..1000).filter(|&number| replies.get(&asked(number)).is_some()).count();
            assert!((1..64).contains(&kept), "{kept}");
        }
        let none = Replies::new(0);
        none.keep(&long(1), &reply("1"));
        assert_eq!(none.get(&long(1)), None);
    }
}
