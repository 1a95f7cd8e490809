//! How often the question's words, pairs and n-grams stand in a text.

/// Counts by place, with the places that are not zero.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    values: Vec<f32>,
    touched: Vec<u16>,
}

impl Counts {
    /// Counts for `places` places, all zero.
    #[must_use]
    pub fn new(places: usize) -> Self {
        Self { values: vec![0.0; places], touched: Vec::with_capacity(places.min(64)) }
    }

    /// Adds to the count of a place.
    pub fn add(&mut self, place: u16, count: f32) {
        let Some(value) = self.values.get_mut(place as usize) else { return };
        if *value == 0.0 {
            self.touched.push(place);
        }
        *value += count;
    }

    /// Adds all counts of another.
    pub fn add_all(&mut self, other: &Self) {
        other.iter().for_each(|(place, count)| self.add(place, count));
    }

    /// The places that are not zero, with their counts.
    pub fn iter(&self) -> impl Iterator<Item = (u16, f32)> {
        self.touched.iter().map(|&place| (place, self.values[place as usize]))
    }

    /// Sets all to zero.
    pub fn clear(&mut self) {
        for place in self.touched.drain(..) {
            self.values[place as usize] = 0.0;
        }
    }
}

/// What of a question stands in a text.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// By term: words with one of its stems.
    pub terms: Counts,
    /// By term: words in just its form.
    pub exact: Counts,
    /// By n-gram of the question.
    pub grams: Counts,
    /// By pair of neighbouring terms.
    pub pairs: Counts,
    /// Length of the text in words.
    pub words: f64,
    /// Length of the text in n-grams.
    pub gram_length: f64,
    /// Weight of all words of the text, and of those that are in the question.
    pub weight: (f64, f64),
    /// Words that turn the text round.
    pub negations: u32,
    /// Words that say the opposite of one of the question.
    pub opposites: u32,
    /// Words of the text that ask, and those of them that are in the question.
    pub asking: (u32, u32),
    /// Numbers of the text, and those of them that are in the question.
    pub numbers: (u32, u32),
}

impl Tally {
    /// An empty tally for a question with so many terms, n-grams and pairs.
    #[must_use]
    pub fn new(terms: usize, grams: usize, pairs: usize) -> Self {
        Self {
            terms: Counts::new(terms),
            exact: Counts::new(terms),
            grams: Counts::new(grams),
            pairs: Counts::new(pairs),
            ..Self::default()
        }
    }

    /// Adds another text.
    pub fn add_all(&mut self, other: &Self) {
        self.terms.add_all(&other.terms);
        self.exact.add_all(&other.exact);
        self.grams.add_all(&other.grams);
        self.pairs.add_all(&other.pairs);
        self.words += other.words;
        self.gram_length += other.gram_length;
    }

    /// Forgets the text.
    pub fn clear(&mut self) {
        self.terms.clear();
        self.exact.clear();
        self.grams.clear();
        self.pairs.clear();
        self.words = 0.0;
        self.gram_length = 0.0;
        self.weight = (0.0, 0.0);
        (self.negations, self.opposites) = (0, 0);
        (self.asking, self.numbers) = ((0, 0), (0, 0));
    }
}
