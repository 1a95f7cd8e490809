//! `faqt mcp`: answers an assistant over standard input and output.

use super::{IndexFlag, ask, build_options};
use anyhow::{Result, bail};
use clap::Args;
use faqt::{
    ask::filter::Filter,
    config::{Config, server::ServerSettings},
    error::EXIT_OK,
    server::{App, logs, mcp},
};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  faqt mcp --index /srv/faq/index             what an assistant is set up to start
  faqt mcp --index index --filter course=rust only of this course, if a call has no filter of its own

Speaks the Model Context Protocol: tools ask, context, verify, search, fetch and suggest. Messages and the
log (FAQT_LOG=warn|info|debug) go to standard error. With no index yet, it is built from the corpus first.
`faqt serve` speaks the same over HTTP, at /mcp. It ends when its input ends.")]
pub struct McpArgs {
    #[command(flatten)]
    index: IndexFlag,
    #[command(flatten)]
    asking: ask::AskingFlags,
    /// The address of a `faqt serve` with the same articles, for links [default: the articles' own]
    #[arg(long, value_name = "URL", env = "FAQT_PUBLIC_URL")]
    public_url: Option<String>,
}

pub fn run(args: McpArgs, config: &Config) -> Result<u8> {
    Filter::parse(args.asking.filters())?;
    let settings = settings(&config.server, args.public_url);
    if let Err(reason) = settings.check() {
        bail!("{reason}");
    }
    let folder = args.index.folder(config);
    ask::build_if_missing(&folder, config)?;
    let _log = logs::start(settings.log);
    let config = args.asking.over(config);
    let app = App::open(&config, settings, build_options(Vec::new(), folder, &config))?;
    mcp::serve(app, args.asking.filters().to_vec())?;
    Ok(EXIT_OK)
}

/// Of the settings of a server, what has nothing to do with listening.
fn settings(file: &ServerSettings, public_url: Option<String>) -> ServerSettings {
    ServerSettings {
        public_url: public_url.or_else(|| file.public_url.clone()),
        log: file.log,
        log_questions: file.log_questions,
        log_misses: file.log_misses,
        max_waiting: file.max_waiting,
        keep_replies: file.keep_replies,
        ..ServerSettings::default()
    }
}
