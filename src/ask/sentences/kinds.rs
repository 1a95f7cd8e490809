//! What a question asks for, told by the words of each language in `kinds.toml`.

use super::phrases::Phrases;
use crate::analyze::words::{Words, is_unspaced};
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

/// What a word or phrase of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// A number.
    Number,
    /// A day, a month, a time.
    Date,
    /// A unit of time.
    Span,
    /// Money.
    Coin,
    /// What gives a reason.
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
        type Read = (&'static str, OnceLock<Option<Table>>);
        static READ: LazyLock<BTreeMap<&str, Read>> = LazyLock::new(|| {
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

    /// What the phrases that begin at the first of these words are, with how many words they have.
    pub fn words_at<'a>(&'a self, words: &'a [&str]) -> impl Iterator<Item = (Word, usize)> + 'a {
        self.offering.at(words)
    }

    /// Whether every noun has a capital.
    pub fn nouns_have_capitals(&self) -> bool {
        self.nouns_have_capitals
    }

    /// Whether a word is a number.
    pub fn is_number(&self, word: &str) -> bool {
        self.offering.at(&[word]).any(|(sort, _)| sort == Word::Number)
    }

    /// Where words stand that join two clauses, in order.
    pub fn joints(&self, question: &str) -> Vec<Range<usize>> {
        let mut joints: Vec<Range<usize>> =
            self.joining.iter().flat_map(|word| standing_alone(question, word)).collect();
        joints.sort_by_key(|joint| (joint.start, Reverse(joint.end)));
        joints
    }

    /// Where a question falls into two: at the first joining word behind which a question word stands, else at the
    /// first that has words on both sides.
    pub fn joint(&self, question: &str) -> Option<Range<usize>> {
        let mut joints = self.joints(question);
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
}
