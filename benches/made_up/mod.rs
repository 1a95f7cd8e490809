//! Made-up text that is the same at every run: words by Zipf's law, common ones shorter.

#![allow(dead_code, reason = "each benchmark uses a part")]

/// How many different words there are.
pub const VOCABULARY: usize = 60_000;

/// `SplitMix64` (Steele, Lea, Flood 2014): small, and the same everywhere.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number from 0 to 1.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Both ends count.
    pub fn between(&mut self, least: usize, most: usize) -> usize {
        least + (self.next() % (most - least + 1) as u64) as usize
    }
}

/// A vocabulary to draw from.
pub struct Words {
    words: Vec<String>,
    /// Cumulated frequencies of the words.
    cumulated: Vec<f64>,
}

/// Common words, which make up half of a text and tell its language.
const ENGLISH: &str = "the of and to in is you that it he was for on are as with his they at be this have from or one had \
    by word but not what all were we when your can said there use an each which she do how their if will up other about \
    out many then them these so some her would make like him into time has look two more write go see number no way could \
    people my than first water been call who oil its now find long down day did get come made may part over new sound take \
    only little work know place year live me back give most very after thing our just name good sentence man think say \
    great where help through much before line right too mean old any same tell boy follow came want show also around form \
    three small set put end does another well large must big even such because turn here why ask went men read need land";

/// What the others are made of.
const BEFORE: &str = "_ re un over out under pre inter non";
const STEMS: &str = "account print connect order ship pay load charge track sign build start test point light point \
    mark press form act claim direct part view play heat cover bill book call check clean collect color count cross deal \
    design draft draw drive edit enter fast field fill find frame gather hand head help host inform join keep lead learn \
    limit link list lock mail match measure need note offer open pack park pass plan plant power process produce protect \
    question reach read record refund rent repair report reserve rest return review roll save search seat sell send serve \
    set share show sort spell stamp stand state step stop store stream support switch talk term train transfer travel turn \
    update value visit walk warm wash watch weight work write yield";
const BEHIND: &str = "_ s ed ing er ers able ment ly less ness ful ings";

fn parts(list: &'static str) -> Vec<&'static str> {
    list.split_whitespace().map(|part| part.trim_matches('_')).collect()
}

impl Words {
    /// The same with words that tell their language: half of a text are the common ones, the others are made of parts.
    pub fn english() -> Self {
        let (before, stems, behind) = (parts(BEFORE), parts(STEMS), parts(BEHIND));
        let made = |number: usize| {
            let (stem, rest) = (stems[number % stems.len()], number / stems.len());
            [before[rest / behind.len() % before.len()], stem, behind[rest % behind.len()]].concat()
        };
        let mut words = Self::new();
        let english = parts(ENGLISH).into_iter().map(str::to_owned).chain((0..).map(made));
        words.words.iter_mut().zip(english).for_each(|(word, english)| *word = english);
        words
    }

    pub fn new() -> Self {
        let mut random = Random(1);
        let words = (0..VOCABULARY).map(|number| word(number, &mut random)).collect();
        let mut sum = 0.0;
        let cumulated = (1..=VOCABULARY).map(|rank| {
            sum += 1.0 / rank as f64;
            sum
        });
        Self { words, cumulated: cumulated.collect() }
    }

    /// So many words with spaces between.
    pub fn text(&self, length: usize, random: &mut Random) -> String {
        let words: Vec<&str> = (0..length).map(|_| self.draw(random)).collect();
        words.join(" ")
    }

    /// A word.
    pub fn draw(&self, random: &mut Random) -> &str {
        let most = self.cumulated.last().copied().unwrap_or(1.0);
        let at = random.share() * most;
        let rank = self.cumulated.partition_point(|&sum| sum < at);
        &self.words[rank.min(VOCABULARY - 1)]
    }
}

/// A word out of syllables, common ones shorter.
fn word(number: usize, random: &mut Random) -> String {
    const ONSETS: [&str; 16] = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "pl"];
    const RIMES: [&str; 12] = ["a", "e", "i", "o", "u", "an", "er", "in", "or", "es", "al", "ing"];
    let syllables = 1 + (number + 10).ilog10() as usize;
    let syllable = |random: &mut Random| {
        let (onset, rime) = (random.between(0, ONSETS.len() - 1), random.between(0, RIMES.len() - 1));
        [ONSETS[onset], RIMES[rime]].concat()
    };
    (0..syllables).map(|_| syllable(random)).collect()
}
