//! An append-only log beside the index: a record a line, written in one go, so that processes may share it.

use crate::{
    ask::query::{LONGEST_QUESTION, can_be_asked},
    error::{Error, Result},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

/// The log within the folder of the index, and the one before it.
const LOG_FILE: &str = "feedback.jsonl";
const OLDER_FILE: &str = "feedback.1.jsonl";
/// Held while the log becomes the older one.
const LOCK_FILE: &str = "feedback.lock";

/// From so many bytes on the log becomes the older one, and what was older is removed.
const LARGEST: u64 = 32 << 20;

/// A longer comment is refused. In bytes.
pub const LONGEST_COMMENT: usize = 4096;

/// A record of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Names the record.
    pub id: String,
    /// When it was written.
    pub at: Timestamp,
    /// The question, as it was asked.
    pub question: String,
    /// What came of it.
    #[serde(flatten)]
    pub said: Said,
}

/// What came of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Said {
    /// There was no answer.
    Unanswered {
        /// The questions that were suggested.
        suggestions: Vec<String>,
    },
    /// Somebody said what the reply was worth.
    Feedback {
        /// What it was.
        verdict: Verdict,
        /// The id of the unit that was shown.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
        /// The id of the unit that would have been right.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        right_unit: Option<String>,
        /// Anything else.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        comment: Option<String>,
    },
}

/// What a reply was worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
#[cfg_attr(feature = "server", schema(as = FeedbackVerdict), schemars(rename = "FeedbackVerdict"))]
pub enum Verdict {
    /// The reply was right.
    Right,
    /// The reply was wrong.
    Wrong,
    /// No article answers the question, and none should.
    NoAnswer,
}

/// What stands in a log.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Logged {
    /// The records, the oldest first.
    pub records: Vec<Record>,
    /// Lines that cannot be read, as `file:line`; a crash or a full disk leaves such.
    pub broken: Vec<String>,
}

/// The log of an index.
#[derive(Debug, Clone)]
pub struct FeedbackLog {
    folder: PathBuf,
    largest: u64,
}

impl Record {
    /// A record of now.
    ///
    /// # Errors
    /// [`Error::Feedback`] for a question or a comment that is empty or far too long.
    pub fn new(question: &str, said: Said) -> Result<Self> {
        if !can_be_asked(question) {
            let reason =
                format!("the question is empty, or longer than {LONGEST_QUESTION} bytes: send it as it was asked");
            return Err(Error::Feedback(reason));
        }
        if let Said::Feedback { comment: Some(comment), .. } = &said
            && comment.len() > LONGEST_COMMENT
        {
            let reason =
                format!("the comment has {} bytes, at most {LONGEST_COMMENT} are kept: shorten it", comment.len());
            return Err(Error::Feedback(reason));
        }
        let at = Timestamp::now();
        let mut record = Self { id: String::new(), at, question: question.to_owned(), said };
        let line = serde_json::to_vec(&record).unwrap_or_default();
        // Two that are the same in the same nanosecond are one.
        record.id = blake3::hash(&line).to_hex().chars().take(16).collect();
        Ok(record)
    }
}

impl FeedbackLog {
    /// The log beside the index in a folder.
    #[must_use]
    pub fn of(index: &Path) -> Self {
        Self { folder: index.to_path_buf(), largest: LARGEST }
    }

    /// The same with another size from which on a new log is begun.
    #[must_use]
    pub fn with_largest(self, largest: u64) -> Self {
        Self { largest, ..self }
    }

