//! A policy's effect, split by mechanism and by lever. Every part is taken within a replicate, so parts sum as they should
//! in each, and have intervals.

use super::compare::{Difference, difference};
use super::shapley::{self, shapley};
use super::table::{Cell, Column, Metric, Table};

/// The metrics of each replicate.
pub type Runs = [Vec<Metric>];

/// How an effect was split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The effect with every mechanism as the scenario has it.
    Whole,
    /// The effect less what is left of it when this mechanism is off.
    MechanismOff,
    /// The lever's Shapley value.
    Shapley,
    /// The lever pulled by itself.
    LeverAlone,
    /// The effect less what the others have without this lever.
    LeverLast,
}

impl Way {
    pub fn label(self) -> &'static str {
        match self {
            Way::Whole => "whole",
            Way::MechanismOff => "mechanism_off",
            Way::Shapley => "lever_shapley",
            Way::LeverAlone => "lever_alone",
            Way::LeverLast => "lever_last",
        }
    }
}

/// One part of a scenario's effect: a difference for each metric.
#[derive(Clone, Debug)]
pub struct Part {
    pub scenario: String,
    pub way: Way,
    /// The mechanism or the lever's entry; empty for the whole.
    pub of: String,
    pub differences: Vec<Difference>,
}

/// Which metric differs by how much in each replicate: `[metric][replicate]`.
type Gaps = Vec<Vec<f64>>;

fn gaps(reference: &Runs, policy: &Runs) -> Gaps {
    let metrics = reference.first().map_or(0, Vec::len);
    (0..metrics)
        .map(|m| reference.iter().zip(policy).map(|(a, b)| b[m].value - a[m].value).collect())
        .collect()
}

fn part(scenario: &str, way: Way, of: &str, gaps: &Gaps) -> Part {
    let over = |values: &Vec<f64>| difference(&values.iter().map(|x| (0.0, *x)).collect::<Vec<_>>());
    Part { scenario: scenario.into(), way, of: of.into(), differences: gaps.iter().map(over).collect() }
}

fn less(a: &Gaps, b: &Gaps) -> Gaps {
    a.iter().zip(b).map(|(a, b)| a.iter().zip(b).map(|(a, b)| a - b).collect()).collect()
}

/// The whole effect.
pub fn whole(scenario: &str, reference: &Runs, policy: &Runs) -> Part {
    part(scenario, Way::Whole, "", &gaps(reference, policy))
}

/// What a mechanism brings: the effect with it, less the effect without it. Each pair is reference and policy.
pub fn mechanism(scenario: &str, name: &str, with: [&Runs; 2], without: [&Runs; 2]) -> Part {
    let bought = less(&gaps(with[0], with[1]), &gaps(without[0], without[1]));
    part(scenario, Way::MechanismOff, name, &bought)
}

/// What each lever brings. `runs` gives the replicates of a subset of levers, the empty one being the reference.
pub fn levers<'a>(scenario: &str, names: &[String], runs: impl Fn(u64) -> &'a Runs) -> Vec<Part> {
    let n = names.len();
    let all = (1u64 << n) - 1;
    let effect = |subset: u64| gaps(runs(0), runs(subset));
    let mut parts = Vec::new();
    if n <= shapley::MOST {
        let effects: Vec<Gaps> = (0..=all).map(effect).collect();
        for (i, name) in names.iter().enumerate() {
            let shares: Gaps = (0..effects[0].len())
                .map(|m| {
                    let replicates = effects[0][m].len();
                    let share =
                        |r: usize| shapley(n, &effects.iter().map(|e| e[m][r]).collect::<Vec<_>>())[i];
                    (0..replicates).map(share).collect()
                })
                .collect();
            parts.push(part(scenario, Way::Shapley, name, &shares));
        }
    }
    for (i, name) in names.iter().enumerate() {
        parts.push(part(scenario, Way::LeverAlone, name, &effect(1 << i)));
        parts.push(part(scenario, Way::LeverLast, name, &less(&effect(all), &effect(all ^ 1 << i))));
    }
    parts
}

/// `attribution.csv`.
pub fn table(parts: &[Part], metrics: &[Metric]) -> Table {
    let mut table = Table::new(
        "attribution",
        vec![
            Column::new("scenario", "", "Scenario whose effect is split"),
            Column::new(
                "way",
                "",
                "whole; mechanism_off (the effect less what is left with the mechanism off); lever_shapley (sums to \
                 the whole); lever_alone; lever_last (the effect less that of the other levers)",
            ),
            Column::new("part", "", "Mechanism, or entry of a lever"),
            Column::new("metric", "", "What is measured"),
            Column::new("unit", "", "Its unit"),
            Column::new("difference", "as in unit", "The part of the difference from the reference"),
            Column::new("low", "as in unit", "Lower end of its 95% interval; empty with one replicate"),
            Column::new("high", "as in unit", "Upper end of it"),
        ],
    );
    for part in parts {
        for (metric, d) in metrics.iter().zip(&part.differences) {
            let end = |x: Option<f64>| x.map_or(Cell::Empty, |x| Cell::Real(x, 6));
            table.push(vec![
                part.scenario.as_str().into(),
                part.way.label().into(),
                part.of.as_str().into(),
                metric.id.into(),
                metric.unit.into(),
                Cell::Real(d.mean, 6),
                end(d.interval.map(|i| i.0)),
                end(d.interval.map(|i| i.1)),
            ]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(values: [f64; 2]) -> Vec<Vec<Metric>> {
        let metric = |value| vec![Metric { id: "made", value, unit: "ratio", meaning: "Made up" }];
        values.map(metric).to_vec()
    }

    /// Two levers worth 1 and 2, and 4 together (3 and 6 in the second replicate): shares 1.5 and 2.5, sum 4.
    #[test]
    fn levers_sum_to_the_whole() {
        let all = [runs([10.0, 20.0]), runs([11.0, 21.0]), runs([12.0, 22.0]), runs([14.0, 26.0])];
        let names = ["a".to_owned(), "b".to_owned()];
        let parts = levers("made up", &names, |s| &all[s as usize]);
        let mean = |way: Way, of: &str| {
            parts.iter().find(|p| p.way == way && p.of == of).unwrap().differences[0].mean
        };
        assert_eq!((mean(Way::Shapley, "a"), mean(Way::Shapley, "b")), (2.0, 3.0));
        let whole = whole("made up", &all[0], &all[3]).differences[0].mean;
        assert_eq!(mean(Way::Shapley, "a") + mean(Way::Shapley, "b"), whole);
        assert_eq!((mean(Way::LeverAlone, "a"), mean(Way::LeverLast, "a")), (1.0, 3.0));
        assert_eq!(table(&parts, &all[0][0]).rows.len(), 6);
    }

    /// With the mechanism the policy is worth 5, without it 2: the mechanism brings 3.
    #[test]
    fn a_mechanism_brings_what_is_lost_without_it() {
        let of = mechanism(
            "made up",
            "capacity",
            [&runs([1.0, 1.0]), &runs([6.0, 6.0])],
            [&runs([2.0, 2.0]), &runs([4.0, 4.0])],
        );
        assert_eq!(of.differences[0].mean, 3.0);
    }
}
