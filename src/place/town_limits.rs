//! What a town may hold and a household may use: rows and amounts are kept in few bits, and what does not fit them is refused
//! when the file is read. Amounts are judged in the steady month, in which the town starts.

use super::error::PlaceError;
use super::town::TownHousehold;
use super::town_check::{Checker, Entry, sum};
use super::town_steady::{ROUNDS, Steady, steady_month};
use crate::base::money::{MOST_A_MONTH, Pence, part, pence, pounds, share};
use std::collections::BTreeMap;

/// Each household has a table of budget shares of its own, numbered in 16 bits.
pub const MOST_HOUSEHOLDS: usize = 1 << 16;
/// The month's accounts hold every payer by every receiver and kind: 0.3 GB at so many anchors, and 16 bits number them with
/// the tenths of households.
pub const MOST_ANCHORS: usize = 1_000;
/// The most that a worker is paid, or a household has in benefits, in a month.
const MOST_PAY: Pence = i32::MAX as Pence;
/// GBP a month of all anchors' purchases: each penny carries 1,024 units of dye, which are added up in 64 bits over as many
/// months as a run may have (1,800).
const MOST_BOUGHT: f64 = 4e10;
/// GBP of all receipts of a month, and of all deposits: they are added up in pence over as many months.
const MOST_TOGETHER: f64 = 5e12;

impl<'a> Checker<'a> {
    /// Rows that can be told apart.
    pub(super) fn counts(&self) -> Result<(), PlaceError> {
        let counts = [
            ("household", self.town.household.len(), MOST_HOUSEHOLDS, "let one household stand for several"),
            ("anchor", self.town.anchor.len(), MOST_ANCHORS, "let one anchor stand for several"),
        ];
        match counts.into_iter().find(|(_, number, most, _)| number > most) {
            Some((list, number, most, remedy)) => {
                let remedy = format!("a town has at most {most} of them: {remedy}");
                let key = format!("number of [[{list}]]");
                Err(PlaceError::wrong(&self.town.file, None, key, number, remedy))
            }
            None => Ok(()),
        }
    }

    /// Amounts of the steady month that can be kept.
    pub(super) fn steady(&self) -> Result<(), PlaceError> {
        self.written_together()?;
        let steady = match steady_month(self.town) {
            Ok(steady) => steady,
            Err((list, row)) => return Err(self.endless(list, row)),
        };
        self.received_together(&steady)?;
        for (supplier, (gross, vat)) in
            self.town.supplier.iter().zip(steady.suppliers.iter().zip(&steady.vat))
        {
            self.pay(Entry { list: "supplier", id: &supplier.id }, &supplier.pays, gross - vat)?;
        }
        for anchor in &self.town.anchor {
            self.pay(Entry { list: "anchor", id: &anchor.id }, &anchor.pays, 1.0)?;
        }
        let households = self.town.household.iter().zip(&steady.households);
        households.into_iter().try_for_each(|(household, receipts)| self.uses(household, *receipts))
    }

    fn written_together(&self) -> Result<(), PlaceError> {
        let bought = self.town.anchor.iter().map(|anchor| sum(&anchor.buys)).sum();
        let deposits = self.town.household.iter().map(|household| household.deposits_gbp).sum();
        self.at_most("buys of all anchors together", bought, MOST_BOUGHT, " a month")?;
        self.at_most("deposits_gbp of all households together", deposits, MOST_TOGETHER, "")?;
        let paid = self.town.anchor.iter().map(|anchor| sum(&anchor.pays)).sum::<f64>();
        let benefits = self.town.household.iter().map(|of| of.benefits_gbp_month).sum::<f64>();
        let exports = self.town.supplier.iter().map(|of| of.exports_gbp_month).sum::<f64>();
        let outside = "what comes from outside (pays, benefits_gbp_month, exports_gbp_month) together";
        self.at_most(outside, paid + benefits + exports, MOST_TOGETHER, " a month")
    }

    fn received_together(&self, steady: &Steady) -> Result<(), PlaceError> {
        let all = [&steady.households, &steady.suppliers, &steady.anchors].map(|of| of.iter().sum::<f64>());
        self.at_most("receipts of all together", all.iter().sum(), MOST_TOGETHER, " a month")
    }

    fn at_most(&self, key: &str, gbp: f64, most: f64, per: &str) -> Result<(), PlaceError> {
        if gbp <= most {
            return Ok(());
        }
        let remedy = format!("a town holds at most £{:.0}bn{per} of it: write smaller amounts", most / 1e9);
        Err(PlaceError::wrong(&self.town.file, None, key, format!("£{gbp:.4e}{per}"), remedy))
    }

    fn endless(&self, list: &'static str, row: usize) -> PlaceError {
        let id = match list {
            "household" => &self.town.household[row].id,
            _ => &self.town.supplier[row].id,
        };
        let key = if list == "household" { "spends" } else { "buys" };
        let remedy = format!(
            "what it receives and passes on has not settled after {ROUNDS} rounds of spending: let a larger share of its \
             receipts leave the town"
        );
        self.wrong(Entry { list, id }, key, "no steady month", &remedy)
    }

    /// What an employer pays each household or commuter zone, which is one worker's pay.
    fn pay(&self, entry: Entry, pays: &BTreeMap<String, f64>, of: f64) -> Result<(), PlaceError> {
        match pays.iter().find(|(_, part)| pence(*part * of) > MOST_PAY) {
            Some((to, part)) => {
                let remedy = format!(
                    "an employer pays one receiver at most {} a month, which is one worker's pay: divide the receiver or \
                     the employer into several",
                    gbp(MOST_PAY)
                );
                Err(self.wrong(entry, &format!("pays.{to}"), per_month(pence(part * of)), remedy))
            }
            None => Ok(()),
        }
    }

    /// Each use of a household as the first month makes it.
    fn uses(&self, of: &TownHousehold, receipts: f64) -> Result<(), PlaceError> {
        let entry = Entry { list: "household", id: &of.id };
        let benefits = pence(of.benefits_gbp_month);
        if benefits > MOST_PAY {
            let remedy = format!(
                "a household has at most {} of them: divide it into several, or lower them",
                per_month(MOST_PAY)
            );
            return Err(self.wrong(entry, "benefits_gbp_month", per_month(benefits), remedy));
        }
        let receipts = pence(receipts);
        let used = |fraction: f64| part(receipts, share(fraction));
        let shares = [
            ("direct_tax", of.direct_tax),
            ("pension", of.pension),
            ("council_tax", of.council_tax),
            ("spends", sum(&of.spends)),
        ];
        let saved = receipts - shares.iter().map(|(_, fraction)| used(*fraction)).sum::<Pence>();
        let mut uses = shares.map(|(key, fraction)| (key, used(fraction))).to_vec();
        uses.push(("saving, which is what the shares leave over", saved));
        match uses.into_iter().find(|(_, amount)| *amount > MOST_A_MONTH) {
            Some((key, amount)) => {
                let remedy = format!(
                    "of the {} that it receives; a household uses at most {} a month for one thing: divide it into several, \
                     or lower what it receives",
                    per_month(receipts),
                    gbp(MOST_A_MONTH)
                );
                Err(self.wrong(entry, key, per_month(amount), remedy))
            }
            None => Ok(()),
        }
    }
}

fn gbp(amount: Pence) -> String {
    format!("£{:.2}", pounds(amount))
}

fn per_month(amount: Pence) -> String {
    format!("{} a month", gbp(amount))
}
