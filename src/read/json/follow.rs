//! What may be asked next: the prompts of `QnA Maker`, the chaining and the buttons of `QnABot`.

use super::{
    row::{DEPTH, RowRead},
    value::Value,
};
use crate::model::Prompt;
use serde_json::value::RawValue;

/// The follow-up prompts of a list in JSON.
///
/// # Errors
/// The reason, where it cannot be read.
pub fn prompts(text: &str) -> Result<Vec<Prompt>, String> {
    let raw: &RawValue = serde_json::from_str(text).map_err(|error| format!("is not JSON: {error}"))?;
    let mut read = RowRead::default();
    read.prompts(&Value::new(text, raw, 0), 0)?;
    Ok(read.row.prompts)
}

impl RowRead {
    /// Follow-up prompts, by themselves or in the object that has them.
    pub(super) fn prompts(&mut self, value: &Value<'_>, depth: usize) -> Result<(), String> {
        if depth > DEPTH {
            return Ok(());
        }
        if value.is_object() {
            let object = value.object()?;
            if object.get(&["iscontextonly"]).is_some_and(|only| only.written() == "true") {
                self.row.about.metadata.insert("context_only".to_owned(), vec!["true".to_owned()]);
            }
            let list = object.get(&["prompts"]);
            return list.map_or(Ok(()), |list| self.prompts(&list, depth + 1));
        }
        for item in value.items() {
            if item.is_string() {
                self.prompt(item.scalar()?, None);
                continue;
            }
            let Ok(item) = item.object() else { continue };
            let text = item.get(&["displaytext", "text", "title", "label", "question"]);
            let target = item.get(&["qnaid", "id", "document"]).map(|id| id.scalar()).transpose()?.flatten();
            let inner = item.get(&["qna"]).filter(Value::is_object);
            // QnA Maker writes 0 for none, where the pair stands in the prompt.
            let target = target.filter(|id| inner.is_none() || id != "0");
            self.prompt(text.map(|text| text.scalar()).transpose()?.flatten(), target);
            self.inner.extend(inner.map(|inner| inner.range()));
        }
        Ok(())
    }

    fn prompt(&mut self, text: Option<String>, document: Option<String>) {
        if let Some(text) = text.or_else(|| document.clone()) {
            self.row.prompts.push(Prompt { text: text.trim().to_owned(), document });
        }
    }

    /// `QnABot`: the `qid` of the next document, or the question that is asked next.
    pub(super) fn next(&mut self, value: &Value<'_>) -> Result<(), String> {
        for next in value.scalars()?.into_iter().filter(|next| !next.trim().is_empty()) {
            let (text, document) = chained(&next);
            let document = document.or_else(|| (!text.contains(char::is_whitespace)).then(|| text.to_owned()));
            self.prompt(Some(text.to_owned()), document);
        }
        Ok(())
    }

    /// `QnABot`: the buttons of a response card; the card's title and picture are filters.
    pub(super) fn card(&mut self, value: &Value<'_>) -> Result<(), String> {
        let card = value.object()?;
        for button in card.items("buttons") {
            let Ok(button) = button.object() else { continue };
            let text = button.get(&["text"]).map(|text| text.scalar()).transpose()?.flatten();
            let asked = button.get(&["value"]).map(|value| value.scalar()).transpose()?.flatten();
            let document = asked.as_deref().and_then(|asked| chained(asked).1);
            self.prompt(text.or(asked), document);
        }
        for name in ["title", "subTitle", "imageUrl"] {
            if let Some(value) = card.get(&[name]).filter(|value| value.written() != "\"\"") {
                self.metadata(&format!("r.{name}"), &value)?;
            }
        }
        Ok(())
    }
}

/// The document that a `QnABot` value such as `QID::Billing.001` or `'Billing'` names, and the value without quotes.
fn chained(value: &str) -> (&str, Option<String>) {
    let value = value.trim().trim_matches(['\'', '"']);
    match value.strip_prefix("QID::") {
        Some(id) => (id, Some(id.to_owned())),
        None => (value, None),
    }
}
