//! The anchors, and the income that covers what they spend.

use super::jobs::Jobs;
use crate::base::col::Id;
use crate::base::money::{Pence, part, pence, share};
use crate::place::city::{AnchorFacts, City as Facts};
use crate::place::tax_rules::Paye;
use crate::place::vocabulary::AnchorKind;
use crate::world::City;
use crate::world::anchors::{AnchorId, Anchors};
use crate::world::employers::EmployerId;
use crate::world::orgs::Orgs;

/// The anchors' rows; budgets follow the facts, income is set by [`balance`].
pub fn anchors(facts: &Facts, scale: f64, _orgs: &Orgs, _jobs: &Jobs) -> Anchors {
    let mut out = Anchors::default();
    for of in &facts.anchors {
        out.id.push(of.id.clone());
        out.name.push(of.name.clone());
        out.kind.push(Some(of.kind));
        out.outside_income.push([0; 4]);
        out.irrecoverable_vat.push(share(of.irrecoverable_vat));
        let budget = pence(of.procurement * scale / 12.0);
        out.procurement.push((budget as f64 / (1.0 + of.irrecoverable_vat)).round() as Pence);
        out.received_last.push(0);
        out.received.push(0);
        out.normal_receipts.push(0);
        out.petty_factor.push(1.0);
        out.reserve.push(0);
        out.debt.push(0);
        out.remitted.push(0);
        out.teams.push(of.team.clone());
        out.commitment.push(of.team.commitment);
        out.own_commitment.push(of.team.commitment);
        out.extra_bill.push(0);
    }
    out.council = facts.anchors.iter().position(|a| a.kind == AnchorKind::Council).map(|i| i as u32);
    out.water = facts.anchors.iter().position(|a| a.id == "yorkshire_water").map(|i| i as u32);
    out
}

/// Income from outside that covers what local receipts do not: payroll with contributions, procurement and
/// irrecoverable VAT (model income = Leeds payroll + procurement).
pub fn balance(facts: &Facts, city: &mut City) {
    let paye = Paye::new(&facts.tax);
    let n_suppliers = city.suppliers.len();
    let mut ni = vec![0i64; city.anchors.len()];
    for i in 0..city.workers.len() {
        let w = crate::world::workers::WorkerId::from_index(i);
        let e = city.workers.employer[w] as usize;
        if city.workers.pay[w] > 0 && e >= n_suppliers && e < n_suppliers + ni.len() {
            ni[e - n_suppliers] += paye.employer_ni(i64::from(city.workers.pay[w]));
        }
    }
    let local = local_receipts(city);
    for (a, of) in facts.anchors.iter().enumerate() {
        let id = AnchorId::from_index(a);
        let e = EmployerId::from_index(n_suppliers + a);
        let bill = city.employers.wage_bill[e];
        let payroll = bill + part(bill, city.employers.pension[e]) + ni[a];
        let buys = city.anchors.procurement[id];
        let uses = payroll + buys + part(buys, city.anchors.irrecoverable_vat[id]);
        let from_outside = (uses - local[a]).max(0);
        let excess = (local[a] - uses).max(0);
        city.anchors.remitted[id] = share(excess as f64 / local[a].max(1) as f64);
        city.anchors.outside_income[id] = split(of, from_outside);
        city.anchors.normal_receipts[id] = local[a] + from_outside;
        city.anchors.received_last[id] = local[a] + from_outside;
    }
}

fn split(of: &AnchorFacts, amount: Pence) -> [Pence; 4] {
    let mut parts = of.income_sources.map(|s| part(amount, share(s)));
    parts[0] += amount - parts.iter().sum::<Pence>();
    parts
}

/// What anchors receive in the city at the start: council tax, council rents, business rates, sales to
/// households and firms.
fn local_receipts(city: &City) -> Vec<Pence> {
    let mut received = vec![0; city.anchors.len()];
    let first = city.suppliers.len();
    let h = &city.households;
    if let Some(council) = city.anchors.council {
        let council = council as usize;
        received[council] += h.commitments.iter().map(|c| i64::from(c.council_tax)).sum::<i64>();
        received[council] += (0..city.suppliers.len())
            .map(|i| {
                part(city.suppliers.normal_sales.rows()[i], city.suppliers.recipe.rows()[i].rates_council)
            })
            .sum::<i64>();
    }
    for i in 0..h.len() {
        if let crate::world::households::Landlord::Org(org) = h.landlord.rows()[i]
            && org.index() >= first
            && org.index() < first + received.len()
        {
            received[org.index() - first] += i64::from(h.commitments.rows()[i].rent);
        }
    }
    for (i, sold) in super::demand::consumption_by_org(city).into_iter().enumerate() {
        if i >= first && i < first + received.len() {
            received[i - first] += sold;
        }
    }
    received
}
