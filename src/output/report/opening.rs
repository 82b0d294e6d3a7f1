//! The first sentences of the report, and how far its intervals may be trusted.

use super::view::{Of, Verdict, View};
use super::words::{capital, number};

/// The first sentences of the report.
pub fn opening(view: &View) -> Vec<String> {
    let mut told = Vec::new();
    let policies: Vec<&Of> = view.policies().collect();
    let verdicts = |metric: &str| -> Vec<Verdict> {
        policies.iter().filter_map(|of| Some(of.gaps.get(metric)?.verdict())).collect()
    };
    let income = verdicts("household_income");
    let count = |which: Verdict| income.iter().filter(|verdict| **verdict == which).count();
    let them = |n: usize| if n == 1 { "1 policy".to_owned() } else { format!("{n} policies") };
    if policies.is_empty() {
        told.push("One scenario by itself: nothing is compared, so this report says where money goes and not what a policy changes.".into());
    } else if count(Verdict::OneDraw) > 0 {
        told.push(format!(
            "{} compared with {}, by one replicate, so no interval: no difference below can be told from luck.",
            capital(&them(policies.len())),
            view.reference()
        ));
    } else {
        let of_income = format!("household income in {} after tax", view.city);
        let (more, less) = (count(Verdict::More), count(Verdict::Less));
        let said = counted(&of_income, [more, less, policies.len() - more - less]);
        told.push(format!("{} compared with {}. {said}", capital(&them(policies.len())), view.reference()));
    }
    let level = |metric: &str| view.levels.get(metric);
    if let (Some(first), Some(lm3)) = (level("round_1_local"), level("lm3")) {
        told.push(format!(
            "With {}, {} of each pound that the anchors spend is paid to suppliers in {}, and {} more is received there in the \
             round after (LM3 {}: the pound itself and what is received in the first two rounds).",
            view.reference(),
            pence(*first),
            view.city,
            pence(lm3 - 1.0 - first),
            number(*lm3, 2)
        ));
    }
    told
}

/// With how many policies a figure is higher, lower, or neither.
fn counted(figure: &str, [more, less, unclear]: [usize; 3]) -> String {
    let all = more + less + unclear;
    let with = |n: usize| match (n, all) {
        (_, 1) => "it".to_owned(),
        (n, all) if n == all => "all of them".to_owned(),
        (n, _) => n.to_string(),
    };
    if more + less == 0 {
        return match all {
            1 => format!("With it there is no clear difference in {figure}."),
            _ => format!("With none of them is there a clear difference in {figure}."),
        };
    }
    let clear = [(more, "higher"), (less, "lower")].into_iter().filter(|(n, _)| *n > 0);
    let clear: Vec<String> = clear.map(|(n, way)| format!("clearly {way} with {}", with(n))).collect();
    let rest =
        if unclear == 0 { String::new() } else { format!("; with {unclear} there is no clear difference") };
    format!("{} is {}{rest}.", capital(figure), clear.join(", "))
}

fn pence(pounds: f64) -> String {
    format!("{}p", number(100.0 * pounds, 1))
}

/// How far the intervals may be trusted.
pub fn caution(view: &View) -> String {
    let what = if view.folder.table("drawn").is_some() {
        "luck and of the settings called uncertain"
    } else {
        "luck"
    };
    match view.replicates {
        _ if view.town => {
            "A town has no luck: two runs differ by what its scenarios say and by nothing else.".into()
        }
        0 | 1 => {
            "One replicate is one draw of luck: it has no interval, and no difference can be told from luck."
                .into()
        }
        n => format!(
            "Differences are taken under the same luck, replicate by replicate; intervals are 95% (Student's t over {n} replicates) \
             and hold the effect of {what}, and nothing else that is not known. Each holds for one figure at a time: of twenty \
             differences about one would look clear by luck alone."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_are_counted_without_noughts() {
        let told = |counts| counted("income", counts);
        assert_eq!(told([1, 0, 0]), "Income is clearly higher with it.");
        assert_eq!(told([0, 0, 1]), "With it there is no clear difference in income.");
        assert_eq!(told([0, 0, 3]), "With none of them is there a clear difference in income.");
        assert_eq!(told([3, 0, 0]), "Income is clearly higher with all of them.");
        assert_eq!(told([0, 2, 1]), "Income is clearly lower with 2; with 1 there is no clear difference.");
        assert_eq!(told([1, 2, 0]), "Income is clearly higher with 1, clearly lower with 2.");
    }
}
