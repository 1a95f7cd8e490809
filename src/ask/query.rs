//! From a question to the words that are looked for.

use crate::{
    analyze::{grams::grams, language, stems::Stems, stop_words::StopWords, words::Words},
    error::{Error, Result},
    index::{
        Search, SearchTerm,
        lexicon::{GramNo, Lexicon, StemNo, WordNo, likeness},
        phrasing_key,
        statistics::Field,
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// A longer question is refused: it is no question. In bytes.
pub const LONGEST_QUESTION: usize = 16 << 10;

/// Words behind these say nothing more about what is asked.
const MOST_WORDS: usize = 200;

/// What a stop word weighs beside another word.
const STOP_WEIGHT: f64 = 0.25;

/// What a word weighs that is spelled almost like one of the corpus.
const NEAR_WEIGHT: f64 = 0.8;

/// How many words of the corpus a misspelt word may stand for.
const MOST_NEAR: usize = 3;

/// N-grams of more words than these tell too little to look for spellings. In words.
const COMMON_GRAM: usize = 5_000;

/// A question, ready to be looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// The different words of the question.
    pub terms: Vec<QueryTerm>,
    /// The words in order, as places in `terms`.
    pub order: Vec<usize>,
    /// The n-grams of the words: the number, if the corpus knows it, and how often it comes.
    pub grams: Vec<(Option<GramNo>, f64)>,
    /// Names the question, see [`phrasing_key`].
    pub key: u64,
    /// All words as they are written, also those that are not looked for.
    pub words: Words,
    /// The stems of all words, in every language that the question may be in.
    pub stems: Vec<String>,
    /// The languages that the question may be in, the likeliest first.
    pub languages: Vec<String>,
}

/// A word of the question.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryTerm {
    /// The word.
    pub word: String,
    /// Its number, if the corpus has it just so.
    pub number: Option<WordNo>,
    /// The stems that it may have, by number; none if the corpus knows nothing like it.
    pub stems: Vec<StemNo>,
    /// How often it comes in the question.
    pub count: f64,
    /// What it weighs: less for stop words and guessed spellings.
    pub weight: f64,
}

impl QueryTerm {
    /// Whether the word tells what is asked: a stop word does not.
    #[must_use]
    pub fn tells(&self) -> bool {
        self.weight > STOP_WEIGHT
    }
}

/// What a corpus tells about its questions' languages.
#[derive(Debug)]
pub struct Languages {
    codes: BTreeSet<String>,
    stop_words: BTreeMap<String, StopWords>,
}

impl Languages {
    /// The languages of a corpus.
    #[must_use]
    pub fn of(codes: &[String]) -> Self {
        let stop_words = codes.iter().map(|code| (code.clone(), StopWords::of([code.as_str()]))).collect();
        Self { codes: codes.iter().cloned().collect(), stop_words }
    }

    /// The languages in which a text may be, the one first that has most of its words as stop words.
    fn likeliest(&self, spoken: &[&str], words: &Words) -> Vec<String> {
        let own = |code: &str, word: &str| self.stop_words.get(code).is_some_and(|known| known.contains(word));
        let mut likeliest = spoken.to_vec();
        likeliest.sort_by_cached_key(|code| std::cmp::Reverse(words.iter().filter(|word| own(code, word)).count()));
        likeliest.into_iter().map(str::to_owned).collect()
    }
}

impl Query {
    /// Reads a question.
    ///
    /// # Errors
    /// [`Error::Question`] for one that is empty or far too long.
    pub fn of(question: &str, languages: &Languages, search: &dyn Search) -> Result<Self> {
        if is_long(question) {
            let reason = format!(
                "the question has {} bytes, at most {LONGEST_QUESTION} are read: ask it in fewer words",
                question.len()
            );
            return Err(Error::Question(reason));
        }
        if is_blank(question) {
            return Err(Error::Question(
                "the question is empty: ask something like `faqt ask \"How do I …?\"`".to_owned(),
            ));
        }
        let words = Words::of(question);
        let spoken = language::of_question(question, &languages.codes);
        let stems: Vec<Stems> = spoken.iter().copied().map(Some).chain([None]).map(Stems::of).collect();
        let is_stop_word = |word: &str| {
            spoken.iter().any(|&code| languages.stop_words.get(code).is_some_and(|words| words.contains(word)))
        };
        let mut query = Self {
            terms: Vec::new(),
            order: Vec::new(),
            grams: Vec::new(),
            key: phrasing_key(question),
            words: Words::default(),
            stems: Vec::new(),
            languages: languages.likeliest(&spoken, &words),
        };
        for word in words.iter().take(MOST_WORDS) {
            query.add(word, &stems, is_stop_word(word), search);
        }
        query.add_grams(search.lexicon());
        query.words = words;
        Ok(query)
    }

