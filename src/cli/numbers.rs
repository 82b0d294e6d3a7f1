//! Numbers as they are printed: levels, differences, intervals.

use crate::measure::compare::Difference;
use crate::output::places::{grouped, in_words, look_alike, places, shows};

/// A difference with its interval, if there is one; two replicates that are alike have none, which is said.
pub(super) fn change(d: &Difference, decimals: usize) -> String {
    let Some((low, high)) = d.interval.filter(|_| !d.mean.is_nan()) else {
        let alike = if d.replicates > 1 && d.mean.is_finite() { " (two alike)" } else { "" };
        return signed(d.mean, decimals) + alike;
    };
    let decimals = places((low, high), decimals);
    let mean = signed(d.mean, decimals);
    if look_alike((low, high), decimals) {
        return format!("{mean} ({})", in_words((low, high)));
    }
    format!("{mean} ({} to {})", signed(low, decimals), signed(high, decimals))
}

/// A value with its interval, if there is one.
pub(super) fn level(value: f64, interval: Option<(f64, f64)>, decimals: usize) -> String {
    let Some(interval) = interval.filter(|_| !value.is_nan()) else { return number(value, decimals) };
    format!("{} ({})", number(value, places(interval, decimals)), ends(interval, decimals))
}

/// An interval by itself; in words where its ends look alike.
pub(super) fn ends((low, high): (f64, f64), decimals: usize) -> String {
    let decimals = places((low, high), decimals);
    if look_alike((low, high), decimals) {
        return in_words((low, high)).to_owned();
    }
    format!("{} to {}", number(low, decimals), number(high, decimals))
}

/// A change by itself.
pub(super) fn signed(x: f64, decimals: usize) -> String {
    format!("{}{}", if x > 0.0 && shows(x, decimals) { "+" } else { "" }, number(x, decimals))
}

/// A number with thousands separated, and no sign on zero. A hyphen is its minus, so that it can be copied.
pub(super) fn number(value: f64, decimals: usize) -> String {
    grouped(value, decimals, '-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::compare::difference;

    #[test]
    fn numbers_are_grouped_and_nought_has_no_sign() {
        let told = [-0.004, 0.004, -1_234.5, 1_234_567.0].map(|x| number(x, 1));
        assert_eq!(told, ["0.0", "0.0", "-1,234.5", "1,234,567.0"]);
        assert_eq!([-0.004, 0.004, 2.0].map(|x| signed(x, 1)), ["0.0", "0.0", "+2.0"]);
    }

    #[test]
    fn a_value_has_as_many_decimals_as_its_interval() {
        assert_eq!(level(12.0, Some((0.3, 24.0)), 0), "12.0 (0.3 to 24.0)");
        assert_eq!(level(12.0, Some((0.0, 24.0)), 0), "12 (0 to 24)");
        assert_eq!(level(12.3, None, 0), "12");
        let gap = Difference { interval: Some((-0.04, 24.0)), ..difference(&[(0.0, 12.0)]) };
        assert_eq!(change(&gap, 0), "+12.00 (-0.04 to +24.00)");
        assert_eq!(change(&difference(&[(0.0, 94.4), (0.0, 94.4)]), 1), "+94.4 (two alike)");
        assert_eq!(change(&difference(&[(0.0, 94.4)]), 1), "+94.4");
    }

    #[test]
    fn ends_that_look_alike_are_told_apart_or_put_into_words() {
        let gap = |low, high| Difference { interval: Some((low, high)), ..difference(&[(0.0, 0.02)]) };
        assert_eq!(change(&gap(0.0163, 0.0241), 2), "+0.020 (+0.016 to +0.024)");
        assert_eq!(change(&gap(0.02, 0.02), 2), "+0.02 (all alike)");
        assert_eq!(change(&gap(0.020_001, 0.020_009), 2), "+0.02 (narrower than shown)");
        assert_eq!(change(&gap(-0.004, 0.004), 2), "+0.020 (-0.004 to +0.004)");
        assert_eq!(ends((1.631, 1.634), 2), "1.631 to 1.634");
        assert_eq!(level(2.54, Some((2.54, 2.54)), 2), "2.54 (all alike)");
    }
}
