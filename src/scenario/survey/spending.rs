//! Whose spending a key of totals tells of: "spent on local staff" is paid to them, "staff spend locally" is what they
//! spend again, and "local staff spend" may be either.

use super::Kind;

/// What a key says of local spending that has to do with staff or suppliers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Spending {
    /// Paid to them, by the organisation.
    Paid(Kind),
    /// Spent by them.
    Again(Kind),
    Unclear(Kind),
}

pub(super) const STAFF: &str =
    "staff wage wages salary salaries employee employees payroll pay worker workers volunteers drawings";
const SUPPLIERS: &str = "supplier suppliers vendor vendors subcontractor subcontractors contractors";
const SPEND: &str = "spend spends spent spending buy buys bought buying";
const BOUGHT: &str = "expenditure purchase purchases";
const LOCAL: &str = "local locally inside here area";
const ONTO: &str = "on with to at from for";

fn on(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|known| known == word)
}

fn kind(word: &str) -> Option<Kind> {
    match word {
        _ if on(STAFF, word) => Some(Kind::Staff),
        _ if on(SUPPLIERS, word) => Some(Kind::Supplier),
        _ => None,
    }
}

/// None where nobody who could spend, or no spending, is named.
pub(super) fn spending(words: &[String]) -> Option<Spending> {
    let first_of = |words: &[String], list: &str| words.iter().position(|word| on(list, word));
    let someone = |words: &[String]| words.iter().find_map(|word| kind(word));
    let local = first_of(words, LOCAL).is_some();
    if let Some(by) = first_of(words, "by")
        && let Some(who) = someone(&words[by..])
    {
        let spent = first_of(words, SPEND).or(first_of(words, BOUGHT)).is_some_and(|at| at < by);
        return Some(if spent && local { Spending::Again(who) } else { Spending::Unclear(who) });
    }
    let spend = first_of(words, SPEND).filter(|_| local)?;
    let Some(before) = words[..spend].iter().position(|word| kind(word).is_some()) else {
        let who = someone(&words[spend..])?;
        let onto = first_of(&words[spend..], ONTO)
            .zip(words[spend..].iter().position(|word| kind(word).is_some()))
            .is_some_and(|(onto, person)| onto < person);
        return Some(if onto { Spending::Paid(who) } else { Spending::Unclear(who) });
    };
    let who = kind(&words[before])?;
    let after = first_of(&words[before..], LOCAL).is_some();
    Some(if after { Spending::Again(who) } else { Spending::Unclear(who) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_spending_it_is() {
        use Kind::{Staff, Supplier};
        use Spending::{Again, Paid, Unclear};
        for (key, wanted) in [
            ("staff local spend", Some(Again(Staff))),
            ("local spend by suppliers", Some(Again(Supplier))),
            ("wages spent locally", Some(Again(Staff))),
            ("suppliers local spending", Some(Again(Supplier))),
            ("spent locally by staff", Some(Again(Staff))),
            ("spent by local staff", Some(Again(Staff))),
            ("percent of wages that staff spend in the area", Some(Again(Staff))),
            ("local staff spend locally", Some(Again(Staff))),
            ("local purchases by suppliers", Some(Again(Supplier))),
            ("spent on local staff", Some(Paid(Staff))),
            ("local spend with suppliers", Some(Paid(Supplier))),
            ("local supplier spend", Some(Unclear(Supplier))),
            ("local spend staff", Some(Unclear(Staff))),
            ("spent by staff", Some(Unclear(Staff))),
            ("local wages paid by suppliers", Some(Unclear(Supplier))),
            ("staff costs local", None),
            ("supplier spend", None),
            ("local spend", None),
            ("local procurement spend", None),
        ] {
            let words: Vec<String> = key.split(' ').map(str::to_owned).collect();
            assert_eq!(spending(&words), wanted, "{key}");
        }
    }
}
