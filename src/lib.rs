//! faqt answers questions from your own articles: word for word, with a citation that points at the
//! exact lines, or with an honest "no answer".
//!
//! ```
//! use faqt::{BuildOptions, Engine, Question, Silent};
//!
//! # let folder = tempfile::tempdir()?;
//! # let (articles, index) = (folder.path().join("articles"), folder.path().join("index"));
//! std::fs::create_dir(&articles)?;
//! std::fs::write(
//!     articles.join("opening.txt"),
//!     "Opening hours\nFAQ\nQ: When does the library open?\nA: The library opens at nine every morning.\n",
//! )?;
//! let engine = Engine::build(&BuildOptions::new(&articles, &index), &Silent)?;
//! let reply = engine.ask(&Question::new("When does the library open?"))?;
//! assert_eq!(reply.answers[0].text, "The library opens at nine every morning.");
//! assert_eq!(reply.answers[0].citations[0].source, "articles/opening.txt");
//! assert_eq!(reply.answers[0].citations[0].lines, Some([4, 4]));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod analyze;
pub mod ask;
pub mod browse;
pub mod config;
pub mod error;
pub mod eval;
pub mod feedback;
pub mod grounding;
pub mod index;
pub mod learn;
pub mod model;
pub mod read;
#[cfg(feature = "server")]
pub mod server;
pub mod split;
#[cfg(feature = "server")]
pub mod watch;

pub use ask::{context::Context, engine::Engine};
pub use error::{Error, Result};
pub use index::build::{BuildOptions, Built, Progress, Silent, build};
pub use model::{Answer, Citation, Question, Reply, Turn};
