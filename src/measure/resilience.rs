//! Resilience: how far a shock takes the city down, and how many months it takes to come back to where it was; and how far and
//! how long it stays behind a run without the shock.

use super::record::{Record, Snapshot};
use super::table::{Cell, Column, Table};

/// What is looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Of {
    Jobs,
    Spending,
}

impl Of {
    pub const ALL: [Of; 2] = [Of::Jobs, Of::Spending];

    pub fn label(self) -> &'static str {
        match self {
            Of::Jobs => "jobs",
            Of::Spending => "household spending",
        }
    }

    fn value(self, month: &Snapshot) -> f64 {
        match self {
            Of::Jobs => month.jobs as f64,
            Of::Spending => month.all.consumption as f64,
        }
    }
}

/// How a series came back after a shock.
#[derive(Clone, Copy, Default, Debug, PartialEq)]
pub struct Recovery {
    /// Months after the shock's until it is back for good; to the end of the run where it is not.
    pub months: usize,
    pub recovered: bool,
    /// Furthest below the base, percent of it.
    pub depth_percent: f64,
}

/// Recovery of `series` from position `shock` on, against `base` (month by month), within a band of so many percent
/// below it. A series that ends within the band has recovered, and what counts is the last month that it was out of it.
pub fn recovery(series: &[f64], base: &[f64], shock: usize, within_percent: f64) -> Recovery {
    let n = series.len().min(base.len());
    let gap = |i: usize| if base[i] != 0.0 { 100.0 * (series[i] / base[i] - 1.0) } else { 0.0 };
    let after = shock.min(n)..n;
    let last_out = after.clone().rev().find(|i| gap(*i) < -within_percent);
    Recovery {
        months: last_out.map_or(0, |i| i + 1 - shock),
        recovered: last_out.is_none_or(|i| i + 1 < n),
        depth_percent: after.map(gap).fold(0.0, f64::min).abs(),
    }
}

/// Of one run by itself: the base is the mean of the year before the first shock (or of the months there are).
pub fn of_run(record: &Record, of: Of) -> Option<Recovery> {
    let series: Vec<f64> = record.months.iter().map(|m| of.value(m)).collect();
    let shock = position(record)?;
    let before = &series[shock.saturating_sub(12)..shock];
    // A shock in the first month is held against the month itself, at whose end firms close.
    let mean =
        if before.is_empty() { *series.first()? } else { before.iter().sum::<f64>() / before.len() as f64 };
    Some(recovery(&series, &vec![mean; series.len()], shock, record.recovered_within_percent))
}

/// How a run falls behind its reference, month by month, from its own first shock on: what luck both share is in neither.
pub fn behind(without: &Record, with: &Record, of: Of) -> Option<Recovery> {
    let series = |record: &Record| record.months.iter().map(|m| of.value(m)).collect::<Vec<_>>();
    Some(recovery(&series(with), &series(without), position(with)?, with.recovered_within_percent))
}

fn position(record: &Record) -> Option<usize> {
    let first = record.shocks.first?;
    record.months.iter().position(|m| m.month == first)
}

/// `resilience.csv` of a comparison: every scenario with a shock, by replicate. Recovery is that of the metrics, whose means over
/// replicates `comparison.csv` has; behind the reference, which comes first, are the others. None when nothing struck.
pub fn table<'a>(all: impl Iterator<Item = (&'a str, &'a [Record])>) -> Option<Table> {
    let all: Vec<_> = all.collect();
    let (_, reference) = all.first()?;
    let mut t = Table::new(
        "resilience",
        vec![
            Column::new("scenario", "", "Scenario in which a shock strikes"),
            Column::new("replicate", "", "Which luck, from 1"),
            Column::new("shock", "", "Month of the first shock"),
            Column::new("of", "", "What is looked at"),
            Column::new(
                "months",
                "months",
                "After the shock until it is back within the band of the year before for good, as `resilience_jobs` and \
                 `resilience_spending` count; of a run that is not back by its end the months to its end, so that a mean over \
                 such runs is too short",
            ),
            Column::new("recovered", "0 or 1", "It is back by the end of the run"),
            Column::new(
                "depth",
                "percent of the year before",
                "Furthest below the year before, after the shock",
            ),
            Column::new(
                "months_behind",
                "months",
                "After the shock until it is for good no further than the band behind the reference, run under the same luck; \
                 to the end of the run where it is not; empty for the reference",
            ),
            Column::new("caught_up", "0 or 1", "It is no longer behind the reference by the end of the run"),
            Column::new(
                "behind",
                "percent of the reference",
                "Furthest behind the reference after the shock",
            ),
        ],
    );
    for (i, (name, records)) in all.iter().enumerate() {
        for (r, (without, with)) in reference.iter().zip(*records).enumerate() {
            let Some(first) = with.shocks.first else { continue };
            for of in Of::ALL {
                let Some(found) = of_run(with, of) else { continue };
                let mut row =
                    vec![(*name).into(), Cell::count(r + 1), with.date(first).into(), of.label().into()];
                row.extend(cells(Some(found)));
                row.extend(cells(behind(without, with, of).filter(|_| i > 0)));
                t.push(row);
            }
        }
    }
    (!t.rows.is_empty()).then_some(t)
}

fn cells(of: Option<Recovery>) -> [Cell; 3] {
    let Some(of) = of else { return [Cell::Empty, Cell::Empty, Cell::Empty] };
    [Cell::count(of.months), Cell::Int(i64::from(of.recovered)), Cell::Real(of.depth_percent, 4)]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From 100, a shock in the third month (position 2): 97, 96, 98.5, 99.2, 99.8. Within 1% it is back in position 5,
    /// three months after the shock; 4% down at the worst.
    #[test]
    fn recovery_by_hand() {
        let series = [100.0, 100.0, 97.0, 96.0, 98.5, 99.2, 99.8];
        let of = recovery(&series, &[100.0; 7], 2, 1.0);
        assert_eq!((of.months, of.recovered), (3, true));
        assert!((of.depth_percent - 4.0).abs() < 1e-9);
    }

    /// A relapse counts; who never leaves the band has nothing to recover from; who is out at the end has not recovered.
    #[test]
    fn for_good() {
        let base = [100.0; 6];
        assert_eq!(recovery(&[100.0, 95.0, 100.0, 95.0, 100.0, 100.0], &base, 1, 1.0).months, 3);
        let never = recovery(&[100.0, 99.5, 101.0, 99.1, 100.0, 100.0], &base, 1, 1.0);
        assert_eq!((never.months, never.recovered), (0, true));
        let still = recovery(&[100.0, 95.0, 95.0, 95.0, 95.0, 95.0], &base, 1, 1.0);
        assert_eq!((still.months, still.recovered), (5, false));
    }

    /// Against a twin that itself falls, only the difference counts.
    #[test]
    fn against_a_twin() {
        let of = recovery(&[100.0, 94.0, 90.0, 88.0], &[100.0, 96.0, 90.5, 88.0], 1, 1.0);
        assert_eq!((of.months, of.recovered), (1, true));
    }
}
