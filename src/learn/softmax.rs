//! Fits the weights of the signals: the right candidate of every question should have the greatest score.

use super::descend::{dot, least, minus};
use crate::ask::signals::Signals;

/// How many signals there are.
pub const SIGNALS: usize = Signals::NAMES.len();

/// A candidate: its signals, and whether it is right.
pub type Candidate = ([f64; SIGNALS], bool);

/// The weights that make the right candidates likeliest: listwise softmax (Cao, Qin, Liu, Tsai, Li, "Learning to
/// Rank: From Pairwise Approach to Listwise Approach", ICML 2007), none negative, and pulled towards `prior`:
///
/// `mean over questions of -ln(sum over right of e^score / sum over all of e^score) + pull / 2 * |weights - prior|²`
///
/// Questions without a right candidate teach nothing.
#[must_use]
pub fn fit(questions: &[Vec<Candidate>], prior: &[f64], pull: f64) -> Vec<f64> {
    let has_right = |question: &&Vec<Candidate>| question.iter().any(|candidate| candidate.1);
    let taught: Vec<&Vec<Candidate>> = questions.iter().filter(has_right).collect();
    least(prior, true, |weights| loss(&taught, weights, prior, pull))
}

fn loss(questions: &[&Vec<Candidate>], weights: &[f64], prior: &[f64], pull: f64) -> (f64, Vec<f64>) {
    let (mut sum, mut gradient) = (0.0, vec![0.0; SIGNALS]);
    for question in questions {
        let scores: Vec<f64> = question.iter().map(|candidate| dot(&candidate.0, weights)).collect();
        let most = scores.iter().copied().fold(f64::MIN, f64::max);
        let shares: Vec<f64> = scores.iter().map(|score| (score - most).exp()).collect();
        let all: f64 = shares.iter().sum();
        let of_right = shares.iter().zip(*question).filter(|(_, candidate)| candidate.1);
        let right: f64 = of_right.map(|(share, _)| share).sum();
        sum -= (right / all).ln();
        for (share, (signals, is_right)) in shares.iter().zip(*question) {
            let push = share / all - if *is_right { share / right } else { 0.0 };
            gradient.iter_mut().zip(signals).for_each(|(gradient, signal)| *gradient += push * signal);
        }
    }
    let count = questions.len().max(1) as f64;
    let apart = minus(weights, prior);
    gradient.iter_mut().zip(&apart).for_each(|(gradient, apart)| *gradient = *gradient / count + pull * apart);
    (sum / count + pull / 2.0 * dot(&apart, &apart), gradient)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(first: f64, second: f64, right: bool) -> Candidate {
        let mut signals = [0.0; SIGNALS];
        (signals[0], signals[1]) = (first, second);
        (signals, right)
    }

    #[test]
    fn the_signal_that_tells_gains_and_the_one_that_misleads_loses() {
        let question = vec![candidate(0.9, 0.1, true), candidate(0.2, 0.8, false)];
        let weights = fit(&vec![question; 20], &[0.5; SIGNALS], 0.01);
        assert!(weights[0] > 1.0 && weights[1] < 0.5, "{weights:?}");
        assert!(weights.iter().all(|&weight| weight >= 0.0));
    }

    #[test]
    fn nothing_to_learn_from_leaves_the_prior() {
        let prior = [0.5; SIGNALS];
        let wrong = vec![vec![candidate(0.5, 0.5, false)]];
        for questions in [Vec::new(), wrong] {
            let weights = fit(&questions, &prior, 0.01);
            assert!(weights.iter().zip(&prior).all(|(weight, prior)| (weight - prior).abs() < 1e-6));
        }
    }
}
