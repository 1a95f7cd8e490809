//! The signals of a candidate, from the words of the unit. Pure: the same words give the same numbers.

use super::{
    decide::Understood,
    hits::{Hits, TermHit, WordKind},
    query::{Query, QueryTerm},
    signals::Signals,
    tally::{Counts, Tally},
};
use crate::index::{
    Search, UnitNo,
    lexicon::{GRAM_FIELDS, WordNo},
    saturation::{B, K1},
    statistics::{Field, FieldCounts},
    words_of_unit,
};
use crate::learn::classifier::Margins;
use rustc_hash::FxHashMap;

/// Scores candidates for one question.
pub struct Scorer<'a> {
    search: &'a dyn Search,
    /// Question words by stems, stop words weighing little, by [`Field`].
    weighed: [Scale; 4],
    /// The same with every word at its full weight.
    raw: [Scale; 4],
    /// N-grams, by [`GRAM_FIELDS`].
    grams: [Scale; 3],
    single: FieldCounts,
    /// Which terms of the question tell what is asked.
    telling: Vec<bool>,
    is_negated: bool,
    /// How many words of the question ask.
    asks: u32,
    /// How many terms of the question are numbers.
    numbers: u32,
    /// Pairs of neighbouring terms of the question.
    pairs: FxHashMap<(u16, u16), u16>,
    hits: Hits<'a>,
    margins: Margins,
    one: Tally,
    phrasings: Tally,
    text: Tally,
    heading: Tally,
    all: Tally,
}

/// Idf of each part of the question in a field, and the most that they can score together.
struct Scale {
    idf: Vec<f64>,
    most: f64,
    counts: FieldCounts,
}

impl Scale {
    fn of(counts: FieldCounts, weighted_dfs: impl Iterator<Item = (f64, f64)>) -> Self {
        let idf: Vec<f64> = weighted_dfs.map(|(weight, df)| weight * counts.idf(df)).collect();
        let most = idf.iter().sum::<f64>() * (K1 + 1.0);
        Self { idf, most, counts }
    }

    /// BM25 of what stands in a text of `length`, as a share of the most that the question can score.
    fn bm25(&self, found: &Counts, length: f64, mean: f64) -> f64 {
        if self.most <= 0.0 {
            return 0.0;
        }
        let norm = K1 * (1.0 - B + B * length / mean);
        let gain = |(place, count): (u16, f32)| {
            let count = f64::from(count);
            self.idf.get(place as usize).copied().unwrap_or(0.0) * (K1 + 1.0) * count / (count + norm)
        };
        found.iter().fold(0.0, |sum, part| sum + gain(part)) / self.most
    }

    /// Share of the question that stands in a text.
    fn coverage(&self, found: &Counts) -> f64 {
        if self.most <= 0.0 {
            return 0.0;
        }
        let share = |(place, count): (u16, f32)| {
            self.idf.get(place as usize).copied().unwrap_or(0.0) * f64::from(count.min(1.0))
        };
        let covered: f64 = found.iter().map(share).sum();
        covered * (K1 + 1.0) / self.most
    }

    fn words(&self, found: &Tally) -> f64 {
        self.bm25(&found.terms, found.words, self.counts.mean_words())
    }

    fn grams(&self, found: &Tally) -> f64 {
        self.bm25(&found.grams, found.gram_length, self.counts.mean_grams())
    }
}

impl<'a> Scorer<'a> {
    /// Prepares to score candidates for `query`.
    #[must_use]
    pub fn new(query: &Query, search: &'a dyn Search) -> Self {
        let statistics = search.statistics();
        let scale = |field: Field, full: bool| {
            let term = query.terms.iter().map(|term| {
                let weight = if full { 1.0 } else { term.weight };
                (weight * term.count, f64::from(term.units(field, search)))
            });
            Scale::of(*statistics.field(field), term)
        };
        let gram_scale = |place: usize| {
            let df = |&(gram, count): &(Option<u32>, f64)| {
                (count, gram.map_or(0.0, |gram| search.units_of_gram(gram, place)))
            };
            Scale::of(*statistics.field(GRAM_FIELDS[place]), query.grams.iter().map(df))
        };
        let pairs = pairs(query);
        let tally = Tally::new(query.terms.len(), query.grams.len(), pairs.len());
        Self {
            weighed: Field::ALL.map(|field| scale(field, false)),
            raw: Field::ALL.map(|field| scale(field, true)),
            grams: [0, 1, 2].map(gram_scale),
            single: statistics.single,
            telling: query.terms.iter().map(QueryTerm::tells).collect(),
            is_negated: query.is_negated,
            asks: query.asks as u32,
            numbers: query.terms.iter().filter(|term| term.is_number()).count() as u32,
            hits: Hits::new(query, search.lexicon()),
            margins: Margins::default(),
            one: tally.clone(),
            phrasings: tally.clone(),
            text: tally.clone(),
            heading: tally.clone(),
            all: tally,
            search,
            pairs,
        }
    }

