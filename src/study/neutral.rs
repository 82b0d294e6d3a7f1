//! Levers that are pulled and stand at their neutral value: they change nothing.

use super::Ready;
use crate::scenario::levers::{Lever, find};
use serde_json::Value;

/// What to tell of such levers. One that a sweep takes through its values is meant to stand there.
pub(super) fn warnings(ready: &Ready, swept: &[(String, String)]) -> Vec<String> {
    let settings = &ready.scenario.settings;
    let Ok(policy) = serde_json::to_value(&settings.policy) else { return Vec::new() };
    let told = |(lever, i, reach): (&'static str, usize, &crate::scenario::settings::Reach)| {
        if swept.iter().any(|(key, _)| key.starts_with(&format!("policy.{lever}"))) {
            return None;
        }
        let at = at_neutral(find(lever)?, &policy[lever][i])?;
        let called =
            reach.name.as_ref().map_or_else(|| format!("entry {}", i + 1), |name| format!("\"{name}\""));
        Some(format!(
            "`policy.{lever}` ({called}) of `{}` changes nothing: it stands at its neutral value ({at}); `recirc levers {lever}` \
             shows others",
            settings.name
        ))
    };
    settings.policy.reaches().into_iter().filter_map(told).collect()
}

/// The fields that make an entry neutral, with their values: all that are numbers, or all that are words; a field that has a
/// neutral value only by being left out does so where there is no other. A number that may be left out, and is, changes nothing.
fn at_neutral(lever: &Lever, entry: &Value) -> Option<String> {
    let (mut numbers, mut words, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
    for &(key, _, neutral) in lever.units {
        match (neutral, neutral.parse::<f64>()) {
            ("any", _) => {}
            ("left out", _) => left_out.push((format!("no `{key}`"), entry[key].is_null())),
            (_, Ok(number)) => {
                let value = &entry[key];
                let is = value.is_null() || value.as_f64() == Some(number);
                numbers.push((format!("`{key} = {number}`"), is));
            }
            (word, _) => words.push((format!("`{key} = \"{word}\"`"), entry[key].as_str() == Some(word))),
        }
    }
    if numbers.is_empty() && words.is_empty() {
        words = left_out;
    }
    let all = |fields: Vec<(String, bool)>| {
        let neutral = !fields.is_empty() && fields.iter().all(|(_, is)| *is);
        neutral.then(|| fields.into_iter().map(|(told, _)| told).collect::<Vec<_>>().join(", "))
    };
    all(numbers).or_else(|| all(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::levers::LEVERS;

    fn of(lever: &Lever, fields: &str) -> Option<String> {
        let entry: toml::Table = fields.parse().unwrap();
        at_neutral(lever, &serde_json::to_value(entry).unwrap())
    }

    /// Every lever, by its own neutral entry and its own example.
    #[test]
    fn neutral_entries_are_told_and_examples_are_not() {
        for lever in LEVERS {
            assert!(of(lever, lever.neutral).is_some(), "{} at its neutral value", lever.name);
            assert_eq!(of(lever, lever.example), None, "{} by its example", lever.name);
        }
    }

    #[test]
    fn what_names_nobody_or_gives_nothing_is_neutral() {
        let lever = find("group_preference").unwrap();
        assert_eq!(of(lever, "points = 0\ngroup = \"sme\"").unwrap(), "`points = 0`");
        assert_eq!(of(lever, "points = 5\ngroup = \"none\"").unwrap(), "`group = \"none\"`");
        assert_eq!(of(lever, "points = 5\ngroup = \"sme\""), None);
    }
}
