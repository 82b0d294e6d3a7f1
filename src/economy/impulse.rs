//! The extra spend of a scenario, made ready for a city: how much a month, to whom, and who pays.

use crate::base::date::Date;
use crate::base::money::Pence;
use crate::place::vocabulary::Sector;
use crate::scenario::impulse::{Known, Target};
use crate::scenario::settings::{FinancedBy, Settings};
use crate::world::City;

/// An extra spend, resolved.
#[derive(Clone, Debug)]
pub struct Impulse {
    from: u16,
    months: u16,
    /// In all, pence at the scale of the run.
    total: Pence,
    pub target: Target,
    pub financed_by: FinancedBy,
}

impl Impulse {
    /// None when nothing is spent, or on nobody here.
    pub fn new(settings: &Settings, city: &City) -> Option<Impulse> {
        let of = &settings.impulse;
        let total = (of.amount_gbp * 100.0 * city.scale).round() as Pence;
        if total <= 0 {
            return None;
        }
        let kinds = city.anchors.kind.iter().copied();
        let known = Known {
            anchors: city.anchors.id.iter().cloned().zip(kinds).collect(),
            categories: city.contracts.categories.iter().map(|c| c.id.clone()).collect(),
        };
        let first = city.burn_in + 1;
        let from = Date::parse(&of.start)
            .map_or(first, |date| date.since(city.epoch).clamp(i32::from(first), i32::from(u16::MAX)) as u16);
        let target = known.target(&of.to)?;
        Some(Impulse { from, months: of.months.max(1), total, target, financed_by: of.financed_by })
    }

    /// What is to be spent in a month: equal parts, whole pence, that sum to the total.
    pub fn of_month(&self, month: u16) -> Pence {
        if month < self.from || month - self.from >= self.months {
            return 0;
        }
        let upto = |k: u16| (i128::from(self.total) * i128::from(k) / i128::from(self.months)) as Pence;
        let k = month - self.from;
        upto(k + 1) - upto(k)
    }

    /// Whether a purchase of an anchor in a category is of the kind that is bought more of.
    pub fn covers(&self, anchor: usize, category: usize) -> bool {
        match &self.target {
            Target::Anchors(rows) => rows.contains(&anchor),
            Target::Category(of) => *of == category,
            Target::Section(_) | Target::Households => false,
        }
    }

    /// The section whose firms are bought from.
    pub fn section(&self) -> Option<Sector> {
        if let Target::Section(sector) = self.target { Some(sector) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A thousand and one pence over three months from month 5: 333, 334, 334.
    #[test]
    fn months_sum_to_the_total() {
        let impulse = Impulse {
            from: 5,
            months: 3,
            total: 1001,
            target: Target::Households,
            financed_by: FinancedBy::Grant,
        };
        let paid: Vec<Pence> = (4..9).map(|month| impulse.of_month(month)).collect();
        assert_eq!(paid, [0, 333, 334, 334, 0]);
    }
}
