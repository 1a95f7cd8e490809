//! The pieces that answer, by what speaks for each. Pure and deterministic.

use super::clues::Piece;
use std::ops::Range;

/// The most that several pieces have together, as [`Piece::width`]. One alone may be longer.
const MOST: usize = 360;

/// How much likelier a further piece must make it that the answer is there, for each hundred of its width.
const WORTH: f64 = 0.05;

/// So much between two chosen pieces is given too, for a short sentence reads better than a gap.
const GAP: usize = 60;

/// The chosen pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Their places, in order.
    pub places: Vec<usize>,
    /// The place of the best.
    pub best: usize,
}

impl Chosen {
    /// The best with those of the others that stand next to it without a gap.
    pub fn run(&self) -> Range<usize> {
        let is_chosen = |place: &usize| self.places.binary_search(place).is_ok();
        let start = self.best - (0..self.best).rev().take_while(is_chosen).count();
        let end = self.places.last().map_or(0, |last| last + 1);
        start..self.best + (self.best..end).take_while(is_chosen).count()
    }
}

/// The best piece, and of the others, the likeliest first, those that are worth their length; then, where there is
/// room, what stands before those that point back, and what little is between.
pub fn choose(sums: &[f64], pieces: &[Piece]) -> Chosen {
    let most = sums.iter().copied().fold(f64::MIN, f64::max);
    let odds: Vec<f64> = sums.iter().map(|sum| (sum - most).exp()).collect();
    let all: f64 = odds.iter().sum();
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    order.sort_by(|&left, &right| odds[right].total_cmp(&odds[left]).then(left.cmp(&right)));
    let Some((&best, others)) = order.split_first() else { return Chosen { places: Vec::new(), best: 0 } };
    let mut places = vec![best];
    let mut width = pieces[best].width;
    for &place in others {
        let piece = &pieces[place];
        if width + piece.width <= MOST && odds[place] / all >= WORTH * piece.width as f64 / 100.0 {
            places.push(place);
            width += piece.width;
        }
    }
    for &place in &places.clone() {
        let Some(before) = place.checked_sub(1).filter(|before| !places.contains(before)) else { continue };
        if pieces[place].points_back && width + pieces[before].width <= MOST {
            places.push(before);
            width += pieces[before].width;
        }
    }
    places.sort_unstable();
    for pair in places.clone().windows(2) {
        let between = pair[0] + 1..pair[1];
        let gap: usize = pieces[between.clone()].iter().map(|piece| piece.width).sum();
        if gap <= GAP && width + gap <= MOST {
            places.extend(between);
            width += gap;
        }
    }
    places.sort_unstable();
    Chosen { places, best }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(pieces: &[(f64, usize)], back: &[usize]) -> Chosen {
        let sums: Vec<f64> = pieces.iter().map(|piece| piece.0).collect();
        let piece = |(place, &(_, width)): (usize, &(f64, usize))| Piece {
            width,
            points_back: back.contains(&place),
            ..Piece::default()
        };
        choose(&sums, &pieces.iter().enumerate().map(piece).collect::<Vec<_>>())
    }

    #[test]
    fn a_sure_answer_is_short_and_an_unsure_one_has_more_sentences() {
        assert_eq!(chosen(&[(0.0, 100), (5.0, 100), (0.0, 100)], &[]).places, [1]);
        assert_eq!(chosen(&[(4.5, 100), (0.0, 100), (5.0, 100)], &[]).places, [0, 2]);
        assert_eq!(chosen(&[(4.5, 100), (0.0, 50), (5.0, 100)], &[]).places, [0, 1, 2]);
        assert_eq!(chosen(&[(4.5, 200), (0.0, 100), (5.0, 200)], &[]).places, [2]);
        assert_eq!(chosen(&[(1.0, 100), (1.0, 900), (0.9, 100)], &[]).places, [0, 2]);
        assert_eq!(chosen(&[(0.0, 10), (9.0, 900)], &[]).places, [1]);
        assert!(chosen(&[], &[]).places.is_empty());
    }

    #[test]
    fn what_points_back_brings_what_it_points_to_where_there_is_room() {
        assert_eq!(chosen(&[(0.0, 100), (9.0, 100), (0.0, 100)], &[1]).places, [0, 1]);
        assert_eq!(chosen(&[(9.0, 100), (0.0, 100)], &[0]).places, [0]);
        assert_eq!(chosen(&[(0.0, 300), (9.0, 100)], &[1]).places, [1]);
    }

    #[test]
    fn a_run_has_no_gap() {
        assert_eq!(chosen(&[(5.0, 50), (0.0, 100), (5.1, 50), (5.0, 50)], &[]).run(), 2..4);
        assert_eq!(chosen(&[(5.0, 50), (5.1, 50), (0.0, 100)], &[]).run(), 0..2);
    }
}
