//! Levers that contradict each other in the same month, anchor and category: refused, since which of them should stand
//! is for the user to say.

use super::diagnostic::Diagnostic;
use super::rules::Sources;
use super::settings::{Group, Policy, Reach, Settings};

/// Refusals of what cannot hold together.
pub(super) fn found(settings: &Settings, sources: &Sources) -> Vec<Diagnostic> {
    let policy = &settings.policy;
    let mut faults = Vec::new();
    let reserved: Vec<_> = policy.reservation.iter().map(|l| (&l.reach, l.group)).collect();
    for (i, (a, first)) in reserved.iter().enumerate() {
        for (k, (b, second)) in reserved.iter().enumerate().skip(i + 1) {
            if first != second && *first != Group::None && *second != Group::None && meet(a, b) {
                let title =
                    "two entries of `policy.reservation` keep the same competitions for different groups";
                let help = "give them different `anchors`, `categories` or dates, or name one group that is both, \
                            as `local_sme` is";
                faults.extend(refusal(sources, ("reservation", k, "group"), title, help));
            }
        }
    }
    let defined: Vec<_> = policy.definition_of_local.iter().map(|l| (&l.reach, l.definition)).collect();
    for (i, (a, first)) in defined.iter().enumerate() {
        for (k, (b, second)) in defined.iter().enumerate().skip(i + 1) {
            if first.is_some() && second.is_some() && first != second && meet(a, b) {
                let title =
                    "two entries of `policy.definition_of_local` say different things of the same bids";
                let help = "give them different `anchors`, `categories` or dates";
                faults.extend(refusal(sources, ("definition_of_local", k, "definition"), title, help));
            }
        }
    }
    faults.extend(preferences(policy, sources));
    faults.extend(weights(policy, sources));
    faults
}

/// Points of entries that meet are added up, which only says something where they are for the same bids.
fn preferences(policy: &Policy, sources: &Sources) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let help = "give them different `anchors`, `categories` or dates, or write one entry";
    let local: Vec<_> = policy.local_preference.iter().filter(|l| l.points > 0.0).collect();
    for (i, a) in local.iter().enumerate() {
        for b in &local[i + 1..] {
            let same = (a.local, a.definition, a.up_to_gbp) == (b.local, b.definition, b.up_to_gbp);
            let entry = policy.local_preference.iter().position(|l| std::ptr::eq(l, *b));
            if let Some(entry) = entry.filter(|_| !same && meet(&a.reach, &b.reach)) {
                let title = "two entries of `policy.local_preference` give points to different bids of the same competitions";
                faults.extend(refusal(sources, ("local_preference", entry, "points"), title, help));
            }
        }
    }
    let group: Vec<_> =
        policy.group_preference.iter().filter(|l| l.points > 0.0 && l.group != Group::None).collect();
    for (i, a) in group.iter().enumerate() {
        for b in &group[i + 1..] {
            let entry = policy.group_preference.iter().position(|l| std::ptr::eq(l, *b));
            if let Some(entry) = entry.filter(|_| a.group != b.group && meet(&a.reach, &b.reach)) {
                let title = "two entries of `policy.group_preference` give points to different groups in the same competitions";
                faults.extend(refusal(sources, ("group_preference", entry, "group"), title, help));
            }
        }
    }
    faults
}

/// Least weights of quality and social value that leave less than nothing.
fn weights(policy: &Policy, sources: &Sources) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for quality in &policy.quality_weight {
        for (k, social) in policy.social_value_weight.iter().enumerate() {
            if quality.at_least + social.at_least > 1.0 + 1e-9 && meet(&quality.reach, &social.reach) {
                let title = format!(
                    "quality of at least {} and social value of at least {} are more than the whole score",
                    quality.at_least, social.at_least
                );
                let help = "lower one of them, so that they sum to 1 at the most";
                faults.extend(refusal(sources, ("social_value_weight", k, "at_least"), &title, help));
            }
        }
    }
    faults
}

fn refusal(
    sources: &Sources,
    (lever, entry, key): (&str, usize, &str),
    title: &str,
    help: &str,
) -> Option<Diagnostic> {
    let at = sources.of_entry(lever, entry, key)?;
    Some(Diagnostic::at(at, title.to_owned()).label("contradicts another entry").help(help))
}

/// Do two entries hold in some month for some need?
pub fn meet(a: &Reach, b: &Reach) -> bool {
    let share =
        |x: &[String], y: &[String]| x.is_empty() || y.is_empty() || x.iter().any(|id| y.contains(id));
    // Months are written so that they sort as text; one left out is open.
    let before = |start: &Option<String>, end: &Option<String>| match (start, end) {
        (Some(start), Some(end)) => start < end,
        _ => true,
    };
    share(&a.anchors, &b.anchors)
        && share(&a.categories, &b.categories)
        && before(&a.start, &b.end)
        && before(&b.start, &a.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_meet_where_anchors_and_months_do() {
        let reach = |anchors: &[&str], start: &str, end: &str| Reach {
            anchors: anchors.iter().map(|a| (*a).to_owned()).collect(),
            start: (!start.is_empty()).then(|| start.to_owned()),
            end: (!end.is_empty()).then(|| end.to_owned()),
            ..Reach::default()
        };
        assert!(meet(&reach(&[], "", ""), &reach(&["council"], "2027-01", "")));
        assert!(!meet(&reach(&["a"], "", ""), &reach(&["b"], "", "")));
        assert!(!meet(&reach(&[], "", "2027-01"), &reach(&[], "2027-01", "")));
        assert!(meet(&reach(&[], "", "2027-02"), &reach(&[], "2027-01", "")));
    }
}
