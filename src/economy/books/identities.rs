//! The identities that must hold before a month is closed.

use super::kinds::{Group, Kind};
use super::{Books, balances};
use crate::base::col::Id;
use crate::base::money::{Pence, pounds};
use crate::base::parallel::{CHUNK, add_up, map_chunks};
use crate::tracer::{DYE_PER_PENNY, Tracer};
use crate::world::City;
use crate::world::suppliers::SupplierId;
use rayon::prelude::*;
use std::fmt;

/// An identity of the model that does not hold: the run stops and says where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenIdentity {
    pub identity: &'static str,
    pub month: String,
    pub account: String,
    pub amount: Pence,
}

impl fmt::Display for BrokenIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the books do not balance: {} fails in {} for {} by £{:.2}",
            self.identity,
            self.month,
            self.account,
            pounds(self.amount)
        )
    }
}

impl std::error::Error for BrokenIdentity {}

impl Books {
    /// Check every identity; the month is closed only when all hold.
    pub fn close(mut self, city: &City) -> Result<Books, BrokenIdentity> {
        let broken = |identity, account: String, amount| {
            Err(BrokenIdentity { identity, month: city.date(city.month).to_string(), account, amount })
        };
        let closing = balances(city);
        for group in Group::ALL {
            let net: Pence = Kind::ALL
                .iter()
                .flat_map(|k| Group::ALL.iter().map(move |g| (*k, *g)))
                .map(|(k, g)| self.flow(k, g, *group) - self.flow(k, *group, g))
                .sum();
            let change = closing[*group as usize] - self.opening[*group as usize];
            if change != net {
                return broken(
                    "change of balances = receipts less payments",
                    group.label().into(),
                    change - net,
                );
            }
        }
        let total = city.total_balance();
        if total != city.money {
            return broken(
                "all balances sum to what they summed to at the start",
                "the city".into(),
                total - city.money,
            );
        }
        if let Some(h) = first_below_zero(city.households.deposits.rows()) {
            return broken(
                "no deposits below zero",
                format!("household {h}"),
                city.households.deposits.rows()[h],
            );
        }
        let own = city.suppliers.len() + city.anchors.len();
        if let Some(i) = city.cash.rows()[..own].iter().position(|c| *c < 0) {
            return broken("no cash below zero without a lender", account_name(city, i), city.cash.rows()[i]);
        }
        let gap = city.institutions.lender.gap();
        if gap != 0 {
            return broken(
                "a lender's fund and loans are what came in less what went out",
                "community lender".into(),
                gap,
            );
        }
        self.accounts(city)?;
        self.staff(city)?;
        self.contracts(city)?;
        Ok(self)
    }

    /// Each household's and each supplier's balance changes by its receipts less its uses.
    fn accounts(&mut self, city: &City) -> Result<(), BrokenIdentity> {
        let broken = |account: String, amount| BrokenIdentity {
            identity: "each balance changes by receipts less uses",
            month: city.date(city.month).to_string(),
            account,
            amount,
        };
        if let Err((h, gap)) = self.close_households(city) {
            return Err(broken(format!("household {h}"), gap));
        }
        let suppliers = map_chunks(self.cash.len(), CHUNK / 4, |range| {
            range.into_iter().find_map(|i| {
                let s = SupplierId::from_index(i);
                let uses = &city.flows.supplier[s];
                let links: Pence =
                    city.suppliers.links.range(i).map(|l| city.flows.links[l] + city.flows.backups[l]).sum();
                let financed = uses.borrowed + uses.opened_with - uses.wound_up;
                let expected = city.suppliers.received_last[s] + financed - links - uses.total() - uses.vat;
                let change = city.cash[city.orgs.supplier(i)] - self.cash[i];
                (change != expected).then(|| broken(format!("supplier {i}"), change - expected))
            })
        });
        city.shelf.give(std::mem::take(&mut self.deposits));
        city.shelf.give(std::mem::take(&mut self.cash));
        suppliers.into_iter().flatten().next().map_or(Ok(()), Err)
    }

