//! The level of each metric over replicates: its mean, and how far luck alone moves it.

use super::compare::difference;
use super::table::{Cell, Column, Metric, Table};

/// A metric, its value the mean over replicates, with the 95% interval of the mean (Student's t) when there
/// are two or more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    pub metric: Metric,
    pub interval: Option<(f64, f64)>,
    pub replicates: usize,
}

/// The levels of the metrics of each replicate.
pub fn levels(replicates: &[Vec<Metric>]) -> Vec<Level> {
    let first = replicates.first().cloned().unwrap_or_default();
    let level = |(i, metric): (usize, Metric)| {
        let from_zero: Vec<(f64, f64)> = replicates.iter().map(|of| (0.0, of[i].value)).collect();
        let d = difference(&from_zero);
        Level { metric: Metric { value: d.mean, ..metric }, interval: d.interval, replicates: d.replicates }
    };
    first.into_iter().enumerate().map(level).collect()
}

/// `levels.csv`.
pub fn table(levels: &[Level]) -> Table {
    let mut table = Table::new(
        "levels",
        vec![
            Column::new("metric", "", "What is measured"),
            Column::new("unit", "", "Its unit"),
            Column::new("mean", "as in unit", "Mean over replicates"),
            Column::new("low", "as in unit", "Lower end of the 95% interval of the mean (Student's t)"),
            Column::new("high", "as in unit", "Upper end of it"),
            Column::new("replicates", "", "Replicates behind it"),
        ],
    );
    for level in levels {
        let end = |of: fn((f64, f64)) -> f64| level.interval.map_or(Cell::Empty, |i| Cell::Real(of(i), 6));
        table.push(vec![
            level.metric.id.into(),
            level.metric.unit.into(),
            Cell::Real(level.metric.value, 6),
            end(|i| i.0),
            end(|i| i.1),
            Cell::count(level.replicates),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values 1, 2, 3: mean 2, standard deviation 1, standard error 1/√3, t(2) = 4.3027, half width 2.4842.
    #[test]
    fn interval_by_hand() {
        let metric = |value| vec![Metric { id: "lm3", value, unit: "ratio", meaning: "Made up" }];
        let of = levels(&[metric(1.0), metric(2.0), metric(3.0)]);
        let (low, high) = of[0].interval.unwrap();
        assert_eq!((of[0].metric.value, of[0].replicates), (2.0, 3));
        assert!((low + 0.4842).abs() < 1e-3 && (high - 4.4842).abs() < 1e-3, "{low} to {high}");
        let row: Vec<String> = table(&of).rows[0].iter().map(Cell::to_string).collect();
        assert_eq!(row[..3], ["lm3", "ratio", "2.000000"]);
        assert_eq!(row[5], "3");
    }

    #[test]
    fn one_replicate_has_no_interval() {
        let of = levels(&[vec![Metric { id: "lm3", value: 1.5, unit: "ratio", meaning: "Made up" }]]);
        assert_eq!((of[0].metric.value, of[0].interval, of[0].replicates), (1.5, None, 1));
        assert!(levels(&[]).is_empty());
    }
}
