//! What two texts have in common: their different words as ascending lists.

/// The different items, ascending.
#[must_use]
pub fn distinct<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.into_iter().collect();
    items.sort_unstable();
    items.dedup();
    items
}

/// The items of `left` that are not in `right`.
pub fn missing<'a, T: Ord>(left: &'a [T], right: &'a [T]) -> impl Iterator<Item = &'a T> {
    left.iter().filter(|item| right.binary_search(item).is_err())
}

/// How many items are in both.
#[must_use]
pub fn shared<T: Ord>(left: &[T], right: &[T]) -> usize {
    left.len() - missing(left, right).count()
}

/// The share of all items that are in both, 0 of none: Jaccard's index.
#[must_use]
pub fn jaccard<T: Ord>(left: &[T], right: &[T]) -> f64 {
    let shared = shared(left, right);
    let all = left.len() + right.len() - shared;
    if all == 0 { 0.0 } else { shared as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_compared_as_sets() {
        let (left, right) = (distinct([3, 1, 2, 3]), distinct([2, 3, 4]));
        assert_eq!(left, [1, 2, 3]);
        assert_eq!(missing(&left, &right).collect::<Vec<_>>(), [&1]);
        assert_eq!(shared(&left, &right), 2);
        assert!((jaccard(&left, &right) - 0.5).abs() < 1e-12);
        assert!(jaccard::<u32>(&[], &[]).abs() < 1e-12);
    }
}
