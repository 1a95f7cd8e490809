//! The lines of a chat: edited on a terminal, or read as they come.

use anyhow::Result;
use rustyline::{DefaultEditor, error::ReadlineError};
use std::io::{self, BufRead as _, IsTerminal as _};

/// What is shown where a line is to be written.
const PROMPT: &str = "> ";

/// Where lines come from.
pub enum Input {
    /// A person who edits them. Earlier lines come back with the arrow keys, and are kept nowhere else.
    Terminal(Box<DefaultEditor>),
    /// A program or a file.
    Pipe,
}

impl Input {
    /// A person where both input and output are a terminal.
    ///
    /// # Errors
    /// When the terminal cannot be used.
    pub fn open() -> Result<Self> {
        let is_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
        Ok(if is_terminal { Self::Terminal(Box::new(DefaultEditor::new()?)) } else { Self::Pipe })
    }

    /// Whether there is a person.
    pub fn is_interactive(&self) -> bool {
        matches!(self, Self::Terminal(_))
    }

    /// The next line; `None` at the end. Ctrl-C throws a line away, Ctrl-D on an empty one is the end.
    ///
    /// # Errors
    /// When nothing can be read.
    pub fn next(&mut self) -> Result<Option<String>> {
        let Self::Terminal(editor) = self else { return next_piped() };
        match editor.readline(PROMPT) {
            Ok(line) => {
                editor.add_history_entry(line.as_str())?;
                Ok(Some(line))
            }
            Err(ReadlineError::Interrupted) => Ok(Some(String::new())),
            Err(ReadlineError::Eof) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// Bytes that are no text are read as what they resemble, as `faqt ask -` does.
fn next_piped() -> Result<Option<String>> {
    let mut line = Vec::new();
    let read = io::stdin().lock().read_until(b'\n', &mut line)?;
    Ok((read > 0).then(|| String::from_utf8_lossy(&line).into_owned()))
}
