//! Paired comparison: every difference is taken within a replicate, under the same luck.

use super::bootstrap::Resamples;
use super::paired::Paired;
use super::table::{Cell, Column, Metric, Table};

/// Replicates from which being alike to the last digit says something: of two it may be chance, and an interval of no width
/// would be sold as certainty (assumed).
pub(super) const ALIKE: usize = 3;

/// Whether differences other than nought are the same in all replicates.
pub(super) fn alike(spread: f64, mean: f64) -> bool {
    mean != 0.0 && spread <= 1e-9 * mean.abs()
}

/// A difference over replicates: mean, and the 95% interval of the mean (Student's t) when there are two or more; none of two
/// that are alike and not nought.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    pub mean: f64,
    pub interval: Option<(f64, f64)>,
    pub replicates: usize,
}

/// Mean and interval of paired differences.
pub fn difference(pairs: &[(f64, f64)]) -> Difference {
    let n = pairs.len();
    let mean = pairs.iter().map(|(a, b)| b - a).sum::<f64>() / n.max(1) as f64;
    let squares = pairs.iter().map(|(a, b)| (b - a - mean) * (b - a - mean)).sum::<f64>();
    let variance = squares / n.saturating_sub(1).max(1) as f64;
    let tells = n > 1 && (n >= ALIKE || !alike(variance.sqrt(), mean));
    let interval = tells.then(|| {
        let half = t_975(n - 1) * (variance / n as f64).sqrt();
        (mean - half, mean + half)
    });
    Difference { mean, interval, replicates: n }
}

/// The 97.5% point of Student's t: exact values to 30 degrees of freedom (tables of Fisher and Yates), then
/// the expansion of Cornish and Fisher, good to four figures there.
pub fn t_975(degrees: usize) -> f64 {
    const TABLE: [f64; 30] = [
        12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281, 2.2010, 2.1788,
        2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860, 2.0796, 2.0739, 2.0687, 2.0639,
        2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
    ];
    match degrees {
        0 => f64::INFINITY,
        1..=30 => TABLE[degrees - 1],
        _ => {
            let (z, n) = (1.959_964, degrees as f64);
            z + (z * z * z + z) / (4.0 * n) + (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / (96.0 * n * n)
        }
    }
}

/// One scenario against the reference: the metrics of each replicate.
pub struct Compared<'a> {
    pub policy: &'a str,
    pub reference: &'a [Vec<Metric>],
    pub of_policy: &'a [Vec<Metric>],
}

/// `comparison.csv`.
pub fn table(compared: &[Compared]) -> Table {
    let mut table = Table::new(
        "comparison",
        vec![
            Column::new("metric", "", "What is measured"),
            Column::new("unit", "", "Its unit"),
            Column::new("reference", "as in unit", "Mean of the reference over replicates"),
            Column::new("policy", "as in unit", "Mean of the scenario over replicates"),
            Column::new("difference", "as in unit", "Mean of the differences within replicates"),
            Column::new(
                "low",
                "as in unit",
                "Lower end of the 95% interval of the difference; empty with one replicate, or two that are alike",
            ),
            Column::new("high", "as in unit", "Upper end of it"),
            Column::new("replicates", "", "Replicates compared"),
            Column::new("scenario", "", "Scenario compared with the reference"),
            Column::new("spread", "as in unit", "Standard deviation of the differences within replicates"),
            Column::new(
                "bootstrap_low",
                "as in unit",
                "Lower end of the 95% interval by bootstrap (percentiles); too narrow below about ten replicates",
            ),
            Column::new("bootstrap_high", "as in unit", "Upper end of it"),
            Column::new(
                "same_sign",
                "share",
                "Replicates whose difference has the sign of the mean; empty where all are nought",
            ),
            Column::new(
                "variance_saved",
                "share",
                "Variance that pairing saves: 1 - var(difference) / (var(reference) + var(scenario))",
            ),
            Column::new(
                "replicates_to_tell",
                "replicates",
                "Replicates from which such an interval would no longer hold zero; empty where nothing differs or two are alike",
            ),
        ],
    );
    for c in compared {
        let count = c.reference.len().min(c.of_policy.len());
        let resamples = Resamples::new(count);
        for m in 0..c.reference.first().map_or(0, Vec::len) {
            let pairs: Vec<(f64, f64)> =
                (0..count).map(|r| (c.reference[r][m].value, c.of_policy[r][m].value)).collect();
            let of = Paired::new(&pairs, &resamples);
            let metric = &c.reference[0][m];
            let real = |x: Option<f64>| x.map_or(Cell::Empty, |x| Cell::Real(x, 6));
            table.push(vec![
                metric.id.into(),
                metric.unit.into(),
                Cell::Real(of.reference, 6),
                Cell::Real(of.policy, 6),
                Cell::Real(of.difference.mean, 6),
                real(of.difference.interval.map(|i| i.0)),
                real(of.difference.interval.map(|i| i.1)),
                Cell::count(count),
                c.policy.into(),
                real(of.spread),
                real(of.bootstrap.map(|i| i.0)),
                real(of.bootstrap.map(|i| i.1)),
                of.same_sign.map_or(Cell::Empty, |x| Cell::Real(x, 4)),
                real(of.saved),
                of.to_tell().map_or(Cell::Empty, Cell::count),
            ]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three differences 1, 2, 3: mean 2, standard error 1/√3, t(2) = 4.3027, half width 2.4842.
    #[test]
    fn interval_by_hand() {
        let d = difference(&[(0.0, 1.0), (1.0, 3.0), (5.0, 8.0)]);
        assert_eq!(d.mean, 2.0);
        let (low, high) = d.interval.unwrap();
        assert!((high - 2.0 - 2.4842).abs() < 1e-3 && (2.0 - low - 2.4842).abs() < 1e-3);
        assert!(difference(&[(0.0, 1.0)]).interval.is_none());
    }

    /// Two equal differences are no certainty; three are taken for one, and so is nought.
    #[test]
    fn two_that_are_alike_have_no_interval() {
        assert_eq!(difference(&[(0.0, 94.4), (1.0, 95.4)]).interval, None);
        assert_eq!(difference(&[(0.0, 2.0), (1.0, 3.0), (5.0, 7.0)]).interval, Some((2.0, 2.0)));
        assert_eq!(difference(&[(4.0, 4.0), (1.0, 1.0)]).interval, Some((0.0, 0.0)));
    }

    #[test]
    fn t_at_the_seam() {
        assert!((t_975(31) - 2.0395).abs() < 5e-4);
        assert!((t_975(1000) - 1.9623).abs() < 5e-4);
    }
}
