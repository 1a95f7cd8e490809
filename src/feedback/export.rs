//! What was said of replies, as a set of labelled questions for `faqt eval`.
//!
//! `faqt eval` takes a question without a line in `qrels.tsv` for one that nothing answers. So only those are exported
//! of which somebody said which unit is right, or that there is none: what was merely missed stays out.

use super::{
    log::Record,
    misses::{Asked, Asks},
};
use crate::{
    ask::engine::Engine,
    error::{Error, Result},
    index::phrasing_key,
};
use std::{collections::BTreeSet, fs, path::Path, sync::Arc};

/// The files of a set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EvalFiles {
    /// `queries.jsonl`.
    pub queries: String,
    /// `qrels.tsv`.
    pub qrels: String,
    /// How many questions have a right unit.
    pub answerable: usize,
    /// How many should have no answer.
    pub unanswerable: usize,
    /// Right units that are not in the index any more: their questions are left out, unless others are right too.
    pub gone: BTreeSet<String>,
}

/// Makes a set of what the log says, in its order.
///
/// # Errors
/// When the index cannot be read.
pub fn export(records: &[Record], engine: &Engine) -> Result<EvalFiles> {
    export_of(Asks::of(records).all(), engine)
}

pub(super) fn export_of(asked: &[Arc<Asked>], engine: &Engine) -> Result<EvalFiles> {
    let mut files = EvalFiles { qrels: "query-id\tcorpus-id\tscore\n".to_owned(), ..EvalFiles::default() };
    for asked in asked {
        let mut documents = BTreeSet::new();
        for id in &asked.right {
            match engine.unit(id) {
                Ok(unit) => {
                    documents.insert(unit.document);
                }
                Err(Error::UnitUnknown(_)) => {
                    files.gone.insert(id.clone());
                }
                Err(error) => return Err(error),
            }
        }
        if documents.is_empty() && !asked.no_answer {
            continue;
        }
        if documents.is_empty() {
            files.unanswerable += 1;
        } else {
            files.answerable += 1;
        }
        let id = format!("{:016x}", phrasing_key(asked.question()));
        files.queries += &serde_json::json!({"_id": id, "text": asked.question()}).to_string();
        files.queries.push('\n');
        for document in documents {
            files.qrels += &format!("{id}\t{document}\t1\n");
        }
    }
    Ok(files)
}

impl EvalFiles {
    /// Writes `queries.jsonl` and `qrels.tsv` into a folder, which is made if need be.
    ///
    /// # Errors
    /// [`Error::Io`] with the file.
    pub fn write(&self, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder).map_err(Error::io("cannot create", folder))?;
        for (name, text) in [("queries.jsonl", &self.queries), ("qrels.tsv", &self.qrels)] {
            let path = folder.join(name);
            fs::write(&path, text).map_err(Error::io("cannot write", &path))?;
        }
        Ok(())
    }
}
