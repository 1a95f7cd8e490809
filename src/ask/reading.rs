//! A question in a conversation: read by itself, with what was said before, or as one of the prompts of the last answer.

use super::{
    engine::{Engine, Found},
    filter::Filter,
    forms::{self, Form, Sign},
    history::{self, Context},
    query::Query,
    ranking::Ranking,
    retrieve::Candidates,
};
use crate::{error::Result, model::Question};

/// A question as it was read.
pub(super) struct Reading {
    pub(super) ranking: Ranking,
    /// The words that it took over from earlier turns.
    pub(super) carried: Vec<String>,
    /// The question without them, where it took any over and names something itself.
    pub(super) own_words: Option<Query>,
}

impl From<Ranking> for Reading {
    fn from(ranking: Ranking) -> Self {
        Self { ranking, carried: Vec::new(), own_words: None }
    }
}

impl Engine {
    /// Reads a question by itself, or with what was said before where that is the likelier reading.
    pub(super) fn read(&self, question: &Question, threshold: f64) -> Result<Reading> {
        let filter = Filter::of(question)?;
        let alone = self.rank_in(question.language.as_deref(), &question.text, &filter)?;
        if question.history.is_empty() || forms::is_small_talk(&alone.query.words) {
            return Ok(alone.into());
        }
        let context = Context::of(&question.history, &self.vocabulary, &*self.search)?;
        let form = forms::of_question(&alone.query, &self.vocabulary);
        if let Some(prompted) = self.prompted(&alone.query, &form, &context, &filter, threshold)? {
            return Ok(prompted.into());
        }
        let is_asked = alone.ranked.first().is_some_and(|first| first.asked);
        if is_asked || form.sign == Sign::None {
            return Ok(alone.into());
        }
        let (query, carried) = context.carry(&alone.query, &*self.search);
        let found = self.find(&query, &filter)?;
        let mut within = self.rank_found(query, found, Some(&context))?;
        within.believe(|first| history::borne_out(&alone.query, &form, first.unit, &*self.search));
        let likelihood = history::likelihood(form.sign);
        if within.confidence() * likelihood <= alone.confidence() * (1.0 - likelihood) {
            return Ok(alone.into());
        }
        let own_words = (form.sign != Sign::Bare).then_some(alone.query);
        Ok(Reading { ranking: within, carried, own_words })
    }

    /// The ranking of the units that the last answer's prompts lead to, if one of them answers.
    fn prompted(
        &self,
        query: &Query,
        form: &Form,
        context: &Context,
        filter: &Filter,
        threshold: f64,
    ) -> Result<Option<Ranking>> {
        let prompted = context.prompted(filter, &*self.search)?;
        let named = prompted.named(query.key).to_vec();
        if !named.is_empty() {
            let candidates = Candidates { units: named.clone(), asked: named };
            return Ok(Some(self.rank_found(
                query.clone(),
                Found { candidates, margins: self.margins(query) },
                None,
            )?));
        }
        let candidates = Candidates { units: prompted.all(), asked: Vec::new() };
        // One that names nothing asks on about the answer itself.
        if candidates.units.is_empty() || matches!(form.sign, Sign::Bare | Sign::None) {
            return Ok(None);
        }
        let found = Found { candidates, margins: self.margins(query) };
        let mut ranking = self.rank_found(query.clone(), found, None)?;
        ranking.believe(|first| history::found(query, &form.names, first.unit, &*self.search));
        Ok(ranking.is_answered(threshold).then_some(ranking))
    }
}
