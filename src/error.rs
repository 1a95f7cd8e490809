//! The one error type, with stable codes, and the table from code to exit status.

use std::{io, path::PathBuf};

/// What can go wrong. Each message names the thing, the place and the remedy.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A corpus path does not exist or cannot be walked.
    #[error("the corpus `{}` cannot be read ({reason}): name an existing file or folder", path.display())]
    Corpus {
        /// The path as it was given.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// Nothing in the corpus gave a unit.
    #[error("nothing to index in {corpus}: no file of a known format ({formats}) with text in it")]
    CorpusEmpty {
        /// The corpus as it was given.
        corpus: String,
        /// The known extensions.
        formats: String,
    },
    /// There is no index in the folder.
    #[error("there is no index in `{}`: run `faqt index` first", .0.display())]
    IndexMissing(PathBuf),
    /// The index was made by another version or with another analysis.
    #[error("the index in `{}` is {found}, this program reads {expected}: run `faqt index --rebuild`", path.display())]
    IndexVersion {
        /// The index folder.
        path: PathBuf,
        /// What the index says of itself.
        found: String,
        /// What this program makes.
        expected: String,
    },
    /// A file of the index is missing or not what was written.
    #[error("the index is damaged: `{}` {reason}; run `faqt index --rebuild`", path.display())]
    IndexDamaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Another process builds the index.
    #[error("another process is building the index in `{}`: wait for it to end, or name another `--index`", .0.display())]
    IndexLocked(PathBuf),
    /// The question has nothing in it, or far too much.
    #[error("{0}")]
    Question(String),
    /// A text that is to be checked is far too long, or has far too many sources.
    #[error("{0}")]
    Text(String),
    /// What is said of a reply cannot be kept.
    #[error("{0}")]
    Feedback(String),
    /// A filter is not of the form `key=value`.
    #[error("the filter `{filter}` {reason}")]
    Filter {
        /// The filter as it was given.
        filter: String,
        /// What is wrong with it.
        reason: String,
    },
    /// `faqt.toml`, a variable or a flag has a value that cannot be used.
    #[error("{place}: {reason}")]
    Config {
        /// The file or variable.
        place: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A file of an evaluation set cannot be used.
    #[error("{}{}: {reason}", path.display(), line.map(|line| format!(":{line}")).unwrap_or_default())]
    EvalData {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: Option<usize>,
        /// What is wrong with it.
        reason: String,
    },
    /// There are too few labelled questions to fit weights on.
    #[error(
        "{found} labelled questions have their answer among the candidates, and {least} are needed to fit weights: label more"
    )]
    TooFewLabels {
        /// How many there are.
        found: usize,
        /// How many are needed.
        least: usize,
    },
    /// No unit has this id.
    #[error("no unit has the id `{0}`, and no file that name: `faqt ask --format json` prints the ids of answers")]
    UnitUnknown(String),
    /// The index has no article of this name.
    #[error("no article has the source `{0}`: name it as citations do")]
    ArticleUnknown(String),
    /// The file of an article cannot be shown.
    #[error("`{source_name}` cannot be shown: {reason}")]
    ArticleUnreadable {
        /// What citations call it.
        source_name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The system refused to read or write.
    #[error("{action} `{}`: {reason}", path.display())]
    Io {
        /// What was being done, as in "cannot write".
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said. Not the source of this error: the message has it already.
        reason: io::Error,
    },
    /// The search library failed in a way that is none of the above.
    #[error("the search library failed: {0}")]
    Search(String),
}

/// Result with faqt's error.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// The stable name of the error, for machines.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Corpus { .. } => "corpus_unreadable",
            Self::CorpusEmpty { .. } => "corpus_empty",
            Self::IndexMissing(_) => "index_missing",
            Self::IndexVersion { .. } => "index_version",
            Self::IndexDamaged { .. } => "index_damaged",
            Self::IndexLocked(_) => "index_locked",
            Self::Question(_) => "question_invalid",
            Self::Text(_) => "text_invalid",
            Self::Feedback(_) => "feedback_invalid",
            Self::Filter { .. } => "filter_invalid",
            Self::Config { .. } => "config_invalid",
            Self::EvalData { .. } => "eval_data_invalid",
            Self::TooFewLabels { .. } => "too_few_labels",
            Self::UnitUnknown(_) => "unit_unknown",
            Self::ArticleUnknown(_) => "article_unknown",
            Self::ArticleUnreadable { .. } => "article_unreadable",
            Self::Io { .. } => "io",
            Self::Search(_) => "search_failed",
        }
    }

    /// Wraps what the system said: `map_err(Error::io("cannot write", path))`.
    pub fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |reason| Self::Io { action, path, reason }
    }
}

/// Exit status of the program when a question was answered, or a command did what it was asked.
pub const EXIT_OK: u8 = 0;
/// Exit status when there is no answer, or `verify` found a difference.
pub const EXIT_NO: u8 = 1;
/// Exit status after an error.
pub const EXIT_ERROR: u8 = 2;
