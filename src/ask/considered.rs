//! What a question is before it is answered: read, ranked, and taken apart where it asks for two things.

use super::{
    compose::Asked, engine::Engine, filter::Filter, parts, ranking::Ranking, reading::Reading, sentences::Matcher,
};
use crate::{error::Result, model::Question};

/// A question that was read and ranked.
pub(super) struct Considered<'q> {
    pub(super) reading: Reading,
    /// The parts of a question that asks for two things, each with its ranking.
    pub(super) parts: Vec<(&'q str, Ranking)>,
    pub(super) answered: bool,
}

impl Engine {
    /// Reads and ranks a question, and tells whether it is answered.
    pub(super) fn consider<'q>(&self, question: &'q Question) -> Result<Considered<'q>> {
        let threshold = self.threshold_of(question);
        let reading = self.read(question, threshold)?;
        let parts = self.parts(question, &reading, threshold)?;
        let answered = !parts.is_empty() || reading.ranking.is_answered(threshold);
        Ok(Considered { reading, parts, answered })
    }

    /// The confidence from which on this question is answered.
    pub(super) fn threshold_of(&self, question: &Question) -> f64 {
        question.min_confidence.unwrap_or(self.threshold())
    }

    /// The parts of a question that asks for two things, each with its ranking: none, or two that are answered.
    fn parts<'q>(&self, question: &'q Question, whole: &Reading, threshold: f64) -> Result<Vec<(&'q str, Ranking)>> {
        if !whole.carried.is_empty() || !parts::may_have_parts(&whole.ranking, threshold) {
            return Ok(Vec::new());
        }
        let language = whole.ranking.query.languages.first().map(String::as_str);
        let Some([left, right]) = parts::parts(&question.text, language) else { return Ok(Vec::new()) };
        let [left, right] = [&question.text[left], &question.text[right]];
        let filter = Filter::of(question)?;
        let rank = |part: &str| self.rank_in(question.language.as_deref(), part, &filter);
        let rankings = [rank(left)?, rank(right)?];
        if !parts::are_answered(&whole.ranking, &rankings, threshold) {
            return Ok(Vec::new());
        }
        Ok([left, right].into_iter().zip(rankings).collect())
    }

    /// What was asked: the parts, then the whole.
    pub(super) fn asked_parts<'a>(&'a self, considered: &'a Considered<'_>) -> Vec<Asked<'a>> {
        let whole = &considered.reading;
        // Which sentence answers is told by the question's own words, if it has any that tell.
        let own_words = whole.own_words.as_ref().unwrap_or(&whole.ranking.query);
        let parts = considered.parts.iter().map(|(part, ranking)| (Some(*part), ranking, &ranking.query));
        let asked = parts.chain([(None, &whole.ranking, own_words)]);
        let matcher = |query| Matcher::new(query, &*self.search);
        asked.map(|(part, ranking, query)| Asked { part, ranking, matcher: matcher(query) }).collect()
    }
}
