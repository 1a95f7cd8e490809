//! Settings from `faqt.toml`. Flags and `FAQT_*` variables go before them.

pub mod server;

use crate::{
    ask::compose::MOST_ANSWERS,
    error::{Error, Result},
    learn::LearnOptions,
    read::Reading,
    split::SectionNames,
};
use serde::Deserialize;
use server::ServerSettings;
use std::{
    collections::BTreeMap,
    ffi::OsString,
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
    /// A list of synonyms beside those of the corpus folders.
    pub synonyms: Option<PathBuf>,
    /// How many answers to give.
    pub top: Option<usize>,
    /// From which confidence on an answer is given.
    pub min_confidence: Option<f64>,
    /// How files are read.
    pub reading: Reading,
    /// How the corpus is learnt from.
    pub learn: LearnOptions,
    /// How the server listens and whom it answers.
    pub server: ServerSettings,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    corpus: Option<OneOrMore>,
    index: Option<PathBuf>,
    synonyms: Option<PathBuf>,
    top: Option<Top>,
    min_confidence: Option<Share>,
    max_file_bytes: Option<u64>,
    max_record_bytes: Option<usize>,
    #[serde(default)]
    learn: LearnOptions,
    #[serde(default)]
    server: ServerSettings,
    #[serde(default)]
    sections: BTreeMap<String, Vec<String>>,
}

/// A number of answers.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "usize")]
struct Top(usize);

impl TryFrom<usize> for Top {
    type Error = String;

    fn try_from(value: usize) -> Result<Self, String> {
        let fits = (1..=MOST_ANSWERS).contains(&value);
        if fits { Ok(Self(value)) } else { Err(format!("is not between 1 and {MOST_ANSWERS}")) }
    }
}

/// A number between 0 and 1.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "f64")]
struct Share(f64);

impl TryFrom<f64> for Share {
    type Error = &'static str;

    fn try_from(value: f64) -> Result<Self, &'static str> {
        if (0.0..=1.0).contains(&value) { Ok(Self(value)) } else { Err("is not between 0 and 1") }
    }
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(PathBuf),
    More(Vec<PathBuf>),
}

impl Config {
    /// Reads the named file, or `faqt.toml` if there is one, and then the variables of the environment.
    ///
    /// # Errors
    /// [`Error::Config`] with file and line for what cannot be used.
    pub fn load(named: Option<&Path>) -> Result<Self> {
        let path = named.unwrap_or(Path::new(CONFIG_FILE));
        let wrong = |reason: String| Error::Config { place: path.display().to_string(), reason };
        let settings = match fs::read_to_string(path) {
            Ok(text) => Self::parse(&text).map_err(wrong)?,
            Err(error) if named.is_none() && error.kind() == io::ErrorKind::NotFound => Self::default(),
            Err(error) => return Err(wrong(format!("cannot be read: {error}"))),
        };
        settings.with_variables(|name| std::env::var_os(name))
    }

    /// Takes in `FAQT_CORPUS`, `FAQT_MAX_FILE_BYTES` and `FAQT_MAX_RECORD_BYTES`; the command line knows the others.
    fn with_variables(mut self, variable: impl Fn(&str) -> Option<OsString>) -> Result<Self> {
        if let Some(corpus) = variable("FAQT_CORPUS") {
            self.corpus = Some(std::env::split_paths(&corpus).collect());
        }
        let number = |name: &str| -> Result<Option<u64>> {
            let Some(value) = variable(name) else { return Ok(None) };
            let number = value.to_str().and_then(|value| value.trim().parse().ok());
            let reason = format!("`{}` is not a number of bytes", value.to_string_lossy());
            number.map(Some).ok_or(Error::Config { place: name.to_owned(), reason })
        };
        if let Some(limit) = number("FAQT_MAX_FILE_BYTES")? {
            self.reading.file_limit = limit;
        }
        if let Some(limit) = number("FAQT_MAX_RECORD_BYTES")? {
            self.reading.record_limit = usize::try_from(limit).unwrap_or(usize::MAX);
        }
        Ok(self)
    }

    fn parse(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())?;
        let LearnOptions { unanswerable, wrong_costs, .. } = file.learn;
        if !(0.0..1.0).contains(&unanswerable) {
            return Err(format!("[learn] unanswerable = {unanswerable} is not a share from 0 to below 1"));
        }
        if !(wrong_costs > 0.0 && wrong_costs.is_finite()) {
            return Err(format!("[learn] wrong_costs = {wrong_costs} is not a number above 0"));
        }
        let reading = Reading::default();
        let corpus = file.corpus.map(|corpus| match corpus {
            OneOrMore::One(path) => vec![path],
            OneOrMore::More(paths) => paths,
        });
        Ok(Self {
            corpus,
            index: file.index,
            synonyms: file.synonyms,
            top: file.top.map(|top| top.0),
            min_confidence: file.min_confidence.map(|share| share.0),
            learn: file.learn,
            server: file.server,
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
            ("top = 0", "line 1"),
            ("top = 51", "between 1 and 50"),
            ("top = 3\nmin_confidence = 2.0", "line 2"),
            ("top = ", "line 1"),
            ("[learn]\nunanswerable = 1.0", "unanswerable"),
            ("[learn]\nwrong_costs = 0.0", "wrong_costs"),
            ("[learn]\nmost = 1", "most"),
            ("[sections]\nnonsense = [\"x\"]", "sections"),
        ] {
            let reason = Config::parse(text).unwrap_err();
            assert!(reason.contains(part), "{reason}");
        }
    }

    #[test]
    fn variables_go_before_the_file() {
        let variable = |name: &str| match name {
            "FAQT_CORPUS" => Some(std::env::join_paths(["a", "b"]).unwrap()),
            "FAQT_MAX_FILE_BYTES" => Some("7".into()),
            _ => None,
        };
        let config = Config::parse("corpus = \"docs\"\nmax_file_bytes = 10").unwrap().with_variables(variable).unwrap();
        assert_eq!(config.corpus, Some(vec![PathBuf::from("a"), PathBuf::from("b")]));
        assert_eq!(config.reading.file_limit, 7);
        let error = Config::default().with_variables(|_| Some("many".into())).unwrap_err().to_string();
        assert!(error.contains("FAQT_MAX_FILE_BYTES") && error.contains("many"), "{error}");
    }

    #[test]
    fn no_file_is_no_error_unless_it_was_named() {
        assert!(Config::load(Some(Path::new("no/such.toml"))).is_err());
    }
}
