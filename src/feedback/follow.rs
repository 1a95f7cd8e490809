//! Reads a log on from where it was read to, so that of a log that only grows nothing is read twice.

use super::log::{FeedbackLog, Record, read_lines};
use crate::error::{Error, Result};
use std::{
    fs::File,
    io::{self, Read as _, Seek as _, SeekFrom},
    path::Path,
    time::SystemTime,
};

/// So much of what was read last is compared before a log is read on: more than one record, which is like no other.
const COMPARED: usize = 1024;

/// How far a log was read.
#[derive(Debug)]
pub struct Follower {
    log: FeedbackLog,
    older: Stamp,
    newer: Stamp,
    /// The byte behind the last whole line of the newer file.
    end: usize,
    /// What stands before it.
    last: Vec<u8>,
}

/// What has come to a log.
#[derive(Debug, Default)]
pub struct News {
    /// Whether these are all records, for the log is not the one that was read before.
    pub anew: bool,
    /// The records, the oldest first.
    pub records: Vec<Record>,
    /// How many lines are none.
    pub broken: usize,
}

/// What tells one state of a file from another; nothing for a file that is not there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Stamp {
    created: Option<SystemTime>,
    modified: Option<SystemTime>,
    length: u64,
}

/// A file as it was when it was opened, if it was there.
struct Opened {
    file: Option<File>,
    stamp: Stamp,
}

impl Follower {
    /// Of the log nothing is read yet.
    pub fn of(log: FeedbackLog) -> Self {
        Self { log, older: Stamp::default(), newer: Stamp::default(), end: 0, last: Vec::new() }
    }

    /// What has come since the last time. A line that somebody is still writing comes when it is whole.
    ///
    /// # Errors
    /// [`Error::Io`] with the file, where there is one that cannot be read; the next time begins where this one did.
    pub fn read_on(&mut self) -> Result<News> {
        let [older_path, newer_path] = self.log.files();
        let older = Opened::open(&older_path)?;
        let mut newer = Opened::open(&newer_path)?;
        if older.stamp == self.older {
            if newer.stamp == self.newer {
                return Ok(News::default());
            }
            let has_grown = newer.stamp.created == self.newer.created && newer.stamp.length > self.newer.length;
            if has_grown {
                let bytes = newer.read(self.end - self.last.len()).map_err(Error::io("cannot read", &newer_path))?;
                // Otherwise another log was put in the place of this one.
                if let Some(lines) = bytes.strip_prefix(&*self.last) {
                    let mut news = News::default();
                    self.take(lines, newer.stamp, &mut news);
                    return Ok(news);
                }
            }
        }
        self.read_anew((older, &older_path), (newer, &newer_path))
    }

    fn read_anew(&mut self, older: (Opened, &Path), newer: (Opened, &Path)) -> Result<News> {
        let read = |(mut opened, path): (Opened, &Path)| {
            let bytes = opened.read(0).map_err(Error::io("cannot read", path))?;
            Ok::<_, Error>((bytes, opened.stamp))
        };
        let ((older, older_stamp), (newer, newer_stamp)) = (read(older)?, read(newer)?);
        let mut news = News { anew: true, ..News::default() };
        news.broken = read_lines(&older, &mut news.records).len();
        (self.older, self.end) = (older_stamp, 0);
        self.last.clear();
        self.take(&newer, newer_stamp, &mut news);
        Ok(news)
    }

    /// Takes in what stands behind the end.
    fn take(&mut self, bytes: &[u8], stamp: Stamp, news: &mut News) {
        let whole = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let (lines, _) = bytes.split_at(whole);
        news.broken += read_lines(lines, &mut news.records).len();
        self.newer = stamp;
        self.end += lines.len();
        self.last.extend_from_slice(lines);
        self.last.drain(..self.last.len().saturating_sub(COMPARED));
    }
}

impl Opened {
    fn open(path: &Path) -> Result<Self> {
        let opened = File::open(path).and_then(|file| {
            let metadata = file.metadata()?;
            let (created, modified) = (metadata.created().ok(), metadata.modified().ok());
            Ok(Self { file: Some(file), stamp: Stamp { created, modified, length: metadata.len() } })
        });
        match opened {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self { file: None, stamp: Stamp::default() }),
            opened => opened.map_err(Error::io("cannot read", path)),
        }
    }

    /// Everything from a byte on.
    fn read(&mut self, from: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        if let Some(file) = &mut self.file {
            file.seek(SeekFrom::Start(from as u64))?;
            file.read_to_end(&mut bytes)?;
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feedback::Said;
    use std::{
        fs::{self, OpenOptions},
        io::Write as _,
    };

    fn append(log: &FeedbackLog, question: &str) {
        log.append(&Record::new(question, Said::Unanswered { suggestions: Vec::new() }).unwrap()).unwrap();
    }

    /// Whether all was read again, and the questions that came.
    fn read_on(follower: &mut Follower) -> (bool, Vec<String>) {
        let news = follower.read_on().unwrap();
        (news.anew, news.records.into_iter().map(|record| record.question).collect())
    }

    fn came<const N: usize>(anew: bool, questions: [&str; N]) -> (bool, Vec<String>) {
        (anew, questions.map(str::to_owned).to_vec())
    }

    #[test]
    fn of_a_log_that_grows_only_what_is_new_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let log = FeedbackLog::of(folder.path());
        let mut follower = Follower::of(log.clone());
        assert_eq!(read_on(&mut follower), came(false, []));
        append(&log, "One?");
        append(&log, &"Two? ".repeat(COMPARED));
        let (anew, questions) = read_on(&mut follower);
        assert!(anew && questions.len() == 2);
        assert_eq!(read_on(&mut follower), came(false, []));
        // Whoever reads the first record again finds that it is none.
        OpenOptions::new().write(true).open(log.path()).unwrap().write_all(b"#").unwrap();
        append(&log, "Three?");
        assert_eq!(read_on(&mut follower), came(false, ["Three?"]));
    }

    #[test]
    fn a_line_comes_when_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let log = FeedbackLog::of(folder.path());
        append(&log, "One?");
        append(&log, "Two?");
        let whole = fs::read(log.path()).unwrap();
        let mut follower = Follower::of(log.clone());
        fs::write(log.path(), &whole[..whole.len() - 30]).unwrap();
        assert_eq!(read_on(&mut follower), came(true, ["One?"]));
        OpenOptions::new().append(true).open(log.path()).unwrap().write_all(&whole[whole.len() - 30..]).unwrap();
        assert_eq!(read_on(&mut follower), came(false, ["Two?"]));
    }

    #[test]
    fn another_log_is_read_from_its_beginning() {
        let folder = tempfile::tempdir().unwrap();
        let log = FeedbackLog::of(folder.path());
        let mut follower = Follower::of(log.clone());
        append(&log, "One?");
        assert_eq!(read_on(&mut follower), came(true, ["One?"]));
        // Emptied where it is, and longer than before.
        fs::write(log.path(), "").unwrap();
        append(&log, "A longer one than that?");
        assert_eq!(read_on(&mut follower), came(true, ["A longer one than that?"]));
        append(&log.clone().with_largest(1), "Next?");
        assert_eq!(read_on(&mut follower), came(true, ["A longer one than that?", "Next?"]));
        append(&log, "Last?");
        assert_eq!(read_on(&mut follower), came(false, ["Last?"]));
        fs::remove_file(log.path()).unwrap();
        assert_eq!(read_on(&mut follower), came(true, ["A longer one than that?"]));
    }
}