    /// The terms as retrieval takes them.
    #[must_use]
    pub fn search_terms(&self) -> Vec<SearchTerm> {
        self.terms.iter().map(|term| SearchTerm { stems: term.stems.clone(), weight: term.weight }).collect()
    }

    fn add(&mut self, word: &str, stems: &[Stems], is_stop_word: bool, search: &dyn Search) {
        let lexicon = search.lexicon();
        let is_known = |&stem: &StemNo| search.units_of_stem(stem, Field::All) > 0;
        let mut own: Vec<String> = stems.iter().map(|stems| stems.stem(word)).collect();
        own.dedup();
        let mut known: Vec<StemNo> = own.iter().filter_map(|stem| lexicon.stem(stem)).filter(is_known).collect();
        // The form without a stemmer is only for languages that have none.
        own.truncate(own.len().saturating_sub(1).max(1));
        self.stems.append(&mut own);
        let mut weight = if is_stop_word { STOP_WEIGHT } else { 1.0 };
        if known.is_empty() {
            let near = near_words(word, lexicon);
            known = near
                .iter()
                .flat_map(|near| stems.iter().filter_map(|stems| lexicon.stem(&stems.stem(near))))
                .filter(is_known)
                .collect();
            if !known.is_empty() {
                weight *= NEAR_WEIGHT;
            }
        }
        known.sort_unstable();
        known.dedup();
        let same = |term: &QueryTerm| term.word == word || !known.is_empty() && term.stems == known;
        let place = self.terms.iter().position(same).unwrap_or_else(|| {
            let number = lexicon.word(word);
            self.terms.push(QueryTerm { word: word.to_owned(), number, stems: known, count: 0.0, weight });
            self.terms.len() - 1
        });
        self.terms[place].count += 1.0;
        self.order.push(place);
    }

    fn add_grams(&mut self, lexicon: &Lexicon) {
        let mut counts: BTreeMap<u64, f64> = BTreeMap::new();
        for term in &self.terms {
            for gram in grams(&term.word) {
                *counts.entry(gram).or_default() += term.count;
            }
        }
        self.grams = counts.into_iter().map(|(hash, count)| (lexicon.gram(hash), count)).collect();
    }
}

/// Whether a text can be asked: it says something, and not far too much.
#[must_use]
pub fn can_be_asked(question: &str) -> bool {
    !is_long(question) && !is_blank(question)
}

fn is_long(question: &str) -> bool {
    question.len() > LONGEST_QUESTION
}

fn is_blank(question: &str) -> bool {
    question.chars().all(|letter| letter.is_whitespace() || letter.is_control())
}

/// The words of the corpus that a misspelt word is most likely to be.
fn near_words<'a>(word: &str, lexicon: &'a Lexicon) -> Vec<&'a str> {
    let length = word.chars().count();
    if length < 4 || word.chars().any(char::is_numeric) {
        return Vec::new();
    }
    let known: Vec<GramNo> = grams(word).into_iter().filter_map(|gram| lexicon.gram(gram)).collect();
    let mut shared: BTreeMap<WordNo, usize> = BTreeMap::new();
    for words in known.iter().map(|&gram| lexicon.words_of_gram(gram)).filter(|words| words.len() <= COMMON_GRAM) {
        for &near in words {
            *shared.entry(near).or_default() += 1;
        }
    }
    let errors = if length < 8 { 1 } else { 2 };
    let mut near: Vec<(usize, i64, WordNo)> = Vec::new();
    for (&number, _) in shared.iter().filter(|&(_, &count)| count >= 2) {
        let name = lexicon.word_name(number);
        if name.chars().count().abs_diff(length) > errors {
            continue;
        }
        let distance = strsim::osa_distance(word, name);
        if distance <= errors {
            let alike = likeness(&known, lexicon.grams_of_word(number));
            near.push((distance, (-1000.0 * alike) as i64, number));
        }
    }
    near.sort_unstable();
    near.into_iter().take(MOST_NEAR).map(|(_, _, number)| lexicon.word_name(number)).collect()
}
