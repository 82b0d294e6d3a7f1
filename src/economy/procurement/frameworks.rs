//! Frameworks: lists of suppliers, let every few years, from which call-offs are made.
//!
//! Members are drawn by size, so that frameworks lean to large suppliers; zones enter by what their suppliers
//! hear of. A framework runs as long as the law lets it.

use super::Chance;
use super::bidders::{standing, zone_at};
use crate::base::draws::Purpose;
use crate::place::vocabulary::AnchorKind;
use crate::world::City;
use crate::world::frameworks::Framework;
use crate::world::suppliers::SupplierId;

/// Months of a framework where no law says how long it may run.
const MONTHS: u16 = 48;
/// Suppliers looked at for each place; the largest by a keyed race takes it.
const LOOKED_AT: u32 = 4;

/// Let frameworks anew whose term is over.
pub fn renew(city: &mut City, chance: &Chance) {
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
        city.contracts.frameworks[c] = Framework {
            members: members(city, c, letting, chance),
            end_month: city.month.saturating_add(months - elapsed.min(months - 1)),
            letting: letting + 1,
        };
    }
}

fn members(city: &City, c: usize, letting: u16, chance: &Chance) -> Vec<(u32, u64)> {
    let places = u32::from(city.settings.procurement.bidding.framework_members);
    let reach = &city.contracts.reach[c];
    let key = 1 << 52 | (c as u64) << 16 | u64::from(letting);
    let mut members: Vec<(u32, u64)> = Vec::new();
    for place in 0..places {
        let draw = |k: u32| chance.fixed.uniform(Purpose::Framework, key, place << 8 | k);
        let pool = &city.contracts.pools[c][zone_at(reach, draw(0))];
        let found = (0..LOOKED_AT)
            .filter_map(|k| {
                let s = SupplierId(pool.at(draw(k + 1))?);
                let member = (s.0, city.suppliers.identity[s]);
                let free = city.suppliers.active[s] && !members.contains(&member);
                free.then(|| (-libm::log(draw(64 + k)) / standing(city, s).max(1) as f64, member))
            })
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        members.extend(found.map(|f| f.1));
    }
    members
}
