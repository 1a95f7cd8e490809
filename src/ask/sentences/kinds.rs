//! What a question asks for, and which texts offer it: told by the words of each language in `kinds.toml`.

use super::phrases::{Phrases, is_pair, is_unspaced};
use crate::analyze::words::Words;
use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::{
    cmp::Reverse,
    collections::BTreeMap,
    ops::Range,
    sync::{LazyLock, OnceLock},
};

/// The tables, a block a language. A block is read when it is first needed.
const TABLES: &str = include_str!("kinds.toml");

/// No phrase of the tables has more words.
const LONGEST_PHRASE: usize = 8;

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
    and: Vec<String>,
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
    /// What joins two questions.
    joining: Vec<String>,
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
            joining: block.and.clone(),
            offering: phrases(&offering),
            pointing_back: phrases(&[(&block.back, ())]),
            nouns_have_capitals: language == "de",
        }
    }

    /// Whether a sentence of these words begins with one that needs the sentence before it.
    pub fn points_back(&self, words: &[&str]) -> bool {
        self.pointing_back.at(words).next().is_some()
    }

    /// Whether a word is a number.
    pub fn is_number(&self, word: &str) -> bool {
        self.offering.at(&[word]).any(|(sort, _)| sort == Word::Number)
    }

    /// Where a question falls into two: at the first joining word behind which a question word stands, else at the
    /// first that has words on both sides.
    pub fn joint(&self, question: &str) -> Option<Range<usize>> {
        let mut joints: Vec<Range<usize>> =
            self.joining.iter().flat_map(|word| standing_alone(question, word)).collect();
        joints.sort_by_key(|joint| (joint.start, Reverse(joint.end)));
        joints.retain(|joint| has_word(&question[..joint.start]) && has_word(&question[joint.end..]));
        let asks = |joint: &&Range<usize>| {
            let words = Words::of(&question[joint.end..]);
            self.asking.at(&words.iter().take(LONGEST_PHRASE).collect::<Vec<_>>()).next().is_some()
        };
        joints.iter().find(asks).or(joints.first()).cloned()
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
    Phrases::of(
        lists.iter().flat_map(|&(list, stands_for)| list.iter().map(move |phrase| (phrase.as_str(), stands_for))),
    )
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

/// Where a word stands; between other letters only in scripts without spaces.
fn standing_alone<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let spaced = !word.starts_with(is_unspaced);
    let places = text.match_indices(word).map(|(at, found)| at..at + found.len());
    places.filter(move |place| {
        let before = text[..place.start].chars().next_back();
        let after = text[place.end..].chars().next();
        !spaced || [before, after].into_iter().flatten().all(|letter| !letter.is_alphanumeric())
    })
}

/// Whether there is a word in a text.
pub fn has_word(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(language: &str, question: &str) -> Option<Kind> {
        let words = Words::of(question);
        Table::of(language)?.asked(&words.iter().collect::<Vec<_>>())
    }

    #[test]
    fn every_block_of_the_tables_can_be_read() {
        let languages: Vec<&str> =
            TABLES.lines().filter_map(|line| line.strip_prefix('[')?.strip_suffix(']')).collect();
        assert!(languages.len() > 20);
        for language in languages {
            assert!(Table::of(language).is_some(), "{language}");
        }
        assert!(Table::of("xx").is_none());
    }

    #[test]
    fn what_is_asked_is_told_by_question_words() {
        for (language, question, kind) in [
            ("en", "Who built it?", Kind::Person),
            ("en", "In what year was it built?", Kind::Time),
            ("en", "How long does it take?", Kind::Duration),
            ("en", "How much does a card cost?", Kind::Money),
            ("en", "What helps those who are late?", Kind::Other),
            ("en", "It was built by whom?", Kind::Person),
            ("de", "Wie lange dauert es?", Kind::Duration),
            ("de", "Mit wem spreche ich?", Kind::Person),
            ("fr", "Combien de jours faut-il ?", Kind::Duration),
            ("fr", "Pourquoi est-ce si long ?", Kind::Reason),
            ("es", "¿Cuándo abre la biblioteca?", Kind::Time),
            ("pt", "Quanto custa?", Kind::Money),
            ("ru", "Сколько стоит билет?", Kind::Money),
            ("tr", "Ne zaman açılıyor?", Kind::Time),
            ("ar", "متى يفتح المتحف؟", Kind::Time),
            ("hi", "यह कब खुलता है?", Kind::Time),
            ("zh", "图书馆什么时候开门？", Kind::Time),
            ("ja", "図書館はいつ開きますか？", Kind::Time),
            ("ko", "도서관은 언제 열어요?", Kind::Time),
            ("th", "ห้องสมุดเปิดเมื่อไหร่", Kind::Time),
        ] {
            assert_eq!(asked(language, question), Some(kind), "{question}");
        }
        assert_eq!(asked("en", "opening"), None);
    }

    #[test]
    fn a_sentence_offers_what_the_question_does_not_have() {
        let question = Words::of("When did Ada Byron publish 2 notes in 1843?");
        let question: FxHashSet<String> = question.iter().map(str::to_owned).collect();
        let offers = |language: &str, text: &str, kind: Kind| {
            let words = Words::of(text);
            Offer::of(text, &words.iter().collect::<Vec<_>>(), &question, Table::of(language)).is(kind)
        };
        assert!(offers("en", "She met Charles Babbage.", Kind::Person));
        assert!(!offers("en", "Then Ada Byron wrote.", Kind::Person));
        assert!(offers("de", "Sie traf Charles Babbage.", Kind::Person));
        assert!(!offers("de", "Sie traf einen Mann.", Kind::Person));
        assert!(offers("en", "It was in 1844.", Kind::Time) && !offers("en", "It was in 1843.", Kind::Time));
        assert!(offers("en", "It was on a Monday.", Kind::Time));
        assert!(offers("en", "It took three weeks.", Kind::Duration) && !offers("en", "A week.", Kind::Duration));
        assert!(offers("en", "They cost €5 each.", Kind::Money) && !offers("en", "There are 5 each.", Kind::Money));
        assert!(offers("en", "Half of them.", Kind::Number) && !offers("en", "All of them.", Kind::Number));
        assert!(offers("fr", "Il ferme car il pleut.", Kind::Reason));
        assert!(offers("zh", "他于16世纪出生。", Kind::Time) && offers("zh", "需要3天。", Kind::Duration));
    }
}
