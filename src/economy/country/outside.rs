//! What a city paid outside in a month, by zone and selling sector, and what it sold there: the month's books, told
//! further by its flows, and held against them.

use super::geography::{ZONES, divide};
use super::mix::{Mix, TRADES, split};
use crate::base::col::Id;
use crate::base::money::{Pence, part};
use crate::base::parallel::{CHUNK, map_chunks};
use crate::economy::books::{Books, BrokenIdentity, Group, Kind, Party};
use crate::place::city::{PURCHASES, SECTORS};
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::employers::{EmployerId, OUTSIDE_EMPLOYERS};
use crate::world::households::HouseholdId;
use crate::world::orgs::{Org, OrgId, Outside};
use crate::world::suppliers::SupplierId;
use crate::world::workers::Status;

/// Pence by zone (region, country) and sector.
pub type ByZone = [[Pence; SECTORS]; 2];

/// Firms and households of the two zones.
const FIRMS: [(Outside, Group); 2] =
    [(Outside::RegionFirms, Group::RegionFirms), (Outside::CountryFirms, Group::CountryFirms)];
const HOMES: [Group; 2] = [Group::RegionHouseholds, Group::CountryHouseholds];
/// Kinds of payment to firms outside for what they sell. (The extra spend of an impulse is not among them.)
const TRADE: [Kind; 6] =
    [Kind::Inputs, Kind::Consumption, Kind::Contract, Kind::Petty, Kind::PolicyCosts, Kind::PassedOn];

/// A city's month as the other cities see it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutsideMonth {
    /// Bought from firms that nobody names: inputs, purchases of households, petty purchases; net of VAT.
    pub bought: ByZone,
    /// What bidders of the zones had from the city's anchors and did not spend in it: supplier's row, pence.
    pub passed_on: Vec<(u32, Pence)>,
    /// VAT in what households bought there, by zone.
    pub vat: [Pence; 2],
    /// All that, as the books have it.
    pub paid: [Pence; 2],
    /// Sold to buyers of the zones.
    pub sold: ByZone,
    /// People of each zone at work in the city, and their pay.
    pub in_commuters: [i64; 2],
    pub in_pay: [Pence; 2],
    /// Residents at work in each zone, and their pay.
    pub out_commuters: [i64; 2],
    pub out_pay: [Pence; 2],
}

impl OutsideMonth {
    /// Read a month that has just closed.
    pub fn of(city: &City, books: &Books, mix: &Mix) -> Result<OutsideMonth, BrokenIdentity> {
        let mut month = OutsideMonth::default();
        inputs(city, mix, &mut month);
        purchases(city, books, mix, &mut month);
        anchors(city, &mut month);
        bidders(city, &mut month);
        people(city, books, &mut month);
        for (kind, from, to, amount) in books.matrix() {
            for (zone, (account, _)) in FIRMS.iter().enumerate() {
                if let (Kind::Exports, Party::Outside(payer), Party::Sector(sector)) = (kind, from, to)
                    && payer == *account
                {
                    month.sold[zone][sector.index()] += amount;
                }
            }
        }
        for (zone, (_, group)) in FIRMS.iter().enumerate() {
            let paid =
                |kind: &Kind| Group::ALL.iter().map(|from| books.flow(*kind, *from, *group)).sum::<Pence>();
            month.paid[zone] = TRADE.iter().map(paid).sum();
            let told = month.told(city, zone);
            if told != month.paid[zone] {
                return Err(BrokenIdentity {
                    identity: "what is bought outside by sector = what the books say was paid for it",
                    month: city.date(city.month).to_string(),
                    account: format!("firms of the {}", ZONES[zone].label()),
                    amount: told - month.paid[zone],
                });
            }
        }
        Ok(month)
    }

    /// What was told of the payments to a zone's firms.
    fn told(&self, city: &City, zone: usize) -> Pence {
        let named =
            self.passed_on.iter().filter(|(s, _)| city.suppliers.zone.rows()[*s as usize] == ZONES[zone]);
        self.bought[zone].iter().sum::<Pence>()
            + self.vat[zone]
            + named.map(|(_, amount)| amount).sum::<Pence>()
    }
}

