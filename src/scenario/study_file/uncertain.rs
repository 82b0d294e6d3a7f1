//! Settings that are not known for sure: a range and a law for each.

use super::parts::Reading;
use super::{Leaf, Planned};
use crate::scenario::diagnostic::{Origin, suggest};
use crate::scenario::error::ScenarioError;
use crate::scenario::keys;
use crate::scenario::load::Scenario;
use crate::scenario::overrides::Assignment;
use crate::scenario::shape::{Shape, of_settings};
use crate::scenario::tree::{Node, Value};

/// How likely values within the range are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Law {
    Uniform,
    /// Uniform in the logarithm.
    LogUniform,
    /// Most likely at the mode, falling in a straight line to nothing at both ends.
    Triangular {
        mode: f64,
    },
}

/// A setting with its range.
#[derive(Clone, Debug)]
pub struct Uncertain {
    pub key: String,
    pub low: f64,
    pub high: f64,
    pub law: Law,
    /// A setting that takes whole numbers.
    pub whole: bool,
    /// Where the range comes from, of one that the defaults give.
    pub basis: Option<String>,
    at: Origin,
}

impl Uncertain {
    /// The value below which a share `u` (0 to 1) of the probability lies.
    pub fn value(&self, u: f64) -> f64 {
        let (low, high) = (self.low, self.high);
        let x = if self.whole {
            // Each whole number of the range is as likely as its neighbour.
            (low + (u * (high - low + 1.0)).floor()).min(high)
        } else {
            match self.law {
                Law::Uniform => low + u * (high - low),
                Law::LogUniform => libm::exp(libm::log(low) + u * (libm::log(high) - libm::log(low))),
                Law::Triangular { mode } => {
                    let below = (mode - low) / (high - low);
                    if u < below {
                        low + ((high - low) * (mode - low) * u).sqrt()
                    } else {
                        high - ((high - low) * (high - mode) * (1.0 - u)).sqrt()
                    }
                }
            }
        };
        x.clamp(low, high)
    }

    /// Whether a scenario has this setting: an entry of a lever may be missing in it.
    pub fn applies_to(&self, scenario: &Scenario) -> bool {
        self.set(self.low).is_ok_and(|set| set.fits(&scenario.sources))
    }

    /// The setting at a value.
    pub fn set(&self, value: f64) -> Result<Assignment, ScenarioError> {
        let value = if self.whole { Value::Whole(value as i64) } else { Value::Real(value) };
        let node = Node { value, at: self.at.clone() };
        Assignment::written(&self.key, &self.at, node).map_err(ScenarioError::Invalid)
    }
}

/// The ranges as written, each end tried on the scenarios.
pub(super) fn read(written: &[Leaf], planned: &[Planned], read: &mut Reading) -> Vec<Uncertain> {
    let mut all = Vec::new();
    for (key, at, node) in written {
        let before = read.faults.len();
        let Some(one) = range(key, at, node, read) else { continue };
        let mut applies = false;
        for end in [one.low, one.high] {
            let set = match one.set(end) {
                Ok(set) => set,
                Err(ScenarioError::Invalid(faults)) => {
                    read.faults.extend(faults);
                    break;
                }
                Err(_) => break,
            };
            let first = planned.iter().find(|one| set.fits(&one.scenario.sources));
            applies |= first.is_some();
            if let Some(Err(ScenarioError::Invalid(faults))) = first.map(|p| p.scenario.with(vec![set])) {
                read.faults.extend(faults);
            }
        }
        if !applies && read.faults.len() == before {
            read.fault(at, format!("no scenario of the study has `{key}`"), "in none", None);
        }
        all.push(one);
    }
    all
}

/// The settings whose ranges stand in the defaults and that `names` ask for, but for those that the study gives a range of
/// its own.
pub(super) fn from_defaults(
    names: &[(String, Origin)],
    own: &[Leaf],
    planned: &[Planned],
    read: &mut Reading,
) -> Vec<Uncertain> {
    // A town's file says all of a town, so what departs from a city's data does nothing there.
    let city = planned.iter().any(|one| !one.scenario.settings.place.ends_with(".toml"));
    let mut all: Vec<Uncertain> = Vec::new();
    for (name, at) in names {
        let within = |path: &str| name == ALL || path == name || path.starts_with(&format!("{name}."));
        let mut any = false;
        for (path, key) in keys::all() {
            let Some(range) = key.uncertain.as_ref().filter(|_| within(path)) else { continue };
            let departs = path.starts_with("city.");
            if departs && !city && name != ALL {
                let title = format!("`{path}` departs from the data of a city, and this study is of a town");
                read.fault(at, title, "does nothing in a town", None);
            }
            any = true;
            let taken = own.iter().any(|leaf| leaf.0 == *path) || all.iter().any(|one| one.key == *path);
            if !taken && (city || !departs) {
                all.push(Uncertain {
                    key: path.clone(),
                    low: range.low,
                    high: range.high,
                    law: if range.log { Law::LogUniform } else { Law::Uniform },
                    whole: matches!(shape_of(path), Some(Shape::Whole(_))),
                    basis: Some(range.basis.clone()),
                    at: at.clone(),
                });
            }
        }
        if !any {
            let with_range = || keys::all().iter().filter(|(_, key)| key.uncertain.is_some());
            let paths = || with_range().map(|(path, _)| path.as_str());
            // Tables first: of a long list only the beginning is shown.
            let mut known: Vec<&str> = paths().filter_map(|path| path.split('.').next()).collect();
            known.dedup();
            known.insert(0, ALL);
            known.extend(paths());
            let title = format!("no setting `{name}` has a range in the defaults");
            read.fault(at, title, "unknown, or without a range", suggest(name, &known));
        }
    }
    all
}

