//! Fits the weights of the signals: the right candidate of every question should have the greatest score.

use super::descend::{dot, least, minus};
use crate::{ask::signals::Signals, model::UnitKind};
use rayon::prelude::*;

/// How many signals there are.
pub const SIGNALS: usize = Signals::NAMES.len();

/// Questions whose losses are summed up by one thread. The sums are the same on any number of threads.
const CHUNK: usize = 128;

/// A candidate.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    /// Its signals.
    pub signals: [f64; SIGNALS],
    /// Its kind.
    pub kind: UnitKind,
    /// Whether it is right.
    pub right: bool,
}

/// Questions of one corpus, each with its candidates.
pub struct Lesson<'a> {
    /// The questions.
    pub questions: &'a [Vec<Candidate>],
    /// What they count, all together.
    pub weight: f64,
    /// What each list of weights counts in the score of a pair of question and answer.
    pub qa: &'a [f64],
    /// The same for takeaways and passages.
    pub passage: &'a [f64],
}

/// The weights that make the right candidates likeliest: listwise softmax (Cao, Qin, Liu, Tsai, Li, "Learning to
/// Rank: From Pairwise Approach to Listwise Approach", ICML 2007), none negative, and pulled towards `prior`:
///
/// `sum over lessons of weight * loss + pull / 2 * |weights - prior|²`,
/// `loss = mean over questions of -ln(sum over right of e^score / sum over all of e^score)`
///
/// There may be several lists of weights, one behind the other; each lesson says how they mix in a score. Questions
/// without a right candidate teach nothing. The search begins at `start`.
#[must_use]
pub fn fit(lessons: &[Lesson<'_>], start: &[f64], prior: &[f64], pull: f64) -> Vec<f64> {
    least(start, &vec![0.0; prior.len()], |weights| {
        let (mut sum, mut gradient) = (0.0, vec![0.0; weights.len()]);
        for lesson in lessons {
            sum += lesson.add_loss(weights, &mut gradient);
        }
        let apart = minus(weights, prior);
        gradient.iter_mut().zip(&apart).for_each(|(gradient, apart)| *gradient += pull * apart);
        (sum + pull / 2.0 * dot(&apart, &apart), gradient)
    })
}

/// Scales weights so that the scores of right candidates keep the size that they had: then they still compare with those
/// of units of another kind, whose weights stay. Where nothing right was found, the weights before are kept.
#[must_use]
pub fn kept_in_size(weights: &[f64], before: &[f64], questions: &[Vec<Candidate>]) -> Vec<f64> {
    let size = |weights: &[f64]| {
        let right = questions.iter().flatten().filter(|candidate| candidate.right);
        right.map(|candidate| dot(&candidate.signals, weights)).sum::<f64>()
    };
    let wanted = size(before);
    if wanted <= 0.0 {
        return before.to_vec();
    }
    let scale = wanted / size(weights).max(1e-9);
    weights.iter().map(|weight| weight * scale).collect()
}

/// What questions add up to, for each of the two kinds of units.
struct Sums {
    loss: f64,
    questions: f64,
    gradients: [[f64; SIGNALS]; 2],
}

impl Lesson<'_> {
    /// Adds the gradient of the loss, and returns its value.
    fn add_loss(&self, weights: &[f64], gradient: &mut [f64]) -> f64 {
        let sums = self.sums(weights);
        let scale = self.weight / sums.questions.max(1.0);
        for (mix, of_kind) in [self.qa, self.passage].into_iter().zip(&sums.gradients) {
            for (list, share) in gradient.chunks_mut(SIGNALS).zip(mix) {
                list.iter_mut().zip(of_kind).for_each(|(gradient, sum)| *gradient += scale * share * sum);
            }
        }
        scale * sums.loss
    }

    fn sums(&self, weights: &[f64]) -> Sums {
        let mixed = [mixed(self.qa, weights), mixed(self.passage, weights)];
        let sums: Vec<Sums> = self.questions.par_chunks(CHUNK).map(|questions| Sums::of(questions, &mixed)).collect();
        let mut all = Sums { loss: 0.0, questions: 0.0, gradients: [[0.0; SIGNALS]; 2] };
        for part in sums {
            all.loss += part.loss;
            all.questions += part.questions;
            let pairs = all.gradients.iter_mut().flatten().zip(part.gradients.iter().flatten());
            pairs.for_each(|(sum, part)| *sum += part);
        }
        all
    }
}

