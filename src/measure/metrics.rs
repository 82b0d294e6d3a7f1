//! The METRICS table: every headline figure, in one place. Tables, charts and comparisons follow it.

use super::local::Traced;
use super::record::{Record, Snapshot};
use super::table::Metric;
use crate::tracer::ledger::Channel;

/// What a metric is computed from: a run and its traced pounds.
pub struct Seen<'a> {
    pub record: &'a Record,
    pub traced: Traced,
}

/// One headline figure.
pub struct Entry {
    pub id: &'static str,
    pub unit: &'static str,
    pub meaning: &'static str,
    pub value: fn(&Seen) -> f64,
}

const GBP_M: &str = "GBP million a year";

impl Seen<'_> {
    /// The mean over the months of the run.
    fn mean(&self, of: impl Fn(&Snapshot) -> f64) -> f64 {
        let months = &self.record.months;
        if months.is_empty() { 0.0 } else { months.iter().map(of).sum::<f64>() / months.len() as f64 }
    }
    /// Pence a month at the run's scale, as millions of pounds a year in the city at full size.
    fn millions(&self, of: impl Fn(&Snapshot) -> i64) -> f64 {
        self.mean(|m| of(m) as f64) * 12.0 / 1e8 / self.record.scale
    }
    fn heads(&self, of: impl Fn(&Snapshot) -> i64) -> f64 {
        self.mean(|m| of(m) as f64) / self.record.scale
    }
    fn price(&self) -> f64 {
        let (paid, volume) =
            self.record.months.iter().fold((0.0, 0.0), |(p, v), m| (p + m.needed, v + m.delivered));
        if volume > 0.0 { paid / volume } else { 1.0 }
    }
}

macro_rules! metrics {
    ($($id:literal, $unit:expr, $meaning:literal, $value:expr;)+) => {
        /// All metrics, in the order in which they are shown.
        pub static METRICS: &[Entry] = &[$(Entry { id: $id, unit: $unit, meaning: $meaning, value: $value }),+];
    };
}

