//! Households, suppliers and anchors as the town file writes them.

use crate::base::col::Id;
use crate::base::money::{Pence, pence, share};
use crate::place::city::PURCHASES;
use crate::place::town::Town;
use crate::place::town_steady::{Ids, Steady};
use crate::place::vocabulary::{AnchorKind, Buyers};
use crate::world::City;
use crate::world::contracts::Contract;
use crate::world::employers::EmployerId;
use crate::world::households::{Commitments, FixedShares, Landlord, SteadyIncome};
use crate::world::orgs::{NOBODY, Orgs, Outside};
use crate::world::outlets::{Code, Sellers, TooManyOutlets};
use crate::world::suppliers::{Link, Recipe, SupplierId};
use std::collections::BTreeMap;

fn outside(orgs: &Orgs, word: &str) -> u32 {
    let account = match word {
        "region" => Outside::RegionFirms,
        "world" => Outside::World,
        "finance" => Outside::Finance,
        _ => Outside::CountryFirms,
    };
    orgs.outside(account).0
}

pub(super) fn households(
    of: &Town,
    ids: &Ids,
    steady: &Steady,
    city: &mut City,
) -> Result<(), TooManyOutlets> {
    let orgs = city.orgs;
    let mut sellers = vec![Listed::default(); PURCHASES];
    let out = &mut city.households;
    for (h, file) in of.household.iter().enumerate() {
        let spent: f64 = file.spends.values().sum();
        let (mut outlets, mut budget) = ([0; PURCHASES], [0; PURCHASES]);
        let mut spends = file.spends.iter();
        for (p, sellers) in sellers.iter_mut().enumerate() {
            let to = spends.next();
            let org = to.map(|(to, _)| ids.suppliers.get(to).copied().unwrap_or_else(|| outside(&orgs, to)));
            outlets[p] = sellers.place_of(org.unwrap_or(orgs.outside(Outside::CountryFirms).0));
            budget[p] = share(to.filter(|_| spent > 0.0).map_or(0.0, |(_, part)| part / spent));
        }
        out.ward.push(0);
        out.decile.push(file.decile.clamp(1, 10) - 1);
        out.tenure.push(0);
        out.adults.push(file.adults);
        out.children.push(file.children);
        out.pensioners.push(0);
        out.budget.push(out.budgets.len() as u16);
        out.budgets.push(budget);
        out.deposits.push(0);
        out.steady.push(SteadyIncome {
            from_government: pence(file.benefits_gbp_month) as i32,
            ..SteadyIncome::default()
        });
        out.commitments.push(Commitments::default());
        out.landlord.push(Landlord::None);
        out.spending.push(Default::default());
        out.fixed.push(FixedShares {
            direct_tax: share(file.direct_tax),
            pension: share(file.pension),
            council_tax: share(file.council_tax),
            consumption: share(spent),
            ..FixedShares::default()
        });
        out.credit_at_start.push(0);
        out.outlets.push(outlets);
        out.received_last.push(pence(steady.households[h]));
        out.received.push(0);
    }
    city.market.sellers = Sellers::new(sellers.into_iter().map(|of| of.orgs))?;
    Ok(())
}

/// Sellers of a purchase in the order in which households name them, and the place of each.
#[derive(Clone, Default)]
struct Listed {
    orgs: Vec<u32>,
    places: BTreeMap<u32, Code>,
}

impl Listed {
    /// The place of an organisation, at the end if it is new. If there are too many to be numbered, [`Sellers::new`] refuses
    /// them.
    fn place_of(&mut self, org: u32) -> Code {
        let next = self.orgs.len() as Code;
        let place = *self.places.entry(org).or_insert(next);
        if self.places.len() > self.orgs.len() {
            self.orgs.push(org);
        }
        place
    }
}

