//! What charts and the report show over replicates, as tidy tables: a pound by round, paths, gains. A row is a mean with
//! its 95% interval; differences are taken within replicates.

mod digest;

use super::compare::{Difference, difference};
use super::table::{Cell, Column, Table};
use digest::WAYS;
pub use digest::{Digest, Group};

/// A scenario with the digests of its replicates, and which of the others it is compared with.
pub struct Shown<'a> {
    pub name: &'a str,
    pub against: Option<usize>,
    pub replicates: Vec<Digest>,
}

impl Shown<'_> {
    fn first(&self) -> Digest {
        self.replicates.first().cloned().unwrap_or_default()
    }

    /// A figure's mean over replicates.
    fn level(&self, of: impl Fn(&Digest) -> f64) -> Difference {
        difference(&self.replicates.iter().map(|replicate| (0.0, of(replicate))).collect::<Vec<_>>())
    }

    /// A figure's difference from the reference, within replicates.
    fn less(&self, reference: &Shown, of: impl Fn(&Digest) -> f64) -> Difference {
        let pairs = reference.replicates.iter().zip(&self.replicates).map(|(a, b)| (of(a), of(b)));
        difference(&pairs.collect::<Vec<_>>())
    }
}

/// The tables over all scenarios.
pub fn tables(all: &[Shown]) -> Vec<Table> {
    vec![pound(all), paths(all), gains(all)]
}

/// Mean, lower and upper end.
fn ends(d: &Difference, decimals: u8) -> [Cell; 3] {
    let end = |of: fn((f64, f64)) -> f64| d.interval.map_or(Cell::Empty, |i| Cell::Real(of(i), decimals));
    [Cell::Real(d.mean, decimals), end(|i| i.0), end(|i| i.1)]
}

fn pound(all: &[Shown]) -> Table {
    let mut t = Table::new(
        "pound_by_round",
        vec![
            Column::new("scenario", "", "Scenario"),
            Column::new(
                "round",
                "",
                "Hop: 1 to 3, then all later; empty for what waits or circulates at the end",
            ),
            Column::new("channel", "", "Received in the city, or the way the money left"),
            Column::new("value", "GBP per pound spent", "Mean over replicates"),
            Column::new(
                "low",
                "GBP per pound spent",
                "Lower end of its 95% interval; empty with one replicate",
            ),
            Column::new("high", "GBP per pound spent", "Upper end of it"),
        ],
    );
    for shown in all {
        for (i, (round, channel, _)) in shown.first().pound.into_iter().enumerate() {
            let level = shown.level(|of| of.pound.get(i).map_or(f64::NAN, |entry| entry.2));
            let which = [shown.name.into(), round.into(), channel.into()];
            t.push(which.into_iter().chain(ends(&level, 6)).collect());
        }
    }
    t
}

fn paths(all: &[Shown]) -> Table {
    let mut t = Table::new(
        "paths",
        vec![
            Column::new("scenario", "", "Scenario"),
            Column::new("measure", "", "What is followed"),
            Column::new("unit", "", "Its unit"),
            Column::new("month", "", "Calendar month"),
            Column::new(
                "value",
                "as in unit",
                "Mean of the twelve months to it (fewer at the start), over replicates",
            ),
            Column::new("low", "as in unit", "Lower end of its 95% interval; empty with one replicate"),
            Column::new("high", "as in unit", "Upper end of it"),
            Column::new(
                "difference",
                "as in unit",
                "Less the reference's, within replicates; empty for a reference",
            ),
            Column::new("difference_low", "as in unit", "Lower end of its 95% interval"),
            Column::new("difference_high", "as in unit", "Upper end of it"),
        ],
    );
    for shown in all {
        let months = shown.first().months;
        for (w, way) in WAYS.iter().enumerate() {
            for (m, month) in months.iter().enumerate() {
                let of = |digest: &Digest| digest.paths[w].get(m).copied().unwrap_or(f64::NAN);
                let which = [shown.name.into(), way.title.into(), way.unit.into(), month.as_str().into()];
                let less = shown.against.map(|i| ends(&shown.less(&all[i], of), 4));
                let less = less.unwrap_or([Cell::Empty, Cell::Empty, Cell::Empty]);
                t.push(which.into_iter().chain(ends(&shown.level(of), 4)).chain(less).collect());
            }
        }
    }
    t
}

/// What is told of a ward or tenth: name, unit, value.
type OfGroup = (&'static str, &'static str, fn(&Group) -> f64);

const OF_GROUP: [OfGroup; 2] = [
    ("income", "GBP a year a household", |group| group.income),
    ("in_work", "people", |group| group.in_work),
];

fn gains(all: &[Shown]) -> Table {
    let mut t = Table::new(
        "gains",
        vec![
            Column::new("scenario", "", "Scenario"),
            Column::new("reference", "", "Scenario that it is compared with; empty for a reference"),
            Column::new("broken_down_by", "", "ward or decile"),
            Column::new("member", "", "Ward, or tenth of households by income at the start, 1 the poorest"),
            Column::new("measure", "", "income: disposable; in_work: residents in work"),
            Column::new("unit", "", "Its unit"),
            Column::new("value", "as in unit", "Mean over the run's years and replicates, at full size"),
            Column::new(
                "difference",
                "as in unit",
                "Less the reference's, within replicates; empty for a reference",
            ),
            Column::new("low", "as in unit", "Lower end of its 95% interval; empty with one replicate"),
            Column::new("high", "as in unit", "Upper end of it"),
        ],
    );
    for shown in all {
        for (i, group) in shown.first().groups.iter().enumerate() {
            for (measure, unit, value) in OF_GROUP {
                let of = |digest: &Digest| digest.groups.get(i).map_or(f64::NAN, value);
                let reference = shown.against.map(|i| all[i].name);
                let less = shown.against.map(|i| ends(&shown.less(&all[i], of), 4));
                let less = less.unwrap_or([Cell::Empty, Cell::Empty, Cell::Empty]);
                let mut row: Vec<Cell> = vec![
                    shown.name.into(),
                    reference.into(),
                    group.by.into(),
                    group.member.as_str().into(),
                    measure.into(),
                    unit.into(),
                    Cell::Real(shown.level(of).mean, 4),
                ];
                row.extend(less);
                t.push(row);
            }
        }
    }
    t
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(local: f64, income: f64) -> Digest {
        let group = Group { by: "ward", member: "Armley".into(), income, in_work: 10.0 };
        Digest {
            pound: vec![("1".into(), "received in the city".into(), local)],
            groups: vec![group],
            ..Digest::default()
        }
    }

    #[test]
    fn differences_are_taken_within_replicates() {
        let shown = |name, against, runs: [(f64, f64); 2]| Shown {
            name,
            against,
            replicates: runs.into_iter().map(|(local, income)| run(local, income)).collect(),
        };
        // The replicates are far apart, their differences are not: 100 and 102.
        let all = [
            shown("as it is", None, [(0.4, 10_000.0), (0.6, 50_000.0)]),
            shown("policy", Some(0), [(0.5, 10_100.0), (0.7, 50_102.0)]),
        ];
        let [pound, _, gains] = tables(&all).try_into().unwrap();
        assert_eq!(pound.rows[0][3], Cell::Real(0.5, 6));
        let income =
            gains.rows.iter().find(|row| row[0] == "policy".into() && row[4] == "income".into()).unwrap();
        assert_eq!(income[7], Cell::Real(101.0, 4));
        let Cell::Real(low, _) = income[8] else { panic!("no interval") };
        assert!(low > 80.0 && low < 101.0, "{low}");
    }
}
