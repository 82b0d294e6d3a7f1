//! Where and when a lever applies.

use crate::base::date::Date;
use crate::scenario::settings::Reach;
use crate::world::City;

/// A lever's reach, in the city's own numbers.
#[derive(Clone, Debug)]
pub struct Scope {
    from: u16,
    until: u16,
    anchors: Vec<bool>,
    categories: Vec<bool>,
}

impl Scope {
    pub fn new(reach: &Reach, city: &City) -> Scope {
        let month_of = |text: &Option<String>, otherwise: u16| {
            text.as_deref()
                .and_then(Date::parse)
                .map_or(otherwise, |d| d.since(city.epoch).clamp(0, i32::from(u16::MAX)) as u16)
        };
        let flags = |names: &[String], all: &[String]| {
            all.iter().map(|id| names.is_empty() || names.contains(id)).collect::<Vec<_>>()
        };
        let categories: Vec<String> = city.contracts.categories.iter().map(|c| c.id.clone()).collect();
        Scope {
            from: month_of(&reach.start, city.burn_in + 1).max(city.burn_in + 1),
            until: month_of(&reach.end, u16::MAX),
            anchors: flags(&reach.anchors, &city.anchors.id),
            categories: flags(&reach.categories, &categories),
        }
    }
    pub fn in_month(&self, month: u16) -> bool {
        self.from <= month && month < self.until
    }
    pub fn has_anchor(&self, anchor: usize) -> bool {
        self.anchors.get(anchor).copied().unwrap_or(false)
    }
    pub fn has(&self, anchor: usize, category: usize) -> bool {
        self.has_anchor(anchor) && self.categories.get(category).copied().unwrap_or(false)
    }
}
