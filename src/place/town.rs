//! A town written out agent by agent: small enough to follow by hand. All of a supplier's and a household's
//! uses are shares of what it receives, so a town is the linear textbook model, and mechanisms cannot be switched on in it.

use super::vocabulary::*;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A town file (`place = "three_shops.toml"`).
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
pub struct Town {
    pub name: String,
    /// For example "2025/26".
    #[serde(default = "price_year")]
    pub price_year: String,
    #[serde(default)]
    pub anchor: Vec<TownAnchor>,
    #[serde(default)]
    pub supplier: Vec<TownSupplier>,
    #[serde(default)]
    pub household: Vec<TownHousehold>,
    /// The file read, as the scenario names it, and its SHA-256.
    #[serde(skip)]
    pub file: String,
    #[serde(skip)]
    pub sha256: String,
}

fn price_year() -> String {
    "2025/26".into()
}

/// An institution: buys from suppliers by standing contracts, and may employ.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
pub struct TownAnchor {
    pub id: String,
    pub name: String,
    pub kind: AnchorKind,
    /// GBP a month to each supplier, by supplier id; "region" or "country" for what is bought outside.
    #[serde(default)]
    pub buys: BTreeMap<String, f64>,
    /// GBP a month of gross pay to each household, by household id; "region" for in-commuters.
    #[serde(default)]
    pub pays: BTreeMap<String, f64>,
}

/// A shop, firm or charity. Uses are shares of receipts net of VAT; what is left is surplus.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
pub struct TownSupplier {
    pub id: String,
    pub name: String,
    pub sector: Sector,
    #[serde(default = "city")]
    pub zone: Zone,
    pub ownership: Ownership,
    /// VAT in each pound that households spend here.
    #[serde(default)]
    pub vat: f64,
    /// Share of receipts to each household as gross pay, by household id; "region" or "country" for in-commuters.
    #[serde(default)]
    pub pays: BTreeMap<String, f64>,
    /// Share of receipts to each other supplier; "region", "country" or "world" for inputs bought outside.
    #[serde(default)]
    pub buys: BTreeMap<String, f64>,
    /// Taxes to central government as a share of receipts.
    #[serde(default)]
    pub national_taxes: f64,
    /// Business rates kept by the council, as a share of receipts.
    #[serde(default)]
    pub council_rates: f64,
    /// Surplus (the rest of receipts) by receiver: household id, "region", "country", "world" or "finance"; must sum to 1. Needed where
    /// anything is left.
    #[serde(default)]
    pub surplus: BTreeMap<String, f64>,
    /// Sales to outside buyers, GBP a month, paid by the rest of the country.
    #[serde(default)]
    pub exports_gbp_month: f64,
}

fn city() -> Zone {
    Zone::City
}

/// A household. Uses are shares of all it receives; what is left is saved with the financial system.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
pub struct TownHousehold {
    pub id: String,
    #[serde(default = "one")]
    pub adults: u8,
    #[serde(default)]
    pub children: u8,
    /// 1 is the poorest tenth.
    #[serde(default = "five")]
    pub decile: u8,
    /// Benefits and pensions from central government, GBP a month.
    #[serde(default)]
    pub benefits_gbp_month: f64,
    /// Income tax and contributions.
    #[serde(default)]
    pub direct_tax: f64,
    #[serde(default)]
    pub pension: f64,
    #[serde(default)]
    pub council_tax: f64,
    /// Share spent at each supplier; "region", "country" or "world" for shopping outside. At most twelve entries.
    #[serde(default)]
    pub spends: BTreeMap<String, f64>,
    #[serde(default)]
    pub deposits_gbp: f64,
}

fn one() -> u8 {
    1
}
fn five() -> u8 {
    5
}
