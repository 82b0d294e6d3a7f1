//! A month with all mechanisms off, payment by payment (section 7.2 of the model's page).

use super::books::{Account, Kind, Model, WHOLE, Worker, largest, part, ratio};
use std::collections::BTreeMap;

impl Model {
    /// A month in which procurement budgets stand at `budget` times their usual.
    pub fn month(&mut self, budget: f64) {
        self.paid.clear();
        self.anchors_spend(budget);
        self.sellers_sell();
        self.wages();
        (0..self.shops.len()).for_each(|s| self.surplus(s));
        (0..self.homes.len()).for_each(|h| self.tax_and_support(h));
        for s in 0..self.shops.len() {
            let paid = self.shops[s].vat_due.min(self.shops[s].cash).max(0);
            self.pay(Account::Shop(s), Account::Government, Kind::Vat, paid);
            self.shops[s].vat_due -= paid;
        }
        (0..self.homes.len()).for_each(|h| self.consume(h));
        self.close();
    }

    /// Eqs. 2 to 4, without petty purchases and irrecoverable VAT, which a town does not have.
    fn anchors_spend(&mut self, budget: f64) {
        for a in 0..self.anchors.len() {
            let from_government = self.anchors[a].from_government;
            self.pay(Account::Government, Account::Anchor(a), Kind::OutsideIncome, from_government);
        }
        for a in 0..self.anchors.len() {
            let remitted = part(self.anchors[a].received_last, self.anchors[a].remitted);
            self.pay(Account::Anchor(a), Account::CountryFirms, Kind::Remitted, remitted);
        }
        for a in 0..self.anchors.len() {
            for (s, monthly) in self.anchors[a].contracts.clone() {
                let amount = part((monthly as f64 * budget).round() as i64, self.spends(a));
                // A changed budget is a grant, and no receipt that other uses follow.
                let grant = amount - part(monthly, self.spends(a));
                *self.balance(Account::Anchor(a)) += grant;
                *self.balance(Account::Government) -= grant;
                if amount <= self.anchors[a].cash {
                    self.pay(Account::Anchor(a), Account::Shop(s), Kind::Contract, amount);
                }
            }
        }
    }

    /// Eq. 3.
    fn spends(&self, a: usize) -> i64 {
        let anchor = &self.anchors[a];
        if anchor.normal > 0 { ratio(anchor.received_last, WHOLE, anchor.normal) } else { WHOLE }
    }

    /// Eqs. 5 to 8.
    fn sellers_sell(&mut self) {
        for s in 0..self.shops.len() {
            let exports = self.shops[s].exports;
            self.pay(Account::CountryFirms, Account::Shop(s), Kind::Export, exports);
        }
        for s in 0..self.shops.len() {
            let shop = self.shops[s].clone();
            for (seller, share) in shop.links {
                self.pay(Account::Shop(s), Account::Shop(seller), Kind::Link, part(shop.sales_last, share));
            }
            for (zone, share) in shop.inputs {
                self.pay(Account::Shop(s), zone, Kind::Input, part(shop.sales_last, share));
            }
            let tax = part(shop.sales_last, shop.product_tax);
            self.pay(Account::Shop(s), Account::Government, Kind::ProductTax, tax);
        }
    }

    /// Eqs. 9 and 10.
    fn wages(&mut self) {
        let shops = (0..self.shops.len()).map(Account::Shop);
        let employers: Vec<Account> = shops.chain((0..self.anchors.len()).map(Account::Anchor)).collect();
        let mut staff_of: BTreeMap<Account, Vec<Worker>> = BTreeMap::new();
        for worker in &self.workers {
            staff_of.entry(worker.employer).or_default().push(worker.clone());
        }
        for employer in employers {
            let staff = staff_of.remove(&employer).unwrap_or_default();
            let bill: i64 = staff.iter().map(|worker| worker.pay).sum();
            if bill <= 0 {
                continue;
            }
            let pot = match employer {
                Account::Shop(s) => part(self.shops[s].sales_last, self.shops[s].pay),
                Account::Anchor(a) => part(bill, self.spends(a)),
                _ => 0,
            };
            let up = (i128::from(pot) * i128::from(WHOLE) + i128::from(bill) - 1) / i128::from(bill);
            for worker in staff {
                self.pay(employer, worker.home, Kind::Pay, part(worker.pay, i64::try_from(up).unwrap()));
            }
            if matches!(employer, Account::Anchor(_)) {
                self.borrow(employer);
            }
        }
    }

