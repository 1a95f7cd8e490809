//! Names for units that survive reordering and rebuilding.

use crate::model::Unit;
use std::{borrow::Cow, collections::HashMap};
use unicode_normalization::UnicodeNormalization;

/// Gives units their ids and counts the ones that say the same, over one build.
#[derive(Debug, Default)]
pub struct Ids {
    seen: HashMap<[u8; 8], u32>,
}

impl Ids {
    /// Sets the id: a hash of source, kind and normalised text. Where the same comes again within
    /// a source, its number goes into the hash; the first has none.
    pub fn assign(&mut self, unit: &mut Unit) {
        let mut hasher = blake3::Hasher::new();
        let parts = [unit.source.as_str(), unit.kind.name()].map(Cow::Borrowed);
        let texts = [unit.question().unwrap_or_default(), unit.text.plain()].map(|text| Cow::Owned(normalise(text)));
        for part in parts.into_iter().chain(texts) {
            // The length first, so that no text can run over into the next.
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        let first = short(&hasher);
        let count = self.seen.entry(first).or_default();
        *count += 1;
        let id = if *count == 1 { first } else { short(hasher.update(&count.to_le_bytes())) };
        unit.id = format!("{:016x}", u64::from_be_bytes(id));
    }
}

fn short(hasher: &blake3::Hasher) -> [u8; 8] {
    let mut id = [0; 8];
    hasher.finalize_xof().fill(&mut id);
    id
}

/// Compatibility forms and cases made one, white space folded.
fn normalise(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !normal.is_empty() {
            normal.push(' ');
        }
        if word.is_ascii() {
            normal.extend(word.chars().map(|mark| mark.to_ascii_lowercase()));
        } else {
            normal.extend(word.nfkc().flat_map(char::to_lowercase));
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{About, Excerpt, Lines, SourceText, UnitKind};

    fn unit(source: &str, kind: UnitKind, text: &str) -> Unit {
        let excerpt = Excerpt::new(SourceText::verbatim(text, 0), &Lines::new(1, Vec::new()));
        Unit {
            id: String::new(),
            kind,
            source: source.to_owned(),
            document: source.to_owned(),
            about: About::default(),
            anchor: None,
            heading: Vec::new(),
            phrasings: Vec::new(),
            text: excerpt,
            prompts: Vec::new(),
        }
    }

    #[test]
    fn an_id_tells_what_a_unit_says_and_how_often_it_came() {
        let mut ids = Ids::default();
        let mut id = |source, kind, text| {
            let mut unit = unit(source, kind, text);
            ids.assign(&mut unit);
            unit.id
        };
        let first = id("a.txt", UnitKind::Passage, "The ﬁrst  Text");
        assert_eq!(first.len(), 16);
        let again = id("a.txt", UnitKind::Passage, "the first\ntext");
        assert_ne!(first, again);
        assert_ne!(first, id("b.txt", UnitKind::Passage, "The first text"));
        assert_ne!(first, id("a.txt", UnitKind::Takeaway, "The first text"));
        let mut other = Ids::default();
        let mut same = unit("a.txt", UnitKind::Passage, "THE FIRST TEXT");
        other.assign(&mut same);
        assert_eq!(same.id, first);
    }
}
