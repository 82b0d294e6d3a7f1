//! Stage 2, package: needs of a category that are due together are let whole, put together or split into lots.

use crate::base::money::pounds;
use crate::economy::plan::Rules;
use crate::place::vocabulary::Route;
use crate::scenario::settings::Across;
use crate::world::City;
use crate::world::awards::Dropped;
use crate::world::contracts::Contract;
use std::collections::BTreeMap;

/// VAT at the standard rate: values in law include it.
pub const WITH_VAT: f64 = 1.2;

/// A competition.
#[derive(Clone, Debug)]
pub struct Tender {
    /// The buyer, or the leading one.
    pub anchor: u16,
    pub category: u8,
    /// Rows of each lot.
    pub lots: Vec<Vec<usize>>,
    pub route: Route,
    /// Whole-life value of all lots at full scale, GBP including VAT.
    pub value_gbp: f64,
    /// Months for which it is let.
    pub months: u16,
    /// Questions on social value are made for the contract; the market is engaged.
    pub tailored: bool,
    pub engaged: bool,
    /// Its officers leave unused what policy prescribes and the law leaves open.
    pub cautious: bool,
    /// It was announced some months ago.
    pub noticed: bool,
    /// A framework could serve in place of a tender.
    pub framework_at_hand: bool,
    pub specialised: bool,
    pub failed: bool,
    /// Tied to its holder for technical reasons: awarded to it without competition, whatever the value (Procurement
    /// Act 2023, section 41 and schedule 5).
    pub locked: bool,
    /// Its contracts go on with their holders.
    pub extends: bool,
    pub hours: f64,
    pub dropped: Dropped,
}

/// Monthly value of a need at full scale, GBP without VAT.
pub fn nominal_gbp(city: &City, row: &Contract) -> f64 {
    pounds(row.monthly) / city.scale
}

/// Whole-life value of a contract by itself at full scale, GBP including VAT.
pub fn whole_life_gbp(city: &City, row: &Contract) -> f64 {
    nominal_gbp(city, row) * f64::from(row.months) * WITH_VAT
}

/// Whole-life value of rows at full scale, GBP including VAT.
pub fn value_gbp(city: &City, rows: &[usize], months: u16) -> f64 {
    let monthly: f64 = rows.iter().map(|i| nominal_gbp(city, &city.contracts.rows[*i])).sum();
    monthly * f64::from(months) * WITH_VAT
}

/// The competitions of the month, from the rows that are due.
pub fn tenders(city: &mut City, rules: &Rules, due: Vec<usize>) -> Vec<Tender> {
    // Keys in the order of buyer, category, need: the order in which awards are made. What is let in haste, its
    // supplier having failed, is let apart.
    let mut together: BTreeMap<(u16, u8, u64, bool), Vec<usize>> = BTreeMap::new();
    for i in due {
        let row = &city.contracts.rows[i];
        let key = match rules.of(row.anchor, row.category).across {
            _ if row.failed => (row.anchor, row.category, row.need, true),
            Across::Need => (row.anchor, row.category, row.need, false),
            Across::Anchor => (row.anchor, row.category, u64::MAX, false),
            Across::Network => (u16::MAX, row.category, u64::MAX, false),
        };
        together.entry(key).or_default().push(i);
    }
    together.into_values().map(|rows| tender(city, rules, rows)).collect()
}

fn tender(city: &mut City, rules: &Rules, rows: Vec<usize>) -> Tender {
    let mut tender = competition_for(city, rows);
    let of = rules.of(tender.anchor, tender.category);
    let rows = &tender.lots[0];
    let need = city.contracts.rows[rows[0]].need;
    let one_need = rows.iter().all(|i| city.contracts.rows[*i].need == need);
    if one_need && of.lots > 1 && tender.value_gbp >= of.lots_from_gbp {
        let rows = std::mem::take(&mut tender.lots[0]);
        tender.lots = split(city, rows, of.lots).into_iter().map(|row| vec![row]).collect();
    }
    tender
}

/// One competition for these rows, led by the buyer with most at stake.
pub fn competition_for(city: &City, rows: Vec<usize>) -> Tender {
    let leading = *rows
        .iter()
        .max_by_key(|i| (city.contracts.rows[**i].monthly, std::cmp::Reverse(**i)))
        .unwrap_or(&rows[0]);
    let lead = city.contracts.rows[leading];
    let months = lead.months.max(1);
    Tender {
        anchor: lead.anchor,
        category: lead.category,
        value_gbp: value_gbp(city, &rows, months),
        lots: vec![rows],
        route: Route::Open,
        months,
        tailored: false,
        engaged: false,
        cautious: false,
        noticed: false,
        framework_at_hand: city.contracts.categories[lead.category as usize].framework_share > 0.0,
        specialised: false,
        failed: lead.failed,
        locked: false,
        extends: false,
        hours: 0.0,
        dropped: Dropped::default(),
    }
}

/// Split a need into so many rows of even value (the last takes the odd pence). Lots that it has already count,
/// those under contract too: a lot that is let again by itself is not split again. Each part stays with the
/// holder of the whole until it is let.
fn split(city: &mut City, mut rows: Vec<usize>, lots: u16) -> Vec<usize> {
    let need = city.contracts.rows[rows[0]].need;
    let all = city.contracts.rows.iter().filter(|row| row.need == need);
    let (mut had, mut last_lot) = (0, 0);
    all.for_each(|row| (had, last_lot) = (had + 1, last_lot.max(row.lot)));
    for missing in (1..=usize::from(lots).saturating_sub(had)).rev() {
        let largest = *rows
            .iter()
            .max_by_key(|i| (city.contracts.rows[**i].monthly, std::cmp::Reverse(**i)))
            .unwrap_or(&rows[0]);
        let mut row = city.contracts.rows[largest];
        if row.monthly < 2 {
            break;
        }
        let piece = (row.monthly / (missing as i64 + 1)).max(1);
        city.contracts.rows[largest].monthly -= piece;
        last_lot += 1;
        row.monthly = piece;
        row.lot = last_lot;
        row.award = u32::MAX;
        city.contracts.rows.push(row);
        rows.push(city.contracts.rows.len() - 1);
    }
    rows
}
