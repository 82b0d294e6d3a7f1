//! Frameworks: lists of suppliers, let every few years, from which call-offs are made.
//!
//! Members are drawn by size, so that frameworks lean to large suppliers; zones enter by what their suppliers
//! hear of. A framework runs as long as the law lets it.

use super::Chance;
use super::bidders::{standing, zone_at};
use crate::base::draws::Purpose;
use crate::base::money::pence;
use crate::economy::plan::Rules;
use crate::place::vocabulary::{AnchorKind, Sector};
use crate::scenario::settings::Financing;
use crate::world::City;
use crate::world::costs::{Cost, Payee};
use crate::world::frameworks::Framework;
use crate::world::suppliers::SupplierId;

/// Months of a framework where no law says how long it may run.
const MONTHS: u16 = 48;
/// Suppliers looked at for each place; the largest by a keyed race takes it.
const LOOKED_AT: u32 = 4;

/// Let frameworks anew whose term is over.
pub fn renew(city: &mut City, rules: &Rules, chance: &Chance) {
    for c in 0..city.contracts.categories.len() {
        let of = &city.contracts.frameworks[c];
        if of.end_month > city.month && !of.members.is_empty() {
            continue;
        }
        let letting = of.letting;
        let months =
            city.contracts.law.as_ref().map_or(MONTHS, |l| l.framework_months_max(AnchorKind::Council));
        // The first terms are staggered.
        let elapsed = if letting == 0 {
            (chance.fixed.uniform(Purpose::Framework, c as u64, 0) * f64::from(months)) as u16
        } else {
            0
        };
        let (share, payer) = lots_wanted(city, rules, c);
        let places = city.settings.procurement.bidding.framework_members;
        let in_lots = (share * f64::from(places)).round() as u32;
        if in_lots > 0 {
            charge_for_lots(city, c, payer);
        }
        city.contracts.frameworks[c] = Framework {
            members: members(city, c, (letting, in_lots), chance),
            end_month: city.month.saturating_add(months - elapsed.min(months - 1)),
            letting: letting + 1,
        };
    }
}

/// The share of places that the anchors want in lots by area: a mean over them, weighted by what they buy, since they
/// share the framework; and how the first of them that wants any pays.
fn lots_wanted(city: &City, rules: &Rules, c: usize) -> (f64, Financing) {
    let (mut sum, mut all, mut payer) = (0.0, 0.0, None);
    for a in 0..city.anchors.len() {
        let of = rules.of(a as u16, c as u8);
        let weight = city.anchors.procurement.rows()[a] as f64;
        sum += weight * of.framework_lots;
        all += weight;
        if of.framework_lots > 0.0 {
            payer = payer.or(Some(of.framework_lots_by));
        }
    }
    (if all > 0.0 { sum / all } else { 0.0 }, payer.unwrap_or_default())
}

/// Each lot takes the hours of an open tender, bought in; the largest anchor leads.
fn charge_for_lots(city: &mut City, c: usize, financed_by: Financing) {
    let times = &city.settings.procurement.staff_time;
    let gbp = f64::from(city.contracts.categories[c].lots) * times.open_hours * times.hour_gbp;
    let largest = (0..city.anchors.len()).max_by_key(|a| city.anchors.procurement.rows()[*a]).unwrap_or(0);
    city.costs.push(Cost {
        what: "framework_lots",
        spender: largest as u16,
        amount: pence(gbp * city.scale),
        financed_by,
        payee: Payee::Trade(Sector::M),
    });
}

/// The first places are those of lots by area of delivery: suppliers of the city and the region are looked at, and
/// size does not count.
fn members(city: &City, c: usize, (letting, in_lots): (u16, u32), chance: &Chance) -> Vec<(u32, u64)> {
    let places = u32::from(city.settings.procurement.bidding.framework_members);
    let reach = &city.contracts.reach[c];
    let key = 1 << 52 | (c as u64) << 16 | u64::from(letting);
    let mut members: Vec<(u32, u64)> = Vec::new();
    for place in 0..places {
        let draw = |k: u32| chance.fixed.uniform(Purpose::Framework, key, place << 8 | k);
        let by_area = place < in_lots;
        let reach = if by_area { &[reach[0], reach[1], 0.0] } else { reach };
        let pool = &city.contracts.pools[c][zone_at(reach, draw(0))];
        let found = (0..LOOKED_AT)
            .filter_map(|k| {
                let s = SupplierId(pool.at(draw(k + 1))?);
                let member = (s.0, city.suppliers.identity[s]);
                let free = city.suppliers.active[s] && !members.contains(&member);
                let size = if by_area { 1.0 } else { standing(city, s).max(1) as f64 };
                free.then(|| (-libm::log(draw(64 + k)) / size, member))
            })
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        members.extend(found.map(|f| f.1));
    }
    members
}
