//! Dye that households spend, pay in taxes and save.

use super::ledger::{Channel, ROUNDS};
use super::split::{moving, part, ratio, take};
use super::{Held, Lanes, Tracer, onward};
use crate::base::col::Id;
use crate::base::money::{Pence, Share};
use crate::place::city::PURCHASES;
use crate::world::City;
use crate::world::households::{HouseholdId, Landlord};
use crate::world::orgs::{OrgId, Outside};
use rayon::prelude::*;

const CHUNK: usize = 8192;
/// Uses of a household: taxes, pension, council tax, rent, mortgage interest, saving, tax on rent, purchases.
const USES: usize = 7 + PURCHASES;

/// What a chunk of households sends on.
struct Sent {
    orgs: Vec<Lanes>,
    leaks: [[i64; Channel::COUNT]; ROUNDS],
    rents: Vec<(u32, Lanes)>,
}

impl Sent {
    fn new(n: usize) -> Sent {
        Sent { orgs: vec![[0; ROUNDS]; n], leaks: [[0; Channel::COUNT]; ROUNDS], rents: Vec::new() }
    }
    fn merge(mut self, other: Sent) -> Sent {
        for (a, b) in self.orgs.iter_mut().zip(other.orgs) {
            for lane in 0..ROUNDS {
                a[lane] += b[lane];
            }
        }
        for lane in 0..ROUNDS {
            for channel in 0..Channel::COUNT {
                self.leaks[lane][channel] += other.leaks[lane][channel];
            }
        }
        self.rents.extend(other.rents);
        self
    }
}

impl Tracer {
    pub(super) fn households_spend(&mut self, city: &City) {
        let n = city.orgs.len();
        let sent = self
            .households
            .par_chunks_mut(CHUNK)
            .enumerate()
            .fold(
                || Sent::new(n),
                |mut sent, (chunk, rows)| {
                    for (k, held) in rows.iter_mut().enumerate() {
                        if *held != Held::default() {
                            spend(city, HouseholdId::from_index(chunk * CHUNK + k), held, &mut sent);
                        }
                    }
                    sent
                },
            )
            .reduce(|| Sent::new(n), Sent::merge);
        for (i, lanes) in sent.orgs.iter().enumerate() {
            for (lane, amount) in lanes.iter().enumerate().filter(|(_, a)| **a != 0) {
                self.arrive(city, OrgId::from_index(i), lane, *amount, Channel::ConsumptionOutside);
            }
        }
        for lane in 0..ROUNDS {
            for channel in Channel::ALL {
                self.ledger.leak(lane, channel, sent.leaks[lane][channel as usize]);
            }
        }
        // Whole numbers: the order in which the chunks' rents arrive does not matter.
        for (landlord, lanes) in sent.rents {
            for (lane, amount) in lanes.into_iter().enumerate() {
                self.next_households[landlord as usize][lane] += amount;
                // Rent from another household is a receipt, but no new income of households.
                self.ledger.receive(lane, amount);
            }
        }
    }
}

fn spend(city: &City, h: HouseholdId, held: &mut Held, sent: &mut Sent) {
    let of = &city.flows.household[h];
    let mut uses = [0 as Pence; USES];
    let fixed =
        [of.direct_tax, of.pension, of.council_tax, of.rent, of.mortgage_interest, of.saving, of.rent_tax];
    uses[..7].copy_from_slice(&fixed);
    for (to, amount) in uses[7..].iter_mut().zip(city.flows.purchases[h]) {
        *to = Pence::from(amount);
    }
    let total: Pence = uses.iter().sum();
    let income = city.households.received[h];
    let funds = if city.linear() { city.households.received_last[h] } else { income };
    let opening = city.households.deposits[h] + total - income;
    let moved = take(held, moving(total, funds, opening.max(total - funds)));
    let shares: [Share; USES] = uses.map(|u| if u > 0 { ratio(u, total) } else { 0 });
    let largest = (0..USES).max_by_key(|k| (uses[*k], std::cmp::Reverse(*k))).unwrap_or(0);
    let mut rent = [0; ROUNDS];
    for (lane, moved) in moved.into_iter().enumerate() {
        if moved == 0 {
            continue;
        }
        let next = onward(lane);
        let mut left = moved;
        let mut pieces = [0i64; USES];
        for (piece, share) in pieces.iter_mut().zip(shares) {
            *piece = part(moved, share);
            left -= *piece;
        }
        pieces[largest] += left;
        let leaks = &mut sent.leaks[next];
        leaks[Channel::NationalTaxes as usize] += pieces[0] + pieces[6];
        leaks[Channel::Pensions as usize] += pieces[1];
        leaks[Channel::InterestRentOutside as usize] += pieces[4];
        leaks[Channel::Saving as usize] += pieces[5];
        match city.anchors.council {
            Some(c) => sent.orgs[city.orgs.anchor(c as usize).index()][next] += pieces[2],
            None => leaks[Channel::NationalTaxes as usize] += pieces[2],
        }
        match city.households.landlord[h] {
            Landlord::Household(_) => rent[next] += pieces[3],
            Landlord::Org(org) if is_outside(city, org) => {
                leaks[Channel::InterestRentOutside as usize] += pieces[3]
            }
            Landlord::Org(org) => sent.orgs[org.index()][next] += pieces[3],
            Landlord::None => leaks[Channel::InterestRentOutside as usize] += pieces[3],
        }
        for (p, outlet) in city.households.outlets[h].iter().enumerate() {
            let to = city.suppliers.stand_in.rows().get(*outlet as usize).copied().unwrap_or(*outlet);
            // VAT and duties leak at the purchase; the seller never had them.
            let vat = match city.suppliers.vat.rows().get(to as usize) {
                Some(of_seller) => part(pieces[7 + p], city.market.vat_share[p] + of_seller),
                None => 0,
            };
            sent.leaks[next][Channel::NationalTaxes as usize] += vat;
            sent.orgs[to as usize][next] += pieces[7 + p] - vat;
        }
    }
    if let Landlord::Household(landlord) = city.households.landlord[h]
        && rent != [0; ROUNDS]
    {
        sent.rents.push((landlord.0, rent));
    }
}

fn is_outside(city: &City, org: OrgId) -> bool {
    org.index() >= city.orgs.outside(Outside::RegionFirms).index()
}
