//! What `search` and `fetch` give, as `OpenAI`'s connectors read it: without a `url` they cite nothing.

use super::Addresses;
use crate::{
    Context, Engine,
    ask::compose::citation,
    error::Result,
    model::{Citation, Unit, reply::OneOrMany},
};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// How much may be read for a search, in tokens: enough for the ten results that there are at most.
pub const READ: usize = 100_000;

/// What a search found.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Found {
    /// The results, best first.
    results: Vec<Hit>,
}

/// A unit that was found.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Hit {
    /// What `fetch` reads it by.
    id: String,
    /// The article's title, the headings above the unit, and its question if it has one.
    title: String,
    /// Where it can be read.
    url: String,
}

/// A unit in full.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Document {
    /// What it was read by.
    id: String,
    /// As that of a search result.
    title: String,
    /// The question, if it has one, and below it the text, word for word.
    text: String,
    /// Where it can be read.
    url: String,
    /// The metadata of the article, and beside it `source`, `place`, `kind`, `published` and `language`.
    metadata: BTreeMap<String, OneOrMany>,
}

impl Found {
    /// The units of a context.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn of(engine: &Engine, context: &Context, addresses: &Addresses) -> Result<Self> {
        let hit = |block: &crate::ask::context::Block| {
            let unit = engine.unit(&block.id)?;
            let (title, url) = (title(&unit, &block.citation), addresses.unit(&block.id, &block.citation));
            Ok(Hit { id: unit.id, title, url })
        };
        Ok(Self { results: context.blocks.iter().map(hit).collect::<Result<_>>()? })
    }
}

impl Document {
    /// The unit with an id.
    ///
    /// # Errors
    /// [`crate::Error::UnitUnknown`], or when the index cannot be read.
    pub fn of(engine: &Engine, id: &str, addresses: &Addresses) -> Result<Self> {
        let unit = engine.unit(id)?;
        let citation = citation(&unit, unit.text.all());
        let text = match unit.question() {
            Some(question) => format!("{question}\n{}", citation.quote),
            None => citation.quote.clone(),
        };
        let about = [
            ("source", Some(citation.source.clone())),
            ("place", Some(citation.place())),
            ("kind", Some(unit.kind.to_string())),
            ("published", citation.published.clone()),
            ("language", unit.about.language.clone()),
        ];
        let mut metadata: BTreeMap<String, OneOrMany> =
            unit.about.metadata.iter().map(|(key, values)| (key.clone(), OneOrMany::of(values))).collect();
        metadata.extend(about.into_iter().filter_map(|(key, value)| Some((key.to_owned(), OneOrMany::One(value?)))));
        let (title, url) = (title(&unit, &citation), addresses.unit(id, &citation));
        Ok(Self { id: unit.id, title, text, url, metadata })
    }
}

fn title(unit: &Unit, citation: &Citation) -> String {
    let mut parts = vec![citation.title.as_str()];
    parts.extend(citation.heading.iter().map(String::as_str));
    parts.extend(unit.question());
    parts.dedup();
    parts.retain(|part| !part.is_empty());
    parts.join(" › ")
}
