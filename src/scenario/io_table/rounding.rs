//! How far sums of whole numbers may miss their totals because each of them was rounded.

/// By this many standard deviations (assumed).
const DEVIATIONS: f64 = 2.4;

/// The units that a sum of `terms` rounded numbers may miss its rounded total by: each is off by up to a half, evenly, which has a
/// standard deviation of the root of a twelfth. One at least; none where numbers are not whole.
pub(super) fn units(terms: usize, whole: bool) -> f64 {
    if whole { (DEVIATIONS * ((terms + 1) as f64 / 12.0).sqrt()).floor().max(1.0) } else { 0.0 }
}

/// Whether all numbers are whole.
pub(super) fn are_whole<'a>(mut numbers: impl Iterator<Item = &'a f64>) -> bool {
    numbers.all(|x| x.fract() == 0.0)
}

/// What the reader of the results is told.
pub(super) const TOLD: &str =
    "Sums of whole numbers miss their totals by a unit or so: they are taken to be rounded.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_terms_may_miss_by_more() {
        assert_eq!([2, 4, 8, 20, 60].map(|terms| units(terms, true)), [1.0, 1.0, 2.0, 3.0, 5.0]);
        assert_eq!(units(8, false), 0.0);
        assert!(are_whole([1.0, 2.0].iter()) && !are_whole([1.0, 2.5].iter()));
    }
}
