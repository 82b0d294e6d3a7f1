//! What must hold in a town file before it is simulated.

use super::error::PlaceError;
use super::town::{Town, TownHousehold, TownSupplier};
use super::town_fill::OUTSIDE as FIRMS_OUTSIDE;
use super::vocabulary::Zone;
use std::collections::{BTreeMap, BTreeSet};

/// Words that stand for the outside and cannot name an agent.
const OUTSIDE: [&str; 4] = ["region", "country", "world", "finance"];
/// Shares may miss one by this much, for rounding in the file.
const ROUNDING: f64 = 1e-9;
/// Outlets that a household can have.
const OUTLETS: usize = 12;

pub(super) struct Checker<'a> {
    pub(super) town: &'a Town,
    text: &'a str,
    suppliers: BTreeSet<&'a str>,
    households: BTreeSet<&'a str>,
}

/// An entry of the file: its list and id.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) list: &'static str,
    pub(super) id: &'a str,
}

pub fn check(town: &Town, text: &str) -> Result<(), PlaceError> {
    let checker = Checker {
        town,
        text,
        suppliers: town.supplier.iter().map(|supplier| supplier.id.as_str()).collect(),
        households: town.household.iter().map(|household| household.id.as_str()).collect(),
    };
    checker.counts()?;
    checker.ids()?;
    checker.anchors()?;
    town.supplier.iter().try_for_each(|supplier| checker.supplier(supplier))?;
    town.household.iter().try_for_each(|household| checker.household(household))?;
    checker.steady()
}

impl<'a> Checker<'a> {
    fn ids(&self) -> Result<(), PlaceError> {
        let lists = [
            ("anchor", self.town.anchor.iter().map(|a| a.id.as_str()).collect::<Vec<_>>()),
            ("supplier", self.town.supplier.iter().map(|s| s.id.as_str()).collect()),
            ("household", self.town.household.iter().map(|h| h.id.as_str()).collect()),
        ];
        if lists.iter().all(|(_, ids)| ids.is_empty()) {
            return Err(PlaceError::wrong(
                &self.town.file,
                None,
                "town",
                "empty",
                "write an anchor, supplier or household",
            ));
        }
        let mut seen = BTreeSet::new();
        for (list, ids) in lists {
            for id in ids {
                let entry = Entry { list, id };
                if id.is_empty() || OUTSIDE.contains(&id) || FIRMS_OUTSIDE.iter().any(|of| of.1 == id) {
                    return Err(self.wrong(
                        entry,
                        "id",
                        id,
                        "choose a word other than region, country, world, finance",
                    ));
                }
                if !seen.insert(id) {
                    return Err(self.wrong(entry, "id", id, "this id is used twice: choose another"));
                }
            }
        }
        Ok(())
    }

    fn anchors(&self) -> Result<(), PlaceError> {
        for anchor in &self.town.anchor {
            let entry = Entry { list: "anchor", id: &anchor.id };
            self.amounts(entry, "buys", &anchor.buys, &self.suppliers, &["region", "country"])?;
            self.amounts(entry, "pays", &anchor.pays, &self.households, &["region", "country"])?;
        }
        Ok(())
    }

    fn supplier(&self, supplier: &'a TownSupplier) -> Result<(), PlaceError> {
        let entry = Entry { list: "supplier", id: &supplier.id };
        self.amounts(entry, "pays", &supplier.pays, &self.households, &["region", "country"])?;
        self.amounts(entry, "buys", &supplier.buys, &self.suppliers, &["region", "country", "world"])?;
        self.amounts(entry, "surplus", &supplier.surplus, &self.households, &OUTSIDE)?;
        self.amount(entry, "vat", supplier.vat)?;
        if supplier.vat >= 1.0 {
            return Err(self.wrong(entry, "vat", supplier.vat, "VAT in a pound spent lies below 1"));
        }
        self.amount(entry, "national_taxes", supplier.national_taxes)?;
        self.amount(entry, "council_rates", supplier.council_rates)?;
        self.amount(entry, "exports_gbp_month", supplier.exports_gbp_month)?;
        let uses =
            sum(&supplier.pays) + sum(&supplier.buys) + supplier.national_taxes + supplier.council_rates;
        if uses > 1.0 + ROUNDING {
            return Err(self.wrong(
                entry,
                "pays + buys + national_taxes + council_rates",
                uses,
                "these shares of receipts must not exceed 1 together: lower them",
            ));
        }
        let surplus = sum(&supplier.surplus);
        let left = (1.0 - uses).max(0.0);
        if supplier.surplus.is_empty() && left > ROUNDING {
            let left = (left * 1e9).round() / 1e9;
            let remedy = format!(
                "{:.0}% of its receipts are left: say who gets them, such as surplus = {{ country = 1.0 }}",
                100.0 * left
            );
            return Err(self.wrong(entry, "surplus", "nobody", remedy));
        }
        if !supplier.surplus.is_empty() && (surplus - 1.0).abs() > ROUNDING {
            return Err(self.wrong(entry, "surplus", surplus, "the receivers' shares must sum to 1"));
        }
        self.outside(entry, supplier)
    }

