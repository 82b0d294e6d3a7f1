//! What scenarios of sweeps are called: by the last word of each key, and by more of it where two would be called the same.

use super::Planned;
use super::parts::Reading;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::error::ScenarioError;
use crate::scenario::overrides::{Assignment, split};
use crate::scenario::tree::{Node, Value};
use std::collections::BTreeMap;

/// A scenario that a sweep made.
pub(super) struct Made {
    /// What it comes from, and where it stands, among the scenarios of the study.
    pub base: usize,
    pub at: usize,
    /// How many steps of each key its name has, from the last.
    pub steps: Vec<usize>,
}

/// The name of a scenario with these keys and values.
fn name(planned: &[Planned], made: &Made, swept: &[(String, String)]) -> String {
    let words = swept.iter().zip(&made.steps).map(|((key, value), steps)| {
        let all = split(key);
        format!("{} {value}", all[all.len().saturating_sub(*steps)..].join("."))
    });
    format!("{}, {}", planned[made.base].name(), words.collect::<Vec<_>>().join(", "))
}

/// The same as a setting, which stands where the base has its name.
pub(super) fn named(planned: &[Planned], made: &Made, swept: &[(String, String)]) -> Option<Assignment> {
    let at = planned[made.base].scenario.sources.at(&["name"]).cloned()?;
    let node = Node { value: Value::Text(name(planned, made, swept)), at: at.clone() };
    Assignment::written("name", &at, node).ok()
}

/// Lengthen names until no two scenarios have the same, or there is no more of a key to say.
pub(super) fn tell_apart(planned: &mut [Planned], made: &mut [Made], read: &mut Reading) {
    loop {
        let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (i, one) in planned.iter().enumerate() {
            alike.entry(one.name().to_ascii_lowercase()).or_default().push(i);
        }
        alike.retain(|_, all| all.len() > 1);
        let mut longer = false;
        for one in made.iter_mut() {
            let Some(all) = alike.get(&planned[one.at].name().to_ascii_lowercase()) else { continue };
            let swept = &planned[one.at].swept;
            for (k, (key, _)) in swept.iter().enumerate() {
                // A key that all of them have at the same place tells nothing.
                let same =
                    |other: &usize| planned[*other].swept.get(k).is_some_and(|(other, _)| other == key);
                if !all.iter().all(same) && one.steps[k] < split(key).len() {
                    one.steps[k] += 1;
                    longer = true;
                }
            }
        }
        if !longer {
            return;
        }
        for one in made.iter() {
            if name(planned, one, &planned[one.at].swept) == planned[one.at].name() {
                continue;
            }
            let set = named(planned, one, &planned[one.at].swept);
            match planned[one.at].scenario.with(set.into_iter().collect()) {
                Ok(scenario) => planned[one.at].scenario = scenario,
                Err(ScenarioError::Invalid(faults)) => return read.faults.extend(faults),
                Err(other) => return read.faults.push(Diagnostic::new(other.to_string())),
            }
        }
    }
}
