//! Which payments a declared tracer dyes.

use crate::base::col::Id;
use crate::base::date::Date;
use crate::place::vocabulary::{LocalDefinition, Ownership};
use crate::scenario::settings::Follow;
use crate::world::City;
use crate::world::flows::Payment;
use crate::world::orgs::{Org, OrgId};
use crate::world::suppliers::SupplierId;
use serde::{Deserialize, Serialize};

/// A supplier counts as local when at least this share of it is.
const LOCAL_FROM: f64 = 0.5;

/// Contracts that tracers name and the city does not have: the tracer, and the number.
pub fn unknown(city: &City) -> Vec<(String, u64)> {
    let mut found = Vec::new();
    for follow in &city.settings.tracer.follow {
        let unknown = |need: &&u64| !city.contracts.rows.iter().any(|row| row.need == **need);
        found.extend(follow.contracts.iter().filter(unknown).map(|need| (follow.name.clone(), *need)));
    }
    found
}

/// A declared tracer, read against a city. An empty list covers all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Selection {
    pub name: String,
    anchors: Vec<u16>,
    categories: Vec<u8>,
    /// Identities of needs, in order.
    contracts: Vec<u64>,
    ownership: Vec<Ownership>,
    local: Option<LocalDefinition>,
    /// First month in which it dyes, and the first in which it no longer does.
    pub first: u16,
    end: u16,
}

impl Selection {
    pub fn new(city: &City, follow: &Follow) -> Selection {
        let rows = |chosen: &[String], known: Vec<&String>| -> Vec<usize> {
            (0..known.len()).filter(|i| chosen.contains(known[*i])).collect()
        };
        let anchors = rows(&follow.anchors, city.anchors.id.iter().collect());
        let categories = rows(&follow.categories, city.contracts.categories.iter().map(|c| &c.id).collect());
        let mut contracts = follow.contracts.clone();
        contracts.sort_unstable();
        let start = follow.start.as_deref().and_then(Date::parse);
        let first = start.map_or(1, |date| date.since(city.epoch).clamp(1, i32::from(u16::MAX)) as u16);
        Selection {
            name: follow.name.clone(),
            anchors: anchors.into_iter().map(|a| a as u16).collect(),
            categories: categories.into_iter().map(|c| c as u8).collect(),
            contracts,
            ownership: follow.ownership.clone(),
            local: follow.local,
            first,
            end: follow.length_months.map_or(u16::MAX, |months| first.saturating_add(months)),
        }
    }

    /// Whether it dyes this payment of this month.
    pub fn covers(&self, city: &City, p: &Payment) -> bool {
        fn among<T: PartialEq>(list: &[T], x: T) -> bool {
            list.is_empty() || list.contains(&x)
        }
        (self.first..self.end).contains(&city.month)
            && among(&self.anchors, p.anchor)
            && among(&self.categories, p.category)
            && (self.contracts.is_empty()
                || p.need.is_some_and(|need| self.contracts.binary_search(&need).is_ok()))
            && match city.orgs.kind(OrgId(p.org)) {
                Org::Supplier(i) => {
                    among(&self.ownership, city.suppliers.ownership.rows()[i])
                        && self.local.is_none_or(|definition| {
                            city.contracts.local.of(SupplierId::from_index(i), definition) >= LOCAL_FROM
                        })
                }
                Org::Anchor(_) => self.ownership.is_empty(),
                Org::Outside(_) => self.ownership.is_empty() && self.local.is_none(),
            }
    }
}
