//! How a table is written, by its beginning.

use super::{
    columns::is_header,
    records::{Dialect, Next, Record, Records},
};

/// How many rows tell.
const ROWS: usize = 50;

/// The dialect of a table that begins with `head`. `tabs`: its file's name says so.
pub fn dialect(head: &[u8], whole: bool, tabs: bool) -> Dialect {
    let order = if tabs { *b"\t,;|" } else { *b",;\t|" };
    let mut best: Option<((bool, usize), Dialect)> = None;
    for delimiter in order {
        for quoting in [true, false] {
            // Where quotes are only marks in a text, they are never closed.
            if !quoting && delimiter != b'\t' {
                continue;
            }
            let dialect = Dialect { delimiter, quoting };
            let score = score(head, whole, dialect);
            if best.is_none_or(|(known, _)| score > known) {
                best = Some((score, dialect));
            }
        }
    }
    best.map_or(Dialect { delimiter: b',', quoting: true }, |(_, dialect)| dialect)
}

/// Whether there is a header, and how many of a thousand rows have as many cells as most, two or more.
fn score(head: &[u8], whole: bool, dialect: Dialect) -> (bool, usize) {
    let mut rows = Vec::new();
    let (mut broken, mut last_is_broken) = (0, false);
    let mut records = Records::new(head, 0, dialect, head.len().max(1));
    while rows.len() < ROWS {
        let before = broken;
        match records.next() {
            Next::Record(record) => rows.push(record),
            Next::Broken { .. } => broken += 1,
            // The last row may be cut, and then a quote is left open in it.
            Next::End => {
                if !whole && last_is_broken {
                    broken -= 1;
                } else if !whole && rows.len() > 1 {
                    rows.pop();
                }
                break;
            }
        }
        last_is_broken = broken > before;
    }
    // What is cut may look broken.
    let broken = if whole { broken } else { usize::min(broken, rows.len()) };
    let has_header = rows.iter().find(|record: &&Record| !record.is_blank()).is_some_and(is_header);
    let mut counts: Vec<usize> = rows.iter().map(|record| record.cells.len()).collect();
    counts.sort_unstable();
    let longest = counts.chunk_by(|a, b| a == b).max_by_key(|run| run.len());
    let even = longest.filter(|run| run[0] > 1).map_or(0, <[usize]>::len);
    (has_header, even * 1000 / (rows.len() + broken).max(1))
}
