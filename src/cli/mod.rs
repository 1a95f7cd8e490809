//! The command line: one file a command, each only turns flags into library calls and prints.

mod ask;
mod chat;
mod completions;
mod eval;
#[cfg(feature = "server")]
mod health;
mod index;
mod listing;
mod man;
#[cfg(feature = "server")]
mod mcp;
mod misses;
mod progress;
mod reply;
mod report;
#[cfg(feature = "server")]
mod serve;
mod show;
pub mod terminal;
mod verify;

use anyhow::Result;
use clap::{Args, Parser, Subcommand, ValueEnum};
use faqt::{BuildOptions, config::Config};
use std::path::PathBuf;

/// Where the corpus is if nothing says otherwise.
const CORPUS: &str = "corpus";
/// Where the index is if nothing says otherwise.
const INDEX: &str = "index";

/// Answers questions from your own articles, word for word, with a citation of the lines they came from.
#[derive(Debug, Parser)]
#[command(name = "faqt", version, propagate_version = true, after_help = EXAMPLES)]
pub struct Cli {
    /// Settings file [default: faqt.toml, if there is one]
    #[arg(long, global = true, value_name = "FILE", env = "FAQT_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  faqt ask \"Is RAID a backup?\"     answers from ./corpus, indexing it first if need be
  faqt index docs faq.jsonl       indexes a folder and a file
  faqt verify                     proves every citation against the files

Exit status: 0 answered or done, 1 no answer or a difference found, 2 an error.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer a question
    Ask(ask::AskArgs),
    /// Answer question after question, each in the light of those before
    Chat(chat::ChatArgs),
    /// Build the index from a corpus
    Index(index::IndexArgs),
    /// Show a unit in the context of its source, or how a file is split
    Show(show::ShowArgs),
    /// Prove the index against the files that it was made of
    Verify(verify::VerifyArgs),
    /// Measure answers on questions whose answers are known
    Eval(eval::EvalArgs),
    /// Show what was asked in vain or answered wrongly
    Misses(misses::MissesArgs),
    /// Answer over HTTP
    #[cfg(feature = "server")]
    Serve(serve::ServeArgs),
    /// Answer an assistant over standard input and output (MCP)
    #[cfg(feature = "server")]
    Mcp(mcp::McpArgs),
    /// Ask whether a server answers
    #[cfg(feature = "server")]
    Health(health::HealthArgs),
    /// Print a completion script for a shell
    Completions(completions::CompletionsArgs),
    /// Write the manual pages, one a command
    Man(man::ManArgs),
}

/// Where the index is.
#[derive(Debug, Args)]
struct IndexFlag {
    /// Folder of the index [default: index]
    #[arg(long, value_name = "DIR", env = "FAQT_INDEX")]
    index: Option<PathBuf>,
}

/// What a report looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// For people
    Text,
    /// For machines
    Json,
}

/// Runs a command and returns the exit status.
///
/// # Errors
/// Whatever the command could not do.
pub fn run(cli: Cli) -> Result<u8> {
    let config = Config::load(cli.config.as_deref())?;
    match cli.command {
        Command::Ask(args) => ask::run(args, &config),
        Command::Chat(args) => chat::run(args, &config),
        Command::Index(args) => index::run(args, &config),
        Command::Show(args) => show::run(&args, &config),
        Command::Verify(args) => verify::run(&args, &config),
        Command::Eval(args) => eval::run(&args, &config),
        Command::Misses(args) => misses::run(&args, &config),
        #[cfg(feature = "server")]
        Command::Serve(args) => serve::run(&args, &config),
        #[cfg(feature = "server")]
        Command::Mcp(args) => mcp::run(args, &config),
        #[cfg(feature = "server")]
        Command::Health(args) => health::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    }
}

impl IndexFlag {
    fn folder(&self, config: &Config) -> PathBuf {
        self.index.clone().or_else(|| config.index.clone()).unwrap_or_else(|| PathBuf::from(INDEX))
    }
}

/// The build that the settings ask for.
fn build_options(corpus: Vec<PathBuf>, index: PathBuf, config: &Config) -> BuildOptions {
    let corpus =
        if corpus.is_empty() { config.corpus.clone().unwrap_or_else(|| vec![PathBuf::from(CORPUS)]) } else { corpus };
    let Config { synonyms, reading, learn, .. } = config.clone();
    BuildOptions { corpus, index, rebuild: false, synonyms, reading, learn, fitted: true }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
