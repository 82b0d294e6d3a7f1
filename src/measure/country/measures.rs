//! The figures of a city that a country compares.

use crate::measure::record::{Record, Snapshot};

/// A figure, and whether cities' figures are added up or averaged.
pub struct Measure {
    pub id: &'static str,
    pub unit: &'static str,
    pub title: &'static str,
    pub summed: bool,
    of: fn(&Record) -> f64,
}

const GBP_M: &str = "GBP million a year";

/// Pence a month at the run's scale as GBP million a year at full size.
fn millions(record: &Record, of: impl Fn(&Snapshot) -> i64) -> f64 {
    mean(record, |m| of(m) as f64) * 12.0 / 1e8 / record.scale
}

fn heads(record: &Record, of: impl Fn(&Snapshot) -> f64) -> f64 {
    mean(record, of) / record.scale
}

/// Months at the end of a run over which figures are means. What one city does reaches another after two or three months and
/// builds up as contracts end, so that the first year would show the policy before its answer.
pub const LAST: usize = 12;

fn mean(record: &Record, of: impl Fn(&Snapshot) -> f64) -> f64 {
    let months = &record.months[record.months.len().saturating_sub(LAST)..];
    months.iter().map(of).sum::<f64>() / months.len().max(1) as f64
}

const fn sum(id: &'static str, unit: &'static str, title: &'static str, of: fn(&Record) -> f64) -> Measure {
    Measure { id, unit, title, summed: true, of }
}

pub const MEASURES: [Measure; 12] = [
    sum("household_income", GBP_M, "Disposable income of households", |r| millions(r, |m| m.all.disposable)),
    sum("value_added", GBP_M, "Value added at firms and anchors", |r| millions(r, |m| m.account.value_added)),
    sum("residents_in_work", "people", "Residents in work, in the city or outside", |r| {
        heads(r, |m| m.all.in_work as f64)
    }),
    sum("jobs", "jobs", "Jobs in the city", |r| heads(r, |m| m.jobs as f64)),
    sum("in_commuters", "people", "People from elsewhere at work in the city", |r| {
        heads(r, |m| m.in_commuters as f64)
    }),
    sum("firm_sales", GBP_M, "Net sales of firms in the city", |r| millions(r, |m| m.sales)),
    sum("outside_sales", GBP_M, "Part of them sold outside the city", |r| millions(r, |m| m.exports)),
    sum("anchors_bought_here", GBP_M, "Paid by anchors to suppliers in the city", |r| {
        millions(r, |m| m.procurement_in_city)
    }),
    sum("treasury_net", GBP_M, "Taxes to central government less what it pays into the city", |r| {
        millions(r, |m| m.treasury)
    }),
    sum("cost_of_constant_service", GBP_M, "What the anchors lack to meet all their needs", |r| {
        mean(r, |m| m.service.cost_to_restore()) * 12.0 / 1e8 / r.scale
    }),
    Measure {
        id: "contract_price",
        unit: "ratio",
        title: "Price of contracts over the reference price",
        summed: false,
        of: |r| mean(r, |m| m.service.price()),
    },
    Measure {
        id: "service_shortfall",
        unit: "percent",
        title: "Needs of the anchors not met for the money",
        summed: false,
        of: |r| mean(r, |m| m.service.shortfall_percent()),
    },
];

/// The figure by name.
pub const INCOME: usize = 0;
pub const VALUE_ADDED: usize = 1;
pub const IN_WORK: usize = 2;
pub const JOBS: usize = 3;
pub const SALES: usize = 5;
pub const OUTSIDE_SALES: usize = 6;
pub const BOUGHT_HERE: usize = 7;
pub const COST: usize = 9;
pub const PRICE: usize = 10;
pub const SHORTFALL: usize = 11;

/// Those of which it is asked how much of them is kept, and how much others lose. Value added first: sales count what
/// firms buy of each other again.
pub const ASKED: [usize; 5] = [VALUE_ADDED, INCOME, JOBS, IN_WORK, SALES];

/// All figures of a run of one city.
pub fn of(record: &Record) -> super::CityFigures {
    super::CityFigures(std::array::from_fn(|k| (MEASURES[k].of)(record)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_where_their_names_say() {
        let more = [VALUE_ADDED, JOBS, COST].map(|k| MEASURES[k].id);
        assert_eq!(more, ["value_added", "jobs", "cost_of_constant_service"]);
        let ids =
            [INCOME, IN_WORK, SALES, OUTSIDE_SALES, BOUGHT_HERE, PRICE, SHORTFALL].map(|k| MEASURES[k].id);
        assert_eq!(
            ids,
            [
                "household_income",
                "residents_in_work",
                "firm_sales",
                "outside_sales",
                "anchors_bought_here",
                "contract_price",
                "service_shortfall"
            ]
        );
    }
}
