//! What a town file need not write out: who gets what rounding leaves of a supplier that keeps no surplus, and from whom an
//! anchor buys outside.

use super::town::{Town, TownSupplier};
use super::vocabulary::{Ownership, Sector, Zone};
use std::collections::BTreeMap;

/// Where anchors buy outside, and what their sellers there are called.
pub(super) const OUTSIDE: [(&str, &str, Zone); 2] =
    [("region", "firms of the region", Zone::Region), ("country", "firms of the country", Zone::Country)];

/// Fill in a town that has been checked.
pub(super) fn unsaid(town: &mut Town) {
    for supplier in town.supplier.iter_mut().filter(|supplier| supplier.surplus.is_empty()) {
        let to = if supplier.zone == Zone::Region { "region" } else { "country" };
        supplier.surplus.insert(to.to_owned(), 1.0);
    }
    for (word, id, zone) in OUTSIDE {
        let mut bought = false;
        for anchor in &mut town.anchor {
            if let Some(amount) = anchor.buys.remove(word) {
                anchor.buys.insert(id.to_owned(), amount);
                bought = true;
            }
        }
        if bought {
            town.supplier.push(firms(id, word, zone));
        }
    }
}

/// Firms of a zone, of which nothing comes back.
fn firms(id: &str, word: &str, zone: Zone) -> TownSupplier {
    TownSupplier {
        id: id.to_owned(),
        name: format!("F{}", &id[1..]),
        sector: Sector::G,
        zone,
        ownership: Ownership::Independent,
        vat: 0.0,
        pays: BTreeMap::new(),
        buys: BTreeMap::new(),
        national_taxes: 0.0,
        council_rates: 0.0,
        surplus: BTreeMap::from([(word.to_owned(), 1.0)]),
        exports_gbp_month: 0.0,
    }
}
