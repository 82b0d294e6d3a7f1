//! Wages to residents and in-commuters, what the staff share out, and employer contributions.

use crate::base::col::Id;
use crate::base::money::{Pence, Share, WHOLE, part};
use crate::base::parallel::CHUNK;
use crate::economy::books::tenths::{self, ByTenth};
use crate::economy::books::{Books, Kind};
use crate::economy::order::{anchor_factor, base};
use crate::place::tax_rules::Paye;
use crate::world::City;
use crate::world::anchors::AnchorId;
use crate::world::employers::EmployerId;
use crate::world::households::HouseholdId;
use crate::world::orgs::{Org, OrgId, Outside};
use crate::world::suppliers::SupplierId;
use crate::world::workers::WorkerId;
use rayon::prelude::*;

/// Most that a worker co-operative or VCSE shares out in a month, over its pay bill.
const MOST_SHARE_OUT: f64 = 2.0;

/// Every wage is its contract's, unless labour is fractional: then the pot follows sales and is shared out in
/// proportion. Worker co-operatives and VCSE share out what their reserve does not need.
pub(super) fn set_pay_ratios(city: &mut City) {
    let fractional = !city.settings.mechanisms.labour_market;
    for i in 0..city.employers.len() {
        let e = EmployerId::from_index(i);
        let bill = city.employers.wage_bill[e];
        let pot = if i < city.suppliers.len() {
            let s = SupplierId::from_index(i);
            let sales = if city.suppliers.active[s] { base(city, s) } else { 0 };
            let fixed = part(sales, city.suppliers.recipe[s].pay);
            let own = if fractional { fixed } else { bill };
            let shared_out = if bill > 0 { staff_share_out(city, s) } else { 0 };
            city.flows.supplier[s].shared_out = shared_out;
            own + shared_out
        } else if i < city.suppliers.len() + city.anchors.len() {
            part(bill, anchor_factor(city, AnchorId::from_index(i - city.suppliers.len())))
        } else {
            bill
        };
        city.employers.pay_ratio[e] = ratio(pot, bill);
    }
}

fn ratio(pot: Pence, bill: Pence) -> Share {
    if bill <= 0 { WHOLE } else { ((u128::from(pot.max(0) as u64) << 32).div_ceil(bill as u128)) as Share }
}

/// Profit that the staff share out this month: what last month's surplus set aside for them, within bounds.
fn staff_share_out(city: &City, s: SupplierId) -> Pence {
    let r = &city.suppliers.recipe[s];
    if r.profit_to_staff == 0 {
        return 0;
    }
    if city.linear() {
        let costs = r.outside_inputs.iter().sum::<Share>()
            + city.suppliers.links.row(s.index()).iter().map(|l| l.share).sum::<Share>()
            + r.product_taxes
            + r.rates_national
            + r.rates_council
            + r.pay
            + r.employer_ni
            + r.employer_pension;
        return part(part(city.suppliers.sales_last[s], WHOLE.saturating_sub(costs)), r.profit_to_staff);
    }
    let most = part(city.suppliers.expected[s], r.pay) as f64 * MOST_SHARE_OUT;
    city.suppliers.staff_due[s].clamp(0, most as Pence)
}

/// What each employer pays: gross to residents, to commuters by home, and employer contributions.
#[derive(Clone, Copy, Default)]
struct Paid {
    residents: Pence,
    commuters: [Pence; 2],
    ni: Pence,
    /// Share of contract pay that is paid, and the employer's party in the social accounting matrix: kept here to be at
    /// hand where pay is added up.
    ratio: Share,
    party: u16,
}

