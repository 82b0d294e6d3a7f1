//! Rows of totals beside the payees that they add up: what they say of local shares and of what is spent again is compared.

use super::gather::Entry;
use super::{Kind, Payee, Rate};
use crate::scenario::Diagnostic;

/// Shares may be rounded to whole per cents.
const ROUNDING: f64 = 0.0075;

/// Each total of all that is paid.
pub(super) fn totals(totals: &[Entry], payees: &[Payee], faults: &mut Vec<Diagnostic>) {
    let sum = |of: &dyn Fn(&Payee) -> f64| payees.iter().map(of).sum::<f64>();
    let (paid, second) = (sum(&|p| p.paid), sum(&|p| p.second_round()));
    if paid <= 0.0 {
        return;
    }
    let share = second / paid;
    let count = payees.len() as f64;
    for total in totals.iter().filter(|of| of.paid.is_some()) {
        if let Some((answer, means)) = &total.local {
            let mean = sum(&|p| p.local) / count;
            let said = answer.local(*means, paid).ok();
            if said.is_none_or(|said| [share, mean].iter().all(|of| (of - said).abs() > ROUNDING)) {
                faults.push(answer.wrong(
                    format!("the rows come to £{second:.2}, {:.1}%", share * 100.0),
                    "correct it or a row, or leave this cell of the totals empty",
                ));
            }
        }
        if let Some((answer, means)) = &total.elsewhere {
            let said = answer.local(*means, paid).ok();
            if said.is_none_or(|said| (said - share).abs() > ROUNDING) {
                faults.push(answer.wrong(
                    format!("the rows come to £{:.2}", paid - second),
                    "correct it or a row, or leave this cell of the totals empty",
                ));
            }
        }
        if let Some((answer, means)) = &total.respend {
            let surveyed = |p: &Payee| if p.rate == Rate::Surveyed { p.third_round() } else { 0.0 };
            let thirds = [sum(&|p| p.third_round()), sum(&surveyed)];
            let asked = payees.iter().filter(|p| p.rate == Rate::Surveyed).count().max(1) as f64;
            let rates = sum(&|p| if p.rate == Rate::Surveyed { p.respend } else { 0.0 });
            let here = sum(&|p| if p.local > 0.0 || p.kind == Kind::Staff { surveyed(p) } else { 0.0 });
            let right: Vec<f64> = [rates / asked, rates / count, here / second.max(1e-9)]
                .into_iter()
                .chain(thirds.iter().flat_map(|third| [third / second.max(1e-9), third / paid]))
                .collect();
            // A bare number above one, or an amount: of what is paid.
            let said = answer.share(*means, paid).ok();
            let pounds = said.map(|said| said * paid / second.max(1e-9));
            let agrees = |said: f64| right.iter().any(|of| (of - said).abs() <= ROUNDING);
            if !said.is_some_and(agrees) && !pounds.is_some_and(agrees) {
                faults.push(answer.wrong(
                    format!(
                        "the rows come to £{:.2}, {:.1}% of what is local",
                        thirds[0],
                        100.0 * thirds[0] / second.max(1e-9)
                    ),
                    "correct it or a row, or leave this cell of the totals empty",
                ));
            }
        }
    }
}
