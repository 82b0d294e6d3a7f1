//! Needs of the anchors and the contracts that meet them.

use super::awards::Award;
use super::clauses::{Bound, Clauses};
use super::frameworks::Framework;
use super::local::LocalShares;
pub use super::pools::{Bidders, Pool};
use super::suppliers::SupplierId;
use crate::base::col::Col;
use crate::base::money::Pence;
use crate::place::city::Category;
use crate::place::procurement_law::ProcurementLaw;
use crate::place::vocabulary::{Buyers, Ownership, Route};
use serde::{Deserialize, Serialize};

/// Who provides for a need (MODEL section 4, stage 1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Provider {
    /// A supplier under contract, or nobody for the moment.
    #[default]
    Market,
    /// The anchor's own staff, or a company that it owns wholly (consolidated in its accounts).
    Own,
    /// Another anchor, by its row.
    Anchor(u16),
}

/// What a bidder promises beyond the purchase itself, as shares of full marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Promise {
    /// What the bid says.
    pub claimed: f32,
    /// What the supplier would deliver if it were held to it.
    pub real: f32,
    /// Answered the buyer's own questions; a generic offer is worth less to the place.
    pub tailored: bool,
}

/// A standing need of one anchor in one category (or a lot of it), and the contract that meets it now.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contract {
    /// Identity of the need; the same in every run of a place.
    pub need: u64,
    /// Number of the lot within the need, from 0.
    pub lot: u16,
    pub anchor: u16,
    pub category: u8,
    /// How many times this need has been let.
    pub letting: u16,
    /// Supplier's row, or `NOBODY` while nobody holds it.
    pub supplier: u32,
    /// Identity of the supplier at award: a successor in the same place does not inherit the contract.
    pub supplier_identity: u64,
    /// Instalment a month, net of VAT, pence at the run's scale: the need's budget.
    pub monthly: Pence,
    /// Months a contract for this need is usually let for.
    pub months: u16,
    pub first_month: u16,
    /// First month after the contract.
    pub end_month: u16,
    /// First month in which the supplier delivers in full (mobilisation).
    pub delivers_from: u16,
    /// Price paid over the reference price of the category: volume delivered is budget over price.
    pub price: f64,
    /// Work done for each pound paid, over what a pound buys at the usual mark-up: the rest is margin.
    pub workload: f32,
    /// Quality of the supplier that holds it, 0 to 1.
    pub quality: f32,
    /// Times the contract has been extended.
    pub extensions: u8,
    pub provider: Provider,
    pub route: Route,
    pub promise: Promise,
    pub clauses: Clauses,
    /// Social value delivered so far, in months of full marks.
    pub delivered: f32,
    /// Number of its latest award, by which a record finds it.
    pub award: u32,
    /// The last holder failed: the need is let again in haste.
    pub failed: bool,
    /// Its last letting was challenged: it is not held up again.
    pub challenged: bool,
    /// The first month in which the need may be let (after a challenge or a failure).
    pub held_up_until: u16,
}

impl Contract {
    /// A need that nobody meets yet.
    pub fn open(need: u64, (anchor, category): (u16, u8), monthly: Pence, months: u16) -> Contract {
        Contract {
            need,
            lot: 0,
            anchor,
            category,
            letting: 0,
            supplier: super::orgs::NOBODY,
            supplier_identity: 0,
            monthly,
            months,
            first_month: 0,
            end_month: 0,
            delivers_from: 0,
            price: 1.0,
            workload: 1.0,
            quality: 0.5,
            extensions: 0,
            provider: Provider::Market,
            route: Route::Open,
            promise: Promise::default(),
            clauses: Clauses::default(),
            delivered: 0.0,
            award: u32::MAX,
            failed: false,
            challenged: false,
            held_up_until: 0,
        }
    }
    /// A number for draws about this need or lot.
    pub fn key(&self) -> u64 {
        self.need ^ u64::from(self.lot) << 40
    }
}

/// What an anchor's team did in a month (hours of the real team, at any scale).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TeamMonth {
    pub hours: f64,
    /// Hours that the month's lettings took, and would have taken with nothing dropped.
    pub used: f64,
    pub wanted: f64,
    /// Lettings in which tailored questions, engagement and the tender itself were given up, and contracts
    /// that were extended, for lack of hours.
    pub generic: u32,
    pub unannounced: u32,
    pub to_framework: u32,
    pub extended: u32,
    /// Hours that monitoring would take for every contract, and had.
    pub monitoring_wanted: f64,
    pub monitoring: f64,
}

/// What the firms of a section in the city pay and buy per pound of sales, weighted by sales: stands for bidders outside, whose
/// accounts are not simulated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Usual {
    pub pay: f64,
    /// Domestic inputs, wherever bought: works and services, goods.
    pub services: f64,
    pub goods: f64,
}

/// All needs, the categories, the pools of bidders, and the awards of the month.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Contracts {
    pub rows: Vec<Contract>,
    pub categories: Vec<Category>,
    /// Pools of bidders by category: city, region, country.
    pub pools: Vec<[Bidders; 3]>,
    /// Part of the places in a list that small enterprises are looked for first, by kind of buyer: fitted.
    pub small_reach: [f64; Buyers::COUNT],
    /// How readily suppliers of each zone hear of a category's tenders, fitted so that without a policy the
    /// zones win the shares in the data.
    pub reach: Vec<[f64; 3]>,
    /// Scales the shares of needs that go to frameworks by themselves, fitted so that with the tenders that teams
    /// turn into call-offs the share of value is the one in the data: health trusts', and all others'.
    pub framework_scale: [f64; 2],
    /// Mean winning price under the neutral rules, by category: the reference of `Contract::price`.
    pub reference_price: Vec<f64>,
    /// Mean mark-up of winners under the neutral rules.
    pub reference_markup: f64,
    pub frameworks: Vec<Framework>,
    pub law: Option<ProcurementLaw>,
    /// How local each supplier is, measured once a year.
    pub local: LocalShares,
    /// Share of its contracts that each anchor's team follows up, this month.
    pub coverage: Vec<f64>,
    /// Share of own provision's budget that is pay with contributions, by category.
    pub labour_share: Vec<f64>,
    /// Social value that a supplier of each ownership form has to offer anyway, share of full marks.
    pub social_value_of_form: [f64; Ownership::COUNT],
    /// What would bring each supplier's staff to the Real Living Wage, per pound of pay; empty unless asked for.
    pub wage_gap: Col<SupplierId, f32>,
    /// What the city's firms of each section pay and buy, for bidders outside; empty unless asked for.
    pub usual: Vec<Usual>,
    /// How deprived the wards are in which each supplier's staff live, 0 to 1; empty unless asked for.
    pub deprivation: Vec<f32>,
    /// What each supplier is bound to this month; empty when nobody is.
    pub bound: Vec<Bound>,
    pub awards: Vec<Award>,
    /// Awards so far.
    pub awarded: u32,
    /// This month, by anchor.
    pub teams: Vec<TeamMonth>,
}
