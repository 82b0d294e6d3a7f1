//! Pay packets: what each worker is paid, and the sums that employers and the books need of it.

use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose};
use crate::base::money::{Pence, WHOLE, part, round};
use crate::base::parallel::{CHUNK, add_up};
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
}

impl Paid {
    /// Gross pay of all staff.
    pub(super) fn all(&self) -> Pence {
        self.residents + self.commuters.iter().sum::<Pence>()
    }
}

/// What is paid, by employer; and of residents, by employer's party and tenth.
pub(super) struct Packets {
    pub(super) paid: Vec<Paid>,
    pub(super) by_tenth: ByTenth,
}

/// What pay packets are worked out by.
struct Office<'a> {
    city: &'a City,
    paye: Paye,
    fixed: &'a Luck,
    /// By employer: its party in the social accounting matrix, [`BOUND`] where a clause puts a floor under pay, and
    /// [`SHARED`] where pay is not what contracts say. Kept small, to be at hand where pay is added up.
    desk: Vec<u16>,
}

const BOUND: u16 = 1 << 15;
const SHARED: u16 = 1 << 14;

/// Gross pay and employer contributions, by employer. Whole pence, so that the order of addition is free.
type Sums = Vec<[Pence; 2]>;

impl<'a> Office<'a> {
    fn new(city: &'a City, fixed: &'a Luck) -> Office<'a> {
        let mut desk = tenths::party_of_employers(city);
        for (desk, of) in desk.iter_mut().zip(&city.contracts.bound) {
            *desk |= if of.living_wage > 0.0 { BOUND } else { 0 };
        }
        for (desk, ratio) in desk.iter_mut().zip(city.employers.pay_ratio.iter()) {
            *desk |= if *ratio == WHOLE { 0 } else { SHARED };
        }
        Office { city, paye: Paye::new(&city.law), fixed, desk }
    }

    /// Gross pay of worker `w`, employer contributions on it, and the employer's desk; none without an employer.
    #[inline(always)]
    fn packet(&self, w: WorkerId, employer: usize) -> Option<(Pence, Pence, u16)> {
        let desk = *self.desk.get(employer)?;
        let mut gross = Pence::from(self.city.workers.pay[w]);
        if desk & SHARED != 0 {
            let ratio = self.city.employers.pay_ratio.rows()[employer];
            gross = part(gross, ratio).min(Pence::from(i32::MAX));
        }
        if desk & BOUND != 0 {
            gross = gross.max(floor_of_clauses(self.city, w, self.fixed).into());
        }
        Some((gross, self.paye.employer_ni(gross), desk & !(BOUND | SHARED)))
    }

    fn no_sums(&self) -> Sums {
        vec![[0; 2]; self.desk.len()]
    }

    /// Pay the residents of these households, from `first` on; `pay` is of their workers.
    fn pay_homes(&self, first: usize, money: Money, pay: &mut [i32], (sums, by_tenth): &mut (Sums, ByTenth)) {
        let starts = &self.city.households.workers_from[first..];
        let from = starts[0];
        for (k, (deposits, received)) in money.0.iter_mut().zip(money.1).enumerate() {
            let tenth = tenths::tenth(self.city, HouseholdId::from_index(first + k));
            let mut income = 0;
            for w in starts[k]..starts[k + 1] {
                let employer = self.city.workers.employer[WorkerId(w)] as usize;
                let Some((gross, ni, party)) = self.packet(WorkerId(w), employer) else {
                    pay[(w - from) as usize] = 0;
                    continue;
                };
                pay[(w - from) as usize] = gross as i32;
                let of = &mut sums[employer];
                of[0] += gross;
                of[1] += ni;
                by_tenth[usize::from(party)][tenth] += gross;
                income += gross;
            }
            *deposits += income;
            *received += income;
        }
    }

    /// Pay in-commuters, from worker `first` on: by home, then employer.
    fn pay_commuters(&self, first: usize, pay: &mut [i32], sums: &mut [Sums; 2]) {
        for (k, to) in pay.iter_mut().enumerate() {
            let w = WorkerId::from_index(first + k);
            let employer = self.city.workers.employer[w] as usize;
            let packet = self.packet(w, employer);
            *to = packet.map_or(0, |(gross, ni, _)| {
                let of = &mut sums[usize::from(self.city.workers.home[w]) - 1][employer];
                of[0] += gross;
                of[1] += ni;
                gross as i32
            });
        }
    }
}

/// Deposits and receipts of a chunk of households.
type Money<'a> = (&'a mut [Pence], &'a mut [Pence]);

fn join(mut all: Sums, more: Sums) -> Sums {
    for (a, b) in all.iter_mut().zip(more) {
        a[0] += b[0];
        a[1] += b[1];
    }
    all
}

/// Pay everybody. The columns that are written are lent out of the city meanwhile.
pub(super) fn pay_all(city: &mut City, fixed: &Luck) -> Packets {
    let mut deposits = std::mem::take(&mut city.households.deposits);
    let mut received = std::mem::take(&mut city.households.received);
    let mut pay = std::mem::take(&mut city.flows.pay);
    pay.resize(city.workers.len(), 0);
    let read: &City = city;
    let office = Office::new(read, fixed);
    let (mut rest, commuters) = pay.split_at_mut(read.workers.residents);
    let mut homes = Vec::new();
    let money = deposits.rows_mut().chunks_mut(CHUNK).zip(received.rows_mut().chunks_mut(CHUNK));
    for (chunk, money) in money.enumerate() {
        let from = chunk * CHUNK;
        let workers = read.households.workers_from[from + money.0.len()] - read.households.workers_from[from];
        let (pay, later) = rest.split_at_mut(workers as usize);
        rest = later;
        homes.push((from, money, pay));
    }
    let none = || (office.no_sums(), tenths::by_tenth(read));
    let (residents, by_tenth) = add_up(
        homes.into_par_iter(),
        none,
        |sums, (from, money, pay)| office.pay_homes(from, money, pay, sums),
        |(sums, mut by_tenth), (more, tenths)| {
            tenths::add(&mut by_tenth, &tenths);
            (join(sums, more), by_tenth)
        },
    );
    let [region, country] = add_up(
        commuters.par_chunks_mut(CHUNK).enumerate(),
        || [office.no_sums(), office.no_sums()],
        |sums, (chunk, pay)| office.pay_commuters(read.workers.residents + chunk * CHUNK, pay, sums),
        |[a, b], [c, d]| [join(a, c), join(b, d)],
    );
    let homes = residents.into_iter().zip(region).zip(country);
    let paid = homes.map(|(([residents, ni], region), country)| Paid {
        residents,
        commuters: [region[0], country[0]],
        ni: ni + region[1] + country[1],
    });
    let paid = paid.collect();
    city.households.deposits = deposits;
    city.households.received = received;
    city.flows.pay = pay;
    Packets { paid, by_tenth }
}

/// The floor under a worker's pay this month by the clauses of the employer's contracts, pence; 0 where there is none.
/// Who of the staff works under them is a draw of the worker's own.
fn floor_of_clauses(city: &City, w: WorkerId, fixed: &Luck) -> i32 {
    let Some(of) = city.contracts.bound.get(city.workers.employer[w] as usize) else { return 0 };
    let under =
        of.living_wage > 0.0 && fixed.chance(of.living_wage, Purpose::ClauseStaff, w.index() as u64, 0);
    if under { round(clauses::pay_floor(city, city.workers.hours[w], of.level)) as i32 } else { 0 }
}
