//! An index as it would be without one phrasing, or without one unit: what a question meets that was never stored.

use crate::{
    analyze::stems::Stems,
    error::Result,
    index::{
        PhrasingWords, Search, SearchTerm, UnitNo, UnitSet, UnitWords,
        lexicon::{GRAM_FIELDS, GramNo, Lexicon, StemNo, WordNo},
        statistics::{Field, Statistics},
    },
    model::{Unit, UnitKind},
};
use rustc_hash::{FxHashMap, FxHashSet};

/// The words of a unit by number, with their stems.
#[derive(Debug)]
pub struct UnitFacts {
    unit: UnitNo,
    phrasings: Vec<Vec<WordNo>>,
    text: Vec<WordNo>,
    heading: Vec<WordNo>,
    stems: FxHashMap<WordNo, StemNo>,
}

impl UnitFacts {
    /// Collects the words of a unit, in its language.
    #[must_use]
    pub fn of(unit: UnitNo, language: Option<&str>, search: &dyn Search) -> Self {
        let phrasings = (0..search.phrasing_count(unit)).map(|number| search.phrasing(unit, number).words.to_vec());
        let words = search.words(unit);
        let mut facts = Self {
            unit,
            phrasings: phrasings.collect(),
            text: words.text.to_vec(),
            heading: words.heading.to_vec(),
            stems: FxHashMap::default(),
        };
        let (stems, lexicon) = (Stems::of(language), search.lexicon());
        for &word in facts.phrasings.iter().flatten().chain(&facts.text).chain(&facts.heading) {
            if !facts.stems.contains_key(&word)
                && let Some(stem) = lexicon.stem(&stems.stem(lexicon.word_name(word)))
            {
                facts.stems.insert(word, stem);
            }
        }
        facts
    }

    /// The stem of a word of the unit.
    #[must_use]
    pub fn stem(&self, word: WordNo) -> Option<StemNo> {
        self.stems.get(&word).copied()
    }
}

/// An index without something.
pub struct Withheld<'a> {
    search: &'a dyn Search,
    unit: UnitNo,
    /// The phrasings of the unit that are left, in order; none if the unit is withheld as a whole.
    left: Option<Vec<usize>>,
    statistics: Statistics,
    /// In how many units fewer a stem stands, by [`Field`].
    fewer_stems: FxHashMap<StemNo, [u32; 4]>,
    /// How many words with the n-gram stand in a unit fewer, by [`GRAM_FIELDS`].
    fewer_grams: FxHashMap<GramNo, [f64; 3]>,
}

impl<'a> Withheld<'a> {
    /// The index without these phrasings of a unit.
    #[must_use]
    pub fn phrasings(facts: &UnitFacts, withheld: &[usize], search: &'a dyn Search) -> Self {
        let left = (0..facts.phrasings.len()).filter(|number| !withheld.contains(number)).collect();
        let mut without = Self::new(facts.unit, Some(left), search);
        without.take_away(facts);
        without
    }

    /// The index without a unit.
    #[must_use]
    pub fn unit(facts: &UnitFacts, search: &'a dyn Search) -> Self {
        let mut without = Self::new(facts.unit, None, search);
        without.take_away(facts);
        without
    }

    fn new(unit: UnitNo, left: Option<Vec<usize>>, search: &'a dyn Search) -> Self {
        Self {
            search,
            unit,
            left,
            statistics: search.statistics().clone(),
            fewer_stems: FxHashMap::default(),
            fewer_grams: FxHashMap::default(),
        }
    }

    /// Takes what is withheld out of every count.
    fn take_away(&mut self, facts: &UnitFacts) {
        let stays = |number: &usize| self.left.as_ref().is_some_and(|left| left.binary_search(number).is_ok());
        let (left, withheld): (Vec<usize>, Vec<usize>) = (0..facts.phrasings.len()).partition(stays);
        let whole = self.left.is_none();
        let rest = |part: &[WordNo]| if whole { Vec::new() } else { part.to_vec() };
        let (text, heading) = (rest(&facts.text), rest(&facts.heading));
        let phrasings_before: Vec<WordNo> = facts.phrasings.iter().flatten().copied().collect();
        let phrasings_after: Vec<WordNo> = left.iter().flat_map(|&number| &facts.phrasings[number]).copied().collect();
        let all = |parts: [&[WordNo]; 3]| parts.concat();
        let before = [
            phrasings_before.clone(),
            facts.text.clone(),
            facts.heading.clone(),
            all([&phrasings_before, &facts.text, &facts.heading]),
        ];
        let after = [phrasings_after.clone(), text.clone(), heading.clone(), all([&phrasings_after, &text, &heading])];
        for (field, (before, after)) in before.iter().zip(&after).enumerate() {
            self.take_from_field(field, before, after, facts);
        }
        for number in withheld {
            let grams = self.search.phrasing(self.unit, number).grams;
            let single = &mut self.statistics.single;
            single.units = single.units.saturating_sub(1);
            single.words = single.words.saturating_sub(facts.phrasings[number].len() as u64);
            single.grams = single.grams.saturating_sub(u64::from(grams));
        }
    }

