//! Evaluation sets: `queries.jsonl` and `qrels.tsv`.

use crate::error::{Error, Result};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// A question with what is known of its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    /// Name of the question.
    pub id: String,
    /// The question.
    pub text: String,
    /// Filters, as `ask` takes them.
    pub filters: Vec<String>,
    /// Strings of which a good answer contains one.
    pub answers: Vec<String>,
    /// Documents that answer; none: there is no answer.
    pub relevant: BTreeSet<String>,
}

/// Labelled questions, in the order of their file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EvalSet {
    /// The questions.
    pub questions: Vec<Labelled>,
}

#[derive(Deserialize)]
struct QueryLine {
    #[serde(rename = "_id")]
    id: String,
    text: String,
    #[serde(default)]
    filter: BTreeMap<String, Values>,
    #[serde(default)]
    answers: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Values {
    One(String),
    Many(Vec<String>),
}

impl EvalSet {
    /// Reads a set. A question without a line in `qrels` has no answer.
    ///
    /// # Errors
    /// [`Error::EvalData`] with file and line.
    pub fn read(queries: &Path, qrels: &Path) -> Result<Self> {
        let mut relevant = read_qrels(qrels)?;
        let mut questions = Vec::new();
        let mut known = BTreeSet::new();
        for (number, line) in lines(queries)? {
            let wrong = |reason: String| Error::EvalData { path: queries.to_path_buf(), line: Some(number), reason };
            let query: QueryLine =
                serde_json::from_str(&line).map_err(|error| wrong(format!("is no question: {error}")))?;
            if !known.insert(query.id.clone()) {
                return Err(wrong(format!("the id `{}` comes twice", query.id)));
            }
            questions.push(Labelled {
                relevant: relevant.remove(&query.id).unwrap_or_default(),
                filters: query.filter.into_iter().flat_map(|(key, values)| filters(&key, values)).collect(),
                id: query.id,
                text: query.text,
                answers: query.answers,
            });
        }
        if questions.is_empty() {
            return Err(Error::EvalData {
                path: queries.to_path_buf(),
                line: None,
                reason: "has no questions".to_owned(),
            });
        }
        if let Some(id) = relevant.keys().next() {
            let reason = format!("names the question `{id}`, which is not in {}", queries.display());
            return Err(Error::EvalData { path: qrels.to_path_buf(), line: None, reason });
        }
        Ok(Self { questions })
    }
}

fn filters(key: &str, values: Values) -> Vec<String> {
    let values = match values {
        Values::One(value) => vec![value],
        Values::Many(values) => values,
    };
    values.into_iter().map(|value| format!("{key}={value}")).collect()
}

/// Relevant documents by question. Lines with a score of 0 say that a document is not relevant.
fn read_qrels(path: &Path) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let mut relevant: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (number, line) in lines(path)? {
        let fields: Vec<&str> = line.split('\t').collect();
        if number == 1 && fields.first() == Some(&"query-id") {
            continue;
        }
        let wrong = || {
            let reason = "is not `query-id corpus-id score`, separated by tabs".to_owned();
            Error::EvalData { path: path.to_path_buf(), line: Some(number), reason }
        };
        let [query, document, score] = fields[..] else { return Err(wrong()) };
        if score.trim().parse::<i64>().map_err(|_| wrong())? > 0 {
            relevant.entry(query.to_owned()).or_default().insert(document.to_owned());
        }
    }
    Ok(relevant)
}

fn lines(path: &Path) -> Result<Vec<(usize, String)>> {
    let text = fs::read_to_string(path).map_err(|error| Error::EvalData {
        path: path.to_path_buf(),
        line: None,
        reason: format!("cannot be read: {error}"),
    })?;
    let numbered = text.lines().enumerate().map(|(index, line)| (index + 1, line.to_owned()));
    Ok(numbered.filter(|(_, line)| !line.trim().is_empty()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(queries: &str, qrels: &str) -> Result<EvalSet> {
        let dir = tempfile::tempdir().unwrap();
        let (queries_path, qrels_path) = (dir.path().join("queries.jsonl"), dir.path().join("qrels.tsv"));
        fs::write(&queries_path, queries).unwrap();
        fs::write(&qrels_path, qrels).unwrap();
        EvalSet::read(&queries_path, &qrels_path)
    }

    #[test]
    fn questions_get_their_documents_and_filters() {
        let queries =
            "{\"_id\": \"a\", \"text\": \"x?\", \"filter\": {\"c\": \"1\"}}\n{\"_id\": \"b\", \"text\": \"y?\"}\n";
        let set = read(queries, "query-id\tcorpus-id\tscore\na\td1\t1\na\td2\t0\n").unwrap();
        assert_eq!(set.questions[0].relevant, BTreeSet::from(["d1".to_owned()]));
        assert_eq!(set.questions[0].filters, ["c=1"]);
        assert!(set.questions[1].relevant.is_empty());
    }

    #[test]
    fn wrong_lines_are_named() {
        let good = "{\"_id\": \"a\", \"text\": \"x?\"}\n";
        for (queries, qrels, part) in [
            ("{", "", "queries.jsonl:1"),
            (&good.repeat(2), "", "queries.jsonl:2"),
            ("", "", "has no questions"),
            (good, "a d 1\n", "qrels.tsv:1"),
            (good, "z\td\t1\n", "question `z`"),
        ] {
            let error = read(queries, qrels).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
    }
}