    /// The file that is written.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.folder.join(LOG_FILE)
    }

    /// Adds a record. What other processes add at the same time stays whole.
    ///
    /// # Errors
    /// [`Error::Io`] with the file, where it cannot be written.
    pub fn append(&self, record: &Record) -> Result<()> {
        let path = self.path();
        self.append_line(record).map_err(Error::io("cannot write", path))
    }

    fn append_line(&self, record: &Record) -> io::Result<()> {
        self.rotate()?;
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(self.path())?;
        let mut line = serde_json::to_vec(record)?;
        line.push(b'\n');
        if !ends_with_break(&mut file)? {
            // Whoever wrote last did not come to the end of the line.
            line.insert(0, b'\n');
        }
        file.write_all(&line)?;
        file.flush()
    }

    /// Makes a large log the older one. One process at a time: a second one sees that it is done.
    fn rotate(&self) -> io::Result<()> {
        let is_large = || fs::metadata(self.path()).is_ok_and(|metadata| metadata.len() >= self.largest);
        if !is_large() {
            return Ok(());
        }
        let lock = File::create(self.folder.join(LOCK_FILE))?;
        lock.lock()?;
        if is_large() {
            fs::rename(self.path(), self.folder.join(OLDER_FILE))?;
        }
        Ok(())
    }

    /// The older log and the one that is written: together they are everything, the oldest first.
    pub(super) fn files(&self) -> [PathBuf; 2] {
        [self.folder.join(OLDER_FILE), self.path()]
    }

    /// Everything that stands in the log, and in the older one.
    ///
    /// # Errors
    /// [`Error::Io`] with the file, where there is one that cannot be read.
    pub fn read(&self) -> Result<Logged> {
        let mut logged = Logged::default();
        for path in self.files() {
            let bytes = match fs::read(&path) {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(Error::io("cannot read", path)(error)),
            };
            let broken = read_lines(&bytes, &mut logged.records);
            logged.broken.extend(broken.into_iter().map(|line| format!("{}:{line}", path.display())));
        }
        Ok(logged)
    }
}

/// Adds the records of some lines, and gives the numbers of the lines that are none.
pub(super) fn read_lines(bytes: &[u8], records: &mut Vec<Record>) -> Vec<usize> {
    let mut broken = Vec::new();
    for (number, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        match serde_json::from_slice(line) {
            _ if line.is_empty() => {}
            Ok(record) => records.push(record),
            Err(_) => broken.push(number + 1),
        }
    }
    broken
}

/// Whether a file is empty or ends with a line break.
fn ends_with_break(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == [b'\n'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    fn unanswered(question: &str) -> Record {
        Record::new(question, Said::Unanswered { suggestions: vec!["Why?".to_owned()] }).unwrap()
    }

    #[test]
    fn what_was_written_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let log = FeedbackLog::of(folder.path());
        assert_eq!(log.read().unwrap(), Logged::default());
        let said = Said::Feedback {
            verdict: Verdict::NoAnswer,
            unit: None,
            right_unit: Some("u".to_owned()),
            comment: Some("a\nb".to_owned()),
        };
        let records = [unanswered("How?"), Record::new("Where?", said).unwrap()];
        for record in &records {
            log.append(record).unwrap();
        }
        assert_eq!(log.read().unwrap().records, records);
        let line = fs::read_to_string(log.path()).unwrap();
        assert!(line.starts_with("{\"id\":") && line.contains("\"kind\":\"unanswered\""), "{line}");
        assert!(line.contains("\"verdict\":\"no_answer\""), "{line}");
    }

    #[test]
    fn a_broken_line_costs_only_itself() {
        let folder = tempfile::tempdir().unwrap();
        let log = FeedbackLog::of(folder.path());
        log.append(&unanswered("One?")).unwrap();
        let whole = fs::read(log.path()).unwrap();
        fs::write(log.path(), [&whole[..], b"\xff\n", &whole[..20]].concat()).unwrap();
        log.append(&unanswered("Two?")).unwrap();
        let logged = log.read().unwrap();
        assert_eq!(logged.records.len(), 2);
        let places: Vec<&str> = logged.broken.iter().filter_map(|place| place.rsplit(':').next()).collect();
        assert_eq!(places, ["2", "3"]);
    }

    #[test]
    fn many_writers_leave_whole_lines_and_a_large_log_becomes_the_older_one() {
        let folder = tempfile::tempdir().unwrap();
        let log = FeedbackLog::of(folder.path()).with_largest(40_000);
        thread::scope(|scope| {
            for writer in 0..4 {
                let log = &log;
                scope.spawn(move || {
                    for number in 0..100 {
                        log.append(&unanswered(&format!("How is {writer} {number}?"))).unwrap();
                    }
                });
            }
        });
        let logged = log.read().unwrap();
        assert_eq!((logged.records.len(), logged.broken.len()), (400, 0));
        assert!(folder.path().join(OLDER_FILE).exists());
    }

    #[test]
    fn what_cannot_be_written_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let log = FeedbackLog::of(&folder.path().join("gone"));
        let error = log.append(&unanswered("How?")).unwrap_err();
        assert!(error.code() == "io" && error.to_string().contains("feedback.jsonl"), "{error}");
        assert!(Record::new(" ", Said::Unanswered { suggestions: Vec::new() }).is_err());
    }
}
