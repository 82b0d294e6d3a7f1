//! Phase 5, pay: wages to residents and in-commuters, employer contributions, rent, and what firms do with
//! their surplus: interest, corporation tax, profit to owners.

use super::books::{Books, Group, Kind, group_of};
use super::order::{anchor_factor, base};
use crate::base::col::Id;
use crate::base::money::{Pence, Share, WHOLE, part};
use crate::base::parallel::map_chunks;
use crate::place::tax_rules::Paye;
use crate::place::vocabulary::{Ownership, Zone};
use crate::world::City;
use crate::world::anchors::AnchorId;
use crate::world::employers::EmployerId;
use crate::world::households::{HouseholdId, Landlord};
use crate::world::orgs::{NOBODY, Org, OrgId, Outside};
use crate::world::suppliers::SupplierId;
use crate::world::workers::WorkerId;

/// Most that a worker co-operative or VCSE shares out in a month, over its pay bill.
const MOST_SHARE_OUT: f64 = 2.0;

/// Pay wages, rent and the surplus of firms.
pub fn wages_rent_and_surplus(city: &mut City, books: &mut Books) {
    set_pay_ratios(city);
    wages(city, books);
    anchors_borrow(city, books);
    rents(city, books);
    for i in 0..city.suppliers.len() {
        surplus(city, SupplierId::from_index(i), books);
    }
}

