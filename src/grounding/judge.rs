//! Weighs a sentence against the sources.

use super::{
    Checked, Contradiction, Source, Verdict,
    markers::Marked,
    prose::prose,
    quote::Plain,
    reading::{Clause, Item, Reader, Said},
};
use crate::{
    analyze::language,
    ask::{compose::citation, engine::Engine},
    error::Result,
    model::{Citation, Unit},
    split::ends_question,
};
use std::{collections::HashSet, ops::Range};

/// A claim stands in at most so many sentences of a source, one behind the other.
const STRETCH: usize = 3;

/// A sentence of which so much is found is in part supported.
const PARTLY: f64 = 0.5;

/// A source, read.
struct ReadSource {
    marker: String,
    unit: Unit,
    reader: usize,
    plain: Plain,
    said: Vec<Said>,
    /// The words of its question, title and headings: they name what the text speaks of.
    above: HashSet<String>,
}

/// Weighs the sentences of one text.
pub struct Judge {
    readers: Vec<Reader>,
    /// The reader of the text itself.
    own: usize,
    sources: Vec<ReadSource>,
}

/// What a claim and a stretch of a source have in common.
struct Held<'a> {
    source: &'a ReadSource,
    range: Range<usize>,
    /// For every item of the claim whether the stretch has it, or what stands above.
    has: Vec<bool>,
    /// How many the stretch itself has.
    own: usize,
    contradicts: Option<Contradiction>,
}

/// What was found of a claim in some sources.
struct Weighed {
    verdict: Verdict,
    coverage: f64,
    missing: Vec<String>,
    contradicts: Option<Contradiction>,
    citation: Option<Citation>,
}

impl Judge {
    /// Reads the sources.
    ///
    /// # Errors
    /// [`crate::Error::UnitUnknown`].
    pub fn of(engine: &Engine, text: &str, sources: &[Source]) -> Result<Self> {
        let mut judge = Self { readers: Vec::new(), own: 0, sources: Vec::new() };
        for Source { marker, id } in sources {
            let unit = engine.unit(id)?;
            let reader = judge.reader(unit.about.language.as_deref());
            let Some(read) = judge.readers.get(reader) else { continue };
            let (said, above) = (read.said(&unit), read.above(&unit));
            let plain = Plain::of(unit.text.plain());
            judge.sources.push(ReadSource { marker: marker.clone(), unit, reader, plain, said, above });
        }
        let first = judge.sources.first().and_then(|source| source.unit.about.language.clone());
        judge.own = judge.reader(language::of_text(text).or(first).as_deref());
        Ok(judge)
    }

    /// The place of the reader for a language.
    fn reader(&mut self, language: Option<&str>) -> usize {
        let known = self.readers.iter().position(|reader| reader.reads(language));
        known.unwrap_or_else(|| {
            self.readers.push(Reader::of(language));
            self.readers.len() - 1
        })
    }

    /// Checks one sentence of `text`.
    pub fn check(&self, text: &str, sentence: Marked) -> Checked {
        let Marked { range, words, markers } = sentence;
        let prose = prose(&words);
        let points = |end: usize| text.get(..end).map_or(0, |before| before.chars().count());
        let is_named = |source: &&ReadSource| markers.contains(&source.marker);
        let weighed = |sources: &[&ReadSource]| self.weigh(&prose.text, sources);
        let (mut found, mut found_in) = (Weighed::nothing(Verdict::Neutral), None);
        if !(markers.is_empty() && prose.is_heading) && self.claims(&prose.text, !markers.is_empty()) {
            let (named, others): (Vec<&ReadSource>, Vec<&ReadSource>) = self.sources.iter().partition(is_named);
            found = weighed(&named);
            if !found.verdict.is_supported() {
                let each = others.iter().map(|source| (source.marker.clone(), weighed(&[source])));
                let best = each.reduce(|best, next| if next.1.beats(&best.1) { next } else { best });
                if let Some((marker, other)) = best {
                    found_in = other.verdict.is_supported().then_some(marker);
                    if markers.is_empty() {
                        found = other;
                    }
                }
            }
            if markers.is_empty() {
                found.verdict = Verdict::Uncited;
            }
        }
        let (start, end) = (points(range.start), points(range.end));
        let Weighed { verdict, coverage, missing, contradicts, citation } = found;
        let text = text.get(range).unwrap_or_default().to_owned();
        Checked { text, start, end, markers, verdict, coverage, missing, contradicts, found_in, citation }
    }

