//! Looking through an index: its units and articles page by page, and a source with what is cited in it.

mod article;
mod articles;
mod numbers;
mod source;
mod units;

#[cfg(test)]
mod tests;

pub use article::{Mark, MarkView, SourceView, UnitPlace};
pub use articles::{ArticleView, Articles, ArticlesPage};
pub use numbers::Numbers;
pub use source::OpenSource;
pub use units::{PromptView, UnitView, UnitsOptions, UnitsPage};
