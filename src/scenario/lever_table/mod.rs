//! The table of levers: what pulling each does, its units, its neutral entry, an example to paste, a source.

mod award;
mod clauses;
mod market;
mod practice;
mod wider;

use super::institution_table as institutions;
use super::levers::Lever;

const INSTITUTIONS: &[Lever] = &[
    institutions::STRATEGIC_PLAN,
    institutions::IMPACT_HUB,
    institutions::INCUBATOR,
    institutions::COOPERATIVE_AGENCY,
    institutions::CDFI,
];

const PARTS: [&[Lever]; 6] =
    [INSTITUTIONS, award::LEVERS, market::LEVERS, clauses::LEVERS, practice::LEVERS, wider::LEVERS];

const NUMBER: usize = {
    let (mut sum, mut part) = (0, 0);
    while part < PARTS.len() {
        sum += PARTS[part].len();
        part += 1;
    }
    sum
};

/// All levers, in the order in which they are shown.
pub const LEVERS: &[Lever] = &joined();

const fn joined() -> [Lever; NUMBER] {
    let mut all = [PARTS[0][0]; NUMBER];
    let (mut at, mut part) = (0, 0);
    while part < PARTS.len() {
        let mut row = 0;
        while row < PARTS[part].len() {
            all[at] = PARTS[part][row];
            at += 1;
            row += 1;
        }
        part += 1;
    }
    all
}

/// Levers that do nothing by themselves, each with the entries beside which it does.
pub const BESIDE: &[(&str, &str)] = &[
    (
        "definition_of_local",
        "[[policy.local_preference]]\npoints = 10\nup_to_gbp = 207_720\nlocal = \"city\"\n",
    ),
    (
        "devolved_local_rules",
        "[[policy.local_preference]]\npoints = 10\nup_to_gbp = 5_193_000\nlocal = \"city\"\n",
    ),
];
