//! What a question asks for, and which texts offer it: told by the words of each language in `kinds.toml`.

use super::phrases::{Phrases, is_pair};
use crate::analyze::words::Words;
use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    sync::{LazyLock, OnceLock},
};

/// The tables, a block a language. A block is read when it is first needed.
const TABLES: &str = include_str!("kinds.toml");

/// A question begins with so many words.
const BEGINNING: usize = 2;

/// What a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Who?
    Person,
    /// Where?
    Place,
    /// When?
    Time,
    /// How many, how large?
    Number,
    /// How long?
    Duration,
    /// How much does it cost?
    Money,
    /// Why?
    Reason,
    /// How does one do it?
    Manner,
    /// What is it?
    Definition,
    /// Something else.
    Other,
}

impl Kind {
    /// Whether it can be told that a text offers this.
    pub fn is_offered(self) -> bool {
        !matches!(self, Self::Manner | Self::Definition | Self::Other)
    }
}

/// What words of a text are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Number,
    Date,
    Span,
    Coin,
    Because,
}

/// A block of the tables as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Block {
    person: Vec<String>,
    place: Vec<String>,
    time: Vec<String>,
    number: Vec<String>,
    duration: Vec<String>,
    money: Vec<String>,
    reason: Vec<String>,
    manner: Vec<String>,
    definition: Vec<String>,
    other: Vec<String>,
    numbers: Vec<String>,
    dates: Vec<String>,
    spans: Vec<String>,
    coins: Vec<String>,
    because: Vec<String>,
    back: Vec<String>,
}

/// The words of a language.
#[derive(Debug)]
pub struct Table {
    asking: Phrases<Kind>,
    offering: Phrases<Word>,
    pointing_back: Phrases<()>,
    /// Whether every noun has a capital, so that one capital makes no name.
    nouns_have_capitals: bool,
}

impl Table {
    /// The words of a language, if there is a table for it.
    pub fn of(language: &str) -> Option<&'static Self> {
        static READ: LazyLock<BTreeMap<&str, (&str, OnceLock<Option<Table>>)>> = LazyLock::new(|| {
            let blocks = TABLES.split("\n[").skip(1).filter_map(|block| block.split_once("]\n"));
            blocks.map(|(language, block)| (language, (block, OnceLock::new()))).collect()
        });
        let (block, table) = READ.get(language)?;
        // A test reads every block, so that none is left out here.
        table.get_or_init(|| Some(Self::read(language, &toml::from_str(block).ok()?))).as_ref()
    }

    fn read(language: &str, block: &Block) -> Self {
        let asking = [
            (&block.person, Kind::Person),
            (&block.place, Kind::Place),
            (&block.time, Kind::Time),
            (&block.number, Kind::Number),
            (&block.duration, Kind::Duration),
            (&block.money, Kind::Money),
            (&block.reason, Kind::Reason),
            (&block.manner, Kind::Manner),
            (&block.definition, Kind::Definition),
            (&block.other, Kind::Other),
        ];
        let offering = [
            (&block.numbers, Word::Number),
            (&block.dates, Word::Date),
            (&block.spans, Word::Span),
            (&block.coins, Word::Coin),
            (&block.because, Word::Because),
        ];
        Self {
            asking: phrases(&asking),
            offering: phrases(&offering),
            pointing_back: phrases(&[(&block.back, ())]),
            nouns_have_capitals: language == "de",
        }
    }

    /// Whether a sentence of these words begins with one that needs the sentence before it.
    pub fn points_back(&self, words: &[&str]) -> bool {
        self.pointing_back.at(words).next().is_some()
    }

    /// What a question asks for: told by the phrase at its beginning (or behind one word, "in which"), else by the
    /// last, for what stands between may be no question word ("those who"). Of those that begin at one word, the
    /// longest counts.
    pub fn asked(&self, question: &[&str]) -> Option<Kind> {
        let longest = |at: usize| self.asking.at(&question[at..]).max_by_key(|&(kind, length)| (length, kind));
        let begins = (0..question.len().min(BEGINNING)).find_map(longest);
        begins.or_else(|| (0..question.len()).rev().find_map(longest)).map(|(kind, _)| kind)
    }
}

fn phrases<T: Copy>(lists: &[(&Vec<String>, T)]) -> Phrases<T> {
    Phrases::of(lists.iter().flat_map(|&(list, stands_for)| list.iter().map(move |phrase| (phrase.as_str(), stands_for))))
}

/// What a text offers that is not in the question already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Offer {
    name: bool,
    number: bool,
    date: bool,
    span: bool,
    money: bool,
    because: bool,
}

impl Offer {
    /// Looks through a sentence.
    pub fn of(text: &str, words: &[&str], question: &FxHashSet<String>, table: Option<&Table>) -> Self {
        let mut offer = Self { name: has_name(text, question, table), ..Self::default() };
        let mut before_is_number = false;
        for (at, &word) in words.iter().enumerate() {
            let numeric = is_numeric(word);
            let new = !question.contains(word);
            if numeric && new {
                offer.number = true;
                offer.date |= is_year(word);
            }
            let mut is_number = numeric;
            for (sort, length) in table.into_iter().flat_map(|table| table.offering.at(&words[at..])) {
                // One letter of a script without spaces means much: a date, only behind a number.
                let telling = length > 1 || before_is_number || !(is_pair(word) || word.chars().nth(1).is_none());
                match sort {
                    Word::Number => is_number = true,
                    Word::Date => offer.date |= telling && new,
                    Word::Span => offer.span |= before_is_number || (is_pair(word) && is_number),
                    Word::Coin => offer.money |= new,
                    Word::Because => offer.because = true,
                }
                offer.number |= sort == Word::Number && new;
            }
            before_is_number = is_number;
        }
        offer.money |= offer.number && text.contains(['$', '€', '£', '¥', '₹', '₽', '₺', '₩', '฿', '元', '円']);
        offer
    }

    /// Whether it is what a question asks for.
    pub fn is(self, kind: Kind) -> bool {
        match kind {
            Kind::Person | Kind::Place => self.name,
            Kind::Time => self.date,
            Kind::Number => self.number,
            Kind::Duration => self.span,
            Kind::Money => self.money,
            Kind::Reason => self.because,
            Kind::Manner | Kind::Definition | Kind::Other => false,
        }
    }
}

fn is_numeric(word: &str) -> bool {
    word.starts_with(char::is_numeric)
}

/// A number that is written as years are.
fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse::<u32>().is_ok_and(|year| (1000..2100).contains(&year))
}

/// Whether there is a word with a capital that neither begins the text nor stands in the question.
fn has_name(text: &str, question: &FxHashSet<String>, table: Option<&Table>) -> bool {
    let needed = if table.is_some_and(|table| table.nouns_have_capitals) { 2 } else { 1 };
    let mut run = 0;
    for word in text.split_whitespace().skip(1) {
        let core = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let named = core.starts_with(char::is_uppercase)
            && core.chars().nth(1).is_some()
            && Words::of(core).iter().all(|part| !question.contains(part));
        run = if named { run + 1 } else { 0 };
        if run == needed {
            return true;
        }
    }
    false
}
