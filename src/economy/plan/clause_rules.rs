//! The clauses that contracts let this month are to carry, by value.

use crate::world::clauses::{Clauses, USUAL_DAYS};

/// Each clause, with the value (GBP, whole life, VAT included) from which contracts carry it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClauseRules {
    pub all: Clauses,
    pub living_wage_from_gbp: f64,
    pub hiring_from_gbp: f64,
    pub services_from_gbp: f64,
    pub goods_from_gbp: f64,
}

impl Default for ClauseRules {
    fn default() -> ClauseRules {
        ClauseRules {
            all: Clauses::default(),
            living_wage_from_gbp: 0.0,
            hiring_from_gbp: 0.0,
            services_from_gbp: 0.0,
            goods_from_gbp: 0.0,
        }
    }
}

impl ClauseRules {
    /// The clauses of a contract of this value. Where its supplies come from may be asked for only where points by place
    /// may be given: below the threshold, for buyers that may reserve (Procurement Act 2023, s. 90; Local Government Act
    /// 1988, s. 17).
    pub fn of_contract(&self, value_gbp: f64, by_place: bool) -> Clauses {
        let (mut c, none) = (self.all, Clauses::default());
        if value_gbp < self.living_wage_from_gbp {
            c.living_wage = none.living_wage;
        }
        if value_gbp < self.hiring_from_gbp {
            (c.residents_times, c.deprived_times, c.hiring_cost) = (1.0, 1.0, 0.0);
        }
        if !by_place || value_gbp < self.services_from_gbp {
            (c.services, c.services_dearer) = (0.0, 0.0);
        }
        if !by_place || value_gbp < self.goods_from_gbp {
            (c.goods, c.goods_dearer) = (0.0, 0.0);
        }
        c.days = c.days.min(USUAL_DAYS);
        c
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From GBP 100,000 on a living wage, from nothing on local goods.
    #[test]
    fn by_value() {
        let all = Clauses { living_wage: 1.0, goods: 0.3, goods_dearer: 0.02, ..Clauses::default() };
        let rules = ClauseRules { all, living_wage_from_gbp: 100_000.0, ..ClauseRules::default() };
        assert_eq!(rules.of_contract(99_999.0, true), Clauses { living_wage: 0.0, ..all });
        assert_eq!(rules.of_contract(100_000.0, true), all);
        let above = rules.of_contract(300_000.0, false);
        assert_eq!((above.living_wage, above.goods, above.goods_dearer), (1.0, 0.0, 0.0));
        assert_eq!(ClauseRules::default().of_contract(1e9, true), Clauses::default());
    }
}
