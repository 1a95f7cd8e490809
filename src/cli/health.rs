//! `faqt health`: whether a server answers, for containers without a shell.

use anyhow::Result;
use clap::Args;
use faqt::{error::EXIT_OK, server::check};
use std::io::Write as _;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  faqt health
  faqt health http://127.0.0.1:9000/healthz

Exit status: 0 if the server answers, 2 if it does not.")]
pub struct HealthArgs {
    /// The address of the server
    #[arg(default_value = "http://127.0.0.1:8080/readyz")]
    url: String,
}

pub fn run(args: &HealthArgs) -> Result<u8> {
    check(&args.url)?;
    writeln!(anstream::stdout(), "ready")?;
    Ok(EXIT_OK)
}
