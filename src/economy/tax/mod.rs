//! Phase 6, tax and support: benefits and pensions come in; income tax, contributions, council tax and VAT
//! go out.

mod earnings;
mod vat;

use super::books::{Books, Group, Kind};
use super::plan::Rules;
use crate::base::col::Id;
use crate::base::money::{Pence, Share, divide, part};
use crate::base::parallel::CHUNK;
use crate::place::tax_rules::Paye;
use crate::scenario::settings::FinancedBy;
use crate::world::City;
use crate::world::flows::{HouseholdUses, MOST_A_MONTH, small};
use crate::world::households::HouseholdId;
use crate::world::orgs::Outside;
use earnings::{Earned, Earnings, Payslips};
use rayon::prelude::*;
use vat::vat;

/// What a household is paid by the state and by pension funds this month, and what it owes.
#[derive(Clone, Copy, Default)]
struct Settlement {
    benefits: Pence,
    private_income: Pence,
    direct_tax: Pence,
    pension: Pence,
    council_tax: Pence,
}

impl Settlement {
    // Sums of all households' months, which 64 bits have room for.
    #[inline(always)]
    fn add(&mut self, other: &Settlement) {
        self.benefits = self.benefits.wrapping_add(other.benefits);
        self.private_income = self.private_income.wrapping_add(other.private_income);
        self.direct_tax = self.direct_tax.wrapping_add(other.direct_tax);
        self.pension = self.pension.wrapping_add(other.pension);
        self.council_tax = self.council_tax.wrapping_add(other.council_tax);
    }
}

/// Settle with central government, the council and pension funds.
pub fn collect_and_support(city: &mut City, rules: &Rules, books: &mut Books) {
    let paye = Paye::new(&city.law);
    let total = settle_all(city, &paye);
    let (government, finance) = (city.orgs.outside(Outside::Government), city.orgs.outside(Outside::Finance));
    books.to_households(city, Kind::Benefits, government, total.benefits);
    books.to_households(city, Kind::PrivateIncome, finance, total.private_income);
    books.from_households(city, Kind::DirectTax, government, total.direct_tax);
    books.from_households(city, Kind::PensionContribution, finance, total.pension);
    let council = city.anchors.council.map_or(government, |c| city.orgs.anchor(c as usize));
    books.from_households(city, Kind::CouncilTax, council, total.council_tax);
    levy(city, rules, books);
    vat(city, books);
}

/// Settle with every household, and say what it came to in all. The columns that are written are lent out of the city
/// meanwhile.
fn settle_all(city: &mut City, paye: &Paye) -> Settlement {
    let mut deposits = std::mem::take(&mut city.households.deposits);
    let mut received = std::mem::take(&mut city.households.received);
    let mut uses = std::mem::take(&mut city.flows.household);
    let read: &City = city;
    let money = deposits.rows_mut().par_chunks_mut(CHUNK).zip(received.rows_mut().par_chunks_mut(CHUNK));
    let total = money
        .zip(uses.rows_mut().par_chunks_mut(CHUNK))
        .enumerate()
        .map(|(chunk, ((deposits, received), uses))| {
            let mut total = Settlement::default();
            let first = chunk * CHUNK;
            let mut room = Payslips::default();
            let groups = deposits.chunks_mut(TOGETHER).zip(received.chunks_mut(TOGETHER));
            for (k, ((deposits, received), uses)) in groups.zip(uses.chunks_mut(TOGETHER)).enumerate() {
                let first = first + k * TOGETHER;
                let of = Earnings::new(read, paye, (first, deposits.len()), &mut room);
                settle_group(read, &of, first, ((deposits, received), uses), &mut total);
            }
            total
        })
        .reduce(Settlement::default, |mut a, b| {
            a.add(&b);
            a
        });
    city.households.deposits = deposits;
    city.households.received = received;
    city.flows.household = uses;
    total
}

/// Households whose earnings and credits are worked out together, so that none waits for what another is left with.
const TOGETHER: usize = 64;

/// Deposits, receipts and uses of some households.
type Homes<'a> = ((&'a mut [Pence], &'a mut [Pence]), &'a mut [HouseholdUses]);

