//! Filters as the convention writes them.

use crate::ask::condition::{Condition, Test};
use serde::Deserialize;

/// By metadata, by source, or both.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Filters {
    metadata_filter: Option<MetadataFilter>,
    source_filter: Option<Vec<String>>,
    logical_operation: Option<Joined>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct MetadataFilter {
    metadata: Vec<Pair>,
    logical_operation: Option<Joined>,
}

#[derive(Debug, Deserialize)]
struct Pair {
    key: String,
    value: String,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Joined {
    #[serde(alias = "and", alias = "And")]
    And,
    #[serde(alias = "or", alias = "Or")]
    Or,
}

impl Filters {
    /// The same as a condition of ours; none where nothing is asked for.
    pub fn read(&self) -> Option<Condition> {
        let metadata = self.metadata_filter.as_ref().and_then(|filter| {
            let pairs = filter.metadata.iter().map(|Pair { key, value }| Condition::Is(key.clone(), value.clone()));
            joined(pairs.collect(), filter.logical_operation)
        });
        // One source at a time is meant: a unit has only one.
        let sources = self.source_filter.iter().flatten().map(|source| is_source(source)).collect();
        let sources = joined(sources, Some(Joined::Or));
        joined([metadata, sources].into_iter().flatten().collect(), self.logical_operation)
    }
}

fn joined(conditions: Vec<Condition>, how: Option<Joined>) -> Option<Condition> {
    match (conditions.is_empty(), how) {
        (true, _) => None,
        (false, Some(Joined::Or)) => Some(Condition::Any(conditions)),
        (false, _) => Some(Condition::All(conditions)),
    }
}

/// A source by its whole path, or by the end of it from a folder on.
fn is_source(source: &str) -> Condition {
    let (key, ends) = ("source".to_owned(), Test::Ends(format!("/{source}")));
    Condition::Any(vec![Condition::Is(key.clone(), source.to_owned()), Condition::Has(key, ends)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn filters_are_joined_as_is_said_and_by_and_else() {
        let read = |filters| serde_json::from_value::<Filters>(filters).unwrap().read();
        let is = |key: &str, value: &str| Condition::Is(key.to_owned(), value.to_owned());
        let pairs = json!([{"key": "a", "value": "1"}, {"key": "a", "value": "2"}]);
        let both = vec![is("a", "1"), is("a", "2")];
        assert_eq!(read(json!({})), None);
        assert_eq!(read(json!({"metadataFilter": {"metadata": []}, "sourceFilter": []})), None);
        let and = read(json!({"metadataFilter": {"metadata": pairs}}));
        assert_eq!(and, Some(Condition::All(vec![Condition::All(both.clone())])));
        let or = json!({"metadata": pairs, "logicalOperation": "OR"});
        let either = read(json!({"metadataFilter": or, "sourceFilter": ["x"], "logicalOperation": "OR"}));
        let sources = Condition::Any(vec![is_source("x")]);
        assert_eq!(either, Some(Condition::Any(vec![Condition::Any(both), sources])));
    }
}