metrics! {
    "lm3", "ratio", "Local multiplier of three rounds, income convention: (spent + first + second local receipts) / spent", |s| s.traced.lm3();
    "lm_infinity", "ratio", "Local multiplier over all rounds, income convention", |s| s.traced.lm_infinity();
    "lm3_contract", "ratio", "Local multiplier of three rounds, contract convention: (first + second local receipts) / spent", |s| s.traced.lm3_contract();
    "lm_infinity_contract", "ratio", "Local multiplier over all rounds, contract convention", |s| s.traced.lm_infinity_contract();
    "round_1_local", "GBP per pound spent", "Received in the city in the first round", |s| s.traced.per_pound(s.traced.local[0]);
    "round_2_local", "GBP per pound spent", "Received in the city in the second round", |s| s.traced.per_pound(s.traced.local[1]);
    "round_3_local", "GBP per pound spent", "Received in the city in the third round", |s| s.traced.per_pound(s.traced.local[2]);
    "later_rounds_local", "GBP per pound spent", "Received in the city in later rounds", |s| s.traced.per_pound(s.traced.local[3]);
    "household_income_per_pound", "GBP per pound spent", "Received by households of the city, all rounds, before tax", |s| s.traced.per_pound(s.traced.household_income);
    "value_added_per_pound", "GBP per pound spent", "Value added in the city at firms and anchors, all rounds: pay with contributions, surplus, taxes on production", |s| s.traced.per_pound(s.traced.value_added);
    "jobs_per_million", "jobs per GBP million spent", "Jobs for a year in the city that the traced pay pays, at each employer's mean pay", |s| s.traced.jobs_per_million(0);
    "resident_jobs_per_million", "jobs per GBP million spent", "Those of them that residents hold", |s| s.traced.jobs_per_million(1);
    "leak_contract_outside", "GBP per pound spent", "Leaked: contract awarded outside", |s| s.traced.leak(Channel::ContractOutside);
    "leak_inputs_outside", "GBP per pound spent", "Leaked: inputs bought outside", |s| s.traced.leak(Channel::InputsOutside);
    "leak_commuter_pay", "GBP per pound spent", "Leaked: pay to in-commuters", |s| s.traced.leak(Channel::CommuterPay);
    "leak_national_taxes", "GBP per pound spent", "Leaked: national taxes", |s| s.traced.leak(Channel::NationalTaxes);
    "leak_profits_outside", "GBP per pound spent", "Leaked: profits to outside owners", |s| s.traced.leak(Channel::ProfitsOutside);
    "leak_interest_rent_outside", "GBP per pound spent", "Leaked: interest and rent paid outside", |s| s.traced.leak(Channel::InterestRentOutside);
    "leak_saving", "GBP per pound spent", "Leaked: money saved outside", |s| s.traced.leak(Channel::Saving);
    "leak_pensions", "GBP per pound spent", "Leaked: pension contributions", |s| s.traced.leak(Channel::Pensions);
    "leak_consumption_outside", "GBP per pound spent", "Leaked: consumption outside", |s| s.traced.leak(Channel::ConsumptionOutside);
    "held", "GBP per pound spent", "Waits in reserves at the end, beyond what waited at the start", |s| s.traced.per_pound(s.traced.held);
    "anchor_spend", GBP_M, "Paid by the anchors to suppliers, net of VAT", |s| s.millions(|m| m.procurement);
    "anchor_spend_in_city", "share", "Part of it paid to suppliers with a site in the city", |s| {
        let (city, all) = s.record.months.iter().fold((0, 0), |(c, a), m| (c + m.procurement_in_city, a + m.procurement));
        if all > 0 { city as f64 / all as f64 } else { 0.0 }
    };
    "contract_price", "ratio", "Price of contracts over the reference price (what is paid without a plan)", |s| s.price();
    "service_shortfall", "percent", "Needs of the anchors not met for the money: by price and by gaps between contracts", |s| {
        let (n, d) = s.record.months.iter().fold((0.0, 0.0), |(n, d), m| (n + m.needed, d + m.delivered));
        if n > 0.0 { 100.0 * (1.0 - d / n) } else { 0.0 }
    };
    "cost_of_constant_service", GBP_M, "What it would take to meet all needs at the prices paid, beyond the budget", |s| {
        let (n, d) = s.record.months.iter().fold((0.0, 0.0), |(n, d), m| (n + m.needed, d + m.delivered));
        let months = s.record.months.len().max(1) as f64;
        if d > 0.0 { (n / d - 1.0) * n / months * 12.0 / 1e8 / s.record.scale } else { 0.0 }
    };
    "household_receipts", GBP_M, "All receipts of the city's households", |s| s.millions(|m| m.all.receipts);
    "household_income", GBP_M, "Disposable income of the city's households: receipts less income tax, contributions, pension saving and council tax", |s| s.millions(|m| m.all.disposable);
    "household_spending", GBP_M, "Purchases of the city's households", |s| s.millions(|m| m.all.consumption);
    "jobs", "jobs", "Jobs in the city, residents' and in-commuters'", |s| s.heads(|m| m.jobs);
    "residents_in_work", "people", "Residents in work, in the city or outside", |s| s.heads(|m| m.all.in_work);
    "in_commuters", "people", "People who live outside and work in the city", |s| s.heads(|m| m.in_commuters);
    "unemployment_rate", "percent", "Residents looking for work, of those in the labour force", |s| {
        100.0 * s.mean(|m| m.all.seeking as f64 / (m.all.seeking + m.all.in_work).max(1) as f64)
    };
    "pay_bill", GBP_M, "Gross pay of posts in the city", |s| s.millions(|m| m.pay_bill);
    "wage_index", "ratio", "Pay of new hires over the start's, from tightness", |s| s.mean(|m| m.wage_index);
    "firm_sales", GBP_M, "Net sales of suppliers in the city", |s| s.millions(|m| m.sales);
    "outside_sales", GBP_M, "Part of them sold outside the city", |s| s.millions(|m| m.exports);
    "orders_turned_away", GBP_M, "Orders that suppliers in the city could not fill", |s| s.millions(|m| m.turned_away);
    "firms", "firms", "Suppliers open in the city", |s| s.heads(|m| m.firms);
    "household_deposits", "GBP million", "Deposits of the city's households", |s| s.mean(|m| m.all.deposits as f64) / 1e8 / s.record.scale;
    "net_to_region", GBP_M, "Net receipts of firms and households of the rest of the region from the city", |s| s.millions(|m| m.to_region);
    "net_to_country", GBP_M, "Net receipts of firms and households of the rest of the country from the city", |s| s.millions(|m| m.to_country);
    "net_to_world", GBP_M, "Net receipts of the rest of the world from the city", |s| s.millions(|m| m.to_world);
    "treasury_net", GBP_M, "Taxes to central government less what it pays into the city", |s| s.millions(|m| m.treasury);
    "council_receipts", GBP_M, "Receipts of the council", |s| s.millions(|m| m.council_receipts);
}

/// All metrics of a run.
pub fn of(record: &Record) -> Vec<Metric> {
    let seen = Seen { record, traced: Traced::over(&record.ledger, record.first_month) };
    METRICS
        .iter()
        .map(|m| Metric { id: m.id, value: (m.value)(&seen), unit: m.unit, meaning: m.meaning })
        .collect()
}

/// The mean of each metric over replicates.
pub fn mean(replicates: &[Vec<Metric>]) -> Vec<Metric> {
    let n = replicates.len().max(1) as f64;
    let first = replicates.first().cloned().unwrap_or_default();
    first
        .into_iter()
        .enumerate()
        .map(|(i, m)| Metric { value: replicates.iter().map(|r| r[i].value).sum::<f64>() / n, ..m })
        .collect()
}
