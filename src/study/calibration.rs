//! Does the synthesised city have the figures of the real one? Every target against its value in the city.

mod firms;
mod multipliers;
mod people;
mod procurement;

use super::{Ready, Simulation, StudyError};
use crate::place::Place;
use crate::place::city::Target;
use std::collections::BTreeMap;

/// A figure of the synthesised city, in the target's unit, and how many draws stand behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    pub value: f64,
    /// Agents counted; for a sum of unequal amounts the number of equal ones that would spread as much
    /// (Kish 1965). Infinite for what is not drawn.
    pub count: f64,
}

impl Seen {
    fn exact(value: f64) -> Seen {
        Seen { value, count: f64::INFINITY }
    }
}

/// Figures by the id of their target.
pub type Figures = BTreeMap<String, Seen>;

/// What became of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Ok,
    /// Beyond its tolerance: the check fails.
    Off,
    /// Held back, and within its tolerance.
    Check,
    /// Held back, and beyond its tolerance: shown, not failed.
    Differs,
    /// Beyond its tolerance for a reason given beforehand.
    Excused,
}

impl Verdict {
    pub fn label(self) -> &'static str {
        match self {
            Verdict::Ok => "ok",
            Verdict::Off => "off",
            Verdict::Check => "check (held back)",
            Verdict::Differs => "differs (held back)",
            Verdict::Excused => "excused",
        }
    }
}

/// A target with the city's value; none when no computation knows it.
#[derive(Clone, Debug)]
pub struct Checked {
    pub target: Target,
    pub value: Option<f64>,
    /// Relative to the target; the value itself where the target is zero.
    pub error: f64,
    /// The target's tolerance and the allowance for a scaled-down city.
    pub tolerance: f64,
    pub verdict: Verdict,
}

/// Every target of a city against the city drawn at the scenario's scale and seed; `None` for a town, which
/// has no targets.
pub fn check(ready: &Ready) -> Result<Option<Vec<Checked>>, StudyError> {
    let Place::City(facts) = &ready.place else { return Ok(None) };
    let simulation = Simulation::new(ready, 1)?;
    let scale = simulation.city.scale;
    let mut figures = Figures::new();
    people::figures(facts, &simulation.city, &mut figures);
    firms::figures(facts, &simulation, &mut figures);
    procurement::figures(facts, &simulation, &mut figures);
    multipliers::figures(facts, &simulation.city, &mut figures);
    Ok(Some(facts.targets.iter().map(|t| judge(t, figures.get(&t.id), scale)).collect()))
}

fn judge(target: &Target, seen: Option<&Seen>, scale: f64) -> Checked {
    let error = seen
        .map_or(f64::INFINITY, |s| if target.value == 0.0 { s.value } else { s.value / target.value - 1.0 });
    let tolerance = target.tolerance + seen.map_or(0.0, |s| allowance(s.count, scale));
    // A missing computation is an error whatever the target's standing.
    let verdict = match (seen.is_some(), error.abs() <= tolerance + 1e-9, target.held_back, &target.excused) {
        (false, ..) => Verdict::Off,
        (_, true, true, _) => Verdict::Check,
        (_, true, false, _) => Verdict::Ok,
        (_, false, _, Some(_)) => Verdict::Excused,
        (_, false, true, _) => Verdict::Differs,
        (_, false, false, _) => Verdict::Off,
    };
    Checked { target: target.clone(), value: seen.map(|s| s.value), error, tolerance, verdict }
}

/// What a city drawn at less than full scale may miss by: two standard errors of a count, with the correction
/// for a finite population, so that it vanishes at full scale.
pub fn allowance(count: f64, scale: f64) -> f64 {
    2.0 * ((1.0 - scale).max(0.0) / count.max(1.0)).sqrt()
}

/// Sum and number of equal amounts that would spread as much.
#[derive(Clone, Copy, Default)]
struct Sum {
    total: f64,
    squares: f64,
}

impl Sum {
    fn add(&mut self, x: f64) {
        self.total += x;
        self.squares += x * x;
    }
    fn count(self) -> f64 {
        if self.squares > 0.0 { self.total * self.total / self.squares } else { 0.0 }
    }
    /// Pence a month of a scaled city as pounds a year of the whole one.
    fn yearly(self, scale: f64) -> Seen {
        Seen { value: self.total * 0.12 / scale, count: self.count() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn allowance_vanishes_at_full_scale() {
        assert_eq!(allowance(100.0, 1.0), 0.0);
        assert!((allowance(100.0, 0.05) - 0.195).abs() < 1e-3);
        assert_eq!(allowance(f64::INFINITY, 0.05), 0.0);
    }

    #[test]
    fn a_hundred_equal_amounts_count_a_hundred() {
        let mut sum = Sum::default();
        (0..100).for_each(|_| sum.add(3.0));
        assert!((sum.count() - 100.0).abs() < 1e-9);
    }
}
