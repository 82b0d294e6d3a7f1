//! Sweeps: every combination of the values of keys, each a scenario.

use super::parts::Reading;
use super::sweep_names::{Made, named, tell_apart};
use super::{Leaf, MOST_SCENARIOS as MOST, Planned};
use crate::scenario::diagnostic::{Diagnostic, Origin};
use crate::scenario::error::ScenarioError;
use crate::scenario::overrides::Assignment;
use crate::scenario::tree::{Member, Node, Value};

/// One value of one key.
struct Point {
    key: String,
    shown: String,
    set: Assignment,
}

/// Add the scenarios of each sweep. A key outside `policy` and `impulse` changes the city, so the reference is run under
/// the same value, and the variant is compared with that.
pub(super) fn expand(
    planned: &mut Vec<Planned>,
    sweeps: &[(Node, Vec<Leaf>)],
    read: &mut Reading,
) -> Result<(), ScenarioError> {
    let mut made: Vec<Made> = Vec::new();
    for (node, over) in sweeps {
        let Some(of) = of(node, planned, read) else { continue };
        let mut axes: Vec<(bool, Vec<Point>)> = Vec::new();
        for (key, at, values) in over {
            let policy = key.starts_with("policy.") || key.starts_with("impulse.");
            let points = values_of(values, read).into_iter();
            let points = points.filter_map(|value| point(key, at, value, read)).collect();
            axes.push((policy, points));
        }
        if over.is_empty() {
            let help = "for example `over = { \"norms.peer_weight\" = [0.2, 0.5, 0.8] }`".to_owned();
            read.fault(&node.at, "a sweep needs `over`".into(), "sweeps over nothing", Some(help));
        }
        let size = axes.iter().map(|(_, points)| points.len()).fold(1usize, usize::saturating_mul);
        let others = planned.len();
        if others + size.min(MOST) > MOST {
            let title = format!(
                "this sweep makes {size} scenarios, the study has {others} beside them, and {MOST} are the most"
            );
            let help = "sweep over fewer values, or make a study of each sweep".to_owned();
            read.fault(&node.at, title, "too many combinations", Some(help));
        }
        read.tell()?;
        for i in 0..size {
            let mut rest = i;
            let mut chosen: Vec<(bool, &Point)> = Vec::new();
            for (policy, points) in axes.iter().rev() {
                chosen.push((*policy, &points[rest % points.len()]));
                rest /= points.len();
            }
            chosen.reverse();
            add((&mut *planned, &mut made), of, &chosen, read);
        }
        read.tell()?;
        tell_apart(planned, &mut made, read);
    }
    read.tell()?;
    read.unlike_names(planned);
    read.tell()
}

fn of(node: &Node, planned: &[Planned], read: &mut Reading) -> Option<usize> {
    match node.get("of") {
        Some(named) => read.variant(named.text().unwrap_or_default(), &named.at, planned),
        None => {
            let help = "for example `of = \"local first\"`".to_owned();
            read.fault(&node.at, "a sweep says which variant it changes".into(), "needs `of`", Some(help));
            None
        }
    }
}

fn point(key: &str, at: &Origin, value: Node, read: &mut Reading) -> Option<Point> {
    let shown = match value.plain() {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    };
    match Assignment::written(key, at, value) {
        Ok(set) => Some(Point { key: key.to_owned(), shown, set }),
        Err(faults) => {
            read.faults.extend(faults);
            None
        }
    }
}

/// The scenario with these values, and its reference with those that change the city. One that is there already, by what it
/// comes from and what is set, is not made twice.
fn add(
    (planned, made): (&mut Vec<Planned>, &mut Vec<Made>),
    of: usize,
    chosen: &[(bool, &Point)],
    read: &mut Reading,
) {
    let mut against = planned[of].against;
    let mut scenario = |base: usize, points: Vec<&Point>, against: Option<usize>| {
        let swept: Vec<(String, String)> =
            points.iter().map(|point| (point.key.clone(), point.shown.clone())).collect();
        if let Some(same) = made.iter().find(|one| one.base == base && planned[one.at].swept == swept) {
            return Some(same.at);
        }
        let mut sets: Vec<Assignment> = points.iter().map(|point| point.set.clone()).collect();
        let one = Made { base, at: planned.len(), steps: vec![1; swept.len()] };
        sets.extend(named(planned, &one, &swept));
        match planned[base].scenario.with(sets) {
            Ok(scenario) => {
                planned.push(Planned { scenario, against, swept });
                made.push(one);
                Some(planned.len() - 1)
            }
            Err(ScenarioError::Invalid(faults)) => {
                read.faults.extend(faults);
                None
            }
            Err(other) => {
                read.faults.push(Diagnostic::new(other.to_string()));
                None
            }
        }
    };
    let city: Vec<&Point> = chosen.iter().filter(|(policy, _)| !policy).map(|(_, point)| *point).collect();
    if let (false, Some(reference)) = (city.is_empty(), against) {
        against = scenario(reference, city, None);
    }
    scenario(of, chosen.iter().map(|(_, point)| *point).collect(), against);
}

/// The values of a list, or of a range.
fn values_of(node: &Node, read: &mut Reading) -> Vec<Node> {
    if let Some(list) = node.list() {
        if list.is_empty() {
            read.fault(&node.at, "a sweep over no value".into(), "an empty list", None);
        }
        return list.to_vec();
    }
    let Some(table) = node.table() else {
        let help = "for example `[0, 5, 10]`, or `{ from = 0, to = 20, step = 5 }`".to_owned();
        read.fault(&node.at, "a sweep takes a list or a range".into(), "neither", Some(help));
        return Vec::new();
    };
    for (key, Member { key: at, .. }) in table {
        if !["from", "to", "step", "count"].contains(&key.as_str()) {
            let help = crate::scenario::suggest(key, &["from", "to", "step", "count"]);
            read.fault(at, format!("a range has no key `{key}`"), "unknown", help);
        }
    }
    let number = |key: &str| node.get(key).and_then(|n| n.value.number()).filter(|x| x.is_finite());
    let whole = table.values().all(|member| matches!(member.node.value, Value::Whole(_)));
    let (from, to) = (number("from"), number("to"));
    let count = match (from, to, number("step"), number("count")) {
        (Some(from), Some(to), Some(step), None) if step > 0.0 && to >= from => {
            Some(((to - from) / step + 1e-9).floor() + 1.0)
        }
        (Some(from), Some(to), None, Some(count)) if count >= 2.0 && count.fract() == 0.0 && to > from => {
            Some(count)
        }
        _ => None,
    };
    let (Some(from), Some(to), Some(count)) = (from, to, count.filter(|count| *count <= MOST as f64)) else {
        let help =
            "`from` below `to`, with `step` above 0 or `count` from 2 (at most 2000 values)".to_owned();
        read.fault(&node.at, "this range cannot be read".into(), "a range", Some(help));
        return Vec::new();
    };
    let step = number("step").unwrap_or((to - from) / (count - 1.0));
    let whole = whole && step.fract() == 0.0;
    let value = |i: usize| {
        // Rounded to twelve places, so that 0.1 + 2 x 0.1 is called 0.3.
        let x = ((from + step * i as f64) * 1e12).round() / 1e12;
        if whole { Value::Whole(x as i64) } else { Value::Real(x) }
    };
    (0..count as usize).map(|i| Node { value: value(i), at: node.at.clone() }).collect()
}
