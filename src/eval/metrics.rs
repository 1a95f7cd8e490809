//! Measures of rankings, of decisions and of confidence. Pure functions.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// 1 / rank of the first relevant document, 0 if there is none.
#[must_use]
pub fn reciprocal_rank(ranking: &[String], relevant: &BTreeSet<String>) -> f64 {
    ranking.iter().position(|document| relevant.contains(document)).map_or(0.0, |place| 1.0 / (place + 1) as f64)
}

/// Whether a relevant document is among the first `depth`.
#[must_use]
pub fn hit(ranking: &[String], relevant: &BTreeSet<String>, depth: usize) -> bool {
    ranking.iter().take(depth).any(|document| relevant.contains(document))
}

/// Share of the relevant documents among the first `depth`.
#[must_use]
pub fn recall(ranking: &[String], relevant: &BTreeSet<String>, depth: usize) -> f64 {
    let found = ranking.iter().take(depth).filter(|document| relevant.contains(*document)).count();
    found as f64 / relevant.len().max(1) as f64
}

/// Mean of the precisions at each relevant document (Manning, Raghavan, Schütze 2008, section 8.4).
#[must_use]
pub fn average_precision(ranking: &[String], relevant: &BTreeSet<String>) -> f64 {
    let mut found = 0;
    let mut sum = 0.0;
    for (place, document) in ranking.iter().enumerate() {
        if relevant.contains(document) {
            found += 1;
            sum += f64::from(found) / (place + 1) as f64;
        }
    }
    sum / relevant.len().max(1) as f64
}

/// Normalised discounted cumulative gain at `depth`, gains of 0 and 1 (Järvelin and Kekäläinen 2002).
#[must_use]
pub fn ndcg(ranking: &[String], relevant: &BTreeSet<String>, depth: usize) -> f64 {
    let discount = |place: usize| 1.0 / ((place + 2) as f64).log2();
    let found = ranking.iter().take(depth).enumerate().filter(|(_, document)| relevant.contains(*document));
    let gain: f64 = found.map(|(place, _)| discount(place)).sum();
    let ideal: f64 = (0..relevant.len().min(depth)).map(discount).sum();
    if ideal > 0.0 { gain / ideal } else { 0.0 }
}

/// Area under the ROC curve: how often a positive scores above a negative, ties counting half.
/// `None` unless there are both.
#[must_use]
pub fn auroc(scored: &[(f64, bool)]) -> Option<f64> {
    let mut sorted: Vec<(f64, bool)> = scored.to_vec();
    sorted.sort_by(|left, right| left.0.total_cmp(&right.0));
    let positives = sorted.iter().filter(|scored| scored.1).count() as f64;
    let negatives = sorted.len() as f64 - positives;
    if positives == 0.0 || negatives == 0.0 {
        return None;
    }
    let (mut wins, mut below) = (0.0, 0.0);
    for ties in sorted.chunk_by(|left, right| left.0.total_cmp(&right.0).is_eq()) {
        let tied = ties.iter().filter(|scored| scored.1).count() as f64;
        let others = ties.len() as f64 - tied;
        wins += tied * (below + others / 2.0);
        below += others;
    }
    Some(wins / (positives * negatives))
}

/// Matthews correlation for several classes (Gorodkin 2004), of pairs of true and predicted class.
#[must_use]
pub fn matthews(pairs: &[(String, String)]) -> f64 {
    let mut truth: BTreeMap<&str, f64> = BTreeMap::new();
    let mut predicted: BTreeMap<&str, f64> = BTreeMap::new();
    for (class, guess) in pairs {
        *truth.entry(class).or_default() += 1.0;
        *predicted.entry(guess).or_default() += 1.0;
    }
    let total = pairs.len() as f64;
    let right = pairs.iter().filter(|(class, guess)| class == guess).count() as f64;
    let both: f64 = truth.iter().map(|(class, count)| count * predicted.get(class).unwrap_or(&0.0)).sum();
    let squares = |counts: &BTreeMap<&str, f64>| counts.values().map(|count| count * count).sum::<f64>();
    let spread = ((total * total - squares(&predicted)) * (total * total - squares(&truth))).sqrt();
    if spread > 0.0 { (right * total - both) / spread } else { 0.0 }
}

/// What was decided for a question: the class that is right, the one given, and how sure that was.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision<K> {
    /// The confidence in the class that was given.
    pub confidence: f64,
    /// The right class.
    pub truth: K,
    /// The class that was given.
    pub given: K,
}

impl<K: PartialEq> Decision<K> {
    /// Whether the class given is the right one.
    pub fn is_right(&self) -> bool {
        self.truth == self.given
    }
}

/// The best that a threshold can reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BestMatthews {
    /// Matthews correlation.
    pub mcc: f64,
    /// The threshold; above 1 if nothing should be answered.
    pub threshold: f64,
}

