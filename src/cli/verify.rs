//! `faqt verify`: prove the index against the files that it was made of.

use super::{
    IndexFlag, ReportFormat,
    terminal::{clean, counted},
};
use anyhow::Result;
use clap::Args;
use faqt::{
    config::Config,
    error::{EXIT_NO, EXIT_OK},
    index::verify::verify,
};
use std::io::Write;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  faqt verify
  faqt verify --index /srv/faq --format json

Reads every source again and holds bytes, lines and words of every unit against it.
Exit status: 0 if all stands as indexed, 1 with a list of what differs, 2 an error.")]
pub struct VerifyArgs {
    #[command(flatten)]
    index: IndexFlag,
    /// What the report looks like
    #[arg(long, value_enum, default_value = "text")]
    format: ReportFormat,
}

pub fn run(args: &VerifyArgs, config: &Config) -> Result<u8> {
    let verified = verify(&args.index.folder(config), &config.reading)?;
    let mut out = anstream::stdout().lock();
    match args.format {
        ReportFormat::Json => writeln!(out, "{}", serde_json::to_string_pretty(&verified)?)?,
        ReportFormat::Text => {
            for difference in &verified.differences {
                writeln!(out, "{}", clean(&difference.to_string()))?;
            }
            let count = verified.differences.len();
            let result = if count == 0 { "all as indexed".to_owned() } else { counted(count, "difference") };
            let (files, units) = (counted(verified.files, "file"), counted(verified.units, "unit"));
            writeln!(out, "{files}, {units}: {result}")?;
        }
    }
    Ok(if verified.differences.is_empty() { EXIT_OK } else { EXIT_NO })
}
