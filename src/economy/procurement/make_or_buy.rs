//! Stage 1, make or buy: under the in-sourcing levers a need leaves the market when its contract ends, to own
//! staff, a wholly owned company or another anchor.
//!
//! Own provision spends a need's budget on labour, in the proportion in which the trade's costs fall on labour,
//! and on materials bought from a supplier of the trade. It makes no profit. The anchor hires through the
//! labour market like everybody else.

use super::need::{Trait, release};
use super::{Chance, award};
use crate::base::draws::Purpose;
use crate::base::money::Pence;
use crate::economy::plan::Rules;
use crate::place::vocabulary::Route;
use crate::scenario::settings::By;
use crate::world::City;
use crate::world::contracts::{Contract, Provider};
use crate::world::orgs::NOBODY;
use crate::world::suppliers::SupplierId;

/// Take what is to be provided otherwise out of the list of needs that are due; the rest goes to market.
pub fn leave_the_market(city: &mut City, rules: &Rules, due: Vec<usize>, chance: &Chance) -> Vec<usize> {
    let mut to_market = Vec::with_capacity(due.len());
    for i in due {
        let row = city.contracts.rows[i];
        let of = rules.of(row.anchor, row.category);
        let stays_out = of.own_share > 0.0 && Trait::Own.of(row.need, chance) < of.own_share;
        let provider = match of.own_by {
            _ if !stays_out => None,
            By::OwnStaff | By::OwnedCompany => Some(Provider::Own),
            By::OtherAnchor => other_anchor(city, row.anchor).map(Provider::Anchor),
        };
        match provider {
            Some(provider) => provide(city, i, provider, chance),
            None => {
                if row.provider != Provider::Market {
                    release(city, i);
                    city.contracts.rows[i].provider = Provider::Market;
                }
                to_market.push(i);
            }
        }
    }
    to_market
}

/// The anchor that buys most, other than this one.
fn other_anchor(city: &City, anchor: u16) -> Option<u16> {
    (0..city.anchors.len() as u16)
        .filter(|a| *a != anchor)
        .max_by_key(|a| (city.anchors.procurement.rows()[*a as usize], std::cmp::Reverse(*a)))
}

fn provide(city: &mut City, i: usize, provider: Provider, chance: &Chance) {
    let before = city.contracts.rows[i];
    release(city, i);
    let (seller, identity) = materials(city, &before, chance).unwrap_or((NOBODY, 0));
    let first = if before.provider == provider { before.first_month } else { city.month };
    let rules = &city.settings.procurement;
    let row = &mut city.contracts.rows[i];
    row.provider = provider;
    row.supplier = seller;
    row.supplier_identity = identity;
    row.first_month = first;
    row.delivers_from = first.saturating_add(rules.delivery.own_mobilisation_months);
    row.end_month = city.month.saturating_add(row.months.max(1));
    row.price = 1.0 + rules.delivery.own_cost;
    row.workload = 1.0;
    row.letting += 1;
    row.failed = false;
    row.promise = Default::default();
    row.clauses = Default::default();
    row.route = if provider == Provider::Own { Route::Own } else { Route::OtherAnchor };
    let paid = super::need::paid_to_holder(city, &city.contracts.rows[i]);
    if seller != NOBODY {
        city.suppliers.contract_income[SupplierId(seller)] += paid;
    }
    award::record_own(city, i);
}

/// Own provision whose seller of materials has closed buys from another.
pub fn replace_sellers(city: &mut City, chance: &Chance) {
    for i in 0..city.contracts.rows.len() {
        let row = city.contracts.rows[i];
        if row.provider != Provider::Market
            && row.supplier == NOBODY
            && let Some((seller, identity)) = materials(city, &row, chance)
        {
            let row = &mut city.contracts.rows[i];
            row.supplier = seller;
            row.supplier_identity = identity;
            let paid = super::need::paid_to_holder(city, &city.contracts.rows[i]);
            city.suppliers.contract_income[SupplierId(seller)] += paid;
        }
    }
}

/// Where own provision buys its materials: a supplier of the category, by the shares of its zones.
fn materials(city: &City, row: &Contract, chance: &Chance) -> Option<(u32, u64)> {
    let pools = &city.contracts.pools[row.category as usize];
    let reach = city.contracts.reach[row.category as usize];
    (0..16).find_map(|k| {
        let at = |j: u32| chance.month.uniform(Purpose::BidderKnows, row.key(), 1 << 20 | k << 4 | j);
        let zone = super::bidders::zone_at(&reach, at(0));
        let seller = pools[zone].at(at(1))?;
        let s = SupplierId(seller);
        city.suppliers.active[s].then(|| (seller, city.suppliers.identity[s]))
    })
}

/// Pay, with contributions, in a need's monthly budget under own provision.
pub fn labour(city: &City, row: &Contract) -> Pence {
    let share = city.contracts.labour_share.get(row.category as usize).copied().unwrap_or(0.0);
    (row.monthly as f64 * share).round() as Pence
}