/// The highest [`matthews`] correlation over all thresholds, where `none` is given for what is below.
#[must_use]
pub fn best_matthews<K: Ord>(decisions: &[Decision<K>], none: &K) -> BestMatthews {
    let mut order: Vec<&Decision<K>> = decisions.iter().collect();
    order.sort_by(|left, right| right.confidence.total_cmp(&left.confidence));
    let mut truth: BTreeMap<&K, f64> = BTreeMap::new();
    for decision in decisions {
        *truth.entry(&decision.truth).or_default() += 1.0;
    }
    let count_of = |class: &K| truth.get(class).copied().unwrap_or(0.0);
    let total = decisions.len() as f64;
    let mut predicted: BTreeMap<&K, f64> = BTreeMap::from([(none, total)]);
    // What `matthews` sums up, kept up to date from one threshold to the next.
    let (mut right, mut both, mut squares) = (count_of(none), total * count_of(none), total * total);
    let true_squares: f64 = truth.values().map(|count| count * count).sum();
    let mut best = BestMatthews { mcc: 0.0, threshold: f64::INFINITY };
    for (place, decision) in order.iter().enumerate() {
        for (class, step) in [(none, -1.0), (&decision.given, 1.0)] {
            let count = predicted.entry(class).or_default();
            squares += 2.0 * step * *count + 1.0;
            *count += step;
            both += step * count_of(class);
            right += if *class == decision.truth { step } else { 0.0 };
        }
        let next = order.get(place + 1).map_or(0.0, |next| next.confidence);
        let spread = ((total * total - squares) * (total * total - true_squares)).sqrt();
        let mcc = if spread > 0.0 { (right * total - both) / spread } else { 0.0 };
        if mcc > best.mcc && (next < decision.confidence || place + 1 == order.len()) {
            best = BestMatthews { mcc, threshold: f64::midpoint(decision.confidence, next) };
        }
    }
    best
}

/// Expected calibration error with `bins` bins of equal width (Naeini, Cooper, Hauskrecht 2015).
#[must_use]
pub fn calibration_error(scored: &[(f64, bool)], bins: usize) -> f64 {
    calibration_error_of(scored.iter().map(|&(confidence, right)| (confidence, right, 1.0)), bins)
}

/// The same of confidences that count what the third says.
#[must_use]
pub fn calibration_error_of(scored: impl Iterator<Item = (f64, bool, f64)>, bins: usize) -> f64 {
    let mut sums = vec![(0.0, 0.0); bins.max(1)];
    let mut all = 0.0;
    for (confidence, right, count) in scored {
        let bin = ((confidence * bins as f64) as usize).min(bins.saturating_sub(1));
        sums[bin].0 += count * confidence;
        sums[bin].1 += if right { count } else { 0.0 };
        all += count;
    }
    let apart: f64 = sums.iter().map(|(confidence, right)| (confidence - right).abs()).sum();
    if all > 0.0 { apart / all } else { 0.0 }
}

/// A point of the curve of coverage and accuracy.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CurvePoint {
    /// From this confidence on questions are answered.
    pub threshold: f64,
    /// Share of all questions that are answered.
    pub coverage: f64,
    /// Share of the answers that are right.
    pub accuracy: f64,
}

/// What answering the surest of the questions comes to, from few of them to all, in so many steps (El-Yaniv and Wiener,
/// "On the Foundations of Noise-free Selective Classification", 2010).
#[must_use]
pub fn coverage_curve(scored: &[(f64, bool)], steps: usize) -> Vec<CurvePoint> {
    let mut order = scored.to_vec();
    order.sort_by(|left, right| right.0.total_cmp(&left.0));
    let mut points: Vec<CurvePoint> = Vec::new();
    let (mut right, mut step) = (0.0, 1);
    for (place, &(threshold, is_right)) in order.iter().enumerate() {
        right += if is_right { 1.0 } else { 0.0 };
        let answered = place + 1;
        // Between two questions of the same confidence there is no threshold.
        let is_end = order.get(answered).is_none_or(|next| next.0 < threshold);
        if is_end && answered * steps >= step * order.len() {
            let coverage = answered as f64 / order.len() as f64;
            points.push(CurvePoint { threshold, coverage, accuracy: right / answered as f64 });
            step = answered * steps / order.len() + 1;
        }
    }
    points
}

/// What a confidence comes to where another share is right than it was made for: the odds change as those of the shares
/// do (Saerens, Latinne, Decaestecker, "Adjusting the Outputs of a Classifier to New a Priori Probabilities", 2002,
/// formula 2.4).
#[must_use]
pub fn for_another_share(confidence: f64, made_for: f64, share: f64) -> f64 {
    let (made_for, share) = (made_for.clamp(1e-6, 1.0 - 1e-6), share.clamp(1e-6, 1.0 - 1e-6));
    let right = confidence * share / made_for;
    let wrong = (1.0 - confidence) * (1.0 - share) / (1.0 - made_for);
    right / (right + wrong)
}

