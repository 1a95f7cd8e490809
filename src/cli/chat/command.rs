//! What can be said in a chat beside questions.

/// What `/help` shows.
pub const HELP: &str = "\
/sources            the sources of the last answer, with what stands there
/explain            every signal of every candidate for the last question
/filter KEY=VALUE   ask only units that meet the condition; alone: lists conditions
/filter clear       ask all units again
/reset              forget the conversation, and begin again
/quit               end, as Ctrl-D does";

/// A command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Show the sources of the last answer.
    Sources,
    /// Show how the last question was understood.
    Explain,
    /// Add a condition.
    Filter(String),
    /// List the conditions.
    Filters,
    /// Take the conditions away.
    ClearFilters,
    /// Forget the conversation.
    Reset,
    /// List the commands.
    Help,
    /// End the chat.
    Quit,
}

impl Command {
    /// The command of a line; `None` for a question. A path such as `/etc/hosts` is part of a question.
    ///
    /// # Errors
    /// The message for the user, for a command that there is not.
    pub fn read(line: &str) -> Result<Option<Self>, String> {
        let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let Some(name) = name.strip_prefix('/').filter(|name| !name.contains('/')) else { return Ok(None) };
        let command = match (name, rest.trim()) {
            ("sources", "") => Self::Sources,
            ("explain", "") => Self::Explain,
            ("filter", "") => Self::Filters,
            ("filter", "clear") => Self::ClearFilters,
            ("filter", filter) => Self::Filter(filter.to_owned()),
            ("reset", "") => Self::Reset,
            ("help", _) => Self::Help,
            ("quit" | "exit", "") => Self::Quit,
            ("sources" | "explain" | "reset" | "quit" | "exit", _) => {
                return Err(format!("`/{name}` stands alone on its line"));
            }
            _ => return Err(format!("there is no command `/{name}`: `/help` lists them")),
        };
        Ok(Some(command))
    }
}

#[cfg(test)]
mod tests {
    use super::Command;

    #[test]
    fn a_line_is_a_command_or_a_question() {
        assert_eq!(Command::read("/sources"), Ok(Some(Command::Sources)));
        assert_eq!(Command::read("/filter  topic=a b "), Ok(Some(Command::Filter("topic=a b".to_owned()))));
        assert_eq!(Command::read("/filter"), Ok(Some(Command::Filters)));
        assert_eq!(Command::read("/filter clear"), Ok(Some(Command::ClearFilters)));
        assert_eq!(Command::read("is /quit a command?"), Ok(None));
        assert_eq!(Command::read("/etc/hosts what is it"), Ok(None));
        assert!(Command::read("/souces").unwrap_err().contains("/help"));
        assert!(Command::read("/reset now").is_err());
    }
}
