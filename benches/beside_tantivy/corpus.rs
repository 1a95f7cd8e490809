//! Made-up pairs: questions of 5 to 12 words, answers of 20 to 60.

use crate::made_up::{Random, Words};
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

/// A corpus that is the same at every run.
pub struct Generated {
    words: Words,
    pairs: usize,
}

impl Generated {
    pub fn new(pairs: usize) -> Self {
        Self { words: Words::new(), pairs }
    }

    pub fn write(&self, path: &Path) -> std::io::Result<()> {
        let mut out = BufWriter::new(File::create(path)?);
        for pair in 0..self.pairs {
            let mut random = Random(pair as u64 + 1_000);
            let question = self.words.text(random.between(5, 12), &mut random);
            let answer = self.words.text(random.between(20, 60), &mut random);
            writeln!(out, "{{\"_id\": \"{pair}\", \"question\": \"{question}?\", \"answer\": \"{answer}.\"}}")?;
        }
        out.flush()
    }

    /// The pair that question `number` is about.
    pub fn answer_number(&self, number: usize) -> usize {
        (Random(number as u64).next() % self.pairs as u64) as usize
    }

    /// Some words of a pair's question and one of its answer, in another order.
    pub fn question(&self, number: usize) -> String {
        let pair = self.answer_number(number);
        let mut random = Random(pair as u64 + 1_000);
        let question = self.words.text(random.between(5, 12), &mut random);
        let answer = self.words.text(random.between(20, 60), &mut random);
        let mut random = Random(number as u64 + 7);
        let kept = question.split(' ').filter(|_| random.share() < 0.7).chain(answer.split(' ').nth(3));
        let mut kept: Vec<&str> = kept.collect();
        kept.reverse();
        kept.join(" ")
    }
}
