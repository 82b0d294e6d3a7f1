//! Names of answers to suggest where a word is none of them, or where one is missing.

use super::answer::Answer;
use super::fields::Means;
use crate::scenario::Diagnostic;

/// Of an entry: staff, or a supplier.
pub(super) const OF_AN_ENTRY: [&str; 12] = [
    "payee",
    "name",
    "kind",
    "amount",
    "paid_gbp",
    "pay_gbp",
    "local",
    "resident_share",
    "local_spend",
    "respend",
    "local_respend",
    "note",
];
/// Of the organisation.
pub(super) const OF_THE_WHOLE: [&str; 14] = [
    "organisation",
    "area",
    "period",
    "note",
    "income_gbp",
    "income",
    "turnover",
    "contractor",
    "defaults",
    "staff",
    "supplier",
    "suppliers",
    "staff_respend",
    "supplier_respend",
];

/// Where it is not told whether those outside spend, or others spend there.
pub(super) const WRITE_RESPEND: &str = "write what is spent again in the area: respend, a share such as 45%";

/// What a group of totals lacks, told by the row that needs it.
pub(super) fn lacking(
    group: &str,
    paid: Option<&Answer>,
    local: Option<&(Answer, Means)>,
    respend: Option<&(Answer, Means)>,
) -> Option<Diagnostic> {
    let everyone = group.starts_with("People");
    match (paid, local, respend) {
        (Some(_), Some(_), _) => None,
        (_, None, Some((again, _))) if everyone => Some(again.wrong(
            "spent again of what, and by whom?",
            "add what is spent in the area, such as a row `Local spend,60000`; beside totals of staff or of suppliers \
             write `staff re-spend` or `supplier re-spend`",
        )),
        (Some(all), None, _) => Some(all.wrong(
            "how much of it is local?",
            format!("add a row `Local {}`: pounds, or a share such as 40%", group.to_lowercase()),
        )),
        (None, Some((any, _)), _) | (None, None, Some((any, _))) => {
            let what = if everyone { "Income" } else { group };
            Some(any.wrong(
                "a part of what?",
                if any.text.contains('£') {
                    format!("add a row `{what}`, all of it in pounds, of which this is a part")
                } else {
                    format!("add a row `{what}`, all of it in pounds, or write this in pounds")
                },
            ))
        }
        (None, None, None) => None,
    }
}
