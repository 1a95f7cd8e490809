//! What a claim needs, and what a source has: words with content, numbers, and words that turn a sentence round.

use crate::{
    analyze::{
        normal::normal,
        number_words::others,
        stems::Stems,
        stop_words::{StopWords, negations},
        words::{Words, clusters, is_number, is_unspaced},
    },
    ask::{clauses::parts, sentences::kinds::Table},
    model::Unit,
    split::sentences,
};
use std::{
    collections::{BTreeSet, HashSet},
    ops::Range,
};

/// Han numerals that are hardly ever anything else in a sentence.
const NUMERALS: &str = "二三四五六七八九十百两兩";

/// What says yes, by itself or before the claim, in the languages of the stop words.
const YES: [&str; 26] = [
    "yes",
    "ja",
    "jawohl",
    "oui",
    "sí",
    "sì",
    "sim",
    "da",
    "да",
    "так",
    "tak",
    "ano",
    "igen",
    "evet",
    "kyllä",
    "ναι",
    "نعم",
    "بله",
    "כן",
    "हाँ",
    "हां",
    "জি",
    "vâng",
    "はい",
    "네",
    "예",
];

/// Something of a claim that its source must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// As it is written.
    pub written: String,
    /// Ways to say it, each by stems that must all be there.
    options: Vec<Vec<String>>,
    /// Whether one stem of a single option is enough: two neighbours of a letter in a script without spaces.
    any: bool,
    /// Whether it is written together with the one before.
    pub joins: bool,
    /// Whether it is a number.
    pub is_number: bool,
}

impl Item {
    /// Whether a stretch with these words has it.
    pub fn is_in(&self, has: impl Fn(&str) -> bool) -> bool {
        let count = |option: &Vec<String>| option.iter().filter(|stem| has(stem)).count();
        self.options.iter().any(|option| count(option) >= if self.any { 1 } else { option.len() })
    }
}

/// A clause: what it has, and whether it says no.
#[derive(Debug, Clone, Default)]
pub struct Clause {
    /// Where it stands.
    pub range: Range<usize>,
    /// Words and stems.
    pub has: HashSet<String>,
    /// Whether it has a number.
    pub has_number: bool,
    /// Whether it has a word that turns it round.
    pub negated: bool,
}

/// A sentence of a source.
#[derive(Debug, Clone)]
pub struct Said {
    /// Where it stands in the unit's text.
    pub range: Range<usize>,
    /// Words and stems.
    pub has: HashSet<String>,
    /// Its clauses.
    pub clauses: Vec<Clause>,
}

/// Reads texts of one language.
pub struct Reader {
    language: Option<String>,
    stems: Stems,
    stop_words: StopWords,
    negations: BTreeSet<String>,
    table: Option<&'static Table>,
}

impl Reader {
    /// A reader for a language.
    #[must_use]
    pub fn of(language: Option<&str>) -> Self {
        Self {
            language: language.map(str::to_owned),
            stems: Stems::of(language),
            stop_words: StopWords::of(language),
            negations: negations(language),
            table: language.and_then(Table::of),
        }
    }

    /// Whether it reads this language.
    #[must_use]
    pub fn reads(&self, language: Option<&str>) -> bool {
        self.language.as_deref() == language
    }

    /// The sentences of a unit. One that only says yes or no says it of what was asked.
    #[must_use]
    pub fn said(&self, unit: &Unit) -> Vec<Said> {
        let text = unit.text.plain();
        let asked = unit.question().map(|question| self.has(question)).unwrap_or_default();
        let said = |(place, range): (usize, Range<usize>)| {
            let mut has = self.has(&text[range.clone()]);
            let mut clauses = self.clauses(text, range.clone());
            if let (0, Some(clause)) = (place, clauses.first_mut())
                && self.items(&text[clause.range.clone()]).is_empty()
            {
                clause.has.extend(asked.iter().cloned());
                has.extend(asked.iter().cloned());
            }
            Said { range, has, clauses }
        };
        sentences(text).into_iter().enumerate().map(said).collect()
    }

    /// The words and stems of the question, the title and the headings of a unit.
    #[must_use]
    pub fn above(&self, unit: &Unit) -> HashSet<String> {
        let above = unit.about.title.iter().chain(&unit.heading).map(String::as_str);
        above.chain(unit.question()).flat_map(|text| self.has(text)).collect()
    }

    /// What stands between the marks and words that part clauses.
    #[must_use]
    pub fn clauses(&self, text: &str, sentence: Range<usize>) -> Vec<Clause> {
        let clause = |range: Range<usize>| {
            let part = &text[range.clone()];
            let has = self.has(part);
            let numbers = self.items(part).iter().any(|item| item.is_number);
            Clause { has, has_number: numbers, negated: self.is_negated(part), range }
        };
        parts(text, sentence, self.table).into_iter().map(clause).collect()
    }

    fn has(&self, text: &str) -> HashSet<String> {
        let words = Words::of(text);
        words.iter().flat_map(|word| [word.to_owned(), self.stems.stem(word)]).collect()
    }

    /// Whether a word turns the text round: in scripts without spaces a letter may.
    #[must_use]
    pub fn is_negated(&self, text: &str) -> bool {
        let is_negation = |word: &str| {
            // *And* is written together with *not* in Arabic.
            self.negations.contains(word) || word.strip_prefix('و').is_some_and(|word| self.negations.contains(word))
        };
        let words = Words::of(text);
        let by_letter = || {
            let mut letters = text.chars().filter(|&letter| is_unspaced(letter) && letter != '别');
            let mut buffer = [0; 4];
            letters.any(|letter| self.negations.contains(&*letter.encode_utf8(&mut buffer)))
        };
        words.iter().any(is_negation) || by_letter()
    }

