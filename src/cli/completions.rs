//! `faqt completions`: a completion script for a shell.

use super::Cli;
use anyhow::Result;
use clap::{Args, CommandFactory as _};
use clap_complete::Shell;
use faqt::error::EXIT_OK;
use std::io::Write;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  faqt completions bash > /etc/bash_completion.d/faqt
  faqt completions zsh > ~/.zfunc/_faqt
  faqt completions fish > ~/.config/fish/completions/faqt.fish")]
pub struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

pub fn run(args: &CompletionsArgs) -> Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "faqt", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(EXIT_OK)
}
