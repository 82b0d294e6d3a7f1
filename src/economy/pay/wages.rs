//! Wages to residents and in-commuters, what the staff share out, and employer contributions.

use super::packets::{Packets, Paid, pay_all};
use crate::base::col::Id;
use crate::base::draws::Luck;
use crate::base::money::{Pence, Share, WHOLE, part};
use crate::economy::books::{Books, Kind};
use crate::economy::order::{anchor_factor, base};
use crate::world::City;
use crate::world::anchors::AnchorId;
use crate::world::employers::EmployerId;
use crate::world::orgs::{Org, OrgId, Outside};
use crate::world::suppliers::SupplierId;

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
            let a = AnchorId::from_index(i - city.suppliers.len());
            // With fractional labour nobody is hired: the staff that there are work for policies too.
            let extra = if fractional { city.anchors.extra_bill[a] } else { 0 };
            part(bill, anchor_factor(city, a)) + extra
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
        let links = city.suppliers.links.row(s.index()).iter().map(|l| l.share).sum::<Share>();
        let costs = links + r.costs_but_links();
        return part(part(city.suppliers.sales_last[s], WHOLE.saturating_sub(costs)), r.profit_to_staff);
    }
    let most = part(city.suppliers.expected[s], r.pay) as f64 * MOST_SHARE_OUT;
    city.suppliers.staff_due[s].clamp(0, most as Pence)
}

pub(super) fn wages(city: &mut City, fixed: &Luck, books: &mut Books) {
    let Packets { paid, by_tenth } = pay_all(city, fixed);
    books.keep_wages(by_tenth);
    for (i, of) in paid.iter().enumerate() {
        charge_employer(city, i, of, books);
    }
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
    let a = AnchorId::from_index(i - city.suppliers.len());
    let (extra, bill) = (city.anchors.extra_bill[a], city.employers.wage_bill[e].max(1));
    let more = i128::from(city.employers.normal_ni[e]) * i128::from(extra) / i128::from(bill);
    let ni = part(city.employers.normal_ni[e], anchor_factor(city, a)) + more as Pence;
    (ni, part(pay, city.employers.pension[e]))
}

/// An anchor that cannot meet its payroll borrows.
pub(super) fn anchors_borrow(city: &mut City, books: &mut Books) {
    for i in 0..city.anchors.len() {
        let org = city.orgs.anchor(i);
        let lent = books.lend(city, org);
        city.anchors.debt[AnchorId::from_index(i)] += lent;
    }
}
