//! The city, the rest of its region, and the country.
//!
//! The city is simulated. Outside only the first round is: what firms there sell to the city, what their buyers no
//! longer get from it, what their residents earn in it. For the country two cases bound the answer. Without slack all
//! that the city gains is drawn from uses elsewhere in the country: it gains nothing. With a share s of the resources
//! idle,
//!
//! ```text
//! country = s · (city + k · demand on firms outside)
//! ```
//!
//! with k the national average per pound of demand (Type I; MODEL section 11: the outside is passive).

use super::{Asked, MEASURES, Of, Twin};
use crate::measure::record::{Account, ZoneMonth};

/// Where an effect is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Where {
    City,
    /// First round only, before any crowding out there.
    Region,
    CountryNoSlack,
    CountrySlack,
}

impl Where {
    pub const ALL: [Where; 4] = [Where::City, Where::Region, Where::CountryNoSlack, Where::CountrySlack];

    pub fn id(self) -> &'static str {
        match self {
            Where::City => "city",
            Where::Region => "rest_of_region",
            Where::CountryNoSlack => "country_no_slack",
            Where::CountrySlack => "country_slack",
        }
    }
}

const REGION: Of = |m| demand(&m.account.zones[0]);
const COUNTRY: Of = |m| demand(&m.account.zones[1]);
const REGION_PAY: Of = |m| m.account.zones[0].pay as f64;
const COUNTRY_PAY: Of = |m| m.account.zones[1].pay as f64;

/// Demand on a zone's firms: sales to the city, and what its buyers no longer buy in the city.
fn demand(zone: &ZoneMonth) -> f64 {
    (zone.sales - zone.bought) as f64
}

/// The path of a measure (by its place in [`MEASURES`]) in one replicate: pounds or jobs a month.
pub fn path(twin: &Twin, asked: &Asked, measure: usize, place: Where) -> Vec<f64> {
    let n = twin.months();
    let city = || {
        if MEASURES[measure].unit == "jobs" {
            twin.heads(MEASURES[measure].of)
        } else {
            twin.pounds(MEASURES[measure].of)
        }
    };
    let a = &asked.averages;
    // Pounds of a month, times what a pound of value added a year employs: heads are those of a year at that rate.
    let heads = 12.0 * a.jobs_per_value_added;
    // Per pound of demand on firms: first round only, and with their suppliers.
    let first = a.value_added / a.output;
    // Disposable income of the city's households per pound of gross pay and profit: what is earned elsewhere is
    // taken to be taxed alike.
    let kept = kept_of_gross(twin);
    let pay = kept * a.compensation / a.output;
    match place {
        Where::City => city(),
        Where::Region => {
            let per_pound = [1.0, first, pay, first * heads][measure];
            let mut path: Vec<f64> = twin.pounds(REGION).iter().map(|d| d * per_pound).collect();
            if MEASURES[measure].id == "income" {
                path.iter_mut().zip(twin.pounds(REGION_PAY)).for_each(|(x, pay)| *x += kept * pay);
            }
            path
        }
        Where::CountryNoSlack => vec![0.0; n],
        Where::CountrySlack => {
            let per_pound = [a.output, a.value_added, kept * a.compensation, a.value_added * heads][measure];
            let mut path = city();
            for demand in [twin.pounds(REGION), twin.pounds(COUNTRY)] {
                path.iter_mut().zip(demand).for_each(|(x, d)| *x += per_pound * d);
            }
            if MEASURES[measure].id == "income" {
                for pay in [twin.pounds(REGION_PAY), twin.pounds(COUNTRY_PAY)] {
                    path.iter_mut().zip(pay).for_each(|(x, pay)| *x += kept * pay);
                }
            }
            path.iter_mut().for_each(|x| *x *= asked.slack);
            path
        }
    }
}

/// Disposable income over all receipts of the city's households in the run without the spend.
fn kept_of_gross(twin: &Twin) -> f64 {
    let months = &twin.without.months;
    let (kept, all) =
        months.iter().fold((0.0, 0.0), |(k, a), m| (k + m.all.disposable as f64, a + m.all.receipts as f64));
    if all > 0.0 { kept / all } else { 1.0 }
}

/// The extra spend's own account, for those who want more than paths.
pub fn account(twin: &Twin, of: fn(&Account) -> i64, months: usize) -> f64 {
    let sum = |record: &crate::measure::record::Record| -> f64 {
        record.months.iter().take(months).map(|m| of(&m.account) as f64).sum()
    };
    (sum(twin.with) - sum(twin.without)) / 100.0 / twin.with.scale
}