    /// A supplier outside the town passes on outside what it does not buy or pay in it: it has no owners in the
    /// town and pays its council nothing.
    fn outside(&self, entry: Entry<'a>, supplier: &TownSupplier) -> Result<(), PlaceError> {
        match supplier.zone {
            Zone::City => return Ok(()),
            Zone::Region | Zone::Country => {}
            Zone::World => {
                let remedy = "a supplier with a name stands in the town, its region or the country: write city, region or country";
                return Err(self.wrong(entry, "zone", "world", remedy));
            }
        }
        if supplier.council_rates > 0.0 {
            let remedy = "a supplier outside the town pays no rates to its council: leave them out";
            return Err(self.wrong(entry, "council_rates", supplier.council_rates, remedy));
        }
        match supplier.surplus.keys().find(|owner| self.households.contains(owner.as_str())) {
            Some(owner) => {
                let remedy = "a supplier outside the town has no owners in it: give its surplus to its zone";
                Err(self.wrong(entry, "surplus", owner, remedy))
            }
            None => Ok(()),
        }
    }

    fn household(&self, household: &'a TownHousehold) -> Result<(), PlaceError> {
        let entry = Entry { list: "household", id: &household.id };
        self.amounts(entry, "spends", &household.spends, &self.suppliers, &["region", "country", "world"])?;
        for (key, value) in [
            ("benefits_gbp_month", household.benefits_gbp_month),
            ("direct_tax", household.direct_tax),
            ("pension", household.pension),
            ("council_tax", household.council_tax),
            ("deposits_gbp", household.deposits_gbp),
        ] {
            self.amount(entry, key, value)?;
        }
        if household.spends.len() > OUTLETS {
            let remedy = format!("a household has at most {OUTLETS} outlets: leave some out");
            return Err(self.wrong(entry, "spends", household.spends.len(), remedy));
        }
        if !(1..=10).contains(&household.decile) {
            return Err(self.wrong(entry, "decile", household.decile, "write 1 (poorest) to 10"));
        }
        if household.adults == 0 {
            return Err(self.wrong(entry, "adults", 0, "a household has at least one adult"));
        }
        let uses = household.direct_tax + household.pension + household.council_tax + sum(&household.spends);
        if uses > 1.0 + ROUNDING {
            return Err(self.wrong(
                entry,
                "direct_tax + pension + council_tax + spends",
                uses,
                "these shares of receipts must not exceed 1 together: lower them",
            ));
        }
        Ok(())
    }

    /// Every receiver known, every figure finite and not negative.
    fn amounts(
        &self,
        entry: Entry,
        key: &str,
        uses: &BTreeMap<String, f64>,
        known: &BTreeSet<&str>,
        outside: &[&str],
    ) -> Result<(), PlaceError> {
        for (receiver, &value) in uses {
            let key = format!("{key}.{receiver}");
            if !known.contains(receiver.as_str()) && !outside.contains(&receiver.as_str()) {
                let mut names: Vec<&str> = known.iter().copied().chain(outside.iter().copied()).collect();
                names.sort_by(|a, b| {
                    strsim::jaro_winkler(receiver, b).total_cmp(&strsim::jaro_winkler(receiver, a))
                });
                names.truncate(8);
                let remedy = format!("no such receiver; known: {}", names.join(", "));
                return Err(self.wrong(entry, &key, receiver, remedy));
            }
            self.amount(entry, &key, value)?;
        }
        Ok(())
    }

    fn amount(&self, entry: Entry, key: &str, value: f64) -> Result<(), PlaceError> {
        if value.is_finite() && value >= 0.0 {
            return Ok(());
        }
        Err(self.wrong(entry, key, value, "write a finite figure that is not negative"))
    }

    pub(super) fn wrong(
        &self,
        entry: Entry,
        key: &str,
        value: impl ToString,
        remedy: impl Into<String>,
    ) -> PlaceError {
        let key_named = format!("{} \"{}\", {key}", entry.list, entry.id);
        PlaceError::wrong(&self.town.file, self.line(entry, key), key_named, value, remedy)
    }

    /// The line of a key within an entry, or of its id; the last entry so named, for ids used twice.
    fn line(&self, entry: Entry, key: &str) -> Option<usize> {
        let lines: Vec<&str> = self.text.lines().collect();
        let named = |line: &str| {
            let line: String = line.split('#').next().unwrap_or("").split_whitespace().collect();
            line == format!("id=\"{}\"", entry.id)
        };
        let at = lines.iter().rposition(|line| named(line))?;
        let end = lines[at + 1..]
            .iter()
            .position(|line| line.trim_start().starts_with("[["))
            .map_or(lines.len(), |n| at + 1 + n);
        let words: Vec<&str> = key.split(['.', ' ']).collect();
        let starts = |line: &str, word: &str| line.trim_start().trim_start_matches('"').starts_with(word);
        let first = (at..end).find(|&n| starts(lines[n], words[0]));
        let second = words.get(1).and_then(|word| (at..end).find(|&n| starts(lines[n], word)));
        Some(first.or(second).unwrap_or(at) + 1)
    }
}

pub(super) fn sum(uses: &BTreeMap<String, f64>) -> f64 {
    uses.values().fold(0.0, |sum, part| sum + part)
}
