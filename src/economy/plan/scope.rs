//! Where and when a lever applies.

use crate::base::date::Date;
use crate::scenario::settings::Reach;
use crate::world::City;

/// A lever's reach, in the city's own numbers.
#[derive(Clone, Debug)]
pub struct Scope {
    from: u16,
    until: u16,
    ramp: u16,
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
            ramp: reach.ramp_months,
            anchors: flags(&reach.anchors, &city.anchors.id),
            categories: flags(&reach.categories, &categories),
        }
    }
    /// Part of the full effect that is reached in a month, 0 when the lever is not in force: it grows evenly.
    pub fn strength(&self, month: u16) -> f64 {
        if month < self.from || month >= self.until {
            0.0
        } else if self.ramp == 0 {
            1.0
        } else {
            (f64::from(month - self.from + 1) / f64::from(self.ramp)).min(1.0)
        }
    }
    /// Months since it first held.
    pub fn months_since(&self, month: u16) -> u16 {
        month.saturating_sub(self.from)
    }
    pub fn has_anchor(&self, anchor: usize) -> bool {
        self.anchors.get(anchor).copied().unwrap_or(false)
    }
    pub fn has(&self, anchor: usize, category: usize) -> bool {
        self.has_anchor(anchor) && self.categories.get(category).copied().unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From month 10 over four months: a quarter, a half, three quarters, all; nothing before and after.
    #[test]
    fn ramp_by_hand() {
        let of = |ramp| Scope { from: 10, until: 15, ramp, anchors: Vec::new(), categories: Vec::new() };
        let seen: Vec<f64> = (9..16).map(|month| of(4).strength(month)).collect();
        assert_eq!(seen, [0.0, 0.25, 0.5, 0.75, 1.0, 1.0, 0.0]);
        assert_eq!(of(0).strength(10), 1.0);
    }
}