    /// Takes in what the classifiers say.
    #[must_use]
    pub fn with_margins(mut self, margins: Margins) -> Self {
        self.margins = margins;
        self
    }

    /// Meets the words of all candidates, before they are scored one by one.
    #[must_use]
    pub fn for_units(mut self, units: &[UnitNo]) -> Self {
        let search = self.search;
        self.hits.meet_all(units.iter().flat_map(|&unit| words_of_unit(search, unit)));
        self
    }

    /// What the question is to the corpus.
    #[must_use]
    pub fn understood(&self, query: &Query) -> Understood {
        let idf = &self.weighed[Field::All as usize].idf;
        let known: f64 = query.terms.iter().zip(idf).fold(0.0, |sum, (term, idf)| sum + term.known() * idf);
        let all: f64 = idf.iter().sum();
        Understood { known: if all > 0.0 { known / all } else { 0.0 }, words: query.order.len() }
    }

    /// The signal `text` alone.
    pub fn text(&mut self, unit: UnitNo) -> f64 {
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        let words = self.search.words(unit);
        self.tally(words.text, words.text_grams, &mut text);
        let score = self.weighed[Field::Text as usize].words(&text);
        self.text = text;
        score
    }

    /// The signals of a candidate.
    pub fn signals(&mut self, unit: UnitNo) -> Signals {
        let mut signals = Signals::default();
        let mut singles = Singles::default();
        let mut phrasings = std::mem::take(&mut self.phrasings);
        let mut one = std::mem::take(&mut self.one);
        phrasings.clear();
        for number in 0..self.search.phrasing_count(unit) {
            let phrasing = self.search.phrasing(unit, number);
            one.clear();
            self.tally(phrasing.words, phrasing.grams, &mut one);
            singles.add(self, &one);
            phrasings.add_all(&one);
        }
        singles.finish(&mut signals);
        let (mut text, mut heading, mut all) =
            (std::mem::take(&mut self.text), std::mem::take(&mut self.heading), std::mem::take(&mut self.all));
        let words = self.search.words(unit);
        text.clear();
        self.tally(words.text, words.text_grams, &mut text);
        heading.clear();
        self.tally(words.heading, 0, &mut heading);
        all.clear();
        for part in [&phrasings, &text, &heading] {
            all.add_all(part);
        }
        self.fill(&mut signals, &phrasings, &text, &heading, &all);
        signals.classifier = self.margins.get(&unit).copied().unwrap_or(0.0);
        (self.one, self.phrasings, self.text, self.heading, self.all) = (one, phrasings, text, heading, all);
        signals
    }

    fn fill(&self, signals: &mut Signals, phrasings: &Tally, text: &Tally, heading: &Tally, all: &Tally) {
        let [of_phrasings, of_text, of_heading, of_all] = &self.weighed;
        signals.phrasings = of_phrasings.words(phrasings);
        signals.text = of_text.words(text);
        signals.heading = of_heading.words(heading);
        signals.all = of_all.words(all);
        signals.text_raw = self.raw[Field::Text as usize].words(text);
        let raw = &self.raw[Field::All as usize];
        signals.all_raw = raw.words(all);
        signals.all_exact = raw.bm25(&all.exact, all.words, raw.counts.mean_words());
        signals.coverage = of_all.coverage(&all.terms);
        signals.telling = self.telling_share(&all.terms);
        let [gram_phrasings, gram_text, gram_all] = &self.grams;
        signals.grams_phrasings = gram_phrasings.grams(phrasings);
        signals.grams_text = gram_text.grams(text);
        signals.grams_all = gram_all.grams(all);
        signals.pairs_text = self.pair_share(text);
    }

    /// How far the numbers of a phrasing are those of the question (Dice): nothing if the question has none. A phrasing
    /// without numbers may be the answer to any.
    fn same_numbers(&self, phrasing: &Tally) -> f64 {
        let (all, shared) = phrasing.numbers;
        match (self.numbers, all) {
            (0, _) => 0.0,
            (_, 0) => 0.5,
            (asked, _) => 2.0 * f64::from(shared.min(asked)) / f64::from(asked + all),
        }
    }

    /// How far a phrasing asks by the words of the question (Dice): nothing if the question has none that ask.
    fn same_asking(&self, phrasing: &Tally) -> f64 {
        let (all, shared) = phrasing.asking;
        if self.asks == 0 { 0.0 } else { 2.0 * f64::from(shared.min(self.asks)) / f64::from(self.asks + all) }
    }

    /// Whether a phrasing is turned round where the question is, and says the opposite of none of its words. A half
    /// where neither is turned round: that is how most are.
    fn same_polarity(&self, phrasing: &Tally) -> f64 {
        match (self.is_negated, phrasing.negations > 0) {
            _ if phrasing.opposites > 0 => 0.0,
            (true, true) => 1.0,
            (false, false) => 0.5,
            _ => 0.0,
        }
    }