    /// Whether a sentence claims something: it has words with content, and neither asks nor introduces what follows.
    fn claims(&self, sentence: &str, has_markers: bool) -> bool {
        let Some(reader) = self.readers.get(self.own) else { return false };
        let items = reader.items(sentence);
        let only_introduces = || {
            sentence.ends_with([':', '：']) && !items.iter().any(|item| item.is_number) && !reader.is_negated(sentence)
        };
        !items.is_empty() && !ends_question(sentence) && (has_markers || !only_introduces())
    }

    /// Holds a sentence against some sources together.
    fn weigh(&self, sentence: &str, sources: &[&ReadSource]) -> Weighed {
        let mut held = Vec::new();
        for source in sources {
            let Some(reader) = self.readers.get(source.reader) else { continue };
            if let Some(quoted) = quoted(sentence, source, reader) {
                return quoted;
            }
            held.push((reader.items(sentence), hold(sentence, source, reader)));
        }
        // Sources of one language see the same items, so that they can be taken together; others go by themselves.
        let best = held.iter().reduce(|best, next| if score(next) > score(best) { next } else { best });
        let Some((items, best)) = best else { return Weighed::nothing(Verdict::Unsupported) };
        let allied: Vec<&Held<'_>> = held.iter().filter(|(others, _)| others == items).map(|(_, held)| held).collect();
        weighed(items, best, &allied)
    }
}

fn score((items, held): &(Vec<Item>, Held<'_>)) -> f64 {
    // Words above a text count as they do in it, but decide nothing.
    (held.has.iter().filter(|has| **has).count() as f64 + held.own as f64 * 1e-3) / items.len().max(1) as f64
}

/// What several sources have of a claim together, the best of them first.
fn weighed(items: &[Item], best: &Held<'_>, allied: &[&Held<'_>]) -> Weighed {
    let has = |at: usize| allied.iter().any(|held| held.has.get(at) == Some(&true));
    let missing: Vec<&Item> = items.iter().enumerate().filter(|&(at, _)| !has(at)).map(|(_, item)| item).collect();
    let found = items.len() - missing.len();
    let coverage = if items.is_empty() { 0.0 } else { found as f64 / items.len() as f64 };
    let own: usize = allied.iter().map(|held| held.own).sum();
    let number = missing.iter().any(|item| item.is_number).then_some(Contradiction::Number);
    // Where several are needed, each speaks of a part only.
    let needed = allied.iter().filter(|held| held.own > 0).count();
    let contradicts = number.or(if needed <= 1 || best.has.iter().all(|has| *has) { best.contradicts } else { None });
    let verdict = match contradicts {
        Some(_) => Verdict::Unsupported,
        None if missing.is_empty() && own * 2 >= items.len() => Verdict::Covered,
        None if coverage >= PARTLY => Verdict::Partly,
        None => Verdict::Unsupported,
    };
    let citation = (coverage >= PARTLY && own > 0).then(|| citation(&best.source.unit, best.range.clone()));
    Weighed { verdict, coverage: rounded(coverage), missing: written(&missing), contradicts, citation }
}

impl Weighed {
    fn nothing(verdict: Verdict) -> Self {
        Self { verdict, coverage: 0.0, missing: Vec::new(), contradicts: None, citation: None }
    }

    fn beats(&self, other: &Self) -> bool {
        let rank = |weighed: &Self| (weighed.verdict.is_supported(), weighed.coverage);
        rank(self) > rank(other)
    }
}

