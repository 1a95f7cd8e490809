//! The words of faqt as data: texts with their place in a file, articles, units, questions and replies.

pub mod article;
pub mod excerpt;
pub mod reply;
pub mod source_text;
pub mod span;
pub mod unit;

pub use article::{About, Article, Block, BlockKind};
pub use excerpt::Excerpt;
pub use reply::{Answer, Citation, Question, Reply, Turn};
pub use source_text::SourceText;
pub use span::{Counted, Lines, Place, Span};
pub use unit::{Prompt, Unit, UnitKind};
