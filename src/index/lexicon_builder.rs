//! The lexicon while a corpus is read.

use super::{
    arrays::{ArraysWriter, Lists},
    hash_table::slots,
    lexicon::GRAM_FIELDS,
    names::Names,
    saturation::Most,
    statistics::{Field, Statistics},
};
use crate::{
    analyze::{compounds, grams::grams, stems::Stems, stop_words::StopWords, words::Words},
    error::Result,
};
use rustc_hash::FxHashMap;

const UNKNOWN: u32 = u32::MAX;

/// Gives numbers to words and stems, and counts the units that have them.
#[derive(Default)]
pub struct LexiconBuilder {
    words: Numbers,
    stems: Numbers,
    languages: Vec<Language>,
    /// By [`Field`].
    stem_units: [UnitCounts; 4],
    /// By [`GRAM_FIELDS`].
    word_units: [UnitCounts; 3],
    /// How many n-grams each word has.
    gram_counts: Vec<u32>,
    /// The unit under way, counted from 1.
    unit: u32,
}

struct Language {
    code: Option<String>,
    stems: Stems,
    /// The stem of each word, as far as it has been asked for.
    of_word: Vec<u32>,
}

impl LexiconBuilder {
    /// Begins the next unit and returns the number of its language.
    pub fn next_unit(&mut self, language: Option<&str>) -> usize {
        self.unit += 1;
        if let Some(known) = self.languages.iter().position(|known| known.code.as_deref() == language) {
            return known;
        }
        let code = language.map(str::to_owned);
        self.languages.push(Language { code, stems: Stems::of(language), of_word: Vec::new() });
        self.languages.len() - 1
    }

    /// Appends the numbers of the words of a field to `numbers` and their stems to `stemmed`;
    /// returns how many n-grams the words have.
    pub fn add(
        &mut self,
        words: &Words,
        language: usize,
        fields: &[Field],
        numbers: &mut Vec<u32>,
        stemmed: &mut String,
    ) -> u32 {
        let mut gram_count = 0;
        for word in words.iter() {
            let number = self.words.number(word);
            if number as usize == self.gram_counts.len() {
                self.gram_counts.push(u32::try_from(grams(word).len()).unwrap_or(u32::MAX));
            }
            gram_count += self.gram_counts[number as usize];
            let stem = self.stem(number, language);
            for &field in fields {
                self.stem_units[field as usize].see(stem, self.unit);
                if let Some(place) = GRAM_FIELDS.iter().position(|&counted| counted == field) {
                    self.word_units[place].see(number, self.unit);
                }
            }
            numbers.push(number);
            if !stemmed.is_empty() {
                stemmed.push(' ');
            }
            stemmed.push_str(&self.stems.names[stem as usize]);
        }
        gram_count
    }

    fn stem(&mut self, word: u32, language: usize) -> u32 {
        let language = &mut self.languages[language];
        let place = word as usize;
        if language.of_word.len() <= place {
            language.of_word.resize(place + 1, UNKNOWN);
        }
        if language.of_word[place] == UNKNOWN {
            let stem = language.stems.stem(&self.words.names[place]);
            language.of_word[place] = self.stems.number(&stem);
        }
        language.of_word[place]
    }

    /// How many stems there are.
    pub fn stem_count(&self) -> usize {
        self.stems.names.len()
    }

    /// The number of a stem.
    pub fn stem_number(&self, stem: &str) -> Option<u32> {
        self.stems.by_name.get(stem).copied()
    }