/// Pay packets added up. Whole pence, so that the order of addition is free.
#[derive(Clone)]
struct Packets {
    paid: Vec<Paid>,
    /// Of residents, by employer's party and tenth.
    by_tenth: ByTenth,
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
    fn pay(&mut self, city: &City, paye: &Paye, w: WorkerId) -> Option<(&mut Paid, Pence)> {
        let of = self.paid.get_mut(city.workers.employer[w] as usize)?;
        let gross = part(Pence::from(city.workers.pay[w]), of.ratio).min(Pence::from(i32::MAX));
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

pub(super) fn wages(city: &mut City, books: &mut Books) {
    let Packets { paid, by_tenth } = pay_all(city);
    books.keep_wages(by_tenth);
    for (i, of) in paid.iter().enumerate() {
        charge_employer(city, i, of, books);
    }
}

/// Pay everybody. The columns that are written are lent out of the city meanwhile.
fn pay_all(city: &mut City) -> Packets {
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
                    let found = packets.pay(read, &paye, WorkerId::from_index(w));
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
                *to = packets.pay(read, &paye, w).map_or(0, |(of, gross)| {
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

/// Take the wages and contributions from the employer's account.
fn charge_employer(city: &mut City, i: usize, of: &Paid, books: &mut Books) {
    let in_city = city.suppliers.len() + city.anchors.len();
    let from = if i < in_city {
        OrgId(i as u32)
    } else {
        city.orgs.outside(if i == in_city { Outside::RegionFirms } else { Outside::CountryFirms })
    };
    books.to_households(city, Kind::Wages, from, of.residents);
    for (home, amount) in
        [Outside::RegionHouseholds, Outside::CountryHouseholds].into_iter().zip(of.commuters)
    {
        let to = city.orgs.outside(home);
        books.pay(city, Kind::Wages, (from, to), amount);
    }
    if i >= in_city {
        return;
    }
    let pay = of.residents + of.commuters.iter().sum::<Pence>();
    if i < city.suppliers.len() {
        let s = SupplierId::from_index(i);
        if !city.linear() {
            city.suppliers.staff_due[s] -= city.flows.supplier[s].shared_out;
        }
    }
    let (ni, pension) = contributions(city, i, pay, of.ni);
    let (government, finance) = (city.orgs.outside(Outside::Government), city.orgs.outside(Outside::Finance));
    books.pay(city, Kind::EmployerNi, (from, government), ni);
    books.pay(city, Kind::EmployerPension, (from, finance), pension);
    if let Org::Supplier(_) = city.orgs.kind(from) {
        let uses = &mut city.flows.supplier[SupplierId::from_index(i)];
        uses.pay = pay;
        uses.pay_residents = of.residents;
        uses.national_taxes += ni;
        uses.employer_pension += pension;
    } else {
        let uses = &mut city.flows.anchor[i - city.suppliers.len()];
        uses.pay = pay;
        uses.pay_residents = of.residents;
        uses.employer_taxes = ni;
        uses.employer_pension = pension;
    }
}

/// Employer National Insurance and pension contributions: by the law on each pay packet, or at the start's
/// average rates when labour is fractional.
fn contributions(city: &City, i: usize, pay: Pence, by_law: Pence) -> (Pence, Pence) {
    let e = EmployerId::from_index(i);
    if city.settings.mechanisms.labour_market {
        return (by_law, part(pay, city.employers.pension[e]));
    }
    if i < city.suppliers.len() {
        let s = SupplierId::from_index(i);
        let sales = if city.suppliers.active[s] { base(city, s) } else { 0 };
        let r = &city.suppliers.recipe[s];
        return (part(sales, r.employer_ni), part(sales, r.employer_pension));
    }
    let factor = anchor_factor(city, AnchorId::from_index(i - city.suppliers.len()));
    (part(city.employers.normal_ni[e], factor), part(pay, city.employers.pension[e]))
}

/// An anchor that cannot meet its payroll borrows.
pub(super) fn anchors_borrow(city: &mut City, books: &mut Books) {
    for i in 0..city.anchors.len() {
        let org = city.orgs.anchor(i);
        let short = -city.cash[org];
        if short > 0 {
            let finance = city.orgs.outside(Outside::Finance);
            city.cash[finance] -= short;
            city.cash[org] += short;
            books.post_orgs(Kind::Loans, (finance, org), short);
            city.anchors.debt[AnchorId::from_index(i)] += short;
        }
    }
}