/// Settle with the households from `first` on.
#[inline(always)]
fn settle_group(city: &City, earnings: &Earnings, first: usize, homes: Homes, total: &mut Settlement) {
    let ((deposits, received), uses) = homes;
    for (k, ((deposits, received), uses)) in deposits.iter_mut().zip(received).zip(uses).enumerate() {
        let of = settle(city, (&earnings.earned[k], earnings.credit[k]), (first + k, *deposits, *received));
        let income = of.benefits + of.private_income;
        *deposits += income - of.direct_tax - of.pension - of.council_tax;
        *received += income;
        *uses = HouseholdUses {
            rent: uses.rent,
            rent_tax: uses.rent_tax,
            direct_tax: small(of.direct_tax),
            pension: small(of.pension),
            council_tax: small(of.council_tax),
            ..HouseholdUses::default()
        };
        total.add(&of);
    }
}

/// A levy for an extra spend, or for service kept constant, in proportion to the month's council tax (alike for all where nobody pays any), as far as a
/// household has the money. The council advanced it; it is no receipt that the council's other uses follow.
fn levy(city: &mut City, rules: &Rules, books: &mut Books) {
    let Some(council) = city.anchors.council else { return };
    let extra = rules.impulse.as_ref().filter(|of| of.financed_by == FinancedBy::CouncilTax);
    let amount = extra.map_or(0, |of| of.of_month(city.month)) + city.anchors.advanced;
    if amount <= 0 {
        return;
    }
    let mut bills: Vec<Pence> = city.flows.household.iter().map(|uses| uses.council_tax.into()).collect();
    if bills.iter().all(|bill| *bill == 0) {
        bills.fill(1);
    }
    let mut raised = 0;
    for (h, owed) in divide(amount, &bills).into_iter().enumerate() {
        let id = HouseholdId::from_index(h);
        let uses = &mut city.flows.household[id];
        let most = MOST_A_MONTH - Pence::from(uses.council_tax);
        let paid = owed.min(city.households.deposits[id].max(0)).min(most);
        city.households.deposits[id] -= paid;
        uses.council_tax += small(paid);
        uses.levy = small(paid);
        raised += paid;
    }
    let org = city.orgs.anchor(council as usize);
    city.cash[org] += raised;
    books.post(Kind::ExtraFunding, Group::Households, Group::Council, raised);
}

/// What household `h`, with these earnings and the credit that goes with them, deposits and receipts so far, is paid and owes.
#[inline]
fn settle(
    city: &City,
    (earned, credit): (&Earned, i32),
    (h, deposits, received): (usize, Pence, Pence),
) -> Settlement {
    let id = HouseholdId::from_index(h);
    let steady = &city.households.steady[id];
    let mut out = Settlement {
        benefits: Pence::from(steady.from_government),
        private_income: Pence::from(steady.from_finance),
        ..Settlement::default()
    };
    if city.settings.mechanisms.progressivity {
        let (tax, pension) = (Pence::from(steady.tax) + earned.taken, earned.pension);
        out.benefits += Pence::from(credit);
        let have = deposits + out.benefits + out.private_income;
        out.direct_tax = tax.min(have.max(0)).min(MOST_A_MONTH);
        out.pension = pension.min((have - out.direct_tax).max(0)).min(MOST_A_MONTH);
        let left = have - out.direct_tax - out.pension;
        out.council_tax = Pence::from(city.households.commitments[id].council_tax).min(left.max(0));
        return out;
    }
    let (last, fixed) = (city.households.received_last[id], &city.households.fixed[id]);
    // Average rates of the start, on last month's receipts when all is linear, else on this month's.
    let start_credit = universal_credit_at_start(city, id);
    out.benefits += start_credit;
    let receipts = if city.linear() { last } else { received + out.benefits + out.private_income };
    let have = deposits + out.benefits + out.private_income;
    let at_most = |share: Share, left: Pence| part(receipts, share).min(left.max(0)).min(MOST_A_MONTH);
    out.direct_tax = at_most(fixed.direct_tax, have);
    out.pension = at_most(fixed.pension, have - out.direct_tax);
    out.council_tax = at_most(fixed.council_tax, have - out.direct_tax - out.pension);
    out
}

/// Benefits do not answer to earnings when `progressivity` is off: the award of the start stands.
fn universal_credit_at_start(city: &City, id: HouseholdId) -> Pence {
    Pence::from(city.households.credit_at_start[id])
}
