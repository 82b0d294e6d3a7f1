//! The METRICS table: every headline figure, in one place. Tables, charts and comparisons follow it.

use super::local::Traced;
use super::record::{Record, Snapshot};
use super::resilience::{self, Of, Recovery};
use super::society;
use super::table::Metric;
use crate::economy::procurement::package::WITH_VAT;
use crate::place::vocabulary::{LocalDefinition, Ownership, Route};
use crate::tracer::ledger::Channel;
use crate::world::awards::Award;
use crate::world::contracts::TeamMonth;
use crate::world::flows::Service;

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
    fn years(&self) -> f64 {
        (self.record.months.len().max(1) as f64) / 12.0
    }
    fn heads(&self, of: impl Fn(&Snapshot) -> i64) -> f64 {
        self.mean(|m| of(m) as f64) / self.record.scale
    }
    fn recovery(&self, of: Of) -> Recovery {
        resilience::of_run(self.record, of).unwrap_or_default()
    }
    /// What the anchors' needs came to over the run.
    fn service(&self) -> Service {
        let mut all = Service::default();
        self.record.months.iter().for_each(|m| all.add(&m.service));
        all
    }
    /// Sum over anchors of a figure of their teams, a year.
    fn teams(&self, of: impl Fn(&TeamMonth) -> f64) -> f64 {
        self.mean(|m| m.anchors.iter().map(|a| of(&a.team)).sum()) * 12.0
    }
    /// Social value of a year's awards, million pounds: a part of full marks.
    fn social_value(&self, of: impl Fn(&Award) -> f64) -> f64 {
        let all = self.record.awards.iter();
        let sum: f64 = all.map(|a| of(a) * a.value_gbp / WITH_VAT * self.record.social_value_cap).sum();
        sum / 1e6 / self.years()
    }
    /// Over the awards of competitions: the mean of a figure, weighted by value.
    fn awards(&self, of: impl Fn(&Award) -> f64) -> f64 {
        let held = self.record.awards.iter().filter(|a| a.bids > 0);
        let (sum, all) = held.fold((0.0, 0.0), |(s, w), a| (s + of(a) * a.value_gbp, w + a.value_gbp));
        if all > 0.0 { sum / all } else { 0.0 }
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
    "lm_infinity", "ratio", "Local multiplier over all rounds, income convention; with what still circulates at the end, at the rate at which dye went on in the last year", |s| s.traced.lm_infinity();
    "lm3_contract", "ratio", "Local multiplier of three rounds, contract convention: (first + second local receipts) / spent", |s| s.traced.lm3_contract();
    "lm_infinity_contract", "ratio", "Local multiplier over all rounds, contract convention", |s| s.traced.lm_infinity_contract();
    "round_1_local", "GBP per pound spent", "Received in the city in the first round", |s| s.traced.per_pound(s.traced.local[0]);
    "round_2_local", "GBP per pound spent", "Received in the city in the second round", |s| s.traced.per_pound(s.traced.local[1]);
    "round_3_local", "GBP per pound spent", "Received in the city in the third round", |s| s.traced.per_pound(s.traced.local[2]);
    "later_rounds_local", "GBP per pound spent", "Received in the city in later rounds", |s| s.traced.per_pound(s.traced.local[3]);
    "household_income_per_pound", "GBP per pound spent", "Received by households of the city, all rounds, before tax", |s| s.traced.income_per_pound();
    "value_added_per_pound", "GBP per pound spent", "Value added in the city at firms and anchors, all rounds: pay with contributions, surplus, taxes on production", |s| s.traced.value_added_per_pound();
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
    "circulating", "GBP per pound spent", "Still on its way at the end, beyond what was at the start", |s| s.traced.per_pound(s.traced.circulating);
    "anchor_spend", GBP_M, "Paid by the anchors to suppliers, net of VAT", |s| s.millions(|m| m.procurement);
    "anchor_spend_in_city", "share", "Part of it paid to suppliers with a site in the city", |s| {
        let (city, all) = s.record.months.iter().fold((0, 0), |(c, a), m| (c + m.procurement_in_city, a + m.procurement));
        if all > 0 { city as f64 / all as f64 } else { 0.0 }
    };
    "contract_price", "ratio", "Price of contracts over the reference price (what is paid without a plan)", |s| s.service().price();
    "service_shortfall", "percent", "Needs of the anchors not met for the money: by price, by gaps between contracts and by suppliers finding their feet", |s| s.service().shortfall_percent();
    "service_quality", "0 to 1", "Quality of the suppliers that deliver, weighted by what they deliver", |s| s.service().mean_quality();
    "cost_of_constant_service", GBP_M, "What it would take to meet all needs at the prices paid, beyond what is paid", |s| {
        let months = s.record.months.len().max(1) as f64;
        s.service().cost_to_restore() / months * 12.0 / 1e8 / s.record.scale
    };
    "bids_per_competition", "bids", "Bids in a competition, mean over awards", |s| {
        let held: Vec<_> = s.record.awards.iter().filter(|a| a.bids > 0).collect();
        held.iter().map(|a| f64::from(a.bids)).sum::<f64>() / held.len().max(1) as f64
    };
    "small_firms_bids", "bids a year", "Bids of enterprises with fewer than 250 people and no group behind them, in all competitions of a year", |s| {
        s.record.awards.iter().map(|a| f64::from(a.small_bids)).sum::<f64>() / s.years()
    };
    "bids_of_small_firms", "share of bids", "Bids of enterprises with fewer than 250 people and no group behind them, among all of a competition; weighted by value", |s| s.awards(|a| f64::from(a.small_bids) / f64::from(a.bids));
    "awards_to_small_firms", "share of value", "Awards won by enterprises with fewer than 250 people and no group behind them", |s| s.awards(|a| f64::from(u8::from(a.small)));
    "awards_to_social_firms", "share of value", "Awards won by community interest companies, charities and co-operatives", |s| s.awards(|a| {
        let form = Ownership::from_index(a.ownership as usize);
        f64::from(u8::from(matches!(form, Ownership::Vcse | Ownership::Cooperative)))
    });
    "awards_by_framework", "share of value", "Awards made by call-off from a framework", |s| s.awards(|a| f64::from(u8::from(a.route == Route::CallOff)));
    "awards_local_by_site", "share of value", "Awards local by the supplier's site", |s| s.awards(|a| f64::from(a.local[LocalDefinition::Site.index()]));
    "awards_local_by_headquarters", "share of value", "Awards local by the seat of the supplier's group", |s| s.awards(|a| f64::from(a.local[LocalDefinition::Headquarters.index()]));
    "awards_local_by_branch", "share of value", "Awards local by any unit or building in the city", |s| s.awards(|a| f64::from(a.local[LocalDefinition::Branch.index()]));
    "awards_local_by_staff", "share of value", "Awards local by where the supplier's staff live", |s| s.awards(|a| f64::from(a.local[LocalDefinition::StaffResidence.index()]));
    "awards_local_by_materials", "share of value", "Awards local by where the supplier buys", |s| s.awards(|a| f64::from(a.local[LocalDefinition::Materials.index()]));
    "awards_local_by_ownership", "share of value", "Awards local by who owns the supplier", |s| s.awards(|a| f64::from(a.local[LocalDefinition::Ownership.index()]));
    "awards_local_by_profit", "share of value", "Awards local by where the supplier's profit, interest and rent go", |s| s.awards(|a| f64::from(a.local[LocalDefinition::ProfitRetained.index()]));
    "awards_local_by_upstream", "GBP per pound", "Re-spent in the city up the chain for each pound of the winners' turnover", |s| s.awards(|a| f64::from(a.local[LocalDefinition::Upstream.index()]));
    "social_value_claimed", "share of full marks", "Social value that winning bids claim, weighted by value", |s| s.awards(|a| f64::from(a.claimed));
    "social_value_real", "share of full marks", "What stands behind the claims", |s| s.awards(|a| f64::from(a.real));
    "social_value_delivered", "share of full marks", "What of it has been delivered, a mean over the contracts' months", |s| s.awards(|a| f64::from(a.delivered));
    "offers_tailored", "share of value", "Offers made to the buyer's own questions", |s| s.awards(|a| f64::from(u8::from(a.tailored)));
    "team_hours", "hours a year", "Hours that lettings take of the anchors' teams", |s| s.teams(|t| t.used);
    "team_hours_short", "hours a year", "Hours that lettings would have taken beyond what there was", |s| s.teams(|t| (t.wanted - t.hours).max(0.0));
    "lettings_extended", "contracts a year", "Contracts extended because the team had no hours to let them", |s| s.teams(|t| f64::from(t.extended));
    "bid_costs", GBP_M, "Cost of bidding to all bidders", |s| s.record.awards.iter().map(|a| f64::from(a.bid_costs_gbp)).sum::<f64>() / 1e6 / s.years();
    "challenges", "a year", "Awards held up by a legal challenge", |s| s.record.awards.iter().filter(|a| a.challenged).count() as f64 / s.years();
    "income_per_pound_constant_service", "GBP per pound spent", "Received by households of the city per pound that would have to be spent for all needs to be met: exact in a run with procurement.constant_service, otherwise reckoned at the prices paid", |s| {
        let service = s.service();
        let whole = service.paid + service.cost_to_restore();
        let part = if whole > 0.0 { service.paid / whole } else { 1.0 };
        s.traced.income_per_pound() * part
    };
    "household_receipts", GBP_M, "All receipts of the city's households", |s| s.millions(|m| m.all.receipts);
    "household_income", GBP_M, "Disposable income of the city's households: receipts less income tax, contributions, pension saving and council tax", |s| s.millions(|m| m.all.disposable);
    "household_spending", GBP_M, "Purchases of the city's households", |s| s.millions(|m| m.all.consumption);
    "jobs", "jobs", "Jobs in the city, residents' and in-commuters'", |s| s.mean(|m| m.account.jobs) / s.record.scale;
    "residents_in_work", "people", "Residents in work, in the city or outside", |s| s.heads(|m| m.all.in_work);
    "in_commuters", "people", "People who live outside and work in the city", |s| s.mean(|m| m.account.commuters) / s.record.scale;
    "unemployment_rate", "percent", "Residents looking for work, of those in the labour force", |s| {
        100.0 * s.mean(|m| m.all.seeking as f64 / (m.all.seeking + m.all.in_work).max(1) as f64)
    };
    "pay_bill", GBP_M, "Gross pay of posts in the city, by contract", |s| s.millions(|m| m.pay_bill);
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
    "extracted", "GBP per pound spent", "Of the anchors' pounds, what left as profit of outside owners and as interest and rent paid outside, all rounds", |s| s.traced.leak(Channel::ProfitsOutside) + s.traced.leak(Channel::InterestRentOutside);
    "social_value_promised_gbp", GBP_M, "Social value that awards of a year claim, full marks being procurement.social_value.cap_share of their value without VAT", |s| s.social_value(|a| f64::from(a.claimed));
    "social_value_real_gbp", GBP_M, "What stands behind those claims", |s| s.social_value(|a| f64::from(a.real));
    "social_value_delivered_gbp", GBP_M, "What of it is delivered, at the rate of the months so far", |s| s.social_value(|a| f64::from(a.delivered));
    "social_value_matched_gbp", GBP_M, "Community requests with which awards of a year were matched", |s| s.record.awards.iter().map(|a| a.matched_gbp).sum::<f64>() / 1e6 / s.years();
    "requests_registered", "a year", "Community requests that the hub registers", |s| society::requests(s.record)[1] as f64 / s.years();
    "requests_met", "a year", "Community requests met", |s| society::requests(s.record)[3] as f64 / s.years();
    "requests_met_share", "percent", "Of all that arose, registered or not", |s| {
        let [arose, _, _, met] = society::requests(s.record);
        100.0 * met as f64 / arose.max(1) as f64
    };
    "requests_met_in_deprived_wards", "share of those met", "In the most deprived third of wards", |s| society::met_in_deprived_wards(s.record);
    "policy_staff", GBP_M, "Pay with contributions of staff whom policies and institutions add", |s| s.millions(|m| m.society.policy_staff);
    "policy_costs", GBP_M, "All that policies and institutions cost", |s| s.millions(|m| m.society.policy_costs.iter().sum());
    "policy_costs_of_anchors", GBP_M, "The part of it that anchors' budgets pay, by budget or levy: volume forgone", |s| s.millions(|m| m.society.policy_costs[0] + m.society.policy_costs[1]);
    "policy_costs_of_residents", GBP_M, "The part of it raised by council tax", |s| s.millions(|m| m.society.policy_costs[2]);
    "policy_costs_of_treasury", GBP_M, "The part of it that central government grants", |s| s.millions(|m| m.society.policy_costs[3]);
    "treasury_taxes", GBP_M, "Taxes that central government takes in from the city", |s| s.millions(|m| m.society.taxes);
    "treasury_benefits", GBP_M, "Benefits and state pensions that it pays into the city", |s| s.millions(|m| m.society.benefits);
    "plan_practised", "0 to 1", "How far anchors practise their plan, weighted by what they buy", |s| s.mean(|m| m.society.practice);
    "social_enterprises", "share of firms", "Community interest companies, charities and co-operatives among suppliers open in the city", |s| s.mean(|m| m.society.social_firms as f64 / m.firms.max(1) as f64);
    "social_enterprises_sales", "share of sales", "The same of net sales", |s| s.mean(|m| m.society.social_sales as f64 / m.sales.max(1) as f64);
    "social_enterprises_spend", "share of spend", "The same of what anchors pay to suppliers, wherever they are", |s| s.mean(|m| m.society.social_procurement as f64 / m.procurement.max(1) as f64);
    "helped_enterprises", "enterprises", "Founded or converted with an institution's help, by the end", |s| society::helped(s.record)[0] as f64 / s.record.scale;
    "helped_enterprises_open", "share", "Of them, open at the end; 0 where there are none", |s| {
        let [all, open] = society::helped(s.record);
        open as f64 / all.max(1) as f64
    };
    "living_wage_jobs", "jobs", "Jobs in the city paid the real living wage or more, by contract or because a clause of their employer's contracts raises them", |s| s.heads(|m| m.society.living_wage_jobs);
    "gini", "0 to 1", "Gini coefficient of equivalised disposable income over people, in the last months of the years", |s| {
        let years: Vec<f64> = s.record.months.iter().filter_map(|m| m.society.gini).collect();
        years.iter().sum::<f64>() / years.len().max(1) as f64
    };
    "ward_gap_income", "ratio", "Disposable income a household in the least deprived third of wards over that in the most deprived third", |s| society::gap(s.record, |h| h.disposable);
    "ward_gap_work", "ratio", "The same of residents in work a household", |s| society::gap(s.record, |h| h.in_work);
    "supplier_concentration", "points of 10,000", "Herfindahl-Hirschman index of what anchors pay to suppliers in a year", |s| {
        let of = &s.record.concentration;
        of.iter().sum::<f64>() / of.len().max(1) as f64
    };
    "sales_here_and_nearby", GBP_M, "Net sales of the city's firms, and sales to the city of firms in the region and the country: its difference is the national effect at the first round, neighbours' loss taken off; what those who lose awards buy less themselves is not in it, so that it is too high", |s| s.millions(|m| m.sales + m.account.zones[0].sales + m.account.zones[1].sales);
    "resilience_jobs", "months", "After the first shock until jobs are back within the band (shock.recovered_within_percent) of the year before for good; of a run in which they are not, the months to its end, so that a mean over such runs is too short; 0 without a shock", |s| s.recovery(Of::Jobs).months as f64;
    "resilience_spending", "months", "The same of household spending", |s| s.recovery(Of::Spending).months as f64;
    "shock_depth_jobs", "percent", "Furthest that jobs fall below the year before the first shock", |s| s.recovery(Of::Jobs).depth_percent;
}

/// All metrics of a run.
pub fn of(record: &Record) -> Vec<Metric> {
    let seen = Seen { record, traced: Traced::over(&record.ledger, record.first_month) };
    METRICS
        .iter()
        .map(|m| Metric { id: m.id, value: (m.value)(&seen), unit: m.unit, meaning: m.meaning })
        .collect()
}