    /// The gap below zero is borrowed.
    fn borrow(&mut self, who: Account) {
        let gap = (-*self.balance(who)).max(0);
        self.pay(Account::Finance, who, Kind::Loan, gap);
        match who {
            Account::Shop(s) => self.shops[s].debt += gap,
            Account::Anchor(a) => self.anchors[a].debt += gap,
            _ => (),
        }
    }

    /// Eqs. 12, 13 and 15.
    fn surplus(&mut self, s: usize) {
        let me = Account::Shop(s);
        let shop = self.shops[s].clone();
        if shop.away.is_none() {
            let rates = part(shop.sales_last, shop.rates);
            self.pay(me, self.council.unwrap_or(Account::Government), Kind::Rates, rates);
        }
        let used: i64 =
            self.paid.range((me, Kind::OutsideIncome)..=(me, Kind::Saving)).map(|(_, pence)| pence).sum();
        if let Some(firms) = shop.away {
            let rest = (shop.received_last - used).max(0).min(self.shops[s].cash).max(0);
            self.pay(me, firms, Kind::PassedOn, rest);
        } else {
            let mut profit = (shop.sales_last - used).max(0);
            let repaid = shop.debt.min(profit / 2);
            self.pay(me, Account::Finance, Kind::Repayment, repaid);
            self.shops[s].debt -= repaid;
            profit -= repaid;
            self.distribute(s, profit);
        }
        self.borrow(me);
    }

    fn distribute(&mut self, s: usize, profit: i64) {
        let (me, shop) = (Account::Shop(s), self.shops[s].clone());
        let all: i64 = shop.profit.iter().sum();
        if all == 0 {
            return;
        }
        let mut parts = shop.profit.map(|q| ratio(profit, q, all));
        parts[largest(&shop.profit)] += profit - parts.iter().sum::<i64>();
        let zones = [Account::RegionHomes, Account::CountryHomes, Account::World, Account::Finance];
        for (zone, amount) in zones.into_iter().zip(&parts[1..]) {
            self.pay(me, zone, Kind::Profit, *amount);
        }
        let mut rest = parts[0];
        for (partner, share) in shop.partners {
            let amount = part(parts[0], share).min(rest);
            self.pay(me, Account::Home(partner), Kind::Profit, amount);
            rest -= amount;
        }
        self.pay(me, shop.owner.map_or(Account::CountryHomes, Account::Home), Kind::Profit, rest);
    }

    /// Eq. 16.
    fn tax_and_support(&mut self, h: usize) {
        let (me, home) = (Account::Home(h), self.homes[h].clone());
        let mut left = (home.deposits + home.benefits).max(0);
        self.pay(Account::Government, me, Kind::Benefits, home.benefits);
        let council = self.council.unwrap_or(Account::Government);
        for (share, to, kind) in [
            (home.direct_tax, Account::Government, Kind::DirectTax),
            (home.pension, Account::Finance, Kind::Pension),
            (home.council_tax, council, Kind::CouncilTax),
        ] {
            let amount = part(home.received_last, share).min(left);
            self.pay(me, to, kind, amount);
            left -= amount;
        }
    }

    /// Eq. 17.
    fn consume(&mut self, h: usize) {
        let (me, home) = (Account::Home(h), self.homes[h].clone());
        let before = [Kind::DirectTax, Kind::Pension, Kind::CouncilTax];
        let paid: i64 = before.iter().filter_map(|kind| self.paid.get(&(me, *kind))).sum();
        let consumption = part(home.received_last, home.consumption).min(home.deposits);
        let saving = (home.received_last - paid - consumption).clamp(0, home.deposits - consumption);
        if consumption > 0 {
            let shares: Vec<i64> = home.outlets.iter().map(|(_, share)| *share).collect();
            let mut parts: Vec<i64> = shares.iter().map(|share| part(consumption, *share)).collect();
            parts[largest(&shares)] += consumption - parts.iter().sum::<i64>();
            for ((outlet, _), amount) in home.outlets.iter().zip(parts) {
                self.pay(me, *outlet, Kind::Purchase, amount);
            }
        }
        self.pay(me, Account::Finance, Kind::Saving, saving);
    }

    /// Eq. 18, and the month's receipts become last month's.
    fn close(&mut self) {
        for shop in &mut self.shops {
            let takings = std::mem::take(&mut shop.takings);
            let vat = part(takings, shop.vat);
            shop.sales += takings - vat;
            shop.vat_due += vat;
        }
        for shop in &mut self.shops {
            shop.received_last = std::mem::take(&mut shop.received);
            shop.sales_last = std::mem::take(&mut shop.sales);
        }
        for home in &mut self.homes {
            home.received_last = std::mem::take(&mut home.received);
        }
        for anchor in &mut self.anchors {
            anchor.received_last = std::mem::take(&mut anchor.received);
        }
    }
}