    fn telling_share(&self, found: &Counts) -> f64 {
        let tells = |place: u16| self.telling.get(place as usize) == Some(&true);
        let all = self.telling.iter().filter(|&&tells| tells).count();
        // A question of nothing but stop words asks by them.
        let found = found.iter().filter(|&(place, _)| tells(place)).map(|(_, count)| f64::from(count.min(1.0)));
        if all == 0 { 1.0 } else { found.fold(0.0, |sum, found| sum + found) / all as f64 }
    }

    fn pair_share(&self, tally: &Tally) -> f64 {
        tally.pairs.iter().count() as f64 / self.pairs.len().max(1) as f64
    }

    fn tally(&mut self, words: &[WordNo], gram_length: u32, tally: &mut Tally) {
        let mut before = None;
        for &word in words {
            let hit = self.hits.of(word);
            tally.weight.0 += hit.weight;
            if hit.is_other {
                before = None;
                continue;
            }
            tally.opposites += u32::from(hit.opposes);
            let is_asked = u32::from(!self.hits.terms(hit).is_empty());
            match hit.kind {
                WordKind::Negation => tally.negations += 1,
                WordKind::Asking => tally.asking = (tally.asking.0 + 1, tally.asking.1 + is_asked),
                WordKind::Number => tally.numbers = (tally.numbers.0 + 1, tally.numbers.1 + is_asked),
                WordKind::Other => {}
            }
            for &gram in self.hits.grams(hit) {
                tally.grams.add(gram, 1.0);
            }
            let mut most = 0.0_f32;
            let mut first = None;
            for &TermHit { term, weight, exact } in self.hits.terms(hit) {
                tally.terms.add(term, weight);
                if exact {
                    tally.exact.add(term, 1.0);
                }
                if let Some(&pair) = before.and_then(|before| self.pairs.get(&(before, term))) {
                    tally.pairs.add(pair, 1.0);
                }
                most = most.max(weight);
                first = first.or(Some(term));
            }
            tally.weight.1 += hit.weight * f64::from(most);
            before = first;
        }
        tally.words += words.len() as f64;
        tally.gram_length += f64::from(gram_length);
    }
}

fn pairs(query: &Query) -> FxHashMap<(u16, u16), u16> {
    let mut pairs = FxHashMap::default();
    for pair in query.order.windows(2) {
        let number = pairs.len() as u16;
        pairs.entry((pair[0] as u16, pair[1] as u16)).or_insert(number);
    }
    pairs
}

/// Scores of the phrasings of a unit, one by one.
#[derive(Default)]
struct Singles {
    words: Vec<f64>,
    grams: Vec<f64>,
    raw: f64,
    pairs: f64,
    agreement: f64,
    /// BM25, numbers and polarity of the nearest phrasing.
    nearest: f64,
    numbers: f64,
    polarity: f64,
    asking: f64,
}

impl Singles {
    fn add(&mut self, scorer: &Scorer<'_>, phrasing: &Tally) {
        let field = Field::Phrasings as usize;
        let (mean_words, mean_grams) = (scorer.single.mean_words(), scorer.single.mean_grams());
        let score = scorer.weighed[field].bm25(&phrasing.terms, phrasing.words, mean_words);
        if self.words.is_empty() || score > self.nearest {
            self.nearest = score;
            (self.numbers, self.polarity) = (scorer.same_numbers(phrasing), scorer.same_polarity(phrasing));
            self.asking = scorer.same_asking(phrasing);
        }
        self.words.push(score);
        self.grams.push(scorer.grams[0].bm25(&phrasing.grams, phrasing.gram_length, mean_grams));
        self.raw = self.raw.max(scorer.raw[field].bm25(&phrasing.terms, phrasing.words, mean_words));
        self.pairs = self.pairs.max(scorer.pair_share(phrasing));
        let covered = scorer.weighed[field].coverage(&phrasing.terms);
        let covering = if phrasing.weight.0 > 0.0 { phrasing.weight.1 / phrasing.weight.0 } else { 0.0 };
        if covered + covering > 0.0 {
            self.agreement = self.agreement.max(2.0 * covered * covering / (covered + covering));
        }
    }

    fn finish(mut self, signals: &mut Signals) {
        let mean_of_best = |scores: &[f64], count: usize| {
            let best = &scores[..scores.len().min(count)];
            best.iter().sum::<f64>() / best.len().max(1) as f64
        };
        for scores in [&mut self.words, &mut self.grams] {
            scores.sort_by(|left, right| right.total_cmp(left));
        }
        signals.best_phrasing = mean_of_best(&self.words, 1);
        signals.best_three_phrasings = mean_of_best(&self.words, 3);
        signals.best_eight_phrasings = mean_of_best(&self.words, 8);
        signals.grams_best_phrasing = mean_of_best(&self.grams, 1);
        signals.grams_best_three_phrasings = mean_of_best(&self.grams, 3);
        signals.best_phrasing_raw = self.raw;
        signals.pairs_phrasing = self.pairs;
        signals.agreement = self.agreement;
        (signals.numbers, signals.polarity, signals.asking) = (self.numbers, self.polarity, self.asking);
    }
}