    fn take_from_field(&mut self, field: usize, before: &[WordNo], after: &[WordNo], facts: &UnitFacts) {
        if before.len() == after.len() {
            return;
        }
        let lexicon = self.search.lexicon();
        let grams = |words: &[WordNo]| words.iter().map(|&word| lexicon.grams_of_word(word).len() as u64).sum::<u64>();
        let counts = &mut self.statistics.fields[field];
        counts.words = counts.words.saturating_sub((before.len() - after.len()) as u64);
        counts.grams = counts.grams.saturating_sub(grams(before).saturating_sub(grams(after)));
        if after.is_empty() {
            counts.units = counts.units.saturating_sub(1);
        }
        let stems = |words: &[WordNo]| words.iter().filter_map(|&word| facts.stem(word)).collect::<FxHashSet<_>>();
        for stem in stems(before).difference(&stems(after)) {
            self.fewer_stems.entry(*stem).or_default()[field] += 1;
        }
        let Some(place) = GRAM_FIELDS.iter().position(|&counted| counted as usize == field) else { return };
        let distinct = |words: &[WordNo]| words.iter().copied().collect::<FxHashSet<_>>();
        for word in distinct(before).difference(&distinct(after)) {
            let grams: FxHashSet<GramNo> = lexicon.grams_of_word(*word).iter().copied().collect();
            for gram in grams {
                self.fewer_grams.entry(gram).or_default()[place] += 1.0;
            }
        }
    }

    fn is_whole_unit(&self, unit: UnitNo) -> bool {
        self.left.is_none() && unit == self.unit
    }
}

impl Search for Withheld<'_> {
    fn len(&self) -> usize {
        self.search.len()
    }

    fn lexicon(&self) -> &Lexicon {
        self.search.lexicon()
    }

    fn statistics(&self) -> &Statistics {
        &self.statistics
    }

    fn units_of_stem(&self, stem: StemNo, field: Field) -> u32 {
        let fewer = self.fewer_stems.get(&stem).map_or(0, |fewer| fewer[field as usize]);
        self.search.units_of_stem(stem, field).saturating_sub(fewer)
    }

    /// The estimate `N (1 - exp(-S / N))` is turned round, and made again of what is left.
    fn units_of_gram(&self, gram: GramNo, field: usize) -> f64 {
        let units = self.search.units_of_gram(gram, field);
        let fewer = self.fewer_grams.get(&gram).map_or(0.0, |fewer| fewer[field]);
        if fewer <= 0.0 {
            return units;
        }
        let counts = |statistics: &Statistics| (statistics.field(GRAM_FIELDS[field]).units as f64).max(1.0);
        let (before, after) = (counts(self.search.statistics()), counts(&self.statistics));
        let sum = -before * (1.0 - (units / before).min(1.0 - 1e-9)).ln() - fewer;
        after * (1.0 - (-sum.max(0.0) / after).exp())
    }

    /// Retrieval still sees what is withheld: it only chooses what is ranked.
    fn candidates(&self, terms: &[SearchTerm], allowed: Option<&UnitSet>, limit: usize) -> Result<Vec<UnitNo>> {
        let mut units = self.search.candidates(terms, allowed, limit + 1)?;
        units.retain(|&unit| !self.is_whole_unit(unit));
        Ok(units)
    }

    fn units_asked(&self, phrasing: u64) -> Vec<UnitNo> {
        let mut units = self.search.units_asked(phrasing);
        units.retain(|&unit| unit != self.unit);
        units
    }

    fn units_with(&self, key: &str, value: &str) -> Result<UnitSet> {
        self.search.units_with(key, value)
    }

    fn units_where(&self, key: &str, passes: &dyn Fn(&str) -> bool) -> Result<UnitSet> {
        self.search.units_where(key, passes)
    }

    fn days(&self) -> &[i32] {
        self.search.days()
    }

    fn words(&self, unit: UnitNo) -> UnitWords<'_> {
        self.search.words(unit)
    }

    fn phrasing_count(&self, unit: UnitNo) -> usize {
        match &self.left {
            Some(left) if unit == self.unit => left.len(),
            _ => self.search.phrasing_count(unit),
        }
    }

    fn phrasing(&self, unit: UnitNo, phrasing: usize) -> PhrasingWords<'_> {
        match &self.left {
            Some(left) if unit == self.unit => {
                left.get(phrasing).map_or_else(PhrasingWords::default, |&number| self.search.phrasing(unit, number))
            }
            _ => self.search.phrasing(unit, phrasing),
        }
    }

    fn document(&self, unit: UnitNo) -> u64 {
        self.search.document(unit)
    }

    fn kind(&self, unit: UnitNo) -> UnitKind {
        self.search.kind(unit)
    }

    fn unit(&self, unit: UnitNo) -> Result<Unit> {
        self.search.unit(unit)
    }

    fn unit_no(&self, id: &str) -> Option<UnitNo> {
        self.search.unit_no(id)
    }

    fn ids(&self) -> (&[u64], &[UnitNo]) {
        self.search.ids()
    }
}
