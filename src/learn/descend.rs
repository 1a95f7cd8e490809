//! Finds the least of a smooth convex function.

/// Steps, at most.
const MOST_STEPS: usize = 600;
/// The descent ends when no coordinate changes more than this.
const ENOUGH: f64 = 1e-4;

/// Where `loss`, which gives its value and its gradient, is least, no coordinate being below its floor.
///
/// Projected gradient descent with momentum and backtracking: FISTA (Beck and Teboulle, "A Fast Iterative
/// Shrinkage-Thresholding Algorithm", 2009), section 4.
#[must_use]
pub fn least(start: &[f64], floors: &[f64], loss: impl Fn(&[f64]) -> (f64, Vec<f64>)) -> Vec<f64> {
    let (mut place, mut ahead, mut momentum) = (start.to_vec(), start.to_vec(), 1.0f64);
    let mut step = 1.0;
    for _ in 0..MOST_STEPS {
        let (value, gradient) = loss(&ahead);
        let next = loop {
            let downhill = ahead.iter().zip(&gradient).map(|(at, slope)| at - step * slope);
            let next: Vec<f64> = downhill.zip(floors).map(|(at, floor)| at.max(*floor)).collect();
            let moved = minus(&next, &ahead);
            let bound = value + dot(&gradient, &moved) + dot(&moved, &moved) / (2.0 * step);
            if loss(&next).0 <= bound + 1e-12 || step < 1e-9 {
                break next;
            }
            step /= 2.0;
        };
        let change = minus(&next, &place);
        let following = f64::midpoint(1.0, (1.0 + 4.0 * momentum * momentum).sqrt());
        // Momentum that leads uphill is given up (O'Donoghue and Candès 2015).
        let uphill = dot(&gradient, &change) > 0.0;
        let inertia = if uphill { 0.0 } else { (momentum - 1.0) / following };
        ahead = next.iter().zip(&change).map(|(at, change)| at + inertia * change).collect();
        (place, momentum) = (next, if uphill { 1.0 } else { following });
        if change.iter().all(|change| change.abs() < ENOUGH) {
            break;
        }
    }
    place
}

/// The sum of the products.
#[must_use]
pub fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}

/// The differences.
#[must_use]
pub fn minus(left: &[f64], right: &[f64]) -> Vec<f64> {
    left.iter().zip(right).map(|(left, right)| left - right).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_of_a_bowl_is_found_even_if_it_is_long_and_narrow() {
        let bowl = |at: &[f64]| {
            let apart = [at[0] - 2.0, at[1] + 1.0];
            (apart[0] * apart[0] + 50.0 * apart[1] * apart[1], vec![2.0 * apart[0], 100.0 * apart[1]])
        };
        let found = least(&[0.0, 0.0], &[f64::NEG_INFINITY; 2], bowl);
        assert!((found[0] - 2.0).abs() < 0.01 && (found[1] + 1.0).abs() < 0.01, "{found:?}");
        let found = least(&[0.0, 0.0], &[0.0; 2], bowl);
        assert!((found[0] - 2.0).abs() < 0.01 && found[1] == 0.0, "{found:?}");
    }
}
