//! Dye that households spend, pay in taxes and save.

use super::dye::{Dye, HomeLanes};
use super::ledger::Channel;
use super::split::{Total, moving, part, take};
use super::stripe::{STRIPES, Stripe, range};
use crate::base::col::Id;
use crate::base::money::{Pence, Share};
use crate::place::city::PURCHASES;
use crate::world::City;
use crate::world::households::{HouseholdId, Landlord};
use crate::world::orgs::{OrgId, Outside};
use rayon::prelude::*;

/// Uses of a household: taxes, pension, council tax, rent, mortgage interest, saving, tax on rent, purchases.
const FIXED: usize = 8;
const USES: usize = FIXED + PURCHASES;

impl Dye {
    pub(super) fn households_spend(&mut self, city: &City, stripes: &mut [Stripe]) {
        let n = city.households.len();
        let (mut fresh, mut reserve) = (&mut self.home_fresh[..], &mut self.home_reserve[..]);
        let mut work = Vec::with_capacity(STRIPES);
        for (k, stripe) in stripes.iter_mut().enumerate() {
            let rows = range(k, n);
            let (my_fresh, rest_fresh) = fresh.split_at_mut(rows.len());
            let (my_reserve, rest_reserve) = reserve.split_at_mut(rows.len());
            (fresh, reserve) = (rest_fresh, rest_reserve);
            work.push((rows.start, my_fresh, my_reserve, stripe));
        }
        // Town files alone have sellers with VAT of their own.
        let sellers_vat = city.suppliers.vat.iter().any(|vat| *vat != 0);
        work.into_par_iter().for_each(|(from, fresh, reserve, stripe)| {
            spend_all(city, (from, sellers_vat), fresh.iter_mut().zip(reserve), stripe);
        });
        self.gather(city, stripes, Channel::ConsumptionOutside);
    }
}

#[inline(never)]
fn spend_all<'a>(
    city: &City,
    (from, sellers_vat): (usize, bool),
    rows: impl Iterator<Item = (&'a mut HomeLanes, &'a mut HomeLanes)>,
    stripe: &mut Stripe,
) {
    for (k, (fresh, reserve)) in rows.enumerate() {
        if *fresh != [0; 2] || *reserve != [0; 2] {
            let h = HouseholdId::from_index(from + k);
            spend(city, (h, sellers_vat), (fresh, reserve), stripe);
            stripe.month.held += reserve[0] + reserve[1];
        }
    }
}

fn spend(
    city: &City,
    (h, sellers_vat): (HouseholdId, bool),
    (fresh, reserve): (&mut HomeLanes, &mut HomeLanes),
    stripe: &mut Stripe,
) {
    let of = &city.flows.household[h];
    let mut uses = [0 as Pence; USES];
    let fixed = [
        of.direct_tax,
        of.pension,
        of.council_tax,
        of.rent,
        of.mortgage_interest,
        of.saving,
        of.rent_tax,
        of.energy,
    ];
    uses[..FIXED].copy_from_slice(&fixed);
    for (to, amount) in uses[FIXED..].iter_mut().zip(city.flows.purchases[h]) {
        *to = Pence::from(amount);
    }
    let total: Pence = uses.iter().sum();
    let income = city.households.received[h];
    let funds = if city.linear() { city.households.received_last[h] } else { income };
    let opening = city.households.deposits[h] + total - income;
    let moved = take(fresh, reserve, moving(total, funds, opening.max(total - funds)));
    if moved == [0; 2] {
        return;
    }
    // Second receipts move on to round 3, later ones to "later".
    let shares = Total::new(total);
    let mut pieces = [[0i64; 2]; USES];
    let (mut left, mut largest) = (moved, 0);
    for (k, piece) in pieces.iter_mut().enumerate() {
        let share: Share = shares.share(uses[k]);
        *piece = [part(moved[0], share), part(moved[1], share)];
        left[0] -= piece[0];
        left[1] -= piece[1];
        largest = if uses[k] > uses[largest] { k } else { largest };
    }
    pieces[largest][0] += left[0];
    pieces[largest][1] += left[1];
    fixed_uses(city, h, &pieces, stripe);
    let stand_in = city.suppliers.stand_in.rows();
    let mut all_vat = [0; 2];
    let (outlets, vat_share) = (&city.households.outlets[h], &city.market.vat_share);
    for p in 0..PURCHASES {
        let (piece, outlet) = (pieces[FIXED + p], outlets[p]);
        let to = stand_in.get(outlet as usize).copied().unwrap_or(outlet);
        // VAT and duties leak at the purchase; the seller never had them. Only suppliers charge any.
        let of_seller = if sellers_vat { city.suppliers.vat.rows().get(to as usize) } else { None };
        let rate =
            if (to as usize) < stand_in.len() { vat_share[p] + of_seller.copied().unwrap_or(0) } else { 0 };
        let vat = [part(piece[0], rate), part(piece[1], rate)];
        let sent = &mut stripe.orgs[to as usize];
        sent[1] += piece[0] - vat[0];
        sent[2] += piece[1] - vat[1];
        all_vat[0] += vat[0];
        all_vat[1] += vat[1];
    }
    stripe.month.leak(2, Channel::NationalTaxes, all_vat[0]);
    stripe.month.leak(3, Channel::NationalTaxes, all_vat[1]);
}

/// Taxes, saving and housing.
fn fixed_uses(city: &City, h: HouseholdId, pieces: &[[i64; 2]; USES], stripe: &mut Stripe) {
    let council = city.anchors.council.map(|c| city.orgs.anchor(c as usize));
    let landlord = city.households.landlord[h];
    for (k, round) in [2, 3].into_iter().enumerate() {
        let of = |of: usize| pieces[of][k];
        let month = &mut stripe.month;
        month.leak(round, Channel::NationalTaxes, of(0) + of(6));
        month.leak(round, Channel::Pensions, of(1));
        month.leak(round, Channel::InterestRentOutside, of(4));
        month.leak(round, Channel::Saving, of(5));
        month.leak(round, Channel::ConsumptionOutside, of(7));
        match council {
            Some(org) => stripe.orgs[org.index()][k + 1] += of(2),
            None => month.leak(round, Channel::NationalTaxes, of(2)),
        }
        match landlord {
            // Rent from another household is a receipt, but no new income of households.
            Landlord::Household(_) => month.local[round] += of(3),
            Landlord::Org(org) if !is_outside(city, org) => stripe.orgs[org.index()][k + 1] += of(3),
            Landlord::Org(_) | Landlord::None => month.leak(round, Channel::InterestRentOutside, of(3)),
        }
    }
    let rent = pieces[3][0] + pieces[3][1];
    if let Landlord::Household(to) = landlord
        && rent != 0
    {
        stripe.rents.push((to.0, rent));
    }
}

fn is_outside(city: &City, org: OrgId) -> bool {
    org.index() >= city.orgs.outside(Outside::RegionFirms).index()
}
