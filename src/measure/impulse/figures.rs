//! The figures of an impulse over replicates, as report, tables and charts show them.

use super::places::{Where, account, path};
use super::{Asked, MEASURES, RECEIPTS, RESIDENTS, SPENT, Twin, over};
use crate::measure::compare::Difference;
use crate::measure::guide::Guide;
use crate::measure::local::Traced;
use crate::measure::net::{NetPicture, Pound};
use crate::measure::record::{Account, Record, Snapshot};
use crate::measure::sam::Sam;

/// What came of an impulse: a twin run for each replicate.
pub struct Impulse<'a> {
    pub asked: Asked,
    pub twins: Vec<Twin<'a>>,
}

/// A line of figures that are not paths.
pub struct Line {
    pub id: &'static str,
    pub title: &'static str,
    pub unit: &'static str,
    pub value: Difference,
}

impl<'a> Impulse<'a> {
    pub fn new(asked: Asked, without: &'a [Record], with: &'a [Record]) -> Impulse<'a> {
        let twins = without.iter().zip(with).map(|(without, with)| Twin { without, with }).collect();
        Impulse { asked, twins }
    }

    /// Months that all replicates have.
    pub fn months(&self) -> usize {
        self.twins.iter().map(Twin::months).min().unwrap_or(0)
    }

    pub fn dates(&self) -> Vec<String> {
        let first = self.twins.first().map(|t| t.with);
        first
            .map_or_else(Vec::new, |r| r.months.iter().take(self.months()).map(|m| r.date(m.month)).collect())
    }

    /// Pounds spent in all, mean over replicates.
    pub fn spent(&self) -> f64 {
        over(self.twins.iter().map(|t| t.sum(SPENT, t.months()))).mean
    }

    /// A measure month by month, in each replicate.
    pub fn paths(&self, measure: usize, place: Where) -> Vec<Vec<f64>> {
        self.twins.iter().map(|twin| path(twin, &self.asked, measure, place)).collect()
    }

    /// A measure summed over the first months: pounds, or job-years.
    pub fn total(&self, measure: usize, place: Where, months: usize) -> Difference {
        over(self.paths(measure, place).iter().map(|path| cumulated(measure, path, months)))
    }

    /// The same per pound spent by then; job-years per million pounds.
    pub fn multiplier(&self, measure: usize, place: Where, months: usize) -> Difference {
        let per = if MEASURES[measure].unit == "jobs" { 1e6 } else { 1.0 };
        over(
            self.twins
                .iter()
                .zip(self.paths(measure, place))
                .map(|(twin, path)| per * ratio(cumulated(measure, &path, months), twin.sum(SPENT, months))),
        )
    }

    /// All receipts in the city per pound spent by then: what the tracer counts, in the contract convention.
    pub fn receipts(&self, months: usize) -> Difference {
        over(self.twins.iter().map(|t| ratio(t.sum(RECEIPTS, months), t.sum(SPENT, months))))
    }

    /// Who pays, pounds in all.
    pub fn financed(&self) -> Vec<Line> {
        let of = |get: fn(&Account) -> i64| self.over_account(get);
        vec![
            line("by_government", "Central government", of(|a| a.extra.by_government)),
            line("by_outside", "Firms and funds of the rest of the country", of(|a| a.extra.by_outside)),
            line("by_households", "The city's households, by the levy", of(|a| a.extra.by_households)),
            line(
                "by_anchors",
                "The anchors, by what they buy less",
                of(|a| {
                    let e = a.extra;
                    e.spent - e.by_government - e.by_outside - e.by_households
                }),
            ),
        ]
    }

    /// Where the first payment went, pounds in all.
    pub fn landing(&self) -> Vec<Line> {
        let of = |get: fn(&Account) -> i64| self.over_account(get);
        vec![
            line("landed", "Received in the city", of(|a| a.extra.landed)),
            line("leaked_tax", "VAT that anchors cannot recover", of(|a| a.extra.tax)),
            line("leaked_outside", "Suppliers outside", of(|a| a.extra.spent - a.extra.landed - a.extra.tax)),
        ]
    }

    /// What gave way or stretched.
    pub fn displaced(&self) -> Vec<Line> {
        let money = |of: fn(&Snapshot) -> f64| over(self.twins.iter().map(|t| t.sum(of, t.months())));
        let years = |of: fn(&Snapshot) -> f64| {
            over(self.twins.iter().map(|t| t.heads(of).iter().sum::<f64>() / 12.0))
        };
        let gbp = |id, title, of| line(id, title, money(of));
        vec![
            gbp("outside", "Sales to buyers outside", |m| m.account.sales.outside as f64),
            gbp("anchors", "The anchors' other purchases in the city", |m| m.account.sales.anchors as f64),
            gbp("firms", "Sales to firms", |m| m.account.sales.firms as f64),
            gbp("households", "Sales to households", |m| m.account.sales.households as f64),
            gbp("turned_away", "Orders turned away for want of capacity", |m| m.turned_away as f64),
            Line {
                unit: "job-years",
                ..line("commuters", "Jobs that in-commuters hold", years(|m| m.account.commuters))
            },
            Line { unit: "job-years", ..line("residents", "Jobs that residents hold", years(RESIDENTS)) },
            Line { unit: "percent", ..line("wages", "Pay of new hires", over(self.twins.iter().map(wages))) },
        ]
    }

    fn over_account(&self, of: fn(&Account) -> i64) -> Difference {
        over(self.twins.iter().map(|t| account(t, of, t.months())))
    }

    /// The Additionality Guide's form.
    pub fn guide(&self) -> Guide {
        Guide::of_impulse(&self.twins, self.months())
    }

    /// The multipliers of the extra pound, side by side.
    pub fn net(&self) -> NetPicture {
        let own = |twin: &Twin| {
            let ledger = twin.with.ledger.extra.as_ref()?;
            Some(Traced::over(ledger, ledger.first))
        };
        let traced: Vec<Traced> = self.twins.iter().filter_map(own).collect();
        let matrix = self.twins.iter().filter_map(|twin| Sam::extra_multipliers(twin.without, twin.with));
        let impulse = self.multiplier(0, Where::City, self.months());
        NetPicture {
            impulse: Some(impulse.mean),
            impulse_interval: impulse.interval,
            ..with_matrix(NetPicture::traced(Pound::Impulse, traced.iter()), &matrix.collect::<Vec<_>>())
        }
    }
}