/// Every setting that has a range.
const ALL: &str = "all";

const KEYS: [&str; 4] = ["low", "high", "distribution", "mode"];
const LAWS: [&str; 3] = ["uniform", "log_uniform", "triangular"];

fn range(key: &str, at: &Origin, node: &Node, read: &mut Reading) -> Option<Uncertain> {
    let help = || Some(format!("for example `\"{key}\" = {{ low = 1, high = 2 }}`"));
    let Some(table) = node.table() else {
        read.fault(&node.at, format!("`{key}` needs a range"), "no table", help());
        return None;
    };
    let before = read.faults.len();
    for (name, member) in table {
        if !KEYS.contains(&name.as_str()) {
            read.fault(&member.key, format!("a range has no key `{name}`"), "unknown", suggest(name, &KEYS));
        }
    }
    let number = |name: &str| node.get(name).and_then(|n| n.value.number()).filter(|x| x.is_finite());
    let (Some(low), Some(high)) = (number("low"), number("high")) else {
        read.fault(&node.at, format!("the range of `{key}` needs `low` and `high`"), "incomplete", help());
        return None;
    };
    if low >= high {
        let title = format!("the range of `{key}` runs from {low} to {high}, which is none");
        read.fault(&node.at, title, "`low` must be below `high`", None);
    }
    let named = node.get("distribution");
    let law = match (named.map(|n| n.text().unwrap_or_default()), number("mode")) {
        (None | Some("uniform"), None) => Law::Uniform,
        (Some("log_uniform"), None) if low > 0.0 => Law::LogUniform,
        (Some("triangular"), mode) => {
            let mode = mode.unwrap_or((low + high) / 2.0);
            if !(low..=high).contains(&mode) {
                read.fault(&node.at, format!("the mode {mode} lies outside the range"), "outside", None);
            }
            Law::Triangular { mode }
        }
        (Some("log_uniform"), None) => {
            read.fault(&node.at, format!("`{key}` reaches 0, which has no logarithm"), "above 0", None);
            Law::Uniform
        }
        (Some(word), None) => {
            let at = named.map_or(&node.at, |n| &n.at);
            let title = format!("there is no distribution \"{word}\"");
            read.fault(at, title, "unknown", suggest(word, &LAWS));
            Law::Uniform
        }
        (_, Some(_)) => {
            let title = "only a triangular distribution has a `mode`".to_owned();
            read.fault(&node.at, title, "`mode`", Some("say `distribution = \"triangular\"`".into()));
            Law::Uniform
        }
    };
    let whole = matches!(shape_of(key), Some(Shape::Whole(_)));
    if whole && (law != Law::Uniform || low.fract() != 0.0 || high.fract() != 0.0) {
        let title = format!("`{key}` takes whole numbers: its range is uniform between whole numbers");
        read.fault(&node.at, title, "whole numbers", None);
    }
    (read.faults.len() == before).then(|| Uncertain {
        key: key.into(),
        low,
        high,
        law,
        whole,
        basis: None,
        at: at.clone(),
    })
}

/// The shape at a dotted key, names in brackets left out.
fn shape_of(key: &str) -> Option<&'static Shape> {
    let mut shape = of_settings();
    let plain: String = match (key.find('['), key.rfind(']')) {
        (Some(from), Some(to)) => format!("{}{}", &key[..from], &key[to + 1..]),
        _ => key.to_owned(),
    };
    for step in plain.split('.') {
        if let Shape::List(item) = shape {
            shape = item;
        }
        shape = shape.get(step)?;
    }
    Some(shape)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Source;
    use std::sync::Arc;

    fn made(low: f64, high: f64, law: Law, whole: bool) -> Uncertain {
        let source = Arc::new(Source { label: "test".into(), text: String::new(), dir: None });
        Uncertain {
            key: "run.years".into(),
            low,
            high,
            law,
            whole,
            basis: None,
            at: Origin { source, span: 0..0 },
        }
    }

    /// Quantiles by hand: the middle of 1 to 100 in the logarithm is 10; a triangle from 0 to 2 with its mode at 1 has
    /// half of its weight below 1 and an eighth below 0.5.
    #[test]
    fn quantiles_by_hand() {
        assert!((made(1.0, 100.0, Law::LogUniform, false).value(0.5) - 10.0).abs() < 1e-9);
        let triangle = made(0.0, 2.0, Law::Triangular { mode: 1.0 }, false);
        assert!((triangle.value(0.5) - 1.0).abs() < 1e-12 && (triangle.value(0.125) - 0.5).abs() < 1e-12);
        let counts = made(3.0, 5.0, Law::Uniform, true);
        assert_eq!([0.0, 0.34, 0.67, 1.0].map(|u| counts.value(u)), [3.0, 4.0, 5.0, 5.0]);
    }
}