/// The value below which a share of the values lies (nearest rank); 0 for none.
#[must_use]
pub fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0.0)
}

/// Mean, 0 for none.
#[must_use]
pub fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0usize), |(sum, count), value| (sum + value, count + 1));
    sum / count.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranking(documents: &str) -> Vec<String> {
        documents.chars().map(|document| document.to_string()).collect()
    }

    fn set(documents: &str) -> BTreeSet<String> {
        ranking(documents).into_iter().collect()
    }

    fn near(left: f64, right: f64) -> bool {
        (left - right).abs() < 1e-9
    }

    #[test]
    fn rankings_are_measured_as_the_books_say() {
        let (found, relevant) = (ranking("axbyc"), set("xyz"));
        assert!(near(reciprocal_rank(&found, &relevant), 0.5));
        assert!(near(recall(&found, &relevant, 2), 1.0 / 3.0));
        assert!(!hit(&found, &relevant, 1) && hit(&found, &relevant, 2));
        assert!(near(average_precision(&found, &relevant), (0.5 + 0.5) / 3.0));
        let discounts = [1.0, 1.0 / 3f64.log2(), 0.5, 1.0 / 5f64.log2()];
        let ideal = discounts[0] + discounts[1] + discounts[2];
        assert!(near(ndcg(&found, &relevant, 10), (discounts[1] + discounts[3]) / ideal));
        assert!(near(ndcg(&ranking("xyz"), &relevant, 10), 1.0));
    }

    #[test]
    fn decisions_are_measured_as_the_books_say() {
        assert_eq!(auroc(&[(0.9, true), (0.1, false)]), Some(1.0));
        assert_eq!(auroc(&[(0.5, true), (0.5, false)]), Some(0.5));
        assert_eq!(auroc(&[(0.5, true)]), None);
        let pair = |class: &str, guess: &str| (class.to_owned(), guess.to_owned());
        assert!(near(matthews(&[pair("a", "a"), pair("b", "b")]), 1.0));
        assert!(near(matthews(&[pair("a", "b"), pair("b", "a")]), -1.0));
        // Two classes: the usual formula with 3 true and 1 false positives, 1 false and 2 true negatives.
        let pairs = ["pp", "pp", "pp", "np", "pn", "nn", "nn"].map(|pair| (pair[..1].to_owned(), pair[1..].to_owned()));
        assert!(near(matthews(&pairs), (3.0 * 2.0 - 1.0 * 1.0) / (4.0f64 * 4.0 * 3.0 * 3.0).sqrt()));
    }

    #[test]
    fn the_best_threshold_is_that_of_the_highest_correlation() {
        let rows = [(0.9, "a", "a"), (0.8, "b", "b"), (0.7, "", "a"), (0.6, "b", "b"), (0.5, "", "b"), (0.5, "a", "b")];
        let decisions = rows.map(|(confidence, truth, given)| Decision { confidence, truth, given });
        let at = |threshold: f64| {
            let given = |&(confidence, truth, given): &(f64, &str, &str)| {
                (truth.to_owned(), if confidence >= threshold { given.to_owned() } else { String::new() })
            };
            matthews(&rows.iter().map(given).collect::<Vec<_>>())
        };
        let best = best_matthews(&decisions, &"");
        let tried = [0.95, 0.85, 0.75, 0.65, 0.55, 0.0].map(at).into_iter().fold(0.0, f64::max);
        assert!(near(best.mcc, tried) && near(at(best.threshold), tried), "{best:?}, not {tried}");
        assert!(best_matthews::<&str>(&[], &"").mcc == 0.0);
    }

    #[test]
    fn confidence_is_measured_as_the_books_say() {
        assert!(near(calibration_error(&[(1.0, true), (0.0, false)], 10), 0.0));
        assert!(near(calibration_error(&[(0.8, true), (0.8, false)], 10), 0.3));
        assert!(near(for_another_share(0.7, 0.6, 0.6), 0.7) && near(for_another_share(0.5, 0.5, 0.8), 0.8));
        let curve = coverage_curve(&[(0.9, true), (0.5, false), (0.5, true), (0.1, false)], 4);
        let points: Vec<[f64; 3]> =
            curve.iter().map(|point| [point.threshold, point.coverage, point.accuracy]).collect();
        assert_eq!(points, [[0.9, 0.25, 1.0], [0.5, 0.75, 2.0 / 3.0], [0.1, 1.0, 0.5]]);
        assert!(coverage_curve(&[], 4).is_empty());
        assert!(near(percentile(&[3.0, 1.0, 2.0, 4.0], 0.5), 2.0));
        assert!(near(percentile(&[3.0, 1.0, 2.0, 4.0], 0.99), 4.0));
        assert!(near(percentile(&[], 0.5), 0.0));
    }
}
