//! What is known of words beside the lexicon: the languages that questions may be in, their stop words, and which words
//! stand for others.

use crate::analyze::{
    language,
    stems::Stems,
    stop_words::{StopWords, asking, negations},
    synonyms::{Rule, RuleKind},
    words::Words,
};
use crate::index::lexicon::{Lexicon, WordNo};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// The languages of a corpus, with what belongs to them.
#[derive(Debug, Default)]
pub struct Vocabulary {
    codes: BTreeSet<String>,
    stop_words: BTreeMap<String, StopWords>,
    /// Words that turn a sentence round.
    negations: Listed,
    /// Words that ask.
    asking: Listed,
    rules: Vec<Stemmed>,
    /// Rules by the stems of their first word.
    by_first: BTreeMap<String, Vec<usize>>,
}

/// A list of words.
#[derive(Debug, Default)]
pub struct Listed {
    /// The words.
    pub words: BTreeSet<String>,
    /// The numbers of those that the corpus has, ascending.
    pub numbers: Vec<WordNo>,
}

impl Listed {
    fn of(words: BTreeSet<String>, lexicon: &Lexicon) -> Self {
        let mut numbers: Vec<WordNo> = words.iter().filter_map(|word| lexicon.word(word)).collect();
        numbers.sort_unstable();
        Self { words, numbers }
    }
}

/// A rule whose words are stems.
#[derive(Debug)]
pub struct Stemmed {
    /// The stems of each word, in every language of the corpus.
    from: Vec<BTreeSet<String>>,
    /// The words that they stand for.
    pub to: Vec<String>,
    /// Where the rule comes from.
    pub kind: RuleKind,
}

impl Stemmed {
    /// How many words of a question it takes.
    #[must_use]
    pub fn length(&self) -> usize {
        self.from.len()
    }

    /// Whether words, each with its stems, begin with those of the rule.
    #[must_use]
    pub fn begins(&self, words: &[Vec<String>]) -> bool {
        let same = |(rule, word): (&BTreeSet<String>, &Vec<String>)| word.iter().any(|stem| rule.contains(stem));
        words.len() >= self.from.len() && self.from.iter().zip(words).all(same)
    }
}

impl Vocabulary {
    /// The vocabulary of a corpus in these languages, with these words and rules.
    #[must_use]
    pub fn of(codes: &[String], lexicon: &Lexicon, rules: Vec<Rule>) -> Self {
        let stop_words = codes.iter().map(|code| (code.clone(), StopWords::of([code.as_str()]))).collect();
        let stems: Vec<Stems> = codes.iter().map(|code| Some(code.as_str())).chain([None]).map(Stems::of).collect();
        let stemmed = |word: &String| stems.iter().map(|stems| stems.stem(word)).collect::<BTreeSet<String>>();
        let rules: Vec<Stemmed> = rules
            .into_iter()
            .map(|rule| Stemmed { from: rule.from.iter().map(stemmed).collect(), to: rule.to, kind: rule.kind })
            .collect();
        let mut by_first: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, rule) in rules.iter().enumerate() {
            for stem in rule.from.iter().take(1).flatten() {
                by_first.entry(stem.clone()).or_default().push(place);
            }
        }
        let negations = Listed::of(negations(codes.iter().map(String::as_str)), lexicon);
        let asking = Listed::of(asking(codes.iter().map(String::as_str)), lexicon);
        Self { codes: codes.iter().cloned().collect(), stop_words, negations, asking, rules, by_first }
    }

    /// The languages that a question may be in: the one that is `named` (`de`, `de-AT`), if the corpus has it, else
    /// those that its script and letters leave.
    #[must_use]
    pub fn languages_of(&self, question: &str, named: Option<&str>) -> Vec<&str> {
        match named.map(language::of_tag).and_then(|code| self.codes.get(&code)) {
            Some(code) => vec![code],
            None => language::of_question(question, &self.codes),
        }
    }

    /// Words that turn a sentence round.
    #[must_use]
    pub fn negations(&self) -> &Listed {
        &self.negations
    }

    /// Words that ask.
    #[must_use]
    pub fn asking(&self) -> &Listed {
        &self.asking
    }

    /// Languages in which a text may be, the one first that has most of its words as stop words.
    #[must_use]
    pub fn likeliest(&self, languages: &[&str], words: &Words) -> Vec<String> {
        let mut likeliest = languages.to_vec();
        likeliest.sort_by_cached_key(|code| Reverse(self.stop_words_in(code, words)));
        likeliest.into_iter().map(str::to_owned).collect()
    }

    /// The languages of the corpus that have most words of a text as stop words: all that have as many.
    #[must_use]
    pub fn spoken(&self, words: &Words) -> Vec<&str> {
        let counts: Vec<usize> = self.codes.iter().map(|code| self.stop_words_in(code, words)).collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        let counted = self.codes.iter().zip(counts);
        counted.filter(|&(_, count)| count == most).map(|(code, _)| code.as_str()).collect()
    }

    fn stop_words_in(&self, code: &str, words: &Words) -> usize {
        let Some(stop_words) = self.stop_words.get(code) else { return 0 };
        words.iter().filter(|word| stop_words.contains(word)).count()
    }

    /// Whether the word says little in one of the languages.
    #[must_use]
    pub fn is_stop_word(&self, word: &str, languages: &[&str]) -> bool {
        languages.iter().any(|&code| self.stop_words.get(code).is_some_and(|words| words.contains(word)))
    }

    /// The rules whose first word has one of these stems, in their order.
    #[must_use]
    pub fn rules(&self, first: &[String]) -> Vec<&Stemmed> {
        let places: BTreeSet<usize> =
            first.iter().filter_map(|stem| self.by_first.get(stem)).flatten().copied().collect();
        places.into_iter().filter_map(|place| self.rules.get(place)).collect()
    }
}
