//! Names of answers to suggest where a word is none of them.

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
