//! What was asked in vain or answered wrongly, the most frequent first.

use super::{
    group::{Topics, groups},
    log::{Record, Said, Verdict},
};
use crate::{ask::engine::Engine, error::Result, index::phrasing_key, model::Question};
use jiff::Timestamp;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

/// So many ways to ask, and comments, of a group are shown.
const SHOWN: usize = 20;

/// Questions that are alike and that were not answered, or not well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Miss {
    /// The one that was asked most often.
    pub question: String,
    /// How often any of them was missed.
    pub count: usize,
    /// How often there was no answer.
    pub unanswered: usize,
    /// How often somebody said that the answer was wrong.
    pub disliked: usize,
    /// The ways in which they were asked, the most frequent first; at most 20.
    pub questions: Vec<String>,
    /// When the last of them was missed.
    #[cfg_attr(feature = "server", schema(value_type = String, format = DateTime), schemars(with = "String"))]
    pub last: Timestamp,
    /// Whether the question is answered by the index as it is now.
    pub answered_now: bool,
    /// The nearest stored questions; the questions of the answers where it is answered now.
    pub suggestions: Vec<String>,
    /// What was said of the replies, the newest first; at most 20.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<String>,
    /// The id of the unit that would have been right, as somebody said last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right_unit: Option<String>,
}

/// What is known of one question, however it is written.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    /// How often each way of writing it comes.
    written: BTreeMap<String, usize>,
    unanswered: usize,
    disliked: usize,
    last: Timestamp,
    comments: Vec<(Timestamp, String)>,
    /// The units that are right.
    pub(super) right: BTreeSet<String>,
    last_right: Option<(Timestamp, String)>,
    /// Whether no article answers it, and none should.
    pub(super) no_answer: bool,
}

impl Asked {
    /// The way in which it is written most often.
    pub(super) fn question(&self) -> &str {
        self.written.iter().max_by_key(|(text, count)| (**count, Reverse(*text))).map_or("", |(text, _)| text)
    }

    /// How often it was missed. What should have no answer is no miss.
    fn count(&self) -> usize {
        if self.no_answer { 0 } else { self.unanswered + self.disliked }
    }

    fn take_in(&mut self, record: &Record) {
        *self.written.entry(record.question.clone()).or_default() += 1;
        let Said::Feedback { verdict, unit, right_unit, comment } = &record.said else {
            self.unanswered += 1;
            self.last = record.at;
            return;
        };
        self.comments.extend(comment.iter().map(|comment| (record.at, comment.clone())));
        self.no_answer = *verdict == Verdict::NoAnswer;
        match verdict {
            Verdict::Right => self.is_right(unit.as_ref().or(right_unit.as_ref()), record.at),
            Verdict::NoAnswer => self.right.clear(),
            Verdict::Wrong => {
                self.disliked += 1;
                self.last = record.at;
                if let Some(unit) = unit {
                    self.right.remove(unit);
                }
                self.is_right(right_unit.as_ref(), record.at);
            }
        }
    }

    fn is_right(&mut self, unit: Option<&String>, at: Timestamp) {
        if let Some(unit) = unit {
            self.right.insert(unit.clone());
            self.last_right = Some((at, unit.clone()));
        }
    }
}

/// What is known of all questions of a log, in the order of their first record.
#[derive(Debug, Default)]
pub(super) struct Asks {
    places: FxHashMap<u64, usize>,
    /// Shared with the lists that are made of them.
    asked: Vec<Arc<Asked>>,
}

impl Asks {
    pub(super) fn of(records: &[Record]) -> Self {
        let mut asks = Self::default();
        for record in records {
            asks.take_in(record);
        }
        asks
    }

    /// Takes in the next record of the log.
    pub(super) fn take_in(&mut self, record: &Record) {
        let place = *self.places.entry(phrasing_key(&record.question)).or_insert(self.asked.len());
        if place == self.asked.len() {
            self.asked.push(Arc::default());
        }
        if let Some(asked) = self.asked.get_mut(place) {
            Arc::make_mut(asked).take_in(record);
        }
    }

    pub(super) fn all(&self) -> &[Arc<Asked>] {
        &self.asked
    }
}

/// All misses, in groups of questions that are alike: the most frequent first, then the newest.
#[derive(Debug)]
pub struct Misses {
    groups: Vec<Vec<Arc<Asked>>>,
}

impl Misses {
    /// Groups the records of a log.
    #[must_use]
    pub fn of(records: &[Record], engine: &Engine) -> Self {
        Self::grouped(&Asks::of(records), &mut Topics::default(), engine)
    }

    pub(super) fn grouped(asks: &Asks, topics: &mut Topics, engine: &Engine) -> Self {
        let mut missed: Vec<&Arc<Asked>> = asks.all().iter().filter(|asked| asked.count() > 0).collect();
        // What is asked most often gives its name to a group.
        missed.sort_by_key(|asked| Reverse(asked.count()));
        let group_of = groups(missed.iter().map(|asked| asked.question()), topics, engine);
        let mut groups: Vec<Vec<Arc<Asked>>> = Vec::new();
        for (asked, group) in missed.into_iter().zip(group_of) {
            if group == groups.len() {
                groups.push(Vec::new());
            }
            if let Some(group) = groups.get_mut(group) {
                group.push(Arc::clone(asked));
            }
        }
        let count = |group: &[Arc<Asked>]| group.iter().map(|asked| asked.count()).sum::<usize>();
        groups.sort_by_cached_key(|group| Reverse((count(group), group.iter().map(|asked| asked.last).max())));
        Self { groups }
    }

    /// How many groups there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.groups.len()
    }

    /// Whether nothing was missed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Some of the misses, each asked again.
    ///
    /// # Errors
    /// As [`Engine::ask`].
    pub fn page(&self, range: Range<usize>, engine: &Engine) -> Result<Vec<Miss>> {
        let groups = self.groups.iter().skip(range.start).take(range.len());
        groups.map(|group| miss(group, engine)).collect()
    }
}

fn miss(group: &[Arc<Asked>], engine: &Engine) -> Result<Miss> {
    let question = group.first().map_or("", |asked| asked.question()).to_owned();
    let mut ways: Vec<(&String, usize)> =
        group.iter().flat_map(|asked| asked.written.iter().map(|(text, count)| (text, *count))).collect();
    ways.sort_by_key(|&(text, count)| (Reverse(count), text));
    let mut comments: Vec<&(Timestamp, String)> = group.iter().flat_map(|asked| &asked.comments).collect();
    comments.sort_by_key(|comment| Reverse(comment.0));
    let reply = engine.ask(&Question::new(&question))?;
    let answering = reply.answers.into_iter().filter_map(|answer| answer.question);
    let right = group.iter().filter_map(|asked| asked.last_right.as_ref()).max();
    Ok(Miss {
        count: group.iter().map(|asked| asked.count()).sum(),
        unanswered: group.iter().map(|asked| asked.unanswered).sum(),
        disliked: group.iter().map(|asked| asked.disliked).sum(),
        questions: ways.into_iter().take(SHOWN).map(|(text, _)| text.clone()).collect(),
        last: group.iter().map(|asked| asked.last).max().unwrap_or_default(),
        answered_now: reply.answered,
        suggestions: if reply.answered { answering.collect() } else { reply.suggestions },
        comments: comments.into_iter().take(SHOWN).map(|(_, comment)| comment.clone()).collect(),
        right_unit: right.map(|(_, unit)| unit.clone()),
        question,
    })
}
