//! What contracts bind their holders to, and what that comes to for each supplier in a month.

use crate::base::money::Pence;
use serde::{Deserialize, Serialize};

/// What a contract binds its holder to, to its end.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clauses {
    /// Part of the way from the legal minimum wage to the Real Living Wage.
    pub living_wage: f32,
    /// How many times as readily posts take residents, and residents of deprived wards beyond that.
    pub residents_times: f32,
    pub deprived_times: f32,
    /// Share of works and services, and of goods, bought in region and country that moves to sellers in the city; how
    /// much dearer those are, share of price.
    pub services: f32,
    pub services_dearer: f32,
    pub goods: f32,
    pub goods_dearer: f32,
    /// What local hiring adds to the price.
    pub hiring_cost: f32,
    /// Days to pay.
    pub days: u16,
}

/// Days after the invoice by which public bodies must pay (Procurement Act 2023, s. 68).
pub const USUAL_DAYS: u16 = 30;

impl Default for Clauses {
    fn default() -> Clauses {
        Clauses {
            living_wage: 0.0,
            residents_times: 1.0,
            deprived_times: 1.0,
            services: 0.0,
            services_dearer: 0.0,
            goods: 0.0,
            goods_dearer: 0.0,
            hiring_cost: 0.0,
            days: USUAL_DAYS,
        }
    }
}

/// What a supplier is bound to this month by all that it holds, as kept.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bound {
    /// Share of its staff who are paid a floor, and how far that is from the legal minimum to the Real Living Wage.
    pub living_wage: f64,
    pub level: f64,
    /// Share of its posts for which residents come first, and how many times as readily.
    pub hiring: f64,
    pub residents_times: f64,
    pub deprived_times: f64,
    /// Shares of services and goods bought in region and country that move, and how much dearer they are.
    pub services: f64,
    pub services_dearer: f64,
    pub goods: f64,
    pub goods_dearer: f64,
    /// Cash that it need not hold because it is paid sooner.
    pub sooner: Pence,
}

impl Default for Bound {
    fn default() -> Bound {
        Bound {
            living_wage: 0.0,
            level: 0.0,
            hiring: 0.0,
            residents_times: 1.0,
            deprived_times: 1.0,
            services: 0.0,
            services_dearer: 0.0,
            goods: 0.0,
            goods_dearer: 0.0,
            sooner: 0,
        }
    }
}
