//! Awards as they are reported.

use crate::base::money::Pence;
use crate::place::vocabulary::Route;
use serde::{Deserialize, Serialize};

/// What a team gave up in one letting for lack of hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    pub tailoring: bool,
    pub engagement: bool,
    pub tender: bool,
    pub letting: bool,
}

impl Dropped {
    /// As tables say it.
    pub fn words(self) -> String {
        let all = [
            (self.tailoring, "tailored questions"),
            (self.engagement, "engagement"),
            (self.tender, "tender"),
            (self.letting, "new letting"),
        ];
        all.iter().filter(|(dropped, _)| *dropped).map(|(_, word)| *word).collect::<Vec<_>>().join(", ")
    }
}

/// One award. Prices are over the reference price of the category.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Award {
    pub month: u16,
    /// Number of the award since the start.
    pub number: u32,
    pub contract: u32,
    pub need: u64,
    pub lot: u16,
    pub anchor: u16,
    pub category: u8,
    pub monthly: Pence,
    pub months: u16,
    /// Whole-life value of the lot at full scale, GBP including VAT; the law looks at all that is let together.
    pub value_gbp: f64,
    pub route: Route,
    /// Suppliers that knew of it and qualified; bids; of both, those with a site in the city.
    pub invited: u16,
    pub bids: u16,
    pub local_invited: u16,
    pub local_bids: u16,
    pub small_bids: u16,
    pub lowest_price: f64,
    pub price: f64,
    pub quality: f64,
    pub claimed: f32,
    pub real: f32,
    pub tailored: bool,
    /// Size of the community request that it is to meet, GBP; 0 for none.
    pub matched_gbp: f64,
    /// Mean over the contract's months of what was delivered, so far.
    pub delivered: f32,
    /// Winner: an organisation's account, with its identity.
    pub supplier: u32,
    pub identity: u64,
    pub sector: u8,
    pub zone: u8,
    pub ownership: u8,
    /// Employees of the winning unit.
    pub heads: u32,
    /// Fewer than 250 people and no group behind it.
    pub small: bool,
    pub incumbent: bool,
    pub preferred: bool,
    /// Local by each definition, in the order of `LocalDefinition::ALL`, as shares of one.
    pub local: [f32; 8],
    pub hours: f32,
    pub dropped: Dropped,
    pub challenged: bool,
    /// Cost of bidding to all bidders and of running the competition to the buyer, GBP.
    pub bid_costs_gbp: f32,
    pub buyer_cost_gbp: f32,
    /// Bids at the lowest price would have won but for points of preference or social value.
    pub flipped_by_social_value: bool,
    pub flipped_by_preference: bool,
}
