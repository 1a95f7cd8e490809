//! Settings from `faqt.toml`. Flags and `FAQT_*` variables go before them.

use crate::{
    error::{Error, Result},
    read::Reading,
    split::SectionNames,
};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

/// The file in the working folder that is read when none is named.
pub const CONFIG_FILE: &str = "faqt.toml";

/// The settings, checked.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Files and folders of the corpus.
    pub corpus: Option<Vec<PathBuf>>,
    /// The folder of the index.
    pub index: Option<PathBuf>,
    /// How many answers to give.
    pub top: Option<usize>,
    /// From which confidence on an answer is given.
    pub min_confidence: Option<f64>,
    /// How files are read.
    pub reading: Reading,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    corpus: Option<OneOrMore>,
    index: Option<PathBuf>,
    top: Option<usize>,
    min_confidence: Option<f64>,
    max_file_bytes: Option<u64>,
    max_record_bytes: Option<usize>,
    #[serde(default)]
    sections: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(PathBuf),
    More(Vec<PathBuf>),
}

impl Config {
    /// Reads the named file, or `faqt.toml` if there is one.
    ///
    /// # Errors
    /// [`Error::Config`] with file and line for what cannot be used.
    pub fn load(named: Option<&Path>) -> Result<Self> {
        let path = named.unwrap_or(Path::new(CONFIG_FILE));
        match fs::read_to_string(path) {
            Ok(text) => {
                Self::parse(&text).map_err(|reason| Error::Config { place: path.display().to_string(), reason })
            }
            Err(error) if named.is_none() && error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => {
                Err(Error::Config { place: path.display().to_string(), reason: format!("cannot be read: {error}") })
            }
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())?;
        if file.min_confidence.is_some_and(|least| !(0.0..=1.0).contains(&least)) {
            return Err("`min_confidence` is not between 0 and 1".to_owned());
        }
        if file.top == Some(0) {
            return Err("`top` is 0: give at least one answer".to_owned());
        }
        let reading = Reading::default();
        let corpus = file.corpus.map(|corpus| match corpus {
            OneOrMore::One(path) => vec![path],
            OneOrMore::More(paths) => paths,
        });
        Ok(Self {
            corpus,
            index: file.index,
            top: file.top,
            min_confidence: file.min_confidence,
            reading: Reading {
                file_limit: file.max_file_bytes.unwrap_or(reading.file_limit),
                record_limit: file.max_record_bytes.unwrap_or(reading.record_limit),
                sections: SectionNames::with(file.sections).map_err(|reason| format!("[sections] {reason}"))?,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_and_checked() {
        let config =
            Config::parse("corpus = \"docs\"\ntop = 5\nmax_file_bytes = 10\n[sections]\nfaq = [\"Ask us\"]\n").unwrap();
        assert_eq!(config.corpus, Some(vec![PathBuf::from("docs")]));
        assert_eq!((config.top, config.reading.file_limit), (Some(5), 10));
        assert_eq!(config.reading.record_limit, Reading::default().record_limit);
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        for (text, part) in [
            ("topp = 3", "topp"),
            ("top = 0", "`top`"),
            ("min_confidence = 2.0", "min_confidence"),
            ("top = ", "line 1"),
            ("[sections]\nnonsense = [\"x\"]", "sections"),
        ] {
            let reason = Config::parse(text).unwrap_err();
            assert!(reason.contains(part), "{reason}");
        }
    }

    #[test]
    fn no_file_is_no_error_unless_it_was_named() {
        assert!(Config::load(Some(Path::new("no/such.toml"))).is_err());
    }
}
