//! Fits the confidence: from what is known of the first candidate to the probability that it is right.

use super::descend::{dot, least, minus};

/// What is known of a first candidate, whether it is right, and how much the question counts.
pub struct Example {
    /// The values; the last is 1, for the constant.
    pub values: Vec<f64>,
    /// Whether the candidate is right.
    pub right: bool,
    /// What the question counts.
    pub weight: f64,
}

/// The weights of a logistic regression, pulled towards `prior`:
///
/// `weighted mean of -ln(probability of what is the case) + sum of pull / 2 * (weight - prior)²`
///
/// Every weight has its own pull, and none is below its floor.
#[must_use]
pub fn fit(examples: &[Example], prior: &[f64], floors: &[f64], pulls: &[f64]) -> Vec<f64> {
    let all: f64 = examples.iter().map(|example| example.weight).sum();
    least(prior, floors, |weights| {
        let (mut sum, mut gradient) = (0.0, vec![0.0; weights.len()]);
        for example in examples {
            let probability = sigmoid(dot(&example.values, weights)).clamp(1e-12, 1.0 - 1e-12);
            let (chance, target) = if example.right { (probability, 1.0) } else { (1.0 - probability, 0.0) };
            sum -= example.weight * chance.ln();
            let push = example.weight * (probability - target);
            gradient.iter_mut().zip(&example.values).for_each(|(gradient, value)| *gradient += push * value);
        }
        let apart = minus(weights, prior);
        let mean = |sum: f64| if all > 0.0 { sum / all } else { 0.0 };
        let pulled: Vec<f64> = apart.iter().zip(pulls).map(|(apart, pull)| apart * pull).collect();
        gradient.iter_mut().zip(&pulled).for_each(|(gradient, pulled)| *gradient = mean(*gradient) + pulled);
        (mean(sum) + dot(&apart, &pulled) / 2.0, gradient)
    })
}

/// From a sum to a probability.
#[must_use]
pub fn sigmoid(sum: f64) -> f64 {
    1.0 / (1.0 + (-sum).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_probability_is_the_share_that_is_right_each_counted_as_it_weighs() {
        let example = |value: f64, right, weight| Example { values: vec![value, 1.0], right, weight };
        let mut examples = Vec::new();
        for _ in 0..30 {
            examples.extend([example(1.0, true, 1.0), example(0.0, false, 1.0), example(0.0, true, 1.0)]);
            examples.push(example(1.0, false, 1.0 / 3.0));
        }
        let weights = fit(&examples, &[0.0, 0.0], &[f64::NEG_INFINITY; 2], &[1e-6; 2]);
        assert!((sigmoid(weights[0] + weights[1]) - 0.75).abs() < 0.01, "{weights:?}");
        assert!((sigmoid(weights[1]) - 0.5).abs() < 0.01, "{weights:?}");
    }
}