/// Every wage is its contract's, unless labour is fractional: then the pot follows sales and is shared out in
/// proportion. Worker co-operatives and VCSE share out what their reserve does not need.
fn set_pay_ratios(city: &mut City) {
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

/// Cash a firm means to hold: months of sales, the VAT it owes and what its staff are due.
fn reserve(city: &City, s: SupplierId) -> Pence {
    let of = &city.suppliers;
    (of.expected[s] as f64 * city.settings.firms.reserve_months) as Pence + of.vat_due[s] + of.staff_due[s]
}

/// What each employer pays: gross to residents, to commuters by home, and employer contributions.
#[derive(Clone, Copy, Default)]
struct Paid {
    residents: Pence,
    commuters: [Pence; 2],
    ni: Pence,
}

fn wages(city: &mut City, books: &mut Books) {
    let paye = Paye::new(&city.law);
    let mut paid = vec![Paid::default(); city.employers.len()];
    let gross = gross_pay(city);
    let mut to_households = vec![0 as Pence; city.households.len()];
    for w in 0..city.workers.len() {
        let employer = city.workers.employer.rows()[w];
        let pay = Pence::from(gross[w]);
        if employer == NOBODY || pay == 0 {
            continue;
        }
        let of = &mut paid[employer as usize];
        of.ni += paye.employer_ni(pay);
        match city.workers.home.rows()[w] {
            0 => {
                of.residents += pay;
                to_households[city.workers.household.rows()[w] as usize] += pay;
            }
            home => of.commuters[home as usize - 1] += pay,
        }
    }
    for (h, amount) in to_households.into_iter().enumerate() {
        let id = HouseholdId::from_index(h);
        city.households.deposits[id] += amount;
        city.households.received[id] += amount;
    }
    city.flows.pay = gross;
    for (i, of) in paid.iter().enumerate() {
        charge_employer(city, i, of, books);
    }
}

fn gross_pay(city: &City) -> Vec<i32> {
    map_chunks(city.workers.len(), 16_384, |range| {
        range
            .map(|w| {
                let id = WorkerId::from_index(w);
                let (employer, pay) = (city.workers.employer[id], city.workers.pay[id]);
                if employer == NOBODY {
                    return 0;
                }
                part(Pence::from(pay), city.employers.pay_ratio[EmployerId(employer)]).min(Pence::from(i32::MAX)) as i32
            })
            .collect::<Vec<_>>()
    })
    .concat()
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
    for (home, amount) in [Outside::RegionHouseholds, Outside::CountryHouseholds].into_iter().zip(of.commuters) {
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

/// Rent: to landlords by their residence, to the council, to housing associations.
fn rents(city: &mut City, books: &mut Books) {
    let linear = city.linear();
    for h in 0..city.households.len() {
        let id = HouseholdId::from_index(h);
        let landlord = city.households.landlord[id];
        if landlord == Landlord::None {
            continue;
        }
        let due = if linear {
            part(city.households.received_last[id], city.households.fixed[id].rent)
        } else {
            Pence::from(city.households.commitments[id].rent).min(city.households.deposits[id])
        };
        city.households.deposits[id] -= due;
        city.flows.household[id].rent = due;
        match landlord {
            Landlord::Household(l) => {
                // The landlord's income tax at the basic rate is withheld.
                let tax = (due as f64 * city.law.basic_rate).round() as Pence;
                let government = city.orgs.outside(Outside::Government);
                books.from_households(city, Kind::DirectTax, government, tax);
                city.flows.household[id].rent = due - tax;
                city.flows.household[id].rent_tax = tax;
                city.households.deposits[l] += due - tax;
                city.households.received[l] += due - tax;
                books.post(Kind::Rent, Group::Households, Group::Households, due - tax);
            }
            Landlord::Org(org) => {
                books.from_households(city, Kind::Rent, org, due);
                if (org.index()) < city.suppliers.len() {
                    city.suppliers.sales[SupplierId(org.0)] += due;
                }
            }
            Landlord::None => {}
        }
    }
}

/// What a firm does with what is left: business rates, interest, corporation tax, then profit by ownership
/// form. A firm that cannot meet its bills borrows.
fn surplus(city: &mut City, s: SupplierId, books: &mut Books) {
    if !city.suppliers.active[s] {
        return;
    }
    if city.suppliers.zone[s] != Zone::City {
        pass_on(city, s, books);
        return;
    }
    rates(city, s, books);
    let profit = profit_of_month(city, s);
    if city.suppliers.ownership[s] == Ownership::Public && !city.linear() {
        settle_with_government(city, s, profit, books);
        return;
    }
    let interest = if city.linear() {
        0
    } else {
        (city.suppliers.debt[s] as f64 * city.settings.firms.interest_rate / 12.0) as Pence
    };
    let org = city.orgs.supplier(s.index());
    let finance = city.orgs.outside(Outside::Finance);
    city.flows.supplier[s].finance += interest;
    books.pay(city, Kind::Interest, (org, finance), interest);
    let r = city.suppliers.recipe[s];
    let tax = part((profit - interest).max(0), r.profit_tax);
    let government = city.orgs.outside(Outside::Government);
    city.flows.supplier[s].national_taxes += tax;
    books.pay(city, Kind::ProfitTax, (org, government), tax);
    let to_pay = payable(city, s, profit - interest - tax);
    let to_pay = repay(city, s, to_pay, books);
    distribute(city, s, to_pay, books);
    borrow(city, s, books);
}

fn rates(city: &mut City, s: SupplierId, books: &mut Books) {
    let base = base(city, s);
    let r = city.suppliers.recipe[s];
    let org = city.orgs.supplier(s.index());
    let (national, local) = (part(base, r.rates_national), part(base, r.rates_council));
    let government = city.orgs.outside(Outside::Government);
    books.pay(city, Kind::BusinessRates, (org, government), national);
    city.flows.supplier[s].national_taxes += national;
    let to = city.anchors.council.map_or(government, |c| city.orgs.anchor(c as usize));
    books.pay(city, Kind::BusinessRates, (org, to), local);
    city.flows.supplier[s].rates_council += local;
}

/// A public body's funding follows its costs: what is over goes back to central government, what is short is
/// made up.
fn settle_with_government(city: &mut City, s: SupplierId, profit: Pence, books: &mut Books) {
    let (org, government) = (city.orgs.supplier(s.index()), city.orgs.outside(Outside::Government));
    let cash = city.cash[org];
    let gap = cash + city.suppliers.expected_consumption[s] - profit - reserve(city, s);
    let over = profit + (gap as f64 * city.settings.firms.reserve_speed_monthly) as Pence;
    let amount = over.min((cash - city.suppliers.vat_due[s]).max(0));
    if amount >= 0 {
        books.pay(city, Kind::PublicFunding, (org, government), amount);
        city.flows.supplier[s].national_taxes += amount;
    } else {
        books.pay(city, Kind::PublicFunding, (government, org), -amount);
    }
    borrow(city, s, books);
}

/// Last month's net sales less this month's costs.
fn profit_of_month(city: &City, s: SupplierId) -> Pence {
    let links: Pence = city.suppliers.links.range(s.index()).map(|l| city.flows.links[l] + city.flows.backups[l]).sum();
    // Shared-out surplus was set aside from an earlier month's profit.
    let set_aside = if city.linear() { 0 } else { city.flows.supplier[s].shared_out };
    city.suppliers.sales_last[s] - links - city.flows.supplier[s].total() + set_aside
}

/// Cash that can go out as profit: the month's profit and part of the gap between cash and reserve.
fn payable(city: &City, s: SupplierId, profit: Pence) -> Pence {
    if city.linear() {
        return profit.max(0);
    }
    let cash = city.cash[city.orgs.supplier(s.index())];
    // Sales to households of this month are still to come; the reserve is judged before them.
    let gap = cash + city.suppliers.expected_consumption[s] - profit - reserve(city, s);
    let wanted = profit + (gap as f64 * city.settings.firms.reserve_speed_monthly) as Pence;
    wanted.clamp(0, (cash - city.suppliers.vat_due[s]).max(0))
}

fn repay(city: &mut City, s: SupplierId, payable: Pence, books: &mut Books) -> Pence {
    let amount = city.suppliers.debt[s].min(payable / 2);
    if amount > 0 {
        let (org, finance) = (city.orgs.supplier(s.index()), city.orgs.outside(Outside::Finance));
        books.pay(city, Kind::Repayment, (org, finance), amount);
        city.suppliers.debt[s] -= amount;
        city.flows.supplier[s].finance += amount;
    }
    payable - amount.max(0)
}

fn distribute(city: &mut City, s: SupplierId, amount: Pence, books: &mut Books) {
    let r = city.suppliers.recipe[s];
    let org = city.orgs.supplier(s.index());
    // What the staff keep was paid with their wages; of the rest, every penny goes somewhere.
    let to_staff = if city.linear() { 0 } else { part(amount, r.profit_to_staff) };
    city.suppliers.staff_due[s] += to_staff;
    let to_others = amount - to_staff;
    let all: Share = r.profit.iter().sum();
    if to_others <= 0 || all == 0 {
        return;
    }
    let parts = r.profit.map(|p| (to_others as i128 * i128::from(p) / i128::from(all)) as Pence);
    let mut left = to_others - parts.iter().sum::<Pence>();
    let outside = [Outside::RegionHouseholds, Outside::CountryHouseholds, Outside::World].map(|o| city.orgs.outside(o));
    let largest = (0..5).max_by_key(|k| (r.profit[*k], std::cmp::Reverse(*k))).unwrap_or(4);
    for k in 0..5 {
        let pay = parts[k] + if k == largest { std::mem::take(&mut left) } else { 0 };
        match k {
            0 => to_owner(city, s, pay, books),
            4 => {
                let finance = city.orgs.outside(Outside::Finance);
                books.pay(city, Kind::Interest, (org, finance), pay);
                city.flows.supplier[s].finance += pay;
            }
            _ => {
                books.pay(city, Kind::Dividends, (org, outside[k - 1]), pay);
                city.flows.supplier[s].profit_outside[k - 1] += pay;
            }
        }
    }
}

fn to_owner(city: &mut City, s: SupplierId, amount: Pence, books: &mut Books) {
    let owner = city.suppliers.owner[s];
    let org = city.orgs.supplier(s.index());
    if owner == NOBODY {
        let country = city.orgs.outside(Outside::CountryHouseholds);
        books.pay(city, Kind::Dividends, (org, country), amount);
        city.flows.supplier[s].profit_outside[1] += amount;
        return;
    }
    let tax = part(amount, city.suppliers.recipe[s].owner_tax);
    let government = city.orgs.outside(Outside::Government);
    books.pay(city, Kind::DirectTax, (org, government), tax);
    city.flows.supplier[s].national_taxes += tax;
    let amount = amount - tax;
    books.to_households(city, Kind::Dividends, org, amount);
    city.flows.supplier[s].owner += amount;
    let mut left = amount;
    let partners = city.suppliers.partners.row(s.index()).to_vec();
    for (household, share) in partners {
        let piece = part(amount, share);
        left -= piece;
        credit(city, household, piece);
    }
    credit(city, owner, left);
}

fn credit(city: &mut City, household: u32, amount: Pence) {
    city.households.deposits[HouseholdId(household)] += amount;
    city.households.received[HouseholdId(household)] += amount;
}

/// A supplier outside the city passes on what it does not spend in the city.
fn pass_on(city: &mut City, s: SupplierId, books: &mut Books) {
    let org = city.orgs.supplier(s.index());
    let links: Pence = city.suppliers.links.range(s.index()).map(|l| city.flows.links[l] + city.flows.backups[l]).sum();
    let amount = (city.suppliers.received_last[s] - links - city.flows.supplier[s].total()).clamp(0, city.cash[org].max(0));
    let to = city.orgs.outside(Outside::firms(city.suppliers.zone[s]));
    books.pay(city, Kind::PassedOn, (org, to), amount);
    city.flows.supplier[s].passed_on += amount;
    borrow(city, s, books);
}

/// No cash below zero without a lender.
fn borrow(city: &mut City, s: SupplierId, books: &mut Books) {
    let org = city.orgs.supplier(s.index());
    let short = -city.cash[org];
    if short > 0 {
        let finance = city.orgs.outside(Outside::Finance);
        city.cash[finance] -= short;
        city.cash[org] += short;
        books.post(Kind::Loans, Group::Finance, group_of(city, org), short);
        city.flows.supplier[s].borrowed += short;
        city.suppliers.debt[s] += short;
    }
}

/// An anchor that cannot meet its payroll borrows.
fn anchors_borrow(city: &mut City, books: &mut Books) {
    for i in 0..city.anchors.len() {
        let org = city.orgs.anchor(i);
        let short = -city.cash[org];
        if short > 0 {
            let finance = city.orgs.outside(Outside::Finance);
            city.cash[finance] -= short;
            city.cash[org] += short;
            books.post(Kind::Loans, Group::Finance, group_of(city, org), short);
            city.anchors.debt[AnchorId::from_index(i)] += short;
        }
    }
}