    /// Everything of a text that tells something.
    #[must_use]
    pub fn items(&self, text: &str) -> Vec<Item> {
        let mut items = Vec::new();
        let all = Words::of(text);
        let all: Vec<&str> = all.iter().collect();
        let mut place = 0;
        for chunk in text.split_whitespace() {
            for run in runs(chunk) {
                if run.starts_with(is_unspaced) {
                    self.add_letters(run, &mut items);
                } else {
                    self.add_words(run, &all, &mut place, &mut items);
                }
            }
        }
        items
    }

    /// Adds the words of what stands between two spaces.
    fn add_words(&self, chunk: &str, all: &[&str], place: &mut usize, items: &mut Vec<Item>) {
        let words = Words::of(chunk);
        let words: Vec<&str> = words.iter().collect();
        let written = chunk.trim_matches(|letter: char| !letter.is_alphanumeric());
        if let Some((whole, parts)) = compound(&words) {
            if parts.iter().any(|part| self.tells(part)) {
                let options =
                    vec![vec![self.stems.stem(whole)], parts.iter().map(|part| self.stems.stem(part)).collect()];
                items.push(Item {
                    written: written.to_owned(),
                    options,
                    any: false,
                    joins: false,
                    is_number: is_number(whole),
                });
            }
            return;
        }
        for word in &words {
            let at = all.iter().skip(*place).position(|known| known == word).map_or(*place, |found| *place + found);
            *place = at;
            if self.tells(word) {
                let mut options = vec![vec![self.stems.stem(word)]];
                let others = others(all, at, self.language.as_deref().as_slice());
                options.extend(others.iter().map(|(_, other)| other.split(' ').map(str::to_owned).collect()));
                let is_number = self.is_number(word);
                let written = if words.len() == 1 { written } else { word };
                items.push(Item { written: written.to_owned(), options, any: false, joins: false, is_number });
            }
        }
    }

    /// Adds the letters of a run in a script without spaces: each stands there if it does beside one of its neighbours.
    fn add_letters(&self, run: &str, items: &mut Vec<Item>) {
        let bounds: Vec<usize> = clusters(run).chain([run.len()]).collect();
        let letters: Vec<&str> = bounds.windows(2).map(|pair| &run[pair[0]..pair[1]]).collect();
        let mut joins = false;
        for (at, letter) in letters.iter().enumerate() {
            let pair = |first: usize| letters.get(first..first + 2).map(|pair| normal(&pair.concat()));
            let beside: Vec<String> = at.checked_sub(1).and_then(pair).into_iter().chain(pair(at)).collect();
            // A particle is written together with a Korean noun, and Japanese ones are in hiragana.
            let is_ending = letter.starts_with(is_hangul) && at > 0 && at + 1 == letters.len();
            let is_small = letter.starts_with(is_hiragana) || is_ending || self.says_little(letter, &beside);
            if !is_small {
                let options = vec![if beside.is_empty() { vec![normal(letter)] } else { beside }];
                let is_number = NUMERALS.contains(letter);
                items.push(Item { written: (*letter).to_owned(), options, any: true, joins, is_number });
            }
            joins = !is_small;
        }
    }

    /// Whether a letter, or each pair of it with a neighbour, is a stop word, or it is part of what turns a text round.
    fn says_little(&self, letter: &str, beside: &[String]) -> bool {
        let is_stop_word = |pair: &String| self.stop_words.contains(pair);
        let negates = |pair: &String| self.negations.contains(pair);
        self.stop_words.contains(letter)
            || self.negations.contains(letter)
            || !beside.is_empty() && beside.iter().all(is_stop_word)
            || beside.iter().any(negates)
    }

    fn is_number(&self, word: &str) -> bool {
        is_number(word) || self.table.is_some_and(|table| table.is_number(word))
    }

    fn tells(&self, word: &str) -> bool {
        !self.is_negated(word) && (self.is_number(word) || !self.stop_words.contains(word) && !YES.contains(&word))
    }
}

/// A compound and its parts, where [`Words`] gives both.
fn compound<'a>(words: &'a [&'a str]) -> Option<(&'a str, &'a [&'a str])> {
    let (whole, parts) = words.split_last()?;
    let plain: String = whole.chars().filter(|letter| letter.is_alphanumeric()).collect();
    (!parts.is_empty() && plain == parts.concat()).then_some((whole, parts))
}

/// What stands between two spaces, parted where a script without spaces begins or ends.
fn runs(chunk: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, letter) in chunk.char_indices() {
        let unspaced = is_unspaced(letter);
        if before.is_some_and(|before| before != unspaced) && !unicode_normalization::char::is_combining_mark(letter) {
            runs.push(&chunk[start..at]);
            start = at;
        }
        before = Some(unspaced);
    }
    runs.push(&chunk[start..]);
    runs
}

fn is_hangul(letter: char) -> bool {
    matches!(letter, '\u{ac00}'..='\u{d7a3}')
}

fn is_hiragana(letter: char) -> bool {
    matches!(letter, '\u{3041}'..='\u{309f}')
}
