//! From a list of messages to a question and what was said before it.

use crate::{
    Turn,
    analyze::words::Words,
    server::{api::fields::MOST_TURNS, failure::Failure},
};
use serde::Deserialize;
use serde_json::Value;

/// A message of a conversation. What else a client sends with it is not looked at.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Message {
    /// Who says it.
    #[serde(default)]
    role: Option<String>,
    /// What is said: a text, or a list of parts of which those with a text are read.
    #[serde(default)]
    content: Value,
}

impl Message {
    /// What a user says.
    pub fn of_user(text: String) -> Self {
        Self { role: Some("user".to_owned()), content: Value::String(text) }
    }

    fn text(&self) -> String {
        let text = match &self.content {
            Value::String(text) => text.clone(),
            Value::Array(parts) => parts.iter().filter_map(text_of_part).collect::<Vec<_>>().join("\n"),
            _ => String::new(),
        };
        text.trim().to_owned()
    }
}

fn text_of_part(part: &Value) -> Option<&str> {
    part.as_str().or_else(|| part.get("text")?.as_str())
}

/// A question with what was said before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conversation {
    /// The last message of the user.
    pub question: String,
    /// The turns before it, the oldest first; of very many the last.
    pub history: Vec<Turn>,
    /// The number of words in all of it.
    pub words: usize,
}

impl Conversation {
    /// Reads the messages that stand in the field `field` of a request. Only what users and assistants say is read:
    /// instructions cannot change what an author wrote.
    ///
    /// # Errors
    /// 400 where no user says anything.
    pub fn of(messages: &[Message], field: &str) -> Result<Self, Failure> {
        let Some(last) = messages.iter().rposition(|message| message.role.as_deref() == Some("user")) else {
            return Err(Failure::field(field, format!("`{field}` has no message with the role `user`")));
        };
        let mut turns: Vec<Turn> = Vec::new();
        for message in messages.iter().take(last + 1) {
            let text = message.text();
            match (message.role.as_deref(), turns.last_mut()) {
                (Some("user"), _) => turns.push(Turn::new(text)),
                (Some("assistant"), Some(turn)) if !text.is_empty() => match &mut turn.answer {
                    Some(answer) => *answer = format!("{answer}\n{text}"),
                    none => *none = Some(text),
                },
                _ => {}
            }
        }
        let question = turns.pop().map(|turn| turn.question).unwrap_or_default();
        if question.is_empty() {
            return Err(Failure::field(field, "the last message of the user has no text, which is all that is read"));
        }
        turns.retain(|turn| !turn.question.is_empty());
        let texts = turns.iter().flat_map(|turn| [Some(&turn.question), turn.answer.as_ref()]).flatten();
        let words = texts.chain([&question]).map(|text| words(text)).sum();
        // A client sends the whole conversation, however long it has become.
        let history = turns.split_off(turns.len().saturating_sub(MOST_TURNS));
        Ok(Self { question, history, words })
    }
}

/// The number of words of a text: what is given as tokens. Nothing here is made of tokens.
pub fn words(text: &str) -> usize {
    Words::of(text).iter().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(messages: Value) -> Result<Conversation, Failure> {
        Conversation::of(&serde_json::from_value::<Vec<Message>>(messages).unwrap(), "messages")
    }

    #[test]
    fn the_last_message_of_the_user_is_the_question_and_the_rest_is_history() {
        let conversation = read(json!([
            {"role": "system", "content": "Be brief."},
            {"role": "assistant", "content": "Hello!"},
            {"role": "user", "content": [{"type": "text", "text": "What is RAID?"}, {"type": "image_url", "image_url": {}}]},
            {"role": "assistant", "content": [{"type": "output_text", "text": "Disks."}], "phase": null},
            {"role": "assistant", "content": "Several."},
            {"role": "user", "content": ""},
            {"type": "reasoning"},
            {"role": "user", "content": " Is it a backup? ", "name": "x"},
            {"role": "assistant", "content": "begun"},
        ]));
        let answered = Turn { answer: Some("Disks.\nSeveral.".to_owned()), ..Turn::new("What is RAID?") };
        let expected = Conversation { question: "Is it a backup?".to_owned(), history: vec![answered], words: 9 };
        assert_eq!(conversation.unwrap(), expected);
    }

    #[test]
    fn without_a_text_of_the_user_there_is_no_question() {
        for messages in [
            json!([]),
            json!([{"role": "system", "content": "x"}]),
            json!([{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:"}}]}]),
            json!([{"role": "user", "content": null}]),
            json!([{"role": "user"}]),
        ] {
            assert_eq!(read(messages).unwrap_err().field.as_deref(), Some("messages"));
        }
    }
}
