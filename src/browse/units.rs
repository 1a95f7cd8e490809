//! Units page by page, and a unit as data.

use crate::{
    Engine,
    ask::{compose::citation, filter::Filter},
    error::Result,
    index::UnitNo,
    model::{Citation, Unit, UnitKind, reply::OneOrMany},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which units are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitsOptions {
    /// Conditions that a unit must meet, all of them; see [`crate::ask::filter`].
    pub filters: Vec<String>,
    /// The unit behind which the page begins, as the page before says in `next`.
    pub after: Option<UnitNo>,
    /// How many units a page has at most.
    pub limit: usize,
}

/// Some of the units, in the order of the corpus.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnitsPage {
    /// The units.
    pub units: Vec<UnitView>,
    /// What the next page begins behind; `None` for the last page.
    pub next: Option<UnitNo>,
    /// How many units meet the conditions.
    pub total: usize,
}

/// Everything about a unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct UnitView {
    /// The id, which survives rebuilds.
    pub id: String,
    /// The same as an integer, from 1 to 2³¹ - 1.
    pub number: u32,
    /// What kind of answer it is.
    pub kind: UnitKind,
    /// `_id` of a JSONL line, or the source.
    pub document: String,
    /// The file, as citations name it.
    pub source: String,
    /// The title of the article.
    pub title: String,
    /// The headings above it, from the outermost on.
    pub heading: Vec<String>,
    /// The question and then its alternates, of a `qa` unit.
    pub questions: Vec<String>,
    /// The answer, the takeaway or the passage.
    pub text: String,
    /// First and last line of the text, counted from 1; none where the file is no text.
    pub lines: Option<[usize; 2]>,
    /// First byte of the text and the one behind the last; none where the file is no text.
    pub bytes: Option<[usize; 2]>,
    /// First and last paragraph of a document that has no lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<[usize; 2]>,
    /// First and last page of a document that has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<[usize; 2]>,
    /// The language, as an ISO 639-1 code where it has one.
    pub language: Option<String>,
    /// The day of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// The address of the article, with the anchor of the unit where there is one.
    pub url: Option<String>,
    /// The metadata of the article or row.
    pub metadata: BTreeMap<String, OneOrMany>,
    /// What may be asked next, where the source says so.
    pub prompts: Vec<PromptView>,
}

/// A question that may be asked behind an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct PromptView {
    /// What a person is shown, or would ask.
    pub text: String,
    /// The id of the unit that answers it, where the source names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

impl Engine {
    /// A page of the units that meet some conditions.
    ///
    /// # Errors
    /// For a filter that is none, or an index that cannot be read.
    pub fn units(&self, options: &UnitsOptions) -> Result<UnitsPage> {
        let count = self.len();
        let allowed = Filter::parse(&options.filters)?.units(&*self.search)?;
        let start = options.after.map_or(0, |after| after.saturating_add(1));
        let is_one = |&unit: &UnitNo| (unit as usize) < count;
        let (total, rest): (usize, Box<dyn Iterator<Item = UnitNo>>) = match &allowed {
            Some(allowed) => {
                let from_start = allowed.iter().filter(is_one).skip_while(move |&unit| unit < start);
                (allowed.iter().filter(is_one).count(), Box::new(from_start))
            }
            None => (count, Box::new(start..count as UnitNo)),
        };
        let mut numbers: Vec<UnitNo> = rest.take(options.limit.saturating_add(1)).collect();
        let has_more = numbers.len() > options.limit;
        numbers.truncate(options.limit);
        let next = numbers.last().copied().filter(|_| has_more);
        let view = |number: UnitNo| self.view(&self.unit_at(number)?);
        Ok(UnitsPage { units: numbers.into_iter().map(view).collect::<Result<_>>()?, next, total })
    }

    /// A unit as data.
    ///
    /// # Errors
    /// [`crate::Error::UnitUnknown`] for a unit of another index, or when the index cannot be read.
    pub fn view(&self, unit: &Unit) -> Result<UnitView> {
        let Citation { title, source, url, heading, lines, bytes, paragraph, page, quote, published } =
            citation(unit, unit.text.all());
        let values = |(key, values): (&String, &Vec<String>)| (key.clone(), OneOrMany::of(values));
        Ok(UnitView {
            id: unit.id.clone(),
            number: self.number_of(&unit.id)?,
            kind: unit.kind,
            document: unit.document.clone(),
            source,
            title,
            heading,
            questions: unit.phrasings.iter().map(|phrasing| phrasing.plain().to_owned()).collect(),
            text: quote,
            lines,
            bytes,
            paragraph,
            page,
            language: unit.about.language.clone(),
            published,
            url,
            metadata: unit.about.metadata.iter().map(values).collect(),
            prompts: self.prompts(unit)?,
        })
    }

    fn prompts(&self, unit: &Unit) -> Result<Vec<PromptView>> {
        let mut prompts = Vec::new();
        for prompt in &unit.prompts {
            let mut id = None;
            if let Some(document) = &prompt.document {
                let mut answering = self.search.units_with("document", document)?;
                answering.intersect(&self.search.units_with("source", &unit.source)?);
                id = answering.iter().next().map(|number| self.unit_at(number)).transpose()?.map(|unit| unit.id);
            }
            prompts.push(PromptView { text: prompt.text.clone(), id });
        }
        Ok(prompts)
    }
}
