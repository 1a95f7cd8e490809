//! The weights that labelled questions gave, in a small file beside the corpus: `faqt eval --fit` writes it, and the
//! next `faqt index` takes it in.

use super::prior::toml_values;
use crate::{
    ask::{
        signals::{Evidence, Signals},
        weights::{ConfidenceWeights, Weights},
    },
    error::{Error, Result},
};
use serde::{Deserialize, Serialize};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Weights that go before what the corpus teaches; what is missing stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fitted {
    /// For units with phrasings.
    pub qa: Option<Signals>,
    /// For takeaways and passages.
    pub passage: Option<Signals>,
    /// For the confidence.
    pub confidence: Option<ConfidenceWeights>,
}

impl Fitted {
    /// Where the file is for a corpus of these roots: `faq.fit.toml` beside a folder `faq` or a file `faq.jsonl` that is
    /// the first of them. `None` for one that has no folder around it.
    #[must_use]
    pub fn path(roots: &[PathBuf]) -> Option<PathBuf> {
        let root = roots.first()?;
        let name = if root.is_dir() { root.file_name()? } else { root.file_stem()? };
        Some(root.parent()?.join(format!("{}.fit.toml", name.to_string_lossy())))
    }

    /// Reads the file, if there is one.
    ///
    /// # Errors
    /// [`Error::Config`] with file and line for one that cannot be used.
    pub fn read(path: &Path) -> Result<Option<Self>> {
        let wrong = |line: Option<usize>, reason: &str| Error::Config {
            place: format!("{}{}", path.display(), line.map(|line| format!(":{line}")).unwrap_or_default()),
            reason: format!("{reason}; remove the file, or make it again with `faqt eval --fit`"),
        };
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(wrong(None, &format!("cannot be read: {error}"))),
        };
        let fitted: Self = toml::from_str(&text).map_err(|error| {
            let line =
                error.span().and_then(|span| text.get(..span.start)).map(|before| before.matches('\n').count() + 1);
            wrong(line, &error.message().replace('\n', " "))
        })?;
        match fitted.fault() {
            Some(fault) => Err(wrong(None, &fault)),
            None => Ok(Some(fitted)),
        }
    }

    /// What makes the weights useless.
    fn fault(&self) -> Option<String> {
        for (list, signals) in [("qa", &self.qa), ("passage", &self.passage)] {
            let values = signals.as_ref().map(Signals::values).unwrap_or_default();
            if let Some((name, _)) = Signals::NAMES.iter().zip(values).find(|(_, value)| !(0.0..1e6).contains(value)) {
                return Some(format!("`{name}` in [{list}] is no weight of 0 or more"));
            }
        }
        let confidence = self.confidence?;
        let values = confidence.evidence.values().into_iter().chain([confidence.constant]);
        if !values.into_iter().all(|value| value.abs() < 1e6) {
            return Some("[confidence] has a value that is no number".to_owned());
        }
        let is_share = (0.0..=1.0).contains(&confidence.threshold);
        (!is_share).then(|| "`threshold` is not between 0 and 1".to_owned())
    }

    /// The weights with these in the place of others.
    #[must_use]
    pub fn apply(&self, weights: &Weights) -> Weights {
        Weights {
            qa: self.qa.unwrap_or(weights.qa),
            passage: self.passage.unwrap_or(weights.passage),
            confidence: self.confidence.unwrap_or(weights.confidence),
        }
    }

    /// The file, with lines about it at its head.
    #[must_use]
    pub fn to_toml(&self, about: &str) -> String {
        let mut text: String = about.lines().map(|line| format!("# {line}").trim_end().to_owned() + "\n").collect();
        for (name, list) in [("qa", &self.qa), ("passage", &self.passage)] {
            if let Some(signals) = list {
                text += &format!("\n[{name}]\n{}", toml_values(Signals::NAMES, &signals.values()));
            }
        }
        if let Some(ConfidenceWeights { threshold, constant, evidence }) = &self.confidence {
            text += &format!("\n[confidence]\nthreshold = {threshold:.3}\nconstant = {constant:.3}\n");
            text += &format!("\n[confidence.evidence]\n{}", toml_values(Evidence::NAMES, &evidence.values()));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<Fitted>> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("faq.fit.toml");
        fs::write(&path, text).unwrap();
        Fitted::read(&path)
    }

    #[test]
    fn what_is_written_is_what_is_read_and_the_rest_stays() {
        let confidence = ConfidenceWeights {
            threshold: 0.25,
            constant: -1.5,
            evidence: Evidence { lead: -0.5, ..Evidence::default() },
        };
        let qa = Signals { text: 1.25, ..Signals::default() };
        let fitted = Fitted { qa: Some(qa), passage: None, confidence: Some(confidence) };
        assert_eq!(read(&fitted.to_toml("Two\n\nlines.")).unwrap(), Some(fitted.clone()));
        let passage = Signals { all: 2.0, ..Signals::default() };
        let before = Weights { qa: passage, passage, confidence };
        assert_eq!(fitted.apply(&before), Weights { qa, passage, confidence });
    }

    #[test]
    fn what_cannot_be_used_is_named_with_its_line_and_the_remedy() {
        for (text, parts) in [
            ("# weights\n[qa]\nglamour = 1.0\n", ["faq.fit.toml:3", "glamour"]),
            ("[qa\n", ["faq.fit.toml:1", "faqt eval --fit"]),
            ("[qa]\ntext = -1.0\n", ["`text` in [qa]", "remove the file"]),
            ("[passage]\nall = nan\n", ["`all` in [passage]", "remove the file"]),
            ("[confidence]\nthreshold = 2.0\nconstant = 0.0\nevidence = {}\n", ["`threshold`", "remove the file"]),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(parts.iter().all(|part| error.contains(part)), "{error}");
        }
    }

    #[test]
    fn the_file_stands_beside_the_corpus() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| Fitted::path(&[dir.path().join(name)]).unwrap();
        fs::create_dir(dir.path().join("my.docs")).unwrap();
        assert_eq!(path("my.docs"), dir.path().join("my.docs.fit.toml"));
        assert_eq!(path("faq.jsonl"), dir.path().join("faq.fit.toml"));
        assert_eq!(Fitted::path(&[]), None);
        assert_eq!(Fitted::read(&path("faq.jsonl")).unwrap(), None);
    }
}
