//! How far sums of whole numbers may miss their totals because each of them was rounded.

use super::check::close;

/// By this many standard deviations (assumed).
const DEVIATIONS: f64 = 2.4;
/// A wrong cell makes a row and a column miss their totals; rounding does it to more sums than those two.
const OF_A_CELL: usize = 2;

/// The units that a sum of `terms` rounded numbers may miss its rounded total by: each is off by up to a half, evenly, which has a
/// standard deviation of the root of a twelfth. One at least.
fn units(terms: usize) -> f64 {
    (DEVIATIONS * ((terms + 1) as f64 / 12.0).sqrt()).floor().max(1.0)
}

/// By how many units such sums of whole numbers may miss their totals, if as many do as with rounding.
pub(super) fn slack(terms: usize, sums: impl Iterator<Item = (f64, f64)>, tolerance: f64) -> f64 {
    let units = units(terms);
    let misses = |(sum, total): &(f64, f64)| !close(*sum, *total, tolerance) && (sum - total).abs() <= units;
    if sums.filter(misses).count() > OF_A_CELL { units } else { 0.0 }
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
        assert_eq!([2, 4, 8, 20, 60].map(units), [1.0, 1.0, 2.0, 3.0, 5.0]);
        assert_eq!(slack(2, [(10.0, 11.0), (10.0, 10.0), (9.0, 10.0)].into_iter(), 0.002), 0.0);
        assert_eq!(slack(2, [(10.0, 11.0), (11.0, 10.0), (9.0, 10.0)].into_iter(), 0.002), 1.0);
        assert!(are_whole([1.0, 2.0].iter()) && !are_whole([1.0, 2.5].iter()));
    }
}
