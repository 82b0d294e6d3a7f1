//! Pay packets: what each worker is paid, and the sums that employers and the books need of it.

use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose};
use crate::base::money::{Pence, WHOLE, part, round};
use crate::base::parallel::{CHUNK, add_up, each_where};
use crate::economy::books::Party;
use crate::economy::books::tenths::{self, ByTenth};
use crate::economy::procurement::clauses;
use crate::place::MOST_ANCHORS;
use crate::place::city::DECILES;
use crate::place::tax_rules::Paye;
use crate::world::City;
use crate::world::workers::WorkerId;
#[cfg(wide)]
use multiversion::multiversion;
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
    /// [`SHARED`] where pay is not what contracts say. Kept small, to be at hand where pay is added up. The last desk is of
    /// those without an employer, who are paid nothing, so that nobody need be asked whether there is one.
    desk: Vec<u16>,
}

/// Workers whose packets are made up together.
const TOGETHER: usize = 256;

/// What goes with the gross pay of so many workers: their employers' desks, where the tenths of their parties begin, and
/// employer contributions.
struct Packed {
    desks: [u32; TOGETHER],
    tenths: [u16; TOGETHER],
    /// Whether pay may be other than contracts say.
    unusual: [bool; TOGETHER],
    ni: [i32; TOGETHER],
}

impl Packed {
    fn none() -> Packed {
        Packed { desks: [0; TOGETHER], tenths: [0; TOGETHER], unusual: [false; TOGETHER], ni: [0; TOGETHER] }
    }
}

// The tenths of all parties have places of 16 bits, those of the largest town too.
const _: () = assert!(Party::count(MOST_ANCHORS) * DECILES <= u16::MAX as usize);

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
        desk.push(0);
        Office { city, paye: Paye::new(&city.law), fixed, desk }
    }

    /// Make up the packets of workers, from this one on; `pay` becomes what each is paid.
    #[inline(always)]
    fn pack(&self, first: usize, pay: &mut [i32], packed: &mut Packed) {
        let workers = first..first + pay.len();
        let employers = &self.city.workers.employer.rows()[workers.clone()];
        let agreed = &self.city.workers.pay.rows()[workers];
        let none = self.desk.len() - 1;
        pay.copy_from_slice(agreed);
        let rows = packed.desks.iter_mut().zip(&mut packed.tenths).zip(&mut packed.unusual);
        for (((desk, tenths), unusual), (employer, agreed)) in rows.zip(employers.iter().zip(agreed)) {
            let at = (*employer as usize).min(none);
            debug_assert!(at < none || *agreed == 0);
            let of = self.desk[at];
            (*desk, *tenths) = (at as u32, (of & !(BOUND | SHARED)).wrapping_mul(DECILES as u16));
            *unusual = of >= SHARED;
        }
        // Found first, since which they are cannot be foreseen.
        let unusual = |k: usize| packed.unusual[k];
        each_where(0..pay.len(), unusual, |k| {
            let at = packed.desks[k] as usize;
            pay[k] = self.by_policy(WorkerId::from_index(first + k), at, pay[k]);
        });
        employer_ni(&self.paye, pay, &mut packed.ni[..pay.len()]);
    }

    /// Gross pay where it is not what the contract says, or where clauses put a floor under it.
    fn by_policy(&self, w: WorkerId, at: usize, agreed: i32) -> i32 {
        let mut gross = Pence::from(agreed);
        if self.desk[at] & SHARED != 0 {
            let ratio = self.city.employers.pay_ratio.rows()[at];
            gross = part(gross, ratio).min(Pence::from(i32::MAX));
        }
        if self.desk[at] & BOUND != 0 {
            gross = raised_by_clauses(self.city, w, gross, self.fixed);
        }
        gross as i32
    }

    fn no_sums(&self) -> Sums {
        self.city.shelf.zeros(self.desk.len())
    }

    /// Pay the residents of these households, from `first` on; `pay` is of their workers.
    fn pay_homes(&self, first: usize, money: Money, pay: &mut [i32], (sums, by_tenth): &mut (Sums, ByTenth)) {
        let by_tenth = by_tenth.as_flattened_mut();
        let (deposits, received) = money;
        let homes = first..first + deposits.len();
        let deciles = &self.city.households.decile.rows()[homes];
        let mut packed = Packed::none();
        let mut from = self.city.households.workers_from[first] as usize;
        for pay in pay.chunks_mut(TOGETHER) {
            self.pack(from, pay, &mut packed);
            let live_at = &self.city.workers.household.rows()[from..from + pay.len()];
            let with = packed.desks.iter().zip(&packed.tenths).zip(&packed.ni);
            for ((gross, home), ((desk, row), ni)) in pay.iter().zip(live_at).zip(with) {
                let (gross, home) = (Pence::from(*gross), (*home as usize).wrapping_sub(first));
                add(&mut sums[*desk as usize], gross, *ni);
                let place = usize::from(*row).wrapping_add(tenths::place(deciles[home]));
                by_tenth[place] = by_tenth[place].wrapping_add(gross);
                // Packets of at most 32 bits on balances of a city whose money is checked to be what it was.
                deposits[home] = deposits[home].wrapping_add(gross);
                received[home] = received[home].wrapping_add(gross);
            }
            from += pay.len();
        }
    }

    /// Pay in-commuters, from worker `first` on: by home, then employer.
    fn pay_commuters(&self, first: usize, pay: &mut [i32], sums: &mut [Sums; 2]) {
        let mut packed = Packed::none();
        for (first, pay) in (first..).step_by(TOGETHER).zip(pay.chunks_mut(TOGETHER)) {
            self.pack(first, pay, &mut packed);
            let homes = &self.city.workers.home.rows()[first..first + pay.len()];
            for (k, (gross, home)) in pay.iter().zip(homes).enumerate() {
                let sums = &mut sums[usize::from(*home) - 1];
                add(&mut sums[packed.desks[k] as usize], (*gross).into(), packed.ni[k]);
            }
        }
    }
}

