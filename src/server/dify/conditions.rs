//! Conditions on metadata as Dify writes them.

use crate::{
    ask::condition::{Condition, Test, day_of},
    server::failure::Failure,
};
use serde::Deserialize;
use serde_json::Value;
use std::ops::Bound;

/// All conditions of a request.
#[derive(Debug, Deserialize)]
pub struct Conditions {
    #[serde(default)]
    logical_operator: Joined,
    #[serde(default)]
    conditions: Vec<One>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Joined {
    #[default]
    And,
    Or,
}

#[derive(Debug, Deserialize)]
struct One {
    name: Names,
    comparison_operator: String,
    #[serde(default)]
    value: Value,
}

/// Older pages of Dify have a list here.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "`name` is neither a text nor a list of texts")]
enum Names {
    One(String),
    Any(Vec<String>),
}

impl Conditions {
    /// The same as one condition of ours.
    ///
    /// # Errors
    /// 400 with the condition that makes no sense.
    pub fn read(self) -> Result<Condition, Failure> {
        let mut read = Vec::with_capacity(self.conditions.len());
        for (place, one) in self.conditions.iter().enumerate() {
            let failure = |reason| Failure::field(format!("metadata_condition.conditions[{place}]"), reason);
            read.push(one.read().map_err(failure)?);
        }
        Ok(match self.logical_operator {
            // None at all is no condition.
            Joined::Or if !read.is_empty() => Condition::Any(read),
            _ => Condition::All(read),
        })
    }
}

impl One {
    fn read(&self) -> Result<Condition, String> {
        let names: Vec<&String> = match &self.name {
            Names::One(name) => vec![name],
            Names::Any(names) => names.iter().collect(),
        };
        let operator = self.comparison_operator.trim().to_lowercase();
        // What is said by *not* is the whole of the rest without it: also where there is no such key.
        let (operator, is_negated) = match operator.as_str() {
            "empty" => ("not empty", true),
            "not empty" => ("not empty", false),
            "≠" | "!=" | "<>" => ("=", true),
            "is not" => ("is", true),
            other => other.strip_prefix("not ").map_or((other, false), |rest| (rest, true)),
        };
        let mut any = Vec::new();
        for name in names {
            any.push(self.positive(name, operator)?);
        }
        let condition = Condition::Any(any);
        Ok(if is_negated { condition.negated() } else { condition })
    }

    fn positive(&self, name: &str, operator: &str) -> Result<Condition, String> {
        let has = |test| Condition::Has(name.to_owned(), test);
        let is = |value: &String| Condition::Is(name.to_owned(), value.clone());
        let number = |bounds: fn(f64) -> (Bound<f64>, Bound<f64>)| {
            let (from, to) = bounds(self.number()?);
            Ok::<_, String>(has(Test::Number(from, to)))
        };
        Ok(match operator {
            "not empty" => has(Test::Present),
            "contains" => has(Test::Contains(self.text()?)),
            "start with" | "starts with" => has(Test::Begins(self.text()?)),
            "end with" | "ends with" => has(Test::Ends(self.text()?)),
            "is" => is(&self.text()?),
            "in" => Condition::Any(self.texts()?.iter().map(is).collect()),
            "=" | "==" if self.number().is_err() => is(&self.text()?),
            "=" | "==" => number(|value| (Bound::Included(value), Bound::Included(value)))?,
            ">" => number(|value| (Bound::Excluded(value), Bound::Unbounded))?,
            "<" => number(|value| (Bound::Unbounded, Bound::Excluded(value)))?,
            "≥" | ">=" => number(|value| (Bound::Included(value), Bound::Unbounded))?,
            "≤" | "<=" => number(|value| (Bound::Unbounded, Bound::Included(value)))?,
            "before" => has(Test::Days(i32::MIN..=self.day()?.saturating_sub(1))),
            "after" => has(Test::Days(self.day()?.saturating_add(1)..=i32::MAX)),
            _ => return Err(format!("the operator `{}` is not known", self.comparison_operator)),
        })
    }

    fn text(&self) -> Result<String, String> {
        let text = text_of(&self.value).or_else(|| match self.value.as_array()?.as_slice() {
            [one] => text_of(one),
            _ => None,
        });
        text.ok_or_else(|| format!("`{}` needs a value that is a text or a number", self.comparison_operator))
    }

    /// The values of a list, also of one that is written with commas.
    fn texts(&self) -> Result<Vec<String>, String> {
        match &self.value {
            Value::Array(values) => Ok(values.iter().filter_map(text_of).collect()),
            Value::String(text) => Ok(text.split(',').map(|part| part.trim().to_owned()).collect()),
            _ => self.text().map(|text| vec![text]),
        }
    }

    fn number(&self) -> Result<f64, String> {
        let wrong = |_| format!("`{}` needs a number", self.comparison_operator);
        self.text()?.trim().parse::<f64>().map_err(wrong)
    }

    fn day(&self) -> Result<i32, String> {
        let text = self.text()?;
        day_of(&text).ok_or_else(|| format!("`{text}` is no day: write YYYY-MM-DD, or seconds since 1970"))
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(conditions: Value) -> Result<Condition, Failure> {
        serde_json::from_value::<Conditions>(conditions).unwrap().read()
    }

    #[test]
    fn a_list_of_names_is_met_by_one_and_denied_by_all() {
        let one = json!({"name": ["a", "b"], "comparison_operator": "is not", "value": 5});
        let is = |name: &str| Condition::Is(name.to_owned(), "5".to_owned());
        let expected = Condition::Any(vec![is("a"), is("b")]).negated();
        assert_eq!(
            read(json!({"logical_operator": "or", "conditions": [one]})).unwrap(),
            Condition::Any(vec![expected])
        );
        assert_eq!(read(json!({"logical_operator": "or"})).unwrap(), Condition::All(Vec::new()));
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        for (operator, value, part) in [
            ("like", json!("x"), "`like` is not known"),
            ("contains", json!(null), "needs a value"),
            (">", json!("many"), "needs a number"),
            ("after", json!("soon"), "YYYY-MM-DD"),
        ] {
            let one = json!({"name": "a", "comparison_operator": operator, "value": value});
            let failure = read(json!({"conditions": [one]})).unwrap_err();
            assert_eq!(failure.field.as_deref(), Some("metadata_condition.conditions[0]"));
            assert!(failure.detail.contains(part), "{}", failure.detail);
        }
    }
}
