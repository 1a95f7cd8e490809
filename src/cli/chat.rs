//! `faqt chat`: question after question, each read in the light of those before.

mod command;
mod input;

use super::{
    IndexFlag, ReportFormat,
    ask::{AskingFlags, open, refused},
    reply,
    terminal::clean,
};
use anyhow::Result;
use clap::Args;
use command::Command;
use faqt::{Engine, Question, Reply, Turn, ask::filter::Filter, config::Config, error::EXIT_OK};
use input::Input;
use std::io::{self, Write};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  faqt chat
  faqt chat --index docs-index --filter course=rust
  faqt chat --format json < questions.txt   one JSON reply a line

A question that goes on from those before (\"and for students?\", \"why?\") is read with their
words, which the reply then names; one that stands by itself is not. Nothing is kept when the
chat ends.

In the chat:
  /sources            the sources of the last answer, with what stands there
  /explain            every signal of every candidate for the last question
  /filter KEY=VALUE   ask only units that meet the condition; alone: lists conditions
  /filter clear       ask all units again
  /reset              forget the conversation, and begin again
  /help               these commands
  /quit               end, as Ctrl-D does")]
pub struct ChatArgs {
    #[command(flatten)]
    index: IndexFlag,
    #[command(flatten)]
    asking: AskingFlags,
    /// What replies look like
    #[arg(long, value_enum, default_value = "text")]
    format: ReportFormat,
}

pub fn run(args: ChatArgs, config: &Config) -> Result<u8> {
    // A filter that is none is told now, not at the first question.
    Filter::parse(args.asking.filters())?;
    let engine = open(&args.index.folder(config), config)?;
    let settings = args.asking.question("", config);
    let mut chat = Chat { engine: &engine, format: args.format, next: settings.clone(), settings, last: None };
    let mut input = Input::open()?;
    if input.is_interactive() {
        tell("Ask away. /help lists what else there is, /quit or Ctrl-D ends.");
    }
    let mut said = false;
    while let Some(line) = input.next()? {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let out = match Command::read(line) {
            Ok(Some(Command::Quit)) => break,
            Ok(Some(command)) => chat.obey(command)?,
            Ok(None) => chat.ask(line)?,
            Err(reason) => {
                tell(&reason);
                continue;
            }
        };
        if !out.is_empty() {
            let gap = if said && args.format == ReportFormat::Text { "\n" } else { "" };
            let mut stdout = anstream::stdout().lock();
            write!(stdout, "{gap}{out}")?;
            stdout.flush()?;
            said = true;
        }
    }
    Ok(EXIT_OK)
}

/// Tells something that is no reply. That nobody listens is no reason to end.
fn tell(text: &str) {
    drop(writeln!(io::stderr(), "{}", clean(text)));
}

/// A conversation.
struct Chat<'a> {
    engine: &'a Engine,
    format: ReportFormat,
    /// What it began with.
    settings: Question,
    /// The settings of the next question, and what was said before it.
    next: Question,
    /// The last question, with what was said before it, and its reply.
    last: Option<(Question, Reply)>,
}

impl Chat<'_> {
    /// The reply to a question, as it is printed.
    fn ask(&mut self, text: &str) -> Result<String> {
        let question = Question { text: text.to_owned(), ..self.next.clone() };
        let reply = match self.engine.ask(&question) {
            Ok(reply) => reply,
            Err(error @ faqt::Error::Question(_)) if self.format == ReportFormat::Json => {
                return Ok(format!("{}\n", refused(text, &error)));
            }
            Err(error @ faqt::Error::Question(_)) => {
                tell(&error.to_string());
                return Ok(String::new());
            }
            Err(error) => return Err(error.into()),
        };
        let unit = reply.answers.first().map(|answer| answer.id.clone());
        self.next.history.push(Turn { unit, ..Turn::new(text) });
        let out = self.printed(&reply)?;
        self.last = Some((question, reply));
        Ok(out)
    }

    fn printed(&self, reply: &Reply) -> Result<String> {
        Ok(match self.format {
            ReportFormat::Json => format!("{}\n", serde_json::to_string(reply)?),
            ReportFormat::Text => reply::text(reply, &self.engine.matcher(&reply.question)?),
        })
    }

    /// What a command prints.
    fn obey(&mut self, command: Command) -> Result<String> {
        match command {
            Command::Sources => self.sources(),
            Command::Explain => self.explain(),
            Command::Filter(filter) => {
                let mut filters = self.next.filters.clone();
                filters.push(filter);
                match Filter::parse(&filters) {
                    Ok(_) => self.next.filters = filters,
                    Err(error) => tell(&error.to_string()),
                }
                Ok(String::new())
            }
            Command::Filters if self.next.filters.is_empty() => {
                tell("no conditions: `/filter KEY=VALUE` sets one");
                Ok(String::new())
            }
            Command::Filters => {
                tell(&self.next.filters.join("\n"));
                Ok(String::new())
            }
            Command::ClearFilters => {
                self.next.filters.clear();
                Ok(String::new())
            }
            Command::Reset => {
                self.next = self.settings.clone();
                self.last = None;
                Ok(String::new())
            }
            Command::Help => {
                tell(command::HELP);
                Ok(String::new())
            }
            Command::Quit => Ok(String::new()),
        }
    }

    fn sources(&self) -> Result<String> {
        match &self.last {
            Some((_, reply)) if self.format == ReportFormat::Json => self.printed(reply),
            Some((_, Reply { answers, .. })) if !answers.is_empty() => {
                Ok(answers.first().map(reply::sources).unwrap_or_default())
            }
            _ => {
                tell("nothing was answered yet: there are no sources");
                Ok(String::new())
            }
        }
    }

    fn explain(&self) -> Result<String> {
        let Some((question, _)) = &self.last else {
            tell("nothing was asked yet: there is nothing to explain");
            return Ok(String::new());
        };
        let reply = self.engine.ask(&Question { explain: true, ..question.clone() })?;
        match &reply.explanation {
            Some(explanation) if self.format == ReportFormat::Text => Ok(reply::explain(explanation)),
            _ => self.printed(&reply),
        }
    }
}