/// Inputs and capital by the buyer's trade.
fn inputs(city: &City, mix: &Mix, month: &mut OutsideMonth) {
    let mut by_trade = [[0; TRADES]; 2];
    for (i, uses) in city.flows.supplier.iter().enumerate() {
        let trade = city.suppliers.trade(SupplierId::from_index(i));
        for (zone, of) in by_trade.iter_mut().enumerate() {
            of[trade] += uses.outside_inputs[zone];
        }
    }
    for (zone, of) in by_trade.iter().enumerate() {
        for (trade, amount) in of.iter().enumerate() {
            add(&mut month.bought[zone], &split(*amount, &mix.inputs[zone][trade]));
        }
    }
}

/// What households bought outside, the VAT in it apart: what the books say, by kind of purchase in proportion to what they
/// bought at the outlets that are now their usual ones (a few have changed theirs since they shopped).
fn purchases(city: &City, books: &Books, mix: &Mix, month: &mut OutsideMonth) {
    let accounts = FIRMS.map(|(account, _)| city.orgs.outside(account).0);
    let parts = map_chunks(city.households.len(), CHUNK, |range| {
        let mut sums = [[0; PURCHASES]; 2];
        for h in range {
            let id = HouseholdId::from_index(h);
            for (p, amount) in city.flows.purchases[id].iter().enumerate() {
                let outlet = city.outlet(id, p);
                if let Some(zone) = accounts.iter().position(|account| *account == outlet) {
                    sums[zone][p] += Pence::from(*amount);
                }
            }
        }
        sums
    });
    for (zone, (_, group)) in FIRMS.iter().enumerate() {
        let weights: Vec<Pence> =
            (0..PURCHASES).map(|p| parts.iter().map(|sums| sums[zone][p]).sum()).collect();
        let spent = divide(books.flow(Kind::Consumption, Group::Households, *group), &weights);
        for (p, amount) in spent.into_iter().enumerate() {
            let vat = part(amount, city.market.vat_share[p]);
            month.vat[zone] += vat;
            add(&mut month.bought[zone], &split(amount - vat, &mix.purchases[p]));
        }
    }
}

/// Petty purchases, and contracts of firms that are no bidders by name.
fn anchors(city: &City, month: &mut OutsideMonth) {
    for payment in city.flows.payments.iter().filter(|payment| !payment.extra) {
        if let Org::Outside(account) = city.orgs.kind(OrgId(payment.org))
            && let Some(zone) = FIRMS.iter().position(|(of, _)| *of == account)
        {
            let sector = city.contracts.categories[usize::from(payment.category)].sector;
            month.bought[zone][sector.index()] += payment.amount;
        }
    }
}

fn bidders(city: &City, month: &mut OutsideMonth) {
    for (i, uses) in city.flows.supplier.iter().enumerate() {
        if uses.passed_on != 0 && city.suppliers.zone.rows()[i] != Zone::City {
            month.passed_on.push((i as u32, uses.passed_on));
        }
    }
}

/// Commuters both ways.
fn people(city: &City, books: &Books, month: &mut OutsideMonth) {
    let workers = &city.workers;
    for w in workers.residents..workers.len() {
        if workers.status.rows()[w] == Status::Employed {
            month.in_commuters[usize::from(workers.home.rows()[w] > 1)] += 1;
        }
    }
    let first = city.employers.len() - OUTSIDE_EMPLOYERS;
    for zone in 0..2 {
        month.out_commuters[zone] = i64::from(city.employers.headcount[EmployerId::from_index(first + zone)]);
        month.out_pay[zone] = books.flow(Kind::Wages, FIRMS[zone].1, Group::Households);
        let from = Group::ALL.iter();
        month.in_pay[zone] = from.map(|payer| books.flow(Kind::Wages, *payer, HOMES[zone])).sum();
    }
}

fn add(to: &mut [Pence; SECTORS], more: &[Pence; SECTORS]) {
    to.iter_mut().zip(more).for_each(|(sum, x)| *sum += x);
}