/// What the tracer and the flow matrix know of the anchors' pound, mean over replicates.
pub fn net_of(records: &[&Record]) -> NetPicture {
    let traced: Vec<Traced> = records.iter().map(|r| Traced::over(&r.ledger, r.first_month)).collect();
    let matrix: Vec<(f64, f64)> = records.iter().filter_map(|r| Sam::landed_multipliers(r)).collect();
    with_matrix(NetPicture::traced(Pound::Anchors, traced.iter()), &matrix)
}

fn with_matrix(net: NetPicture, matrix: &[(f64, f64)]) -> NetPicture {
    let mean = |of: fn(&(f64, f64)) -> f64| {
        (!matrix.is_empty()).then(|| matrix.iter().map(of).sum::<f64>() / matrix.len() as f64)
    };
    NetPicture { type_i: mean(|m| m.0), type_ii: mean(|m| m.1), ..net }
}

fn line(id: &'static str, title: &'static str, value: Difference) -> Line {
    Line { id, title, unit: "GBP", value }
}

fn cumulated(measure: usize, path: &[f64], months: usize) -> f64 {
    let sum: f64 = path.iter().take(months).sum();
    if MEASURES[measure].unit == "jobs" { sum / 12.0 } else { sum }
}

fn ratio(x: f64, spent: f64) -> f64 {
    if spent > 0.0 { x / spent } else { 0.0 }
}

/// Mean change of the wage index, per cent.
fn wages(twin: &Twin) -> f64 {
    let pairs = twin.without.months.iter().zip(&twin.with.months);
    let all: f64 = pairs.map(|(a, b)| 100.0 * (b.wage_index - a.wage_index)).sum();
    all / twin.months().max(1) as f64
}