pub(super) fn suppliers(of: &Town, ids: &Ids, steady: &Steady, city: &mut City) {
    let out = &mut city.suppliers;
    for (i, file) in of.supplier.iter().enumerate() {
        let gross = steady.suppliers[i];
        let net = gross - steady.vat[i];
        let owners: Vec<(u32, f64)> =
            file.surplus.iter().filter_map(|(id, part)| Some((*ids.households.get(id)?, *part))).collect();
        let in_town: f64 = owners.iter().map(|o| o.1).sum();
        let of_surplus = |word: &str| file.surplus.get(word).copied().unwrap_or(0.0);
        let bought = |word: &str| share(file.buys.get(word).copied().unwrap_or(0.0));
        out.identity.push(i as u64);
        out.active.push(true);
        out.stand_in.push(i as u32);
        out.sector.push(file.sector);
        out.zone.push(file.zone);
        out.ward.push(0);
        out.ownership.push(file.ownership);
        out.shop.push(false);
        out.owner.push(owners.last().map_or(NOBODY, |o| o.0));
        let others = &owners[..owners.len().saturating_sub(1)];
        out.partners.push_row(others.iter().map(|(h, part)| (*h, share(part / in_town))));
        out.vat.push(share(file.vat));
        out.recipe.push(Recipe {
            outside_inputs: [bought("region"), bought("country"), bought("world")],
            product_taxes: share(file.national_taxes),
            rates_council: share(file.council_rates),
            pay: share(file.pays.values().sum()),
            profit: [
                in_town,
                of_surplus("region"),
                of_surplus("country"),
                of_surplus("world"),
                of_surplus("finance"),
            ]
            .map(share),
            ..Recipe::default()
        });
        out.links.push_row(file.buys.iter().filter_map(|(id, part)| {
            let seller = *ids.suppliers.get(id)?;
            Some(Link { seller, backup: NOBODY, share: share(*part) })
        }));
        out.normal_sales.push(pence(net));
        out.expected.push(pence(net));
        out.expected_consumption.push(0);
        out.consumption.push(0);
        out.export_weight.push(pence(file.exports_gbp_month));
        out.received_last.push(pence(gross));
        out.sales_last.push(pence(gross) - pence(steady.vat[i]));
        out.received.push(0);
        out.sales.push(0);
        out.turned_away.push(0);
        out.vat_due.push(pence(steady.vat[i]));
        out.staff_due.push(0);
        out.debt.push(0);
        out.quality.push(0.5);
        out.norm.push(0.0);
        out.age_months.push(0);
        out.contract_income.push(0);
        out.turnover.push(0);
        out.experience.push(0.0);
        out.premium.push(0);
    }
}

pub(super) fn anchors(of: &Town, ids: &Ids, steady: &Steady, city: &mut City) {
    let first = of.supplier.len();
    city.contracts.categories = vec![crate::place::city::Category::only()];
    city.contracts.reference_price = vec![1.0];
    city.contracts.pools = vec![Default::default()];
    city.contracts.framework_scale = [1.0; 2];
    city.contracts.small_reach = [0.5; Buyers::COUNT];
    city.contracts.reach = vec![[1.0, 0.0, 0.0]];
    city.contracts.frameworks = vec![Default::default()];
    city.contracts.labour_share = vec![0.0];
    for (a, file) in of.anchor.iter().enumerate() {
        let buys: Pence = file.buys.values().map(|p| pence(*p)).sum();
        let uses = buys + city.employers.wage_bill[EmployerId::from_index(first + a)];
        let local = pence(steady.anchors[a]);
        let out = &mut city.anchors;
        out.id.push(file.id.clone());
        out.name.push(file.name.clone());
        out.kind.push(Some(file.kind));
        out.outside_income.push([(uses - local).max(0), 0, 0, 0]);
        out.irrecoverable_vat.push(0);
        out.procurement.push(buys);
        let receipts = local + (uses - local).max(0);
        out.received_last.push(receipts);
        out.received.push(0);
        out.normal_receipts.push(receipts);
        out.petty_factor.push(1.0);
        out.remitted.push(share((local - uses).max(0) as f64 / local.max(1) as f64));
        out.debt.push(0);
        out.reserve.push(0);
        out.commitment.push(0.0);
        out.own_commitment.push(0.0);
        out.extra_bill.push(0);
        for (k, (id, amount)) in file.buys.iter().enumerate() {
            let Some(s) = ids.suppliers.get(id) else { continue };
            city.suppliers.contract_income[SupplierId(*s)] += pence(*amount);
            let need = (a as u64) << 32 | k as u64;
            let row = Contract::open(need, (a as u16, 0), pence(*amount), u16::MAX);
            city.contracts.rows.push(Contract {
                supplier: *s,
                supplier_identity: u64::from(*s),
                end_month: u16::MAX,
                ..row
            });
        }
    }
    city.anchors.council = of.anchor.iter().position(|a| a.kind == AnchorKind::Council).map(|c| c as u32);
}
