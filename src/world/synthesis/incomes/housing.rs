//! Rent and mortgage interest at the start, and who the landlords are.

use super::Month;
use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose};
use crate::base::money::pence;
use crate::base::parallel::each;
use crate::place::city::City as Facts;
use crate::place::vocabulary::Tenure;
use crate::world::households::{HouseholdId, Households, Landlord};
use crate::world::orgs::{Orgs, Outside};
use crate::world::synthesis::unit;

/// Largest share of disposable income that rent takes at the start, and support beside earnings counted towards
/// it, GBP a month an adult (assumed).
pub(super) const RENT_CAP: f64 = 0.45;
const SUPPORT: f64 = 700.0;

pub(super) fn commitments(facts: &Facts, out: &mut Households, months: &[Month], luck: &Luck) {
    let p = &facts.people;
    let spread = each(months.len(), |h| libm::exp(0.25 * luck.normal(Purpose::HouseholdMake, h as u64, 2)));
    for (h, (month, spread)) in months.iter().zip(spread).enumerate() {
        let id = HouseholdId::from_index(h);
        let size = 0.8 + 0.1 * f64::from(out.adults[id] + out.children[id]);
        let rent = match Tenure::from_index(out.tenure[id] as usize) {
            Tenure::Private => p.private_rent_month * spread * size,
            Tenure::Council => p.council_rent_month * size,
            Tenure::Association => p.association_rent_month * size,
            _ => 0.0,
        };
        let net = (month.pay - month.deductions_tax - month.pension) as f64 / 100.0;
        let means = net + SUPPORT * f64::from(out.adults[id]);
        let c = &mut out.commitments[id];
        c.rent = pence(rent.min(RENT_CAP * means)) as i32;
        if out.tenure[id] == Tenure::Mortgage as u8 {
            let of_pay = 0.12 * (month.pay as f64 / 100.0);
            let interest = (0.5 * p.mortgage_interest_month + 0.5 * of_pay) * spread;
            c.mortgage_interest = pence(interest.min(0.25 * month.pay as f64 / 100.0)) as i32;
        }
    }
}

pub(super) fn landlords(facts: &Facts, orgs: &Orgs, out: &mut Households, luck: &Luck) {
    let owners: Vec<u32> = (0..out.len())
        .filter(|&h| out.tenure.rows()[h] == Tenure::Outright as u8)
        .map(|h| h as u32)
        .collect();
    let council = facts.anchors.iter().position(|a| a.kind == crate::place::vocabulary::AnchorKind::Council);
    for h in 0..out.len() {
        let id = HouseholdId::from_index(h);
        let u = unit(luck, 31, h as u64, 0);
        let outside = |account| Landlord::Org(orgs.outside(account));
        out.landlord[id] = match Tenure::from_index(out.tenure[id] as usize) {
            Tenure::Private if u < facts.people.landlords_in_city && !owners.is_empty() => {
                let at = unit(luck, 31, h as u64, 1) * owners.len() as f64;
                Landlord::Household(HouseholdId(owners[at as usize]))
            }
            // The remaining landlords, and housing associations, whose seat is taken to be in the region or country.
            Tenure::Private if u < 0.8 => outside(Outside::RegionHouseholds),
            Tenure::Private => outside(Outside::CountryHouseholds),
            Tenure::Council => {
                council.map_or(outside(Outside::Government), |a| Landlord::Org(orgs.anchor(a)))
            }
            Tenure::Association => outside(Outside::RegionFirms),
            _ => Landlord::None,
        };
    }
}