/// The weights that a mixture of the lists comes to.
fn mixed(mix: &[f64], weights: &[f64]) -> [f64; SIGNALS] {
    let mut mixed = [0.0; SIGNALS];
    for (list, share) in weights.chunks(SIGNALS).zip(mix) {
        mixed.iter_mut().zip(list).for_each(|(mixed, weight)| *mixed += share * weight);
    }
    mixed
}

/// The place of a kind among the two that have weights of their own: pairs, and takeaways with passages.
pub fn place(kind: UnitKind) -> usize {
    usize::from(kind != UnitKind::Qa)
}

impl Sums {
    fn of(questions: &[Vec<Candidate>], weights: &[[f64; SIGNALS]; 2]) -> Self {
        let mut sums = Self { loss: 0.0, questions: 0.0, gradients: [[0.0; SIGNALS]; 2] };
        for question in questions.iter().filter(|question| question.iter().any(|candidate| candidate.right)) {
            sums.add(question, weights);
        }
        sums
    }

    fn add(&mut self, question: &[Candidate], weights: &[[f64; SIGNALS]; 2]) {
        let score = |candidate: &Candidate| dot(&candidate.signals, &weights[place(candidate.kind)]);
        let scores: Vec<f64> = question.iter().map(score).collect();
        let most = scores.iter().copied().fold(f64::MIN, f64::max);
        let shares: Vec<f64> = scores.iter().map(|score| (score - most).exp()).collect();
        let all: f64 = shares.iter().sum();
        let of_right = shares.iter().zip(question).filter(|(_, candidate)| candidate.right);
        // A right one that is as good as impossible must not make the loss infinite.
        let right = of_right.map(|(share, _)| share).sum::<f64>().max(1e-300);
        self.loss -= (right / all).ln();
        self.questions += 1.0;
        for (share, candidate) in shares.iter().zip(question) {
            let push = share / all - if candidate.right { share / right } else { 0.0 };
            let gradient = &mut self.gradients[place(candidate.kind)];
            gradient.iter_mut().zip(&candidate.signals).for_each(|(gradient, signal)| *gradient += push * signal);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(first: f64, second: f64, kind: UnitKind, right: bool) -> Candidate {
        let mut signals = [0.0; SIGNALS];
        (signals[0], signals[1]) = (first, second);
        Candidate { signals, kind, right }
    }

    fn lesson<'a>(questions: &'a [Vec<Candidate>], qa: &'a [f64], passage: &'a [f64]) -> Lesson<'a> {
        Lesson { questions, weight: 1.0, qa, passage }
    }

    #[test]
    fn the_signal_that_tells_gains_and_the_one_that_misleads_loses() {
        let question = vec![candidate(0.9, 0.1, UnitKind::Qa, true), candidate(0.2, 0.8, UnitKind::Qa, false)];
        let (questions, prior) = (vec![question; 20], [0.5; SIGNALS]);
        let lesson = lesson(&questions, &[1.0], &[0.0]);
        let weights = fit(&[lesson], &prior, &prior, 0.01);
        assert!(weights[0] > 1.0 && weights[1] < 0.5, "{weights:?}");
        assert!(weights.iter().all(|&weight| weight >= 0.0));
    }

    #[test]
    fn nothing_to_learn_from_leaves_the_prior() {
        let prior = [0.5; SIGNALS];
        let wrong = vec![vec![candidate(0.5, 0.5, UnitKind::Qa, false)]];
        for questions in [Vec::new(), wrong] {
            let weights = fit(&[lesson(&questions, &[1.0], &[0.0])], &prior, &prior, 0.01);
            assert!(weights.iter().zip(&prior).all(|(weight, prior)| (weight - prior).abs() < 1e-6));
        }
    }

    #[test]
    fn a_list_of_weights_learns_by_what_it_counts() {
        let right = |kind| vec![candidate(0.9, 0.1, kind, true), candidate(0.2, 0.8, kind, false)];
        let (pairs, passages) = (vec![right(UnitKind::Qa); 20], vec![right(UnitKind::Passage); 20]);
        let prior = [0.5; 3 * SIGNALS];
        let learnt = |questions: &[Vec<Candidate>]| {
            let weights = fit(&[lesson(questions, &[0.9, 0.1, 0.0], &[0.0, 0.0, 1.0])], &prior, &prior, 0.01);
            [weights[0], weights[SIGNALS], weights[2 * SIGNALS]]
        };
        let [first, second, third] = learnt(&pairs);
        assert!(first > second && second > 0.5 && (third - 0.5).abs() < 1e-6, "{first} {second} {third}");
        let [first, second, third] = learnt(&passages);
        assert!((first - 0.5).abs() < 1e-6 && (second - 0.5).abs() < 1e-6 && third > 1.0, "{first} {second} {third}");
    }
}
