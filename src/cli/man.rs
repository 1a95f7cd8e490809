//! `faqt man`: the manual pages.

use super::Cli;
use anyhow::{Context as _, Result};
use clap::{Args, CommandFactory as _};
use faqt::error::EXIT_OK;
use std::{fs, path::PathBuf};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  faqt man /usr/local/share/man/man1    then `man faqt-ask`")]
pub struct ManArgs {
    /// The folder; it is made if there is none
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub fn run(args: &ManArgs) -> Result<u8> {
    let folder = &args.folder;
    let wrong = || format!("cannot write manual pages to {}", folder.display());
    fs::create_dir_all(folder).with_context(wrong)?;
    clap_mangen::generate_to(Cli::command(), folder).with_context(wrong)?;
    Ok(EXIT_OK)
}