/// The sentence word for word, if nothing around it in the source turns it round.
fn quoted(sentence: &str, source: &ReadSource, reader: &Reader) -> Option<Weighed> {
    let range = source.plain.find(source.unit.text.plain(), sentence)?;
    let touched = source.said.iter().filter(|said| said.range.start < range.end && range.start < said.range.end);
    let clauses: Vec<&Clause> = touched.flat_map(|said| &said.clauses).collect();
    if contradiction(sentence, &clauses, reader).is_some() {
        return None;
    }
    let citation = Some(citation(&source.unit, range));
    Some(Weighed { verdict: Verdict::Verbatim, coverage: 1.0, missing: Vec::new(), contradicts: None, citation })
}

/// The stretch of a source that has most of a claim, the shortest and first of those.
fn hold<'a>(sentence: &str, source: &'a ReadSource, reader: &Reader) -> Held<'a> {
    let items = reader.items(sentence);
    let mut best = Held { source, range: 0..0, has: vec![false; items.len()], own: 0, contradicts: None };
    let mut most = (0, 0);
    let mut stretch_of_best: &[Said] = &[];
    for length in 1..=STRETCH {
        for stretch in source.said.windows(length) {
            let own = |item: &Item| item.is_in(|stem| stretch.iter().any(|said| said.has.contains(stem)));
            let all = |item: &Item| {
                item.is_in(|stem| source.above.contains(stem) || stretch.iter().any(|said| said.has.contains(stem)))
            };
            // A number must stand in the text itself.
            let has: Vec<bool> = items.iter().map(|item| if item.is_number { own(item) } else { all(item) }).collect();
            let count = (has.iter().filter(|has| **has).count(), items.iter().filter(|item| own(item)).count());
            if count.1 > 0 && count > most {
                most = count;
                let range =
                    stretch.first().map_or(0, |said| said.range.start)..stretch.last().map_or(0, |said| said.range.end);
                best = Held { source, range, has, own: count.1, contradicts: None };
                stretch_of_best = stretch;
            }
        }
    }
    let clauses: Vec<&Clause> = stretch_of_best.iter().flat_map(|said| &said.clauses).collect();
    best.contradicts = contradiction(sentence, &clauses, reader);
    best
}

/// What a claim contradicts: each of its clauses is held against those of the source that have most of its words. If
/// none of these says yes or no as it does, or has its numbers while they have others, they contradict.
fn contradiction(sentence: &str, clauses: &[&Clause], reader: &Reader) -> Option<Contradiction> {
    for claim in reader.clauses(sentence, 0..sentence.len()) {
        let items = reader.items(&sentence[claim.range.clone()]);
        let (numbers, words): (Vec<&Item>, Vec<&Item>) = items.iter().partition(|item| item.is_number);
        let common = |clause: &Clause| words.iter().filter(|item| item.is_in(|stem| clause.has.contains(stem))).count();
        let most = clauses.iter().map(|clause| common(clause)).max().unwrap_or(0);
        if most == 0 {
            continue;
        }
        let rivals: Vec<&&Clause> = clauses.iter().filter(|clause| common(clause) == most).collect();
        if rivals.iter().all(|clause| clause.negated != claim.negated) {
            return Some(Contradiction::Negation);
        }
        let has_numbers = |clause: &&&Clause| numbers.iter().all(|item| item.is_in(|stem| clause.has.contains(stem)));
        if !numbers.is_empty() && rivals.iter().all(|clause| clause.has_number && !has_numbers(clause)) {
            return Some(Contradiction::Number);
        }
    }
    None
}

/// The words as they are written, each once; letters that stand side by side as one.
fn written(missing: &[&Item]) -> Vec<String> {
    let mut written: Vec<String> = Vec::new();
    for item in missing {
        if !written.contains(&item.written) {
            written.push(item.written.clone());
        }
    }
    written
}

fn rounded(share: f64) -> f64 {
    (share * 1e4).round() / 1e4
}
