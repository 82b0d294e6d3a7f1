//! Pay packets: what each worker is paid, and the sums that employers and the books need of it.

use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose};
use crate::base::money::{Pence, Share, part, round};
use crate::base::parallel::CHUNK;
use crate::economy::books::tenths::{self, ByTenth};
use crate::economy::procurement::clauses;
use crate::place::tax_rules::Paye;
use crate::world::City;
use crate::world::households::HouseholdId;
use crate::world::workers::WorkerId;
use rayon::prelude::*;

/// What each employer pays: gross to residents, to commuters by home, and employer contributions.
#[derive(Clone, Copy, Default)]
pub(super) struct Paid {
    pub(super) residents: Pence,
    pub(super) commuters: [Pence; 2],
    pub(super) ni: Pence,
    /// Share of contract pay that is paid, and the employer's party in the social accounting matrix: kept here to be at
    /// hand where pay is added up.
    ratio: Share,
    party: u16,
}

/// Pay packets added up. Whole pence, so that the order of addition is free.
#[derive(Clone)]
pub(super) struct Packets {
    pub(super) paid: Vec<Paid>,
    /// Of residents, by employer's party and tenth.
    pub(super) by_tenth: ByTenth,
}

impl Packets {
    fn none(city: &City) -> Packets {
        let ratios = city.employers.pay_ratio.iter();
        let row = |(party, ratio): (u16, &Share)| Paid { party, ratio: *ratio, ..Paid::default() };
        let paid = tenths::party_of_employers(city).into_iter().zip(ratios).map(row).collect();
        Packets { paid, by_tenth: tenths::by_tenth(city) }
    }

    /// Pay worker `w`: the employer's account so far and the gross pay, if there is any.
    #[inline]
    fn pay(&mut self, city: &City, (paye, fixed): (&Paye, &Luck), w: WorkerId) -> Option<(&mut Paid, Pence)> {
        let of = self.paid.get_mut(city.workers.employer[w] as usize)?;
        let gross = part(Pence::from(city.workers.pay[w]), of.ratio).min(Pence::from(i32::MAX));
        let gross = gross.max(floor_of_clauses(city, w, fixed).into());
        of.ni += paye.employer_ni(gross);
        Some((of, gross))
    }

    fn join(mut self, other: Packets) -> Packets {
        for (a, b) in self.paid.iter_mut().zip(other.paid) {
            a.residents += b.residents;
            a.commuters[0] += b.commuters[0];
            a.commuters[1] += b.commuters[1];
            a.ni += b.ni;
        }
        tenths::add(&mut self.by_tenth, &other.by_tenth);
        self
    }
}

/// Pay everybody. The columns that are written are lent out of the city meanwhile.
pub(super) fn pay_all(city: &mut City, fixed: &Luck) -> Packets {
    let paye = Paye::new(&city.law);
    let none = Packets::none(city);
    let mut deposits = std::mem::take(&mut city.households.deposits);
    let mut received = std::mem::take(&mut city.households.received);
    let mut pay = std::mem::take(&mut city.flows.pay);
    pay.resize(city.workers.len(), 0);
    let read: &City = city;
    let (mut rest, commuters) = pay.split_at_mut(read.workers.residents);
    let mut homes = Vec::new();
    let money = deposits.rows_mut().chunks_mut(CHUNK).zip(received.rows_mut().chunks_mut(CHUNK));
    for (chunk, (deposits, received)) in money.enumerate() {
        let from = chunk * CHUNK;
        let workers =
            read.households.workers_from[from + deposits.len()] - read.households.workers_from[from];
        let (pay, later) = rest.split_at_mut(workers as usize);
        rest = later;
        homes.push((from, deposits.iter_mut().zip(received), pay));
    }
    let of_residents = homes.into_par_iter().fold(
        || none.clone(),
        |mut packets, (from, money, pay)| {
            let first = read.households.workers_from[from] as usize;
            for (k, (deposits, received)) in money.enumerate() {
                let tenth = tenths::tenth(read, HouseholdId::from_index(from + k));
                for w in read.households.workers_of(from + k) {
                    let found = packets.pay(read, (&paye, fixed), WorkerId::from_index(w));
                    let gross = found.map_or((0, 0), |(of, gross)| {
                        of.residents += gross;
                        (gross, of.party)
                    });
                    pay[w - first] = gross.0 as i32;
                    *deposits += gross.0;
                    *received += gross.0;
                    packets.by_tenth[usize::from(gross.1)][tenth] += gross.0;
                }
            }
            packets
        },
    );
    let of_commuters = commuters.par_chunks_mut(CHUNK).enumerate().fold(
        || none.clone(),
        |mut packets, (chunk, pay)| {
            for (k, to) in pay.iter_mut().enumerate() {
                let w = WorkerId::from_index(read.workers.residents + chunk * CHUNK + k);
                let home = usize::from(read.workers.home[w]) - 1;
                *to = packets.pay(read, (&paye, fixed), w).map_or(0, |(of, gross)| {
                    of.commuters[home] += gross;
                    gross as i32
                });
            }
            packets
        },
    );
    let all = of_residents.chain(of_commuters).reduce(|| none.clone(), Packets::join);
    city.households.deposits = deposits;
    city.households.received = received;
    city.flows.pay = pay;
    all
}

/// The floor under a worker's pay this month by the clauses of the employer's contracts, pence; 0 where there is none.
/// Who of the staff works under them is a draw of the worker's own.
#[inline]
fn floor_of_clauses(city: &City, w: WorkerId, fixed: &Luck) -> i32 {
    let Some(of) = city.contracts.bound.get(city.workers.employer[w] as usize) else { return 0 };
    let under =
        of.living_wage > 0.0 && fixed.chance(of.living_wage, Purpose::ClauseStaff, w.index() as u64, 0);
    if under { round(clauses::pay_floor(city, city.workers.hours[w], of.level)) as i32 } else { 0 }
}
