//! From articles to units: headings, pairs, takeaways, passages.
//!
//! Lines of plain text first become typed blocks (`outline`); from there on, all formats go one way.

mod abbreviations;
mod bounds;
mod faq;
mod forms;
mod ids;
pub mod labels;
mod lines;
mod outline;
mod passages;
mod section_names;
mod sections;
mod sentences;
mod words;
mod wrap;

pub use forms::{bullet, ends_question, ends_sentence, is_table};
pub use ids::Ids;
pub use section_names::{Role, SectionNames};
pub use sentences::sentences;

use crate::model::{About, Article, Block, Unit, UnitKind};
use sections::Draft;

/// Formats with an article in each row: their files' names are no titles.
const ROW_FORMATS: &[&str] = &["jsonl", "ndjson", "json", "csv", "tsv", "tab", "yml", "yaml"];

/// The units of an article, in its order, without ids: [`Ids`] gives them.
#[must_use]
pub fn split(article: &Article, names: &SectionNames) -> Vec<Unit> {
    let blocks = outline::outline(article, names);
    let about = About { title: title(article, &blocks, names), ..article.about.clone() };
    let drafts = sections::drafts(article, &blocks, names);
    drafts.into_iter().map(|draft| unit(article, &about, draft)).collect()
}

fn unit(article: &Article, about: &About, draft: Draft) -> Unit {
    Unit {
        id: String::new(),
        kind: draft.kind,
        source: article.source.clone(),
        document: article.document.clone(),
        about: about.clone(),
        anchor: draft.anchor,
        heading: draft.heading,
        phrasings: draft.phrasings.into_iter().map(|range| article.excerpt(range)).collect(),
        text: article.excerpt(draft.text),
        prompts: if draft.kind == UnitKind::Qa { article.prompts.clone() } else { Vec::new() },
    }
}

/// What the article calls itself; else what its file is called.
fn title(article: &Article, blocks: &[Block], names: &SectionNames) -> Option<String> {
    let in_text = || {
        let block = sections::title_block(article, blocks, names)?;
        let text = article.plain(&blocks[block].range);
        let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!folded.is_empty()).then_some(folded)
    };
    let file_name = || {
        let name = article.source.rsplit('/').next().unwrap_or_default();
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let of_rows = ROW_FORMATS.contains(&extension.to_lowercase().as_str());
        (!of_rows && !stem.is_empty()).then(|| stem.to_owned())
    };
    article.about.title.clone().or_else(in_text).or_else(file_name)
}

#[cfg(test)]
mod tests;