    /// Writes the lexicon to the side file; `most` is what each stem counts at most.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, statistics: &Statistics, most: &[Most], side: &mut ArraysWriter) -> Result<()> {
        Names::write(&self.words.names, "words", side)?;
        Names::write(&self.stems.names, "stems", side)?;
        side.add_lists("stems.words", &self.words_of_stems())?;
        side.add_lists("stems.compounds", &self.compounds_of_stems())?;
        for (field, counts) in self.stem_units.iter().enumerate() {
            side.add(&format!("stems.units.{field}"), &counts.padded(self.stems.names.len()))?;
        }
        side.add("stems.most", most)?;
        side.add("words.weights", &self.word_weights(statistics))?;
        self.write_grams(statistics, side)
    }

    fn words_of_stems(&self) -> Lists<u32> {
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for language in &self.languages {
            let known = language.of_word.iter().enumerate().filter(|&(_, &stem)| stem != UNKNOWN);
            pairs.extend(known.map(|(word, &stem)| (stem, word as u32)));
        }
        grouped(pairs, self.stems.names.len())
    }

    /// The compounds that have a word of the stem in them, by their stems.
    fn compounds_of_stems(&self) -> Lists<u32> {
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for language in &self.languages {
            let Some(links) = language.code.as_deref().and_then(compounds::links) else { continue };
            let stop_words = StopWords::of(language.code.as_deref());
            let mut met: FxHashMap<String, Option<u32>> = FxHashMap::default();
            let mut stem_of = |part: &str| {
                *met.entry(part.to_owned())
                    .or_insert_with(|| if stop_words.contains(part) { None } else { self.stem_of_part(part, language) })
            };
            for (word, &stem) in language.of_word.iter().enumerate().filter(|&(_, &stem)| stem != UNKNOWN) {
                let mut units =
                    |part: &str| stem_of(part).map_or(0, |stem| self.stem_units[Field::All as usize].count(stem));
                let parts = compounds::parts(&self.words.names[word], links, &mut units);
                pairs.extend(parts.into_iter().filter_map(&mut stem_of).map(|part| (part, stem)));
            }
        }
        grouped(pairs, self.stems.names.len())
    }

    /// The stem of a part of a compound, if the corpus has a word of it.
    fn stem_of_part(&self, part: &str, language: &Language) -> Option<u32> {
        self.stem_number(&language.stems.stem(part))
    }

    /// What each word weighs in a phrasing: by the commonest of its stems.
    fn word_weights(&self, statistics: &Statistics) -> Vec<f32> {
        let mut units = vec![0u32; self.words.names.len()];
        for language in &self.languages {
            for (word, &stem) in language.of_word.iter().enumerate().filter(|&(_, &stem)| stem != UNKNOWN) {
                let count = self.stem_units[Field::Phrasings as usize].count(stem);
                units[word] = units[word].max(count);
            }
        }
        units.iter().map(|&count| statistics.idf(Field::Phrasings, f64::from(count)) as f32).collect()
    }

    fn write_grams(&self, statistics: &Statistics, side: &mut ArraysWriter) -> Result<()> {
        let of_words: Vec<Vec<u64>> = self.words.names.iter().map(|word| grams(word)).collect();
        let mut hashes: Vec<u64> = of_words.iter().flatten().copied().collect();
        hashes.sort_unstable();
        hashes.dedup();
        let numbers: FxHashMap<u64, u32> =
            hashes.iter().enumerate().map(|(number, &hash)| (hash, number as u32)).collect();
        let (mut word_grams, mut pairs) = (Lists::default(), Vec::new());
        for (word, hashes) in of_words.iter().enumerate() {
            let start = word_grams.values.len();
            word_grams.values.extend(hashes.iter().filter_map(|hash| numbers.get(hash)));
            word_grams.end();
            pairs.extend(word_grams.values[start..].iter().map(|&gram| (gram, word as u32)));
        }
        let gram_words = grouped(pairs, hashes.len());
        side.add("grams.hashes", &hashes)?;
        side.add("grams.slots", &slots(hashes.iter().copied()))?;
        side.add_lists("words.grams", &word_grams)?;
        side.add("grams.units", &self.gram_units(statistics, &gram_words))?;
        side.add_lists("grams.words", &gram_words)
    }

    /// In how many units an n-gram stands. Counting would cost more than the whole index; if the words
    /// that have it stood independently of each other, it would be `N (1 - exp(-sum of their counts / N))`.
    fn gram_units(&self, statistics: &Statistics, gram_words: &Lists<u32>) -> Vec<[f32; GRAM_FIELDS.len()]> {
        let all = GRAM_FIELDS.map(|field| statistics.field(field).units as f64);
        let mut start = 0;
        let estimate = |&end: &u32| {
            let words = &gram_words.values[start..end as usize];
            start = end as usize;
            std::array::from_fn(|place| {
                let sum: u64 = words.iter().map(|&word| u64::from(self.word_units[place].count(word))).sum();
                (all[place] * (1.0 - (-(sum as f64) / all[place].max(1.0)).exp())) as f32
            })
        };
        gram_words.ends.iter().map(estimate).collect()
    }
}

/// Pairs of key and value as a list of values for each key; keys from 0 to `keys`, repeats left out.
fn grouped(mut pairs: Vec<(u32, u32)>, keys: usize) -> Lists<u32> {
    pairs.sort_unstable();
    pairs.dedup();
    let mut lists = Lists::default();
    let mut pairs = pairs.into_iter().peekable();
    for key in 0..keys {
        while let Some((_, value)) = pairs.next_if(|pair| pair.0 as usize == key) {
            lists.values.push(value);
        }
        lists.end();
    }
    lists
}

/// Numbers for names, in the order of their first coming.
#[derive(Default)]
struct Numbers {
    by_name: FxHashMap<Box<str>, u32>,
    names: Vec<Box<str>>,
}

impl Numbers {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.by_name.get(name) {
            return number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(UNKNOWN);
        self.by_name.insert(name.into(), number);
        self.names.push(name.into());
        number
    }
}

/// How many units have each number, each unit counted once.
#[derive(Default)]
struct UnitCounts {
    counts: Vec<u32>,
    last: Vec<u32>,
}

impl UnitCounts {
    fn see(&mut self, number: u32, unit: u32) {
        let place = number as usize;
        if self.counts.len() <= place {
            self.counts.resize(place + 1, 0);
            self.last.resize(place + 1, 0);
        }
        if self.last[place] != unit {
            self.last[place] = unit;
            self.counts[place] += 1;
        }
    }

    fn count(&self, number: u32) -> u32 {
        self.counts.get(number as usize).copied().unwrap_or(0)
    }

    fn padded(&self, length: usize) -> Vec<u32> {
        let mut counts = self.counts.clone();
        counts.resize(length, 0);
        counts
    }
}