    /// No worker with two employers: heads and pay bills are those of the workers, and nobody without one is paid.
    fn staff(&self, city: &City) -> Result<(), BrokenIdentity> {
        // Who has no employer is counted in the last row, so that nobody has to be told apart.
        let none_at = city.employers.len();
        let none = || city.shelf.zeros::<[Pence; 2]>(none_at + 1);
        let workers =
            city.workers.employer.rows().par_chunks(CHUNK).zip(city.workers.pay.rows().par_chunks(CHUNK));
        let of_chunk = |staff: &mut Vec<[Pence; 2]>, (employer, pay): (&[u32], &[i32])| {
            for (employer, pay) in employer.iter().zip(pay) {
                // Fewer than 2^32 people, and as many amounts of 32 bits.
                let [heads, bill] = &mut staff[(*employer as usize).min(none_at)];
                (*heads, *bill) = (heads.wrapping_add(1), bill.wrapping_add(i64::from(*pay)));
            }
        };
        let staff = add_up(workers, none, of_chunk, |all, more| {
            city.shelf.join(all, more, |x, y| *x = [x[0] + y[0], x[1] + y[1]])
        });
        let broken = |account: String, amount: Pence| {
            Err(BrokenIdentity {
                identity: "headcount and pay bill are those of the staff",
                month: city.date(city.month).to_string(),
                account,
                amount,
            })
        };
        for (i, [heads, bill]) in staff[..none_at].iter().enumerate() {
            let e = crate::world::employers::EmployerId::from_index(i);
            if Pence::from(city.employers.headcount[e]) != *heads || city.employers.wage_bill[e] != *bill {
                return broken(account_name(city, i), city.employers.wage_bill[e] - bill);
            }
        }
        let paid_to_nobody = staff[none_at][1];
        city.shelf.give(staff);
        match paid_to_nobody {
            0 => Ok(()),
            paid => broken("people without an employer".into(), paid),
        }
    }

    /// No contract paid after its end, nor to a supplier that has closed.
    fn contracts(&self, city: &City) -> Result<(), BrokenIdentity> {
        for row in &city.contracts.rows {
            let s = crate::world::suppliers::SupplierId(row.supplier);
            let held = row.supplier != crate::world::orgs::NOBODY;
            if held && (row.end_month <= city.month || city.suppliers.identity[s] != row.supplier_identity) {
                return Err(BrokenIdentity {
                    identity: "no contract paid after its end",
                    month: city.date(city.month).to_string(),
                    account: format!("contract {}", row.need),
                    amount: row.monthly,
                });
            }
        }
        Ok(())
    }
}

/// What each household bought, purchase by purchase, sums to what it spent on purchases, by which its balance is checked.
pub fn purchases_are_all_there(city: &City) -> Result<(), BrokenIdentity> {
    let flows = &city.flows;
    let gaps = map_chunks(flows.purchases.len(), CHUNK, |range| {
        range.into_iter().find_map(|h| {
            let bought: Pence = flows.purchases.rows()[h].iter().map(|amount| Pence::from(*amount)).sum();
            let gap = bought - Pence::from(flows.household.rows()[h].all_purchases);
            (gap != 0).then_some((h, gap))
        })
    });
    match gaps.into_iter().flatten().next() {
        None => Ok(()),
        Some((h, gap)) => Err(BrokenIdentity {
            identity: "purchases sum to what is spent on them",
            month: city.date(city.month).to_string(),
            account: format!("household {h}"),
            amount: gap,
        }),
    }
}

/// All dye that was put on payments circulates, is held or has leaked, tracer by tracer.
pub fn dye_is_all_there(city: &City, tracer: &Tracer) -> Result<(), BrokenIdentity> {
    match tracer.gaps().into_iter().find(|(_, gap)| *gap != 0) {
        None => Ok(()),
        Some((name, gap)) => Err(BrokenIdentity {
            identity: "traced money circulates, is held or has left",
            month: city.date(city.month).to_string(),
            account: format!("tracer {name}"),
            // Of whole pence, so that part of one is told as one.
            amount: gap.signum() * (gap.abs() + DYE_PER_PENNY - 1) / DYE_PER_PENNY,
        }),
    }
}

fn first_below_zero(balances: &[Pence]) -> Option<usize> {
    let found = map_chunks(balances.len(), CHUNK, |range| {
        balances[range.clone()].iter().position(|balance| *balance < 0).map(|at| range.start + at)
    });
    found.into_iter().flatten().next()
}

fn account_name(city: &City, i: usize) -> String {
    let s = city.suppliers.len();
    if i < s {
        format!("supplier {i}")
    } else {
        city.anchors.id.get(i - s).cloned().unwrap_or_else(|| format!("outside employer {}", i - s))
    }
}
