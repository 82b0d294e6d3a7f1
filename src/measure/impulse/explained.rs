//! Which mechanism makes how much of the difference between the textbook's multiplier and this one.

use super::{MEASURES, over};
use crate::measure::compare::{Difference, difference};
use crate::measure::table::{Cell, Column, Table};

/// The multiplier of one set of mechanisms in each replicate, in the order of [`MEASURES`].
pub type Multipliers = Vec<Vec<f64>>;

/// A mechanism switched on.
#[derive(Clone, Debug)]
pub struct Step {
    pub name: &'static str,
    /// This mechanism and no other.
    pub alone: Multipliers,
    /// This one with all those before it.
    pub together: Multipliers,
}

/// Fewer replicates than this tell luck from no mechanism.
pub const ENOUGH: usize = 4;

/// All off, then each step; the first is what comes with any mechanism, on which each of the others stands alone.
#[derive(Clone, Debug)]
pub struct Explained {
    pub off: Multipliers,
    pub steps: Vec<Step>,
}

fn gap(from: &Multipliers, to: &Multipliers, measure: usize) -> Difference {
    let pairs: Vec<(f64, f64)> = from.iter().zip(to).map(|(a, b)| (a[measure], b[measure])).collect();
    difference(&pairs)
}

impl Explained {
    pub fn all_off(&self, measure: usize) -> Difference {
        over(self.off.iter().map(|m| m[measure]))
    }

    pub fn all_on(&self, measure: usize) -> Difference {
        over(self.steps.last().map_or(&self.off, |s| &s.together).iter().map(|m| m[measure]))
    }

    /// What to beware of.
    pub fn warning(&self) -> Option<String> {
        let n = self.off.len();
        (n < ENOUGH).then(|| {
            format!(
                "{n} replicate{}: what a step adds may be luck alone; ask for --replicates {ENOUGH} or more",
                if n == 1 { "" } else { "s" }
            )
        })
    }

    /// What the first step adds to all off, what each of the others adds to it alone, and what each adds on top of the
    /// steps before it; the latter sum to all on less all off.
    pub fn effects(&self, measure: usize) -> Vec<(&'static str, Difference, Difference)> {
        let before = std::iter::once(&self.off).chain(self.steps.iter().map(|s| &s.together));
        let steps = self.steps.iter().zip(before);
        let base = self.steps.first().map_or(&self.off, |s| &s.alone);
        let ground = |k: usize| if k == 0 { &self.off } else { base };
        steps
            .enumerate()
            .map(|(k, (s, before))| {
                (s.name, gap(ground(k), &s.alone, measure), gap(before, &s.together, measure))
            })
            .collect()
    }

    /// `impulse_explained.csv`.
    pub fn table(&self) -> Table {
        let mut table = Table::new(
            "impulse_explained",
            vec![
                Column::new("measure", "", "Multiplier of the city at the end of the run"),
                Column::new("unit", "", "Its unit"),
                Column::new("step", "", "all_off, each mechanism in the order it is switched on, all_on"),
                Column::new(
                    "way",
                    "",
                    "level; alone (added to the first step; of the first step, to all off); together (on top of the steps \
                     before)",
                ),
                Column::new("value", "as in unit", "Multiplier, or its change; mean over replicates"),
                Column::new("low", "as in unit", "Lower end of the 95% interval; empty with one replicate"),
                Column::new("high", "as in unit", "Upper end of it"),
            ],
        );
        for (k, measure) in MEASURES.iter().enumerate() {
            let unit = if measure.unit == "jobs" { "job-years per GBP million" } else { "GBP per pound" };
            let mut push = |step: &str, way: &str, d: Difference| {
                let end = |x: Option<f64>| x.map_or(Cell::Empty, |x| Cell::Real(x, 6));
                table.push(vec![
                    measure.id.into(),
                    unit.into(),
                    step.into(),
                    way.into(),
                    Cell::Real(d.mean, 6),
                    end(d.interval.map(|i| i.0)),
                    end(d.interval.map(|i| i.1)),
                ]);
            };
            push("all_off", "level", self.all_off(k));
            for (name, alone, together) in self.effects(k) {
                push(name, "alone", alone);
                push(name, "together", together);
            }
            push("all_on", "level", self.all_on(k));
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2 with all off, 1.5 with the first on, 1.8 with the second alone, 1.2 with both: -0.5, then -0.3 on top of it.
    #[test]
    fn steps_sum_to_the_whole() {
        let all = |x: f64| vec![vec![x; 4]];
        let explained = Explained {
            off: all(2.0),
            steps: vec![
                Step { name: "a", alone: all(1.5), together: all(1.5) },
                Step { name: "b", alone: all(1.8), together: all(1.2) },
            ],
        };
        let effects = explained.effects(0);
        let together: Vec<f64> = effects.iter().map(|e| e.2.mean).collect();
        assert!((together[0] + 0.5).abs() < 1e-12 && (together[1] + 0.3).abs() < 1e-12);
        // Alone it stands on the first step: 1.8 - 1.5.
        assert!((effects[1].1.mean - 0.3).abs() < 1e-12);
        assert!((explained.all_on(0).mean - 1.2).abs() < 1e-12);
    }
}