/// A packet more for an employer. Sums of a month's packets, each of at most 32 bits, which 64 have room for.
#[inline(always)]
fn add(sums: &mut [Pence; 2], gross: Pence, ni: i32) {
    *sums = [sums[0].wrapping_add(gross), sums[1].wrapping_add(ni.into())];
}

#[cfg_attr(wide, multiversion(targets("x86_64+avx2")))]
fn employer_ni(paye: &Paye, pay: &[i32], ni: &mut [i32]) {
    paye.employer_ni_of_each(pay, ni);
}

/// Deposits and receipts of a chunk of households.
type Money<'a> = (&'a mut [Pence], &'a mut [Pence]);

fn join(city: &City, all: Sums, more: Sums) -> Sums {
    city.shelf.join(all, more, |a, b| *a = [a[0] + b[0], a[1] + b[1]])
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
            (join(read, sums, more), by_tenth)
        },
    );
    let [region, country] = add_up(
        commuters.par_chunks_mut(CHUNK).enumerate(),
        || [office.no_sums(), office.no_sums()],
        |sums, (chunk, pay)| office.pay_commuters(read.workers.residents + chunk * CHUNK, pay, sums),
        |[a, b], [c, d]| [join(read, a, c), join(read, b, d)],
    );
    let homes = residents.iter().zip(&region).zip(&country);
    let packed = homes.take(read.employers.len()).map(|(([residents, ni], region), country)| Paid {
        residents: *residents,
        commuters: [region[0], country[0]],
        ni: ni + region[1] + country[1],
    });
    let mut paid = read.shelf.with_room(read.employers.len());
    paid.extend(packed);
    [residents, region, country].into_iter().for_each(|sums| read.shelf.give(sums));
    city.households.deposits = deposits;
    city.households.received = received;
    city.flows.pay = pay;
    Packets { paid, by_tenth }
}

/// What a worker is paid this month, raised to the floor by the clauses of the employer's contracts where it is less. Who of
/// the staff works under them is a draw of the worker's own, asked of those for whom it matters.
fn raised_by_clauses(city: &City, w: WorkerId, paid: Pence, fixed: &Luck) -> Pence {
    let Some(of) = city.contracts.bound.get(city.workers.employer[w] as usize) else { return paid };
    let floor = round(clauses::pay_floor(city, city.workers.hours[w], of.level));
    let under = floor > paid && fixed.chance(of.living_wage, Purpose::ClauseStaff, w.index() as u64, 0);
    if under { floor } else { paid }
}
